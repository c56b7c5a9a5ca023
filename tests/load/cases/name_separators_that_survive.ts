import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgEnum, pgPolicy, pgRole, pgSchema, pgSequence, pgTable, pgView, text, unique } from "drizzle-orm/pg-core";

export const app = pgSchema("app; --schema, here");
export const odd = pgEnum("an; enum, --", ["x;y", "--", ","]);
export const numbers = app.sequence("numbers; --");
export const role = pgRole("role; , --");
export const t = pgTable("t__added", {
  deleted: integer("a__deleted").primaryKey(),
  old: integer("__old").references((): any => t.deleted),
  kind: odd("kind; --").default("x;y"),
  list: text("comma,column"),
}, (t) => [
  index("dashes--in").on(t.deleted),
  index("comma,in").on(t.list, sql`concat(${t.list}, 1--2
)`).where(sql`${t.deleted} in (1,2) -- and no more`),
  unique("u; --,").on(t.list, t.kind),
  foreignKey({ name: "x;y,--", columns: [t.old], foreignColumns: [t.deleted] }),
  check("c; --", sql`${t.deleted} > 0 -- why`),
  pgPolicy("p;--,", { using: sql`a = 1 and b <> ';--,'`, to: ["x,y", "a;b", role] }),
]);
export const view = pgView("v; --", { a: integer("a;b") }).as(sql`select 1 as "a;b" -- ;`);
