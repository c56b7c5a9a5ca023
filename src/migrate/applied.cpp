// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/applied.h"

#include <algorithm>

namespace migrate
{

namespace
{
class Apply
{
public:
    explicit Apply(schema::Database &database)
        : m_database(database)
    {
    }

    void operator()(const diff::AddSchema &c) const { m_database.schemas << c.schema; }
    void operator()(const diff::DropSchema &c) const { m_database.schemas.removeAll(c.schema); }
    void operator()(const diff::AddTable &c) const { m_database.tables << c.table; }
    void operator()(const diff::DropTable &c) const { drop(m_database.tables, c.table.name); }
    void operator()(const diff::SetRowLevelSecurity &c) const
    {
        if (schema::Table *table = tableOf(c.table))
            table->rowLevelSecurity = c.enabled;
    }
    void operator()(const diff::AddColumn &c) const
    {
        add(c.table, &schema::Table::columns, c.column);
    }
    void operator()(const diff::DropColumn &c) const
    {
        drop(c.table, &schema::Table::columns, c.column.name);
    }
    void operator()(const diff::AlterColumn &c) const
    {
        schema::Table *table = tableOf(c.table);
        if (!table)
            return;
        const auto it = std::ranges::find(table->columns, c.after.name, &schema::Column::name);
        if (it != table->columns.end())
            alter(*it, c.before, c.after);
    }
    void operator()(const diff::AddPrimaryKey &c) const
    {
        schema::Table *table = tableOf(c.table);
        if (!table)
            return;
        if (c.key.columns.size() == 1 && c.key.name.isEmpty())
            setKey(*table, c.key.columns, true);
        else
            table->primaryKeys = {c.key};
    }
    void operator()(const diff::DropPrimaryKey &c) const
    {
        if (schema::Table *table = tableOf(c.table)) {
            table->primaryKeys.clear();
            setKey(*table, c.key.columns, false);
        }
    }
    void operator()(const diff::AddIndex &c) const
    {
        add(c.table, &schema::Table::indexes, c.index);
    }
    void operator()(const diff::DropIndex &c) const
    {
        drop(c.table, &schema::Table::indexes, c.index.name);
    }
    void operator()(const diff::AddForeignKey &c) const
    {
        add(c.table, &schema::Table::foreignKeys, c.key);
    }
    void operator()(const diff::DropForeignKey &c) const
    {
        drop(c.table, &schema::Table::foreignKeys, c.key.name);
    }
    void operator()(const diff::AddUnique &c) const
    {
        add(c.table, &schema::Table::uniques, c.unique);
    }
    void operator()(const diff::DropUnique &c) const
    {
        drop(c.table, &schema::Table::uniques, c.unique.name);
    }
    void operator()(const diff::AddCheck &c) const
    {
        add(c.table, &schema::Table::checks, c.check);
    }
    void operator()(const diff::DropCheck &c) const
    {
        drop(c.table, &schema::Table::checks, c.check.name);
    }
    void operator()(const diff::AddPolicy &c) const
    {
        if (c.policy.on.isEmpty())
            add(c.table, &schema::Table::policies, c.policy);
        else
            m_database.linkedPolicies << c.policy;
    }
    void operator()(const diff::DropPolicy &c) const
    {
        if (c.policy.on.isEmpty())
            drop(c.table, &schema::Table::policies, c.policy.name);
        else
            m_database.linkedPolicies.removeIf([&c](const schema::Policy &policy) {
                return policy.name == c.policy.name && policy.on == c.policy.on;
            });
    }
    void operator()(const diff::AlterPolicy &c) const
    {
        (*this)(diff::DropPolicy{c.table, c.before});
        (*this)(diff::AddPolicy{c.table, c.after});
    }
    void operator()(const diff::AddEnum &c) const { m_database.enums << c.type; }
    void operator()(const diff::DropEnum &c) const { drop(m_database.enums, c.type.name); }
    void operator()(const diff::AddEnumValue &c) const
    {
        const auto it = std::ranges::find(m_database.enums, c.type, &schema::Enum::name);
        if (it == m_database.enums.end())
            return;
        const qsizetype place = c.before.isEmpty() ? -1 : it->values.indexOf(c.before);
        it->values.insert(place < 0 ? it->values.size() : place, c.value);
    }
    void operator()(const diff::RebuildEnum &c) const
    {
        replace(m_database.enums, c.before, c.after);
    }
    void operator()(const diff::AddSequence &c) const { m_database.sequences << c.sequence; }
    void operator()(const diff::DropSequence &c) const
    {
        drop(m_database.sequences, c.sequence.name);
    }
    void operator()(const diff::AlterSequence &c) const
    {
        replace(m_database.sequences, c.before, c.after);
    }
    void operator()(const diff::AddRole &c) const { m_database.roles << c.role; }
    void operator()(const diff::DropRole &c) const { drop(m_database.roles, c.role.name); }
    void operator()(const diff::AlterRole &c) const
    {
        replace(m_database.roles, c.before, c.after);
    }
    void operator()(const diff::AddView &c) const { m_database.views << c.view; }
    void operator()(const diff::DropView &c) const { drop(m_database.views, c.view.name); }
    void operator()(const diff::AlterView &c) const
    {
        replace(m_database.views, c.before, c.after);
    }
    // Renames are made before the plan begins to count.
    void operator()(const diff::Rename &) const {}

private:
    schema::Table *tableOf(const schema::Name &name) const
    {
        const auto it = std::ranges::find(m_database.tables, name, &schema::Table::name);
        return it == m_database.tables.end() ? nullptr : &*it;
    }
    template <typename Entry, typename Name>
    static void drop(QList<Entry> &entries, const Name &name)
    {
        entries.removeIf([&name](const Entry &entry) { return entry.name == name; });
    }
    template <typename Part>
    void add(const schema::Name &name, QList<Part> schema::Table::*parts, const Part &part) const
    {
        if (schema::Table *table = tableOf(name))
            table->*parts << part;
    }
    template <typename Part>
    void drop(const schema::Name &name, QList<Part> schema::Table::*parts,
              const QString &part) const
    {
        if (schema::Table *table = tableOf(name))
            drop(table->*parts, part);
    }
    template <typename Entry>
    static void replace(QList<Entry> &entries, const Entry &before, const Entry &after)
    {
        const auto it = std::ranges::find_if(entries, [&](const Entry &entry) {
            return entry.name == before.name || entry.name == after.name;
        });
        if (it != entries.end())
            *it = after;
    }
    static void setKey(schema::Table &table, const QStringList &columns, bool primary)
    {
        for (schema::Column &column : table.columns) {
            if (columns.contains(column.name)) {
                column.primaryKey = primary;
                column.notNull = column.notNull || primary;
            }
        }
    }
    static void alter(schema::Column &column, const schema::Column &before,
                      const schema::Column &after)
    {
        if (before.type != after.type || before.typeSchema != after.typeSchema) {
            column.type = after.type;
            column.typeSchema = after.typeSchema;
        }
        if (before.notNull != after.notNull)
            column.notNull = after.notNull;
        if (before.defaultValue != after.defaultValue)
            column.defaultValue = after.defaultValue;
        if (before.generated != after.generated)
            column.generated = after.generated;
        if (before.identity != after.identity)
            column.identity = after.identity;
    }

    schema::Database &m_database;
};
} // namespace

void apply(const diff::Change &change, schema::Database &database)
{
    std::visit(Apply(database), change);
}

} // namespace migrate
