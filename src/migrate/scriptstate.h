// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/effect.h"
#include "schema/database.h"
#include "sql/actions.h"

#include <QHash>
#include <QSet>

namespace migrate
{

/// The schema while a script runs: what its statements so far have made, renamed and retyped.
class ScriptState
{
public:
    explicit ScriptState(const schema::Database &before);

    void apply(const sql::Action &action);
    /// Takes over what \a earlier scripts have left that no schema says.
    void remember(const ScriptState &earlier);

    /// Made by the script: nobody else uses it yet.
    bool isNew(const schema::Name &relation) const { return m_new.contains(relation); }
    /// How \a relation was called before the script.
    schema::Name nameBefore(const schema::Name &relation) const
    {
        return m_before.value(relation, relation);
    }
    const schema::Table *table(const schema::Name &name) const { return m_schema.table(name); }
    const schema::Column *column(const schema::Name &table, const QString &name) const;
    bool hasView(const schema::Name &name) const;
    const QList<schema::Table> &tables() const { return m_schema.tables; }
    /// The table that the index stands on; the index's own name when that is not known.
    schema::Name tableOfIndex(const schema::Name &index) const;
    const schema::ForeignKey *foreignKey(const schema::Name &table, const QString &name) const;
    /// Tables with a foreign key at \a table, or its \a column.
    QList<schema::Name> pointingAt(const schema::Name &table, const QString &column = {}) const;
    /// A check that is known to hold says that the column has no NULL.
    bool isProvedNotNull(const schema::Name &table, const QString &column) const;
    /// The columns of an index that a script has made, empty texts for expressions.
    QStringList columnsOfIndex(const schema::Name &table, const QString &name) const;
    /// Whether the schema or a script has made what is called so.
    bool knows(const schema::Name &name) const;
    /// Columns of tables of the type \a type.
    QList<schema::Name> tablesWithType(const schema::Name &type) const;

    /// What a view that the script has made reads.
    QList<schema::Name> under(const schema::Name &view) const { return m_under.value(view); }

    static schema::Name nameOf(const sql::ObjectName &name);

private:
    schema::Table *find(const schema::Name &name);
    schema::Column *findColumn(const sql::Action &action);
    void rename(const schema::Name &from, const schema::Name &to);
    void addColumn(const sql::Action &action);
    void applyToColumn(const sql::Action &action);
    void applyToKeys(const sql::Action &action);
    void drop(const schema::Name &name);
    void renameType(const sql::Action &action);
    void noteSequence(const sql::Action &action);

    schema::Database m_schema;
    QSet<schema::Name> m_new;
    QHash<schema::Name, schema::Name> m_before; ///< names now → before
    QHash<schema::Name, QList<schema::Name>> m_under;
    struct NotNullCheck {
        schema::Name table;
        QString name, column;
        bool valid = false;
    };
    QList<NotNullCheck> m_checks;
    struct MadeIndex {
        schema::Name table;
        QString name;
        QStringList columns;
    };
    QList<MadeIndex> m_indexes;
    QSet<schema::Name> m_functions;
};

} // namespace migrate
