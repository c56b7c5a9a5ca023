import { text } from "drizzle-orm/pg-core";

export const column = () => text("from_second");
