const path = require("path");

module.exports = { dialect: "postgresql", schema: path.join(".", "db", "schema.ts"), out: "./out", casing: "camelCase" };
