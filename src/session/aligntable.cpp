// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/aligntable.h"

#include "diff/equal.h"
#include "schema/typename.h"
#include "session/livenames.h"

#include <algorithm>

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
            diff::plainSchema(live.typeSchema) ==
                liveName(diff::plainSchema(declared.typeSchema)) &&
            schema::canonicalType(live.type) == schema::canonicalType(liveType(declared)));
}

bool isNull(const std::optional<schema::Default> &value)
{
    return !value || value->text.compare(QLatin1String("null"), Qt::CaseInsensitive) == 0;
}

/// Whom a declared list means that is not written by name: only the server knew, when the policy
/// was made.
bool isWhoeverAsks(const QString &role)
{
    static const QStringList words{QStringLiteral("current_user"), QStringLiteral("session_user"),
                                   QStringLiteral("current_role")};
    return words.contains(role.toLower());
}

bool sameRoles(const QStringList &live, const QStringList &declared)
{
    const QString everybody = QStringLiteral("public");
    if (live == QStringList{everybody})
        return declared.isEmpty() || declared.contains(everybody); // the others are ignored
    QStringList unknown = live;
    qsizetype askers = 0;
    for (const QString &role : declared) {
        if (isWhoeverAsks(role))
            ++askers;
        else if (!live.contains(role))
            return false;
        else
            unknown.removeAll(role);
    }
    return unknown.size() <= askers;
}

bool haveSameExpressions(const schema::Policy &live, const schema::Policy &declared)
{
    return live.usingExpression.has_value() == declared.usingExpression.has_value() &&
           live.withCheck.has_value() == declared.withCheck.has_value();
}

bool mayBeSame(const schema::Check &, const schema::Check &)
{
    return true;
}

bool mayBeSame(const schema::Index &live, const schema::Index &declared)
{
    return !live.invalid && live.isUnique == declared.isUnique && live.method == declared.method &&
           live.columns.size() == declared.columns.size() &&
           live.where.isEmpty() == declared.where.isEmpty();
}

bool mayBeSame(const schema::Policy &live, const schema::Policy &declared)
{
    return sameRoles(live.roles, declared.roles) && haveSameExpressions(live, declared);
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
        pair(Doubt::Kind::Check, m_live.checks, m_declared.checks);
        pair(Doubt::Kind::Index, m_live.indexes, m_declared.indexes);
        pair(Doubt::Kind::Policy, m_live.policies, m_declared.policies);
        for (const schema::Index &declared : m_declared.indexes)
            alignIndex(declared);
        for (const schema::Policy &declared : m_declared.policies)
            alignPolicy(declared);
        // drizzle-kit switches it on with the first policy and does not say so in its snapshot.
        // That the policies are gone is their difference and not this one's.
        if (m_live.rowLevelSecurity && !m_declared.policies.isEmpty() && !m_live.policies.isEmpty())
            m_live.rowLevelSecurity = m_declared.rowLevelSecurity;
        m_live.name = m_declared.name;
    }

private:
    void doubt(Doubt::Kind kind, const QString &part) { m_doubts << Doubt{kind, m_name, part}; }

    /// Parts of another name may be the same for all that: a server can tell. Of many it would
    /// take too long.
    template <typename Part>
    void pair(Doubt::Kind kind, const QList<Part> &lives, const QList<Part> &allDeclared)
    {
        constexpr qsizetype most = 36;
        const auto without = [](const QList<Part> &parts, const QList<Part> &others) {
            QList<const Part *> single;
            for (const Part &part : parts) {
                const bool isThere = std::ranges::any_of(others, [&part](const Part &other) {
                    return liveName(other.name) == liveName(part.name);
                });
                if (!isThere)
                    single << &part;
            }
            return single;
        };
        const QList<const Part *> gone = without(lives, allDeclared);
        const QList<const Part *> added = gone.isEmpty() ? gone : without(allDeclared, lives);
        if (gone.size() * added.size() > most)
            return;
        for (const Part *live : gone) {
            for (const Part *declared : added) {
                if (mayBeSame(*live, *declared))
                    m_doubts << Doubt{kind, m_name, live->name, liveName(declared->name)};
            }
        }
    }

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
        wanted.invalid = live->invalid;
        for (schema::IndexColumn &column : wanted.columns) {
            if (!column.isExpression)
                column.expression = liveName(column.expression);
        }
        if (diff::sameDefinition(*live, wanted)) {
            *live = declared;
            live->invalid = wanted.invalid;
        } else {
            doubt(Doubt::Kind::Index, live->name);
        }
        live->name = declared.name;
    }

    void alignPolicy(const schema::Policy &declared)
    {
        schema::Policy *live = named(m_live.policies, liveName(declared.name));
        if (!live)
            return;
        alignPolicyWords(*live, declared);
        const bool isSame = live->usingExpression == declared.usingExpression &&
                            live->withCheck == declared.withCheck;
        if (!isSame && haveSameExpressions(*live, declared))
            doubt(Doubt::Kind::Policy, live->name);
        live->name = declared.name;
    }

    schema::Table &m_live;
    const schema::Table &m_declared;
    const schema::Name m_name;
    QList<Doubt> &m_doubts;
};
} // namespace

void alignPolicyWords(schema::Policy &live, const schema::Policy &declared)
{
    if (sameRoles(live.roles, declared.roles))
        live.roles = declared.roles;
    if (live.as.compare(declared.as, Qt::CaseInsensitive) == 0)
        live.as = declared.as;
    if (live.command.compare(declared.command, Qt::CaseInsensitive) == 0)
        live.command = declared.command;
}

void alignTable(schema::Table &live, const schema::Table &declared, QList<Doubt> &doubts)
{
    TableAlignment(live, declared, doubts).run();
}

} // namespace session
