import { desc, eq, gt, isNotNull, sql } from "drizzle-orm";
import {
  bigint, bigserial, bit, boolean, char, check, cidr, customType, date, doublePrecision, foreignKey, geometry, halfvec, index, inet,
  integer, interval, json, jsonb, line, macaddr, macaddr8, numeric, pgEnum, pgMaterializedView, pgPolicy, pgRole, pgSchema,
  pgSequence, pgTable, pgView, point, primaryKey, real, serial, smallint, smallserial, sparsevec, text, time, timestamp, unique,
  uniqueIndex, uuid, varchar, vector, type AnyPgColumn,
} from "drizzle-orm/pg-core";
