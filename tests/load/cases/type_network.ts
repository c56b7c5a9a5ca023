import { cidr, inet, macaddr, macaddr8, pgTable } from "drizzle-orm/pg-core";

export const hosts = pgTable("hosts", {
  network: cidr("network").default("10.0.0.0/8"),
  address: inet("address").notNull().default("::1"),
  card: macaddr("card"),
  longCard: macaddr8("long_card").default("08:00:2b:01:02:03:04:05"),
  unnamedCidr: cidr(),
  unnamedInet: inet(),
  unnamedMac: macaddr(),
  unnamedMac8: macaddr8(),
});
