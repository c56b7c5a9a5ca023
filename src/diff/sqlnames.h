// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <functional>
#include <optional>

namespace diff
{

// New names in SQL that a schema holds as text: what PostgreSQL does to its stored expressions when
// something they mention is renamed. Only tokens change; constants and comments stay, and a name
// without quotes gets none as long as the new one needs none.

/// "old"."t" and old.t become "new"."t".
QString renameSchemaIn(const QString &text, const QString &from, const QString &to);

/// The relation \a from wherever it is written as one: in front of a column, behind FROM or JOIN,
/// behind its schema.
QString renameTableIn(const QString &text, const schema::Name &from, const schema::Name &to);

/// Which columns a text can mean when it names one alone.
enum class ColumnScope {
    Own,      ///< those of the table: a check, an index, a generated column
    Qualified ///< any: only "table"."column" is meant
};
QString renameColumnIn(const QString &text, const schema::Name &table, const QString &from,
                       const QString &to, ColumnScope scope);

/// Whether a relation has the column that is asked about; nullopt: nobody knows.
using HasColumn = std::function<std::optional<bool>(const schema::Name &relation)>;

/// The same in an expression about \a owner with queries in it, which name columns alone or by an
/// alias. What is not clear stays.
QString renameColumnInQueries(const QString &text, const schema::Name &table, const QString &from,
                              const QString &to, const schema::Name &owner, const HasColumn &has);

/// The type \a from behind `::`.
QString renameTypeIn(const QString &text, const schema::Name &from, const schema::Name &to);

/// The sequence \a from inside of nextval('…').
QString renameSequenceIn(const QString &text, const schema::Name &from, const schema::Name &to);

/// Columns of an enum, and whether a text means them when it names one alone.
struct EnumColumns {
    schema::Name table;
    QStringList names;
    ColumnScope scope = ColumnScope::Own;
};
/// The value \a from of the enum \a type where a cast or one of \a columns says that it is one.
QString renameValueIn(const QString &text, const schema::Name &type, const EnumColumns &columns,
                      const QString &from, const QString &to);

/// \a name in double quotes, those inside doubled.
QString quoted(QString name);

/// The end of what starts at \a begin with a quote and ends with one; a doubled one is inside. The
/// text's end when it has none.
qsizetype endOfQuoted(const QString &text, qsizetype begin);

/// The name that \a text is, "auth"."users" or users; without a schema in it that is \a schema.
schema::Name sqlName(const QString &text, const QString &schema);

} // namespace diff
