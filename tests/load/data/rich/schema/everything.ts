import { sql, relations } from "drizzle-orm";
import * as p from "drizzle-orm/pg-core";
import { id, timestamps, citext, tsv } from "./helpers";
import { users } from "./people";

export const mood = p.pgEnum("mood", ["ok", "it's sad", 'say "hi"']);
export const auth = p.pgSchema("auth");
export const level = auth.enum("level", ["low", "high"]);
export const kinds = p.pgEnum("kinds", ["x", "y"]);
enum TsKind { A = "a", B = "b" }
export const tsKind = p.pgEnum("ts_kind", TsKind);
export const seq = p.pgSequence("seq", { startWith: 100, maxValue: 10000, minValue: 100, cycle: true, cache: 10, increment: 2 });
export const down = p.pgSequence("down", { increment: -1 });
export const admin = p.pgRole("admin", { createRole: true, createDb: true, inherit: false });
export const ex = p.pgRole("ex").existing();
export const pub = auth.table("pub", { id: p.serial().primaryKey(), lvl: level("lvl").default("low"), u: p.uuid("u").references(() => users.id, { onDelete: "cascade", onUpdate: "set null" }) });

export const all = p.pgTable("all_types", {
  id: id(),
  ...timestamps,
  a1: p.text("a1").default("it's"),
  a2: p.varchar("a2", { length: 40 }).default("x").unique(),
  a3: p.numeric("a3", { precision: 10, scale: 2 }).default("1.50"),
  a4: p.boolean("a4").default(true),
  a5: p.integer("a5").default(5),
  a6: p.bigint("a6", { mode: "number" }).default(12345678901),
  a7: p.jsonb("a7").default({ a: "b'c", d: [1, 2] }),
  a8: p.json("a8").default([]),
  a9: p.date("a9", { mode: "date" }).default(new Date("2024-01-02T03:04:05Z")),
  a10: p.timestamp("a10").default(new Date("2024-01-02T03:04:05Z")),
  a11: p.timestamp("a11", { withTimezone: true, mode: "string" }).default("2024-01-01"),
  a12: p.timestamp("a12", { precision: 3, mode: "string" }),
  a13: p.text("a13").array().default(["a", "b'c", 'd"e']),
  a14: p.integer("a14").array(3).array().default([[1, 2], [3]]),
  a15: mood("a15").default("it's sad").notNull(),
  a16: mood("a16").array(),
  a17: p.interval("a17", { fields: "day to second", precision: 3 }),
  a18: p.smallint("a18").generatedAlwaysAsIdentity({ increment: -1 }),
  a19: p.bigint("a19", { mode: "bigint" }).generatedByDefaultAsIdentity({ name: "my_seq", startWith: 5 }),
  a20: tsv("a20").generatedAlwaysAs(sql`to_tsvector('english', a1)`),
  a21: citext("a21").unique("u_custom", { nulls: "not distinct" }),
  a22: p.vector("a22", { dimensions: 3 }),
  a23: p.real("a23").default(1.5),
  a24: p.doublePrecision("a24").default(0),
  a25: p.char("a25", { length: 2 }),
  a26: p.time("a26", { precision: 2, withTimezone: true }),
  a27: p.point("a27"),
  a28: p.inet("a28"),
  a29: p.date("a29").array(),
  a30: p.text("a30").default(sql`'raw' || 'x'`),
  a31: p.geometry("a31", { type: "point", srid: 4326 }),
  a32: tsKind("a32").default(TsKind.A),
  a33: p.text("a33").$defaultFn(() => "made"),
  a34: p.integer("a34").generatedAlwaysAs((): any => sql`${all.a5} * 2`),
  a35: p.boolean("a35").array().default([true, false]),
  a36: p.timestamp("a36").array().default([new Date("2024-01-02T03:04:05Z")]),
  a37: p.bit("a37", { dimensions: 3 }), a38: p.halfvec("a38", { dimensions: 3 }),
  a39: level("a39").array(),
  a40: p.jsonb("a40").array().default([{ a: 1 }]),
  parent: p.uuid("parent").references((): p.AnyPgColumn => all.id),
}, (t) => [
  p.index("i1").on(t.a1.desc().nullsLast(), t.a2.asc().nullsFirst(), sql`lower(${t.a1})`),
  p.index().on(t.a3, t.a4),
  p.uniqueIndex("i3").on(t.a5).where(sql`${t.a5} > 3 and ${t.a1} = 'x'`),
  p.index("i4").using("gin", t.a7.op("jsonb_path_ops")).with({ fastupdate: false }),
  p.index("i5").using("hnsw", t.a22.op("vector_l2_ops")).concurrently(),
  p.check("c1", sql`${t.a5} > 0`),
  p.check("c2", sql`${t.a1} <> ${"x"}`),
  p.unique().on(t.a1, t.a2),
  p.unique("u2").on(t.a4, t.a5).nullsNotDistinct(),
  p.foreignKey({ columns: [t.a1, t.a2], foreignColumns: [users.name, users.email] }).onDelete("restrict"),
  p.foreignKey({ name: "fk_named", columns: [t.id], foreignColumns: [pub.u] }),
  p.pgPolicy("p1", { for: "select", to: [admin, "bob", "alice"], using: sql`${t.a5} = 1` }),
  p.pgPolicy("p2"),
]).enableRLS();
export const memberships = p.pgTable("memberships", { a: p.uuid("a").references(() => users.id), b: p.uuid("b") }, (t) => ({ pk: p.primaryKey({ columns: [t.a, t.b] }) }));
export const m2 = p.pgTable("m2", { a: p.uuid("a"), b: p.uuid("b") }, (t) => [p.primaryKey({ name: "m2pk", columns: [t.b, t.a] })]);
export const linked = p.pgPolicy("linked", { as: "restrictive", for: "all", to: "public", withCheck: sql`true` }).link(memberships);
export const v1 = p.pgView("v1").with({ securityInvoker: true, checkOption: "cascaded" }).as((qb) => qb.select({ id: users.id, n: users.name }).from(users).where(sql`${users.name} = ${"x"}`));
export const v2 = p.pgMaterializedView("v2", { id: p.uuid("id").notNull(), t: p.text("t").default("x") }).using("heap").with({ fillfactor: 90 }).as(sql`select 1`);
export const v3 = p.pgView("v3", { id: p.uuid("id") }).existing();
export const v4 = auth.view("v4", { id: p.uuid("id") }).as(sql`select ${users.id} from ${users}`);
export const membershipRelations = relations(memberships, ({ one }) => ({ user: one(users, { fields: [memberships.a], references: [users.id] }) }));
export const userRelations = relations(users, ({ many }) => ({ memberships: many(memberships), x: many(all, { relationName: "q" }) }));
