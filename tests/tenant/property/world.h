// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "property/random.h"
#include "schema/database.h"
#include "tenant/classification.h"

#include <QByteArray>
#include <QStringList>

namespace property
{

enum class Type { Integer, Text, Number, Boolean, Time, Json, Tags, Tenant };

struct Column {
    QString name;
    Type type = Type::Text;
};

struct Table {
    schema::Name name; ///< public is the empty schema
    tenant::Scoping scoping = tenant::Scoping::Global;
    QList<Column> columns;
    QStringList key;
    int parent = -1;                ///< of a table by path: in World::tables
    int referred = -1;              ///< what the column ref points at
    int second = -1;                ///< of a table by path: what the column also points at, too
    QList<schema::Name> parts = {}; ///< partitions, which have the same columns
    /// Nobody's rows are everybody's: said of a direct table, and of those by path that follow it.
    bool isShared = false;
    QString sql() const;
};

/// A schema with tenants by chance and rows for it. Every text names the tenant it belongs to as
/// "T2-…" (T0: nobody, S: everybody), every id ends in the tenant's number.
struct World {
    static constexpr int tenants = 3;

    QList<Table> tables;         ///< the root first
    QStringList ids;             ///< of the tenants; [0] is nobody's
    QList<Table> views;          ///< that compute something of what they read
    bool usesSearchPath = false; ///< schema app comes before public

    QByteArray schema;      ///< statements that make the tables
    QByteArray shared;      ///< rows that are everybody's
    QList<QByteArray> rows; ///< those of each tenant; [0] are nobody's
    QByteArray shown;       ///< those of nobody that are everybody's

    /// Everything of all tenants, what tenant \a number (from 1) sees, and what it has to itself.
    QByteArray everything() const;
    QByteArray seen(int number) const;
    QByteArray only(int number) const;
    QByteArray behind; ///< foreign keys, views and functions, made when the rows are there
};

World randomWorld(Random &random);

} // namespace property
