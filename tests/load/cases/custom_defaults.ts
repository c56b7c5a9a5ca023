import { sql } from "drizzle-orm";
import { customType, pgTable } from "drizzle-orm/pg-core";

const anything = (name: string) => customType<{ data: any }>({ dataType: () => name });

export const customs = pgTable("customs", {
  text: anything("citext")("text").default("it's"),
  number: anything("int2range")("number").default(5),
  flag: anything("bool")("flag").default(true),
  call: anything("xml")("call").default(sql`xmlparse(document '<a/>')`),
  json: anything("JSONB")("json").default({ a: 1 }),
  date: anything("timestamp")("date").default(new Date("2024-01-02T03:04:05.678Z")),
  array: anything("int4[]")("array").default([1, 2]),
});
