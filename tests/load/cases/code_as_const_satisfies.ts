import { pgEnum, pgTable, text, varchar, type PgColumnBuilderBase } from "drizzle-orm/pg-core";

const sizes = { short: 10, long: 200 } as const satisfies Record<string, number>;
const roles = ["admin", "user"] as const;
const columns = { name: varchar("name", { length: sizes.short }), bio: varchar("bio", { length: sizes.long }) } satisfies Record<string, PgColumnBuilderBase>;

export const role = pgEnum("role", roles);
export const users = pgTable("users", { ...columns, role: role("role").default(roles[1]!).notNull(), kind: text("kind", { enum: roles }).default(<any>"admin") });
