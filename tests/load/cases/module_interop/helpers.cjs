const { integer } = require("drizzle-orm/pg-core");

module.exports = { make: (name) => integer(name), columns: { id: integer("id") } };
