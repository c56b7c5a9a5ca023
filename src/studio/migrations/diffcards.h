// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

#include <QStringList>

namespace studio
{

/// What happened to a thing between two schemas; a word and a colour for the person.
enum class DiffMark { Context, Added, Removed, Changed };

/// One property of a row that changed: "varchar(255)" → "text".
struct PropertyChange {
    QString before, after;
    bool operator==(const PropertyChange &) const = default;
};

/// A line of a card.
struct CardRow {
    enum class Kind {
        Column,
        Key,       ///< a column of the primary key, or the key itself
        Reference, ///< a column of a foreign key
        Index,
        ForeignKey,
        Unique,
        Check,
        Policy,
        EnumValue,
        Property, ///< of the whole thing: a view's definition, a sequence's step, row-level
                  ///< security
        Fold
    };
    Kind kind = Kind::Column;
    DiffMark mark = DiffMark::Context;
    QString name;
    QString detail;                ///< the type of a column, what an index covers; not when Changed
    QList<PropertyChange> changes; ///< only when Changed, at least one
    bool operator==(const CardRow &) const = default;
};

/// A thing that differs, or a table beside one.
struct Card {
    enum class Kind { Schema, Table, Enum, View, Sequence, Role };
    enum class State { New, Changed, Removed, Neighbour };
    Kind kind = Kind::Table;
    State state = State::Changed;
    QString title; ///< the name, with its schema unless that is public; old → new when renamed
    QList<CardRow> rows;
    schema::Name name{}; ///< as it is called after the change
    bool operator==(const Card &) const = default;
};

/// The picture of \a difference as cards: what changed, then what is new, then what is removed,
/// then the tables that those refer to. Long runs of unchanged columns fold into one row.
QList<Card> cardsOf(const diff::Difference &difference, const schema::Database &before,
                    const schema::Database &after);

/// How many things a difference adds, changes and removes; what is dropped and added under the same
/// name counts as changed.
struct DiffCounts {
    int added = 0, changed = 0, removed = 0;
    int total() const { return added + changed + removed; }
    bool operator==(const DiffCounts &) const = default;
};
DiffCounts countsOf(const diff::Difference &difference);
/// "+2 ~3 -1", zeros left out.
QString toText(const DiffCounts &counts);

/// "enum", "view", …; empty for a table.
QString wordOf(Card::Kind kind);
/// "new", "changed", "removed"; empty for a neighbour.
QString wordOf(Card::State state);

/// "+ nickname: text": a row as one line.
QString toText(const CardRow &row);
/// The cards as lines of text: for screen readers and tests.
QString toText(const QList<Card> &cards);

} // namespace studio
