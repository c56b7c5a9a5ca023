import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { primaryId, timestamps } from './columns';
import { contacts } from './contacts';
import { activityKind, priority } from './enums';
import { users } from './people';
import { belongsToOrganization } from './tenant';

export const activities = pgTable(
  'activities',
  {
    ...primaryId,
    ...belongsToOrganization(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    kind: activityKind('kind').notNull(),
    subject: varchar('subject', { length: 255 }).notNull(),
    body: text('body'),
    durationMinutes: integer('duration_minutes'),
    happenedAt: timestamp('happened_at', { withTimezone: true }).notNull(),
    ...timestamps,
  },
  (t) => [
    index('activities_organization_happened_idx').on(t.organizationId, t.happenedAt, t.id),
    index('activities_organization_kind_idx').on(t.organizationId, t.kind),
    index('activities_contact_idx').on(t.contactId, t.happenedAt),
    index('activities_user_idx').on(t.userId),
    check('activities_duration_positive', sql`${t.durationMinutes} > 0`),
  ],
);

export const tasks = pgTable(
  'tasks',
  {
    ...primaryId,
    ...belongsToOrganization(),
    contactId: uuid('contact_id').references(() => contacts.id, { onDelete: 'cascade' }),
    assigneeId: uuid('assignee_id').references(() => users.id, { onDelete: 'set null' }),
    title: varchar('title', { length: 255 }).notNull(),
    details: text('details'),
    priority: priority('priority').notNull().default('normal'),
    dueOn: date('due_on'),
    doneAt: timestamp('done_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    index('tasks_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('tasks_open_idx')
      .on(t.organizationId, t.dueOn)
      .where(sql`${t.doneAt} is null`),
    index('tasks_contact_idx').on(t.contactId),
    index('tasks_assignee_idx').on(t.assigneeId, t.dueOn),
  ],
);

export const attachments = pgTable(
  'attachments',
  {
    ...primaryId,
    activityId: uuid('activity_id')
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    fileName: varchar('file_name', { length: 255 }).notNull(),
    contentType: varchar('content_type', { length: 120 }).notNull(),
    sizeInBytes: bigint('size_in_bytes', { mode: 'number' }).notNull(),
    checksum: varchar('checksum', { length: 64 }),
    ...timestamps,
  },
  (t) => [
    index('attachments_activity_idx').on(t.activityId),
    check('attachments_size_not_negative', sql`${t.sizeInBytes} >= 0`),
  ],
);
