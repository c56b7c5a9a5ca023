const { integer, pgTable } = require("drizzle-orm/pg-core");
const { shared } = require("./shared.cjs");

const zebra = pgTable("zebra", { id: integer("id").primaryKey() });
module.exports = { zebra, apple: pgTable("apple", { id: integer("id").references(() => zebra.id), ...shared }), text: "nothing" };
