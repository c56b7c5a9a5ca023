// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/json.h"
#include "schema/database.h"

#include <QHash>
#include <QStringList>

#include <nlohmann/json.hpp>

#include <vector>

namespace migrate
{

/// A schema as drizzle-kit 1.0 keeps it: flat rows of a few types, each with a key of its own.
class Rows
{
public:
    /// The types in the order in which drizzle-kit lists them.
    static const QStringList &types();
    /// schemas, tables … and the row's identity: a JSON list of names.
    static QString keyOf(const QString &type, const Json &row);
    /// type NUL key, as deltas name a row.
    static QString pathOf(const QString &type, const QString &key);

    /// The rows of a base snapshot. An error says which row is not understood.
    static base::Result<Rows> from(const Json &list);

    const std::vector<Json> &of(const QString &type) const;
    const Json *find(const QString &type, const QString &key) const;
    Json list() const;

    /// False when there is a row with that key.
    bool add(const Json &row);
    void remove(const QString &type, const QString &key);
    void set(const QString &type, const QString &key, const Json &values);
    /// Gives a row another name and writes it wherever the old one stood: a table's in its columns,
    /// a column's in keys and indexes. False when two rows would have one key.
    bool rename(const QString &type, const QString &key, const Json &values);

    /// The changes of a later snapshot, in their order.
    base::Result<base::Done> apply(const Json &deltas);

private:
    struct Bucket {
        std::vector<Json> rows;
        QHash<QString, size_t> index; ///< by key
    };
    bool reindex();

    QHash<QString, Bucket> m_buckets;
};

/// Equal whatever the order of members.
bool same(const Json &one, const Json &other);

/// The schema that \a rows describe. Privileges and what roles have beyond drizzle's have no place
/// in it.
schema::Database databaseOf(const Rows &rows);

/// \a database as rows, spelled as drizzle-kit 1.0 spells them. What is the same in \a previous
/// keeps the row and the generated name that it has there.
Rows rowsOf(const schema::Database &database, const Rows &previous);

} // namespace migrate
