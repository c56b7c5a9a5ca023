// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/unread.h"

#include "session/livenames.h"

#include <QHash>

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
    {
    }

    void run(schema::Database &live, const schema::Database &declared) const
    {
        if (m_types)
            live.enums = declared.enums;
        if (m_sequences)
            live.sequences = declared.sequences;
        if (m_policies)
            live.linkedPolicies = declared.linkedPolicies;
        if (m_roles)
            live.roles = declared.roles;
        QHash<schema::Name, const schema::Table *> tables;
        for (const schema::Table &table : declared.tables)
            tables.insert(liveName(table.name), &table);
        for (schema::Table &table : live.tables) {
            if (const schema::Table *wanted = tables.value(liveName(table.name)))
                complete(table, *wanted);
        }
    }

private:
    void complete(schema::Table &live, const schema::Table &declared) const
    {
        if (m_indexes)
            live.indexes = declared.indexes;
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

    bool m_types, m_defaults, m_sequences, m_indexes, m_constraints, m_policies, m_roles;
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
