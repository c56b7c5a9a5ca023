// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace migrate
{

// Single statements in drizzle-kit 0.31's wording, each with its semicolon and without a newline at
// the end.

QString tableSql(const schema::Name &table);

QString createSchema(const QString &name);
QString createEnum(const schema::Enum &type);
QString addEnumValue(const schema::Name &type, const QString &value, const QString &before);
QString dropEnum(const schema::Name &type);

/// The text behind DEFAULT; an array or object as a constant, where drizzle-kit writes no SQL at
/// all.
QString defaultSql(const schema::Default &value);

QString createTable(const schema::Table &table);
QString enableRowLevelSecurity(const schema::Name &table);
QString createPolicy(const schema::Name &table, const schema::Policy &policy);
QString dropPolicy(const schema::Name &table, const QString &policy);
QString dropTable(const schema::Name &table);

QString addColumn(const schema::Name &table, const schema::Column &column);
QString dropColumn(const schema::Name &table, const QString &column);
/// ALTER TABLE … ALTER COLUMN … \a action;
QString alterColumn(const schema::Name &table, const QString &column, const QString &action);

QString createIndex(const schema::Name &table, const schema::Index &index);
QString dropIndex(const schema::Name &table, const QString &index);
QString addForeignKey(const schema::Name &table, const schema::ForeignKey &key);
QString addUnique(const schema::Name &table, const schema::Unique &unique);
QString addCheck(const schema::Name &table, const schema::Check &check);
QString dropConstraint(const schema::Name &table, const QString &name);

} // namespace migrate
