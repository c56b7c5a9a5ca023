// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/identity.h"

#include "diff/equal.h"
#include "migrate/columntype.h"
#include "migrate/hazards.h"
#include "migrate/objectstatements.h"
#include "migrate/sequences.h"
#include "migrate/statements.h"
#include "sql/identifier.h"

namespace migrate
{

namespace
{
schema::Name sequenceOf(const ColumnSteps &steps, const schema::Identity &identity)
{
    const QString schema = identity.sequenceSchema.isEmpty()
                               ? steps.table().schema
                               : diff::plainSchema(identity.sequenceSchema);
    return {schema, identity.sequenceName};
}

void moveBehindRows(ColumnSteps &steps, const schema::Name &sequence,
                    const schema::SequenceOptions &options)
{
    Node node = steps.statement(
        sequenceBehindRows(steps.table(), steps.column(), sequence, options), QString());
    node.line.effect = steps.planner().on(steps.table(), Lock::AccessShare, Work::Scan);
    node.line.hazards << hazards::of(Rule::SequenceMoves);
    node.line.reverse.clear();
    steps.add(node);
}

QString kindWord(const schema::Identity &identity)
{
    return identity.kind == schema::Identity::Kind::Always ? QStringLiteral("ALWAYS")
                                                           : QStringLiteral("BY DEFAULT");
}

/// SET … for one option that differs; an option that is not given goes back to what the server
/// takes.
struct Option {
    const char *words;
    const char *unset;
    QString schema::SequenceOptions::*value;
};
const QList<Option> &options()
{
    static const QList<Option> list = {
        {"SET MINVALUE ", "SET NO MINVALUE", &schema::SequenceOptions::minValue},
        {"SET MAXVALUE ", "SET NO MAXVALUE", &schema::SequenceOptions::maxValue},
        {"SET INCREMENT BY ", "SET INCREMENT BY 1", &schema::SequenceOptions::increment},
        {"SET START WITH ", "SET START WITH 1", &schema::SequenceOptions::startWith},
        {"SET CACHE ", "SET CACHE 1", &schema::SequenceOptions::cache},
    };
    return list;
}

QString setOption(const Option &option, const schema::SequenceOptions &values)
{
    const QString value = values.*option.value;
    return value.isEmpty() ? QString::fromLatin1(option.unset)
                           : QLatin1String(option.words) + value;
}

bool isOutside(const schema::SequenceOptions &before, const schema::SequenceOptions &after)
{
    bool known = false;
    bool wasKnown = false;
    const qint64 least = after.minValue.toLongLong(&known);
    const qint64 start = before.startWith.toLongLong(&wasKnown);
    if (known && wasKnown && start < least)
        return true;
    const qint64 most = after.maxValue.toLongLong(&known);
    return known && wasKnown && start > most;
}

/// drizzle-kit sets one after the other, which fails where the start is out of the new bounds.
void setOptions(ColumnSteps &steps, const schema::SequenceOptions &before,
                const schema::SequenceOptions &after)
{
    QStringList actions;
    QStringList back;
    for (const Option &option : options()) {
        if (before.*option.value == after.*option.value)
            continue;
        actions << setOption(option, after);
        back << setOption(option, before);
    }
    if (isOutside(before, after) || isOutside(after, before)) {
        const QString join = QStringLiteral(" ");
        steps.add(steps.node(actions.join(join) + QStringLiteral(" RESTART"),
                             back.join(join) + QStringLiteral(" RESTART")));
        return;
    }
    for (qsizetype i = 0; i < actions.size(); ++i)
        steps.add(steps.node(actions[i], back[i]));
}
} // namespace

ColumnSteps::ColumnSteps(Planner &planner, const diff::AlterColumn &change)
    : m_planner(planner)
    , m_change(change)
{
}

Node ColumnSteps::statement(const QString &statement, const QString &back) const
{
    Node node = m_planner.node(Stage::Alterations, statement);
    node.uses << tableId(table()) << columnId(table(), column());
    node.releases << columnId(table(), m_change.before.name);
    if (isEnum(m_change.after, m_planner.to()))
        node.uses << enumId(enumName(m_change.after));
    node.line.effect = m_planner.on(table(), Lock::AccessExclusive);
    if (!back.isEmpty())
        node.line.reverse << ReverseStatement{back};
    return node;
}

Node ColumnSteps::node(const QString &action, const QString &back) const
{
    return statement(alterColumn(table(), column(), action),
                     back.isEmpty() ? QString() : alterColumn(table(), column(), back));
}

int ColumnSteps::add(Node node)
{
    if (m_last >= 0)
        node.after << m_last;
    m_last = m_planner.add(node);
    m_planner.registerChanger(columnId(table(), column()), m_last);
    return m_last;
}

void ColumnSteps::finish()
{
    if (m_last >= 0)
        m_planner.at(m_last).applies << m_change;
}

void leaveSerial(ColumnSteps &steps, const schema::Column &before)
{
    const schema::Name sequence = serialSequence(steps.planner(), steps.table(), before.name);
    const QString nextval = QStringLiteral("nextval(") + sql::literal(publicToo(sequence)) +
                            QStringLiteral("::regclass)");
    steps.add(steps.node(QStringLiteral("DROP DEFAULT"), QStringLiteral("SET DEFAULT ") + nextval));
    Node node =
        steps.statement(dropSerialSequence(steps.planner(), steps.table(), before.name), QString());
    node.frees << sequenceId(sequence);
    // As code it cannot be judged.
    node.line.effect = Effect{};
    if (steps.planner().existed(steps.table()))
        node.line.effect.locks << LockedRelation{.relation = sequence,
                                                 .lock = Lock::AccessExclusive};
    const QString owned =
        QStringLiteral("ALTER SEQUENCE %1 OWNED BY %2.%3;")
            .arg(publicToo(sequence), publicToo(steps.table()), sql::identifier(before.name));
    node.line.reverse << ReverseStatement{QStringLiteral("CREATE SEQUENCE %1 AS %2;")
                                              .arg(publicToo(sequence), withoutSerial(before.type))}
                      << ReverseStatement{owned}
                      << ReverseStatement{
                             sequenceBehindRows(steps.table(), before.name, sequence, {})};
    steps.add(node);
}

void joinSerial(ColumnSteps &steps)
{
    const schema::Name sequence = serialSequence(steps.planner(), steps.table(), steps.column());
    Node create =
        steps.statement(QStringLiteral("CREATE SEQUENCE %1 AS %2;")
                            .arg(publicToo(sequence), withoutSerial(steps.change().after.type)),
                        dropSequence(sequence));
    create.takes << relationKey(sequence);
    steps.add(create);
    steps.add(steps.node(QStringLiteral("SET DEFAULT nextval(") +
                             sql::literal(publicToo(sequence)) + QStringLiteral("::regclass)"),
                         QStringLiteral("DROP DEFAULT")));
    steps.add(steps.statement(
        QStringLiteral("ALTER SEQUENCE %1 OWNED BY %2.%3;")
            .arg(publicToo(sequence), publicToo(steps.table()), sql::identifier(steps.column())),
        QString()));
    moveBehindRows(steps, sequence, {});
}

void changeSerial(ColumnSteps &steps)
{
    const schema::Name sequence = serialSequence(steps.planner(), steps.table(), steps.column());
    const auto as = [&](const schema::Column &column) {
        return QStringLiteral("ALTER SEQUENCE %1 AS %2;")
            .arg(publicToo(sequence), withoutSerial(column.type));
    };
    steps.add(steps.statement(as(steps.change().after), as(steps.change().before)));
}

void leaveIdentity(ColumnSteps &steps)
{
    const schema::Identity &identity = *steps.change().before.identity;
    Node node = steps.node(QStringLiteral("DROP IDENTITY"),
                           QStringLiteral("ADD") + identitySql(steps.table(), identity));
    node.gives << relationKey(sequenceOf(steps, identity));
    node.line.reverse << ReverseStatement{sequenceBehindRows(
        steps.table(), steps.column(), sequenceOf(steps, identity), identity.options)};
    steps.add(node);
}

void joinIdentity(ColumnSteps &steps)
{
    const schema::Identity &identity = *steps.change().after.identity;
    Node node = steps.node(QStringLiteral("ADD") + identitySql(steps.table(), identity),
                           QStringLiteral("DROP IDENTITY"));
    node.takes << relationKey(sequenceOf(steps, identity));
    steps.add(node);
    moveBehindRows(steps, sequenceOf(steps, identity), identity.options);
}

void changeIdentity(ColumnSteps &steps)
{
    const schema::Identity &before = *steps.change().before.identity;
    const schema::Identity &after = *steps.change().after.identity;
    const schema::Name old = sequenceOf(steps, before);
    const schema::Name now = sequenceOf(steps, after);
    if (before.kind != after.kind)
        steps.add(steps.node(QStringLiteral("SET GENERATED ") + kindWord(after),
                             QStringLiteral("SET GENERATED ") + kindWord(before)));
    if (old.name != now.name) {
        const schema::Name here{now.schema, old.name};
        Node rename = steps.statement(renameObject(QStringLiteral("SEQUENCE"), here, now.name),
                                      renameObject(QStringLiteral("SEQUENCE"), now, old.name));
        rename.gives << relationKey(here);
        rename.takes << relationKey(now);
        steps.add(rename);
    }
    setOptions(steps, before.options, after.options);
    if (before.options.cycle != after.options.cycle)
        steps.add(steps.node(
            after.options.cycle ? QStringLiteral("SET CYCLE") : QStringLiteral("SET NO CYCLE"),
            after.options.cycle ? QStringLiteral("SET NO CYCLE") : QStringLiteral("SET CYCLE")));
    if (isOutside(before.options, after.options))
        moveBehindRows(steps, now, after.options);
}

} // namespace migrate
