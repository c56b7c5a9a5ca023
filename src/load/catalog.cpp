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
bool isEssential(const QLatin1String &name)
{
    return name == QLatin1String("relations") || name == QLatin1String("columns");
}

/// A PostgreSQL array of numbers.
QByteArray arrayOf(const QStringList &numbers)
{
    return (u'{' + numbers.join(u',') + u'}').toUtf8();
}

/// What a query is called for people.
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
        {QStringLiteral("extensions"), Text::tr("Extensions")},
        {QStringLiteral("statistics"), Text::tr("Extended statistics")},
        {QStringLiteral("others"), Text::tr("Operators, collations, publications and the like")},
        {QStringLiteral("roles"), Text::tr("Roles")},
        {QStringLiteral("comments"), Text::tr("Comments")},
        {QStringLiteral("grants"), Text::tr("Rights")},
        {QStringLiteral("dependencies"), Text::tr("Dependencies")},
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

/// Runs one query and hands over its rows. One that the role may not run is left out with a notice
/// in \a left.
Result<base::Done> readInto(CatalogBuilder &builder, const Query &query, const Session &session,
                            pg::Transaction &transaction, Catalog &left)
{
    const QString name = QLatin1String(query.name);
    const QString text = queryText(name, session.version / versionUnit);
    const QString missing = firstNamed(text, session.forbidden);
    if (!missing.isEmpty() && !isEssential(QLatin1String(query.name))) {
        left.unread << name;
        left.notices << Text::tr("%1 could not be read: the role %2 has no right on %3")
                            .arg(contentOf(name), session.role, missing);
        return base::Done{};
    }
    sql::Statement statement{.text = text};
    if (text.contains(QLatin1String("$1")))
        statement.parameters << arrayOf(builder.schemaOids());
    const auto page = transaction.run(statement);
    if (!page)
        return page.error();
    (builder.*query.add)(CatalogRows(*page));
    return base::Done{};
}
} // namespace

Result<Catalog> readCatalog(pg::Transaction &transaction, const CatalogScope &scope)
{
    const Result<Session> session = begin(transaction);
    if (!session)
        return session.error();
    CatalogBuilder builder(scope, session->role);
    const auto schemas =
        transaction.run({.text = queryText(QStringLiteral("schemas"), oldestVersion)});
    if (!schemas)
        return schemas.error();
    builder.addSchemas(CatalogRows(*schemas));
    Catalog left;
    for (const Query &query : queries) {
        if (query.since * versionUnit > session->version)
            continue;
        const auto read = readInto(builder, query, *session, transaction, left);
        if (!read)
            return read.error();
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
