// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/aligntable.h"

#include "diff/equal.h"
#include "schema/typename.h"
#include "session/livenames.h"

namespace session
{

namespace
{
bool sameType(const schema::Column &live, const schema::Column &declared)
{
    const auto isSerial = [](const schema::Column &column) {
        return column.type.endsWith(QLatin1String("serial"));
    };
    return diff::sameType(live, declared) ||
           (isSerial(live) == isSerial(declared) &&
            diff::plainSchema(live.typeSchema) == diff::plainSchema(declared.typeSchema) &&
            schema::canonicalType(live.type) == schema::canonicalType(declared.type));
}

bool isNull(const std::optional<schema::Default> &value)
{
    return !value || value->text.compare(QLatin1String("null"), Qt::CaseInsensitive) == 0;
}

class TableAlignment
{
public:
    TableAlignment(schema::Table &live, const schema::Table &declared, QList<Doubt> &doubts)
        : m_live(live)
        , m_declared(declared)
        , m_name(live.name)
        , m_doubts(doubts)
    {
    }

    void run()
    {
        const QStringList key = m_live.keyColumns();
        alignPrimaryKey(key);
        for (const schema::Column &declared : m_declared.columns) {
            if (schema::Column *live = named(m_live.columns, liveName(declared.name)))
                alignColumn(*live, declared, key.contains(live->name));
        }
        for (const schema::Unique &declared : m_declared.uniques) {
            schema::Unique *live = named(m_live.uniques, liveName(declared.name));
            if (!live)
                continue;
            if (live->columns == liveNames(declared.columns) &&
                live->nullsNotDistinct == declared.nullsNotDistinct)
                *live = declared;
            live->name = declared.name;
        }
        alignForeignKeys();
        for (const schema::Check &declared : m_declared.checks) {
            schema::Check *live = named(m_live.checks, liveName(declared.name));
            if (live && live->expression != declared.expression)
                doubt(Doubt::Kind::Check, live->name);
            if (live)
                live->name = declared.name;
        }
        for (const schema::Index &declared : m_declared.indexes)
            alignIndex(declared);
        for (const schema::Policy &declared : m_declared.policies)
            alignPolicy(declared);
        // drizzle-kit switches it on with the first policy and does not say so in its snapshot.
        if (m_live.rowLevelSecurity && !m_declared.policies.isEmpty())
            m_live.rowLevelSecurity = m_declared.rowLevelSecurity;
        m_live.name = m_declared.name;
    }

private:
    void doubt(Doubt::Kind kind, const QString &part) { m_doubts << Doubt{kind, m_name, part}; }

    void alignPrimaryKey(const QStringList &key)
    {
        if (key != liveNames(m_declared.keyColumns()))
            return;
        // The name of a key of one column is not declared; its form is the declared one's.
        const bool isNamed = !m_declared.primaryKeys.isEmpty() && !m_live.primaryKeys.isEmpty();
        if (isNamed &&
            m_live.primaryKeys.first().name != liveName(m_declared.primaryKeys.first().name))
            return;
        m_live.primaryKeys = m_declared.primaryKeys;
        for (const schema::Column &declared : m_declared.columns) {
            if (schema::Column *live = named(m_live.columns, liveName(declared.name)))
                live->primaryKey = declared.primaryKey;
        }
    }

    void alignColumn(schema::Column &live, const schema::Column &declared, bool isKey)
    {
        // A key's columns are NOT NULL without saying so, and so is a serial one.
        const bool isImplied = (isKey && !m_declared.keyColumns().isEmpty()) ||
                               declared.type.endsWith(QLatin1String("serial"));
        if (isImplied && live.notNull)
            live.notNull = declared.notNull;
        if (isNull(live.defaultValue) && isNull(declared.defaultValue))
            live.defaultValue = declared.defaultValue;
        alignIdentity(live, declared);
        const bool isTypeSame = sameType(live, declared);
        if (isTypeSame) {
            live.type = declared.type;
            live.typeSchema = declared.typeSchema;
        }
        const bool isExpressionOpen =
            (live.defaultValue && declared.defaultValue &&
             live.defaultValue != declared.defaultValue) ||
            (live.generated && declared.generated && live.generated != declared.generated);
        if (!isTypeSame || isExpressionOpen)
            doubt(Doubt::Kind::Column, live.name);
        live.name = declared.name;
    }

    static void alignIdentity(schema::Column &live, const schema::Column &declared)
    {
        if (!live.identity || !declared.identity || live.identity->kind != declared.identity->kind)
            return;
        const schema::Identity &wanted = *declared.identity;
        const bool isSame = live.identity->options == wanted.options &&
                            live.identity->sequenceName == liveName(wanted.sequenceName);
        if (isSame)
            live.identity = wanted;
    }

    void alignForeignKeys()
    {
        for (const schema::ForeignKey &declared : m_declared.foreignKeys) {
            schema::ForeignKey *live = named(m_live.foreignKeys, liveName(declared.name));
            if (!live)
                continue;
            schema::ForeignKey wanted = declared;
            wanted.name = live->name;
            wanted.columns = liveNames(declared.columns);
            wanted.targetTable = liveName(declared.targetTable);
            wanted.targetColumns = liveNames(declared.targetColumns);
            if (diff::sameDefinition(*live, wanted))
                *live = declared;
            live->name = declared.name;
        }
    }

    void alignIndex(const schema::Index &declared)
    {
        schema::Index *live = named(m_live.indexes, liveName(declared.name));
        if (!live)
            return;
        schema::Index wanted = declared;
        wanted.name = live->name;
        wanted.concurrently = live->concurrently; // how it was made, no state of it
        for (schema::IndexColumn &column : wanted.columns) {
            if (!column.isExpression)
                column.expression = liveName(column.expression);
        }
        if (diff::sameDefinition(*live, wanted))
            *live = declared;
        else
            doubt(Doubt::Kind::Index, live->name);
        live->name = declared.name;
    }

    void alignPolicy(const schema::Policy &declared)
    {
        schema::Policy *live = named(m_live.policies, liveName(declared.name));
        if (!live)
            return;
        QStringList wanted = declared.roles;
        QStringList roles = live->roles;
        wanted.sort();
        roles.sort();
        if (roles == wanted)
            live->roles = declared.roles;
        if (live->as.compare(declared.as, Qt::CaseInsensitive) == 0)
            live->as = declared.as;
        if (live->command.compare(declared.command, Qt::CaseInsensitive) == 0)
            live->command = declared.command;
        const bool isSame = live->usingExpression == declared.usingExpression &&
                            live->withCheck == declared.withCheck;
        const bool comparable =
            live->usingExpression.has_value() == declared.usingExpression.has_value() &&
            live->withCheck.has_value() == declared.withCheck.has_value();
        if (!isSame && comparable)
            doubt(Doubt::Kind::Policy, live->name);
        live->name = declared.name;
    }

    schema::Table &m_live;
    const schema::Table &m_declared;
    const schema::Name m_name;
    QList<Doubt> &m_doubts;
};
} // namespace

void alignTable(schema::Table &live, const schema::Table &declared, QList<Doubt> &doubts)
{
    TableAlignment(live, declared, doubts).run();
}

} // namespace session
