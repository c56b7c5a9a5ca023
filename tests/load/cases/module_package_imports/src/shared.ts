import { text } from "drizzle-orm/pg-core";

export const note = text("note");
