import { jsonb, pgTable, type PgTableWithColumns, text } from "drizzle-orm/pg-core";
import type { Address } from "./types";
import { type Mode, modes } from "./types";

export type { Address };
export interface Person { name: string }
export const people = pgTable("people", { address: jsonb("address").$type<Address>().default({ street: "x", mode: modes[0] as Mode }), name: text("name").$type<Person["name"]>() });
export type People = typeof people.$inferSelect;
declare const unused: PgTableWithColumns<any>;
