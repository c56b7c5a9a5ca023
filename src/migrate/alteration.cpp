// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/alteration.h"

#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/defaults.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/identity.h"
#include "migrate/planenums.h"
#include "migrate/sequences.h"
#include "migrate/statements.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <algorithm>

namespace migrate
{

namespace
{
QString setDefaultAction(const schema::Column &column, const QString &cast)
{
    return QStringLiteral("SET DEFAULT ") + defaultSql(column) + cast;
}

bool isTruthy(const schema::Default &value)
{
    switch (value.form) {
    case schema::Default::Form::Number:
        return value.text.toDouble() != 0;
    case schema::Default::Form::Boolean:
        return value.text == QLatin1String("true");
    case schema::Default::Form::Json:
        return value.text != QLatin1String("null");
    case schema::Default::Form::Sql:
        break;
    }
    return !value.text.isEmpty();
}

class Alteration
{
public:
    Alteration(Planner &planner, const diff::AlterColumn &change)
        : m_planner(planner)
        , m_change(change)
        , m_before(change.before)
        , m_after(change.after)
        , m_steps(planner, change)
        , m_wasEnum(isEnum(change.before, planner.from()))
        , m_isEnum(isEnum(change.after, planner.to()))
        , m_serialBefore(diff::isSerial(change.before.type))
        , m_serialAfter(diff::isSerial(change.after.type))
    {
        m_before.type = withoutSerial(m_before.type);
        m_after.type = withoutSerial(m_after.type);
    }

    void run()
    {
        const bool typed =
            m_before.type != m_after.type || m_before.typeSchema != m_after.typeSchema;
        const bool leaves = m_before.identity && !m_after.identity;
        const bool leavesFirst = leaves && (m_after.defaultValue || m_serialAfter ||
                                            m_before.notNull != m_after.notNull || typed);
        if (leavesFirst)
            leaveIdentity(m_steps);
        if (m_serialBefore && !m_serialAfter)
            leaveSerial(m_steps, m_change.before);
        if (typed)
            changeType();
        if (m_serialBefore && m_serialAfter && typed)
            changeSerial(m_steps);
        if (m_before.defaultValue != m_after.defaultValue && !m_defaultDone &&
            !(m_after.defaultValue && isRebuilt(m_planner, m_after)))
            changeDefault();
        if (m_before.notNull != m_after.notNull)
            changeNull();
        if (leaves && !leavesFirst)
            leaveIdentity(m_steps);
        if (m_serialAfter && !m_serialBefore)
            joinSerial(m_steps);
        if (m_after.identity && !m_before.identity)
            joinIdentity(m_steps);
        else if (m_after.identity && m_before.identity != m_after.identity)
            changeIdentity(m_steps);
        if (m_before.generated && !m_after.generated)
            stopGenerating();
        m_steps.finish();
    }

private:
    void setDefault(const QString &cast)
    {
        const QString back = m_before.defaultValue ? setDefaultAction(m_before, QString())
                                                   : QStringLiteral("DROP DEFAULT");
        Node node = m_steps.node(setDefaultAction(m_after, cast), back);
        node.line.hazards << hazards::of(Rule::DefaultChanged);
        m_steps.add(node);
        m_defaultDone = true;
    }
    void dropDefault()
    {
        if (isRebuilt(m_planner, m_before))
            return; // the old default goes with the old type
        Node node =
            m_steps.node(QStringLiteral("DROP DEFAULT"),
                         m_before.defaultValue ? setDefaultAction(m_before, QString()) : QString());
        node.line.hazards << hazards::of(Rule::DefaultChanged);
        m_steps.add(node);
        m_defaultDone = !m_after.defaultValue;
    }
    void changeDefault()
    {
        if (m_after.defaultValue)
            setDefault({});
        else
            dropDefault();
    }

    void changeNull()
    {
        const QString set = QStringLiteral("SET NOT NULL");
        const QString drop = QStringLiteral("DROP NOT NULL");
        Node node = m_steps.node(m_after.notNull ? set : drop, m_after.notNull ? drop : set);
        node.line.effect = m_planner.on(m_change.table, Lock::AccessExclusive,
                                        m_after.notNull ? Work::Scan : Work::None);
        node.line.hazards << hazards::of(m_after.notNull ? Rule::SetNotNull : Rule::DropNotNull);
        m_steps.add(node);
    }

    void stopGenerating()
    {
        Node node = m_steps.node(QStringLiteral("DROP EXPRESSION"), QString());
        node.line.reverse = {ReverseStatement{dropColumn(m_change.table, m_after.name)},
                             ReverseStatement{addColumn(m_change.table, m_change.before)}};
        m_steps.add(node);
    }

    void setType(const QString &usingCast)
    {
        QString action = QStringLiteral("SET DATA TYPE ") + alterationType(m_after);
        if (!usingCast.isEmpty())
            action += QStringLiteral(" USING ") + sql::identifier(m_after.name) + usingCast;
        Node node = m_steps.node(action, backType());
        describeType(node);
        const int typed = m_steps.add(node);
        m_planner.clear(typed, m_inTheWay);
    }

    /// The way back, by text where nothing is known.
    QString backType() const
    {
        const QString type = alterationType(m_before);
        QString action = QStringLiteral("SET DATA TYPE ") + type;
        const QString name = sql::identifier(m_after.name);
        if (m_wasEnum || m_isEnum)
            action += QStringLiteral(" USING ") + name + QStringLiteral("::text::") + type;
        else if (needsUsing(m_after.type, m_before.type))
            action += QStringLiteral(" USING ") + name + QStringLiteral("::") + type;
        return action;
    }

    void describeType(Node &node)
    {
        const bool anEnum = m_wasEnum || m_isEnum;
        const TypeEffect effect = anEnum ? TypeEffect{} : typeEffect(m_before.type, m_after.type);
        node.line.effect = m_planner.on(m_change.table, Lock::AccessExclusive,
                                        effect.rewrites ? Work::Rewrite : Work::None);
        node.line.hazards << hazards::of(effect.rewrites ? Rule::TypeRewrites : Rule::TypeAtOnce);
        if (effect.narrows || (m_isEnum && !m_wasEnum))
            node.line.hazards << hazards::of(Rule::TypeNarrows);
        if (effect.rounds) {
            node.line.effect.loss = Text::tr("values may silently lose digits or their time");
            node.line.reverse.last().loss =
                Text::tr("what was cut off from values does not come back");
        }
        node.line.hazards << hazards::of(Rule::CachedPlans);
        if (!m_inTheWay.isEmpty()) {
            QStringList names;
            for (const schema::ObjectId &id : std::as_const(m_inTheWay))
                names << (id.part.isEmpty() ? id.name.name : id.part);
            names.removeDuplicates();
            node.line.hazards << hazards::of(Rule::TypeHasDependants,
                                             names.join(QStringLiteral(", ")));
        }
        if (m_wasEnum)
            node.releases << enumId(enumName(m_change.before));
        if (m_isEnum)
            node.uses << enumId(enumName(m_change.after));
    }

    void changeType()
    {
        const bool kinds = m_wasEnum || m_isEnum || needsUsing(m_before.type, m_after.type) ||
                           needsUsing(m_after.type, m_before.type);
        m_inTheWay = dependantsOfColumn(m_planner, m_change.table, m_after.name,
                                        kinds ? Reach::Literals : Reach::Type);
        if (kinds)
            m_inTheWay << keysOfOtherType();
        if (m_isEnum)
            changeToEnum();
        else
            changeToPlain();
    }

    /// Foreign keys that compare the column with one of another type in between.
    QList<schema::ObjectId> keysOfOtherType() const
    {
        QList<schema::ObjectId> ids;
        for (const schema::Table &table : m_planner.from().tables) {
            for (const schema::ForeignKey &key : table.foreignKeys) {
                const bool own = table.name == m_change.table && key.columns.contains(m_after.name);
                const bool target = diff::targetOf(key) == m_change.table &&
                                    key.targetColumns.contains(m_after.name);
                if (own || target)
                    ids << constraintId(table.name, key.name);
            }
        }
        return ids;
    }

    void changeToPlain()
    {
        const bool cast =
            m_wasEnum ? !isTextual(m_after.type) : needsUsing(m_before.type, m_after.type);
        const QString type = QStringLiteral("::") + alterationType(m_after);
        const bool dropFirst =
            (cast || m_wasEnum) && m_before.defaultValue && (cast || !m_after.defaultValue);
        if (dropFirst)
            dropDefault();
        setType(!cast ? QString() : m_wasEnum ? QStringLiteral("::text") + type : type);
        // drizzle-kit repeats every default but 0, false and the empty text.
        if (m_after.defaultValue && (dropFirst || isTruthy(*m_after.defaultValue)))
            setDefault({});
    }

    void changeToEnum()
    {
        const QString type = QStringLiteral("::") + alterationType(m_after);
        const QString direct = isTextual(m_before.type) ? type : QStringLiteral("::text") + type;
        if (m_wasEnum) {
            const bool hasDefault = m_before.defaultValue || m_after.defaultValue;
            if (hasDefault)
                dropDefault();
            setType(QStringLiteral("::text") + type);
            if (m_after.defaultValue)
                setDefault({});
        } else {
            if (m_after.defaultValue && isTextual(m_before.type))
                setDefault(type);
            else if (m_before.defaultValue)
                dropDefault();
            setType(direct);
            if (m_after.defaultValue && !m_defaultDone)
                setDefault({});
        }
    }

    Planner &m_planner;
    const diff::AlterColumn &m_change;
    schema::Column m_before; ///< with serial as what it is stored as
    schema::Column m_after;
    ColumnSteps m_steps;
    const bool m_wasEnum;
    const bool m_isEnum;
    const bool m_serialBefore;
    const bool m_serialAfter;
    bool m_defaultDone = false;
    QList<schema::ObjectId> m_inTheWay;
};
} // namespace

void alterColumn(Planner &planner, const diff::AlterColumn &change)
{
    Alteration(planner, change).run();
}

} // namespace migrate
