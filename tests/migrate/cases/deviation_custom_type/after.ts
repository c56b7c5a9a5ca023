import { pgTable, customType } from 'drizzle-orm/pg-core';

const citext = customType({ dataType() { return 'citext'; } }); export const t = pgTable('t', { a: citext('a'), b: citext('b') });
