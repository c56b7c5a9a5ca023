// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/alteration.h"

#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/conversion.h"
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
        const bool plain = m_before.generated && !m_after.generated;
        const bool plainFirst = plain && (typed || m_after.defaultValue);
        if (plainFirst)
            stopGenerating();
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
            !(m_after.defaultValue && isRebuilt(m_planner, m_after) && !typed))
            changeDefault();
        if (m_before.notNull != m_after.notNull && !staysInKey(m_change))
            changeNull();
        else if (m_before.notNull != m_after.notNull && isNothingElse())
            keepNotNull();
        if (leaves && !leavesFirst)
            leaveIdentity(m_steps);
        if (m_serialAfter && !m_serialBefore)
            joinSerial(m_steps);
        if (m_after.identity && !m_before.identity)
            joinIdentity(m_steps);
        else if (m_after.identity && m_before.identity != m_after.identity)
            changeIdentity(m_steps);
        if (plain && !plainFirst)
            stopGenerating();
        m_steps.finish();
    }

private:
    void setDefault(const QString &cast)
    {
        // The old one follows when the column has its type again.
        const QString back = m_before.defaultValue && !m_restoresDefault && !m_defaultDropped
                                 ? setDefaultAction(m_before, QString())
                                 : QStringLiteral("DROP DEFAULT");
        Node node = m_steps.node(setDefaultAction(m_after, cast), back);
        node.line.hazards << hazards::of(Rule::DefaultChanged);
        m_steps.add(node);
        m_defaultDone = true;
    }
    void dropDefault()
    {
        if (isRebuilt(m_planner, m_before) && m_before.type == m_after.type)
            return; // the old default goes with the old type
        Node node =
            m_steps.node(QStringLiteral("DROP DEFAULT"),
                         m_before.defaultValue ? setDefaultAction(m_before, QString()) : QString());
        node.line.hazards << hazards::of(Rule::DefaultChanged);
        m_steps.add(node);
        m_defaultDone = !m_after.defaultValue;
        m_defaultDropped = true;
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
        node.line.rowTest = m_after.notNull ? RowTest::Nulls : RowTest::None;
        if (!m_after.notNull)
            node.frees << notNullId(m_change.table, m_after.name);
        m_steps.add(node);
    }

    /// Its way back: completeWayBack().
    void stopGenerating() { m_steps.add(m_steps.node(QStringLiteral("DROP EXPRESSION"), {})); }

    void setType()
    {
        const std::optional<Conversion> way = conversion(m_source, m_target);
        if (!way)
            refuse();
        const QString type = alterationType(m_after);
        Node node = m_steps.node(setTypeAction(type, way.value_or(Conversion{})), QString());
        addWayBack(node);
        describeType(node);
        node.line.rowTest = RowTest::Values;
        const int typed = m_steps.add(node);
        m_planner.clear(typed, m_inTheWay);
    }

    static QString setTypeAction(const QString &type, const Conversion &way)
    {
        const QString action = QStringLiteral("SET DATA TYPE ") + type;
        return way.expression.isEmpty() ? action
                                        : action + QStringLiteral(" USING ") + way.expression;
    }

    /// As PostgreSQL itself refuses it, also where the table is empty.
    void refuse()
    {
        m_planner.refuse(base::Error{
            .kind = base::ErrorKind::Refused,
            .text = Text::tr("PostgreSQL has no cast between the two types of a column"),
            .where = m_change.table.qualified() + u'.' + m_after.name,
            .detail = Text::tr("%1 would become %2").arg(m_before.type, m_after.type),
            .hint = Text::tr("write a custom migration that converts the values, or "
                             "give the new type to a column of another name")});
    }

    /// The old type, and the old default where nothing before this statement had it.
    void addWayBack(Node &node)
    {
        const auto action = [this](const QString &text) {
            return alterColumn(m_change.table, m_after.name, text);
        };
        const std::optional<Conversion> way = wayBack(m_source, m_target);
        if (!way) {
            node.line.reverse << ReverseStatement{
                {}, Text::tr("PostgreSQL has no cast back to %1").arg(m_before.type)};
            return;
        }
        schema::Column old = m_before;
        // What has the enum's name on the way back is still the new one.
        if (const auto name = m_wasEnum ? oldName(m_planner, enumName(m_before)) : std::nullopt)
            old.type.replace(0, enumName(m_before).name.size(), name->name);
        const std::optional<Conversion> known = wayBack({old, m_wasEnum}, m_target);
        node.line.reverse << ReverseStatement{
            action(setTypeAction(alterationType(old), known.value_or(*way))), way->loss};
        m_restoresDefault = m_before.defaultValue && !m_defaultDropped && !m_defaultDone &&
                            (changesKind() || m_before.defaultValue != m_after.defaultValue);
        if (m_restoresDefault)
            node.line.reverse << ReverseStatement{action(setDefaultAction(m_before, QString()))};
    }

    /// Whether a default has to be away while the column gets its type.
    bool changesKind() const
    {
        return m_wasEnum || m_isEnum || needsUsing(m_before.type, m_after.type) ||
               needsUsing(m_after.type, m_before.type);
    }

    /// A column of the key is NOT NULL whatever the schema says of it.
    bool staysInKey(const diff::AlterColumn &change) const
    {
        const schema::Table *after = m_planner.to().table(change.table);
        return after && change.before.notNull && !change.after.notNull &&
               after->keyColumns().contains(change.after.name) &&
               std::ranges::none_of(m_planner.difference().changes, [&](const diff::Change &other) {
                   const auto *drop = std::get_if<diff::DropPrimaryKey>(&other);
                   return drop && drop->table == change.table;
               });
    }

    /// Whether the plan would have no statement at all, and so no migration that the code is like.
    bool isNothingElse() const
    {
        return std::ranges::all_of(m_planner.difference().changes,
                                   [this](const diff::Change &change) {
                                       const auto *alter = std::get_if<diff::AlterColumn>(&change);
                                       if (!alter || !staysInKey(*alter))
                                           return false;
                                       schema::Column same = alter->before;
                                       same.notNull = false;
                                       return same == alter->after;
                                   });
    }

    /// Says what is so anyway.
    void keepNotNull()
    {
        const QString keep = QStringLiteral("SET NOT NULL");
        Node node = m_steps.node(keep, keep);
        node.line.effect = m_planner.on(m_change.table, Lock::AccessExclusive, Work::None);
        m_steps.add(node);
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
            node.line.reverse.first().loss =
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
        const bool kinds = changesKind();
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
        const std::optional<Conversion> way = conversion(m_source, m_target);
        const bool cast = way && !way->expression.isEmpty();
        // The old default would keep an enum that is made anew.
        const bool keeps = m_wasEnum && isRebuilt(m_planner, m_before);
        const bool dropFirst = (cast || m_wasEnum) && m_before.defaultValue &&
                               (cast || keeps || !m_after.defaultValue);
        if (dropFirst)
            dropDefault();
        setType();
        // drizzle-kit repeats every default but 0, false and the empty text.
        if (m_after.defaultValue && (dropFirst || isTruthy(*m_after.defaultValue)))
            setDefault({});
    }

    void changeToEnum()
    {
        if (m_wasEnum) {
            const bool hasDefault = m_before.defaultValue || m_after.defaultValue;
            if (hasDefault)
                dropDefault();
            setType();
            if (m_after.defaultValue)
                setDefault({});
        } else {
            if (m_after.defaultValue && isTextual(m_before.type))
                setDefault(QStringLiteral("::") + alterationType(m_after));
            else if (m_before.defaultValue)
                dropDefault();
            setType();
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
    const TypedColumn m_source{m_before, m_wasEnum};
    const TypedColumn m_target{m_after, m_isEnum};
    bool m_defaultDone = false;
    bool m_defaultDropped = false;  ///< its way back sets the old one
    bool m_restoresDefault = false; ///< the way back of the type does
    QList<schema::ObjectId> m_inTheWay;
};
} // namespace

void alterColumn(Planner &planner, const diff::AlterColumn &change)
{
    Alteration(planner, change).run();
}

} // namespace migrate
