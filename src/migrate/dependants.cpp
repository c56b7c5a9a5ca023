// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/dependants.h"

#include "diff/equal.h"
#include "diff/renaming.h"
#include "migrate/mentions.h"

#include <algorithm>

namespace migrate
{

using schema::ObjectId;
using schema::ObjectKind;

namespace
{
/// Policies may ask other tables in a subquery.
std::optional<Reading> subquery(const QString &expression)
{
    if (!expression.contains(QLatin1String("select"), Qt::CaseInsensitive))
        return std::nullopt;
    return readingOf(QStringLiteral("SELECT ") + expression);
}

void collect(const schema::Database &database, const QString &expression, const schema::Name &table,
             QList<ObjectId> &ids)
{
    if (const schema::Table *own = database.table(table)) {
        for (const QString &column : mentionedColumns(expression, *own))
            ids << columnId(table, column);
    }
    const std::optional<Reading> reading = subquery(expression);
    if (!reading)
        return;
    for (const schema::Name &name : reading->relations) {
        ids << tableId(name);
        if (const schema::Table *other = database.table(name)) {
            for (const QString &column : mentionedColumns(expression, *other))
                ids << columnId(name, column);
        }
    }
}

bool mentionsColumn(const schema::Policy &policy, const schema::Name &owner,
                    const schema::Name &table, const QString &column)
{
    const QString text =
        policy.usingExpression.value_or(QString()) + u' ' + policy.withCheck.value_or(QString());
    if (!mentions(text, column))
        return false;
    if (owner == table)
        return true;
    const std::optional<Reading> reading = subquery(text);
    return reading && reading->reads(table);
}

bool mentionedIn(const schema::Index &index, const QString &column)
{
    return mentions(index.where, column) ||
           std::ranges::any_of(index.columns, [&column](const schema::IndexColumn &part) {
               return part.isExpression && mentions(part.expression, column);
           });
}

bool hasColumn(const schema::Index &index, const QString &column)
{
    return std::ranges::any_of(index.columns, [&column](const schema::IndexColumn &part) {
        return !part.isExpression && part.expression == column;
    });
}

/// What of the table itself a change of \a column disturbs.
void ownDependants(const schema::Table &table, const QString &column, Reach reach,
                   QList<ObjectId> &ids)
{
    for (const schema::Column &other : table.columns) {
        if (other.generated && other.name != column &&
            mentions(other.generated->expression, column))
            ids << columnId(table.name, other.name);
    }
    if (reach == Reach::Type)
        return;
    for (const schema::Check &check : table.checks) {
        if (mentions(check.expression, column))
            ids << constraintId(table.name, check.name);
    }
    for (const schema::Index &index : table.indexes) {
        if (mentionedIn(index, column) || (reach == Reach::Column && hasColumn(index, column)))
            ids << indexId(table.name, index.name);
    }
    if (reach != Reach::Column)
        return;
    for (const schema::Unique &unique : table.uniques) {
        if (unique.columns.contains(column))
            ids << constraintId(table.name, unique.name);
    }
    for (const schema::ForeignKey &key : table.foreignKeys) {
        if (key.columns.contains(column))
            ids << constraintId(table.name, key.name);
    }
    for (const schema::PrimaryKey &key : table.primaryKeys) {
        if (key.columns.contains(column))
            ids << constraintId(table.name, key.name);
    }
}

bool blocks(ObjectKind kind)
{
    return kind == ObjectKind::View || kind == ObjectKind::MaterializedView ||
           kind == ObjectKind::Rule || kind == ObjectKind::Policy || kind == ObjectKind::Trigger ||
           kind == ObjectKind::Function || kind == ObjectKind::Procedure ||
           kind == ObjectKind::Aggregate || kind == ObjectKind::Operator;
}

} // namespace

void usesOf(const Planner &planner, Node &node, const QString &expression,
            const schema::Name &table)
{
    collect(planner.to(), expression, table, node.uses);
}

void lettingGo(const Planner &planner, Node &node, const QString &expression,
               const schema::Name &table)
{
    collect(planner.from(), expression, table, node.releases);
}

bool isDeclared(const Planner &planner, const ObjectId &id)
{
    if (id.kind != ObjectKind::View && id.kind != ObjectKind::MaterializedView)
        return planner.live()->object(id).managed;
    return std::ranges::any_of(planner.from().views, [&](const schema::View &view) {
        return !view.existing && planner.liveId(viewId(view)) == id;
    });
}

QList<schema::Dependant> usersOf(const schema::Surroundings &live, const ObjectId &id)
{
    QList<schema::Dependant> users;
    for (const schema::Dependant &user : live.usedBy.value(id)) {
        const bool isPart = user.tie == schema::Dependant::Tie::Part;
        for (const schema::Dependant &one :
             isPart ? usersOf(live, user.id) : QList<schema::Dependant>{user}) {
            if (!users.contains(one))
                users << one;
        }
    }
    return users;
}

QList<ObjectId> strangersOn(const Planner &planner, const ObjectId &id)
{
    QList<ObjectId> ids;
    if (!planner.live())
        return ids;
    const QList<schema::Dependant> users = usersOf(*planner.live(), planner.liveId(id));
    for (const schema::Dependant &user : users) {
        if (user.tie == schema::Dependant::Tie::Normal && blocks(user.id.kind) &&
            !isDeclared(planner, user.id) && !ids.contains(user.id))
            ids << user.id;
    }
    return ids;
}

QList<ObjectId> dependantsOfColumn(const Planner &planner, const schema::Name &table,
                                   const QString &column, Reach reach)
{
    QList<ObjectId> ids;
    const schema::Database &from = planner.from();
    for (const schema::View &view : from.views) {
        if (!view.existing && readingOf(view.definition).readsColumn(table, column))
            ids << viewId(view);
    }
    for (const schema::Table &other : from.tables) {
        for (const schema::Policy &policy : other.policies) {
            if (mentionsColumn(policy, other.name, table, column))
                ids << policyId(other.name, policy.name);
        }
    }
    for (const schema::Policy &policy : from.linkedPolicies) {
        if (mentionsColumn(policy, diff::tableOf(policy), table, column))
            ids << policyId(diff::tableOf(policy), policy.name);
    }
    if (const schema::Table *own = from.table(table))
        ownDependants(*own, column, reach, ids);
    if (reach == Reach::Column)
        ids << keysTo(planner, table, {column});
    return ids + strangersOn(planner, columnId(table, column));
}

QList<ObjectId> dependantsOfView(const Planner &planner, const schema::View &view)
{
    QList<ObjectId> ids;
    for (const schema::View &other : planner.from().views) {
        if (!other.existing && other.name != view.name &&
            readingOf(other.definition).reads(view.name))
            ids << viewId(other);
    }
    const auto look = [&](const schema::Name &table, const schema::Policy &policy) {
        const std::optional<Reading> reading =
            subquery(policy.usingExpression.value_or(QString()) + u' ' +
                     policy.withCheck.value_or(QString()));
        if (reading && reading->reads(view.name))
            ids << policyId(table, policy.name);
    };
    for (const schema::Table &table : planner.from().tables) {
        for (const schema::Policy &policy : table.policies)
            look(table.name, policy);
    }
    for (const schema::Policy &policy : planner.from().linkedPolicies)
        look(diff::tableOf(policy), policy);
    return ids + strangersOn(planner, viewId(view));
}

QList<ObjectId> keysTo(const Planner &planner, const schema::Name &table,
                       const QStringList &columns)
{
    QStringList wanted = columns;
    wanted.sort();
    QList<ObjectId> ids;
    for (const schema::Table &other : planner.from().tables) {
        for (const schema::ForeignKey &key : other.foreignKeys) {
            QStringList targets = key.targetColumns;
            targets.sort();
            const bool points = diff::targetOf(key) == table && targets == wanted;
            if (points)
                ids << constraintId(other.name, key.name);
        }
    }
    return ids;
}

} // namespace migrate
