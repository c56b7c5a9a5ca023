const { text } = require("drizzle-orm/pg-core");

exports.shared = { note: text("note") };
