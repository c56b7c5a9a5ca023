import { sql } from "drizzle-orm/sql";
import { relations } from "drizzle-orm/relations";
import { pgTable } from "drizzle-orm/pg-core/table";
import { integer, text } from "drizzle-orm/pg-core/columns";
import { index } from "drizzle-orm/pg-core/indexes";
import { primaryKey } from "drizzle-orm/pg-core/primary-keys";
import { check } from "drizzle-orm/pg-core/checks";

export const pairs = pgTable("pairs", { a: integer("a"), b: text("b") }, (t) => [primaryKey({ columns: [t.a, t.b] }), index("i").on(t.b), check("c", sql`${t.a} > 0`)]);
export const pairsRelations = relations(pairs, () => ({}));
