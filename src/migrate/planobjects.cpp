// SPDX-License-Identifier: GPL-3.0-or-later
// Schemas, sequences, roles and policies.
#include "diff/equal.h"
#include "diff/renaming.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/objectstatements.h"
#include "migrate/pairs.h"
#include "migrate/planner.h"
#include "migrate/statements.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <algorithm>

namespace migrate
{

namespace
{
/// What in the live schema \a name the plan knows nothing of.
QStringList strangers(const Planner &planner, const QString &name)
{
    QStringList names;
    if (!planner.live())
        return names;
    for (const schema::ObjectId &id : planner.live()->unmanaged) {
        if (id.name.schema == name && id.part.isEmpty())
            names << id.name.qualified();
    }
    return names;
}

/// What an option is, where both say a number.
std::optional<std::pair<qint64, qint64>> numbers(const QString &before, const QString &after)
{
    bool known = false;
    bool wasKnown = false;
    const std::pair both{before.toLongLong(&wasKnown), after.toLongLong(&known)};
    return known && wasKnown ? std::optional(both) : std::nullopt;
}

/// Moves the next number into the bounds that come: the server refuses them otherwise.
std::optional<QString> intoBounds(const schema::Name &name, const schema::SequenceOptions &before,
                                  const schema::SequenceOptions &after)
{
    const auto least = numbers(before.minValue, after.minValue);
    const auto most = numbers(before.maxValue, after.maxValue);
    const bool raised = least && least->second > least->first;
    const bool lowered = most && most->second < most->first;
    if (!raised && !lowered)
        return std::nullopt;
    QString value = QStringLiteral("last_value");
    QString inside;
    if (raised) {
        value = QStringLiteral("GREATEST(%1, %2)").arg(value, after.minValue);
        inside += QStringLiteral(" AND last_value >= ") + after.minValue;
    }
    if (lowered) {
        value = QStringLiteral("LEAST(%1, %2)").arg(value, after.maxValue);
        inside += QStringLiteral(" AND last_value <= ") + after.maxValue;
    }
    const QString sequence = publicToo(name);
    return QStringLiteral("SELECT setval(%1, %2, is_called%3) FROM %4;")
        .arg(sql::literal(sequence), value, inside, sequence);
}

/// Whether no number is within the old bounds and the new ones.
bool areApart(const schema::SequenceOptions &before, const schema::SequenceOptions &after)
{
    const auto up = numbers(before.maxValue, after.minValue);
    const auto down = numbers(before.minValue, after.maxValue);
    return (up && up->second > up->first) || (down && down->second < down->first);
}

/// ALTER SEQUENCE, with what has to come before it.
QStringList changeSequence(const schema::Sequence &before, const schema::Sequence &after)
{
    QString alter = alterSequence(before, after);
    if (areApart(before.options, after.options)) {
        alter.chop(1);
        return {alter + QStringLiteral(" RESTART;")};
    }
    const auto move = intoBounds(after.name, before.options, after.options);
    return move ? QStringList{*move, alter} : QStringList{alter};
}

schema::Name policyOwner(const schema::Name &table, const schema::Policy &policy)
{
    return policy.on.isEmpty() ? table : diff::tableOf(policy);
}

void readsOf(const Planner &planner, Node &node, const schema::Name &table,
             const schema::Policy &policy)
{
    const QString text =
        policy.usingExpression.value_or(QString()) + u' ' + policy.withCheck.value_or(QString());
    usesOf(planner, node, text, table);
    for (const QString &role : policy.roles)
        node.uses << roleId(role);
}

void releasesOf(const Planner &planner, Node &node, const schema::Name &table,
                const schema::Policy &policy)
{
    const QString text =
        policy.usingExpression.value_or(QString()) + u' ' + policy.withCheck.value_or(QString());
    lettingGo(planner, node, text, table);
    for (const QString &role : policy.roles)
        node.releases << roleId(role);
}
} // namespace

void plan(Planner &planner, const diff::AddSchema &change)
{
    Node node = planner.node(Stage::Schemas, createSchema(change.schema));
    node.creates << schemaId(change.schema);
    node.applies << change;
    node.line.endsLine = true;
    node.line.reverse << ReverseStatement{dropSchema(change.schema)};
    planner.add(node);
}

void plan(Planner &planner, const diff::DropSchema &change)
{
    const QStringList left = strangers(planner, change.schema);
    if (!left.isEmpty())
        planner.refuse(
            base::Error{.kind = base::ErrorKind::Refused,
                        .text = Text::tr("A schema is not empty, so it cannot be dropped"),
                        .where = change.schema,
                        .detail = Text::tr("it also holds %1").arg(left.join(QStringLiteral(", "))),
                        .hint = Text::tr("drop or move these in a custom migration first")});
    Node node = planner.node(Stage::SchemaDrops, dropSchema(change.schema));
    node.frees << schemaId(change.schema);
    node.applies << change;
    node.line.endsLine = true;
    node.line.reverse << ReverseStatement{createSchema(change.schema)};
    planner.add(node);
}

void plan(Planner &planner, const diff::AddSequence &change)
{
    const schema::Sequence &sequence = change.sequence;
    Node node = planner.node(Stage::Sequences, createSequence(sequence));
    node.creates << sequenceId(sequence.name);
    node.uses << schemaId(sequence.name.schema);
    node.applies << change;
    node.line.reverse << ReverseStatement{dropSequence(sequence.name)};
    planner.add(node);
}

void plan(Planner &planner, const diff::DropSequence &change)
{
    const schema::Sequence &sequence = change.sequence;
    Node node = planner.node(Stage::SequenceDrops, dropSequence(sequence.name));
    node.frees << sequenceId(sequence.name);
    node.releases << schemaId(sequence.name.schema);
    node.applies << change;
    node.line.effect.loss = Text::tr("loses where the sequence stands");
    node.line.reverse << ReverseStatement{createSequence(sequence),
                                          Text::tr("the sequence starts again")};
    planner.add(node);
}

void plan(Planner &planner, const diff::AlterSequence &change)
{
    const QStringList statements = changeSequence(change.before, change.after);
    std::optional<int> last;
    for (const QString &statement : statements) {
        Node node = planner.node(Stage::SequenceChanges, statement);
        node.uses << sequenceId(change.after.name);
        if (last)
            node.after << *last;
        if (statements.size() > 1 ? !last : areApart(change.before.options, change.after.options))
            node.line.hazards << hazards::of(Rule::SequenceMoves);
        last = planner.add(node);
    }
    planner.at(*last).applies << change;
    for (const QString &statement : changeSequence(change.after, change.before))
        planner.at(*last).line.reverse << ReverseStatement{statement};
}

void plan(Planner &planner, const diff::AddRole &change)
{
    Node node = planner.node(Stage::Roles, createRole(change.role));
    node.creates << roleId(change.role.name);
    node.applies << change;
    node.line.reverse << ReverseStatement{dropRole(change.role.name)};
    planner.add(node);
}

void plan(Planner &planner, const diff::DropRole &change)
{
    const QString &name = change.role.name;
    const auto names = [&name](const schema::Policy &policy) {
        return policy.roles.contains(name);
    };
    const bool used = std::ranges::any_of(planner.from().linkedPolicies, names) ||
                      std::ranges::any_of(planner.from().tables, [&](const schema::Table &table) {
                          return std::ranges::any_of(table.policies, names);
                      });
    Node node = planner.node(used ? Stage::LateRoleDrops : Stage::RoleDrops, dropRole(name));
    node.frees << roleId(name);
    node.applies << change;
    node.line.reverse << ReverseStatement{
        createRole(change.role), Text::tr("the role comes back without its password and grants")};
    planner.add(node);
}

void plan(Planner &planner, const diff::AlterRole &change)
{
    Node node = planner.node(Stage::RoleChanges, alterRole(change.after));
    node.uses << roleId(change.after.name);
    node.applies << change;
    node.line.reverse << ReverseStatement{alterRole(change.before)};
    planner.add(node);
}

void plan(Planner &planner, const diff::SetRowLevelSecurity &change)
{
    Node node = planner.node(change.enabled ? Stage::RowSecurityOn : Stage::RowSecurityOff,
                             change.enabled ? enableRowLevelSecurity(change.table)
                                            : disableRowLevelSecurity(change.table));
    node.uses << tableId(change.table);
    node.applies << change;
    node.line.effect = planner.on(change.table, Lock::AccessExclusive);
    node.line.hazards << hazards::of(Rule::AccessChanged);
    const schema::Table *after = planner.to().table(change.table);
    if (change.enabled && after && after->policies.isEmpty())
        node.line.hazards << hazards::of(Rule::RowSecurityWithoutPolicy);
    node.line.reverse << ReverseStatement{change.enabled ? disableRowLevelSecurity(change.table)
                                                         : enableRowLevelSecurity(change.table)};
    planner.add(node);
}

int makePolicy(Planner &planner, const schema::Name &table, const schema::Policy &policy)
{
    const QString on = policyTable(table, policy);
    const schema::Name owner = policyOwner(table, policy);
    Node node = planner.node(Stage::Policies, createPolicyOn(on, policy));
    node.creates << policyId(owner, policy.name);
    node.uses << tableId(owner);
    readsOf(planner, node, owner, policy);
    node.line.effect = planner.on(owner, Lock::AccessExclusive);
    node.line.reverse << ReverseStatement{dropPolicyOn(on, policy.name)};
    if (!node.line.effect.locks.isEmpty())
        node.line.hazards << hazards::of(Rule::AccessChanged);
    const int made = planner.add(node);
    planner.registerMaker(policyId(owner, policy.name), made);
    return made;
}

int dropPolicy(Planner &planner, const schema::Name &table, const schema::Policy &policy)
{
    const QString on = policyTable(table, policy);
    const schema::Name owner = policyOwner(table, policy);
    Node node = planner.node(Stage::PolicyDrops, dropPolicyOn(on, policy.name));
    node.frees << policyId(owner, policy.name);
    node.uses << tableId(owner);
    releasesOf(planner, node, owner, policy);
    node.line.effect = planner.on(owner, Lock::AccessExclusive);
    node.line.hazards << hazards::of(Rule::AccessChanged);
    node.line.reverse << ReverseStatement{createPolicyOn(on, policy)};
    const int made = planner.add(node);
    planner.registerDrop(policyId(owner, policy.name), made);
    return made;
}

void plan(Planner &planner, const diff::AddPolicy &change)
{
    planner.at(makePolicy(planner, change.table, change.policy)).applies << change;
}

void plan(Planner &planner, const diff::DropPolicy &change)
{
    planner.at(dropPolicy(planner, change.table, change.policy)).applies << change;
}

void plan(Planner &planner, const diff::AlterPolicy &change)
{
    const schema::Policy &before = change.before;
    const schema::Policy &after = change.after;
    const bool unset = (before.usingExpression && !after.usingExpression) ||
                       (before.withCheck && !after.withCheck);
    const bool anew = before.as.compare(after.as, Qt::CaseInsensitive) != 0 ||
                      before.command.compare(after.command, Qt::CaseInsensitive) != 0 ||
                      before.on != after.on || unset;
    if (anew) {
        dropPolicy(planner, change.table, before);
        planner.at(makePolicy(planner, change.table, after)).applies << change;
        return;
    }
    const QString on = policyTable(change.table, after);
    const schema::Name owner = policyOwner(change.table, after);
    Node node = planner.node(Stage::PolicyChanges, alterPolicyOn(on, after));
    node.uses << tableId(owner) << policyId(owner, after.name);
    readsOf(planner, node, owner, after);
    releasesOf(planner, node, owner, before);
    node.applies << change;
    node.line.effect = planner.on(owner, Lock::AccessExclusive);
    node.line.hazards << hazards::of(Rule::AccessChanged);
    const bool set = (!before.usingExpression && after.usingExpression) ||
                     (!before.withCheck && after.withCheck);
    if (set)
        node.line.reverse << ReverseStatement{dropPolicyOn(on, after.name)}
                          << ReverseStatement{createPolicyOn(on, before)};
    else
        node.line.reverse << ReverseStatement{alterPolicyOn(on, before)};
    planner.registerChanger(policyId(owner, after.name), planner.add(node));
}

} // namespace migrate
