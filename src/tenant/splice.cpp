// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/splice.h"

#include "sql/identifier.h"
#include "sql/parse.h"
#include "tenant/text.h"

#include <QRegularExpression>
#include <QSet>

namespace tenant
{

using base::Error;
using base::Result;

namespace
{
Error refused(const QString &why, const QString &where, const QString &hint)
{
    return {.kind = base::ErrorKind::Refused,
            .text = Text::tr("The statement cannot be kept to one tenant"),
            .where = where,
            .detail = why,
            .hint = hint};
}

/// Functions of PostgreSQL that only look at their arguments. Others may read any table.
bool isHarmless(const QString &function)
{
    static const QSet<QString> names = [] {
        const QString list = QStringLiteral(
            "abs age array_agg array_length array_position array_to_string avg bit_length bool_and "
            "bool_or btrim "
            "cardinality ceil ceiling char_length coalesce concat concat_ws corr count cume_dist "
            "date_part "
            "date_trunc dense_rank div every exp extract first_value floor format gen_random_uuid "
            "greatest "
            "initcap isfinite json_agg json_array_length json_build_array json_build_object "
            "json_object_agg "
            "jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length "
            "jsonb_build_array "
            "jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path "
            "jsonb_extract_path_text "
            "jsonb_object_agg jsonb_object_keys jsonb_typeof justify_days lag last_value lead "
            "least left length "
            "ln log lower lpad ltrim make_date make_interval max md5 min mod mode now nth_value "
            "ntile "
            "octet_length overlay percent_rank percentile_cont percentile_disc plainto_tsquery "
            "position power "
            "rank regexp_match regexp_replace regexp_split_to_array repeat replace reverse right "
            "round "
            "row_number row_to_json rpad rtrim sign split_part sqrt stddev string_agg "
            "string_to_array strpos "
            "substr substring sum timezone to_char to_date to_json to_jsonb to_number to_timestamp "
            "to_tsquery "
            "to_tsvector translate trim trunc ts_headline ts_rank ts_rank_cd unnest upper variance "
            "websearch_to_tsquery width_bucket generate_series");
        const QStringList words = list.split(u' ');
        return QSet<QString>(words.begin(), words.end());
    }();
    return names.contains(function.startsWith(QLatin1String("pg_catalog.")) ? function.mid(11)
                                                                            : function);
}

/// The condition that keeps \a table's rows to the tenant, on unqualified columns.
QString condition(const TableScope &scope, const Classification &classification,
                  const QString &parameter)
{
    if (scope.scoping == Scoping::Direct)
        return sql::identifier(scope.column) + QStringLiteral(" = ") + parameter;
    QString text;
    QString closing;
    for (const PathStep &step : scope.path) {
        QStringList from;
        QStringList to;
        for (const QString &column : step.columns)
            from << sql::identifier(column);
        for (const QString &column : step.targetColumns)
            to << sql::identifier(column);
        text += QStringLiteral("(%1) IN (SELECT %2 FROM %3 WHERE ")
                    .arg(from.join(QStringLiteral(", ")), to.join(QStringLiteral(", ")),
                         sql::identifier(step.target.schema.isEmpty() ? QStringLiteral("public")
                                                                      : step.target.schema,
                                         step.target.name));
        closing += u')';
    }
    const TableScope last = classification.tables.value(scope.path.last().target);
    return text + sql::identifier(last.column) + QStringLiteral(" = ") + parameter + closing;
}

/// The length of schema.name in \a text from \a use's first word on; nothing when comments stand
/// between.
std::optional<qsizetype> lengthOf(const sql::RelationUse &use, const QString &text)
{
    if (use.schema.isEmpty())
        return use.span.length;
    static const QRegularExpression rest(
        QStringLiteral("\\G\\s*\\.\\s*(\"(?:[^\"]|\"\")*\"|[\\w$]+)"),
        QRegularExpression::UseUnicodePropertiesOption);
    const qsizetype end = use.span.offset + use.span.length;
    const QRegularExpressionMatch match = rest.match(text, end, QRegularExpression::NormalMatch,
                                                     QRegularExpression::AnchorAtOffsetMatchOption);
    return match.hasMatch() ? std::optional(use.span.length + match.capturedLength())
                            : std::nullopt;
}

std::optional<Error> unfit(const QString &text)
{
    const Result<sql::Classification> kind = sql::classify(text);
    if (!kind)
        return kind.error();
    if (kind->kind != sql::StatementKind::Select || !kind->readsOnly)
        return refused(Text::tr("only SELECT can be scoped"), {},
                       Text::tr("run it unscoped, or as a SELECT"));
    const Result<QStringList> functions = sql::collectFunctions(text);
    if (!functions)
        return functions.error();
    for (const QString &function : *functions) {
        if (!isHarmless(function))
            return refused(Text::tr("the function may read rows of other tenants"), function,
                           Text::tr("leave it out, or run the statement unscoped"));
    }
    return std::nullopt;
}
} // namespace

Result<sql::Statement> scopeStatement(const QString &text, const Classification &classification,
                                      const QString &tenantId, Fence fence)
{
    if (!classification.known())
        return refused(Text::tr("no tenant column was recognised in this database"), {},
                       Text::tr("run it unscoped"));
    if (const std::optional<Error> error = unfit(text))
        return *error;
    const Result<QList<sql::RelationUse>> uses = sql::collectTables(text);
    if (!uses)
        return uses.error();

    sql::Statement statement{text, {sql::parameter(tenantId)}};
    bool parameterUsed = false;
    for (auto use = uses->crbegin(); use != uses->crend();
         ++use) { // from the end: earlier places stay true
        const schema::Name name{use->schema == QLatin1String("public") ? QString() : use->schema,
                                use->name};
        const auto known = classification.tables.constFind(name);
        if (known == classification.tables.constEnd())
            return refused(Text::tr("it is no table of this database's schema"), name.qualified(),
                           Text::tr("read the tables themselves; a view is not looked into"));
        if (known->scoping == Scoping::Global)
            continue;
        if (known->scoping == Scoping::Unscoped)
            return refused(
                Text::tr("the table has no %1 and no path to one").arg(classification.column),
                name.qualified(), Text::tr("run it unscoped"));
        const std::optional<qsizetype> length = lengthOf(*use, text);
        if (!use->plain || !length)
            return refused(Text::tr("this form of naming a table is not supported"),
                           name.qualified(),
                           Text::tr("write the name alone, with or without an alias"));
        const QString table = sql::identifier(
            name.schema.isEmpty() ? QStringLiteral("public") : name.schema, name.name);
        QString spliced =
            QStringLiteral("(SELECT * FROM %1 WHERE %2%3)")
                .arg(table, condition(*known, classification, QStringLiteral("$1")),
                     fence == Fence::Fenced ? QStringLiteral(" OFFSET 0") : QString());
        if (use->alias.isEmpty())
            spliced += QStringLiteral(" AS ") + sql::identifier(use->name);
        statement.text.replace(use->span.offset, *length, spliced);
        parameterUsed = true;
    }
    if (!parameterUsed)
        statement.parameters.clear();
    // TABLE t and TABLESAMPLE take no subquery: what no longer parses is refused here, not by the
    // server.
    if (!sql::classify(statement.text))
        return refused(Text::tr("a table stands where no subquery can"), {},
                       Text::tr("write SELECT * FROM the table"));
    return statement;
}

} // namespace tenant
