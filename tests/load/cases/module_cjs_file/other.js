const core = require("drizzle-orm/pg-core");

exports.second = core.pgTable("second", { id: core.integer("id") });
exports.first = core.pgTable("first", { id: core.integer("id") });
