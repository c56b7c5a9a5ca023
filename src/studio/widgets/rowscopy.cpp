// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowscopy.h"

#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowstext.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>
#include <set>

namespace studio
{

namespace
{
constexpr qint64 MostCells = 50'000;

std::optional<QByteArray> bytesOf(const QModelIndex &index)
{
    const QString text = index.data(RowsModel::RawTextRole).toString();
    return text.isNull() ? std::optional<QByteArray>() : text.toUtf8();
}

qint64 cellCount(const QItemSelection &selection)
{
    qint64 count = 0;
    for (const QItemSelectionRange &range : selection)
        count += qint64(range.width()) * range.height();
    return count;
}
} // namespace

SelectedPlaces::SelectedPlaces(const QTableView &view, const RowsModel &rows)
{
    std::set<int> numbers, places;
    const QHeaderView &header = *view.horizontalHeader();
    const QItemSelection selection = view.selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            numbers.insert(row);
        for (int column = range.left(); column <= range.right(); ++column) {
            if (!view.isColumnHidden(column))
                places.insert(header.visualIndex(column));
        }
    }
    for (const int place : places) {
        m_places << header.logicalIndex(place);
        m_columns << rows.columns().at(m_places.last());
    }
    m_isFull = selection.size() == 1;
    for (const int row : numbers)
        note(rows, row, selection);
}

/// Most rows are as they came: nothing is asked of their cells.
void SelectedPlaces::note(const RowsModel &rows, int row, const QItemSelection &selection)
{
    const RowsWindow::Cell at = rows.place(row);
    m_rows << Row{*at.page, at.row};
    using Mark = RowsOverlay::Mark;
    const bool isStaged =
        rows.index(row, 0).data(RowsModel::RowMarkRole).toInt() != int(Mark::None);
    const bool hasCuts = rows.hasCuts(row);
    if (m_isFull && !isStaged && !hasCuts)
        return;
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        const Place place(m_rows.size() - 1, i);
        const QModelIndex index = rows.index(row, m_places.at(i));
        if (!m_isFull && !selection.contains(index)) {
            m_instead.insert(place, std::nullopt);
        } else if (hasCuts && index.data(RowsModel::CutRole).toBool()) {
            m_cut << place;
            m_cutIndexes << index;
        } else if (isStaged) {
            m_instead.insert(place, rows.shownValue(row, m_places.at(i)));
        }
    }
}

bool SelectedPlaces::isSmall() const
{
    constexpr qsizetype mostCells = 500;
    constexpr qsizetype mostBytes = 50'000;
    if (!m_cut.isEmpty() || m_rows.size() * m_places.size() > mostCells)
        return false;
    qsizetype bytes = 0;
    for (const Row &row : m_rows) {
        for (const int place : m_places)
            bytes += row.page.cell(row.row, place).value_or(QByteArrayView()).size();
    }
    for (const std::optional<QByteArray> &staged : m_instead)
        bytes += staged.value_or(QByteArray()).size();
    return bytes <= mostBytes;
}

SelectedCells SelectedPlaces::cells(const QList<std::optional<QByteArray>> &whole) const
{
    SelectedCells cells{.columns = m_columns, .rows = {}};
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        QList<std::optional<QByteArray>> line;
        for (qsizetype i = 0; i < m_places.size(); ++i) {
            const auto instead = m_instead.constFind(Place(row, i));
            if (instead != m_instead.constEnd())
                line << *instead;
            else
                line << m_rows.at(row).page.value(m_rows.at(row).row, m_places.at(i));
        }
        cells.rows << line;
    }
    for (qsizetype i = 0; i < m_cut.size(); ++i)
        cells.rows[m_cut.at(i).first][m_cut.at(i).second] = whole.value(i);
    return cells;
}

QString copied(const SelectedCells &cells, rows::Form form, rows::Titles titles,
               const rows::InsertTarget &target, const QStringList &computed)
{
    const bool isOne = cells.rows.size() == 1 && cells.columns.size() == 1;
    if (isOne && form == rows::Form::Tsv && titles == rows::Titles::Without)
        return QString::fromUtf8(cells.rows.first().first().value_or(QByteArray()));
    QList<rows::WrittenColumn> columns;
    for (const RowsColumn &column : cells.columns)
        columns << rows::WrittenColumn{column.name, column.typeClass,
                                       computed.contains(column.name), column.elements};
    rows::RowWriter writer(form, columns, target, titles);
    QByteArray out;
    writer.begin(out);
    for (const QList<std::optional<QByteArray>> &row : cells.rows) {
        rows::RowWriter::Cells views;
        for (const std::optional<QByteArray> &cell : row)
            views << (cell ? std::optional<QByteArrayView>(*cell) : std::nullopt);
        writer.add(views, out);
    }
    writer.end(out);
    if (out.endsWith('\n'))
        out.chop(1);
    return QString::fromUtf8(out);
}

bool isPartOfAll(const QTableView &view, const RowsModel &rows)
{
    if (rows.atStart() && rows.atEnd())
        return false;
    const QItemSelection selection = view.selectionModel()->selection();
    return std::ranges::any_of(selection, [&](const QItemSelectionRange &range) {
        return range.top() == 0 && range.bottom() == rows.rowCount() - 1;
    });
}

QString sumsText(const QTableView &view, const RowsModel &rows)
{
    const QItemSelection selection = view.selectionModel()->selection();
    const qint64 count = cellCount(selection);
    if (count < 2 || count > MostCells)
        return {};
    QList<QByteArray> kept;
    QList<rows::TypedCell> cells;
    const QModelIndexList indexes = selection.indexes();
    kept.reserve(indexes.size());
    for (const QModelIndex &index : indexes) {
        if (view.isColumnHidden(index.column()))
            continue;
        const std::optional<QByteArray> bytes = bytesOf(index);
        kept << bytes.value_or(QByteArray());
        cells << rows::TypedCell{bytes ? std::optional<QByteArrayView>(kept.last()) : std::nullopt,
                                 rows.columns().at(index.column()).typeClass};
    }
    const rows::Sums sums = rows::sumsOf(cells);
    QStringList parts{QCoreApplication::translate("Rows", "%1 cells").arg(grouped(sums.cells))};
    if (sums.nulls)
        parts << QCoreApplication::translate("Rows", "%1 NULL").arg(grouped(sums.nulls));
    const auto add = [&parts](const QString &text, const QByteArray &value) {
        if (!value.isEmpty())
            parts << text.arg(QString::fromLatin1(value));
    };
    add(QCoreApplication::translate("Rows", "sum %1"), sums.sum);
    add(QCoreApplication::translate("Rows", "min %1"), sums.least);
    add(QCoreApplication::translate("Rows", "max %1"), sums.most);
    add(QCoreApplication::translate("Rows", "average %1"), sums.average);
    const QString text = parts.join(QStringLiteral(" · "));
    return isPartOfAll(view, rows)
               ? QCoreApplication::translate("Rows", "only the loaded rows: %1").arg(text)
               : text;
}

} // namespace studio
