import { and, asc, eq, gt, sql } from "drizzle-orm";
import { alias, integer, pgMaterializedView, pgSchema, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const app_schema = pgSchema("app_schema");
export const user_table = app_schema.table("user_table", { user_id: integer().primaryKey(), first_name: text(), boss_id: integer("boss_id") });
const bosses = alias(user_table, "the_bosses");
export const all_view = pgView("all_view").as((qb) => qb.select().from(user_table).orderBy(asc(user_table.first_name)));
export const boss_view = app_schema.view("boss_view").as((qb) =>
  qb.select({ user_id: user_table.user_id, boss_name: bosses.first_name, shout_it: sql<string>`upper(${user_table.first_name})`.as("shout_it") })
    .from(user_table).innerJoin(bosses, and(eq(bosses.user_id, user_table.boss_id), gt(bosses.user_id, 3))));
export const old_view = pgMaterializedView("old_view", { some_column: integer(), named_column: text("named_column") }).as(sql`select ${user_table.user_id}, ${user_table.first_name} from ${user_table}`);
export const sub_view = pgView("sub_view").as((qb) => {
  const inner_query = qb.select({ id_of_user: user_table.user_id, first_name: user_table.first_name }).from(user_table).as("inner_query");
  return qb.select({ first_name: inner_query.first_name }).from(inner_query).where(gt(inner_query.id_of_user, 5));
});
