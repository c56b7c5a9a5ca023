// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalog.h"

#include "load/catalogbuilder.h"
#include "load/catalogquery.h"
#include "load/text.h"
#include "pg/pool.h"

#include <array>

namespace load
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
using Add = void (CatalogBuilder::*)(const CatalogRows &);

struct Query {
    const char *name; ///< of the file in resources/catalog
    Add add;
    int since = 0; ///< major version
};

/// Names first: the rest belongs to them.
constexpr std::array queries{
    Query{"types", &CatalogBuilder::addTypes},
    Query{"relations", &CatalogBuilder::addRelations},
    Query{"columns", &CatalogBuilder::addColumns},
    Query{"defaults", &CatalogBuilder::addDefaults},
    Query{"sequences", &CatalogBuilder::addSequences},
    Query{"indexes", &CatalogBuilder::addIndexes},
    Query{"indexcolumns", &CatalogBuilder::addIndexColumns},
    Query{"constraints", &CatalogBuilder::addConstraints},
    Query{"notnulls", &CatalogBuilder::addNotNulls, 18},
    Query{"policies", &CatalogBuilder::addPolicies},
    Query{"triggers", &CatalogBuilder::addTriggers},
    Query{"rules", &CatalogBuilder::addRules},
    Query{"functions", &CatalogBuilder::addFunctions},
    Query{"extensionfunctions", &CatalogBuilder::addExtensionFunctions},
    Query{"extensions", &CatalogBuilder::addExtensions},
    Query{"statistics", &CatalogBuilder::addStatistics},
    Query{"others", &CatalogBuilder::addOthers},
    Query{"roles", &CatalogBuilder::addRoles},
    Query{"comments", &CatalogBuilder::addComments},
    Query{"grants", &CatalogBuilder::addGrants},
    Query{"dependencies", &CatalogBuilder::addDependencies},
};

constexpr int oldestVersion = 12;
constexpr int versionUnit = 10'000; ///< 150020 is version 15

/// Without these there is no schema.
bool isEssential(const QString &name)
{
    return name == QLatin1String("schemas") || name == QLatin1String("relations") ||
           name == QLatin1String("columns");
}

/// A PostgreSQL array of numbers.
QByteArray arrayOf(const QStringList &numbers)
{
    return (u'{' + numbers.join(u',') + u'}').toUtf8();
}

/// What a query, or a part of one, is called for people.
QString contentOf(const QString &name)
{
    static const QHash<QString, QString> contents{
        {QStringLiteral("types"), Text::tr("Types")},
        {QStringLiteral("defaults"), Text::tr("Defaults")},
        {QStringLiteral("sequences"), Text::tr("Sequences")},
        {QStringLiteral("indexes"), Text::tr("Indexes")},
        {QStringLiteral("indexcolumns"), Text::tr("Expressions of indexes")},
        {QStringLiteral("constraints"), Text::tr("Constraints")},
        {QStringLiteral("notnulls"), Text::tr("NOT NULL constraints")},
        {QStringLiteral("policies"), Text::tr("Policies")},
        {QStringLiteral("triggers"), Text::tr("Triggers")},
        {QStringLiteral("rules"), Text::tr("Rules")},
        {QStringLiteral("functions"), Text::tr("Functions")},
        {QStringLiteral("extensionfunctions"), Text::tr("Functions of extensions")},
        {QStringLiteral("extensions"), Text::tr("Extensions")},
        {QStringLiteral("statistics"), Text::tr("Extended statistics")},
        {QStringLiteral("others"), Text::tr("Operators, collations, publications and the like")},
        {QStringLiteral("roles"), Text::tr("Roles")},
        {QStringLiteral("comments"), Text::tr("Comments")},
        {QStringLiteral("grants"), Text::tr("Rights")},
        {QStringLiteral("dependencies"), Text::tr("Dependencies")},
        {QStringLiteral("views"), Text::tr("Definitions of views")},
        {QStringLiteral("owners"), Text::tr("Owners")},
        {QStringLiteral("partitions"), Text::tr("Keys and bounds of partitions")},
        {QStringLiteral("inheritance"), Text::tr("What inherits from what")},
        {QStringLiteral("members"), Text::tr("What belongs to extensions")},
        {QStringLiteral("storage"), Text::tr("Access methods and tablespaces")},
        {QStringLiteral("collations"), Text::tr("Collations of columns")},
    };
    return contents.value(name);
}

/// What the server says about itself and about who asks.
struct Session {
    int version = 0;
    QString role;
    QStringList forbidden; ///< pg_catalog.pg_policy, …
};

Result<Session> begin(pg::Transaction &transaction)
{
    // With an empty path every name that is not the server's own comes with its schema.
    const auto path = transaction.run({.text = queryText(QStringLiteral("path"), oldestVersion)});
    if (!path)
        return path.error();
    const CatalogRows settings(*path);
    Session session{int(settings.number(0, "version")), settings.text(0, "role")};
    if (session.version / versionUnit < oldestVersion)
        return Error{.kind = ErrorKind::Unsupported,
                     .text =
                         Text::tr("PostgreSQL %1 is too old").arg(session.version / versionUnit),
                     .hint = Text::tr("Sluice reads PostgreSQL %1 and newer").arg(oldestVersion)};
    for (const char *name : {"access", "accessfunctions"}) {
        const QString text = queryText(QLatin1String(name), oldestVersion);
        if (!firstNamed(text, session.forbidden).isEmpty())
            continue;
        const auto access = transaction.run({.text = text});
        if (!access)
            return access.error();
        const CatalogRows forbidden(*access);
        for (qsizetype row = 0; row < forbidden.count(); ++row)
            session.forbidden << forbidden.text(row, "name");
    }
    return session;
}

void note(const Unasked &missing, const Session &session, Catalog &left)
{
    if (!left.unread.contains(missing.part))
        left.unread << missing.part;
    const QString notice = Text::tr("%1 could not be read: the role %2 has no right on %3")
                               .arg(contentOf(missing.part), session.role, missing.object);
    if (!left.notices.contains(notice))
        left.notices << notice;
}

/// The rows of a query; nothing when it is left out since the role may not run it. What is left
/// out is noted in \a left.
Result<std::optional<CatalogRows>> ask(const QString &name, const Session &session,
                                       const QStringList &schemas, pg::Transaction &transaction,
                                       Catalog &left)
{
    QList<Unasked> unasked;
    const QString text =
        allowedText(queryText(name, session.version / versionUnit), session.forbidden, unasked);
    const QString missing = firstNamed(text, session.forbidden);
    if (!missing.isEmpty() && isEssential(name))
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The catalog cannot be read"),
                     .where = missing,
                     .detail = Text::tr("the role %1 has no right on it").arg(session.role),
                     .hint = Text::tr("Every role has it unless somebody took it away: a superuser "
                                      "can give it back")};
    if (!missing.isEmpty()) {
        note({name, missing}, session, left);
        return std::optional<CatalogRows>();
    }
    for (const Unasked &part : std::as_const(unasked))
        note(part, session, left);
    sql::Statement statement{.text = text};
    if (text.contains(QLatin1String("$1")))
        statement.parameters << arrayOf(schemas);
    const auto page = transaction.run(statement);
    if (!page)
        return page.error();
    return std::optional(CatalogRows(*page));
}
} // namespace

Result<Catalog> readCatalog(pg::Transaction &transaction, const CatalogScope &scope)
{
    const Result<Session> session = begin(transaction);
    if (!session)
        return session.error();
    CatalogBuilder builder(scope, session->role);
    Catalog left;
    const auto schemas = ask(QStringLiteral("schemas"), *session, {}, transaction, left);
    if (!schemas)
        return schemas.error();
    builder.addSchemas(**schemas);
    for (const Query &query : queries) {
        if (query.since * versionUnit > session->version)
            continue;
        const auto rows =
            ask(QLatin1String(query.name), *session, builder.schemaOids(), transaction, left);
        if (!rows)
            return rows.error();
        if (*rows)
            (builder.*query.add)(**rows);
    }
    Catalog catalog = builder.take();
    catalog.notices = left.notices;
    catalog.unread = left.unread;
    catalog.serverVersion = session->version;
    return catalog;
}

namespace
{
/// How often a catalog is read that somebody changes meanwhile.
constexpr int attempts = 3;

/// What an object is answered with that was dropped after the snapshot had been taken: functions
/// like pg_get_viewdef() look at what is there now.
bool isByMovingCatalog(const Error &error)
{
    static const QStringList states{QStringLiteral("XX000"),  // cache lookup failed, could not open
                                    QStringLiteral("42P01"),  // undefined_table
                                    QStringLiteral("42703"),  // undefined_column
                                    QStringLiteral("42704"),  // undefined_object
                                    QStringLiteral("42883"),  // undefined_function
                                    QStringLiteral("3F000")}; // invalid_schema_name
    return error.kind == ErrorKind::Server && states.contains(error.sqlState);
}
} // namespace

QFuture<Result<Catalog>> catalog(std::shared_ptr<pg::Pool> pool, const CatalogScope &scope)
{
    // The work keeps the pool alive until the answer is there.
    return pool->transact<Catalog>(
        pg::Access::Read, [pool, scope](pg::Transaction &transaction) -> Result<Catalog> {
            for (int attempt = 1;; ++attempt) {
                Result<Catalog> read = readCatalog(transaction, scope);
                if (read || attempt == attempts || !isByMovingCatalog(read.error()))
                    return read;
                if (const auto again = transaction.restart(); !again)
                    return again.error();
            }
        });
}

} // namespace load
