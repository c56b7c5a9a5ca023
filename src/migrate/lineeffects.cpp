// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/lineeffects.h"

#include "migrate/hazards.h"
#include "migrate/judge.h"
#include "migrate/lockorder.h"
#include "sql/identifier.h"

#include <QLocale>

#include <algorithm>

namespace migrate
{

namespace
{
/// Which line each statement of the joined text belongs to.
struct Joined {
    QString script;
    QList<qsizetype> ends; ///< of each line
};

Joined joined(const QList<PlanLine> &lines)
{
    Joined made;
    for (const PlanLine &line : lines) {
        made.script += line.statement + u'\n';
        made.ends << made.script.size();
    }
    return made;
}

bool has(const QList<Hazard> &hazards, const Hazard &wanted)
{
    return std::ranges::any_of(hazards, [&](const Hazard &hazard) {
        return hazard.rule == wanted.rule || hazard.text == wanted.text;
    });
}

void addSizes(LockedRelation &locked, const schema::Name &before, const schema::Surroundings &live)
{
    const auto traits = live.tables.constFind(before);
    if (traits == live.tables.cend())
        return;
    locked.rows = traits->rows;
    locked.bytes = traits->bytes;
}

class Description
{
public:
    Description(PlanLine &line, const schema::Surroundings *live)
        : m_line(line)
        , m_live(live)
    {
    }

    /// A line may hold several statements: their locks add up.
    void add(const JudgedStatement &judged)
    {
        if (!judged.canBeJudged)
            return;
        if (!m_judged)
            m_line.effect = Effect{.loss = m_line.effect.loss};
        m_judged = true;
        Effect &effect = m_line.effect;
        for (qsizetype i = 0; i < judged.effect.locks.size(); ++i) {
            LockedRelation locked = judged.effect.locks[i];
            if (m_live)
                addSizes(locked, judged.known[i], *m_live);
            effect.locks << locked;
        }
        effect.work = std::max(effect.work, judged.effect.work);
        effect.inTransaction = effect.inTransaction && judged.effect.inTransaction;
        for (const Hazard &hazard : judged.hazards) {
            if (hazard.rule != Rule::None && !has(m_line.hazards, hazard) &&
                hazard.text != effect.loss)
                m_line.hazards << hazard;
        }
    }

private:
    PlanLine &m_line;
    const schema::Surroundings *m_live;
    bool m_judged = false;
};

void describeAlone(PlanLine &line, const schema::Database &before, const schema::Surroundings *live)
{
    Description description(line, live);
    const auto judged = judge(line.statement, before);
    for (const JudgedStatement &statement : judged ? *judged : QList<JudgedStatement>())
        description.add(statement);
}

void describeTogether(QList<PlanLine> &lines, const Joined &text,
                      const QList<JudgedStatement> &judged, const schema::Surroundings *live)
{
    qsizetype line = 0;
    std::optional<Description> description;
    for (const JudgedStatement &statement : judged) {
        while (text.ends[line] <= statement.span.offset) {
            ++line;
            description.reset();
        }
        if (!description)
            description.emplace(lines[line], live);
        description->add(statement);
    }
}

/// Whether \a type is a domain that forbids something, itself or by the domain that it is made of.
bool isConstrained(const QString &type, const schema::Surroundings &live)
{
    using schema::ObjectKind;
    for (const schema::LiveObject &object : live.objects) {
        const schema::Name &name = object.id.name;
        const bool isIt =
            object.id.kind == ObjectKind::Domain &&
            (type == name.name || type == name.qualified() || type == sql::identifier(name.name) ||
             type == sql::identifier(name.schema, name.name));
        if (!isIt)
            continue;
        const bool isChecked =
            std::ranges::any_of(live.objects, [&name](const schema::LiveObject &other) {
                return other.id.kind == ObjectKind::Constraint && other.id.name == name;
            });
        const QString made = object.definition.section(QStringLiteral(" AS "), 1);
        return isChecked || made.endsWith(QLatin1String(" NOT NULL")) ||
               isConstrained(made.section(QStringLiteral(" COLLATE "), 0, 0)
                                 .section(QStringLiteral(" DEFAULT "), 0, 0),
                             live);
    }
    return false;
}

/// A new column of such a domain is checked in every row, and PostgreSQL writes them for that.
void addDomainWork(PlanLine &line, const schema::Surroundings &live)
{
    const auto *added = std::get_if<diff::AddColumn>(&line.change);
    if (added && line.effect.lock() == Lock::AccessExclusive &&
        line.statement.contains(QLatin1String(" ADD COLUMN ")) &&
        isConstrained(added->column.type, live))
        line.effect.work = Work::Rewrite;
}

/// What a rewrite needs while the old rows are there as well: the new ones with their indexes, and
/// as much in the log. Of what is not known how large it is nothing is said.
void addDiskSpace(PlanLine &line, const schema::Surroundings &live)
{
    if (line.effect.work != Work::Rewrite)
        return;
    qint64 bytes = 0;
    for (const LockedRelation &locked : line.effect.locks) {
        if (locked.lock != Lock::AccessExclusive || locked.bytes <= 0)
            continue;
        bytes += locked.bytes;
        for (const schema::IndexTraits &index : live.indexes)
            bytes += index.table == locked.relation ? index.bytes : 0;
    }
    if (bytes > 0)
        line.hazards << hazards::of(Rule::DiskSpace, QLocale().formattedDataSize(2 * bytes));
}

void addLockOrder(Plan &plan)
{
    QHash<schema::Name, schema::Name> before; // names now → before the plan
    for (const PlanStep &step : std::as_const(plan.steps)) {
        LockOrder order;
        for (qsizetype i = step.first; i < step.first + step.count; ++i) {
            PlanLine &line = plan.lines[i];
            QList<schema::Name> names;
            for (const LockedRelation &locked : std::as_const(line.effect.locks))
                names << before.value(locked.relation, locked.relation);
            if (const auto several = order.next(line.effect, names))
                line.hazards << *several;
            const auto *rename = std::get_if<diff::Rename>(&line.change);
            if (rename && (rename->kind == diff::Kind::Table || rename->kind == diff::Kind::View))
                before.insert(rename->to, before.value(rename->from, rename->from));
        }
    }
}
} // namespace

void describeEffects(Plan &plan, const schema::Database &before, const schema::Surroundings *live)
{
    // Nobody uses what was not there.
    if (!before.tables.isEmpty() || !before.views.isEmpty() || !before.sequences.isEmpty()) {
        const Joined text = joined(plan.lines);
        const auto judged = judge(text.script, before);
        if (judged)
            describeTogether(plan.lines, text, *judged, live);
        for (PlanLine &line : plan.lines) {
            if (!judged)
                describeAlone(line, before, live);
        }
    }
    for (PlanLine &line : plan.lines) {
        if (live)
            addDomainWork(line, *live);
    }
    for (PlanLine &line : plan.lines)
        line.hazards = hazards::ofEffect(line.effect) + line.hazards;
    for (PlanLine &line : plan.lines) {
        if (live)
            addDiskSpace(line, *live);
    }
    addLockOrder(plan);
}

} // namespace migrate
