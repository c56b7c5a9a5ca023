import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  inet,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { primaryId, timestamps } from './columns';
import { contacts } from './contacts';
import { priority, ticketStatus } from './enums';
import { users } from './people';
import { belongsToOrganization } from './tenant';

export const tickets = pgTable(
  'tickets',
  {
    ...primaryId,
    ...belongsToOrganization(),
    contactId: uuid('contact_id').notNull(),
    assigneeId: uuid('assignee_id').references(() => users.id, { onDelete: 'set null' }),
    number: varchar('number', { length: 30 }).notNull(),
    subject: varchar('subject', { length: 255 }).notNull(),
    status: ticketStatus('status').notNull().default('open'),
    priority: priority('priority').notNull().default('normal'),
    satisfaction: smallint('satisfaction'),
    solvedAt: timestamp('solved_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    // With the organization in the key, a ticket cannot point at another organization's contact.
    foreignKey({
      name: 'tickets_contact_fk',
      columns: [t.organizationId, t.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }).onDelete('cascade'),
    unique('tickets_organization_number_unique').on(t.organizationId, t.number),
    index('tickets_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('tickets_organization_status_idx').on(t.organizationId, t.status, t.priority),
    index('tickets_contact_idx').on(t.organizationId, t.contactId),
    index('tickets_assignee_idx').on(t.assigneeId),
    check('tickets_satisfaction_range', sql`${t.satisfaction} between 1 and 5`),
  ],
);

export const ticketMessages = pgTable(
  'ticket_messages',
  {
    ...primaryId,
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id').references(() => users.id, { onDelete: 'set null' }),
    body: text('body').notNull(),
    isInternal: boolean('is_internal').notNull().default(false),
    sentAt: timestamp('sent_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('ticket_messages_ticket_sent_idx').on(t.ticketId, t.sentAt),
    index('ticket_messages_author_idx').on(t.authorId),
  ],
);

/** Who did what; appended, never changed. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    ...belongsToOrganization(),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    action: varchar('action', { length: 60 }).notNull(),
    tableName: varchar('table_name', { length: 63 }).notNull(),
    rowId: uuid('row_id'),
    changes: jsonb('changes').$type<Record<string, [before: unknown, after: unknown]>>(),
    address: inet('address'),
    happenedAt: timestamp('happened_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('audit_events_organization_happened_idx').on(t.organizationId, t.happenedAt, t.id),
    index('audit_events_row_idx').on(t.tableName, t.rowId),
    index('audit_events_user_idx').on(t.userId),
  ],
);
