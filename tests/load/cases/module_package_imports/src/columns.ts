import { integer } from "drizzle-orm/pg-core";

export const id = () => integer("id").primaryKey();
