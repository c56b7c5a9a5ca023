// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/planner.h"

#include "diff/equal.h"
#include "diff/names.h"
#include "diff/renaming.h"
#include "migrate/breakpoints.h"
#include "migrate/contextrules.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/livesql.h"
#include "migrate/names63.h"
#include "migrate/pairs.h"
#include "migrate/precheck.h"
#include "migrate/safe.h"
#include "migrate/steps.h"
#include "migrate/wayback.h"

#include "schema/storedname.h"
#include <algorithm>

namespace migrate
{

using schema::ObjectId;
using schema::ObjectKind;

schema::ObjectId schemaId(const QString &name)
{
    return {ObjectKind::Schema, {{}, name}, {}};
}
schema::ObjectId roleId(const QString &name)
{
    return {ObjectKind::Role, {{}, name}, {}};
}
schema::ObjectId tableId(const schema::Name &name)
{
    return {ObjectKind::Table, name, {}};
}
schema::ObjectId viewId(const schema::View &view)
{
    return {view.materialized ? ObjectKind::MaterializedView : ObjectKind::View, view.name, {}};
}
schema::ObjectId enumId(const schema::Name &name)
{
    return {ObjectKind::Enum, name, {}};
}
schema::ObjectId sequenceId(const schema::Name &name)
{
    return {ObjectKind::Sequence, name, {}};
}
schema::ObjectId columnId(const schema::Name &table, const QString &column)
{
    return {ObjectKind::Column, table, column};
}
schema::ObjectId constraintId(const schema::Name &table, const QString &name)
{
    return {ObjectKind::Constraint, table, name};
}
schema::ObjectId indexId(const schema::Name &table, const QString &name)
{
    return {ObjectKind::Index, {table.schema, name}, {}};
}
schema::ObjectId policyId(const schema::Name &table, const QString &name)
{
    return {ObjectKind::Policy, table, name};
}
schema::ObjectId keyId(const schema::Name &table, QStringList columns)
{
    columns.sort();
    return {ObjectKind::Other, table, u'(' + columns.join(u',') + u')'};
}

schema::ObjectId notNullId(const schema::Name &table, const QString &column)
{
    return {ObjectKind::Other, table, QStringLiteral("not null ") + column};
}

QString relationKey(const schema::Name &name)
{
    return QStringLiteral("relation ") + name.schema + u'.' + schema::storedName(name.name);
}

QString typeKey(const schema::Name &name)
{
    return QStringLiteral("type ") + name.schema + u'.' + schema::storedName(name.name);
}

QStringList nameKeys(const ObjectId &id)
{
    const auto part = [&id](const char *kind) {
        return QStringList{QLatin1String(kind) + id.name.qualified() + u'.' +
                           schema::storedName(id.part)};
    };
    switch (id.kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::MaterializedView:
        return {relationKey(id.name), typeKey(id.name)};
    case ObjectKind::Sequence:
    case ObjectKind::Index:
        return {relationKey(id.name)};
    case ObjectKind::Enum:
        return {typeKey(id.name)};
    case ObjectKind::Schema:
        return {QStringLiteral("schema ") + schema::storedName(id.name.name)};
    case ObjectKind::Role:
        return {QStringLiteral("role ") + schema::storedName(id.name.name)};
    case ObjectKind::Column:
        return part("column ");
    case ObjectKind::Constraint:
        return part("constraint ");
    case ObjectKind::Policy:
        return part("policy ");
    default:
        return {};
    }
}

namespace
{
QList<diff::Change> ofSchemas(QList<diff::Change> changes)
{
    changes.removeIf([](const diff::Change &change) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        return !rename || rename->kind != diff::Kind::Schema;
    });
    return changes;
}
} // namespace

Planner::Planner(const diff::Difference &difference, const schema::Database &from,
                 const schema::Database &to, const PlanOptions &options)
    : m_difference(difference)
    , m_from(diff::renamed(from, difference.changes))
    , m_unrenamed(diff::renamed(from, ofSchemas(difference.changes)))
    , m_to(to)
    , m_options(options)
{
}

Node Planner::node(Stage stage, const QString &statement) const
{
    Node made;
    made.stage = stage;
    made.line.statement = statement;
    if (m_change)
        made.line.change = *m_change;
    return made;
}

int Planner::add(Node node)
{
    for (const ObjectId &id : std::as_const(node.frees))
        node.gives << nameKeys(id);
    for (const ObjectId &id : std::as_const(node.creates))
        node.takes << nameKeys(id);
    node.line.statement = withoutBreakpoints(node.line.statement);
    m_nodes << node;
    return int(m_nodes.size() - 1);
}

bool Planner::existed(const schema::Name &relation) const
{
    return m_from.table(relation) ||
           std::ranges::find(m_from.views, relation, &schema::View::name) != m_from.views.end();
}

void Planner::lock(Effect &effect, const schema::Name &relation, Lock lock) const
{
    if (!existed(relation))
        return;
    const auto known = std::ranges::find(effect.locks, relation, &LockedRelation::relation);
    if (known != effect.locks.end()) {
        known->lock = std::max(known->lock, lock);
        return;
    }
    LockedRelation locked{.relation = relation, .lock = lock};
    if (live()) {
        const auto traits = live()->tables.constFind(liveName(relation));
        if (traits != live()->tables.cend()) {
            locked.rows = traits->rows;
            locked.bytes = traits->bytes;
        }
    }
    effect.locks << locked;
}

Effect Planner::on(const schema::Name &relation, Lock strength, Work work) const
{
    Effect effect;
    lock(effect, relation, strength);
    if (!effect.locks.isEmpty())
        effect.work = work;
    return effect;
}

schema::Name Planner::liveName(const schema::Name &name, diff::Kind kind) const
{
    schema::Name before = name;
    const QList<diff::Change> &changes = m_difference.changes;
    for (auto it = changes.crbegin(); it != changes.crend(); ++it) {
        const auto *rename = std::get_if<diff::Rename>(&*it);
        if (!rename)
            continue;
        if (rename->kind == diff::Kind::Schema && rename->to.name == before.schema)
            before.schema = rename->from.name;
        const bool view = kind == diff::Kind::Table && rename->kind == diff::Kind::View;
        if ((rename->kind == kind || view) && rename->to == before)
            before = rename->from;
    }
    return before;
}

schema::Name Planner::nameBefore(schema::Name relation) const
{
    const QList<diff::Change> &changes = m_difference.changes;
    for (auto it = changes.crbegin(); it != changes.crend(); ++it) {
        const auto *rename = std::get_if<diff::Rename>(&*it);
        const bool known =
            rename && (rename->kind == diff::Kind::Table || rename->kind == diff::Kind::View);
        if (known && rename->to == relation)
            relation = rename->from;
    }
    return relation;
}

namespace
{
/// Whether \a rename is of things as \a id is one: a column and a policy may have one name.
bool isOfKind(const diff::Rename &rename, const ObjectId &id)
{
    switch (rename.kind) {
    case diff::Kind::Column:
        return id.kind == ObjectKind::Column || id.kind == ObjectKind::Default;
    case diff::Kind::Policy:
        return id.kind == ObjectKind::Policy;
    case diff::Kind::PrimaryKey:
    case diff::Kind::ForeignKey:
    case diff::Kind::Unique:
    case diff::Kind::Check:
        return id.kind == ObjectKind::Constraint;
    default:
        return false;
    }
}
} // namespace

ObjectId Planner::liveId(ObjectId id) const
{
    const QList<diff::Change> &changes = m_difference.changes;
    for (auto it = changes.crbegin(); it != changes.crend(); ++it) {
        const auto *rename = std::get_if<diff::Rename>(&*it);
        if (!rename)
            continue;
        const bool isPart = rename->table == id.name && rename->to.name == id.part;
        if (!id.part.isEmpty() && isPart && isOfKind(*rename, id))
            id.part = rename->from.name;
        if (id.kind == ObjectKind::Index && rename->kind == diff::Kind::Index &&
            rename->table.schema == id.name.schema && rename->to.name == id.name.name)
            id.name.name = rename->from.name;
    }
    id.name = liveName(id.name, id.kind == ObjectKind::Enum       ? diff::Kind::Enum
                                : id.kind == ObjectKind::Sequence ? diff::Kind::Sequence
                                                                  : diff::Kind::Table);
    return id;
}

schema::LiveObject Planner::liveObject(const ObjectId &id)
{
    schema::LiveObject object = live()->object(id);
    const auto renamed = [&](const QString &sql) {
        const base::Result<QString> text = afterRenames(sql, id, m_difference.changes);
        if (text)
            return text->isEmpty() || text->endsWith(u';') ? *text : *text + u';';
        base::Error error = text.error();
        error.where = id.part.isEmpty() ? id.name.qualified() : id.part;
        refuse(error);
        return sql;
    };
    object.removal = renamed(object.removal);
    object.definition = renamed(object.definition);
    for (QString &statement : object.restoration)
        statement = renamed(statement);
    return object;
}

QStringList Planner::liveRestoration(const ObjectId &id) const
{
    QStringList statements;
    for (const QString &statement : live()->object(id).restoration) {
        const base::Result<QString> text = afterRenames(statement, id, m_difference.changes);
        const QString known = text ? *text : statement;
        statements << (known.endsWith(u';') ? known : known + u';');
    }
    return statements;
}

int Planner::renamerOf(const diff::Rename &change) const
{
    const auto known = std::ranges::find(m_renamers, change, &std::pair<diff::Rename, int>::first);
    return known == m_renamers.end() ? -1 : known->second;
}

void Planner::clear(int node, const QList<ObjectId> &dependants)
{
    if (!dependants.isEmpty())
        m_toClear << std::pair{node, dependants};
}

void Planner::settle()
{
    // What is dropped may have dependants of its own: the list grows while it is worked off.
    for (qsizetype i = 0; i < m_toClear.size(); ++i) {
        const auto [cleared, dependants] = m_toClear[i];
        const diff::Change change = m_nodes[cleared].line.change;
        m_change = &change;
        for (const ObjectId &id : dependants) {
            const Pair pair = pairOf(*this, id);
            if (pair.drop >= 0 && pair.drop != cleared)
                m_nodes[cleared].after << pair.drop;
            if (pair.make >= 0 && pair.make != cleared)
                m_nodes[pair.make].after << cleared;
        }
        m_change = nullptr;
    }
}

Plan Planner::plan()
{
    m_errors << nameErrors(m_to);
    const QList<diff::Change> changes =
        m_options.safe ? forSafe(m_difference.changes) : m_difference.changes;
    for (const diff::Change &change : changes) {
        m_change = &change;
        std::visit([this](const auto &typed) { migrate::plan(*this, typed); }, change);
    }
    m_change = nullptr;
    settle();
    addContextRules(*this);
    restoreOnTheWayBack(*this);
    for (Node &node : m_nodes) {
        for (ReverseStatement &back : node.line.reverse)
            back.sql = withoutBreakpoints(back.sql);
    }
    if (m_options.safe)
        dropWhatIsLeftLast(*this);
    Plan made = inSteps(m_nodes, m_from, m_to, m_options.safe ? Series::Apart : Series::Together);
    completeWayBack(*this, made);
    made.questions = m_difference.questions;
    made.errors = m_errors + made.errors;
    made.preChecks = preChecks(*this, made);
    return made;
}

} // namespace migrate
