import { pgEnum, pgSchema } from 'drizzle-orm/pg-core';

export const a = pgEnum('a', ['x']); export const s = pgSchema('auth'); export const b = s.enum('b', ['x', 'y']);
