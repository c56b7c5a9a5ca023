// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/diffcards.h"

#include <QHash>

namespace studio
{

// The rows of one card, from the definitions before and after.

/// Every column of a table that is new, removed or a neighbour, then its indexes, keys and checks.
QList<CardRow> rowsOfWhole(const schema::Table &table, DiffMark mark);

/// Key columns and the first others of a table that did not change.
QList<CardRow> rowsOfNeighbour(const schema::Table &table);

/// The names of what a difference adds, drops or alters inside one table. Only diff decides what
/// counts as different.
struct ChangedParts {
    QStringList columns, foreignKeys, uniques, indexes, checks, policies;
    QHash<QString, QString> renamed; ///< new name → old one, of columns and of the other parts
    QList<std::pair<QString, PropertyChange>> names; ///< of what has no row of its own
    bool primaryKey = false;
    bool rowLevelSecurity = false;
};

/// The columns of both definitions in order, with what changed in them; then only those indexes,
/// keys and checks that changed.
QList<CardRow> rowsOfChanged(const schema::Table &before, const schema::Table &after,
                             const ChangedParts &changed);

/// The values of both definitions in order; \a renamed: new value → old one.
QList<CardRow> rowsOfEnum(const QStringList &before, const QStringList &after,
                          const QHash<QString, QString> &renamed = {});

/// What a view, sequence or role is made of, as far as it differs; with \a before or \a after null
/// all of the other one.
QList<CardRow> rowsOf(const schema::View *before, const schema::View *after);
QList<CardRow> rowsOf(const schema::Sequence *before, const schema::Sequence *after);
QList<CardRow> rowsOf(const schema::Role *before, const schema::Role *after);

/// Replaces long runs of unchanged rows by one that tells their number.
QList<CardRow> folded(const QList<CardRow> &rows);

} // namespace studio
