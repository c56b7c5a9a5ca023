// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/conditions.h"
#include "query/cuts.h"
#include "query/nested.h"
#include "query/select.h"
#include "query/writer.h"
#include "sql/identifier.h"

#include <algorithm>

namespace query
{

namespace
{

const QString indent = QStringLiteral("  ");
const QString pageAlias = QStringLiteral("page");
const QString cutAlias = QStringLiteral("cut");
const QString nestedAlias = QStringLiteral("nested");

QString tableText(const TableRef &table)
{
    const QString name = sql::identifier(table.table.schema, table.table.name);
    return table.alias == table.table.name ? name : name + u' ' + sql::identifier(table.alias);
}

QString columnsText(const QString &alias, const QStringList &columns)
{
    QStringList texts;
    for (const QString &column : columns)
        texts << sqlText({alias, column});
    const QString text = texts.join(QStringLiteral(", "));
    return columns.size() == 1 ? text : u'(' + text + u')';
}

/// Rows whose tenant is known further on are those whose key is among the tenant's rows there.
QString scopeCondition(const Scope &scope, qsizetype index, const QString &row, Writer &writer)
{
    if (scope.column.column.isEmpty())
        return QStringLiteral("false");
    if (index == scope.path.size()) {
        const QString column = sqlText({row, scope.column.column});
        const QString own = column + QStringLiteral(" = ") + writer.bind(scope.tenant.toUtf8());
        return scope.withShared ? QStringLiteral("(%1 OR %2 IS NULL)").arg(own, column) : own;
    }
    const ScopeStep &step = scope.path.at(index);
    const QString next = QStringLiteral("scope_%1").arg(index + 1);
    QString targets = columnsText(next, step.targetColumns);
    if (targets.startsWith(u'('))
        targets = targets.sliced(1, targets.size() - 2);
    QString text = columnsText(row, step.columns) + QStringLiteral(" IN (SELECT ") + targets +
                   QStringLiteral(" FROM ") + tableText({step.target, next}) +
                   QStringLiteral(" WHERE ") + scopeCondition(scope, index + 1, next, writer) +
                   u')';
    if (!step.mayEnd)
        return text;
    for (const QString &column : step.columns)
        text.prepend(sqlText({row, column}) + QStringLiteral(" IS NULL OR "));
    return u'(' + text + u')';
}

QString scopeCondition(const Scope &scope, Writer &writer)
{
    return scopeCondition(scope, 0, scope.column.alias, writer);
}

void writeJoin(const Join &join, const QList<Scope> &scopes, Writer &writer)
{
    QStringList pairs;
    for (const auto &[left, right] : join.on)
        pairs << sqlText(right) + QStringLiteral(" = ") + sqlText(left);
    const QString keyword =
        join.kind == JoinKind::Left ? QStringLiteral("LEFT JOIN ") : QStringLiteral("JOIN ");
    writer.add(u'\n' + indent);
    writer.add(Step::Relations, keyword + tableText(join.table) + QStringLiteral(" ON ") +
                                    (pairs.isEmpty() ? QStringLiteral("true")
                                                     : pairs.join(QStringLiteral(" AND "))));
    for (const Scope &scope : scopes) {
        if (scope.column.alias != join.table.alias)
            continue;
        writer.add(QStringLiteral(" "));
        writer.add(Step::Scope, QStringLiteral("AND ") + scopeCondition(scope, writer));
    }
}

/// The conditions of WHERE, one a line.
class Where
{
public:
    explicit Where(Writer &writer)
        : m_writer(writer)
    {
    }
    void add(Step step, const QString &condition)
    {
        m_writer.add(m_first ? QStringLiteral("\nWHERE ") : QStringLiteral("\n  AND "));
        m_writer.add(step, condition);
        m_first = false;
    }

private:
    Writer &m_writer;
    bool m_first = true;
};

/// FROM, JOIN and WHERE with the condition of a keyset. A scope that names no joined table stands
/// in WHERE: one that names nothing at all makes the server refuse the statement, never widens it.
void writeSource(const Select &select, const QString &beyondKey, Writer &writer)
{
    writer.add(QStringLiteral("\n"));
    writer.add(Step::From, QStringLiteral("FROM ") + tableText(select.from));
    QStringList joined;
    for (const Join &join : select.joins) {
        writeJoin(join, select.scopes, writer);
        joined << join.table.alias;
    }
    Where where(writer);
    for (const Scope &scope : select.scopes) {
        if (!joined.contains(scope.column.alias))
            where.add(Step::Scope, scopeCondition(scope, writer));
    }
    for (const Filter &filter : select.filters)
        where.add(Step::Filters, condition(filter, writer));
    if (select.among)
        where.add(Step::Filters, condition(*select.among, writer));
    if (select.search)
        where.add(Step::Filters, condition(*select.search, writer));
    for (const QString &text : select.written)
        where.add(Step::Filters, writtenCondition(text));
    if (select.blocks)
        where.add(Step::Sort, condition(*select.blocks, select.from.alias));
    if (!beyondKey.isEmpty())
        where.add(Step::Sort, beyondKey);
}

/// NULLS FIRST or LAST where it is not what the server does anyway.
QString nullsText(const Sort &sort, bool descending, bool reversed)
{
    const bool isLast = nullsComeLast(sort, reversed);
    if (isLast == !descending)
        return {};
    return isLast ? QStringLiteral(" NULLS LAST") : QStringLiteral(" NULLS FIRST");
}

QString orderText(const QStringList &columns, const QList<Sort> &sorts, bool reversed)
{
    QStringList items;
    for (qsizetype i = 0; i < sorts.size(); ++i) {
        const bool descending = sorts.at(i).descending != reversed;
        items << columns.at(i) + (descending ? QStringLiteral(" DESC") : QString()) +
                     nullsText(sorts.at(i), descending, reversed);
    }
    const QString keyword = QStringLiteral("ORDER BY ");
    return keyword + wrapped(items, keyword.size(), indent);
}

QStringList sortColumns(const Select &select)
{
    QStringList columns;
    for (const Sort &sort : select.sorts)
        columns << sqlText(sort.column);
    return columns;
}

/// LIMIT and OFFSET.
void writeRange(std::optional<qint64> limit, qint64 offset, Writer &writer)
{
    if (limit) {
        writer.add(QStringLiteral("\n"));
        writer.add(Step::Limit, QStringLiteral("LIMIT ") + writer.bind(QByteArray::number(*limit)));
    }
    if (offset > 0) {
        writer.add(QStringLiteral("\n"));
        writer.add(Step::Limit,
                   QStringLiteral("OFFSET ") + writer.bind(QByteArray::number(offset)));
    }
}

void writeOrder(const QStringList &columns, const Select &select, bool reversed, Writer &writer)
{
    if (select.sorts.isEmpty())
        return;
    writer.add(QStringLiteral("\n"));
    writer.add(Step::Sort, orderText(columns, select.sorts, reversed));
}

void writeColumns(const QStringList &items, Writer &writer)
{
    const QString keyword = QStringLiteral("SELECT ");
    writer.add(Step::Columns, keyword + wrapped(items, keyword.size(), indent));
}

QString allColumns(const Select &select)
{
    return sql::identifier(select.from.alias) + QStringLiteral(".*");
}

/// What a page selects inside, and what is made of it outside.
struct Turned {
    QStringList inner;
    QStringList outer;
    QStringList order;   ///< the sort columns, as the outside sees them
    QStringList ordered; ///< and as the parts of a union call them
};

/// Columns get numbers for names inside, since two tables may have columns of one name.
Turned turned(const Select &select)
{
    Turned result;
    QList<ColumnRef> numbered = select.columns;
    const auto outside = [](qsizetype index) {
        return sql::identifier(pageAlias, QString::number(index + 1));
    };
    if (select.columns.isEmpty()) {
        result.inner << allColumns(select);
        result.outer << QStringLiteral("*");
    }
    for (qsizetype i = 0; i < select.columns.size(); ++i)
        result.outer << outside(i) + QStringLiteral(" AS ") +
                            sql::identifier(select.columns.at(i).column);
    for (const Sort &sort : select.sorts) {
        if (select.columns.isEmpty() && sort.column.alias == select.from.alias) {
            result.order << sql::identifier(pageAlias, sort.column.column);
            result.ordered << sql::identifier(sort.column.column);
            continue;
        }
        if (!numbered.contains(sort.column))
            numbered << sort.column;
        result.order << outside(numbered.indexOf(sort.column));
        result.ordered << sql::identifier(QString::number(numbered.indexOf(sort.column) + 1));
    }
    for (qsizetype i = 0; i < numbered.size(); ++i)
        result.inner << sqlText(numbered.at(i)) + QStringLiteral(" AS ") +
                            sql::identifier(QString::number(i + 1));
    return result;
}

/// The rows that \a beyondKey holds for, nearest first, as far as \a limit.
void writePart(const Select &select, const QStringList &columns, const QString &beyondKey,
               std::optional<qint64> limit, qint64 offset, Writer &writer)
{
    const bool reversed = select.after && select.after->backwards;
    writeColumns(columns, writer);
    writeSource(select, beyondKey, writer);
    writeOrder(sortColumns(select), select, reversed, writer);
    writeRange(limit, offset, writer);
}

/// The parts are pages of their own, each short and found with an index; together they hold the
/// page that is wanted, which is cut out of them.
void writeUnion(const Select &select, const Turned &columns, const QStringList &parts,
                Writer &writer)
{
    std::optional<qint64> most = select.limit;
    if (most)
        *most += select.offset;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        writer.add(i == 0 ? QStringLiteral("(") : QStringLiteral("\n) UNION ALL ("));
        writePart(select, columns.inner, parts.at(i), most, 0, writer);
    }
    writer.add(QStringLiteral("\n)"));
    writeOrder(columns.ordered, select, select.after->backwards, writer);
    writeRange(select.limit, select.offset, writer);
}

/// A page before a key is read the other way and turned round; a union needs names for its order.
void writeTurned(const Select &select, const QStringList &parts, Writer &writer)
{
    const Turned columns = turned(select);
    writeColumns(columns.outer, writer);
    writer.add(QStringLiteral("\nFROM (\n"));
    if (parts.size() > 1)
        writeUnion(select, columns, parts, writer);
    else
        writePart(select, columns.inner, parts.first(), select.limit, select.offset, writer);
    writer.add(QStringLiteral("\n) ") + sql::identifier(pageAlias) + u'\n');
    writer.add(Step::Sort, orderText(columns.order, select.sorts, false));
}

void writePage(const Select &select, Writer &writer)
{
    const bool hasKey = select.after && !select.sorts.isEmpty();
    QStringList parts =
        hasKey ? conditions(*select.after, select.sorts, writer) : QStringList{QString()};
    if (parts.isEmpty())
        parts << QStringLiteral("false");
    if (hasKey && (select.after->backwards || parts.size() > 1))
        return writeTurned(select, parts, writer);
    QStringList columns;
    for (const ColumnRef &column : select.columns)
        columns << sqlText(column);
    writePart(select, columns.isEmpty() ? QStringList(allColumns(select)) : columns, parts.first(),
              select.limit, select.offset, writer);
}

/// Values are made short of the rows that were found only: with the whole ones they were sought and
/// sorted. What is printed is printed once, behind a fence: OFFSET 0.
void writeCut(const Select &select, Writer &writer)
{
    const QStringList printed = printedColumns(select, pageAlias);
    const QString alias = sql::identifier(cutAlias);
    writeColumns(cutColumns(select, cutAlias), writer);
    writer.add(QStringLiteral("\nFROM (\n"));
    if (!printed.isEmpty()) {
        writeColumns(QStringList{sql::identifier(pageAlias) + QStringLiteral(".*")} + printed,
                     writer);
        writer.add(QStringLiteral("\nFROM (\n"));
    }
    writePage(select, writer);
    if (!printed.isEmpty())
        writer.add(QStringLiteral("\n) ") + sql::identifier(pageAlias) +
                   QStringLiteral("\nOFFSET 0"));
    writer.add(QStringLiteral("\n) ") + alias);
    QStringList order;
    for (const Sort &sort : select.sorts)
        order << sql::identifier(cutAlias, sort.column.column);
    writeOrder(order, select, false, writer);
}

void writeSelect(const Select &select, Writer &writer)
{
    if (select.cuts.isEmpty())
        writePage(select, writer);
    else
        writeCut(select, writer);
}

/// The rows of \a select that hold its key number \a index alone. Equal to one value, an index on
/// these columns and those of the order gives both at once.
Select ofKey(const Select &select, qsizetype index)
{
    Select part = select;
    if (!select.among || index >= select.among->keys.size())
        return part;
    const QStringList &key = select.among->keys.at(index);
    part.among.reset();
    for (qsizetype i = 0; i < select.among->columns.size(); ++i)
        part.filters << Filter{
            .column = select.among->columns.at(i), .op = Operator::Equal, .values = {key.value(i)}};
    return part;
}

void writeNested(const Select &part, qsizetype index, Writer &writer)
{
    const QString alias = sql::identifier(nestedAlias);
    writer.add(Step::Columns, QStringLiteral("SELECT %1.*, %2 AS %3")
                                  .arg(alias)
                                  .arg(index)
                                  .arg(sql::identifier(nestedKeyColumn)));
    writer.add(QStringLiteral(",\n(SELECT count(*) FROM (SELECT"));
    writeSource(part, {}, writer);
    writeRange(mostNestedCounted + 1, 0, writer);
    writer.add(QStringLiteral("\n) counted) AS ") + sql::identifier(nestedCountColumn));
    writer.add(QStringLiteral("\nFROM (\n"));
    writeSelect(part, writer);
    writer.add(QStringLiteral("\n) ") + alias);
}

} // namespace

Select qualified(Select select)
{
    const auto qualify = [](schema::Name &name) {
        if (name.schema.isEmpty())
            name.schema = QStringLiteral("public");
    };
    qualify(select.from.table);
    for (Join &join : select.joins)
        qualify(join.table.table);
    for (Scope &scope : select.scopes) {
        for (ScopeStep &step : scope.path)
            qualify(step.target);
    }
    return select;
}

Rendered render(const Select &select)
{
    Writer writer;
    writeSelect(select, writer);
    return writer.take();
}

Rendered renderCount(const Select &select)
{
    Writer writer;
    QStringList parts{QString()};
    if (select.after && !select.sorts.isEmpty())
        parts = conditions(*select.after, select.sorts, writer);
    QString beyondKey = parts.isEmpty() ? QStringLiteral("false") : parts.first();
    if (parts.size() > 1)
        beyondKey = u'(' + parts.join(QStringLiteral(" OR ")) + u')';
    writer.add(Step::Columns, QStringLiteral("SELECT count(*)"));
    writeSource(select, beyondKey, writer);
    return writer.take();
}

Rendered renderCounts(const QList<Select> &selects, qint64 most)
{
    Writer writer;
    writer.add(QStringLiteral("SELECT"));
    for (qsizetype i = 0; i < selects.size(); ++i) {
        writer.add(QStringLiteral("%1 (SELECT count(*) FROM (SELECT")
                       .arg(i == 0 ? QString() : QStringLiteral(",\n")));
        writeSource(selects.at(i), {}, writer);
        writeRange(most, 0, writer);
        writer.add(QStringLiteral(") rows_%1)").arg(i + 1));
    }
    return writer.take();
}

Rendered renderNested(const Select &select)
{
    Writer writer;
    const qsizetype keys = select.among ? select.among->keys.size() : 0;
    // Without a key there are no rows, but their columns all the same.
    for (qsizetype index = 0; index < std::max<qsizetype>(1, keys); ++index) {
        if (index > 0)
            writer.add(QStringLiteral("\nUNION ALL\n"));
        writeNested(ofKey(select, index), index, writer);
    }
    QStringList order{sql::identifier(nestedKeyColumn)};
    QList<Sort> sorts{Sort{.column = {}, .nullable = false}};
    for (const Sort &sort : select.sorts) {
        if (select.columns.contains(sort.column)) {
            order << sql::identifier(sort.column.column);
            sorts << sort;
        }
    }
    writer.add(QStringLiteral("\n"));
    writer.add(Step::Sort, orderText(order, sorts, false));
    return writer.take();
}

} // namespace query
