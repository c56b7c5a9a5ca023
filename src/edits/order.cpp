// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/order.h"

#include "edits/text.h"
#include "sql/predicate.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <map>
#include <set>
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

/// Columns whose values are there once only, of all rows or of those that `where` is true for.
struct UniqueSet {
    QStringList columns;
    std::optional<sql::Predicate> where = std::nullopt;
};

QList<UniqueSet> uniqueSets(const schema::Table &table)
{
    QList<UniqueSet> sets{{table.keyColumns()}};
    for (const schema::Unique &unique : table.uniques)
        sets << UniqueSet{unique.columns};
    for (const schema::Index &index : table.indexes) {
        QStringList columns;
        for (const schema::IndexColumn &column : index.columns)
            columns << (column.isExpression ? QString() : column.expression);
        if (index.isUnique && !columns.contains(QString()))
            sets << UniqueSet{columns, index.where.isEmpty()
                                           ? std::nullopt
                                           : std::optional(sql::Predicate(index.where))};
    }
    return sets;
}

using OfColumn = std::optional<sql::Parameter> (*)(const RowEdit &, const QString &);

/// A place in a unique index that a row leaves or takes, as far as it is known: of a row that is
/// changed only the changed columns are.
struct Slot {
    qsizetype row = 0;
    QList<std::optional<QByteArray>> values;
    bool isCertain = true; ///< all of them are known, and that the row is in the index
};

/// A change moves a row in an index, or into it, or out of it.
enum class Way { Leaves, Takes };

std::optional<Slot> slotOf(const RowEdit &edit, const UniqueSet &set, Way way)
{
    using Holds = sql::Predicate::Holds;
    const bool leaves = way == Way::Leaves;
    if (edit.kind == (leaves ? RowEdit::Kind::Insert : RowEdit::Kind::Delete))
        return std::nullopt;
    const auto held = [&](OfColumn valueOf) {
        return set.where
                   ? set.where->holds([&](const QString &name) { return valueOf(edit, name); })
                   : Holds::Yes;
    };
    const OfColumn valueOf = leaves ? &oldValue : &newValue;
    const Holds here = held(valueOf);
    if (here == Holds::No)
        return std::nullopt;
    const bool isMoved = touches(edit, set.columns);
    const bool isJudgedAnew = set.where && touches(edit, set.where->columns());
    if (!isMoved && (!isJudgedAnew || held(leaves ? &newValue : &oldValue) == Holds::Yes))
        return std::nullopt;
    Slot slot{.row = 0, .values = {}, .isCertain = here == Holds::Yes};
    for (const QString &column : set.columns) {
        const std::optional<sql::Parameter> value = valueOf(edit, column);
        if (value && !*value)
            return std::nullopt; // NULL is as often there as one likes
        slot.values << (value ? *value : std::nullopt);
        slot.isCertain = slot.isCertain && value;
    }
    return set.columns.isEmpty() ? std::nullopt : std::optional(slot);
}

/// Which edit has to be written before which.
class Needs
{
public:
    struct Later {
        qsizetype row;
        bool isCertain; ///< else it is an order that may be needed, and can be left
    };

    Needs(const QList<RowEdit> &rows, const schema::Database &database)
        : m_rows(rows)
        , after(size_t(rows.size()))
    {
        for (const schema::Table &table : database.tables) {
            for (const UniqueSet &set : uniqueSets(table))
                free(table.name, set);
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

    using Known = QList<bool>; ///< of each column of a slot
    using Slots = std::map<Known, QList<Slot>>;

    Slots slotsOf(const Name &table, const UniqueSet &set, Way way) const
    {
        Slots found;
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            if (m_rows.at(i).id.table != table)
                continue;
            std::optional<Slot> slot = slotOf(m_rows.at(i), set, way);
            if (!slot)
                continue;
            slot->row = i;
            Known known;
            for (const auto &value : slot->values)
                known << value.has_value();
            found[known] << *slot;
        }
        return found;
    }

    /// Who leaves a slot comes before who takes it, or may take it as far as that is known.
    void free(const Name &table, const UniqueSet &set)
    {
        const Slots leaving = slotsOf(table, set, Way::Leaves);
        if (leaving.empty())
            return;
        const Slots taking = slotsOf(table, set, Way::Takes);
        for (const auto &[known, left] : leaving) {
            for (const auto &[alsoKnown, taken] : taking)
                join(left, taken, known, alsoKnown);
        }
    }

    void join(const QList<Slot> &left, const QList<Slot> &taken, const Known &known,
              const Known &alsoKnown)
    {
        const auto common = [&](const Slot &slot) {
            QList<QByteArray> values;
            for (qsizetype i = 0; i < slot.values.size(); ++i) {
                if (known.at(i) && alsoKnown.at(i))
                    values << *slot.values.at(i);
            }
            return values;
        };
        // Nothing tells them apart, and each would wait for each: a million is a moment.
        const bool isAnyForAll = common(left.first()).isEmpty();
        if (isAnyForAll && left.size() * taken.size() > 1'000'000)
            return;
        QHash<QList<QByteArray>, QList<const Slot *>> byValues;
        for (const Slot &slot : left)
            byValues[common(slot)] << &slot;
        for (const Slot &slot : taken) {
            for (const Slot *earlier : byValues.value(common(slot))) {
                if (earlier->row != slot.row)
                    after[size_t(earlier->row)].push_back(
                        {slot.row, earlier->isCertain && slot.isCertain});
            }
        }
    }

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
                    after[size_t(earlier)].push_back({i, true});
            }
        });
    }

    const QList<RowEdit> &m_rows;

public:
    std::vector<std::vector<Later>> after;
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
    std::vector<int> waiting(size_t(rows.size()), 0); // for what has to come before
    std::vector<int> maybe(size_t(rows.size()), 0);   // for what may have to
    for (const auto &later : needs.after) {
        for (const Needs::Later &one : later)
            ++(one.isCertain ? waiting : maybe)[size_t(one.row)];
    }
    std::set<Rank> open, doubtful;
    const auto rank = [&](qsizetype i) {
        return rankOf(rows.at(i), tables.of(rows.at(i).id.table), i);
    };
    const auto add = [&](qsizetype i) {
        if (waiting[size_t(i)] == 0)
            (maybe[size_t(i)] == 0 ? open : doubtful).insert(rank(i));
    };
    for (qsizetype i = 0; i < rows.size(); ++i)
        add(i);
    QList<qsizetype> order;
    std::vector<bool> isWritten(size_t(rows.size()), false);
    // What may be needed is left where it leads into a circle: the server has the last word.
    while (!open.empty() || !doubtful.empty()) {
        std::set<Rank> &from = open.empty() ? doubtful : open;
        const qsizetype next = std::get<2>(*from.begin());
        from.erase(from.begin());
        order << next;
        isWritten[size_t(next)] = true;
        for (const Needs::Later &later : needs.after[size_t(next)]) {
            if (isWritten[size_t(later.row)])
                continue;
            doubtful.erase(rank(later.row));
            --(later.isCertain ? waiting : maybe)[size_t(later.row)];
            add(later.row);
        }
    }
    if (order.size() < rows.size())
        return circle(rows, waiting);
    return order;
}

} // namespace edits
