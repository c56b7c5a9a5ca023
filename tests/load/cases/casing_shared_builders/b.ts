import { index, pgTable, primaryKey, unique } from "drizzle-orm/pg-core";
import { first, sharedId, sharedName } from "./a";
import { integer } from "drizzle-orm/pg-core";

export const second = pgTable("second", { secondId: sharedId, secondName: sharedName, linkId: integer().references(() => first.firstId) }, (t) => [
  primaryKey({ columns: [t.secondId, t.linkId] }),
  unique().on(t.secondName),
  index().on(t.secondName, t.linkId),
]);
