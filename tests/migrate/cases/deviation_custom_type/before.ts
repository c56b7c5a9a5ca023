import { pgTable, text, customType } from 'drizzle-orm/pg-core';

const citext = customType({ dataType() { return 'citext'; } }); export const t = pgTable('t', { a: text('a') });
