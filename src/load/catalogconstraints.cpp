// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogbuilder.h"

#include "load/catalogstatements.h"
#include "sql/identifier.h"

namespace load
{

using schema::ConstraintTraits;
using schema::IndexTraits;
using schema::LiveObject;
using schema::ObjectId;
using schema::ObjectKind;

namespace
{
constexpr qint64 pageSize = 8'192; // bytes

QString action(char code)
{
    static const QHash<char, QString> actions{{'a', QStringLiteral("no action")},
                                              {'r', QStringLiteral("restrict")},
                                              {'c', QStringLiteral("cascade")},
                                              {'n', QStringLiteral("set null")},
                                              {'d', QStringLiteral("set default")}};
    return actions.value(code);
}

QString command(char code)
{
    static const QHash<char, QString> commands{{'r', QStringLiteral("SELECT")},
                                               {'a', QStringLiteral("INSERT")},
                                               {'w', QStringLiteral("UPDATE")},
                                               {'d', QStringLiteral("DELETE")}};
    return commands.value(code, QStringLiteral("ALL"));
}

void addPrimaryKey(schema::Table &table, const QString &name, const QStringList &columns)
{
    if (columns.size() != 1) {
        table.primaryKeys.append({.name = name, .columns = columns});
        return;
    }
    for (schema::Column &column : table.columns)
        column.primaryKey = column.primaryKey || column.name == columns.first();
}

/// The server writes ON ONLY for an index of a partitioned table, which makes no parts of it.
QString onPartitionsToo(QString definition, const QString &name)
{
    const QString only = QStringLiteral(" ON ONLY ");
    const qsizetype behindName = qsizetype(qstrlen("CREATE INDEX ")) + name.size();
    if (const qsizetype at = definition.indexOf(only, behindName); at >= 0)
        definition.replace(at, only.size(), QStringLiteral(" ON "));
    return definition;
}

/// An index whose columns are nothing but columns of the table.
QString plainDefinition(const schema::Index &index, const schema::Name &table)
{
    QStringList columns;
    for (const schema::IndexColumn &column : index.columns) {
        const bool nullsFirst = column.nulls == QLatin1String("first");
        // Without a word NULLs come last in an ascending index and first in a descending one.
        columns << sql::identifier(column.expression) +
                       (column.ascending ? QString() : QStringLiteral(" DESC")) +
                       (nullsFirst == !column.ascending
                            ? QString()
                            : (nullsFirst ? QStringLiteral(" NULLS FIRST")
                                          : QStringLiteral(" NULLS LAST")));
    }
    return (index.isUnique ? QStringLiteral("CREATE UNIQUE INDEX ")
                           : QStringLiteral("CREATE INDEX ")) +
           sql::identifier(index.name) + QStringLiteral(" ON ") + statement::qualified(table) +
           QStringLiteral(" USING ") + index.method + QStringLiteral(" (") +
           columns.join(QStringLiteral(", ")) + u')';
}

/// A collation of its own makes a part of an index an expression: Drizzle has no other word for it.
void setCollation(schema::IndexColumn &column, QString collation, const QString &definition)
{
    const QLatin1String word(" COLLATE ");
    // The collation that an expression has by itself is not in the definition.
    if (collation.isEmpty() || !definition.contains(word))
        return;
    const QLatin1String ofServer("pg_catalog.");
    if (collation.startsWith(ofServer))
        collation.remove(0, ofServer.size());
    column.expression =
        (column.isExpression ? column.expression : sql::identifier(column.expression)) + word +
        collation;
    column.isExpression = true;
}
} // namespace

CatalogBuilder::IndexParts CatalogBuilder::indexParts(const CatalogRows &rows, qsizetype row) const
{
    IndexParts parts;
    parts.name = nameOf(rows, row, "relnamespace", "relname");
    parts.relation = rows.oid(row, "indrelid");
    parts.constraint = rows.oid(row, "constraint_oid");
    parts.columns = rows.numbers(row, "keys");
    parts.keys = int(rows.number(row, "indnkeyatts"));
    parts.nullsNotDistinct = rows.flag(row, "nulls_not_distinct");
    const QString alter = QStringLiteral("ALTER INDEX ") + statement::qualified(parts.name);
    const QString alterTable =
        QStringLiteral("ALTER TABLE ") + statement::qualified(relationName(parts.relation));
    // The text of a definition has the options, that of a constraint has not.
    const auto options = rows.options(row, "options");
    if (parts.constraint != 0 && !options.isEmpty())
        parts.restoration << alter + QStringLiteral(" SET ") + statement::optionList(options);
    if (!rows.isNull(row, "tablespace"))
        parts.restoration << alter + QStringLiteral(" SET TABLESPACE ") +
                                 sql::identifier(rows.text(row, "tablespace"));
    if (rows.flag(row, "indisclustered"))
        parts.restoration << alterTable + QStringLiteral(" CLUSTER ON ") +
                                 sql::identifier(parts.name.name);
    if (rows.flag(row, "indisreplident"))
        parts.restoration << alterTable + QStringLiteral(" REPLICA IDENTITY USING INDEX ") +
                                 sql::identifier(parts.name.name);
    return parts;
}

void CatalogBuilder::addIndexToTable(const CatalogRows &rows, qsizetype row, IndexParts &parts)
{
    schema::Index index{.name = parts.name.name,
                        .isUnique = rows.flag(row, "indisunique"),
                        .where = rows.text(row, "predicate"),
                        .method = rows.text(row, "amname"),
                        .with = rows.options(row, "options")};
    const QList<int> options = rows.numbers(row, "key_options");
    const QStringList names = columnNames(parts.relation, parts.columns);
    for (int i = 0; i < parts.keys; ++i) {
        constexpr int descending = 1;
        constexpr int nullsFirst = 2;
        index.columns.append({.expression = names.at(i),
                              .isExpression = parts.columns.at(i) == 0,
                              .ascending = (options.value(i) & descending) == 0,
                              .nulls = options.value(i) & nullsFirst ? QStringLiteral("first")
                                                                     : QStringLiteral("last")});
    }
    LiveObject &live = m_catalog.surroundings.objects[{ObjectKind::Index, parts.name}];
    live.definition = onPartitionsToo(rows.text(row, "definition"), index.name);
    if (live.definition.isEmpty())
        live.definition = plainDefinition(index, relationName(parts.relation));
    if (schema::Table *table = tableOf(parts.relation)) {
        live.managed = true;
        parts.place = table->indexes.size();
        table->indexes.append(index);
    }
}

void CatalogBuilder::addIndexes(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 oid = rows.oid(row, "oid");
        const quint32 relation = rows.oid(row, "indrelid");
        const auto owner = m_relations.constFind(relation);
        if (owner == m_relations.cend() || owner->ofExtension)
            continue;
        IndexParts parts = indexParts(rows, row);
        IndexTraits traits{.table = owner->id.name,
                           .includedColumns = columnNames(relation, parts.columns.mid(parts.keys)),
                           .nullsNotDistinct = parts.nullsNotDistinct,
                           .valid = rows.flag(row, "indisvalid"),
                           .ready = rows.flag(row, "indisready"),
                           .inherited = rows.flag(row, "relispartition"),
                           .tablespace = rows.text(row, "tablespace"),
                           .bytes = rows.number(row, "pages") * pageSize,
                           .scans = rows.isNull(row, "scans") ? -1 : rows.number(row, "scans")};
        m_catalog.surroundings.indexes.insert(parts.name, traits);
        const auto table = m_catalog.surroundings.tables.find(owner->id.name);
        if (table != m_catalog.surroundings.tables.end() && rows.flag(row, "indisclustered"))
            table->clusteredOn = parts.name.name;
        if (table != m_catalog.surroundings.tables.end() && rows.flag(row, "indisreplident"))
            table->replicaIdentity = parts.name.name;
        if (parts.constraint == 0) {
            add(CatalogClass::Relation, oid, {ObjectKind::Index, parts.name}).restoration =
                parts.restoration;
            addIndexToTable(rows, row, parts);
        }
        m_indexes.insert(oid, parts);
    }
}

void CatalogBuilder::addIndexColumns(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const auto parts = m_indexes.constFind(rows.oid(row, "indexrelid"));
        if (parts == m_indexes.cend())
            continue;
        const qsizetype position = rows.number(row, "position");
        if (!rows.isNull(row, "collation")) {
            QStringList &collations = m_catalog.surroundings.indexes[parts->name].collations;
            collations.resize(parts->keys);
            collations[position - 1] = rows.text(row, "collation");
        }
        if (parts->constraint != 0)
            continue;
        LiveObject &live = m_catalog.surroundings.objects[{ObjectKind::Index, parts->name}];
        live.definition = onPartitionsToo(rows.text(row, "definition"), parts->name.name);
        if (!rows.isNull(row, "statistics_target"))
            live.restoration << QStringLiteral("ALTER INDEX %1 ALTER COLUMN %2 SET STATISTICS %3")
                                    .arg(statement::qualified(parts->name))
                                    .arg(position)
                                    .arg(rows.text(row, "statistics_target"));
        schema::Table *table = tableOf(parts->relation);
        if (!table)
            continue;
        schema::IndexColumn &column = table->indexes[parts->place].columns[position - 1];
        if (column.isExpression)
            column.expression = rows.text(row, "expression");
        setCollation(column, rows.text(row, "collation"), rows.text(row, "definition"));
        column.operatorClass = rows.text(row, "operator_class") +
                               statement::optionList(rows.options(row, "parameters"));
    }
}

void CatalogBuilder::addToTable(const CatalogRows &rows, qsizetype row, schema::Table &table)
{
    const QString name = rows.text(row, "conname");
    const quint32 relation = rows.oid(row, "conrelid");
    const quint32 target = rows.oid(row, "confrelid");
    const QStringList columns = columnNames(relation, rows.numbers(row, "columns"));
    switch (rows.letter(row, "contype")) {
    case 'p':
        addPrimaryKey(table, name, columns);
        m_catalog.surroundings.tables[table.name].primaryKey = name;
        break;
    case 'u':
        table.uniques.append(
            {.name = name,
             .columns = columns,
             .nullsNotDistinct = m_indexes.value(rows.oid(row, "conindid")).nullsNotDistinct});
        break;
    case 'f':
        table.foreignKeys.append(
            {.name = name,
             .columns = columns,
             .targetSchema = relationName(target).schema,
             .targetTable = relationName(target).name,
             .targetColumns = columnNames(target, rows.numbers(row, "target_columns")),
             .onDelete = action(rows.letter(row, "confdeltype")),
             .onUpdate = action(rows.letter(row, "confupdtype"))});
        break;
    case 'c':
        table.checks.append({.name = name, .expression = rows.text(row, "expression")});
        break;
    default: // an exclusion constraint is nothing that Drizzle knows
        break;
    }
}

void CatalogBuilder::addConstraintTraits(const CatalogRows &rows, qsizetype row, const ObjectId &id)
{
    const quint32 relation = rows.oid(row, "conrelid");
    const auto index = m_indexes.constFind(rows.oid(row, "conindid"));
    const bool isOwnIndex = index != m_indexes.cend() && index->constraint == rows.oid(row, "oid");
    const char type = rows.letter(row, "contype");
    ConstraintTraits traits{.deferrable = rows.flag(row, "condeferrable"),
                            .initiallyDeferred = rows.flag(row, "condeferred"),
                            .notValid = !rows.flag(row, "convalidated"),
                            .notEnforced = !rows.flag(row, "is_enforced"),
                            // The server says so of every key.
                            .noInherit = type == 'c' && rows.flag(row, "connoinherit"),
                            .inherited = !rows.flag(row, "conislocal"),
                            .matchFull = rows.flag(row, "matches_full"),
                            .period = rows.flag(row, "is_period"),
                            .exclusion = type == 'x',
                            .setNullColumns =
                                columnNames(relation, rows.numbers(row, "set_columns"))};
    if (isOwnIndex) {
        traits.includedColumns = columnNames(relation, index->columns.mid(index->keys));
        m_catalog.surroundings.indexes[index->name].constraint = id.part;
    }
    if (traits != ConstraintTraits())
        m_catalog.surroundings.constraints.insert(id, traits);
}

void CatalogBuilder::addConstraints(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 oid = rows.oid(row, "oid");
        const quint32 relation = rows.oid(row, "conrelid");
        const bool onDomain = relation == 0;
        const auto owner = onDomain ? m_ids.find(CatalogClass::Type, rows.oid(row, "contypid"))
                                    : m_ids.find(CatalogClass::Relation, relation);
        if (!owner)
            continue;
        const ObjectId id{ObjectKind::Constraint, m_ids.at(*owner).name, rows.text(row, "conname")};
        schema::Table *table = tableOf(relation);
        if (table)
            addToTable(rows, row, *table);
        LiveObject &live = add(CatalogClass::Constraint, oid, id);
        live.managed = table && rows.letter(row, "contype") != 'x';
        live.removal = statement::removal(id, onDomain);
        live.definition =
            (onDomain ? QStringLiteral("ALTER DOMAIN ") : QStringLiteral("ALTER TABLE ")) +
            statement::qualified(id.name) + QStringLiteral(" ADD CONSTRAINT ") +
            sql::identifier(id.part) + u' ' + rows.text(row, "definition");
        const quint32 index = rows.oid(row, "conindid");
        if (const auto parts = m_indexes.constFind(index);
            parts != m_indexes.cend() && parts->constraint == oid) {
            live.restoration << parts->restoration;
            const auto number = m_ids.find(CatalogClass::Constraint, oid);
            m_ids.alias(quint32(CatalogClass::Relation), index, *number);
        }
        addConstraintTraits(rows, row, id);
    }
}

void CatalogBuilder::addNotNulls(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 relation = rows.oid(row, "conrelid");
        const auto owner = m_ids.find(CatalogClass::Relation, relation);
        if (!owner)
            continue;
        schema::ColumnTraits &traits =
            m_catalog.surroundings
                .columns[{ObjectKind::Column, m_ids.at(*owner).name, rows.text(row, "attname")}];
        traits.notNullName = rows.text(row, "conname");
        traits.notNullNoInherit = rows.flag(row, "connoinherit");
        traits.notNullNotValid = !rows.flag(row, "convalidated");
    }
}

void CatalogBuilder::addPolicies(const CatalogRows &rows)
{
    const auto optional = [&rows](qsizetype row, const char *column) {
        return rows.isNull(row, column) ? std::nullopt : std::optional(rows.text(row, column));
    };
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 relation = rows.oid(row, "polrelid");
        const auto owner = m_ids.find(CatalogClass::Relation, relation);
        if (!owner)
            continue;
        const schema::Policy policy{.name = rows.text(row, "polname"),
                                    .as = rows.flag(row, "polpermissive")
                                              ? QStringLiteral("PERMISSIVE")
                                              : QStringLiteral("RESTRICTIVE"),
                                    .command = command(rows.letter(row, "polcmd")),
                                    .roles = rows.list(row, "roles"),
                                    .usingExpression = optional(row, "using_expression"),
                                    .withCheck = optional(row, "check_expression")};
        const ObjectId id{ObjectKind::Policy, m_ids.at(*owner).name, policy.name};
        LiveObject &live = add(CatalogClass::Policy, rows.oid(row, "oid"), id);
        live.definition = QStringLiteral("CREATE ") + statement::named(id) +
                          QStringLiteral(" AS ") + policy.as + QStringLiteral(" FOR ") +
                          policy.command + QStringLiteral(" TO ") + rows.text(row, "quoted_roles");
        if (policy.usingExpression)
            live.definition += QStringLiteral(" USING (") + *policy.usingExpression + u')';
        if (policy.withCheck)
            live.definition += QStringLiteral(" WITH CHECK (") + *policy.withCheck + u')';
        if (schema::Table *table = tableOf(relation)) {
            live.managed = true;
            table->policies.append(policy);
        }
    }
}

} // namespace load
