// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "diff/change.h"
#include "diff/overlay.h"
#include "diff/properties.h"

#include <QHash>

#include <optional>

namespace diff
{

/// What the changes say of one thing.
struct Mark {
    std::optional<Properties> inDatabase; ///< as it is dropped or was before
    std::optional<Properties> inCode;     ///< as it is added or is after
    QStringList notes;                    ///< what differs beside the properties
    Presence presence() const;
    QString note() const; ///< "type: text in code, uuid in database"; empty when it is on one side
};

/// The changes from database to code by what they are about. Names are as after all renames.
class Marks
{
public:
    explicit Marks(const QList<Change> &changes);
    /// Null when no change is about it. \a owner is the table, the enum, or the thing itself.
    const Mark *find(Kind kind, const schema::Name &owner, const QString &part = {}) const;

    struct Key {
        Kind kind;
        schema::Name owner;
        QString part;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, int(key.kind), key.owner.schema, key.owner.name, key.part);
        }
    };

private:
    QHash<Key, Mark> m_marks;
};

/// "columns: (a) in code, (b) in database".
QString either(const QString &what, const QString &code, const QString &database);

} // namespace diff
