// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/triggers.h"

#include "sql/triggerbody.h"
#include "tenant/condition.h"
#include "tenant/functions.h"
#include "tenant/refusal.h"
#include "tenant/text.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace tenant
{

using base::Error;
using base::Result;

namespace
{

enum Column { What, Table, IsPlain, Extension, Definition };

/// Their functions in C set one column of the row: to now(), to the user's name.
bool isHarmlessExtension(const QString &name)
{
    return name == QLatin1String("moddatetime") || name == QLatin1String("insert_username");
}

/// Why \a expression, a SELECT, could do more than compute from the row; notes what it is written
/// with.
QString whyUnfit(const QString &expression, Scoped &named)
{
    const Result<sql::Outline> outline = sql::outline(expression);
    const Result<sql::Classification> kind = sql::classify(expression);
    if (!outline || !kind || !kind->readsOnly || outline->kind != sql::StatementKind::Select)
        return Text::tr("an expression of it cannot be read");
    if (!outline->relations.isEmpty() || !outline->writes.isEmpty())
        return Text::tr("it reads %1").arg(outline->relations.value(0).name);
    for (const sql::WordPlace &function : outline->functions) {
        if (!isHarmless(function.word))
            return Text::tr("it calls %1()").arg(function.word);
        named.viewFunctions << function.word;
    }
    named.viewOperators += outline->operators;
    named.viewColumns += outline->columns;
    return {};
}

QString whyUnfit(const QStringList &row, Scoped &named)
{
    if (isHarmlessExtension(row.value(Extension)))
        return {};
    if (row.value(IsPlain) != QLatin1String("t"))
        return Text::tr("only a BEFORE … FOR EACH ROW trigger without WHEN, in plpgsql, can be "
                        "looked into");
    const Result<QStringList> expressions = sql::newRowExpressions(row.value(Definition));
    if (!expressions)
        return expressions.error().text;
    for (const QString &expression : *expressions) {
        if (const QString why = whyUnfit(expression, named); !why.isEmpty())
            return why;
    }
    return {};
}

} // namespace

sql::Statement triggersQuestion(const QList<schema::Name> &tables)
{
    QJsonArray names;
    for (const schema::Name &table : tables)
        names << qualifiedName(table);
    return {
        QStringLiteral(
            "WITH RECURSIVE w (oid) AS (\n"
            "SELECT pg_catalog.to_regclass(n.name)::oid\n"
            "FROM pg_catalog.json_array_elements_text($1::json) AS n (name)\n"
            "UNION\n"
            "SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN w ON w.oid = i.inhparent)\n"
            // BEFORE (2), FOR EACH ROW (1), not INSTEAD OF (64)
            "SELECT t.tgname, t.tgrelid::pg_catalog.regclass::text,\n"
            "  (t.tgtype::int & 67) = 3 AND t.tgqual IS NULL AND l.lanname = 'plpgsql',\n"
            // WHEN calls what it likes before the function runs.
            "  (SELECT e.extname FROM pg_catalog.pg_depend d\n"
            "   JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid\n"
            "   WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid\n"
            "     AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass\n"
            "     AND d.deptype = 'e' AND l.lanname = 'c' AND t.tgqual IS NULL),\n"
            "  CASE l.lanname WHEN 'plpgsql' THEN pg_catalog.pg_get_functiondef(p.oid) END\n"
            "FROM w JOIN pg_catalog.pg_trigger t ON t.tgrelid = w.oid\n"
            "JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid\n"
            "JOIN pg_catalog.pg_language l ON l.oid = p.prolang\n"
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'\n"
            "  AND (p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace\n"
            "    OR t.tgqual IS NOT NULL)\n"
            "UNION ALL\n"
            "SELECT r.rulename, r.ev_class::pg_catalog.regclass::text, false, NULL, NULL\n"
            "FROM w JOIN pg_catalog.pg_rewrite r ON r.ev_class = w.oid\n"
            "WHERE r.ev_enabled <> 'D'"),
        {QJsonDocument(names).toJson(QJsonDocument::Compact)}};
}

Error triggerRefusal(const QStringList &row, const QString &why)
{
    Error error = refused(
        Text::tr("the trigger or rule %1 on %2 runs code that can change any row, or show it: %3")
            .arg(row.value(What), row.value(Table), why),
        {}, Text::tr("choose all tenants for it"));
    return error;
}

std::optional<Error> triggerRefusal(const QList<QStringList> &rows, Scoped &named)
{
    for (const QStringList &row : rows) {
        if (const QString why = whyUnfit(row, named); !why.isEmpty())
            return triggerRefusal(row, why);
    }
    return std::nullopt;
}

} // namespace tenant
