import { text } from "drizzle-orm/pg-core";

export const two = () => text("from_src_db");
