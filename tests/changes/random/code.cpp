// SPDX-License-Identifier: GPL-3.0-or-later
#include "code.h"

#include "diff/equal.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace changes
{

namespace
{

/// A string of JavaScript, which a JSON string is.
QString string(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

QString raw(const QString &expression)
{
    return QStringLiteral("sql.raw(%1)").arg(string(expression));
}

QString truth(bool value)
{
    return value ? QStringLiteral("true") : QStringLiteral("false");
}

/// Writes one schema; objects are called by kind and place: t0, e1, and columns c0, c1.
class Writer
{
public:
    explicit Writer(const schema::Database &database)
        : m_database(database)
    {
        for (qsizetype i = 0; i < database.schemas.size(); ++i)
            m_schemas.insert(database.schemas.at(i), QStringLiteral("s%1").arg(i));
        for (qsizetype i = 0; i < database.enums.size(); ++i)
            m_enums.insert(database.enums.at(i).name, QStringLiteral("e%1").arg(i));
        for (qsizetype i = 0; i < database.roles.size(); ++i)
            m_roles.insert(database.roles.at(i).name, QStringLiteral("r%1").arg(i));
        for (qsizetype i = 0; i < database.tables.size(); ++i)
            m_tables.insert(database.tables.at(i).name, QStringLiteral("t%1").arg(i));
    }

    QString text() const
    {
        QString code = QStringLiteral("import { sql } from 'drizzle-orm';\n"
                                      "import * as pg from 'drizzle-orm/pg-core';\n");
        for (const QString &name : m_database.schemas)
            code += declared(m_schemas.value(name),
                             QStringLiteral("pg.pgSchema(%1)").arg(string(name)));
        for (const schema::Role &role : m_database.roles)
            code +=
                declared(m_roles.value(role.name),
                         QStringLiteral("pg.pgRole(%1, { createDb: %2, inherit: %3 })")
                             .arg(string(role.name), truth(role.createDb), truth(role.inherit)));
        for (const schema::Enum &type : m_database.enums)
            code += declared(m_enums.value(type.name),
                             call(type.name, "enum", "pgEnum") + list(type.values, string) + u')');
        for (qsizetype i = 0; i < m_database.sequences.size(); ++i)
            code += declared(QStringLiteral("q%1").arg(i), sequence(m_database.sequences.at(i)));
        for (const schema::Table &table : m_database.tables)
            code += declared(m_tables.value(table.name), tableOf(table));
        for (qsizetype i = 0; i < m_database.views.size(); ++i)
            code += declared(QStringLiteral("v%1").arg(i), view(m_database.views.at(i)));
        return code;
    }

private:
    static QString declared(const QString &variable, const QString &value)
    {
        return QStringLiteral("export const %1 = %2;\n").arg(variable, value);
    }

    template <typename List, typename Write> static QString list(const List &entries, Write write)
    {
        QStringList texts;
        for (const auto &entry : entries)
            texts << write(entry);
        return u'[' + texts.join(QStringLiteral(", ")) + u']';
    }

    /// The beginning of a call that declares \a name, in its schema or with pg-core's own function.
    QString call(const schema::Name &name, const char *inSchema, const char *alone) const
    {
        const QString owner = m_schemas.value(name.schema, QStringLiteral("pg"));
        const char *function = name.schema.isEmpty() ? alone : inSchema;
        return owner + u'.' + QLatin1String(function) + u'(' + string(name.name) +
               QStringLiteral(", ");
    }

    QString sequence(const schema::Sequence &sequence) const
    {
        const schema::SequenceOptions &options = sequence.options;
        return call(sequence.name, "sequence", "pgSequence") +
               QStringLiteral("{ increment: %1, startWith: %2, minValue: %3, maxValue: %4, cache: "
                              "%5, cycle: %6 })")
                   .arg(string(options.increment), string(options.startWith),
                        string(options.minValue), string(options.maxValue), string(options.cache),
                        truth(options.cycle));
    }

    QString typeOf(const schema::Column &column) const
    {
        static const QHash<QString, QString> types{
            {QStringLiteral("integer"), QStringLiteral("pg.integer(%1)")},
            {QStringLiteral("bigint"), QStringLiteral("pg.bigint(%1, { mode: 'number' })")},
            {QStringLiteral("serial"), QStringLiteral("pg.serial(%1)")},
            {QStringLiteral("bigserial"), QStringLiteral("pg.bigserial(%1, { mode: 'number' })")},
            {QStringLiteral("numeric"), QStringLiteral("pg.numeric(%1)")},
            {QStringLiteral("numeric(12, 2)"),
             QStringLiteral("pg.numeric(%1, { precision: 12, scale: 2 })")},
            {QStringLiteral("double precision"), QStringLiteral("pg.doublePrecision(%1)")},
            {QStringLiteral("text"), QStringLiteral("pg.text(%1)")},
            {QStringLiteral("varchar(40)"), QStringLiteral("pg.varchar(%1, { length: 40 })")},
            {QStringLiteral("boolean"), QStringLiteral("pg.boolean(%1)")},
            {QStringLiteral("date"), QStringLiteral("pg.date(%1)")},
            {QStringLiteral("jsonb"), QStringLiteral("pg.jsonb(%1)")}};
        const bool isArray = column.type.endsWith(QLatin1String("[]"));
        const QString type = isArray ? column.type.chopped(2) : column.type;
        const QString text =
            column.typeSchema.isEmpty()
                ? types.value(type).arg(string(column.name))
                : QStringLiteral("%1(%2)").arg(
                      m_enums.value(schema::Name{diff::plainSchema(column.typeSchema), type}),
                      string(column.name));
        return isArray ? text + QStringLiteral(".array()") : text;
    }

    QString columnOf(const schema::Column &column) const
    {
        QString text = typeOf(column);
        if (column.primaryKey)
            text += QStringLiteral(".primaryKey()");
        if (column.notNull)
            text += QStringLiteral(".notNull()");
        if (column.defaultValue)
            text += QStringLiteral(".default(%1)")
                        .arg(column.defaultValue->form == schema::Default::Form::Sql
                                 ? raw(column.defaultValue->text)
                                 : column.defaultValue->text);
        if (column.generated)
            text += QStringLiteral(".generatedAlwaysAs(%1)").arg(raw(column.generated->expression));
        if (column.identity)
            text += QStringLiteral(".generated%1AsIdentity({ name: %2 })")
                        .arg(column.identity->kind == schema::Identity::Kind::Always
                                 ? QStringLiteral("Always")
                                 : QStringLiteral("ByDefault"),
                             string(column.identity->sequenceName));
        return text;
    }

    QString columnsOf(const QList<schema::Column> &columns) const
    {
        QStringList texts;
        for (qsizetype i = 0; i < columns.size(); ++i)
            texts << QStringLiteral("  c%1: %2").arg(i).arg(columnOf(columns.at(i)));
        return QStringLiteral("{\n") + texts.join(QStringLiteral(",\n")) + QStringLiteral("\n}");
    }

    /// \a columns of \a table, which is called \a variable.
    static QStringList places(const schema::Table &table, const QString &variable,
                              const QStringList &columns)
    {
        QStringList texts;
        for (const QString &name : columns) {
            const auto it = std::ranges::find(table.columns, name, &schema::Column::name);
            texts << QStringLiteral("%1.c%2").arg(variable).arg(it - table.columns.cbegin());
        }
        return texts;
    }

    static QString listed(const QStringList &texts) { return texts.join(QStringLiteral(", ")); }

    QString tableOf(const schema::Table &table) const
    {
        const QString own = QStringLiteral("t");
        const auto columns = [&](const QStringList &names) {
            return listed(places(table, own, names));
        };
        QStringList parts;
        for (const schema::PrimaryKey &key : table.primaryKeys)
            parts << QStringLiteral("pg.primaryKey({ name: %1, columns: [%2] })")
                         .arg(string(key.name), columns(key.columns));
        for (const schema::Unique &unique : table.uniques)
            parts << QStringLiteral("pg.unique(%1).on(%2)")
                         .arg(string(unique.name), columns(unique.columns));
        for (const schema::Check &check : table.checks)
            parts << QStringLiteral("pg.check(%1, %2)")
                         .arg(string(check.name), raw(check.expression));
        for (const schema::Index &index : table.indexes)
            parts << indexOf(table, index);
        for (const schema::ForeignKey &key : table.foreignKeys)
            parts << keyOf(table, key);
        for (const schema::Policy &policy : table.policies)
            parts << policyOf(policy);
        return call(table.name, "table", "pgTable") + columnsOf(table.columns) +
               QStringLiteral(", (t) => [\n  ") + parts.join(QStringLiteral(",\n  ")) +
               QStringLiteral("\n])") +
               (table.rowLevelSecurity ? QStringLiteral(".enableRLS()") : QString());
    }

    static QString indexOf(const schema::Table &table, const schema::Index &index)
    {
        QStringList columns;
        for (const schema::IndexColumn &column : index.columns) {
            const QString text =
                column.isExpression
                    ? raw(column.expression)
                    : listed(places(table, QStringLiteral("t"), {column.expression}));
            columns << (column.ascending ? text : text + QStringLiteral(".desc()"));
        }
        const QString text =
            QStringLiteral("pg.index(%1).on(%2)").arg(string(index.name), listed(columns));
        return index.where.isEmpty() ? text
                                     : text + QStringLiteral(".where(%1)").arg(raw(index.where));
    }

    QString keyOf(const schema::Table &table, const schema::ForeignKey &key) const
    {
        const schema::Name name{key.targetSchema, key.targetTable};
        const schema::Table *target = m_database.table(name);
        return QStringLiteral("pg.foreignKey({ name: %1, columns: [%2], foreignColumns: [%3] })"
                              ".onDelete(%4)")
            .arg(string(key.name), listed(places(table, QStringLiteral("t"), key.columns)),
                 listed(places(*target, m_tables.value(name), key.targetColumns)),
                 string(key.onDelete));
    }

    QString policyOf(const schema::Policy &policy) const
    {
        const QString role = policy.roles.first();
        QString text = QStringLiteral("pg.pgPolicy(%1, { to: %2")
                           .arg(string(policy.name), m_roles.value(role, string(role)));
        if (policy.usingExpression)
            text += QStringLiteral(", using: ") + raw(*policy.usingExpression);
        if (policy.withCheck)
            text += QStringLiteral(", withCheck: ") + raw(*policy.withCheck);
        return text + QStringLiteral(" })");
    }

    QString view(const schema::View &view) const
    {
        QString text =
            (view.materialized ? call(view.name, "materializedView", "pgMaterializedView")
                               : call(view.name, "view", "pgView")) +
            columnsOf(view.columns) + u')';
        for (const auto &[key, value] : view.with)
            text += QStringLiteral(".with({ %1: %2 })").arg(key, value);
        return text + QStringLiteral(".as(%1)").arg(raw(view.definition));
    }

    const schema::Database &m_database;
    QHash<QString, QString> m_schemas, m_roles; ///< variables
    QHash<schema::Name, QString> m_enums, m_tables;
};

} // namespace

QByteArray codeOf(const schema::Database &database)
{
    return Writer(database).text().toUtf8();
}

} // namespace changes
