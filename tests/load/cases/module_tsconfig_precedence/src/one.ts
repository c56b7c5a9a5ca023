import { text } from "drizzle-orm/pg-core";

export const one = () => text("from_src");
