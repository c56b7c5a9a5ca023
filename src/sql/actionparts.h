// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: what the readers of actions share.
#pragma once

#include "sql/actions.h"
#include "sql/tree.h"

struct PgQuery__AlterTableStmt;
struct PgQuery__CreateStmt;
struct PgQuery__DropStmt;
struct PgQuery__RangeVar;
struct PgQuery__RenameStmt;
struct PgQuery__TypeName;

namespace sql
{

/// The empty text for null, which protobuf-c writes for what is not there.
QString textOf(const char *text);
ObjectName nameOf(const PgQuery__RangeVar *range);
/// A name that is a list of words: the last one, and the one before it as schema.
ObjectName nameOf(PgQuery__Node *const *nodes, size_t count);
ObjectName nameOf(const PgQuery__Node *node);
QStringList wordsOf(PgQuery__Node *const *nodes, size_t count);
/// \a behavior is a PgQuery__DropBehavior.
bool isCascade(int behavior);

/// Notes what stands in \a message: functions, relations, sequences.
void look(const ProtobufCMessage &message, Action &action);
void look(const PgQuery__Node *node, Action &action);

/// Notes \a type as drizzle spells it: integer, varchar(20)[].
void noteType(const PgQuery__TypeName *type, Action &action);

void readAlterTable(const PgQuery__AlterTableStmt &statement, QList<Action> &actions);
void readCreateTable(const PgQuery__CreateStmt &statement, QList<Action> &actions);
void readRename(const PgQuery__RenameStmt &statement, QList<Action> &actions);
void readDrop(const PgQuery__DropStmt &statement, QList<Action> &actions);

} // namespace sql
