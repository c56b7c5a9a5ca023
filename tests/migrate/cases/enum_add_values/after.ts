import { pgEnum, pgSchema } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['best', 'great', 'ok', 'meh', 'sad', 'worst']); export const s = pgSchema('auth'); export const role = s.enum('role', ['user', 'admin']);
