// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace migrate
{

// Single statements in drizzle-kit 0.31's wording, each with its semicolon and without a newline at
// the end.

QString tableSql(const schema::Name &table);

/// \a raw, SQL that a person has written, so that what comes behind it is no part of a comment.
QString closed(const QString &raw);

QString createSchema(const QString &name);
QString createEnum(const schema::Enum &type);
QString addEnumValue(const schema::Name &type, const QString &value, const QString &before);
QString dropEnum(const schema::Name &type);

/// ALTER TABLE … \a action;
QString alterTable(const schema::Name &table, const QString &action);
QString createTable(const schema::Table &table);
QString enableRowLevelSecurity(const schema::Name &table);
QString disableRowLevelSecurity(const schema::Name &table);
QString dropTable(const schema::Name &table);
/// "a","b"
QString columnList(const QStringList &columns);
/// GENERATED … AS IDENTITY (…) with a blank in front.
QString identitySql(const schema::Name &table, const schema::Identity &identity);

QString addColumn(const schema::Name &table, const schema::Column &column);
QString dropColumn(const schema::Name &table, const QString &column);
/// ALTER TABLE … ALTER COLUMN … \a action;
QString alterColumn(const schema::Name &table, const QString &column, const QString &action);

/// \a concurrently instead of what the index says of itself.
QString createIndex(const schema::Name &table, const schema::Index &index, bool concurrently);
QString dropIndex(const schema::Name &table, const QString &index, bool concurrently = false);
/// Without a name as PostgreSQL's own ADD PRIMARY KEY.
QString addPrimaryKey(const schema::Name &table, const schema::PrimaryKey &key);
QString addForeignKey(const schema::Name &table, const schema::ForeignKey &key);
QString addUnique(const schema::Name &table, const schema::Unique &unique);
QString addCheck(const schema::Name &table, const schema::Check &check);
QString dropConstraint(const schema::Name &table, const QString &name);

} // namespace migrate
