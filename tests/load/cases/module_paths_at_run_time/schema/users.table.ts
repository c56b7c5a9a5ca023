import path from "node:path";
import { basename } from "path";
import { pgTable, text } from "drizzle-orm/pg-core";

const name = basename(__filename, ".table.ts");
export const users = pgTable(name, { folder: text(path.basename(__dirname)), joined: text(path.posix.join("a", "..", "b", "c.d")), extension: text("extension").default(path.extname("x.tar.gz")) });
