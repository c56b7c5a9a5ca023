import { pgTable, text } from "drizzle-orm/pg-core";

const Component = <T,>(props: { value: T }) => null;
export const fromTsx = pgTable("from_tsx", { name: text("name") });
export { Component };
