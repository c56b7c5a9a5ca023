// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/unread.h"

#include "session/livenames.h"

#include <QHash>
#include <QSet>

namespace session
{

namespace
{
bool isSerial(const schema::Column &column)
{
    return column.type.endsWith(QLatin1String("serial"));
}

/// Takes over what is unread.
class Completion
{
public:
    explicit Completion(const QStringList &unread)
        : m_types(unread.contains(QLatin1String("types")))
        , m_defaults(unread.contains(QLatin1String("defaults")))
        , m_sequences(unread.contains(QLatin1String("sequences")))
        , m_indexes(unread.contains(QLatin1String("indexes")) ||
                    unread.contains(QLatin1String("indexcolumns")))
        , m_constraints(unread.contains(QLatin1String("constraints")))
        , m_policies(unread.contains(QLatin1String("policies")))
        , m_roles(unread.contains(QLatin1String("roles")))
        , m_views(unread.contains(QLatin1String("views")))
        , m_members(unread.contains(QLatin1String("members")))
        , m_inheritance(unread.contains(QLatin1String("inheritance")))
    {
    }

    void run(schema::Database &live, const schema::Database &declared) const
    {
        if (m_types)
            live.enums = declared.enums;
        if (m_sequences)
            live.sequences = declared.sequences;
        if (m_defaults) // which of them count a column is not known
            keepDeclared(live.sequences, declared.sequences);
        if (m_members || m_inheritance)
            keepDeclared(live.tables, declared.tables);
        if (m_members)
            leaveMembers(live, declared);
        if (m_policies)
            live.linkedPolicies = declared.linkedPolicies;
        if (m_roles)
            live.roles = declared.roles;
        QHash<schema::Name, const schema::Table *> tables;
        for (const schema::Table &table : declared.tables)
            tables.insert(liveName(table.name), &table);
        if (m_views)
            completeViews(live, declared);
        for (schema::Table &table : live.tables) {
            if (const schema::Table *wanted = tables.value(liveName(table.name)))
                complete(table, *wanted);
        }
    }

private:
    /// What nobody declares may be somebody else's.
    template <typename Entry>
    static void keepDeclared(QList<Entry> &live, const QList<Entry> &declared)
    {
        QSet<schema::Name> names;
        for (const Entry &entry : declared)
            names << liveName(entry.name);
        live.removeIf([&](const Entry &entry) { return !names.contains(liveName(entry.name)); });
    }

    static void leaveMembers(schema::Database &live, const schema::Database &declared)
    {
        keepDeclared(live.views, declared.views);
        keepDeclared(live.enums, declared.enums);
        keepDeclared(live.sequences, declared.sequences);
        const QStringList own = liveNames(declared.schemas);
        live.schemas.removeIf([&](const QString &name) { return !own.contains(liveName(name)); });
    }

    static void completeViews(schema::Database &live, const schema::Database &declared)
    {
        for (schema::View &view : live.views) {
            for (const schema::View &wanted : declared.views) {
                if (liveName(wanted.name) == liveName(view.name))
                    view.definition = wanted.definition;
            }
        }
    }

    void complete(schema::Table &live, const schema::Table &declared) const
    {
        if (m_indexes) {
            live.indexes = declared.indexes;
            for (schema::Unique &unique : live.uniques) {
                for (const schema::Unique &wanted : declared.uniques) {
                    if (liveName(wanted.name) == liveName(unique.name))
                        unique.nullsNotDistinct = wanted.nullsNotDistinct;
                }
            }
        }
        if (m_constraints) {
            live.foreignKeys = declared.foreignKeys;
            live.primaryKeys = declared.primaryKeys;
            live.uniques = declared.uniques;
            live.checks = declared.checks;
        }
        if (m_policies) {
            live.policies = declared.policies;
            live.policiesInactive = !live.policies.isEmpty() && !live.rowLevelSecurity;
        }
        for (schema::Column &column : live.columns) {
            for (const schema::Column &wanted : declared.columns) {
                if (liveName(wanted.name) == liveName(column.name))
                    complete(column, wanted);
            }
        }
    }

    void complete(schema::Column &live, const schema::Column &declared) const
    {
        const bool isOfEnum = !declared.typeSchema.isEmpty();
        const bool isCounted = isSerial(declared) && !isSerial(live);
        if ((m_types && isOfEnum) || ((m_sequences || m_defaults) && isCounted)) {
            live.type = declared.type;
            live.typeSchema = declared.typeSchema;
            live.defaultValue = declared.defaultValue;
        }
        if (m_constraints)
            live.primaryKey = declared.primaryKey;
        if (m_defaults) {
            live.defaultValue = declared.defaultValue;
            live.generated = declared.generated;
        }
        if (m_sequences && live.identity && declared.identity)
            live.identity = declared.identity;
    }

    bool m_types, m_defaults, m_sequences, m_indexes, m_constraints, m_policies, m_roles, m_views,
        m_members, m_inheritance;
};
} // namespace

schema::Database withUnread(schema::Database live, const QStringList &unread,
                            const schema::Database &declared)
{
    if (!unread.isEmpty())
        Completion(unread).run(live, declared);
    return live;
}

} // namespace session
