// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace migrate
{

/// Whether \a text has \a name as a word of SQL, quoted or not. Comments and constants count too.
bool mentions(const QString &text, const QString &name);

/// The columns of \a table that \a text mentions.
QStringList mentionedColumns(const QString &text, const schema::Table &table);

/// What a view or a policy's expression reads, as far as its text tells. The parser cuts names as
/// the server does: see schema::storedName().
struct Reading {
    QList<schema::Name> relations; ///< public is the empty text
    bool readsColumn(const schema::Name &table, const QString &column) const;
    bool reads(const schema::Name &relation) const;

    /// Of each relation the names (its own, aliases) under which columns are qualified.
    QList<std::pair<schema::Name, QString>> names;
    /// Qualifier and name of each column; an empty name is all of them.
    QList<std::pair<QString, QString>> columns;
    /// The text did not parse: only words are compared.
    bool parsed = true;
    QString text;
};
Reading readingOf(const QString &query);

} // namespace migrate
