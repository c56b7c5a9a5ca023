// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QByteArray>

namespace schema
{

/// Sluice's own JSON form of a schema: what the evaluator emits and `inspect --format json` prints.
///
/// An object {format: "sluice-schema", version: 1, schemas, tables, enums, sequences, roles, views,
/// linkedPolicies, relations}, every list in the order of declaration, members named as in the
/// structs:
/// - names: `schema` ("" is public) and `name`; a relation's `table` and `target` are {schema,
/// name};
/// - column: name, type, typeSchema, primaryKey, notNull, and where there is one: default {sql:
/// text} |
///   {number: digits} | {boolean: "true" | "false"} | {json: any other value}, generated
///   {expression, stored}, identity {kind: always | byDefault, sequenceName, sequenceSchema,
///   increment, startWith, minValue, maxValue, cache, cycle}; the options of a sequence are the
///   same, every number as text;
/// - index: name, columns [{expression, isExpression, ascending, nulls, operatorClass}], isUnique,
/// where,
///   concurrently, method, with [{name, value}];
/// - foreign key: name, columns, targetSchema, targetTable, targetColumns, onDelete, onUpdate;
/// - primaryKeys [{name, columns}], uniques [{name, columns, nullsNotDistinct}], checks [{name,
/// expression}];
/// - policy: name, as, command, roles, and where there is one: using, withCheck, onSchema, on;
/// - view: schema, name, materialized, existing, definition, columns, with, and where there is one:
///   withNoData, accessMethod, tablespace;
/// - relation: table, name, kind: one | many, target, columns, targetColumns, relationName, and
///   where there is one: through {table, columns, targetColumns};
/// - column, filled in by code: filledByCode {onInsert, onUpdate};
/// - origin {name, file, line, column, definition {file, line, column}, description}: the
///   TypeScript name, its place, the place in the helper that made it, the comment next to it; what
///   is not known is left out. Unknown members are ignored, so that a newer writer can be read.
QByteArray toJson(const Database &database);

/// Reads what toJson() wrote. InvalidInput names the member that is missing or of the wrong type.
base::Result<Database> fromJson(const QByteArray &json);

} // namespace schema
