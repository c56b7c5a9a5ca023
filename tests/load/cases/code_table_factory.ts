import { index, integer, pgTable, text, timestamp, type PgColumnBuilderBase } from "drizzle-orm/pg-core";

function auditTable<N extends string, C extends Record<string, PgColumnBuilderBase>>(name: N, columns: C) {
  return pgTable(`${name}_audit`, { ...columns, auditId: integer("audit_id").primaryKey().generatedAlwaysAsIdentity(), at: timestamp("at").defaultNow() }, (t) => [
    index(`${name}_audit_at`).on((t as any).at),
  ]);
}
const table: typeof pgTable = ((name: string, columns: any, extras: any) => pgTable(`wrapped_${name}`, columns, extras)) as any;

export const users = auditTable("users", { name: text("name") });
export const orders = auditTable("orders", { total: integer("total").notNull() });
export const wrapped = table("thing", { id: integer("id") });
