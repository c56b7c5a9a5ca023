import { customType, integer, pgTable, text } from 'drizzle-orm/pg-core';

const settings = customType<{ data: unknown }>({ dataType: () => 'text' });
export const users = pgTable('users', { id: integer('id'), name: text('name').default(null as never), settings: settings('settings').default({ theme: "it's dark", sizes: [1, 2] }), list: settings('list').default(['a']) });
