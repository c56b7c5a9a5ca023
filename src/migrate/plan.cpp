// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/plan.h"

#include "diff/equal.h"
#include "migrate/alteration.h"
#include "migrate/columntype.h"
#include "migrate/hazards.h"
#include "migrate/objectorder.h"
#include "migrate/renames.h"
#include "migrate/statements.h"
#include "migrate/text.h"

#include <algorithm>

namespace migrate
{

namespace
{
/// The fixed order of drizzle-kit's statements, as far as they are written here.
enum class Stage {
    Schemas,
    Enums,
    EnumValues,
    Tables,
    EarlyForeignKeyDrops, ///< ours: before the table they point to is dropped with CASCADE
    TableDrops,
    UniqueDrops,
    CheckDrops,
    ForeignKeyDrops,
    IndexDrops,
    ChangedIndexDrops,
    Alterations,
    ColumnAdditions,
    NewTableForeignKeys,
    NewTableIndexes,
    ForeignKeys,
    Indexes,
    ChangedIndexes,
    ColumnDrops,
    Uniques,
    Checks,
    Policies,
    EnumDrops,
};

template <typename Part>
bool hasNamed(const schema::Table *table, const QList<Part> schema::Table::*parts,
              const QString &name)
{
    return table && std::ranges::find(table->*parts, name, &Part::name) != (table->*parts).end();
}

schema::Name targetOf(const schema::ForeignKey &key)
{
    return {diff::plainSchema(key.targetSchema), key.targetTable};
}

/// Turns changes into statements, one overload a kind of change.
class Planner
{
public:
    Planner(const diff::Difference &difference, const schema::Database &from,
            const schema::Database &to)
        : m_difference(difference)
        , m_from(from)
        , m_to(to)
    {
    }

    Plan plan()
    {
        for (const diff::Change &change : m_difference.changes) {
            m_change = &change;
            std::visit(*this, change);
        }
        std::ranges::stable_sort(m_lines, {}, &Staged::stage);
        Plan plan;
        for (const Staged &staged : std::as_const(m_lines))
            plan.lines << staged.line;
        plan.unsupported = m_unsupported;
        plan.questions = m_difference.questions;
        return plan;
    }

    void operator()(const diff::AddSchema &c)
    {
        add(Stage::Schemas, createSchema(c.schema), hazards::none());
    }
    void operator()(const diff::AddEnum &c)
    {
        add(Stage::Enums, createEnum(c.type), hazards::none());
    }
    void operator()(const diff::AddEnumValue &c)
    {
        add(Stage::EnumValues, addEnumValue(c.type, c.value, c.before),
            hazards::addEnumValue(isUsed(c)));
    }
    void operator()(const diff::DropEnum &c)
    {
        add(Stage::EnumDrops, dropEnum(c.type.name), hazards::dropEnum());
    }
    void operator()(const diff::AddTable &c)
    {
        const schema::Table &table = c.table;
        add(Stage::Tables, createTable(table), hazards::none());
        if (table.rowLevelSecurity || !table.policies.isEmpty())
            add(Stage::Tables, enableRowLevelSecurity(table.name), hazards::none());
        for (const schema::ForeignKey &key : inObjectOrder(table.foreignKeys))
            add(Stage::NewTableForeignKeys, addForeignKey(table.name, key),
                hazards::addForeignKey(true, isNew(key)));
        for (const schema::Index &index : inObjectOrder(table.indexes))
            add(Stage::NewTableIndexes, createIndex(table.name, index), hazards::none());
        for (const schema::Policy &policy : inObjectOrder(table.policies))
            add(Stage::Policies, createPolicy(table.name, policy), hazards::none());
    }
    void operator()(const diff::DropTable &c)
    {
        for (const schema::Policy &policy : inObjectOrder(c.table.policies))
            add(Stage::TableDrops, dropPolicy(c.table.name, policy.name), hazards::dropTable());
        add(Stage::TableDrops, dropTable(c.table.name), hazards::dropTable());
    }
    void operator()(const diff::AddColumn &c)
    {
        add(Stage::ColumnAdditions, addColumn(c.table, c.column), hazards::addColumn(c.column));
    }
    void operator()(const diff::DropColumn &c)
    {
        add(Stage::ColumnDrops, dropColumn(c.table, c.column.name), hazards::dropColumn());
    }
    void operator()(const diff::AlterColumn &c)
    {
        for (const AlterationStatement &entry : alteration(c, m_from, m_to))
            add(Stage::Alterations, entry.statement, entry.hazards);
    }
    void operator()(const diff::AddIndex &c)
    {
        const bool changed = hasNamed(m_from.table(c.table), &schema::Table::indexes, c.index.name);
        add(changed ? Stage::ChangedIndexes : Stage::Indexes, createIndex(c.table, c.index),
            hazards::addIndex(c.index));
    }
    void operator()(const diff::DropIndex &c)
    {
        const bool changed = hasNamed(m_to.table(c.table), &schema::Table::indexes, c.index.name);
        add(changed ? Stage::ChangedIndexDrops : Stage::IndexDrops,
            dropIndex(c.table, c.index.name), hazards::dropIndex());
    }
    void operator()(const diff::AddForeignKey &c)
    {
        add(Stage::ForeignKeys, addForeignKey(c.table, c.key),
            hazards::addForeignKey(false, isNew(c.key)));
    }
    void operator()(const diff::DropForeignKey &c)
    {
        const bool early = !m_to.table(targetOf(c.key));
        add(early ? Stage::EarlyForeignKeyDrops : Stage::ForeignKeyDrops,
            dropConstraint(c.table, c.key.name), hazards::dropForeignKey());
    }
    void operator()(const diff::AddUnique &c)
    {
        add(Stage::Uniques, addUnique(c.table, c.unique), hazards::addUnique());
    }
    void operator()(const diff::DropUnique &c)
    {
        add(Stage::UniqueDrops, dropConstraint(c.table, c.unique.name), hazards::dropUnique());
    }
    void operator()(const diff::AddCheck &c)
    {
        add(Stage::Checks, addCheck(c.table, c.check), hazards::addCheck());
    }
    void operator()(const diff::DropCheck &c)
    {
        add(Stage::CheckDrops, dropConstraint(c.table, c.check.name), hazards::dropCheck());
    }
    void operator()(const diff::Unsupported &c) { m_unsupported << c; }
    /// Kinds of change that have no statements here.
    template <typename Other> void operator()(const Other &)
    {
        m_unsupported << diff::Unsupported{{}, {}, diff::describe(*m_change)};
    }

private:
    struct Staged {
        Stage stage;
        PlanLine line;
    };

    void add(Stage stage, const QString &statement, const QList<Hazard> &hazards)
    {
        m_lines << Staged{stage, PlanLine{statement, *m_change, hazards}};
    }

    bool isNew(const schema::ForeignKey &key) const { return !m_from.table(targetOf(key)); }

    /// Whether a default that this plan sets or creates names the new value.
    bool isUsed(const diff::AddEnumValue &added) const
    {
        const auto uses = [&](const schema::Column &column) {
            return isEnum(column, m_to) &&
                   typeParts(column.type).base == added.type.name.toLower() &&
                   column.defaultValue &&
                   column.defaultValue->text.contains(u'\'' + added.value + u'\'');
        };
        return std::ranges::any_of(m_difference.changes, [&](const diff::Change &change) {
            if (const auto *alter = std::get_if<diff::AlterColumn>(&change))
                return uses(alter->after);
            if (const auto *column = std::get_if<diff::AddColumn>(&change))
                return uses(column->column);
            const auto *table = std::get_if<diff::AddTable>(&change);
            return table && std::ranges::any_of(table->table.columns, uses);
        });
    }

    const diff::Difference &m_difference;
    const schema::Database &m_from;
    const schema::Database &m_to;
    const diff::Change *m_change = nullptr;
    QList<Staged> m_lines;
    QList<diff::Unsupported> m_unsupported;
};

/// drizzle-kit ends these statements with a newline of their own.
bool endsLine(const PlanLine &line)
{
    if (std::holds_alternative<diff::AddTable>(line.change))
        return line.statement.startsWith(QLatin1String("CREATE TABLE"));
    return std::holds_alternative<diff::AddSchema>(line.change) ||
           std::holds_alternative<diff::DropForeignKey>(line.change);
}
} // namespace

Plan plan(const diff::Difference &difference, const schema::Database &from,
          const schema::Database &to, const PlanOptions &)
{
    Plan made = Planner(difference, from, to).plan();
    if (!made.lines.isEmpty())
        made.steps << PlanStep{.first = 0, .count = made.lines.size(), .after = to};
    return made;
}

Lock Effect::lock() const
{
    Lock strongest = Lock::None;
    for (const LockedRelation &locked : locks)
        strongest = std::max(strongest, locked.lock);
    return strongest;
}

QList<ReverseStatement> reverse(const Plan &plan, const PlanStep &step)
{
    QList<ReverseStatement> statements;
    for (qsizetype i = step.first + step.count; i-- > step.first;)
        statements << plan.lines[i].reverse;
    return statements;
}

QString fileText(const Plan &plan, bool breakpoints)
{
    return fileText(plan, PlanStep{.first = 0, .count = plan.lines.size()}, breakpoints);
}

QString fileText(const Plan &plan, const PlanStep &step, bool breakpoints)
{
    QStringList statements;
    for (const PlanLine &line : plan.linesOf(step))
        statements << (endsLine(line) ? line.statement + u'\n' : line.statement);
    return statements.join(breakpoints ? QStringLiteral("--> statement-breakpoint\n")
                                       : QStringLiteral("\n"));
}

// lupdate takes base:: before a function's name for the context of its texts.
using base::Error;

Error openQuestion(const QList<diff::RenameCandidate> &questions)
{
    const diff::RenameCandidate &first = questions.first();
    QString detail = diff::describe(first);
    if (questions.size() > 1)
        detail += Text::tr(", and %1 more questions").arg(questions.size() - 1);
    return Error{.kind = base::ErrorKind::Ambiguous,
                 .text = Text::tr("It is not clear whether something was renamed"),
                 .where = diff::word(first.kind),
                 .detail = detail,
                 .hint = Text::tr("say %1, or --accept-drops when it is dropped and added")
                             .arg(renameOption(first))};
}

} // namespace migrate
