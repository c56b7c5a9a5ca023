// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridscope.h"
#include "studio/widgets/rowsmodel.h"

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

class RowsView;

/// The first rows of a relation below the row that they belong to: a small table, and the way to
/// all of them. Used for one row after another while one scrolls.
class NestedStrip final : public QFrame
{
    Q_OBJECT

public:
    NestedStrip(const RowsSource &source, QWidget *parent);

    /// Asks the source for the rows of \a query. \a relation and \a owner are for people.
    void begin(const RowsQuery &query, const QString &relation, const QString &owner);
    /// A warning that its rows are not only the chosen tenant's; \a scope is the table's.
    void setScope(const std::optional<ScopeText> &scope);
    /// How many rows there are in all, of which the first are shown.
    void setTotal(qint64 shown, qint64 total);
    RowsModel &rows() { return m_rows; }
    RowsView &view() { return *m_view; }

    static int heightOf(int rows); ///< px, of a strip with so many rows

Q_SIGNALS:
    void allWanted();
    void rowWanted(int row);
    void left(); ///< by keyboard, back to the row

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool keyPressed(const QKeyEvent &event);

    RowsModel m_rows;
    RowsView *m_view;
    QLabel *m_title;
    Chip *m_scope;
    QLabel *m_count;
    QPushButton *m_all;
};

} // namespace studio
