import { integer, pgTable, text } from "drizzle-orm/pg-core";

namespace Names {
  export const prefix = "ns_";
  export namespace Inner { export const suffix = "_inner"; }
}
const enum Width { Narrow = 10, Wide = Narrow * 2 }
declare module "drizzle-orm" { interface Unused { x: 1 } }
function overloaded(a: string): string;
function overloaded(a: number): string;
function overloaded(a: any) { return `over_${a}`; }
abstract class Base<T> { declare kind: T; constructor(public readonly name: string) {} }
class Derived extends Base<string> { override toString() { return this.name; } }
let counter = 0;

export const names = pgTable(Names.prefix + "names" + Names.Inner.suffix, { width: integer("width").default(Width.Wide), over: text(overloaded(1)), label: text(`${new Derived("derived")}`) });
export let mutable = pgTable("mutable_" + ++counter, { id: integer(`id${counter!}`) });
export const optional = pgTable("optional", { a: text((undefined as { x?: string } | undefined)?.x ?? "fallback"), b: integer("b").default(1_000) });
