import { pgTable, text } from "drizzle-orm/pg-core";

export const lists = pgTable("lists", {
  commas: text("commas").array().default(["a,b", "{c}"]),
  backslash: text("backslash").array().default(["a\\b", "line\nbreak"]),
  nonAscii: text("non_ascii").array().default(["grün", "日本", "😀"]),
  double: text("double").array().default(['say "hi"']),
  words: text("words").array().default(["NULL", "null", "true"]),
  spaces: text("spaces").array().default([" ", "  lead", "trail  "]),
});
