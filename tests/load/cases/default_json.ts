import { json, jsonb, pgTable } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  object: jsonb("object").default({ a: 1, b: [true, null, { c: "d" }] }),
  array: json("array").default([1, "two", { three: 3 }]),
  emptyObject: jsonb("empty_object").default({}),
  emptyArray: jsonb("empty_array").default([]),
  number: jsonb("number").default(5),
  zero: jsonb("zero").default(0),
  flag: jsonb("flag").default(false),
  text: jsonb("text").default("plain"),
  textQuote: json("text_quote").default("it's"),
  nothing: jsonb("nothing").default(null),
  double: jsonb("double").default({ 'say "hi"': 'a\\b "c"' }),
  unicode: jsonb("unicode").default({ "größe": "漢字 😀", lone: "\u2028" }),
  integerKeys: jsonb("integer_keys").default({ b: 1, 10: "ten", 2: "two", a: 0 }),
  undefinedLeft: jsonb("undefined_left").default({ a: undefined, b: 1 }),
  dates: jsonb("dates").default({ at: new Date(0) }),
});
