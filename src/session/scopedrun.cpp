// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/scopedrun.h"

#include "session/text.h"
#include "tenant/guard.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <algorithm>

namespace session
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{

QString randomMark()
{
    return QStringLiteral("sluice%1_")
        .arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
}

bool isOfClass(const Error &error, std::initializer_list<const char *> classes)
{
    return std::ranges::any_of(
        classes, [&](const char *name) { return error.sqlState.startsWith(QLatin1String(name)); });
}

/// What the server says of the subquery where it would not have said so of the table.
Error explained(Error error, const tenant::Scoped &scoped)
{
    const QString code = error.sqlState;
    const bool isGrouped = code == QLatin1String("42803");
    const bool isNamedTwice = code == QLatin1String("42712");
    if (scoped.edits.isEmpty() || (!isGrouped && !isNamedTwice))
        return error;
    error.kind = ErrorKind::Refused;
    error.detail = error.text;
    error.text = Text::tr("The statement cannot be kept to one tenant");
    error.hint = isGrouped
                     ? Text::tr("A subquery of the tenant's rows stands for the table, and has no "
                                "primary key: name every column in GROUP BY")
                     : Text::tr("Subqueries stand for the tables: give each an alias of its own");
    return error;
}

/// public is the empty schema.
schema::Name schemaName(const QString &schema, const QString &name)
{
    return {schema == QLatin1String("public") ? QString() : schema, name};
}

sql::Parameter jsonList(const QStringList &words)
{
    return QJsonDocument(QJsonArray::fromStringList(words)).toJson(QJsonDocument::Compact);
}

/// The schemas and the names of \a names, a parameter each.
QList<sql::Parameter> listed(const QList<schema::Name> &names)
{
    QStringList schemas, words;
    for (const schema::Name &name : names) {
        schemas << name.schema;
        words << name.name;
    }
    return {jsonList(schemas), jsonList(words)};
}

} // namespace

QList<QStringList> textsOf(const rows::Page &page)
{
    QList<QStringList> texts;
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        QStringList line;
        for (qsizetype column = 0; column < page.columns().size(); ++column)
            line << page.text(row, column);
        texts << line;
    }
    return texts;
}

Result<rows::Page> withoutOthersValues(Result<rows::Page> page, Fenced fenced)
{
    if (page || page.error().kind != ErrorKind::Server)
        return page;
    Error error = page.error();
    // After the fence an expression has seen the tenant's own rows only; parsing, which knows the
    // place in the statement, has seen none, and what may not be read is called by its name.
    const bool isShown =
        isOfClass(error, {"25", "42501"}) ||
        (fenced == Fenced::Yes ? isOfClass(error, {"0A", "22", "42"})
                               : isOfClass(error, {"0A", "42"}) && error.span.has_value());
    if (isShown)
        return error;
    const QString kept =
        Text::tr("The server's details are left out: they may quote other tenants' rows");
    // Names of constraints and of resources, no values.
    const bool isOfNames = isOfClass(error, {"21", "23", "40", "53", "55P", "57"}) ||
                           (fenced == Fenced::Yes && isOfClass(error, {"54", "55"}));
    if (!isOfNames)
        error.text =
            Text::tr("The server ended the statement with the error %1").arg(error.sqlState);
    error.detail = kept;
    error.hint.clear();
    return error;
}

bool ScopedRun::mayComeFromOtherRows(const Error &error) const
{
    // Resources, the person and concurrency have nothing to do with what rows hold.
    if (error.kind != ErrorKind::Server || isOfClass(error, {"25", "26", "40", "53", "55P", "57"}))
        return false;
    // Names, syntax and limits are judged before a row is read, and once more while the statement
    // runs: a cast to regclass, jsonpath or tsquery quotes the value that it could not read.
    return m_hasRun || !isOfClass(error, {"3D", "3F", "42", "54", "55"});
}

Result<tenant::FoundNames> ScopedRun::lookUp(const QList<schema::Name> &names)
{
    const Result<rows::Page> page = m_transaction.run(
        {QStringLiteral("SELECT w.s, w.t, n.nspname, c.relname, c.relkind,\n"
                        "(SELECT pg_catalog.json_build_array(rn.nspname, r.relname)\n"
                        " FROM pg_catalog.pg_class r\n"
                        " JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace\n"
                        " WHERE c.relispartition AND r.oid = "
                        "pg_catalog.pg_partition_root(c.oid)),\n"
                        "CASE WHEN c.relhassubclass THEN (WITH RECURSIVE part (oid) AS (\n"
                        "  SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = "
                        "c.oid\n"
                        "  UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN part ON "
                        "part.oid = i.inhparent)\n"
                        " SELECT pg_catalog.json_agg(pg_catalog.json_build_array(pn.nspname, "
                        "p.relname))\n"
                        " FROM part JOIN pg_catalog.pg_class p ON p.oid = part.oid\n"
                        " JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace) END\n"
                        "FROM ROWS FROM (pg_catalog.json_array_elements_text($1::json), "
                        "pg_catalog.json_array_elements_text($2::json)) AS w (s, t)\n"
                        "JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass("
                        "CASE WHEN w.s = '' THEN '' ELSE pg_catalog.quote_ident(w.s) || '.' END || "
                        "pg_catalog.quote_ident(w.t))\n"
                        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"),
         listed(names)});
    if (!page)
        return page.error();
    tenant::FoundNames found;
    for (const QStringList &row : textsOf(*page)) {
        tenant::FoundRelation relation{schemaName(row.at(2), row.at(3)), row.at(4).at(0)};
        const QJsonArray root = QJsonDocument::fromJson(row.at(5).toUtf8()).array();
        if (!root.isEmpty())
            relation.root = schemaName(root.at(0).toString(), root.at(1).toString());
        for (const QJsonValue &part : QJsonDocument::fromJson(row.at(6).toUtf8()).array())
            relation.parts << schemaName(part[0].toString(), part[1].toString());
        found.insert({row.at(0), row.at(1)}, relation);
    }
    return found;
}

Result<QHash<schema::Name, QString>> ScopedRun::definitionsOf(const QList<schema::Name> &views)
{
    const Result<rows::Page> page = m_transaction.run(
        {QStringLiteral("SELECT n.nspname, c.relname, pg_catalog.pg_get_viewdef(c.oid)\n"
                        "FROM ROWS FROM (pg_catalog.json_array_elements_text($1::json), "
                        "pg_catalog.json_array_elements_text($2::json)) AS w (s, t)\n"
                        "JOIN pg_catalog.pg_namespace n ON n.nspname = CASE WHEN w.s = '' THEN "
                        "'public' ELSE w.s END\n"
                        "JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.t"),
         listed(views)});
    if (!page)
        return page.error();
    QHash<schema::Name, QString> definitions;
    for (const QStringList &row : textsOf(*page)) {
        QString text = row.at(2).trimmed();
        if (text.endsWith(u';'))
            text.chop(1);
        definitions.insert(schemaName(row.at(0), row.at(1)), text);
    }
    return definitions;
}

Result<Done> ScopedRun::lookInto(tenant::FoundNames &names)
{
    const auto unread = [&names] {
        QList<schema::Name> views;
        for (const tenant::FoundRelation &found : std::as_const(names)) {
            const bool isServers = found.name.schema == QLatin1String("pg_catalog") ||
                                   found.name.schema == QLatin1String("information_schema");
            if (found.kind == u'v' && found.definition.isEmpty() && !isServers &&
                !views.contains(found.name))
                views << found.name;
        }
        return views;
    };
    QList<schema::Name> views = unread();
    if (views.isEmpty())
        return Done{};
    const Result<rows::Page> path =
        m_transaction.run({QStringLiteral("SELECT pg_catalog.current_setting('search_path')"), {}});
    if (!path)
        return path.error();
    const auto setPath = [this](const QString &value) {
        return m_transaction.run(
            {QStringLiteral("SELECT pg_catalog.set_config('search_path', $1, true)"),
             {sql::parameter(value)}});
    };
    // Without a path the server writes every name with its schema.
    if (const Result<rows::Page> emptied = setPath(QStringLiteral("")); !emptied)
        return emptied.error();
    for (; !views.isEmpty(); views = unread()) {
        const Result<QHash<schema::Name, QString>> definitions = definitionsOf(views);
        if (!definitions)
            return definitions.error();
        QList<schema::Name> further;
        for (tenant::FoundRelation &found : names) {
            if (!views.contains(found.name))
                continue;
            // What is gone meanwhile stays a view that nobody looks into.
            found.definition = definitions->value(found.name, QStringLiteral(" "));
            if (const Result<sql::Outline> outline = sql::outline(found.definition))
                further << tenant::namesIn(*outline);
        }
        further.removeIf([&](const schema::Name &name) { return names.contains(name); });
        const Result<tenant::FoundNames> more = lookUp(further);
        if (!more)
            return more.error();
        names.insert(*more);
    }
    const Result<rows::Page> restored = setPath(path->text(0, 0));
    return restored ? Result<Done>(Done{}) : restored.error();
}

std::optional<Error> ScopedRun::examine(const tenant::Scoped &scoped)
{
    const Result<rows::Page> plan = m_transaction.run(tenant::planQuestion(scoped));
    if (!plan) {
        Error error = plan.error();
        if (error.span)
            error.span = tenant::originalInPlan(scoped, *error.span);
        return explained(error, scoped);
    }
    const QByteArray text = plan->cell(0, 0).value_or(QByteArrayView()).toByteArray();
    if (const auto refusal = tenant::planRefusal(text, scoped, m_query.classification))
        return refusal;
    const Result<rows::Page> own = m_transaction.run(tenant::ownCodeQuestion(scoped));
    if (!own)
        return own.error();
    return tenant::ownCodeRefusal(textsOf(*own), text);
}

/// One schema a tenant: names without a schema mean the tenant's own, then what is shared.
Result<Done> ScopedRun::choosePath()
{
    const QStringList &tenants = m_query.classification.schemas;
    if (tenants.isEmpty())
        return Done{};
    const Result<rows::Page> path = m_transaction.run(
        {QStringLiteral(
             "SELECT pg_catalog.set_config('search_path', (\n"
             "SELECT pg_catalog.string_agg(pg_catalog.quote_ident(s), ', ' ORDER BY n)\n"
             "FROM (SELECT $1::text, 0\n"
             "  UNION ALL SELECT p.s::text, p.n\n"
             "  FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH "
             "ORDINALITY AS p (s, n)\n"
             "  WHERE p.s::text <> ALL (ARRAY(SELECT pg_catalog.json_array_elements_text("
             "$2::json)))) AS path (s, n)), true)"),
         {sql::parameter(m_query.tenantId.tenant), jsonList(tenants)}});
    if (!path)
        return path.error();
    m_path = path->text(0, 0);
    return Done{};
}

Result<tenant::Scoped> ScopedRun::prepare(tenant::Fence fence)
{
    if (const Result<Done> chosen = choosePath(); !chosen)
        return chosen.error();
    const Result<sql::Outline> outline = sql::outline(m_query.sql);
    if (!outline)
        return outline.error();
    Result<tenant::FoundNames> names = lookUp(tenant::namesIn(*outline));
    if (!names)
        return names.error();
    if (const Result<Done> read = lookInto(*names); !read)
        return read.error();
    const Result<tenant::Scoped> scoped =
        tenant::scopeStatement(m_query.sql, {.classification = m_query.classification,
                                             .tenantId = m_query.tenantId,
                                             .names = *names,
                                             .fence = fence,
                                             .mark = randomMark(),
                                             .parameters = m_query.parameters});
    if (!scoped)
        return scoped;
    if (const std::optional<Error> error = examine(*scoped))
        return *error;
    return scoped;
}

Result<rows::Page> ScopedRun::run(const tenant::Scoped &scoped)
{
    m_hasRun = true;
    Result<rows::Page> page = m_transaction.run(scoped.statement);
    if (page || !page.error().span)
        return page;
    Error error = page.error();
    error.span = scoped.original(*error.span);
    return error;
}

Result<rows::Page> ScopedRun::read(tenant::Fence fence)
{
    const Result<tenant::Scoped> scoped = prepare(fence);
    if (!scoped)
        return scoped.error();
    return run(*scoped);
}

} // namespace session
