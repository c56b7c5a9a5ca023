import { sql } from "drizzle-orm";
import { bigint, boolean, date, doublePrecision, integer, json, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const lists = pgTable("lists", {
  empty: text("empty").array().default([]),
  texts: text("texts").array().default(["a", "b c", ""]),
  numbers: integer("numbers").array().default([1, -2, 0]),
  bigNumbers: bigint("big_numbers", { mode: "number" }).array().default([9007199254740991]),
  floats: doublePrecision("floats").array().default([1.5, 1e21]),
  flags: boolean("flags").array().default([true, false]),
  days: date("days", { mode: "date" }).array().default([new Date("2024-01-02T03:04:05.678Z")]),
  dayTexts: date("day_texts").array().default(["2024-01-02"]),
  moments: timestamp("moments").array().default([new Date("2024-01-02T03:04:05.678Z"), new Date(0)]),
  zoned: timestamp("zoned", { withTimezone: true }).array().default([new Date("2024-01-02T03:04:05.678Z")]),
  documents: json("documents").array().default([{ a: 1 }, { b: 'x "y"' }]),
  nested: integer("nested").array().array().default([[1, 2], [3, 4]]),
  nestedEmpty: text("nested_empty").array().array().default([[], ["x"]]),
  raw: text("raw").array().default(sql`ARRAY[]::text[]`),
  braces: text("braces").array().default(sql`'{}'::text[]`),
  ids: uuid("ids").array().default(["00000000-0000-0000-0000-000000000000"]),
});
