// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/classification.h"

#include "tenant/guess.h"
#include "tenant/materialized.h"
#include "tenant/schemas.h"
#include "tenant/text.h"

#include <QSet>

#include <algorithm>
#include <queue>
#include <vector>

namespace tenant
{

namespace
{

using schema::Name;

// A path that may end in NULL is taken only where nothing else leads on: longer than any other.
constexpr int nullableCost = 1'000;

Name targetOf(const schema::ForeignKey &key)
{
    return {key.targetSchema, key.targetTable};
}

bool canBeNull(const schema::Table &table, const QString &name)
{
    const schema::Column *column = table.column(name);
    return !column || (!column->notNull && !table.keyColumns().contains(name));
}

bool canBeNull(const schema::Table &table, const schema::ForeignKey &key)
{
    return std::ranges::any_of(key.columns,
                               [&](const QString &name) { return canBeNull(table, name); });
}

/// A foreign key seen from the table it refers to.
struct Incoming {
    const schema::Table *table;
    const schema::ForeignKey *key;
};

QHash<Name, QList<Incoming>> incomingKeys(const schema::Database &database)
{
    QHash<Name, QList<Incoming>> result;
    for (const schema::Table &table : database.tables) {
        for (const schema::ForeignKey &key : table.foreignKeys) {
            if (targetOf(key) != table.name)
                result[targetOf(key)] << Incoming{&table, &key};
        }
    }
    return result;
}

/// Walks from the direct tables against the foreign keys, cheapest first, and notes the way back.
/// Of the tables that are \a settled nothing is found out, and no way leads through them.
void findPaths(const schema::Database &database, const QSet<Name> &settled,
               QHash<Name, TableScope> &tables)
{
    struct Reached {
        int cost;
        int order; ///< equal costs in the order they were found: the result must not depend on
                   ///< hashing
        Name table;
        bool operator>(const Reached &other) const
        {
            return std::tie(cost, order) > std::tie(other.cost, other.order);
        }
    };
    const QHash<Name, QList<Incoming>> incoming = incomingKeys(database);
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> open;
    QHash<Name, int> costs;
    int order = 0;
    for (const schema::Table &table : database.tables) {
        if (tables.value(table.name).scoping == Scoping::Direct) {
            costs.insert(table.name, 0);
            open.push({0, order++, table.name});
        }
    }
    while (!open.empty()) {
        const Reached reached = open.top();
        open.pop();
        if (reached.cost > costs.value(reached.table))
            continue;
        for (const Incoming &way : incoming.value(reached.table)) {
            const int cost = reached.cost + (canBeNull(*way.table, *way.key) ? nullableCost : 1);
            const auto known = costs.constFind(way.table->name);
            if (settled.contains(way.table->name) || (known != costs.constEnd() && *known <= cost))
                continue;
            costs.insert(way.table->name, cost);
            const PathStep step{reached.table, way.key->columns, way.key->targetColumns};
            tables.insert(
                way.table->name,
                {Scoping::ByPath, {}, QList<PathStep>{step} + tables.value(reached.table).path});
            open.push({cost, order++, way.table->name});
        }
    }
}

/// Finds all ways to the tenant, of which the shortest is one: the others may lead elsewhere.
class Ways
{
public:
    Ways(const schema::Database &database, const QHash<Name, TableScope> &tables)
        : m_scopes(tables)
    {
        for (const schema::Table &table : database.tables)
            m_tables.insert(table.name, &table);
    }

    QList<QList<PathStep>> of(const Name &name)
    {
        QList<QList<PathStep>> found;
        const schema::Table *table = m_tables.value(name);
        const TableScope scope = m_scopes.value(name);
        m_above << name;
        for (const schema::ForeignKey &key : table->foreignKeys) {
            const Name target = targetOf(key);
            const Scoping further = m_scopes.value(target).scoping;
            if (m_above.contains(target) || found.size() >= most)
                continue;
            const PathStep step{target, key.columns, key.targetColumns,
                                scope.path.first().columns != key.columns};
            if (further == Scoping::Direct)
                found << QList<PathStep>{step};
            if (further != Scoping::ByPath)
                continue;
            for (const QList<PathStep> &way : of(target))
                found << QList<PathStep>{step} + way;
        }
        m_above.removeLast();
        return found;
    }

private:
    // Each is a condition of its own: where everything refers to everything, that is enough.
    static constexpr qsizetype most = 24;

    const QHash<Name, TableScope> &m_scopes;
    QHash<Name, const schema::Table *> m_tables;
    QList<Name> m_above; ///< where the way came from: keys can lead in circles
};

void findOtherPaths(const schema::Database &database, QHash<Name, TableScope> &tables)
{
    Ways ways(database, tables);
    for (auto scope = tables.begin(); scope != tables.end(); ++scope) {
        if (scope->scoping != Scoping::ByPath)
            continue;
        scope->otherPaths = ways.of(scope.key());
        scope->otherPaths.removeOne(scope->path);
    }
}

/// A column without a foreign key that is named after a table with a tenant: probably the tenant's
/// rows, but nothing leads there.
bool hintsAtTenant(const schema::Table &table, const QStringList &scopedTables)
{
    return std::ranges::any_of(table.columns, [&](const schema::Column &column) {
        const bool declared =
            std::ranges::any_of(table.foreignKeys, [&](const schema::ForeignKey &key) {
                return key.columns.contains(column.name);
            });
        return !declared && std::ranges::any_of(scopedTables, [&](const QString &name) {
            return namesTable(column.name, name);
        });
    });
}

void decideTheRest(const schema::Database &database, const QSet<Name> &settled,
                   const QString &nestedColumn, QHash<Name, TableScope> &tables)
{
    QStringList scoped;
    QList<const schema::Table *> rest;
    for (const schema::Table &table : database.tables) {
        const Scoping scoping = tables.value(table.name).scoping;
        if (scoping == Scoping::Direct || scoping == Scoping::ByPath)
            scoped << table.name.name;
        else if (!settled.contains(table.name))
            rest << &table;
    }
    // What names a tenant within a tenant is not everybody's either.
    for (const schema::Table *table : rest)
        tables[table->name].scoping = hintsAtTenant(*table, scoped) || table->column(nestedColumn)
                                          ? Scoping::Unscoped
                                          : Scoping::Global;
}

/// What was said of a materialized view, if that can be.
std::optional<TableScope> saidOf(const schema::View &view, const Settings &settings)
{
    const auto said = settings.tables.constFind(view.name);
    if (said == settings.tables.cend())
        return std::nullopt;
    if (said->scoping == Scoping::Unscoped)
        return TableScope{
            Scoping::ByQuery, {}, {}, {}, Text::tr("nothing says which of its rows are whose")};
    const bool isThere = std::ranges::any_of(
        view.columns, [&](const schema::Column &column) { return column.name == said->column; });
    if (said->scoping == Scoping::Direct && !isThere)
        return std::nullopt;
    return TableScope{said->scoping, said->column, {}};
}

/// Views are looked into when all is known of the tables.
void decideViews(const schema::Database &database, const Settings &settings, Classification &result)
{
    QList<const schema::View *> rest;
    for (const schema::View &view : database.views) {
        const std::optional<TableScope> said =
            view.materialized ? saidOf(view, settings) : std::nullopt;
        result.tables.insert(view.name, said.value_or(TableScope{Scoping::ByQuery, {}, {}}));
        if (view.materialized && !said)
            rest << &view;
    }
    for (const schema::View *view : std::as_const(rest)) {
        if (result.known())
            result.tables.insert(view->name, scopeOfMaterialized(*view, database, result));
    }
    for (auto said = settings.shared.cbegin(); said != settings.shared.cend(); ++said) {
        const auto view = std::ranges::find(database.views, said.key(), &schema::View::name);
        if (view != database.views.cend() &&
            result.tables.value(said.key()).scoping == Scoping::Direct)
            result.tables[said.key()].shared = *said;
    }
}

bool belongs(const TableScope &scope)
{
    return scope.scoping == Scoping::Direct || scope.scoping == Scoping::ByPath;
}

/// Why the schema does not have what \a said names, or \a found does not tell what is left out.
QString whyNotNested(const schema::Database &database, const NestedSettings &said,
                     const Guess &found, const Classification &outer)
{
    if (!outer.known())
        return Text::tr("no tenant column was recognised in this database");
    if (found.column != said.column)
        return Text::tr("no table has the column %1").arg(said.column);
    if (!said.root.name.isEmpty() && !database.table(said.root))
        return Text::tr("there is no table %1").arg(said.root.qualified());
    if (found.root.name.isEmpty() || found.rootKey.isEmpty())
        return Text::tr("no foreign key of %1 says which table lists them: name it as \"root\"")
            .arg(said.column);
    if (found.root == outer.root || !belongs(outer.tables.value(found.root)))
        return Text::tr("%1 has no %2 and no path to one")
            .arg(found.root.qualified(), outer.column);
    return {};
}

/// The level below: the tables once more, by the other column.
void decideNested(const schema::Database &database, const Settings &settings,
                  const QHash<Name, schema::TableTraits> &traits, Classification &result)
{
    const NestedSettings &said = settings.nested;
    if (said.column.isEmpty())
        return;
    Settings inner{.column = said.column,
                   .root = said.root,
                   .label = said.label,
                   .tables = said.tables,
                   .shared = settings.shared};
    result.whyNotNested = whyNotNested(database, said, guess(database, inner), result);
    if (!result.whyNotNested.isEmpty())
        return;
    // What is everybody's is no project's, and an organization not that of a project it points at.
    for (auto table = result.tables.cbegin(); table != result.tables.cend(); ++table) {
        if (table->scoping == Scoping::Global || table.key() == result.root)
            inner.tables.insert(table.key(), {Scoping::Global, {}});
    }
    const Classification found = classify(database, inner, traits);
    result.nested =
        Nested{found.column, found.root, found.rootKey, found.labelColumn, found.tables};
}

} // namespace

Classification classify(const schema::Database &database, const Settings &settings,
                        const QHash<Name, schema::TableTraits> &traits)
{
    if (!settings.schemas.isEmpty())
        return classifySchemas(database, settings, traits);
    const Guess found = guess(database, settings);
    Classification result{found.column, found.root, found.rootKey, found.labelColumn, {}};
    QSet<Name> settled;
    for (const schema::Table &table : database.tables) {
        TableScope scope;
        const bool root = result.known() && table.name == found.root && !found.rootKey.isEmpty();
        if (root || (result.known() && table.column(found.column)))
            scope = {Scoping::Direct, root ? found.rootKey : found.column, {}};
        const auto said = settings.tables.constFind(table.name);
        if (said != settings.tables.cend() &&
            (said->scoping != Scoping::Direct || table.column(said->column))) {
            scope = {said->scoping, said->column, {}};
            settled << table.name;
        }
        if (scope.scoping == Scoping::Direct && !root && canBeNull(table, scope.column))
            scope.shared = settings.shared.value(table.name, SharedRows::Unsaid);
        result.tables.insert(table.name, scope);
    }
    if (result.known()) {
        findPaths(database, settled, result.tables);
        findOtherPaths(database, result.tables);
    }
    decideTheRest(database, settled, settings.nested.column, result.tables);
    decideViews(database, settings, result);
    decideNested(database, settings, traits, result);
    if (settings.column.isEmpty() && settings.root.name.isEmpty())
        result.alike = schemasAlike(database);
    return result;
}

Classification doubted(Classification classification)
{
    for (TableScope &scope : classification.tables) {
        if (scope.scoping == Scoping::Global)
            scope.scoping = Scoping::Unscoped;
    }
    return classification;
}

} // namespace tenant
