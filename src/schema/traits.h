// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/objectid.h"

#include <QList>
#include <QStringList>

#include <utility>

namespace schema
{

/// What a live table has beyond what Drizzle can declare, and how large it is.
struct TableTraits {
    bool unlogged = false;
    bool forceRowSecurity = false;
    QList<Name> inherits;
    QString partitionKey;   ///< RANGE (at), of a partitioned table
    Name partitionOf;       ///< of a partition
    QString partitionBound; ///< FOR VALUES …, DEFAULT
    QString accessMethod;   ///< empty: heap
    QString tablespace;     ///< empty: the database's
    QList<std::pair<QString, QString>> options;
    QString replicaIdentity; ///< NOTHING, FULL or the name of an index; empty: the primary key
    QString clusteredOn;     ///< the index's name
    QString primaryKey;      ///< the constraint's real name
    bool hasTriggers = false;
    qint64 rows = -1; ///< pg_class.reltuples, partitions summed up; -1: never analysed
    qint64 bytes = 0; ///< as of the last VACUUM or ANALYZE, without indexes and TOAST
    bool operator==(const TableTraits &) const = default;
};

/// What a live column has beyond what Drizzle can declare.
struct ColumnTraits {
    QString collation;   ///< qualified and quoted; empty: the type's
    QString storage;     ///< PLAIN, EXTERNAL, EXTENDED, MAIN; empty: the type's
    QString compression; ///< pglz, lz4; empty: the server's default
    int statisticsTarget = -1;
    QList<std::pair<QString, QString>> options;
    QString notNullName; ///< of the NOT NULL constraint (PostgreSQL 18), unless generated
    bool notNullNoInherit = false;
    bool notNullNotValid = false;
    bool inherited = false; ///< it comes from a parent table
    bool operator==(const ColumnTraits &) const = default;
};

/// What a live constraint has beyond what Drizzle can declare.
struct ConstraintTraits {
    bool deferrable = false;
    bool initiallyDeferred = false;
    bool notValid = false;
    bool notEnforced = false;
    bool noInherit = false;
    bool inherited = false;      ///< it comes from a parent table
    bool matchFull = false;      ///< of a foreign key
    bool period = false;         ///< WITHOUT OVERLAPS, PERIOD
    bool exclusion = false;      ///< EXCLUDE: not in schema::Table at all
    QStringList setNullColumns;  ///< ON DELETE SET NULL (columns)
    QStringList includedColumns; ///< INCLUDE (columns)
    bool operator==(const ConstraintTraits &) const = default;
};

/// What a live index has beyond what Drizzle can declare, and how large it is.
struct IndexTraits {
    Name table;
    QString constraint; ///< the one that it is the inside of
    QStringList includedColumns;
    QStringList collations; ///< a column each, qualified and quoted; empty: the column's
    bool nullsNotDistinct = false;
    bool valid = true; ///< false: left behind by a CREATE INDEX CONCURRENTLY that failed
    bool ready = true;
    bool inherited = false; ///< a partition's part of its parent's index
    QString tablespace;
    qint64 bytes = 0;  ///< as of the last VACUUM or ANALYZE
    qint64 scans = -1; ///< since the statistics were reset; -1: not known
    bool operator==(const IndexTraits &) const = default;
};

struct SequenceTraits {
    QString dataType; ///< smallint, integer, bigint
    Name ownerTable;  ///< OWNED BY, also of serial and identity columns; empty: by none
    QString ownerColumn;
    bool unlogged = false;
    SequenceOptions options; ///< also where the schema says nothing of them: serial columns
    bool operator==(const SequenceTraits &) const = default;
};

} // namespace schema
