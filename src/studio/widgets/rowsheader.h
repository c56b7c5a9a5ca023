// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace studio
{

/// The column titles: the name bold, its type dim beside it, an arrow where the rows are sorted.
class RowsHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit RowsHeader(QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace studio
