import { pgTable, pgSchema, pgPolicy, pgRole, pgSequence, pgView, pgMaterializedView, integer, text, uuid, primaryKey } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const s = pgSchema('auth');
export const app = pgRole('app', { createDb: true, inherit: false });
export const plain = pgRole('plain');
export const seq = pgSequence('seq', { startWith: 10, increment: 2, maxValue: 1000, cycle: true, cache: 5 });
export const seq2 = s.sequence('seq2');
export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name') }, (t) => [pgPolicy('own', { to: app, using: sql`true`, withCheck: sql`false` })]);
export const v = pgView('v').with({ checkOption: 'local', securityInvoker: true }).as((qb) => qb.select().from(users));
export const v2 = s.view('v2', { id: integer('id') }).as(sql`select 1 as id`);
export const v3 = pgView('v3', { id: integer('id') }).existing();
export const mv = pgMaterializedView('mv').using('heap').tablespace('pg_default').with({ fillfactor: 70, autovacuumEnabled: false }).withNoData().as((qb) => qb.select({ id: users.id }).from(users));
export const auth_users = pgSchema('outside').table('users', { id: uuid('id') });
export const linked = pgPolicy('linked', { for: 'delete', to: 'public', using: sql`true` }).link(auth_users);
export const extra = pgTable('extra', { id: integer('id') });
