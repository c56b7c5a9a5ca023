import { doublePrecision, pgTable } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  nan: doublePrecision("nan").default(NaN),
  infinite: doublePrecision("infinite").default(Infinity),
  negative: doublePrecision("negative").default(-Infinity),
});
