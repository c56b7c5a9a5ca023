import { text } from "drizzle-orm/pg-core";

export const exact = () => text("from_exact_file");
