// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/statements.h"

#include "migrate/columntype.h"
#include "migrate/defaults.h"
#include "migrate/objectorder.h"
#include "migrate/objectstatements.h"
#include "sql/identifier.h"
#include "sql/parse.h"

namespace migrate
{

namespace
{
using sql::identifier;

/// A text constant with only its quotes doubled, as drizzle-kit writes values of enums.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

/// The value of a storage parameter; quotes around it only say that the schema has it as a text.
QString withoutQuotes(const QString &value)
{
    const bool isText = value.size() >= 2 && value.startsWith(u'\'') && value.endsWith(u'\'');
    return isText ? value.mid(1, value.size() - 2) : value;
}

QString columnSql(const schema::Name &table, const schema::Column &column, bool notNull)
{
    QString text = identifier(column.name) + u' ' + definitionType(column);
    if (column.primaryKey)
        text += QStringLiteral(" PRIMARY KEY");
    if (column.defaultValue)
        text += QStringLiteral(" DEFAULT ") + defaultSql(column);
    if (column.generated)
        text +=
            QStringLiteral(" GENERATED ALWAYS AS (") + closed(column.generated->expression) +
            (column.generated->stored ? QStringLiteral(") STORED") : QStringLiteral(") VIRTUAL"));
    if (notNull)
        text += QStringLiteral(" NOT NULL");
    if (column.identity)
        text += identitySql(table, *column.identity);
    return text;
}

QString uniqueSql(const schema::Unique &unique)
{
    return QStringLiteral("CONSTRAINT %1 UNIQUE%2(%3)")
        .arg(identifier(unique.name),
             unique.nullsNotDistinct ? QStringLiteral(" NULLS NOT DISTINCT") : QString(),
             columnList(unique.columns));
}

QString checkSql(const schema::Check &check)
{
    return QStringLiteral("CONSTRAINT ") + identifier(check.name) + QStringLiteral(" CHECK (") +
           closed(check.expression) + u')';
}

/// An index takes a call as it is, and any other expression in brackets only. What has its own
/// COLLATE, operator class or order behind it is left alone.
QString indexExpression(const QString &raw)
{
    const auto fits = [](const QString &text) {
        return sql::isStatement(QStringLiteral("CREATE INDEX ON t (") + text + u')');
    };
    const QString text = closed(raw);
    const QString inBrackets = u'(' + text + u')';
    return !fits(text) && fits(inBrackets) ? inBrackets : text;
}

/// drizzle-kit leaves out sort order and NULLS where an operator class stands, and makes another
/// index than its snapshot says.
QString indexColumnSql(const schema::IndexColumn &column)
{
    QString name =
        column.isExpression ? indexExpression(column.expression) : identifier(column.expression);
    if (!column.operatorClass.isEmpty())
        name += u' ' + column.operatorClass;
    const QString direction = column.ascending ? QString() : QStringLiteral(" DESC");
    if (column.ascending && column.nulls == QLatin1String("last"))
        return name;
    return name + direction + QStringLiteral(" NULLS ") + column.nulls.toUpper();
}

} // namespace

QString closed(const QString &raw)
{
    return sql::endsInComment(raw) ? raw + u'\n' : raw;
}

QString tableSql(const schema::Name &table)
{
    return identifier(table.schema, table.name);
}

QString alterTable(const schema::Name &table, const QString &action)
{
    return QStringLiteral("ALTER TABLE ") + tableSql(table) + u' ' + action + u';';
}

QString columnList(const QStringList &columns)
{
    QStringList list;
    for (const QString &column : columns)
        list << identifier(column);
    return list.join(u',');
}

QString identitySql(const schema::Name &table, const schema::Identity &identity)
{
    const schema::SequenceOptions &options = identity.options;
    QString text =
        QStringLiteral(" GENERATED %1 AS IDENTITY (sequence name %2")
            .arg(identity.kind == schema::Identity::Kind::Always ? QStringLiteral("ALWAYS")
                                                                 : QStringLiteral("BY DEFAULT"),
                 identifier(table.schema, identity.sequenceName));
    return text + sequenceOptions(options) + u')';
}

QString createSchema(const QString &name)
{
    return QStringLiteral("CREATE SCHEMA ") + identifier(name) + u';';
}

QString createEnum(const schema::Enum &type)
{
    QStringList values;
    for (const QString &value : type.values)
        values << quoted(value);
    return QStringLiteral("CREATE TYPE ") + publicToo(type.name) + QStringLiteral(" AS ENUM(") +
           values.join(QStringLiteral(", ")) + QStringLiteral(");");
}

QString addEnumValue(const schema::Name &type, const QString &value, const QString &before)
{
    QString text = QStringLiteral("ALTER TYPE ") + publicToo(type) + QStringLiteral(" ADD VALUE ") +
                   quoted(value);
    if (!before.isEmpty())
        text += QStringLiteral(" BEFORE ") + quoted(before);
    return text + u';';
}

QString dropEnum(const schema::Name &type)
{
    return QStringLiteral("DROP TYPE ") + publicToo(type) + u';';
}

QString createTable(const schema::Table &table)
{
    QStringList lines;
    for (const schema::Column &column : inObjectOrder(table.columns))
        lines << columnSql(table.name, column, column.notNull && !column.identity);
    if (!table.primaryKeys.isEmpty()) {
        const schema::PrimaryKey &key = table.primaryKeys.first();
        lines << QStringLiteral("CONSTRAINT ") + identifier(key.name) +
                     QStringLiteral(" PRIMARY KEY(") + columnList(key.columns) + u')';
    }
    for (const schema::Unique &unique : inObjectOrder(table.uniques))
        lines << uniqueSql(unique);
    for (const schema::Check &check : inObjectOrder(table.checks))
        lines << checkSql(check);
    return QStringLiteral("CREATE TABLE ") + tableSql(table.name) + QStringLiteral(" (\n\t") +
           lines.join(QStringLiteral(",\n\t")) + QStringLiteral("\n);");
}

QString enableRowLevelSecurity(const schema::Name &table)
{
    return alterTable(table, QStringLiteral("ENABLE ROW LEVEL SECURITY"));
}

QString disableRowLevelSecurity(const schema::Name &table)
{
    return alterTable(table, QStringLiteral("DISABLE ROW LEVEL SECURITY"));
}

QString dropTable(const schema::Name &table)
{
    return QStringLiteral("DROP TABLE ") + tableSql(table) + QStringLiteral(" CASCADE;");
}

QString addColumn(const schema::Name &table, const schema::Column &column)
{
    return alterTable(table,
                      QStringLiteral("ADD COLUMN ") + columnSql(table, column, column.notNull));
}

QString dropColumn(const schema::Name &table, const QString &column)
{
    return alterTable(table, QStringLiteral("DROP COLUMN ") + identifier(column));
}

QString alterColumn(const schema::Name &table, const QString &column, const QString &action)
{
    return alterTable(table, QStringLiteral("ALTER COLUMN ") + identifier(column) + u' ' + action);
}

QString createIndex(const schema::Name &table, const schema::Index &index, bool concurrently)
{
    QStringList columns;
    for (const schema::IndexColumn &column : index.columns)
        columns << indexColumnSql(column);
    QString text =
        index.isUnique ? QStringLiteral("CREATE UNIQUE INDEX ") : QStringLiteral("CREATE INDEX ");
    if (concurrently)
        text += QStringLiteral("CONCURRENTLY ");
    text += identifier(index.name) + QStringLiteral(" ON ") + tableSql(table) +
            QStringLiteral(" USING ") + index.method + QStringLiteral(" (") + columns.join(u',') +
            u')';
    QStringList parameters;
    for (const auto &[name, value] : index.with)
        parameters << name + u'=' + withoutQuotes(value);
    if (!parameters.isEmpty())
        text += QStringLiteral(" WITH (") + parameters.join(u',') + u')';
    if (!index.where.isEmpty())
        text += QStringLiteral(" WHERE ") + closed(index.where);
    return text + u';';
}

QString dropIndex(const schema::Name &table, const QString &index, bool concurrently)
{
    return (concurrently ? QStringLiteral("DROP INDEX CONCURRENTLY ")
                         : QStringLiteral("DROP INDEX ")) +
           identifier(table.schema, index) + u';';
}

QString addPrimaryKey(const schema::Name &table, const schema::PrimaryKey &key)
{
    if (key.name.isEmpty())
        return alterTable(table,
                          QStringLiteral("ADD PRIMARY KEY (") + columnList(key.columns) + u')');
    return alterTable(table, QStringLiteral("ADD CONSTRAINT ") + identifier(key.name) +
                                 QStringLiteral(" PRIMARY KEY(") + columnList(key.columns) + u')');
}

QString addForeignKey(const schema::Name &table, const schema::ForeignKey &key)
{
    const schema::Name target{key.targetSchema, key.targetTable};
    QString action = QStringLiteral("ADD CONSTRAINT ") + identifier(key.name) +
                     QStringLiteral(" FOREIGN KEY (") + columnList(key.columns) +
                     QStringLiteral(") REFERENCES ") + publicToo(target) + u'(' +
                     columnList(key.targetColumns) + u')';
    if (!key.onDelete.isEmpty())
        action += QStringLiteral(" ON DELETE ") + key.onDelete;
    if (!key.onUpdate.isEmpty())
        action += QStringLiteral(" ON UPDATE ") + key.onUpdate;
    return alterTable(table, action);
}

QString addUnique(const schema::Name &table, const schema::Unique &unique)
{
    return alterTable(table, QStringLiteral("ADD ") + uniqueSql(unique));
}

QString addCheck(const schema::Name &table, const schema::Check &check)
{
    return alterTable(table, QStringLiteral("ADD ") + checkSql(check));
}

QString dropConstraint(const schema::Name &table, const QString &name)
{
    return alterTable(table, QStringLiteral("DROP CONSTRAINT ") + identifier(name));
}

} // namespace migrate
