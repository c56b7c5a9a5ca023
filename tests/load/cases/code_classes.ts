import { integer, pgTable, text } from "drizzle-orm/pg-core";

class Model {
  static readonly #prefix = "model_";
  readonly table;
  constructor(name: string, readonly size = 10) {
    this.table = pgTable(Model.#prefix + name, { id: integer("id").primaryKey(), label: text("label").default(`${name} of ${this.size}`) });
  }
  get exported() {
    return this.table;
  }
}
abstract class Columns {
  static common = { note: text("note") };
  protected constructor() {}
}

export const one = new Model("one").exported;
export const two = new Model("two", 20).table;
export const three = pgTable("three", { ...Columns.common });
export { Model };
