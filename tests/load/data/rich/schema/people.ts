import { pgTableCreator } from "drizzle-orm/pg-core";
import { id } from "./helpers";
const t = pgTableCreator((n) => `app_${n}`);
export const users = t("users", (c) => ({ id: id(), name: c.text().notNull(), email: c.varchar({ length: 255 }), firstName: c.text().unique() }));
export const beta = t("beta", (c) => ({ id: id(), userName: c.text().references(() => users.name) }));
