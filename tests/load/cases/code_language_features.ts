import { integer, pgTable, text } from "drizzle-orm/pg-core";

class Counter {
  static #made = 0;
  static { Counter.#made = 40; }
  static next = () => ++Counter.#made;
  accessor value = 3;
  get [Symbol.toStringTag]() { return "Counter"; }
}
const { a = "default", ...rest } = { b: "b", c: "c" } as Record<string, string>;
const weak = new WeakRef({ x: 1 });
const lazy = (() => { try { throw new Error("caught", { cause: "why" }); } catch (error) { return `${(error as Error).cause}`; } })();
let chained: { x?: { y?: string } } | null = null;
chained ??= { x: {} };
label: for (const outer of [1, 2]) { for (const inner of [1, 2]) { if (inner === 2) continue label; } }
function logged(value: unknown, context: ClassMethodDecoratorContext) { return value as any; }
class Decorated { @logged method() { return "decorated"; } }

export const t = pgTable("t", {
  next: integer("next").default(Counter.next()),
  tag: text("tag").default(String(new Counter())),
  accessor: integer("accessor").default(new Counter().value),
  rest: text("rest").default(a + Object.keys(rest).join()),
  weak: integer("weak").default(weak.deref()!.x),
  lazy: text("lazy").default(lazy),
  chained: text("chained").default(chained.x?.y ?? "nothing"),
  decorated: text("decorated").default(new Decorated().method()),
  raw: text("raw").default(String.raw`\u00e9\n`),
  named: text("named").default("a1b22".replace(/(?<digits>\d+)/g, (...all) => `<${all.at(-1).digits}>`)),
  sticky: text("sticky").default([..."a-b-c".matchAll(/[a-z]/g)].map((m) => m[0]).join("")),
  look: text("look").default("€12 $34".match(/(?<=\$)\d+/)![0]),
  unicode: text("unicode").default("ΑΒΓ".toLowerCase() + "straße".toUpperCase() + "İ".toLocaleLowerCase("tr")),
  collate: text("collate").default(["ö", "z", "o"].sort((x, y) => x.localeCompare(y, "de")).join("")),
  number: text("number").default((1234.5).toFixed(2) + (0.1 + 0.2) + (255).toString(16) + (1e21).toLocaleString("en-US")),
  json: text("json").default(JSON.stringify({ b: [undefined, NaN, new Date(0)], a: "\u2028" })),
  flat: text("flat").default([[1, [2]], [3]].flat(Infinity).join("")),
  group: text("group").default(Object.entries(Object.fromEntries(new Map([["k", "v"]]))).join()),
  big: text("big").default(String(BigInt.asUintN(8, 257n) + 2n ** 65n)),
  date: text("date").default(new Date("2024-03-10T12:00:00Z").toLocaleDateString("en-GB", { timeZone: "UTC" })),
});
