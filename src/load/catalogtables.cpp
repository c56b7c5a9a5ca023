// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogbuilder.h"

#include "load/catalogstatements.h"
#include "sql/identifier.h"

#include <algorithm>

namespace load
{

using schema::ColumnTraits;
using schema::LiveObject;
using schema::ObjectId;
using schema::ObjectKind;
using schema::TableTraits;

namespace
{
constexpr qint64 pageSize = 8'192; // bytes, as nearly every server is compiled

QString storageWord(char code)
{
    static const QHash<char, QString> words{{'p', QStringLiteral("PLAIN")},
                                            {'e', QStringLiteral("EXTERNAL")},
                                            {'x', QStringLiteral("EXTENDED")},
                                            {'m', QStringLiteral("MAIN")}};
    return words.value(code);
}

QString compressionWord(char code)
{
    static const QHash<char, QString> words{{'p', QStringLiteral("pglz")},
                                            {'l', QStringLiteral("lz4")}};
    return words.value(code);
}

/// What gives a column back what it has beyond its definition.
QStringList columnRestoration(const ColumnTraits &traits, const ObjectId &id)
{
    const QString alter = QStringLiteral("ALTER TABLE ") + statement::qualified(id.name) +
                          QStringLiteral(" ALTER COLUMN ") + sql::identifier(id.part);
    QStringList statements;
    if (!traits.storage.isEmpty())
        statements << alter + QStringLiteral(" SET STORAGE ") + traits.storage;
    if (!traits.compression.isEmpty())
        statements << alter + QStringLiteral(" SET COMPRESSION ") + traits.compression;
    if (traits.statisticsTarget >= 0)
        statements << alter + QStringLiteral(" SET STATISTICS ") +
                          QString::number(traits.statisticsTarget);
    if (!traits.options.isEmpty())
        statements << alter + QStringLiteral(" SET ") + statement::optionList(traits.options);
    return statements;
}
} // namespace

void CatalogBuilder::addTableTraits(const CatalogRows &rows, qsizetype row, LiveObject &live)
{
    TableTraits traits;
    traits.unlogged = rows.flag(row, "is_unlogged");
    traits.forceRowSecurity = rows.flag(row, "relforcerowsecurity");
    traits.partitionKey = rows.text(row, "partition_key");
    traits.partitionBound = rows.text(row, "partition_bound");
    traits.accessMethod = rows.text(row, "access_method");
    traits.tablespace = rows.text(row, "tablespace");
    traits.options = rows.options(row, "options");
    traits.hasTriggers = rows.flag(row, "relhastriggers");
    traits.rows = rows.number(row, "row_estimate");
    traits.bytes = rows.number(row, "pages") * pageSize;
    const QString alter = QStringLiteral("ALTER TABLE ") + statement::qualified(live.id.name);
    const bool isTable = live.id.kind == ObjectKind::Table || live.id.kind == ObjectKind::Partition;
    switch (isTable ? rows.letter(row, "relreplident") : 'd') {
    case 'n':
        traits.replicaIdentity = QStringLiteral("NOTHING");
        break;
    case 'f':
        traits.replicaIdentity = QStringLiteral("FULL");
        break;
    default: // an index says so itself
        break;
    }
    if (live.id.kind != ObjectKind::MaterializedView) {
        if (traits.unlogged)
            live.restoration << alter + QStringLiteral(" SET UNLOGGED");
        if (!traits.tablespace.isEmpty())
            live.restoration << alter + QStringLiteral(" SET TABLESPACE ") +
                                    sql::identifier(traits.tablespace);
        if (!traits.options.isEmpty())
            live.restoration << alter + QStringLiteral(" SET ") +
                                    statement::optionList(traits.options);
        if (!traits.replicaIdentity.isEmpty())
            live.restoration << alter + QStringLiteral(" REPLICA IDENTITY ") +
                                    traits.replicaIdentity;
        if (traits.forceRowSecurity)
            live.restoration << alter + QStringLiteral(" FORCE ROW LEVEL SECURITY");
    }
    m_catalog.surroundings.tables.insert(live.id.name, traits);
}

void CatalogBuilder::addColumnTraits(const CatalogRows &rows, qsizetype row, const ObjectId &id)
{
    ColumnTraits traits;
    traits.collation = rows.text(row, "collation");
    traits.storage = storageWord(rows.letter(row, "storage"));
    traits.compression = compressionWord(rows.letter(row, "compression"));
    if (!rows.isNull(row, "statistics_target"))
        traits.statisticsTarget = int(rows.number(row, "statistics_target"));
    traits.options = rows.options(row, "options");
    traits.inherited = !rows.flag(row, "attislocal");
    const quint32 relation = rows.oid(row, "attrelid");
    const int number = int(rows.number(row, "attnum"));
    if (rows.letter(row, "attgenerated"))
        m_generatedTypes.insert(
            quint64(relation) << 32 | quint32(number),
            rows.text(row, "type_text") +
                (traits.collation.isEmpty() ? QString()
                                            : QStringLiteral(" COLLATE ") + traits.collation) +
                QStringLiteral(" GENERATED ALWAYS AS (%1) ") +
                (rows.letter(row, "attgenerated") == 's' ? QStringLiteral("STORED")
                                                         : QStringLiteral("VIRTUAL")) +
                (rows.flag(row, "attnotnull") ? QStringLiteral(" NOT NULL") : QString()));
    if (traits == ColumnTraits())
        return;
    m_catalog.surroundings.columns.insert(id, traits);
    const QStringList restoration = columnRestoration(traits, id);
    if (restoration.isEmpty())
        return;
    if (const auto column = m_ids.find(CatalogClass::Relation, relation, number))
        liveOf(*column)->restoration << restoration;
}

/// A generated column is in the way of a change like a view is.
void CatalogBuilder::addGenerated(quint32 oid, quint32 relation, int number,
                                  const QString &expression)
{
    const auto column = m_ids.find(CatalogClass::Relation, relation, number);
    if (!column)
        return;
    m_ids.alias(quint32(CatalogClass::Default), oid, *column);
    LiveObject &live = *liveOf(*column);
    QString type = m_generatedTypes.value(quint64(relation) << 32 | quint32(number));
    live.definition = QStringLiteral("ALTER TABLE ") + statement::qualified(live.id.name) +
                      QStringLiteral(" ADD COLUMN ") + sql::identifier(live.id.part) + u' ' +
                      type.replace(QStringLiteral("%1"), expression);
}

/// What is known only when all tables are: parents, how large a partitioned table is, and what is
/// there without having an effect.
void CatalogBuilder::finishTables()
{
    for (schema::Table &table : m_catalog.schema.tables) {
        table.policiesInactive = !table.policies.isEmpty() && !table.rowLevelSecurity;
        for (schema::Index &index : table.indexes)
            index.invalid =
                !m_catalog.surroundings.indexes.value({table.name.schema, index.name}).valid;
    }
    auto &tables = m_catalog.surroundings.tables;
    QHash<quint32, std::pair<qint64, qint64>> sizes; // rows and bytes of partitioned tables
    for (auto entry = m_parents.cbegin(); entry != m_parents.cend(); ++entry) {
        const Relation &child = *m_relations.constFind(entry.key());
        const auto traits = tables.find(child.id.name);
        if (traits == tables.end())
            continue;
        finishChild(child, *entry, *traits);
        const bool isLeaf =
            child.id.kind == ObjectKind::Partition && traits->partitionKey.isEmpty();
        if (!isLeaf || traits->rows < 0)
            continue;
        for (quint32 above = entry->first(); above != 0; above = m_parents.value(above).value(0)) {
            sizes[above].first += traits->rows;
            sizes[above].second += traits->bytes;
        }
    }
    for (auto size = sizes.cbegin(); size != sizes.cend(); ++size) {
        const schema::Name &name = relationName(size.key());
        tables[name].rows = size->first;
        tables[name].bytes = size->second;
        if (isManaged(size.key()))
            m_catalog.rowEstimates.insert(name, size->first);
    }
}

void CatalogBuilder::finishChild(const Relation &child, const QList<quint32> &parents,
                                 TableTraits &traits)
{
    LiveObject &live = m_catalog.surroundings.objects[child.id];
    const QString own = statement::qualified(child.id.name);
    if (child.id.kind == ObjectKind::Partition) {
        traits.partitionOf = relationName(parents.first());
        live.definition = QStringLiteral("CREATE TABLE ") + own + QStringLiteral(" PARTITION OF ") +
                          statement::qualified(traits.partitionOf) + u' ' + traits.partitionBound +
                          (traits.partitionKey.isEmpty()
                               ? QString()
                               : QStringLiteral(" PARTITION BY ") + traits.partitionKey);
        return;
    }
    for (const quint32 oid : parents) {
        traits.inherits << relationName(oid);
        live.restoration << QStringLiteral("ALTER TABLE ") + own + QStringLiteral(" INHERIT ") +
                                statement::qualified(relationName(oid));
    }
}

} // namespace load
