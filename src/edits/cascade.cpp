// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/cascade.h"

#include "sql/identifier.h"
#include "tenant/condition.h"

namespace edits
{

QString columnsText(const QString &alias, const QStringList &columns)
{
    QStringList texts;
    for (const QString &column : columns)
        texts << alias + u'.' + sql::identifier(column);
    return texts.join(QStringLiteral(", "));
}

QString isOneOf(const QList<RowId> &rows, const QString &alias, QList<sql::Parameter> &parameters)
{
    QStringList keys;
    for (const RowId &row : rows) {
        QStringList places;
        for (const QByteArray &value : row.key) {
            parameters << value;
            places << QStringLiteral("$%1").arg(parameters.size());
        }
        keys << u'(' + places.join(QStringLiteral(", ")) + u')';
    }
    return QStringLiteral("(%1) IN (%2)")
        .arg(columnsText(alias, rows.constFirst().keyColumns), keys.join(QStringLiteral(", ")));
}

namespace
{
QStringList withKey(QStringList key, const QStringList &columns)
{
    for (const QString &column : columns) {
        if (!key.contains(column))
            key << column;
    }
    return key;
}

/// The sum of what \a size says of each column.
QString sumOf(const QStringList &columns, const QString &size)
{
    QStringList sizes;
    for (const QString &column : columns)
        sizes << size.arg(sql::identifier(column));
    return sizes.isEmpty() ? QStringLiteral("0") : sizes.join(QStringLiteral(" + "));
}

/// FROM and WHERE of the rows, which are called r.
sql::Statement found(const Cascade &cascade, const QList<RowId> &parents, const Reach &reach)
{
    sql::Statement statement;
    const QString isParent = isOneOf(parents, QStringLiteral("p"), statement.parameters);
    statement.text = QStringLiteral(" FROM %1 AS r WHERE (%2) IN (SELECT %3 FROM %4 AS p WHERE %5)")
                         .arg(tenant::qualifiedName(cascade.table),
                              columnsText(QStringLiteral("r"), cascade.columns),
                              columnsText(QStringLiteral("p"), cascade.targetColumns),
                              tenant::qualifiedName(cascade.target), isParent);
    if (!reach.tenant.isEmpty()) {
        tenant::Conditions conditions(reach.classification, reach.tenant, statement.parameters);
        statement.text += QStringLiteral(" AND ") +
                          conditions.of(cascade.table, QStringLiteral("r"), QStringLiteral("w"));
        statement.parameters = conditions.parameters();
    }
    return statement;
}
} // namespace

QList<Cascade> cascadesTo(const schema::Name &target, const schema::Database &live)
{
    QList<Cascade> cascades;
    for (const schema::Table &table : live.tables) {
        for (const schema::ForeignKey &key : table.foreignKeys) {
            if (schema::Name{key.targetSchema, key.targetTable} != target)
                continue;
            const QString action = key.onDelete.toLower();
            const bool isDeleted = action == QLatin1String("cascade");
            if (isDeleted || action == QLatin1String("set null"))
                cascades << Cascade{isDeleted ? Cascade::Fate::Deleted : Cascade::Fate::Emptied,
                                    table.name, key.columns, target, key.targetColumns};
        }
    }
    return cascades;
}

sql::Statement cascadedRows(const Cascade &cascade, const QStringList &key,
                            const QList<RowId> &parents, const Reach &reach)
{
    sql::Statement statement = found(cascade, parents, reach);
    statement.text.prepend(QStringLiteral("SELECT ") +
                           (cascade.fate == Cascade::Fate::Deleted
                                ? QStringLiteral("r.*")
                                : columnsText(QStringLiteral("r"), withKey(key, cascade.columns))));
    return statement;
}

sql::Statement cascadedSize(const Cascade &cascade, const QStringList &columns,
                            const QList<RowId> &parents, const Reach &reach, qsizetype most)
{
    sql::Statement statement = found(cascade, parents, reach);
    statement.text =
        QStringLiteral("SELECT pg_catalog.count(*), coalesce(pg_catalog.sum(bytes), 0) FROM ("
                       "SELECT ") +
        sumOf(columns, QStringLiteral("coalesce(pg_catalog.pg_column_size(r.%1), 0)")) +
        QStringLiteral(" AS bytes") + statement.text +
        QStringLiteral(" LIMIT %1) AS counted").arg(most);
    return statement;
}

sql::Statement cascadedBytes(const Cascade &cascade, const QStringList &columns,
                             const QList<RowId> &parents, const Reach &reach)
{
    sql::Statement statement = found(cascade, parents, reach);
    statement.text.prepend(
        QStringLiteral("SELECT coalesce(pg_catalog.sum(%1), 0)")
            .arg(sumOf(columns, QStringLiteral("coalesce(pg_catalog.octet_length("
                                               "r.%1::pg_catalog.text), 0)"))));
    return statement;
}

sql::Statement rowsThere(const QList<RowId> &rows, const QStringList &columns)
{
    sql::Statement statement;
    const QString isRow = isOneOf(rows, QStringLiteral("r"), statement.parameters);
    statement.text =
        QStringLiteral("SELECT %1 FROM %2 AS r WHERE %3")
            .arg(columnsText(QStringLiteral("r"), withKey(rows.constFirst().keyColumns, columns)),
                 tenant::qualifiedName(rows.constFirst().table), isRow);
    return statement;
}

} // namespace edits
