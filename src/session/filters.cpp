// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/filters.h"

#include "load/project.h"
#include "session/folder.h"
#include "session/livenames.h"
#include "session/text.h"

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

namespace
{
QString leftAlone(const QString &table)
{
    return Text::tr("%1 is partitioned, a partition or the child of another table, which no "
                    "Drizzle schema can say: it is left alone")
        .arg(table);
}
} // namespace

QStringList schemasToRead(const load::Config &config, const schema::Database &code)
{
    if (config.schemaFilter.isEmpty() || std::ranges::any_of(config.schemaFilter, excludes))
        return {};
    QStringList schemas = config.schemaFilter + code.schemas;
    for (const schema::Table &table : code.tables)
        schemas << plain(table.name);
    schemas = liveNames(schemas);
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

namespace
{
/// The schemas of everything in \a database, as the server calls them.
QSet<QString> schemasOf(const schema::Database &database)
{
    const QStringList declared = liveNames(database.schemas);
    QSet<QString> schemas(declared.cbegin(), declared.cend());
    const auto add = [&schemas](const auto &entries) {
        for (const auto &entry : entries)
            schemas << liveName(plain(entry.name));
    };
    add(database.tables);
    add(database.views);
    add(database.enums);
    add(database.sequences);
    return schemas;
}

QSet<QString> ownSchemas(const load::Config &config, const schema::Database &code)
{
    QSet<QString> own = schemasOf(code);
    if (config.schemaFilter.isEmpty())
        own << QStringLiteral("public");
    for (const QString &name : liveNames(config.schemaFilter))
        own << name;
    return own;
}
} // namespace

QStringList formerSchemas(const schema::Database &catalog, const load::Config &config,
                          const schema::Database &code, const migrate::RenameAnswers &answers)
{
    QSet<QString> others(catalog.schemas.cbegin(), catalog.schemas.cend());
    others -= ownSchemas(config, code);
    others.remove(config.ledgerSchema);
    if (others.isEmpty())
        return {};
    QSet<QString> known;
    for (const diff::RenameAnswer &answer : answers) {
        if (answer.kind == diff::Kind::Schema)
            known << answer.from.name << answer.to.name;
    }
    if (const base::Result<migrate::Folder> folder = soundFolder(config, migrate::Needs::Schema))
        known += schemasOf(folder->schema);
    return others.intersect(known).values();
}

schema::Database ofProjectSchemas(schema::Database catalog, const load::Config &config,
                                  const schema::Database &code, const QStringList &former)
{
    if (std::ranges::any_of(config.schemaFilter, excludes))
        return catalog; // withoutForeign() follows it
    QSet<QString> own = ownSchemas(config, code);
    for (const QString &name : former)
        own << name;
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
    const auto isExcluded = [&](const schema::Name &name) {
        return excluded.contains(plain(name)) && !code.schemas.contains(plain(name));
    };
    const auto isForeign = [&](const schema::Name &name) {
        return isExcluded(name) || isOfExtension(config, name.name) ||
               !isTaken(config.tablesFilter, name.name);
    };
    const auto isLedger = [&](const schema::Name &name) {
        return plain(name) == config.ledgerSchema && name.name == config.ledgerTable;
    };
    const auto isIn = [](const auto &entries, const schema::Name &name) {
        return std::ranges::any_of(entries, [&](const auto &own) { return own.name == name; });
    };
    catalog.tables.removeIf([&](const schema::Table &table) {
        return (isForeign(table.name) || isLedger(table.name)) && !code.table(table.name);
    });
    catalog.views.removeIf([&](const schema::View &view) {
        return isForeign(view.name) && !isIn(code.views, view.name);
    });
    catalog.enums.removeIf([&](const schema::Enum &type) {
        return isExcluded(type.name) && !isIn(code.enums, type.name);
    });
    catalog.sequences.removeIf([&](const schema::Sequence &sequence) {
        return isExcluded(sequence.name) && !isIn(code.sequences, sequence.name);
    });
    catalog.schemas.removeIf([&](const QString &schema) {
        const bool isOfLedger = schema == config.ledgerSchema && schema != u"public";
        return (excluded.contains(schema) || isOfLedger) && !code.schemas.contains(schema);
    });
    return catalog;
}

schema::Database withoutUndeclarable(schema::Database catalog,
                                     const schema::Surroundings &surroundings,
                                     const schema::Database &code, QStringList &notices)
{
    catalog.tables.removeIf([&](const schema::Table &table) {
        const schema::TableTraits traits = surroundings.tables.value(table.name);
        const bool isPlain = traits.partitionKey.isEmpty() && traits.partitionOf.name.isEmpty() &&
                             traits.inherits.isEmpty();
        if (isPlain || code.table(table.name))
            return false;
        notices << leftAlone(table.name.qualified());
        return true;
    });
    return catalog;
}

} // namespace session
