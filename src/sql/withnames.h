// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/tree.h"

#include <QStringList>

struct PgQuery__RangeVar;
struct PgQuery__WithClause;

namespace sql
{

/// The WITH of a statement, or null.
const PgQuery__WithClause *withClause(const ProtobufCMessage &message);

/// The target of a statement that writes, or null.
const PgQuery__RangeVar *writtenRelation(const ProtobufCMessage &message);

/// Hands each query of \a with to \a visit and adds its names to \a visible, in the server's order:
/// a WITH query sees those before it; with RECURSIVE all of them and itself. So contacts inside
/// WITH contacts AS (SELECT … FROM contacts) is the table.
void enterWith(const PgQuery__WithClause &with, QStringList &visible,
               const std::function<void(const ProtobufCMessage &)> &visit);

} // namespace sql
