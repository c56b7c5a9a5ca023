// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/celltexts.h"

#include <QStyledItemDelegate>

namespace studio
{

/// Paints a cell by what RowsModel says it is: NULL and empty apart from text, numbers to the
/// right, identifiers and times in monospace, a quiet bar where a page is not there yet.
class RowsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Where a cell that leads to another row has its arrow.
    static QRect arrowRect(const QRect &cell);

private:
    mutable CellTexts m_texts; ///< painting changes nothing that is seen
};

} // namespace studio
