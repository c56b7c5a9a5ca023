// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/order.h"

#include "edits/text.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <queue>
#include <tuple>
#include <vector>

namespace edits
{

namespace
{

using base::Error;
using schema::Name;
/// The values of some columns, all known and none of them NULL.
using Values = std::optional<QList<QByteArray>>;

/// The tables by their foreign keys, referred ones first; where they refer to each other in a
/// circle, as they come.
class TableOrder
{
public:
    explicit TableOrder(const schema::Database &database)
        : m_database(database)
    {
        for (const schema::Table &table : database.tables)
            visit(table.name);
    }
    int of(const Name &table) const { return m_places.value(table); }

private:
    void visit(const Name &name)
    {
        const schema::Table *table = m_database.table(name);
        if (!table || m_seen.contains(name))
            return;
        m_seen.insert(name);
        for (const schema::ForeignKey &key : table->foreignKeys)
            visit({key.targetSchema, key.targetTable});
        m_places.insert(name, int(m_places.size()));
    }

    const schema::Database &m_database;
    QSet<Name> m_seen;
    QHash<Name, int> m_places;
};

/// What a column held, as far as the edit knows.
std::optional<sql::Parameter> oldValue(const RowEdit &edit, const QString &column)
{
    if (const CellEdit *cell = edit.cell(column); cell && edit.kind == RowEdit::Kind::Update)
        return cell->before.isDigest || cell->before.isUnknown ? std::nullopt
                                                               : std::optional(cell->before.text);
    for (const SeenField &field : edit.seen) {
        if (field.column == column && !field.value.isDigest)
            return field.value.text;
    }
    if (const qsizetype at = edit.id.keyColumns.indexOf(column); at >= 0)
        return sql::Parameter(edit.id.key.value(at));
    return std::nullopt;
}

std::optional<sql::Parameter> newValue(const RowEdit &edit, const QString &column)
{
    if (const CellEdit *cell = edit.cell(column)) {
        if (cell->after.kind == NewValue::Kind::Default)
            return std::nullopt;
        return cell->after.kind == NewValue::Kind::Value ? sql::Parameter(cell->after.text)
                                                         : sql::Parameter();
    }
    return edit.kind == RowEdit::Kind::Update ? oldValue(edit, column) : std::nullopt;
}

template <typename Value> Values valuesOf(const QStringList &columns, const Value &value)
{
    QList<QByteArray> values;
    for (const QString &column : columns) {
        const std::optional<sql::Parameter> one = value(column);
        if (!one || !*one)
            return std::nullopt;
        values << **one;
    }
    return values.isEmpty() ? Values() : Values(values);
}

bool touches(const RowEdit &edit, const QStringList &columns)
{
    return edit.kind != RowEdit::Kind::Update ||
           std::ranges::any_of(columns, [&](const auto &name) { return edit.cell(name); });
}

/// Values that a row gives up, or takes, in these columns; nothing when they stay as they are.
Values givenUp(const RowEdit &edit, const QStringList &columns)
{
    if (edit.kind == RowEdit::Kind::Insert || !touches(edit, columns))
        return std::nullopt;
    return valuesOf(columns, [&](const QString &name) { return oldValue(edit, name); });
}

Values taken(const RowEdit &edit, const QStringList &columns)
{
    if (edit.kind == RowEdit::Kind::Delete || !touches(edit, columns))
        return std::nullopt;
    return valuesOf(columns, [&](const QString &name) { return newValue(edit, name); });
}

QList<QStringList> uniqueSets(const schema::Table &table)
{
    QList<QStringList> sets{table.keyColumns()};
    for (const schema::Unique &unique : table.uniques)
        sets << unique.columns;
    for (const schema::Index &index : table.indexes) {
        QStringList columns;
        for (const schema::IndexColumn &column : index.columns)
            columns << (column.isExpression ? QString() : column.expression);
        if (index.isUnique && !columns.contains(QString()))
            sets << columns;
    }
    return sets;
}

/// Which edit has to be written before which.
class Needs
{
public:
    Needs(const QList<RowEdit> &rows, const schema::Database &database)
        : m_rows(rows)
        , after(size_t(rows.size()))
    {
        for (const schema::Table &table : database.tables) {
            for (const QStringList &set : uniqueSets(table))
                pair({table.name, set, &givenUp}, {table.name, set, &taken});
            for (const schema::ForeignKey &key : table.foreignKeys) {
                const Name target{key.targetSchema, key.targetTable};
                pair({target, key.targetColumns, &taken}, {table.name, key.columns, &taken});
                pair({table.name, key.columns, &givenUp}, {target, key.targetColumns, &givenUp});
            }
        }
    }

private:
    struct Side {
        Name table;
        QStringList columns;
        Values (*values)(const RowEdit &, const QStringList &);
    };

    /// An edit of \a first comes before those of \a then with the same values.
    void pair(const Side &first, const Side &then)
    {
        QHash<QList<QByteArray>, QList<qsizetype>> byValues;
        const auto collect = [&](const Side &side, const auto &take) {
            for (qsizetype i = 0; i < m_rows.size(); ++i) {
                if (m_rows.at(i).id.table != side.table)
                    continue;
                if (const Values values = side.values(m_rows.at(i), side.columns))
                    take(i, *values);
            }
        };
        collect(first, [&](qsizetype i, const auto &values) { byValues[values] << i; });
        if (byValues.isEmpty())
            return;
        collect(then, [&](qsizetype i, const auto &values) {
            for (const qsizetype earlier : byValues.value(values)) {
                if (earlier != i)
                    after[size_t(earlier)].push_back(i);
            }
        });
    }

    const QList<RowEdit> &m_rows;

public:
    std::vector<std::vector<qsizetype>> after;
};

using Rank = std::tuple<int, int, qsizetype>;

Rank rankOf(const RowEdit &edit, int table, qsizetype position)
{
    switch (edit.kind) {
    case RowEdit::Kind::Delete:
        return {0, -table, position};
    case RowEdit::Kind::Insert:
        return {1, table, position};
    case RowEdit::Kind::Update:
        break;
    }
    return {2, table, position};
}

Error circle(const QList<RowEdit> &rows, const std::vector<int> &waiting)
{
    QStringList names;
    for (qsizetype i = 0; i < rows.size() && names.size() < 5; ++i) {
        if (waiting[size_t(i)] > 0)
            names << rows.at(i).id.text();
    }
    return {.kind = base::ErrorKind::Refused,
            .text = Text::tr("No order of the statements is possible"),
            .where = names.join(QStringLiteral("; ")),
            .detail = Text::tr("these rows need each other in a circle: they point at each other, "
                               "or exchange values that are unique"),
            .hint = Text::tr("Commit it in two steps: leave one of the values empty first")};
}

} // namespace

base::Result<QList<qsizetype>> writingOrder(const QList<RowEdit> &rows,
                                            const schema::Database &database)
{
    const TableOrder tables(database);
    const Needs needs(rows, database);
    std::vector<int> waiting(size_t(rows.size()), 0);
    for (const auto &later : needs.after) {
        for (const qsizetype i : later)
            ++waiting[size_t(i)];
    }
    std::priority_queue<Rank, std::vector<Rank>, std::greater<>> open;
    const auto add = [&](qsizetype i) {
        if (waiting[size_t(i)] == 0)
            open.push(rankOf(rows.at(i), tables.of(rows.at(i).id.table), i));
    };
    for (qsizetype i = 0; i < rows.size(); ++i)
        add(i);
    QList<qsizetype> order;
    while (!open.empty()) {
        const qsizetype next = std::get<2>(open.top());
        open.pop();
        order << next;
        for (const qsizetype later : needs.after[size_t(next)]) {
            --waiting[size_t(later)];
            add(later);
        }
    }
    if (order.size() < rows.size())
        return circle(rows, waiting);
    return order;
}

} // namespace edits
