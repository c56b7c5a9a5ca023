import { jsonb, pgTable, text } from "drizzle-orm/pg-core";

class Point {
  constructor(readonly x: number, readonly y: number) {}
  toJSON() {
    return [this.x, this.y];
  }
}

export const defaults = pgTable("defaults", {
  point: jsonb("point").default(new Point(1, 2)),
  date: jsonb("date").default(new Date(0)),
  map: jsonb("map").default(new Map([["a", 1]])),
  trimmed: text("trimmed").default("  x ".trim()),
});
