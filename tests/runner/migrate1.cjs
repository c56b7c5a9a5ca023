// SPDX-License-Identifier: GPL-3.0-or-later
// migrate1.cjs <drizzle-orm 1.0> <url> <migrations folder>: what drizzle-orm 1.0's migrator does; pg comes by NODE_PATH.
const { Client } = require("pg");
const [, , orm, connectionString, migrationsFolder] = process.argv;
const { drizzle } = require(`${orm}/node-postgres/index.cjs`);
const { migrate } = require(`${orm}/node-postgres/migrator.cjs`);

async function main() {
  const client = new Client({ connectionString });
  await client.connect();
  await migrate(drizzle({ client }), { migrationsFolder });
  await client.end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
