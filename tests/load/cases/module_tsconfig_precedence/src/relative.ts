import { text } from "drizzle-orm/pg-core";

export const relative = () => text("from_relative");
