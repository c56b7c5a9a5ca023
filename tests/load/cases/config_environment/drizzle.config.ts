import { defineConfig } from "drizzle-kit";

const table = process.env.LEDGER ?? "ledger";
export default defineConfig({
  dialect: "postgresql",
  schema: process.env.SLUICE_TEST_NOT_SET ? "./nowhere.ts" : "./schema.ts",
  out: "./out",
  migrations: { table, schema: "public" },
  schemaFilter: ["public"],
  tablesFilter: ["!hidden_*"],
  breakpoints: false,
  strict: true,
  verbose: true,
  entities: { roles: true },
});
