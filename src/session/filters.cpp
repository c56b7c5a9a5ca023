// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/filters.h"

#include "load/project.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace session
{

namespace
{
bool excludes(const QString &filter)
{
    return filter.startsWith(QLatin1Char('!'));
}

QString plain(const schema::Name &name)
{
    return name.schema.isEmpty() ? QStringLiteral("public") : name.schema;
}

/// What drizzle-kit leaves out for `extensionsFilters: ["postgis"]`.
bool isOfExtension(const load::Config &config, const QString &name)
{
    static const QSet<QString> postgis{QStringLiteral("geography_columns"),
                                       QStringLiteral("geometry_columns"),
                                       QStringLiteral("spatial_ref_sys")};
    return config.extensionsFilters.contains(QLatin1String("postgis")) && postgis.contains(name);
}

/// Every text that the braces of \a pattern stand for: a{b,c} is ab and ac.
QStringList withoutBraces(const QString &pattern)
{
    static const QRegularExpression braces(QStringLiteral("^(.*?)\\{([^{}]*,[^{}]*)\\}(.*)$"));
    const QRegularExpressionMatch found = braces.match(pattern);
    if (!found.hasMatch())
        return {pattern};
    QStringList all;
    const QStringList choices = found.captured(2).split(QLatin1Char(','));
    for (const QString &choice : choices)
        all << withoutBraces(found.captured(1) + choice + found.captured(3));
    return all;
}

bool matches(const QString &pattern, const QString &name)
{
    const QStringList plain = withoutBraces(pattern);
    return std::ranges::any_of(plain, [&name](const QString &one) {
        return QRegularExpression(QRegularExpression::wildcardToRegularExpression(one))
            .match(name)
            .hasMatch();
    });
}
} // namespace

QStringList schemasToRead(const load::Config &config, const schema::Database &code)
{
    if (config.schemaFilter.isEmpty() || std::ranges::any_of(config.schemaFilter, excludes))
        return {};
    QStringList schemas = config.schemaFilter + code.schemas;
    for (const schema::Table &table : code.tables)
        schemas << plain(table.name);
    schemas.removeDuplicates();
    return schemas;
}

load::CatalogScope catalogScope(const load::Config &config, const schema::Database &code)
{
    load::CatalogScope scope(schemasToRead(config, code));
    scope.ledgerSchema = config.ledgerSchema;
    scope.ledgerTable = config.ledgerTable;
    scope.roles = config.roles;
    for (const schema::Role &role : code.roles)
        scope.declaredRoles << role.name;
    return scope;
}

bool isTaken(const QStringList &tablesFilter, const QString &name)
{
    bool taken = tablesFilter.isEmpty();
    for (const QString &filter : tablesFilter) {
        if (excludes(filter)) {
            if (matches(filter.mid(1), name))
                return false;
            taken = true;
        } else if (matches(filter, name)) {
            taken = true;
        }
    }
    return taken;
}

schema::Database ofProjectSchemas(schema::Database catalog, const load::Config &config,
                                  const schema::Database &code)
{
    if (!config.schemaFilter.isEmpty())
        return catalog; // withoutForeign() follows it
    QSet<QString> own{QStringLiteral("public")};
    for (const QString &name : code.schemas)
        own << name;
    for (const schema::Table &table : code.tables)
        own << plain(table.name);
    const auto isForeign = [&](const auto &entry) { return !own.contains(plain(entry.name)); };
    catalog.tables.removeIf(isForeign);
    catalog.views.removeIf(isForeign);
    catalog.enums.removeIf(isForeign);
    catalog.sequences.removeIf(isForeign);
    catalog.schemas.removeIf([&](const QString &name) { return !own.contains(name); });
    return catalog;
}

schema::Database withoutForeign(schema::Database catalog, const load::Config &config,
                                const schema::Database &code)
{
    QSet<QString> excluded;
    for (const QString &filter : config.schemaFilter)
        if (excludes(filter))
            excluded << filter.mid(1);
    const auto isForeign = [&](const schema::Name &name) {
        return (excluded.contains(plain(name)) && !code.schemas.contains(plain(name))) ||
               isOfExtension(config, name.name) || !isTaken(config.tablesFilter, name.name);
    };
    catalog.tables.removeIf([&](const schema::Table &table) {
        return isForeign(table.name) && !code.table(table.name);
    });
    catalog.views.removeIf([&](const schema::View &view) {
        const bool declared = std::ranges::any_of(
            code.views, [&view](const schema::View &own) { return own.name == view.name; });
        return isForeign(view.name) && !declared;
    });
    catalog.schemas.removeIf([&](const QString &schema) {
        return excluded.contains(schema) && !code.schemas.contains(schema);
    });
    return catalog;
}

} // namespace session
