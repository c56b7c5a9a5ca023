import { varchar } from "drizzle-orm/pg-core";

export const label = () => varchar("label", { length: 7 });
