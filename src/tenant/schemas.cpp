// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/schemas.h"

#include "sql/outline.h"
#include "tenant/functions.h"
#include "tenant/text.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace tenant
{

using schema::Name;

namespace
{

QString schemaOf(const Name &name)
{
    return name.schema.isEmpty() ? QStringLiteral("public") : name.schema;
}

QString declaredIn(const Settings &settings)
{
    return settings.declared == QLatin1String("public") ? QString() : settings.declared;
}

bool isServers(const QString &schema)
{
    return schema.isEmpty() || schema == QLatin1String("public") ||
           schema == QLatin1String("information_schema") || schema.startsWith(QLatin1String("pg_"));
}

QSet<QString> schemasIn(const schema::Database &database)
{
    QSet<QString> names(database.schemas.cbegin(), database.schemas.cend());
    for (const schema::Table &table : database.tables)
        names << table.name.schema;
    for (const schema::View &view : database.views)
        names << view.name.schema;
    return names;
}

QStringList tenantsIn(const schema::Database &database, const Settings &settings)
{
    QStringList tenants;
    for (const QString &name : schemasIn(database)) {
        const bool isMeant = std::ranges::any_of(settings.schemas, [&](const QString &pattern) {
            return QRegularExpression::fromWildcard(pattern).match(name).hasMatch();
        });
        if (isMeant && !isServers(name) && name != declaredIn(settings))
            tenants << name;
    }
    tenants.sort();
    return tenants;
}

TableScope bySchema(const Name &name)
{
    TableScope scope{Scoping::BySchema, {}, {}};
    scope.schema = schemaOf(name);
    return scope;
}

/// Notes whose rows \a view reads, or says why that cannot be known.
QString whyUnknown(const schema::View &view, const schema::Database &database,
                   const Classification &classification, QSet<QString> &read, int depth)
{
    constexpr int deepest = 32;
    const base::Result<sql::Outline> outline = sql::outline(view.definition);
    if (!outline || depth > deepest)
        return Text::tr("its query cannot be read");
    for (const sql::WordPlace &function : outline->functions) {
        if (!isHarmless(function.word))
            return Text::tr("%1() may read anything").arg(function.word);
    }
    for (const sql::RelationPlace &place : outline->relations) {
        const Name name{place.schema == QLatin1String("public") ? QString() : place.schema,
                        place.name};
        const TableScope scope = classification.tables.value(name);
        if (scope.scoping == Scoping::BySchema) {
            read << scope.schema;
        } else if (scope.scoping == Scoping::ByQuery) {
            const auto inner = std::ranges::find(database.views, name, &schema::View::name);
            if (inner == database.views.cend())
                return Text::tr("nothing says whose the rows of %1 are").arg(name.qualified());
            if (const QString reason =
                    whyUnknown(*inner, database, classification, read, depth + 1);
                !reason.isEmpty())
                return reason;
        } else if (scope.scoping != Scoping::Global) {
            return Text::tr("nothing says whose the rows of %1 are").arg(name.qualified());
        }
    }
    return {};
}

/// Decides how each table stands, schema by schema.
class Decision
{
public:
    Decision(const schema::Database &database, const Settings &settings,
             const QHash<Name, schema::TableTraits> &traits)
        : m_database(database)
        , m_settings(settings)
        , m_traits(traits)
        , m_result{.column = {},
                   .root = {},
                   .rootKey = {},
                   .labelColumn = {},
                   .tables = {},
                   .schemas = tenantsIn(database, settings),
                   .declared = declaredIn(settings)}
        , m_tenants(m_result.schemas.cbegin(), m_result.schemas.cend())
    {
    }

    Classification run()
    {
        for (const schema::Table &table : m_database.tables) {
            if (m_tenants.contains(table.name.schema))
                m_family << table.name.name;
        }
        for (const schema::Table &table : m_database.tables)
            m_result.tables.insert(table.name, scopeOf(table));
        m_result.unlisted = QStringList(m_unlisted.cbegin(), m_unlisted.cend());
        m_result.unlisted.sort();
        for (bool found = true; found;)
            found = doubtReferring();
        for (auto part = m_traits.cbegin(); part != m_traits.cend(); ++part)
            separate(part.key());
        for (const schema::View &view : m_database.views)
            m_result.tables.insert(view.name, {Scoping::ByQuery, {}, {}});
        for (const schema::View &view : m_database.views) {
            if (view.materialized)
                m_result.tables.insert(view.name, scopeOf(view));
        }
        return std::move(m_result);
    }

private:
    TableScope scopeOf(const schema::Table &table)
    {
        const auto said = m_settings.tables.constFind(table.name);
        const bool isSaid =
            said != m_settings.tables.cend() &&
            (said->scoping != Scoping::Direct || table.column(said->column) != nullptr);
        if (isSaid) {
            TableScope scope{said->scoping, said->column, {}};
            if (said->scoping == Scoping::Direct && !table.column(said->column)->notNull)
                scope.shared = m_settings.shared.value(table.name, SharedRows::Unsaid);
            return scope;
        }
        const bool isDeclared =
            table.name.schema == m_result.declared && m_family.contains(table.name.name);
        if (m_tenants.contains(table.name.schema) || isDeclared)
            return bySchema(table.name);
        if (!m_family.contains(table.name.name))
            return {Scoping::Global, {}, {}};
        // Perhaps a tenant's that came later: not everybody's before somebody says so.
        if (isServers(table.name.schema))
            return {Scoping::Unscoped, {}, {}};
        m_unlisted << table.name.schema;
        return bySchema(table.name);
    }

    /// What is not the same for all, or of which that is not known.
    bool isDoubtful(const Name &name) const
    {
        const auto known = m_result.tables.constFind(name);
        return known == m_result.tables.cend() ? m_tenants.contains(name.schema)
                                               : known->scoping != Scoping::Global;
    }

    /// A table for all whose rows point at tenants' rows, or that has some of them as its parts.
    bool doubtReferring()
    {
        bool found = false;
        const auto doubt = [&](const Name &name) {
            const auto scope = m_result.tables.find(name);
            if (scope == m_result.tables.end() || scope->scoping != Scoping::Global ||
                m_settings.tables.contains(name))
                return;
            scope->scoping = Scoping::Unscoped;
            found = true;
        };
        for (const schema::Table &table : m_database.tables) {
            QList<Name> others;
            for (const schema::ForeignKey &key : table.foreignKeys)
                others << Name{key.targetSchema, key.targetTable};
            if (std::ranges::any_of(others, [&](const Name &name) { return isDoubtful(name); }))
                doubt(table.name);
        }
        // Parts are no tables of a schema::Database.
        for (auto part = m_traits.cbegin(); part != m_traits.cend(); ++part) {
            QList<Name> wholes = part->inherits;
            if (!part->partitionOf.name.isEmpty())
                wholes << part->partitionOf;
            for (const Name &whole : std::as_const(wholes)) {
                if (isDoubtful(whole))
                    doubt(part.key());
                if (isDoubtful(part.key()))
                    doubt(whole);
            }
        }
        return found;
    }

    /// A tenant's table that has rows of another's among its own is nobody's, also where there are
    /// tables between.
    void separate(const Name &part)
    {
        if (!m_tenants.contains(part.schema) && !m_unlisted.contains(part.schema))
            return;
        QList<Name> wholes{part};
        for (qsizetype index = 0; index < wholes.size(); ++index) {
            const auto scope = m_result.tables.find(wholes.at(index));
            if (scope != m_result.tables.end() && scope->scoping == Scoping::BySchema &&
                part.schema != scope->schema)
                scope->schema.clear();
            const schema::TableTraits traits = m_traits.value(wholes.at(index));
            for (const Name &whole : traits.inherits + QList<Name>{traits.partitionOf}) {
                if (!whole.name.isEmpty() && !wholes.contains(whole))
                    wholes << whole;
            }
        }
    }

    TableScope scopeOf(const schema::View &view)
    {
        const auto said = m_settings.tables.constFind(view.name);
        if (said != m_settings.tables.cend() && said->scoping == Scoping::Global)
            return {Scoping::Global, {}, {}};
        return scopeOfSchemaView(view, m_database, m_result);
    }

    const schema::Database &m_database;
    const Settings &m_settings;
    const QHash<Name, schema::TableTraits> &m_traits;
    Classification m_result;
    const QSet<QString> m_tenants;
    QSet<QString> m_family;   ///< names of tables that tenants have
    QSet<QString> m_unlisted; ///< other schemas that have some of these
};

} // namespace

TableScope scopeOfSchemaView(const schema::View &view, const schema::Database &database,
                             const Classification &classification)
{
    QSet<QString> read;
    const QString reason = whyUnknown(view, database, classification, read, 0);
    if (!reason.isEmpty())
        return {Scoping::ByQuery, {}, {}, {}, reason};
    const bool isTenants = classification.schemas.contains(view.name.schema);
    if (isTenants)
        read.remove(view.name.schema);
    if (read.isEmpty())
        return isTenants ? bySchema(view.name) : TableScope{Scoping::Global, {}, {}};
    return {Scoping::ByQuery,
            {},
            {},
            {},
            (view.materialized ? Text::tr("it was computed from rows in %1")
                               : Text::tr("it reads rows in %1"))
                .arg(read.values().constFirst().isEmpty() ? Text::tr("several schemas")
                                                          : read.values().constFirst())};
}

Classification classifySchemas(const schema::Database &database, const Settings &settings,
                               const QHash<Name, schema::TableTraits> &traits)
{
    return Decision(database, settings, traits).run();
}

QStringList schemasAlike(const schema::Database &database)
{
    constexpr qsizetype least = 3;
    std::map<QString, QStringList> tables;
    for (const schema::Table &table : database.tables) {
        if (!isServers(table.name.schema))
            tables[table.name.schema] << table.name.name;
    }
    std::map<QStringList, QStringList> alike;
    for (auto &[schema, names] : tables) {
        names.sort();
        alike[names] << schema;
    }
    const auto most =
        std::ranges::max_element(alike, {}, [](const auto &entry) { return entry.second.size(); });
    return most != alike.end() && most->second.size() >= least ? most->second : QStringList();
}

Name placed(const Name &name, const Classification &classification, const QString &tenantId)
{
    const bool isDeclared = !classification.schemas.isEmpty() && !tenantId.isEmpty() &&
                            name.schema == classification.declared;
    if (!isDeclared)
        return name;
    const auto known = classification.tables.constFind(name);
    const bool isDecided = known != classification.tables.cend() &&
                           known->scoping != Scoping::BySchema &&
                           known->scoping != Scoping::ByQuery;
    const bool isTheirs = std::ranges::any_of(classification.schemas, [&](const QString &schema) {
        return classification.tables.contains({schema, name.name});
    });
    return isTheirs && !isDecided ? Name{tenantId, name.name} : name;
}

query::Select placed(query::Select select, const Classification &classification,
                     const QString &tenantId)
{
    select.from.table = placed(select.from.table, classification, tenantId);
    for (query::Join &join : select.joins)
        join.table.table = placed(join.table.table, classification, tenantId);
    return select;
}

bool isForeign(const Name &name, const Classification &classification, const QString &tenantId)
{
    const TableScope scope = classification.tables.value(name);
    if (scope.scoping == Scoping::BySchema)
        return scope.schema != tenantId;
    const bool isUnsaid =
        scope.scoping == Scoping::Unscoped && classification.unlisted.contains(name.schema);
    return name.schema != tenantId && (isUnsaid || classification.schemas.contains(name.schema));
}

} // namespace tenant
