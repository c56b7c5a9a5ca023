// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/generatednames.h"
#include "migrate/rows.h"

#include <QRegularExpression>

#include <algorithm>
#include <unordered_map>

namespace migrate
{

namespace
{
QString schemaName(const QString &schema)
{
    return schema.isEmpty() ? QStringLiteral("public") : schema;
}

Json nullable(const QString &text)
{
    return text.isEmpty() ? Json() : toJson(text);
}

Json number(const QString &text)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    return isNumber ? Json(value) : Json();
}

/// Arrays as PostgreSQL prints them: quotes only where an element needs them.
QString plainArray(const QString &text)
{
    static const QRegularExpression element(QStringLiteral("\"([^\"\\\\{},\\s]+)\""));
    QString plain = text;
    for (QRegularExpressionMatch match = element.match(plain); match.hasMatch();) {
        const bool isNull =
            match.captured(1).compare(QLatin1String("null"), Qt::CaseInsensitive) == 0;
        const qsizetype next =
            match.capturedStart() + (isNull ? match.capturedLength() : match.capturedLength() - 2);
        if (!isNull)
            plain.replace(match.capturedStart(), match.capturedLength(), match.captured(1));
        match = element.match(plain, next);
    }
    return plain;
}

/// A default without the cast behind it.
QString defaultText(const schema::Default &value, int dimensions)
{
    static const QRegularExpression cast(
        QStringLiteral(
            "(::[\"\\w.\\s-]+(?:\\([^)]*\\))?(?:\\swith(?:out)?\\stime\\szone)?(?:\\[\\])?)+$"),
        QRegularExpression::CaseInsensitiveOption);
    QString text = value.text;
    if (value.form == schema::Default::Form::Sql) {
        text.remove(cast);
        if (dimensions > 0 && text.startsWith(QLatin1String("'{")))
            text = plainArray(text);
    }
    return text;
}

/// Columns without their table in front, as 1.0 writes them into checks and predicates.
QString unqualified(const schema::Table &table, QString expression)
{
    const QString name = u'"' + table.name.name + QStringLiteral("\".");
    expression.replace(u'"' + schemaName(table.name.schema) + QStringLiteral("\".") + name,
                       QString());
    return expression.replace(name, QString());
}

Json head(const schema::Table &table, const QString &name)
{
    return Json{{"schema", toJson(schemaName(table.name.schema))},
                {"table", toJson(table.name.name)},
                {"name", toJson(name)}};
}

Json columnRow(const schema::Table &table, const schema::Column &column)
{
    static const QRegularExpression brackets(QStringLiteral("\\[[^\\]]*\\]"));
    static const QRegularExpression scale(QStringLiteral("^(numeric\\(\\d+), (-?\\d+\\))$"));
    static const QRegularExpression precision(QStringLiteral("^(timestamp|time) \\("));
    QString type = column.type;
    const int dimensions = int(type.count(brackets));
    type.remove(brackets);
    type.replace(scale, QStringLiteral("\\1,\\2"));
    type.replace(precision, QStringLiteral("\\1("));
    Json row = head(table, column.name);
    row["type"] = toJson(type);
    row["typeSchema"] = nullable(column.typeSchema);
    row["notNull"] = column.notNull;
    row["dimensions"] = dimensions;
    row["default"] =
        column.defaultValue ? toJson(defaultText(*column.defaultValue, dimensions)) : Json();
    row["generated"] = column.generated
                           ? Json{{"as", toJson(column.generated->expression)}, {"type", "stored"}}
                           : Json();
    if (column.identity) {
        const schema::SequenceOptions &options = column.identity->options;
        row["identity"] =
            Json{{"type",
                  column.identity->kind == schema::Identity::Kind::Always ? "always" : "byDefault"},
                 {"name", toJson(column.identity->sequenceName)},
                 {"increment", nullable(options.increment)},
                 {"startWith", nullable(options.startWith)},
                 {"minValue", nullable(options.minValue)},
                 {"maxValue", nullable(options.maxValue)},
                 {"cache", number(options.cache)},
                 {"cycle", options.cycle}};
    } else {
        row["identity"] = Json();
    }
    row["entityType"] = "columns";
    return row;
}

Json indexRow(const schema::Table &table, const schema::Index &index)
{
    Json columns = Json::array();
    for (const schema::IndexColumn &column : index.columns)
        columns.push_back(Json{
            {"value", toJson(column.isExpression ? unqualified(table, column.expression)
                                                 : column.expression)},
            {"isExpression", column.isExpression},
            {"asc", column.ascending},
            {"nullsFirst", column.nulls == QLatin1String("first")},
            {"opclass", column.operatorClass.isEmpty()
                            ? Json()
                            : Json{{"name", toJson(column.operatorClass)}, {"default", false}}}});
    QStringList with;
    for (const auto &[name, value] : index.with)
        with << name + u'=' + value;
    Json row = head(table, index.name);
    row["nameExplicit"] = !isGenerated(table, index);
    row["columns"] = columns;
    row["isUnique"] = index.isUnique;
    row["where"] = nullable(unqualified(table, index.where));
    row["with"] = toJson(with.join(u','));
    row["method"] = toJson(index.method);
    row["concurrently"] = index.concurrently;
    row["entityType"] = "indexes";
    return row;
}

Json foreignKeyRow(const schema::Table &table, const schema::ForeignKey &key)
{
    const bool generated = isGenerated(table, key);
    Json row = head(table, generated ? generatedName(table, key) : key.name.left(63));
    row["nameExplicit"] = !generated;
    row["columns"] = toJson(key.columns);
    row["schemaTo"] = toJson(schemaName(key.targetSchema));
    row["tableTo"] = toJson(key.targetTable);
    row["columnsTo"] = toJson(key.targetColumns);
    row["onUpdate"] =
        toJson(key.onUpdate.isEmpty() ? QStringLiteral("NO ACTION") : key.onUpdate.toUpper());
    row["onDelete"] =
        toJson(key.onDelete.isEmpty() ? QStringLiteral("NO ACTION") : key.onDelete.toUpper());
    row["entityType"] = "fks";
    return row;
}

Json primaryKeyRow(const schema::Table &table, const schema::PrimaryKey &key)
{
    const bool generated = isGenerated(table, key);
    Json row = head(table, generated ? generatedPrimaryKeyName(table) : key.name);
    row["columns"] = toJson(key.columns);
    row["nameExplicit"] = !generated;
    row["entityType"] = "pks";
    return row;
}

Json uniqueRow(const schema::Table &table, const schema::Unique &unique)
{
    const bool generated = isGenerated(table, unique);
    Json row = head(table, generated ? generatedName(table, unique) : unique.name);
    row["nameExplicit"] = !generated;
    row["columns"] = toJson(unique.columns);
    row["nullsNotDistinct"] = unique.nullsNotDistinct;
    row["entityType"] = "uniques";
    return row;
}

Json policyRow(const QString &schema, const QString &table, const schema::Policy &policy)
{
    return Json{{"schema", toJson(schemaName(schema))},
                {"table", toJson(table)},
                {"name", toJson(policy.name)},
                {"as", toJson(policy.as)},
                {"for", toJson(policy.command)},
                {"roles", toJson(policy.roles)},
                {"using", policy.usingExpression ? toJson(*policy.usingExpression) : Json()},
                {"withCheck", policy.withCheck ? toJson(*policy.withCheck) : Json()},
                {"entityType", "policies"}};
}

/// The table of a linked policy, which is kept as SQL: "auth"."users".
QString linkedTable(const schema::Policy &policy)
{
    QString name = policy.on.section(QStringLiteral("\".\""), -1);
    if (name.startsWith(u'"'))
        name.remove(0, 1);
    if (name.endsWith(u'"'))
        name.chop(1);
    return name;
}

/// A view's options, all that there are: those that are not set are null.
Json viewOptions(const schema::View &view)
{
    if (view.with.isEmpty())
        return {};
    Json options = Json::object();
    for (const char *name : {"checkOption",
                             "securityBarrier",
                             "securityInvoker",
                             "autovacuumEnabled",
                             "autovacuumFreezeMaxAge",
                             "autovacuumFreezeMinAge",
                             "autovacuumFreezeTableAge",
                             "autovacuumMultixactFreezeMaxAge",
                             "autovacuumMultixactFreezeMinAge",
                             "autovacuumMultixactFreezeTableAge",
                             "autovacuumVacuumCostDelay",
                             "autovacuumVacuumCostLimit",
                             "autovacuumVacuumScaleFactor",
                             "autovacuumVacuumThreshold",
                             "fillfactor",
                             "logAutovacuumMinDuration",
                             "parallelWorkers",
                             "toastTupleTarget",
                             "userCatalogTable",
                             "vacuumIndexCleanup",
                             "vacuumTruncate"})
        options[name] = Json();
    for (const auto &[name, value] : view.with) {
        const Json parsed = Json::parse(value.toStdString(), nullptr, false);
        options[name.toStdString()] =
            parsed.is_number() || parsed.is_boolean() ? parsed : toJson(value);
    }
    return options;
}

Json viewRow(const schema::View &view)
{
    return Json{{"schema", toJson(schemaName(view.name.schema))},
                {"name", toJson(view.name.name)},
                {"definition", nullable(view.definition)},
                {"with", viewOptions(view)},
                {"withNoData", view.withNoData ? Json(*view.withNoData) : Json()},
                {"using", nullable(view.accessMethod)},
                {"tablespace", nullable(view.tablespace)},
                {"materialized", view.materialized},
                {"entityType", "views"}};
}

Json sequenceRow(const schema::Sequence &sequence)
{
    return Json{{"schema", toJson(schemaName(sequence.name.schema))},
                {"name", toJson(sequence.name.name)},
                {"incrementBy", nullable(sequence.options.increment)},
                {"minValue", nullable(sequence.options.minValue)},
                {"maxValue", nullable(sequence.options.maxValue)},
                {"startWith", nullable(sequence.options.startWith)},
                {"cacheSize", number(sequence.options.cache)},
                {"cycle", sequence.options.cycle},
                {"entityType", "sequences"}};
}

Json roleRow(const schema::Role &role)
{
    return Json{{"name", toJson(role.name)}, {"superuser", false},
                {"createDb", role.createDb}, {"createRole", role.createRole},
                {"inherit", role.inherit},   {"canLogin", false},
                {"replication", false},      {"bypassRls", false},
                {"connLimit", -1},           {"password", Json()},
                {"validUntil", Json()},      {"entityType", "roles"}};
}

/// Rows are made type by type, in the order of a base snapshot.
class Maker
{
public:
    Maker(const schema::Database &database, const Rows &previous)
        : m_database(database)
        , m_previous(previous)
    {
        for (const char *type : {"indexes", "fks", "pks", "uniques"}) {
            for (const Json &row : previous.of(QString::fromLatin1(type))) {
                if (!flagOf(row, "nameExplicit"))
                    m_named.emplace(contentOf(row), &row);
            }
        }
    }

    Rows make()
    {
        for (const QString &name : m_database.schemas)
            put(Json{{"name", toJson(name)}, {"entityType", "schemas"}});
        for (const schema::Table &table : m_database.tables)
            addTable(table);
        for (const schema::Enum &type : m_database.enums)
            put(Json{{"schema", toJson(schemaName(type.name.schema))},
                     {"name", toJson(type.name.name)},
                     {"values", toJson(type.values)},
                     {"entityType", "enums"}});
        for (const schema::Sequence &sequence : m_database.sequences)
            put(sequenceRow(sequence));
        for (const schema::Role &role : m_database.roles)
            addRole(role);
        for (const Json &row : m_previous.of(QStringLiteral("privileges")))
            put(row);
        for (const schema::Policy &policy : m_database.linkedPolicies)
            put(policyRow(policy.onSchema, linkedTable(policy), policy));
        for (const schema::View &view : m_database.views) {
            if (!view.existing)
                put(viewRow(view));
        }
        return m_rows;
    }

private:
    void put(const Json &row) { m_rows.add(row); }

    /// What a row says apart from its name.
    static std::string contentOf(const Json &row)
    {
        nlohmann::json content(row);
        content.erase("name");
        return content.dump();
    }

    /// A row with a generated name goes by the name that the same thing has already.
    void putNamed(Json row)
    {
        if (!flagOf(row, "nameExplicit")) {
            const auto it = m_named.find(contentOf(row));
            if (it != m_named.end())
                row["name"] = (*it->second)["name"];
        } else {
            // A generated name that outlived a rename of what it was made from.
            const QString type = textOf(row, "entityType");
            const Json *old = m_previous.find(type, Rows::keyOf(type, row));
            if (old && !flagOf(*old, "nameExplicit"))
                row["nameExplicit"] = false;
        }
        put(row);
    }

    void addTable(const schema::Table &table)
    {
        const bool linked =
            std::ranges::any_of(m_database.linkedPolicies, [&](const schema::Policy &policy) {
                return schemaName(policy.onSchema) == schemaName(table.name.schema) &&
                       linkedTable(policy) == table.name.name;
            });
        put(Json{{"schema", toJson(schemaName(table.name.schema))},
                 {"name", toJson(table.name.name)},
                 {"isRlsEnabled", table.rowLevelSecurity || linked || !table.policies.isEmpty()},
                 {"entityType", "tables"}});
        for (const schema::Column &column : table.columns)
            put(columnRow(table, column));
        for (const schema::Index &index : table.indexes)
            putNamed(indexRow(table, index));
        for (const schema::ForeignKey &key : table.foreignKeys)
            putNamed(foreignKeyRow(table, key));
        for (const schema::PrimaryKey &key : table.primaryKeys)
            putNamed(primaryKeyRow(table, key));
        for (const schema::Column &column : table.columns) {
            if (column.primaryKey && table.primaryKeys.isEmpty())
                putNamed(primaryKeyRow(table, {{}, {column.name}}));
        }
        for (const schema::Unique &unique : table.uniques)
            putNamed(uniqueRow(table, unique));
        for (const schema::Check &check : table.checks) {
            Json row = head(table, check.name);
            row["value"] = toJson(unqualified(table, check.expression));
            row["entityType"] = "checks";
            put(row);
        }
        for (const schema::Policy &policy : table.policies)
            put(policyRow(table.name.schema, table.name.name, policy));
    }

    /// What drizzle does not know of a role stays as it was.
    void addRole(const schema::Role &role)
    {
        Json row = roleRow(role);
        const Json *old =
            m_previous.find(QStringLiteral("roles"), Rows::keyOf(QStringLiteral("roles"), row));
        if (old) {
            for (const char *member : {"superuser", "canLogin", "replication", "bypassRls",
                                       "connLimit", "password", "validUntil"}) {
                if (old->contains(member))
                    row[member] = (*old)[member];
            }
        }
        put(row);
    }

    const schema::Database &m_database;
    const Rows &m_previous;
    std::unordered_map<std::string, const Json *> m_named; ///< generated names by what has them
    Rows m_rows;
};
} // namespace

Rows rowsOf(const schema::Database &database, const Rows &previous)
{
    return Maker(database, previous).make();
}

} // namespace migrate
