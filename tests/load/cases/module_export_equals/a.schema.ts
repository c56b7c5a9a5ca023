import core = require("drizzle-orm/pg-core");

const table = core.pgTable("equals", { id: core.integer("id") });
export = { table, second: core.pgTable("second", { id: core.integer("id") }) };
