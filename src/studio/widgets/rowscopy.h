// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/sums.h"
#include "rows/writer.h"
#include "studio/widgets/rowscolumn.h"

#include <QHash>
#include <QItemSelection>
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
};

/// Where the selected cells are: pages are shared, so that a selection of any size is noted within
/// a frame and read on a worker. A value; the model may move on meanwhile.
class SelectedPlaces
{
public:
    SelectedPlaces(const QTableView &view, const RowsModel &rows);

    /// Cells of which only the beginning is here.
    const QModelIndexList &cutIndexes() const { return m_cutIndexes; }
    /// So little that a worker would only be a detour.
    bool isSmall() const;
    /// With the whole values of cutIndexes().
    SelectedCells cells(const QList<std::optional<QByteArray>> &whole) const;

private:
    struct Row {
        rows::Page page;
        qsizetype row = 0;
    };
    using Place = std::pair<qsizetype, qsizetype>; ///< row of m_rows, position in m_columns

    void note(const RowsModel &rows, int row, const QItemSelection &selection);

    QList<RowsColumn> m_columns;
    QList<int> m_places; ///< of the columns in a page
    QList<Row> m_rows;
    bool m_isFull = false; ///< all columns of each row are selected
    /// What is copied in the place of what came: nothing where it is not selected, staged values.
    QHash<Place, std::optional<QByteArray>> m_instead;
    QList<Place> m_cut;
    QModelIndexList m_cutIndexes;
};

/// For the clipboard. One cell alone is its own text, without quotes.
QString copied(const SelectedCells &cells, rows::Form form, rows::Titles titles,
               const rows::InsertTarget &target = {}, const QStringList &computed = {});

/// Whether every row that is loaded is selected and there are others, which are not loaded: what
/// was meant are all of them.
bool isPartOfAll(const QTableView &view, const RowsModel &rows);

/// 6 cells · sum 12.30 · min 1 · max 9.10 · average 2.05: nothing for fewer than two cells, or more
/// than can be added up while one drags. Says so when isPartOfAll().
QString sumsText(const QTableView &view, const RowsModel &rows);

} // namespace studio
