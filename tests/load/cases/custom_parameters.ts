import { customType, pgTable } from "drizzle-orm/pg-core";

const numericRange = customType<{ data: string; config: { length: number; kind?: "lower" | "upper" } }>({
  dataType: (config) => (config === undefined ? "numrange" : `numrange(${config.length}, '${config.kind ?? "lower"}')`),
});
const required = customType<{ data: string; config: { schema: string }; configRequired: true }>({
  dataType: (config) => `"${config.schema}"."Mixed Case"`,
});

export const customs = pgTable("customs", {
  a: numericRange("a"),
  b: numericRange("b", { length: 3 }),
  c: numericRange({ length: 4, kind: "upper" }),
  d: required("d", { schema: "ext" }),
  e: required({ schema: "Other" }),
});
