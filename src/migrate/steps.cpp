// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/steps.h"

#include "migrate/applied.h"
#include "migrate/text.h"

#include <QSet>

#include <algorithm>
#include <numeric>

namespace migrate
{

namespace
{
using schema::ObjectId;

class Order
{
public:
    explicit Order(const QList<Node> &nodes)
        : m_nodes(nodes)
        , m_before(nodes.size())
        , m_committed(nodes.size())
        , m_seen(nodes.size(), Seen::No)
    {
        connect();
    }

    /// Node numbers in order.
    QList<int> sorted()
    {
        QList<int> all;
        for (int i = 0; i < m_nodes.size(); ++i) {
            if (!m_nodes[i].dead)
                all << i;
        }
        std::ranges::stable_sort(all, {}, [this](int i) { return m_nodes[i].stage; });
        for (const int i : std::as_const(all))
            visit(i);
        return m_order;
    }

    /// Of each node the first one that it has something to do with: through others, or a table.
    QList<int> families() const
    {
        QList<int> first(m_nodes.size());
        std::iota(first.begin(), first.end(), 0);
        const auto rootOf = [&first](int i) {
            while (first[i] != i)
                i = first[i];
            return i;
        };
        const auto unite = [&](int one, int other) {
            const auto [low, high] = std::minmax(rootOf(one), rootOf(other));
            first[high] = low;
        };
        QHash<schema::Name, int> ofTable;
        for (int i = 0; i < m_nodes.size(); ++i) {
            for (const int earlier : m_before[i])
                unite(earlier, i);
            for (const ObjectId &id : m_nodes[i].uses + m_nodes[i].releases) {
                const auto known = ofTable.constFind(id.name);
                if (id.kind != schema::ObjectKind::Table)
                    continue;
                if (known == ofTable.cend())
                    ofTable.insert(id.name, i);
                else
                    unite(*known, i);
            }
        }
        for (int i = 0; i < m_nodes.size(); ++i)
            first[i] = rootOf(i);
        return first;
    }

    /// Whether others wait for a migration that \a node has to itself.
    bool isAwaited(int node) const
    {
        return m_nodes[node].alone &&
               std::ranges::any_of(
                   m_before, [node](const QSet<int> &before) { return before.contains(node); });
    }

    /// Statements that wait for each other: there is no order in which they run. Empty: none.
    QStringList circle() const
    {
        QStringList statements;
        for (const int i : m_circle)
            statements << m_nodes[i].line.statement;
        return statements;
    }

    /// The number of the migration each node belongs to, counted from 0 with gaps.
    QList<int> phases(const QList<int> &order)
    {
        QList<int> phase(m_nodes.size(), 0);
        for (const int i : order) {
            for (const int earlier : std::as_const(m_before[i]))
                phase[i] = std::max(phase[i], phase[earlier] + (m_nodes[earlier].alone ? 1 : 0));
            for (const int earlier : std::as_const(m_committed[i]))
                phase[i] = std::max(phase[i], phase[earlier] + 1);
        }
        // What comes back is away no longer than it has to be.
        for (auto it = order.crbegin(); it != order.crend(); ++it) {
            int next = std::numeric_limits<int>::max();
            for (const int later : order) {
                if (m_nodes[*it].late && m_before[later].contains(*it))
                    next = std::min(next, phase[later]);
            }
            if (next != std::numeric_limits<int>::max())
                phase[*it] = std::max(phase[*it], next);
        }
        return phase;
    }

private:
    enum class Seen { No, Open, Done };

    template <typename Key> using Index = QHash<Key, QList<int>>;

    void connect()
    {
        Index<ObjectId> makers, enders;
        Index<QString> givers;
        for (int i = 0; i < m_nodes.size(); ++i) {
            const Node &node = m_nodes[i];
            if (node.dead)
                continue;
            for (const ObjectId &id : node.creates)
                makers[id] << i;
            for (const ObjectId &id : node.frees + node.ends)
                enders[id] << i;
            for (const QString &name : node.gives)
                givers[name] << i;
        }
        for (int i = 0; i < m_nodes.size(); ++i) {
            const Node &node = m_nodes[i];
            if (node.dead)
                continue;
            for (const int earlier : node.after)
                link(earlier, i);
            for (const int earlier : node.afterCommit) {
                link(earlier, i);
                if (!m_nodes[earlier].dead)
                    m_committed[i].insert(earlier);
            }
            for (const ObjectId &id : node.uses) {
                for (const int maker : makers.value(id))
                    link(maker, i);
            }
            for (const ObjectId &id : node.releases) {
                for (const int ender : enders.value(id))
                    link(i, ender);
            }
            for (const QString &name : node.takes) {
                for (const int giver : givers.value(name)) {
                    if (!endsRenamed(giver, i) && m_nodes[giver].continues != i)
                        link(giver, i);
                }
            }
            // What goes is called as after the renames.
            for (const ObjectId &id : node.frees + node.ends) {
                for (const int maker : makers.value(id)) {
                    if (isRename(maker))
                        link(maker, i);
                }
            }
        }
    }

    bool isRename(int node) const
    {
        return std::holds_alternative<diff::Rename>(m_nodes[node].line.change);
    }

    /// Whether \a ender takes away what \a renamer gave a new name.
    bool endsRenamed(int ender, int renamer) const
    {
        const Node &end = m_nodes[ender];
        return isRename(renamer) &&
               std::ranges::any_of(m_nodes[renamer].creates, [&end](const ObjectId &id) {
                   return end.frees.contains(id) || end.ends.contains(id);
               });
    }

    void link(int earlier, int later)
    {
        if (earlier != later && !m_nodes[earlier].dead && !m_nodes[later].dead)
            m_before[later].insert(earlier);
    }

    /// Puts what \a node needs in front of it. A circle is noted, and cut where it closes.
    void visit(int node)
    {
        if (m_seen[node] == Seen::Open && m_circle.isEmpty())
            m_circle = m_open.mid(m_open.indexOf(node));
        if (m_seen[node] != Seen::No)
            return;
        m_seen[node] = Seen::Open;
        m_open << node;
        QList<int> earlier(m_before[node].cbegin(), m_before[node].cend());
        std::ranges::sort(earlier, {}, [this](int i) { return std::pair{m_nodes[i].stage, i}; });
        for (const int i : std::as_const(earlier))
            visit(i);
        m_open.removeLast();
        m_seen[node] = Seen::Done;
        m_order << node;
    }

    const QList<Node> &m_nodes;
    QList<QSet<int>> m_before;    ///< of each node those that run before it
    QList<QSet<int>> m_committed; ///< of those, the ones that have to be committed
    QList<Seen> m_seen;
    QList<int> m_open;   ///< being visited, each needed by the one before it
    QList<int> m_circle; ///< the first that was met: nodes that wait for each other
    QList<int> m_order;
};

/// drizzle-kit never writes a statement twice.
bool isRepeated(const QList<PlanLine> &lines, qsizetype first, const PlanLine &line)
{
    return std::any_of(lines.begin() + first, lines.end(), [&line](const PlanLine &known) {
        return known.statement == line.statement;
    });
}

class Cutter
{
public:
    Cutter(const QList<Node> &nodes, const schema::Database &from)
        : m_nodes(nodes)
        , m_state(from)
    {
    }

    void add(const QList<int> &members)
    {
        PlanStep step{.first = m_plan.lines.size()};
        bool changes = false;
        for (const int i : members) {
            const Node &node = m_nodes[i];
            if (!isRepeated(m_plan.lines, step.first, node.line))
                m_plan.lines << node.line;
            for (const diff::Change &change : node.applies)
                apply(change, m_state);
            changes = changes || !node.applies.isEmpty();
            if (step.suggestedName.isEmpty())
                step.suggestedName = node.name;
        }
        step.count = m_plan.lines.size() - step.first;
        step.custom = !changes;
        step.after = m_state;
        if (step.count > 0)
            m_plan.steps << step;
    }

    Plan take(const schema::Database &to)
    {
        // Whatever the last change is, it completes the schema; later steps only tidy up.
        for (auto it = m_plan.steps.rbegin(); it != m_plan.steps.rend(); ++it) {
            it->after = to;
            if (!it->custom)
                break;
        }
        return std::move(m_plan);
    }

private:
    const QList<Node> &m_nodes;
    schema::Database m_state;
    Plan m_plan;
};
} // namespace

namespace
{
/// \a order in groups that follow each other as a whole: what shares its migrations, then each
/// family whose members wait for a migration of their own.
QList<QList<int>> groupsOf(const Order &graph, const QList<int> &order, Series series)
{
    if (series == Series::Together)
        return {order};
    const QList<int> families = graph.families();
    QSet<int> alone;
    for (const int i : order) {
        if (graph.isAwaited(i))
            alone << families[i];
    }
    QList<QList<int>> groups{{}};
    QHash<int, qsizetype> groupOf;
    for (const int i : order) {
        const int family = families[i];
        if (alone.contains(family) && !groupOf.contains(family)) {
            groupOf.insert(family, groups.size());
            groups << QList<int>();
        }
        groups[groupOf.value(family, 0)] << i;
    }
    return groups;
}

void cut(Cutter &cutter, const QList<Node> &nodes, const QList<int> &order,
         const QList<int> &phases)
{
    const int last = phases.isEmpty() ? 0 : *std::ranges::max_element(phases);
    for (int phase = 0; phase <= last; ++phase) {
        QList<int> together;
        QList<int> apart;
        for (const int i : order) {
            if (phases[i] == phase)
                (nodes[i].alone ? apart : together) << i;
        }
        cutter.add(together);
        for (const int i : std::as_const(apart))
            cutter.add({i});
    }
}
} // namespace

Plan inSteps(const QList<Node> &nodes, const schema::Database &from, const schema::Database &to,
             Series series)
{
    Order graph(nodes);
    const QList<int> order = graph.sorted();
    const QList<int> phases = graph.phases(order);
    Cutter cutter(nodes, from);
    for (const QList<int> &group : groupsOf(graph, order, series))
        cut(cutter, nodes, group, phases);
    Plan made = cutter.take(to);
    if (const QStringList circle = graph.circle(); !circle.isEmpty())
        made.errors << base::Error{
            .kind = base::ErrorKind::Refused,
            .text = Text::tr("There is no order in which the statements of the plan would run"),
            .detail = Text::tr("these wait for each other: %1").arg(circle.join(u' ')),
            .hint = Text::tr("make the change in two migrations, or write a custom one")};
    return made;
}

} // namespace migrate
