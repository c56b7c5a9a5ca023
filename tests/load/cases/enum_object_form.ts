import { pgEnum, pgTable } from "drizzle-orm/pg-core";

export enum Color { Red = "red", Green = "green" }
const Shape = { circle: "CIRCLE", square: "SQUARE" } as const;

export const color = pgEnum("color", Color);
export const shape = pgEnum("shape", Shape);

export const things = pgTable("things", {
  color: color("color").default(Color.Green).notNull(),
  shape: shape().default(Shape.circle),
  colors: color("colors").array(),
});
