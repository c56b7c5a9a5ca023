// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowscopy.h"

#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowstext.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTableView>

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

SelectedCells selectedCells(const QTableView &view, const RowsModel &rows)
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
    SelectedCells cells;
    for (const int place : places)
        cells.columns << rows.columns().at(header.logicalIndex(place));
    for (const int row : numbers) {
        QList<std::optional<QByteArray>> line;
        for (const int place : places) {
            const QModelIndex index = rows.index(row, header.logicalIndex(place));
            const bool isSelected = selection.contains(index);
            if (isSelected && index.data(RowsModel::CutRole).toBool()) {
                cells.cut << std::pair(cells.rows.size(), line.size());
                cells.cutIndexes << index;
            }
            line << (isSelected ? bytesOf(index) : std::nullopt);
        }
        cells.rows << line;
    }
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
                                       computed.contains(column.name)};
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
    return parts.join(QStringLiteral(" · "));
}

} // namespace studio
