import { pgEnum, pgSchema } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['ok', 'sad']); export const s = pgSchema('auth'); export const role = s.enum('role', ['user']);
