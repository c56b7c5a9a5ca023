import { gt, sql } from "drizzle-orm";
import { integer, pgMaterializedView, pgTable, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey(), name: text("name") });
export const plain = pgMaterializedView("plain").as((qb) => qb.select().from(users).where(gt(users.id, 3)));
export const using = pgMaterializedView("using").using("heap").as((qb) => qb.select({ id: users.id }).from(users));
export const tablespace = pgMaterializedView("tablespace").tablespace("fast").as((qb) => qb.select({ id: users.id }).from(users));
export const noData = pgMaterializedView("no_data").withNoData().as((qb) => qb.select({ id: users.id }).from(users));
export const withOptions = pgMaterializedView("with_options").with({
  fillfactor: 90,
  toastTupleTarget: 128,
  parallelWorkers: 4,
  autovacuumEnabled: true,
  vacuumIndexCleanup: "auto",
  vacuumTruncate: false,
  autovacuumVacuumThreshold: 50,
  autovacuumVacuumScaleFactor: 0.2,
  autovacuumVacuumCostDelay: 20,
  autovacuumFreezeMinAge: 50000000,
  logAutovacuumMinDuration: -1,
  userCatalogTable: false,
}).as((qb) => qb.select({ id: users.id }).from(users));
export const all = pgMaterializedView("all_options", { id: integer("id") }).using("heap").with({ fillfactor: 70 }).tablespace("slow").withNoData().as(sql`select ${users.id} from ${users} where ${users.name} = ${"x"}`);
export const existing = pgMaterializedView("existing", { id: integer("id") }).existing();
export const existingWith = pgMaterializedView("existing_with", { id: integer("id") }).using("heap").with({ fillfactor: 70 }).tablespace("slow").withNoData().existing();
