import { text } from "drizzle-orm/pg-core";

export const exact = () => text("from_database_exact");
