import { index, integer, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x") }, (t) => [
  index("texts").on(t.x).with({ fillfactor: "70", deduplicate_items: "true", word: "off", empty: "", quoted: "'off'", nothing: undefined }),
  index("numbers").on(t.x).with({ fillfactor: 70.5, deduplicate_items: false, large: 1e21, negative: -1, 10: 1, 9: 2 }),
]);
