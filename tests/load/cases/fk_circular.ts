import { integer, pgTable, type AnyPgColumn } from "drizzle-orm/pg-core";

export const teams = pgTable("teams", {
  id: integer("id").primaryKey(),
  captain: integer("captain").references((): AnyPgColumn => players.id),
});
export const players = pgTable("players", {
  id: integer("id").primaryKey(),
  team: integer("team").references((): AnyPgColumn => teams.id),
});
