// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/guard.h"

#include "tenant/functions.h"
#include "tenant/refusal.h"
#include "tenant/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace tenant
{

using base::Error;

namespace
{

const QString explain = QStringLiteral("EXPLAIN (VERBOSE, FORMAT JSON) ");

/// Looks at every node of a plan.
class PlanWalk
{
public:
    PlanWalk(const Scoped &scoped, const Classification &classification)
        : m_scoped(scoped)
        , m_classification(classification)
    {
    }

    std::optional<Error> walk(const QJsonObject &node)
    {
        if (const QString relation = node.value(u"Relation Name").toString(); !relation.isEmpty()) {
            const QString schema = node.value(u"Schema").toString();
            const schema::Name name{schema == QLatin1String("public") ? QString() : schema,
                                    relation};
            if (!isOurs(node, name))
                return foreign(name);
        }
        const QString function = node.value(u"Function Name").toString();
        if (!function.isEmpty() && !isHarmless(function))
            return refused(
                Text::tr("the plan calls a function that may read rows of other tenants"),
                {function, {}}, Text::tr("leave it out, or run the statement unscoped"));
        for (const QJsonValue &child : node.value(u"Plans").toArray()) {
            if (const std::optional<Error> error = walk(child.toObject()))
                return error;
        }
        return std::nullopt;
    }

private:
    bool isOurs(const QJsonObject &node, const schema::Name &name) const
    {
        const QString alias = node.value(u"Alias").toString();
        if (alias.startsWith(m_scoped.mark))
            return true;
        const auto known = m_classification.tables.constFind(name);
        if (known != m_classification.tables.constEnd() && known->scoping == Scoping::Global)
            return true;
        if (known != m_classification.tables.constEnd() && known->scoping == Scoping::BySchema)
            return known->schema == m_scoped.tenantId.tenant;
        if (m_scoped.everybodys.contains(name))
            return true;
        // A target keeps the name that the statement gives it; the condition stands beside it.
        return std::ranges::any_of(m_scoped.targets,
                                   [&](const WriteTarget &target) {
                                       return alias == target.alias ||
                                              alias.startsWith(target.alias + u'_');
                                   }) &&
               isTargetOrPart(name);
    }

    /// A partition goes by its own name in the plan.
    bool isTargetOrPart(const schema::Name &name) const
    {
        return std::ranges::any_of(m_scoped.targets, [&](const WriteTarget &target) {
            return target.table == name || target.parts.contains(name);
        });
    }

    static Error foreign(const schema::Name &name)
    {
        return refused(Text::tr("the statement also reads this table where no condition can be "
                                "put: behind a view or a function"),
                       {name.qualified(), {}}, Text::tr("read the tables themselves"));
    }

    const Scoped &m_scoped;
    const Classification &m_classification;
};

/// A text array as the server reads it.
sql::Parameter textArray(const QStringList &words)
{
    QStringList quoted;
    for (QString word : words)
        quoted
            << u'"' +
                   word.replace(u'\\', QLatin1String("\\\\")).replace(u'"', QLatin1String("\\\"")) +
                   u'"';
    return sql::parameter(u'{' + quoted.join(u',') + u'}');
}

} // namespace

sql::Statement planQuestion(const Scoped &scoped)
{
    return {explain + scoped.statement.text.mid(scoped.outline.body), scoped.statement.parameters};
}

base::TextSpan originalInPlan(const Scoped &scoped, base::TextSpan span)
{
    return scoped.original(
        {std::max(span.offset - explain.size(), qsizetype(0)) + scoped.outline.body, span.length});
}

std::optional<Error> planRefusal(const QByteArray &plan, const Scoped &scoped,
                                 const Classification &classification)
{
    const QJsonArray plans = QJsonDocument::fromJson(plan).array();
    if (plans.isEmpty())
        return refused(Text::tr("the server's plan cannot be read"), {}, {});
    PlanWalk walk(scoped, classification);
    for (const QJsonValue &entry : plans) {
        if (const std::optional<Error> error =
                walk.walk(entry.toObject().value(u"Plan").toObject()))
            return error;
    }
    return std::nullopt;
}

sql::Statement ownCodeQuestion(const Scoped &scoped)
{
    QStringList functions;
    QStringList named = scoped.viewFunctions;
    for (const sql::WordPlace &function : scoped.outline.functions)
        named << function.word;
    for (const QString &function : std::as_const(named)) {
        if (!function.contains(u'.') && !functions.contains(function))
            functions << function;
    }
    QStringList operators = scoped.outline.operators + scoped.viewOperators;
    // What the server looks up by itself: sorting, grouping, IN, BETWEEN.
    operators << QStringLiteral("=") << QStringLiteral("<>") << QStringLiteral("<")
              << QStringLiteral(">") << QStringLiteral("<=") << QStringLiteral(">=");
    return {QStringLiteral(
                "SELECT 'function', p.oid::pg_catalog.regprocedure::text, p.proname\n"
                "FROM pg_catalog.pg_proc p\n"
                "WHERE p.proname = ANY ($1::text[]) AND %1\n"
                "UNION ALL\n"
                "SELECT 'column', p.oid::pg_catalog.regprocedure::text, p.proname\n"
                "FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0]\n"
                "WHERE p.proname = ANY ($3::text[]) AND t.typtype IN ('c', 'p') AND %1\n"
                "UNION ALL\n"
                "SELECT 'operator', o.oid::pg_catalog.regoperator::text, o.oprname\n"
                "FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode\n"
                "WHERE o.oprname = ANY ($2::text[]) AND %1\n"
                "UNION ALL\n"
                "SELECT 'cast', p.oid::pg_catalog.regprocedure::text, p.proname\n"
                "FROM pg_catalog.pg_cast c JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc\n"
                "WHERE %1")
                .arg(QStringLiteral(
                    "p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace AND NOT EXISTS "
                    "(SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = "
                    "'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND "
                    "d.deptype = 'e')")),
            {textArray(functions), textArray(operators),
             textArray(scoped.outline.columns + scoped.viewColumns)}};
}

std::optional<Error> ownCodeRefusal(const QList<QStringList> &rows, const QByteArray &plan)
{
    for (const QStringList &row : rows) {
        const QString kind = row.value(0);
        const sql::WordPlace what{row.value(1), {}};
        const QByteArray called = row.value(2).toUtf8();
        // A column of that name is no call: the plan writes one with brackets.
        if (kind == QLatin1String("column") && !plan.contains(called + '(') &&
            !plan.contains(called + "\\\"("))
            continue;
        if (kind == QLatin1String("operator"))
            return refused(Text::tr("the project has an operator of its own under this name, which "
                                    "may read rows of other tenants"),
                           what, Text::tr("write OPERATOR(pg_catalog.…), or run it unscoped"));
        if (kind == QLatin1String("cast"))
            return refused(Text::tr("the project has a cast of its own, which may read rows of "
                                    "other tenants"),
                           what, Text::tr("run it unscoped"));
        return refused(Text::tr("the project has a function of its own under this name, which may "
                                "read rows of other tenants"),
                       what, Text::tr("write pg_catalog. before the name, or run it unscoped"));
    }
    return std::nullopt;
}

} // namespace tenant
