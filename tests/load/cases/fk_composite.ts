import { foreignKey, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const people = pgTable("people", { first: text("first"), last: text("last"), born: integer("born") }, (t) => [primaryKey({ columns: [t.first, t.last] })]);
export const pets = pgTable("pets", {
  name: text("name"),
  ownerFirst: text("owner_first"),
  ownerLast: text("owner_last"),
}, (t) => [
  foreignKey({ columns: [t.ownerFirst, t.ownerLast], foreignColumns: [people.first, people.last] }),
  foreignKey({ name: "pets_named_fk", columns: [t.ownerLast, t.ownerFirst], foreignColumns: [people.last, people.first] }).onDelete("set null").onUpdate("cascade"),
  foreignKey({ columns: [t.name], foreignColumns: [people.first] }).onDelete("restrict"),
  foreignKey({ columns: [t.name], foreignColumns: [people.last], name: "with everything" }).onUpdate("set default"),
]);
