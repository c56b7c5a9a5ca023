// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/objectid.h"
#include "schema/traits.h"

#include <QHash>

namespace schema
{

/// An object of a live database and how it is made again when a plan has to drop it. To bring it
/// back: `definition`, then every statement of `restoration`. Where the schema itself says how it
/// is made (a changed view), the plan's own statement and then `restoration`.
struct LiveObject {
    ObjectId id;
    bool managed =
        false;     ///< a Drizzle schema can declare it; what is not is never dropped for good
    QString owner; ///< of what has one
    QString comment;
    QString removal; ///< SQL that drops it, without CASCADE
    /// SQL that makes it. Empty for tables, for columns that are not generated, and for what Sluice
    /// cannot make again (an aggregate, an operator): that must not be dropped.
    QString definition;
    /// SQL that gives it back what making it anew loses: owner, comment, grants, options, state.
    /// What is an object of its own (an index, a trigger) is not repeated here.
    QStringList restoration;
    bool operator==(const LiveObject &) const = default;
};

/// What needs an object directly.
struct Dependant {
    enum class Tie {
        Normal,    ///< PostgreSQL refuses to drop what it needs
        Automatic, ///< it goes silently together with what it needs (the index of a table)
        Part       ///< it is a column of what it needs
    };
    ObjectId id;
    Tie tie = Tie::Normal;
    bool operator==(const Dependant &) const = default;
};

/// What a live database holds beyond its schema::Database: objects that Drizzle cannot declare
/// (*unmanaged*), what it cannot say of those that it can, and who needs whom.
/// What an extension brought along is not here: who needs it needs the extension.
struct Surroundings {
    /// By id; without plain columns, and without defaults that need nothing.
    QHash<ObjectId, LiveObject> objects;
    QList<ObjectId> unmanaged; ///< those of `objects` that are not managed, sorted
    QHash<ObjectId, QList<Dependant>> usedBy;

    QHash<Name, TableTraits> tables;       ///< of every table, partition and materialized view
    QHash<Name, IndexTraits> indexes;      ///< of every index, also of those inside a constraint
    QHash<Name, SequenceTraits> sequences; ///< also of those of serial and identity columns
    QHash<ObjectId, ColumnTraits> columns; ///< only where something differs from a plain column
    QHash<ObjectId, ConstraintTraits> constraints; ///< only where something differs from plain

    /// Everything that needs \a id directly or through others, in an order in which it can be
    /// dropped: the reverse is one in which it can be made again. A table's own columns are walked
    /// through and not listed; what goes automatically is listed too.
    QList<ObjectId> dependants(const ObjectId &id) const;

    /// The object, or one with nothing but \a id when there is nothing to say of it.
    LiveObject object(const ObjectId &id) const;

    bool operator==(const Surroundings &) const = default;
};

} // namespace schema
