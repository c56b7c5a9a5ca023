// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/precheck.h"

#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/defaults.h"
#include "migrate/hazards.h"
#include "migrate/mentions.h"
#include "migrate/planenums.h"
#include "migrate/statements.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <QMap>
#include <QRegularExpression>

#include <algorithm>

namespace migrate
{

namespace
{
using sql::identifier;

/// Writes the questions about one table, which has another name and other columns before the plan.
class Questions
{
public:
    Questions(const Planner &planner, const schema::Name &table)
        : m_planner(planner)
        , m_table(table)
        , m_before(planner.from().table(table))
    {
    }

    /// Whether new columns that hold NULL can be the reason of a failure.
    enum class Nulls { Harmless, Matter };

    bool canAsk() const { return m_before != nullptr; }
    /// A key sees the rows of its own table alone, not those of tables that inherit from it.
    void asKeySees()
    {
        const schema::Surroundings *live = m_planner.live();
        if (!live)
            return;
        const schema::Name now = m_planner.liveName(m_table);
        const bool isParent = std::ranges::any_of(
            live->tables, [&](const auto &traits) { return traits.inherits.contains(now); });
        if (isParent && live->tables.value(now).partitionKey.isEmpty())
            m_only = QStringLiteral("ONLY ");
    }
    /// Whether one can ask for \a columns: they are there, or come with one value for all rows.
    bool has(const QStringList &columns, Nulls nulls = Nulls::Harmless)
    {
        if (!m_before)
            return false;
        for (const QString &name : columns) {
            if (m_before->column(name) || m_brought.contains(name))
                continue;
            const QString value = valueInAllRows(name, nulls);
            if (value.isEmpty())
                return false;
            m_brought.insert(name, value);
        }
        return true;
    }

    /// Rows for which \a condition is true; \a shown are columns or SQL to show with the key.
    PreCheck ask(const QString &what, const QStringList &shown, const QString &condition) const
    {
        PreCheck check;
        check.what = what;
        check.table = m_planner.liveName(m_table);
        check.keyColumns = m_before->keyColumns();
        QStringList list;
        for (const QString &column : std::as_const(check.keyColumns))
            list << identifier(column);
        for (const QString &column : shown) {
            if (!list.contains(column))
                list << column;
        }
        if (list.isEmpty())
            list << QStringLiteral("ctid");
        const QString rows =
            QStringLiteral(" FROM ") + source() + QStringLiteral(" WHERE ") + condition;
        check.sql = QStringLiteral("SELECT ") + list.join(QStringLiteral(", ")) + rows +
                    QStringLiteral(" LIMIT ") +
                    QString::number(m_planner.options().rowsPerPreCheck);
        check.countSql = QStringLiteral("SELECT count(*)") + rows;
        return check;
    }

    /// The table as it is now, with its columns called as after the renames of the plan.
    QString source() const
    {
        const schema::Name now = m_planner.liveName(m_table);
        const schema::ObjectId self = tableId(m_table);
        QStringList renamed;
        for (const schema::Column &column : m_before->columns) {
            const QString old = m_planner.liveId(columnId(m_table, column.name)).part;
            if (old != column.name)
                renamed << identifier(old) + QStringLiteral(" AS ") + identifier(column.name);
        }
        const QString alias = QStringLiteral(" AS ") + identifier(self.name.name);
        if (renamed.isEmpty() && m_brought.isEmpty())
            return m_only + (now == m_table ? tableSql(now) : tableSql(now) + alias);
        QStringList list;
        for (const schema::Column &column : m_before->columns) {
            const QString old = m_planner.liveId(columnId(m_table, column.name)).part;
            list << (old == column.name
                         ? identifier(old)
                         : identifier(old) + QStringLiteral(" AS ") + identifier(column.name));
        }
        for (auto it = m_brought.cbegin(); it != m_brought.cend(); ++it)
            list << it.value() + QStringLiteral(" AS ") + identifier(it.key());
        return QStringLiteral("(SELECT ctid, ") + list.join(QStringLiteral(", ")) +
               QStringLiteral(" FROM ") + m_only + tableSql(now) + u')' + alias;
    }

    QString label(const QString &column) const { return m_table.qualified() + u'.' + column; }

private:
    /// What a new column holds everywhere, as SQL; empty when it is not the same everywhere, or its
    /// type may come with the plan.
    QString valueInAllRows(const QString &name, Nulls nulls) const
    {
        const schema::Table *after = m_planner.to().table(m_table);
        const schema::Column *column = after ? after->column(name) : nullptr;
        if (!column || column->generated || !column->typeSchema.isEmpty() ||
            hazards::fillsRows(*column) || (!column->defaultValue && nulls == Nulls::Harmless))
            return {};
        return (column->defaultValue ? u'(' + defaultSql(*column) + u')' : QStringLiteral("NULL")) +
               QStringLiteral("::") + definitionType(*column);
    }

    const Planner &m_planner;
    schema::Name m_table;
    const schema::Table *m_before;
    QString m_only;
    QMap<QString, QString> m_brought; ///< columns that are not there yet, with what they will hold
};

QStringList quotedAll(const QStringList &columns)
{
    QStringList list;
    for (const QString &column : columns)
        list << identifier(column);
    return list;
}

/// One overload a kind of change that can fail on the rows that are there.
class Ask
{
public:
    Ask(const Planner &planner, const Plan &plan, QList<PreCheck> &checks)
        : m_planner(planner)
        , m_plan(plan)
        , m_checks(checks)
    {
    }
    void about(const diff::Change &change)
    {
        m_change = &change;
        std::visit(*this, change);
    }

    template <typename Other> void operator()(const Other &) {}

    void operator()(const diff::AddColumn &c)
    {
        Questions questions(m_planner, c.table);
        const schema::Column &column = c.column;
        const bool filled = column.defaultValue || column.generated || column.identity ||
                            diff::isSerial(column.type);
        if (questions.canAsk() && (column.notNull || column.primaryKey) && !filled)
            keep(questions.ask(Text::tr("%1 is NOT NULL and has no default, and the table has rows")
                                   .arg(questions.label(column.name)),
                               {}, QStringLiteral("true")));
        if (column.primaryKey)
            duplicates(c.table, {column.name}, quotedAll({column.name}), {}, true);
    }

    void operator()(const diff::AlterColumn &c)
    {
        Questions questions(m_planner, c.table);
        if (!questions.canAsk() || c.after.generated)
            return;
        const QString name = identifier(c.after.name);
        if (!c.before.notNull && c.after.notNull && !c.before.primaryKey)
            keep(questions.ask(Text::tr("%1 is NULL").arg(questions.label(c.after.name)), {name},
                               name + QStringLiteral(" IS NULL")),
                 RowTest::Nulls);
        const QString bad = misfit(c.before, c.after, name, m_planner.from(), m_planner.to(),
                                   m_planner.options().serverVersion);
        if (!bad.isEmpty() && !sameColumnType(c.before, c.after))
            keep(questions.ask(
                Text::tr("%1 does not fit %2").arg(questions.label(c.after.name), c.after.type),
                {name}, bad));
    }

    void operator()(const diff::RebuildEnum &c)
    {
        for (const schema::Table &table : m_planner.to().tables) {
            Questions questions(m_planner, table.name);
            if (!questions.canAsk())
                continue;
            for (const schema::Column &column : table.columns) {
                const schema::Column *before =
                    m_planner.from().table(table.name)->column(column.name);
                if (!before || !isEnum(column, m_planner.to()) || enumName(column) != c.after.name)
                    continue;
                const QString name = identifier(column.name);
                const QString bad =
                    misfit(*before, column, name, m_planner.from(), withLiveValues(c), 0);
                if (bad.isEmpty())
                    continue;
                keep(questions.ask(Text::tr("%1 has a value that %2 will not have")
                                       .arg(questions.label(column.name), c.after.name.qualified()),
                                   {name}, bad),
                     RowTest::Values, columnId(table.name, column.name));
            }
        }
    }

    void operator()(const diff::AddCheck &c)
    {
        Questions questions(m_planner, c.table);
        const schema::Table *after = m_planner.to().table(c.table);
        if (!questions.canAsk() || !after)
            return;
        const QStringList columns = mentionedColumns(c.check.expression, *after);
        const std::optional<QString> condition = inLiveValues(c.check.expression, *after, columns);
        if (!questions.has(columns) || changesType(c.table, columns) || !condition)
            return;
        keep(questions.ask(
            Text::tr("%1 does not pass the check %2").arg(c.table.qualified(), c.check.name),
            quotedAll(columns), QStringLiteral("NOT (") + closed(*condition) + u')'));
    }

    void operator()(const diff::AddUnique &c)
    {
        duplicates(c.table, c.unique.columns, quotedAll(c.unique.columns), {},
                   !c.unique.nullsNotDistinct);
    }
    void operator()(const diff::AddPrimaryKey &c)
    {
        Questions questions(m_planner, c.table);
        if (!questions.canAsk() || !questions.has(c.key.columns))
            return;
        duplicates(c.table, c.key.columns, quotedAll(c.key.columns), {}, true);
        QStringList nulls;
        for (const QString &column : c.key.columns)
            nulls << identifier(column) + QStringLiteral(" IS NULL");
        keep(questions.ask(
                 Text::tr("%1 has no value for its new primary key").arg(c.table.qualified()),
                 quotedAll(c.key.columns), nulls.join(QStringLiteral(" OR "))),
             RowTest::Nulls);
    }
    void operator()(const diff::AddIndex &c)
    {
        if (!c.index.isUnique)
            return;
        QStringList columns, parts;
        for (const schema::IndexColumn &column : c.index.columns) {
            parts << (column.isExpression ? u'(' + closed(column.expression) + u')'
                                          : identifier(column.expression));
            if (!column.isExpression)
                columns << column.expression;
        }
        if (const schema::Table *after = m_planner.to().table(c.table)) {
            columns << mentionedColumns(parts.join(u' ') + c.index.where, *after);
            columns.removeDuplicates();
        }
        const schema::Table *after = m_planner.to().table(c.table);
        const auto where = after ? inLiveValues(c.index.where, *after, columns) : c.index.where;
        if (where)
            duplicates(c.table, columns, parts, *where, true);
    }

    void operator()(const diff::AddForeignKey &c)
    {
        Questions questions(m_planner, c.table);
        if (!questions.canAsk() || !questions.has(c.key.columns))
            return;
        Questions target(m_planner, diff::targetOf(c.key));
        questions.asKeySees();
        target.asKeySees();
        const QString targetAlias = QStringLiteral("sluice target"); // nobody's table
        QStringList set, same;
        for (qsizetype i = 0; i < c.key.columns.size(); ++i) {
            const QString own = identifier(c.table.name) + u'.' + identifier(c.key.columns[i]);
            set << own + QStringLiteral(" IS NOT NULL");
            same << identifier(targetAlias) + u'.' + identifier(c.key.targetColumns.value(i)) +
                        QStringLiteral(" = ") + own;
        }
        QString condition = set.join(QStringLiteral(" AND "));
        if (target.canAsk()) {
            if (!target.has(c.key.targetColumns) || changesType(c.table, c.key.columns) ||
                changesType(diff::targetOf(c.key), c.key.targetColumns))
                return;
            condition += QStringLiteral(" AND NOT EXISTS (SELECT FROM (SELECT * FROM %1) AS %2 "
                                        "WHERE %3)")
                             .arg(target.source(), identifier(targetAlias),
                                  same.join(QStringLiteral(" AND ")));
        }
        keep(questions.ask(Text::tr("%1 points at a row of %2 that is not there")
                               .arg(questions.label(c.key.columns.join(QStringLiteral(", "))),
                                    diff::targetOf(c.key).qualified()),
                           quotedAll(c.key.columns), condition));
    }

private:
    /// \a check with the statement that fails by it: about \a column where it has to be.
    void keep(PreCheck check, RowTest test = RowTest::Values, const schema::ObjectId &column = {})
    {
        const QString begin = column.part.isEmpty()
                                  ? QString()
                                  : alterColumn(column.name, column.part, QString()).chopped(1);
        qsizetype found = -1, any = -1;
        for (qsizetype i = m_plan.lines.size(); i-- > 0;) {
            const PlanLine &line = m_plan.lines[i];
            const bool isAbout =
                begin.isEmpty() ? isOf(line.change, *m_change) : line.statement.startsWith(begin);
            if (!isAbout)
                continue;
            any = i;
            if (line.rowTest != RowTest::None &&
                (line.rowTest == test || found < 0 || m_plan.lines[found].rowTest != test))
                found = i;
        }
        check.line = found >= 0 ? found : any;
        if (check.line >= 0)
            m_checks << check;
    }

    /// Whether a line that says \a line has come from \a change, or from a part of it.
    static bool isOf(const diff::Change &line, const diff::Change &change)
    {
        const auto *part = std::get_if<diff::AlterColumn>(&line);
        const auto *whole = std::get_if<diff::AlterColumn>(&change);
        return line == change || (part && whole && part->table == whole->table &&
                                  part->after.name == whole->after.name);
    }

    /// The schema to reach with the values of \a c as they are called now.
    schema::Database withLiveValues(const diff::RebuildEnum &c) const
    {
        schema::Database to = m_planner.to();
        for (schema::Enum &type : to.enums) {
            if (type.name != c.after.name)
                continue;
            for (QString &value : type.values)
                value = liveValue(m_planner, type.name, value);
        }
        return to;
    }

    /// \a expression with the values of enums as they are called now; nothing when it names one
    /// that there is not yet.
    std::optional<QString> inLiveValues(const QString &expression, const schema::Table &table,
                                        const QStringList &columns) const
    {
        QHash<QString, QString> live; // by constant; empty: not there yet
        for (const schema::Column &column : table.columns) {
            const schema::Enum *type = columns.contains(column.name) && !column.typeSchema.isEmpty()
                                           ? m_planner.to().enumType(enumName(column))
                                           : nullptr;
            const schema::Enum *old = type ? m_planner.from().enumType(type->name) : nullptr;
            for (const QString &value : type ? type->values : QStringList())
                live.insert(sql::literal(value),
                            old && old->values.contains(value)
                                ? sql::literal(liveValue(m_planner, type->name, value))
                                : QString());
        }
        static const QRegularExpression constant(QStringLiteral("'(?:[^']|'')*'"));
        QString text;
        qsizetype end = 0;
        for (auto it = constant.globalMatch(expression); it.hasNext();) {
            const QRegularExpressionMatch match = it.next();
            const QString now = live.value(match.captured(), match.captured());
            if (now.isEmpty())
                return std::nullopt;
            text += expression.mid(end, match.capturedStart() - end) + now;
            end = match.capturedEnd();
        }
        return text + expression.mid(end);
    }

    static bool sameColumnType(const schema::Column &before, const schema::Column &after)
    {
        return before.type == after.type && before.typeSchema == after.typeSchema;
    }

    bool changesType(const schema::Name &table, const QStringList &columns) const
    {
        return std::ranges::any_of(m_planner.difference().changes, [&](const diff::Change &change) {
            const auto *alter = std::get_if<diff::AlterColumn>(&change);
            return alter && alter->table == table && columns.contains(alter->after.name) &&
                   !sameColumnType(alter->before, alter->after);
        });
    }

    void duplicates(const schema::Name &table, const QStringList &columns, const QStringList &parts,
                    const QString &where, bool nullsDistinct)
    {
        Questions questions(m_planner, table);
        const auto nulls = nullsDistinct ? Questions::Nulls::Harmless : Questions::Nulls::Matter;
        if (!questions.canAsk() || !questions.has(columns, nulls))
            return;
        questions.asKeySees();
        QStringList conditions;
        if (!where.isEmpty())
            conditions << u'(' + closed(where) + u')';
        if (nullsDistinct) {
            for (const QString &part : parts)
                conditions << part + QStringLiteral(" IS NOT NULL");
        }
        const QString filter = conditions.isEmpty() ? QString()
                                                    : QStringLiteral(" WHERE ") +
                                                          conditions.join(QStringLiteral(" AND "));
        const auto groups = [&](const QStringList &shown) {
            return QStringLiteral("SELECT %1 FROM %2%3 GROUP BY %4 HAVING count(*) > 1")
                .arg(shown.join(QStringLiteral(", ")), questions.source(), filter,
                     parts.join(QStringLiteral(", ")));
        };
        conditions << isIn(groups, parts, nullsDistinct);
        PreCheck check =
            questions.ask(Text::tr("%1 occurs more than once")
                              .arg(questions.label(columns.join(QStringLiteral(", ")))),
                          quotedAll(columns), conditions.join(QStringLiteral(" AND ")));
        // Partners stand together.
        check.sql.insert(check.sql.lastIndexOf(QLatin1String(" LIMIT ")),
                         QStringLiteral(" ORDER BY ") + parts.join(QStringLiteral(", ")));
        check.countSql = QStringLiteral("SELECT coalesce(sum(n), 0) FROM (%1) AS counted")
                             .arg(groups({QStringLiteral("count(*) AS n")}));
        keep(check);
    }

    /// Whether the row has the values of one of \a groups; a few of them are enough, and whole rows
    /// are never sorted.
    template <typename Groups>
    QString isIn(const Groups &groups, const QStringList &parts, bool nullsDistinct) const
    {
        const QString few =
            QStringLiteral(" LIMIT ") + QString::number(m_planner.options().rowsPerPreCheck);
        if (nullsDistinct)
            return QStringLiteral("(%1) IN (%2%3)")
                .arg(parts.join(QStringLiteral(", ")), groups(parts), few);
        QStringList named, same;
        for (qsizetype i = 0; i < parts.size(); ++i) {
            const QString name = identifier(QStringLiteral("sluice %1").arg(i));
            named << parts[i] + QStringLiteral(" AS ") + name;
            same << name + QStringLiteral(" IS NOT DISTINCT FROM ") + parts[i];
        }
        return QStringLiteral("EXISTS (SELECT FROM (%1%2) AS repeated WHERE %3)")
            .arg(groups(named), few, same.join(QStringLiteral(" AND ")));
    }

    const Planner &m_planner;
    const Plan &m_plan;
    QList<PreCheck> &m_checks;
    const diff::Change *m_change = nullptr;
};
} // namespace

QList<PreCheck> preChecks(const Planner &planner, const Plan &plan)
{
    QList<PreCheck> checks;
    Ask ask(planner, plan, checks);
    for (const diff::Change &change : planner.difference().changes)
        ask.about(change);
    return checks;
}

} // namespace migrate
