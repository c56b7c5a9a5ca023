import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";

export const lists = pgTable("lists", {
  bigs: bigint("bigs", { mode: "bigint" }).array().default([1n, -9223372036854775808n]),
  nulls: text("nulls").array().default([null, "x", undefined] as any),
  objects: text("objects").array().default([{ a: "b\"c" }] as any),
  notAnArray: integer("not_an_array").array().default("{1,2}" as any),
  number: integer("number").array().default(5 as any),
});
