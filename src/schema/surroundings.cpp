// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/surroundings.h"

#include <QHashFunctions>
#include <QSet>

namespace schema
{

namespace
{
/// Walks what needs an object, deepest first.
class Walk
{
public:
    explicit Walk(const QHash<ObjectId, QList<Dependant>> &usedBy)
        : m_usedBy(usedBy)
    {
    }

    void from(const ObjectId &id)
    {
        m_seen.insert(id);
        const auto found = m_usedBy.constFind(id);
        if (found == m_usedBy.cend())
            return;
        for (const Dependant &dependant : *found) {
            if (m_seen.contains(dependant.id))
                continue;
            from(dependant.id);
            if (dependant.tie != Dependant::Tie::Part)
                m_order << dependant.id;
        }
    }
    QList<ObjectId> take() { return std::move(m_order); }

private:
    const QHash<ObjectId, QList<Dependant>> &m_usedBy;
    QSet<ObjectId> m_seen;
    QList<ObjectId> m_order;
};
} // namespace

size_t qHash(const ObjectId &id, size_t seed) noexcept
{
    return qHashMulti(seed, int(id.kind), id.name, id.part);
}

QString sqlName(ObjectKind kind)
{
    static const QHash<ObjectKind, QString> names{
        {ObjectKind::Schema, QStringLiteral("SCHEMA")},
        {ObjectKind::Role, QStringLiteral("ROLE")},
        {ObjectKind::Extension, QStringLiteral("EXTENSION")},
        {ObjectKind::Table, QStringLiteral("TABLE")},
        {ObjectKind::Partition, QStringLiteral("TABLE")},
        {ObjectKind::ForeignTable, QStringLiteral("FOREIGN TABLE")},
        {ObjectKind::View, QStringLiteral("VIEW")},
        {ObjectKind::MaterializedView, QStringLiteral("MATERIALIZED VIEW")},
        {ObjectKind::Sequence, QStringLiteral("SEQUENCE")},
        {ObjectKind::Index, QStringLiteral("INDEX")},
        {ObjectKind::Column, QStringLiteral("COLUMN")},
        {ObjectKind::Constraint, QStringLiteral("CONSTRAINT")},
        {ObjectKind::Policy, QStringLiteral("POLICY")},
        {ObjectKind::Trigger, QStringLiteral("TRIGGER")},
        {ObjectKind::Rule, QStringLiteral("RULE")},
        {ObjectKind::Function, QStringLiteral("FUNCTION")},
        {ObjectKind::Procedure, QStringLiteral("PROCEDURE")},
        {ObjectKind::Aggregate, QStringLiteral("AGGREGATE")},
        {ObjectKind::Operator, QStringLiteral("OPERATOR")},
        {ObjectKind::Enum, QStringLiteral("TYPE")},
        {ObjectKind::Domain, QStringLiteral("DOMAIN")},
        {ObjectKind::Composite, QStringLiteral("TYPE")},
        {ObjectKind::Range, QStringLiteral("TYPE")},
        {ObjectKind::Collation, QStringLiteral("COLLATION")},
        {ObjectKind::Statistics, QStringLiteral("STATISTICS")},
        {ObjectKind::Publication, QStringLiteral("PUBLICATION")},
        {ObjectKind::EventTrigger, QStringLiteral("EVENT TRIGGER")},
    };
    return names.value(kind);
}

QList<ObjectId> Surroundings::dependants(const ObjectId &id) const
{
    Walk walk(usedBy);
    walk.from(id);
    return walk.take();
}

LiveObject Surroundings::object(const ObjectId &id) const
{
    return objects.value(id, LiveObject{.id = id});
}

} // namespace schema
