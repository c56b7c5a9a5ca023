// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QScrollBar;
QT_END_NAMESPACE

namespace studio
{

class RowsView;

/// A view of rows beside a scroll bar for the whole result, of which the view holds a window only.
class RowsPane final : public QWidget
{
    Q_OBJECT

public:
    /// Takes \a view over.
    explicit RowsPane(RowsView *view, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();

    RowsView *m_view;
    QScrollBar *m_bar;
};

} // namespace studio
