// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "judge.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace changes
{

/// A schema whose parts know each other by number and not by name, so that they can be renamed and
/// dropped at will. What an expression or a default says follows from the types when it is
/// rendered.
struct Model {
    enum class Type { Integer, BigInt, Numeric, Double, Text, Varchar, Boolean, Date, Json, Enum };

    struct Named {
        int id = 0;
        QString name;
    };
    struct Owned : Named {
        int schema = 0; ///< 0: public
    };
    struct Enum : Owned {
        QList<Named> values;
    };
    struct Sequence : Owned {
        int increment = 1;
        int cache = 1;
        bool cycle = false;
    };
    struct Role : Named {
        bool createDb = false;
        bool inherit = true;
    };
    enum class Numbers { None, Serial, Identity, IdentityAlways };
    struct Column : Named {
        Type type = Type::Integer;
        int enumType = 0;
        bool array = false;
        bool notNull = false;
        bool hasDefault = false;
        int variant = 0; ///< which of several defaults
        Numbers numbers = Numbers::None;
        int generatedFrom = 0; ///< the column that it is computed from
    };
    struct Part : Named {
        enum class Kind { Index, Unique, Check, ForeignKey, Policy };
        Kind kind = Kind::Index;
        bool ownName = false; ///< else the one that Drizzle makes up, where there is one
        QList<int> columns;
        int target = 0;  ///< the table that a foreign key points at, to its key
        int role = 0;    ///< of a policy; 0: public
        int variant = 0; ///< which of several forms
    };
    struct Table : Owned {
        QList<Column> columns;
        QList<int> key;
        QList<Part> parts;
        bool rowSecurity = false;

        const Column *column(int wanted) const;
        Column *column(int wanted);
    };
    struct View : Owned {
        bool materialized = false;
        int table = 0;
        QList<int> columns;
        int variant = 0;
    };

    QList<Named> schemas;
    QList<Enum> enums;
    QList<Sequence> sequences;
    QList<Role> roles;
    QList<Table> tables;
    QList<View> views;
    int lastId = 0;

    const Table *table(int id) const;
    Table *table(int id);
    const Enum *enumType(int id) const;

    /// Drops what needs something that is gone, and lets a foreign key's column have its target's
    /// type.
    void tidy();
};

/// The entry of \a list with this number, nullptr without one.
template <typename List> auto *byId(List &list, int id)
{
    const auto it = std::ranges::find_if(list, [&](const auto &entry) { return entry.id == id; });
    return it == list.end() ? nullptr : &*it;
}

schema::Database rendered(const Model &model);

/// The answers that lead from \a before to \a after: what was renamed, and what is really gone.
QList<diff::RenameAnswer> answers(const Model &before, const Model &after);

/// INSERT statements for all tables of \a before with rows that \a after has room for.
QByteArray rowsFor(const Model &before, const Model &after);

} // namespace changes
