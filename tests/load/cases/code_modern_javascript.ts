import { integer, pgTable, text } from "drizzle-orm/pg-core";

const names = ["c", "a", "b"];
const sorted = names.toSorted?.() ?? [...names].sort();
const last = names.at(-1)!;
const grouped = new Map(names.map((name, i) => [name, i]));
const entries = Object.entries({ x: 1, y: 2 }).flatMap(([key, value]) => Array<string>(value).fill(key));
function* letters() { yield* ["l1", "l2"]; }
const tagged = (parts: TemplateStringsArray, ...values: unknown[]) => String.raw(parts, ...values);
const cloned = structuredClone({ deep: [1, 2] });

export const modern = pgTable("modern", {
  ...Object.fromEntries([...letters()].map((letter) => [letter, text(letter)])),
  first: text(sorted[0]).default(last),
  index: integer("index").default(grouped.get("b")!),
  joined: text(tagged`j\n${entries.join("")}`.replaceAll("\\", "_")),
  deep: integer("deep").default(cloned.deep.findLast((x) => x > 1)!),
  padded: text("padded").default("x".padStart(3, "ab").normalize("NFC")),
  has: text(Object.hasOwn(cloned, "deep") ? "has_deep" : "has_not"),
  big: text(String(2n ** 64n)),
  regex: text("2024-01-02".replace(/(?<year>\d+)-(?<month>\d+)/u, "$<month>_$<year>")),
  named: text(new Intl.NumberFormat("en-US").format(1234567)),
});
