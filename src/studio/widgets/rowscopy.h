// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/sums.h"
#include "rows/writer.h"
#include "studio/widgets/rowscolumn.h"

#include <QModelIndexList>

QT_BEGIN_NAMESPACE
class QTableView;
QT_END_NAMESPACE

namespace studio
{

class RowsModel;

/// The selected cells of a view in the order of the screen, from the first to the last selected
/// column of each row that has any. Cells between them that are not selected are NULL.
struct SelectedCells {
    QList<RowsColumn> columns;
    QList<QList<std::optional<QByteArray>>> rows;
    /// Those of which only the beginning is here, as (line, position) of `rows`.
    QList<std::pair<qsizetype, qsizetype>> cut;
    QModelIndexList cutIndexes; ///< the same in the model
};
SelectedCells selectedCells(const QTableView &view, const RowsModel &rows);

/// For the clipboard. One cell alone is its own text, without quotes.
QString copied(const SelectedCells &cells, rows::Form form, rows::Titles titles,
               const rows::InsertTarget &target = {}, const QStringList &computed = {});

/// 6 cells · sum 12.30 · min 1 · max 9.10 · average 2.05: nothing for fewer than two cells, or more
/// than can be added up while one drags.
QString sumsText(const QTableView &view, const RowsModel &rows);

} // namespace studio
