// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: plan.h is its face.
#pragma once

#include "migrate/node.h"

namespace migrate
{

/// Everything that the parts of the planner share.
class Planner
{
public:
    Planner(const diff::Difference &difference, const schema::Database &from,
            const schema::Database &to, const PlanOptions &options);

    Plan plan();

    /// A statement at \a stage for the change that is at work.
    Node node(Stage stage, const QString &statement) const;
    /// Keeps \a node; its number.
    int add(Node node);
    Node &at(int index) { return m_nodes[index]; }

    /// The lock on \a relation when it was there before the plan, else nothing.
    Effect on(const schema::Name &relation, Lock lock, Work work = Work::None) const;
    void lock(Effect &effect, const schema::Name &relation, Lock lock) const;
    bool existed(const schema::Name &relation) const;

    /// Both under the names after all renames.
    const schema::Database &from() const { return m_from; }
    const schema::Database &to() const { return m_to; }
    /// What there was, with no other new names than those of schemas.
    const schema::Database &unrenamed() const { return m_unrenamed; }
    const diff::Difference &difference() const { return m_difference; }
    const PlanOptions &options() const { return m_options; }
    const schema::Surroundings *live() const { return m_options.surroundings; }
    const QList<Node> &nodes() const { return m_nodes; }

    /// The object as \a live() calls it: before the renames.
    schema::ObjectId liveId(schema::ObjectId id) const;
    schema::Name liveName(const schema::Name &name, diff::Kind kind = diff::Kind::Table) const;
    /// What a table or view is called before all renames but those of schemas.
    schema::Name nameBefore(schema::Name relation) const;

    /// A live object with its statements as they have to read after the renames. Refuses the plan
    /// where that cannot be.
    schema::LiveObject liveObject(const schema::ObjectId &id);
    /// Only what it has beyond its definition, which may be made in other words.
    QStringList liveRestoration(const schema::ObjectId &id) const;

    /// What drops \a id and what makes it (again); -1 for none.
    int dropOf(const schema::ObjectId &id) const { return m_drops.value(id, -1); }
    int makerOf(const schema::ObjectId &id) const { return m_makers.value(id, -1); }
    void registerDrop(const schema::ObjectId &id, int node) { m_drops.insert(id, node); }
    void registerMaker(const schema::ObjectId &id, int node) { m_makers.insert(id, node); }
    /// What changes \a id where it stands.
    QList<int> changersOf(const schema::ObjectId &id) const { return m_changers.value(id); }
    void registerChanger(const schema::ObjectId &id, int node) { m_changers[id] << node; }

    /// The last node for \a change, a new name; -1 for none.
    int renamerOf(const diff::Rename &change) const;
    void registerRenamer(const diff::Rename &change, int node)
    {
        m_renamers << std::pair{change, node};
    }

    /// \a node cannot run while \a dependants are there: they are dropped before it and made again
    /// after it. Taken care of when all changes are known.
    void clear(int node, const QList<schema::ObjectId> &dependants);

    /// What comes up again and again is said once.
    void refuse(const base::Error &error)
    {
        if (!m_errors.contains(error))
            m_errors << error;
    }

private:
    void settle();

    const diff::Difference &m_difference;
    schema::Database m_from;
    schema::Database m_unrenamed;
    const schema::Database &m_to;
    const PlanOptions &m_options;
    const diff::Change *m_change = nullptr;
    QList<Node> m_nodes;
    QHash<schema::ObjectId, int> m_drops, m_makers;
    QHash<schema::ObjectId, QList<int>> m_changers;
    QList<std::pair<diff::Rename, int>> m_renamers;
    QList<std::pair<int, QList<schema::ObjectId>>> m_toClear;
    QList<base::Error> m_errors;
};

// One file a family of changes.
void plan(Planner &planner, const diff::AddSchema &change);
void plan(Planner &planner, const diff::DropSchema &change);
void plan(Planner &planner, const diff::AddTable &change);
void plan(Planner &planner, const diff::DropTable &change);
void plan(Planner &planner, const diff::SetRowLevelSecurity &change);
void plan(Planner &planner, const diff::AddColumn &change);
void plan(Planner &planner, const diff::DropColumn &change);
void plan(Planner &planner, const diff::AlterColumn &change);
void plan(Planner &planner, const diff::AddPrimaryKey &change);
void plan(Planner &planner, const diff::DropPrimaryKey &change);
void plan(Planner &planner, const diff::AddIndex &change);
void plan(Planner &planner, const diff::DropIndex &change);
void plan(Planner &planner, const diff::AddForeignKey &change);
void plan(Planner &planner, const diff::DropForeignKey &change);
void plan(Planner &planner, const diff::AddUnique &change);
void plan(Planner &planner, const diff::DropUnique &change);
void plan(Planner &planner, const diff::AddCheck &change);
void plan(Planner &planner, const diff::DropCheck &change);
void plan(Planner &planner, const diff::AddPolicy &change);
void plan(Planner &planner, const diff::DropPolicy &change);
void plan(Planner &planner, const diff::AlterPolicy &change);
void plan(Planner &planner, const diff::AddEnum &change);
void plan(Planner &planner, const diff::DropEnum &change);
void plan(Planner &planner, const diff::AddEnumValue &change);
void plan(Planner &planner, const diff::RebuildEnum &change);
void plan(Planner &planner, const diff::AddSequence &change);
void plan(Planner &planner, const diff::DropSequence &change);
void plan(Planner &planner, const diff::AlterSequence &change);
void plan(Planner &planner, const diff::AddRole &change);
void plan(Planner &planner, const diff::DropRole &change);
void plan(Planner &planner, const diff::AlterRole &change);
void plan(Planner &planner, const diff::AddView &change);
void plan(Planner &planner, const diff::DropView &change);
void plan(Planner &planner, const diff::AlterView &change);
void plan(Planner &planner, const diff::Rename &change);

} // namespace migrate
