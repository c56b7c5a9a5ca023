import { pgEnum, pgSchema } from 'drizzle-orm/pg-core';

export const s = pgSchema('auth'); export const date_kind = s.enum('date_kind', ['a']); export const TimeUnit = pgEnum('timeUnit', ['h']); export const bit_mode = pgEnum('bit_mode', ['x']); export const t = s.table('t', { a: date_kind('a'), b: TimeUnit('b').array(), c: bit_mode('c') });
