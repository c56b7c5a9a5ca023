// SPDX-License-Identifier: GPL-3.0-or-later
// How several cells of a grid are changed in one step: commands, and what is pasted.
#include "rows/csvreader.h"
#include "session/editing.h"
#include "studio/grid/celleditor.h"
#include "studio/grid/gridediting.h"
#include "studio/grid/newrows.h"
#include "studio/widgets/rowsview.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

#include <algorithm>

namespace studio
{

namespace
{
using edits::NewValue;
using Fields = QList<std::optional<QByteArray>>;

/// Rows and fields as spreadsheets and grids put them into the clipboard; what is no such table is
/// one value.
QList<Fields> pastedFrom(const QString &text)
{
    QBuffer bytes;
    bytes.setData(text.toUtf8());
    if (!bytes.open(QIODevice::ReadOnly))
        return {};
    rows::CsvReader reader(bytes, {.delimiter = '\t', .hasTitles = false, .nullText = {}});
    QList<Fields> pasted;
    rows::CsvRecord record;
    for (auto more = reader.next(record); !more || *more; more = reader.next(record)) {
        if (!more || !record.fault.isEmpty())
            return {{text.toUtf8()}};
        Fields fields;
        for (const std::optional<QByteArrayView> &field : std::as_const(record.fields))
            fields << (field ? std::optional(field->toByteArray()) : std::nullopt);
        pasted << fields;
    }
    return pasted;
}
} // namespace

/// The cells of the selection that \a cell is in, from above and from the left; else it alone.
QModelIndexList GridEditing::chosenCells(const QModelIndex &cell) const
{
    const RowsView &view = sideOf(cell.model()).view;
    QModelIndexList cells = view.selectionModel()->selectedIndexes();
    if (!cells.contains(cell))
        return {cell};
    const QHeaderView *header = view.horizontalHeader();
    cells.removeIf([&](const QModelIndex &each) {
        return header->isSectionHidden(each.column()) || !columnOf(each);
    });
    const auto place = [header](const QModelIndex &each) {
        return std::pair(each.row(), header->visualIndex(each.column()));
    };
    std::ranges::sort(cells, {}, place);
    return cells;
}

/// The cells for which this is possible at all.
QModelIndexList GridEditing::open(const QModelIndexList &cells, Need need) const
{
    QHash<int, bool> columns;
    const auto isOpen = [&](const QModelIndex &cell) {
        const bool isNullable = sideOf(cell.model()).rows.columns().at(cell.column()).nullable;
        return (need == Need::Value || isNullable) &&
               !m_editing.whyFixed(m_name, columnOf(cell)->name);
    };
    QModelIndexList possible;
    for (const QModelIndex &cell : cells) {
        if (!columns.contains(cell.column()))
            columns.insert(cell.column(), isOpen(cell));
        if (columns.value(cell.column()))
            possible << cell;
    }
    return possible;
}

/// Changes all of \a cells or none; with one value for all when there is only one.
void GridEditing::setAll(const QModelIndexList &cells, const QList<NewValue> &values)
{
    if (cells.isEmpty())
        return;
    if (cells.size() > mostCells) {
        Q_EMIT said(tr("These are too many cells to be changed at once: %1").arg(cells.size()));
        return;
    }
    const Side side = sideOf(cells.constFirst().model());
    QList<session::CellChange> changes;
    QModelIndexList cut; // of these there are digests behind
    QList<qsizetype> places;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const QModelIndex &cell = cells.at(i);
        const edits::RowId id = idOf(cell);
        if (side.rows.cutSize(cell.row(), cell.column()).isCut()) {
            cut << cell;
            places << i;
        }
        const auto before = id.isNew()
                                ? edits::OldValue()
                                : edits::OldValue::of(side.rows.value(cell.row(), cell.column()));
        changes << session::CellChange{
            id, {columnOf(cell)->name, before, values.at(values.size() == 1 ? 0 : i)}};
    }
    const auto known = [this, changes, places](const RowsWhole::Values &digests) {
        QList<session::CellChange> all = changes;
        for (qsizetype i = 0; i < places.size(); ++i)
            all[places.at(i)].cell.before = edits::OldValue::ofDigest(digests.at(i));
        if (const auto refusal = m_editing.setCells(all))
            Q_EMIT said(base::toLine(*refusal));
    };
    side.view.whenWhole(cut, known, RowsWhole::As::Digest, RowsView::Wait::ToTheEnd);
}

/// What is in the clipboard, from the first chosen cell on; one value into all chosen ones.
void GridEditing::paste(const QModelIndex &cell)
{
    const QList<Fields> pasted = pastedFrom(QGuiApplication::clipboard()->text());
    const QModelIndexList chosen = columnOf(cell) ? chosenCells(cell) : QModelIndexList();
    if (pasted.isEmpty() || chosen.isEmpty())
        return;
    const Side side = sideOf(cell.model());
    const QHeaderView *header = side.view.horizontalHeader();
    const bool isOne = pasted.size() == 1 && pasted.constFirst().size() == 1;
    QModelIndexList cells = isOne ? chosen : QModelIndexList();
    Fields fields(isOne ? chosen.size() : 0, pasted.constFirst().value(0));
    const QModelIndex &from = chosen.constFirst();
    for (qsizetype row = 0; !isOne && row < pasted.size(); ++row) {
        int at = header->visualIndex(from.column());
        for (const std::optional<QByteArray> &field : pasted.at(row)) {
            while (at < header->count() && header->isSectionHidden(header->logicalIndex(at)))
                ++at;
            const QModelIndex to =
                side.rows.index(from.row() + int(row), header->logicalIndex(at++));
            if (!columnOf(to)) {
                Q_EMIT said(tr("What is pasted has more rows or columns than are here: "
                               "nothing was changed"));
                return;
            }
            cells << to;
            fields << field;
        }
    }
    QList<NewValue> values;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const RowsColumn &column = side.rows.columns().at(cells.at(i).column());
        if (!fields.at(i) && column.nullable) {
            values << NewValue();
            continue;
        }
        if (!fields.at(i)) {
            Q_EMIT said(tr("Nothing was changed: %1 cannot be NULL, and what is pasted has nothing "
                           "there")
                            .arg(column.name));
            return;
        }
        const QByteArray text = *fields.at(i);
        if (const QString why = whyNoValue(QString::fromUtf8(text), column); !why.isEmpty()) {
            Q_EMIT said(tr("Nothing was changed: %1 cannot take \"%2\": %3")
                            .arg(column.name, QString::fromUtf8(text).left(40), why));
            return;
        }
        values << NewValue{.kind = NewValue::Kind::Value, .text = text};
    }
    setAll(cells, values);
}

} // namespace studio
