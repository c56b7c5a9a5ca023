// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogbuilder.h"

#include "load/spelling.h"

namespace load
{

namespace
{
QString plainSchema(const QString &name)
{
    return name == QLatin1String("public") ? QString() : name;
}

schema::Name nameOf(const CatalogRows &rows, qsizetype row, const char *column)
{
    return {.schema = plainSchema(rows.text(row, "nspname")), .name = rows.text(row, column)};
}

/// Types of public and of extensions are found without their schema, as drizzle-kit writes them.
QString typeText(const CatalogRows &rows, qsizetype row)
{
    const QString typeSchema = rows.text(row, "type_schema");
    QString type = rows.text(row, "type_text");
    if (rows.flag(row, "is_enum"))
        type = rows.text(row, "typname");
    else if (typeSchema == QLatin1String("public") || rows.flag(row, "is_extension_type"))
        type = type.section(u'.', 1);
    type = kitType(type);
    for (qint64 i = 0; i < rows.number(row, "dimensions"); ++i)
        type += QStringLiteral("[]");
    return type;
}

schema::SequenceOptions sequenceOptions(const CatalogRows &rows, qsizetype row)
{
    return {.increment = rows.text(row, "increment"),
            .startWith = rows.text(row, "start_value"),
            .minValue = rows.text(row, "min_value"),
            .maxValue = rows.text(row, "max_value"),
            .cache = rows.text(row, "cache_size"),
            .cycle = rows.flag(row, "cycle")};
}

schema::Column columnOf(const CatalogRows &rows, qsizetype row)
{
    schema::Column column;
    column.name = rows.text(row, "attname");
    column.type = typeText(rows, row);
    if (rows.flag(row, "is_enum"))
        column.typeSchema = rows.text(row, "type_schema");
    column.notNull = rows.flag(row, "attnotnull");
    const QString expression = rows.text(row, "default_text");
    const QString generated = rows.text(row, "attgenerated");
    const QString identity = rows.text(row, "attidentity");
    if (!identity.isEmpty()) {
        using Kind = schema::Identity::Kind;
        column.identity = schema::Identity{
            .kind = identity == QLatin1String("a") ? Kind::Always : Kind::ByDefault,
            .sequenceName = rows.text(row, "sequence_name"),
            .sequenceSchema = plainSchema(rows.text(row, "sequence_schema")),
            .options = sequenceOptions(rows, row)};
    } else if (!generated.isEmpty()) {
        column.generated =
            schema::Generated{.expression = expression, .stored = generated == QLatin1String("s")};
    } else if (!rows.isNull(row, "sequence_name") &&
               expression.startsWith(QLatin1String("nextval(")) && column.notNull) {
        column.type = serialType(column.type);
    } else if (!expression.isEmpty()) {
        column.defaultValue = kitDefault(expression, column.type);
    }
    return column;
}

QString action(const QString &code)
{
    static const QHash<QString, QString> actions{
        {QStringLiteral("a"), QStringLiteral("no action")},
        {QStringLiteral("r"), QStringLiteral("restrict")},
        {QStringLiteral("c"), QStringLiteral("cascade")},
        {QStringLiteral("n"), QStringLiteral("set null")},
        {QStringLiteral("d"), QStringLiteral("set default")}};
    return actions.value(code);
}

QString command(const QString &code)
{
    static const QHash<QString, QString> commands{{QStringLiteral("r"), QStringLiteral("SELECT")},
                                                  {QStringLiteral("a"), QStringLiteral("INSERT")},
                                                  {QStringLiteral("w"), QStringLiteral("UPDATE")},
                                                  {QStringLiteral("d"), QStringLiteral("DELETE")}};
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

schema::ForeignKey foreignKeyOf(const CatalogRows &rows, qsizetype row)
{
    return {.name = rows.text(row, "conname"),
            .columns = rows.list(row, "columns"),
            .targetSchema = plainSchema(rows.text(row, "target_schema")),
            .targetTable = rows.text(row, "target_table"),
            .targetColumns = rows.list(row, "target_columns"),
            .onDelete = action(rows.text(row, "confdeltype")),
            .onUpdate = action(rows.text(row, "confupdtype"))};
}

/// drizzle-kit's snapshots name the options of views in camelCase.
QString camelCase(const QString &name)
{
    QString result;
    for (const QString &word : name.split(u'_'))
        result += result.isEmpty() ? word : word.left(1).toUpper() + word.mid(1);
    return result;
}
} // namespace

schema::Table *CatalogBuilder::table(const CatalogRows &rows, qsizetype row, const char *column)
{
    const auto found = m_tables.constFind(nameOf(rows, row, column));
    return found == m_tables.cend() ? nullptr : &m_catalog.schema.tables[*found];
}

void CatalogBuilder::addSchemas(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const QString name = plainSchema(rows.text(row, "nspname"));
        if (!name.isEmpty())
            m_catalog.schema.schemas << name;
    }
}

void CatalogBuilder::addRelations(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const schema::Name name = nameOf(rows, row, "relname");
        const bool isView = rows.flag(row, "is_view");
        auto &known = isView ? m_views : m_tables;
        if (!known.contains(name)) {
            known.insert(name,
                         isView ? m_catalog.schema.views.size() : m_catalog.schema.tables.size());
            if (isView)
                m_catalog.schema.views.append(
                    {.name = name, .materialized = rows.flag(row, "is_materialized")});
            else
                m_catalog.schema.tables.append(
                    {.name = name, .rowLevelSecurity = rows.flag(row, "relrowsecurity")});
            m_catalog.rowEstimates.insert(name, rows.number(row, "row_estimate"));
        }
        if (rows.isNull(row, "attname"))
            continue;
        QList<schema::Column> &columns = isView
                                             ? m_catalog.schema.views[known.value(name)].columns
                                             : m_catalog.schema.tables[known.value(name)].columns;
        // A column that owns two sequences comes twice.
        if (columns.isEmpty() || columns.last().name != rows.text(row, "attname"))
            columns.append(columnOf(rows, row));
    }
}

void CatalogBuilder::addIndexes(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        schema::Table *owner = table(rows, row, "table_name");
        if (!owner)
            continue;
        const QString name = rows.text(row, "index_name");
        if (owner->indexes.isEmpty() || owner->indexes.last().name != name)
            owner->indexes.append({.name = name,
                                   .isUnique = rows.flag(row, "indisunique"),
                                   .where = rows.text(row, "predicate"),
                                   .method = rows.text(row, "amname"),
                                   .with = rows.options(row, "options")});
        owner->indexes.last().columns.append({.expression = rows.text(row, "expression"),
                                              .isExpression = rows.flag(row, "is_expression"),
                                              .ascending = rows.flag(row, "is_ascending"),
                                              .nulls = rows.flag(row, "nulls_first")
                                                           ? QStringLiteral("first")
                                                           : QStringLiteral("last"),
                                              .operatorClass = rows.text(row, "operator_class")});
    }
}

void CatalogBuilder::addConstraints(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        schema::Table *owner = table(rows, row, "table_name");
        if (!owner)
            continue;
        const QString name = rows.text(row, "conname");
        switch (rows.text(row, "contype").front().toLatin1()) {
        case 'p':
            addPrimaryKey(*owner, name, rows.list(row, "columns"));
            break;
        case 'u':
            owner->uniques.append({.name = name,
                                   .columns = rows.list(row, "columns"),
                                   .nullsNotDistinct = rows.flag(row, "nulls_not_distinct")});
            break;
        case 'f':
            owner->foreignKeys.append(foreignKeyOf(rows, row));
            break;
        default:
            owner->checks.append({.name = name, .expression = rows.text(row, "expression")});
        }
    }
}

void CatalogBuilder::addEnums(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row)
        m_catalog.schema.enums.append(
            {.name = nameOf(rows, row, "typname"), .values = rows.list(row, "labels")});
}

void CatalogBuilder::addPolicies(const CatalogRows &rows)
{
    const auto optional = [&rows](qsizetype row, const char *column) {
        return rows.isNull(row, column) ? std::nullopt : std::optional(rows.text(row, column));
    };
    for (qsizetype row = 0; row < rows.count(); ++row) {
        if (schema::Table *owner = table(rows, row, "table_name"))
            owner->policies.append({.name = rows.text(row, "polname"),
                                    .as = rows.flag(row, "polpermissive")
                                              ? QStringLiteral("PERMISSIVE")
                                              : QStringLiteral("RESTRICTIVE"),
                                    .command = command(rows.text(row, "polcmd")),
                                    .roles = rows.list(row, "roles"),
                                    .usingExpression = optional(row, "using_expression"),
                                    .withCheck = optional(row, "check_expression")});
    }
}

void CatalogBuilder::addViews(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const auto found = m_views.constFind(nameOf(rows, row, "relname"));
        if (found == m_views.cend())
            continue;
        schema::View &view = m_catalog.schema.views[*found];
        view.definition = rows.text(row, "definition").trimmed();
        if (view.definition.endsWith(u';'))
            view.definition.chop(1);
        for (const auto &[name, value] : rows.options(row, "options"))
            view.with.emplaceBack(camelCase(name), value);
    }
}

void CatalogBuilder::addSequences(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row)
        m_catalog.schema.sequences.append(
            {.name = nameOf(rows, row, "relname"), .options = sequenceOptions(rows, row)});
}

} // namespace load
