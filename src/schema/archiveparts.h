// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/archive.h"

// What each value of the room consists of, for Writer and Reader.

namespace schema
{

template <typename A> void parts(A &a, Like<SourceLocation> auto &v)
{
    a(v.file, v.line, v.column);
}
template <typename A> void parts(A &a, Like<Origin> auto &v)
{
    a(v.name, v.location, v.definition, v.description);
}
template <typename A> void parts(A &a, Like<Problem> auto &v)
{
    a(v.severity, v.besideSql, v.text, v.hint, v.location, v.importChain);
}
template <typename A> void parts(A &a, Like<Name> auto &v)
{
    a(v.schema, v.name);
}
template <typename A> void parts(A &a, Like<Default> auto &v)
{
    a(v.form, v.text);
}
template <typename A> void parts(A &a, Like<Generated> auto &v)
{
    a(v.expression, v.stored);
}
template <typename A> void parts(A &a, Like<SequenceOptions> auto &v)
{
    a(v.increment, v.startWith, v.minValue, v.maxValue, v.cache, v.cycle);
}
template <typename A> void parts(A &a, Like<Identity> auto &v)
{
    a(v.kind, v.sequenceName, v.sequenceSchema, v.options);
}
template <typename A> void parts(A &a, Like<FilledByCode> auto &v)
{
    a(v.onInsert, v.onUpdate);
}
template <typename A> void parts(A &a, Like<Column> auto &v)
{
    a(v.name, v.type, v.typeSchema, v.primaryKey, v.notNull, v.defaultValue, v.generated,
      v.identity, v.filledByCode, v.origin);
}
template <typename A> void parts(A &a, Like<IndexColumn> auto &v)
{
    a(v.expression, v.isExpression, v.ascending, v.nulls, v.operatorClass);
}
template <typename A> void parts(A &a, Like<Index> auto &v)
{
    a(v.name, v.columns, v.isUnique, v.where, v.concurrently, v.method, v.with, v.invalid,
      v.origin);
}
template <typename A> void parts(A &a, Like<ForeignKey> auto &v)
{
    a(v.name, v.columns, v.targetSchema, v.targetTable, v.targetColumns, v.onDelete, v.onUpdate,
      v.origin);
}
template <typename A> void parts(A &a, Like<PrimaryKey> auto &v)
{
    a(v.name, v.columns, v.origin);
}
template <typename A> void parts(A &a, Like<Unique> auto &v)
{
    a(v.name, v.columns, v.nullsNotDistinct, v.origin);
}
template <typename A> void parts(A &a, Like<Check> auto &v)
{
    a(v.name, v.expression, v.origin);
}
template <typename A> void parts(A &a, Like<Policy> auto &v)
{
    a(v.name, v.as, v.command, v.roles, v.usingExpression, v.withCheck, v.onSchema, v.on, v.origin);
}
template <typename A> void parts(A &a, Like<Table> auto &v)
{
    a(v.name, v.columns, v.indexes, v.foreignKeys, v.primaryKeys, v.uniques, v.checks, v.policies,
      v.rowLevelSecurity, v.policiesInactive, v.origin);
}
template <typename A> void parts(A &a, Like<Enum> auto &v)
{
    a(v.name, v.values, v.origin);
}
template <typename A> void parts(A &a, Like<Sequence> auto &v)
{
    a(v.name, v.options, v.origin);
}
template <typename A> void parts(A &a, Like<Role> auto &v)
{
    a(v.name, v.createDb, v.createRole, v.inherit, v.origin);
}
template <typename A> void parts(A &a, Like<View> auto &v)
{
    a(v.name, v.materialized, v.existing, v.definition, v.columns, v.with, v.withNoData,
      v.accessMethod, v.tablespace, v.origin);
}
template <typename A> void parts(A &a, Like<Relation::Through> auto &v)
{
    a(v.table, v.columns, v.targetColumns);
}
template <typename A> void parts(A &a, Like<Relation> auto &v)
{
    a(v.table, v.name, v.kind, v.target, v.columns, v.targetColumns, v.relationName, v.through,
      v.origin);
}
template <typename A> void parts(A &a, Like<Database> auto &v)
{
    a(v.schemas, v.tables, v.enums, v.sequences, v.roles, v.views, v.linkedPolicies, v.relations);
}

} // namespace schema
