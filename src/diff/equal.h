// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace diff
{

/// The schema of a name with public as the empty text, whichever way it was written.
QString plainSchema(const QString &schema);

/// Whether two columns have the same type, enum schema included; spelling does not count.
bool sameType(const schema::Column &left, const schema::Column &right);

/// Whether nothing but the spelling and the place in the code differs.
bool sameDefinition(const schema::Index &left, const schema::Index &right);
bool sameDefinition(const schema::ForeignKey &left, const schema::ForeignKey &right);
/// The table that a linked policy is on is a part of neither.
bool sameDefinition(const schema::Policy &left, const schema::Policy &right);
/// What SQL says of a view: its columns by name only, and whether it was filled is no definition.
bool sameDefinition(const schema::View &left, const schema::View &right);

bool sameIdentity(const std::optional<schema::Identity> &left,
                  const std::optional<schema::Identity> &right);

/// Whether nothing that AlterColumn is about differs: not name, place, or primary key.
bool sameColumn(const schema::Column &left, const schema::Column &right);

/// Whether rows are hidden: drizzle-kit also switches that on for a table with policies, and in a
/// live one somebody may have switched it off again.
bool hasRowLevelSecurity(const schema::Table &table);

/// The table of applied migrations belongs to the tools, not to the schema: it is never a
/// difference.
bool isLedger(const schema::Name &table);
/// drizzle's own schema, when nothing but the ledger lives there.
bool isLedgerSchema(const QString &name, const schema::Database &database);

} // namespace diff
