import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { primaryId, softDelete, timestamps } from './columns';
import { memberRole } from './enums';
import { teams } from './organizations';
import { belongsToOrganization } from './tenant';

/** A person who signs in; belongs to organizations through memberships. */
export const users = pgTable(
  'users',
  {
    ...primaryId,
    email: varchar('email', { length: 320 }).notNull().unique(),
    name: varchar('name', { length: 255 }).notNull(),
    passwordHash: text('password_hash'),
    locale: varchar('locale', { length: 12 }).notNull().default('en'),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }),
    isActive: boolean('is_active').notNull().default(true),
    ...timestamps,
    ...softDelete,
  },
  (t) => [
    index('users_name_idx').on(sql`lower(${t.name})`),
    index('users_last_seen_idx').on(t.lastSeenAt.desc().nullsLast()),
  ],
);

export const memberships = pgTable(
  'memberships',
  {
    ...primaryId,
    ...belongsToOrganization(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: memberRole('role').notNull().default('member'),
    jobTitle: varchar('job_title', { length: 120 }),
    ...timestamps,
  },
  (t) => [
    unique('memberships_organization_user_unique').on(t.organizationId, t.userId),
    index('memberships_user_idx').on(t.userId),
    index('memberships_organization_role_idx').on(t.organizationId, t.role),
  ],
);

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    isLead: boolean('is_lead').notNull().default(false),
    joinedAt: timestamp('joined_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.userId] }), index('team_members_user_idx').on(t.userId)],
);

export const invitations = pgTable(
  'invitations',
  {
    ...primaryId,
    ...belongsToOrganization(),
    email: varchar('email', { length: 320 }).notNull(),
    role: memberRole('role').notNull().default('member'),
    token: text('token').notNull().unique(),
    invitedById: uuid('invited_by_id').references(() => users.id, { onDelete: 'set null' }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    acceptedAt: timestamp('accepted_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    index('invitations_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('invitations_open_idx')
      .on(t.organizationId, t.email)
      .where(sql`${t.acceptedAt} is null`),
    check('invitations_expire_later', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    ...primaryId,
    ...belongsToOrganization(),
    createdById: uuid('created_by_id').references(() => users.id, { onDelete: 'set null' }),
    name: varchar('name', { length: 120 }).notNull(),
    prefix: varchar('prefix', { length: 12 }).notNull(),
    secretHash: text('secret_hash').notNull().unique(),
    scopes: text('scopes')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [index('api_keys_organization_created_idx').on(t.organizationId, t.createdAt, t.id)],
);
