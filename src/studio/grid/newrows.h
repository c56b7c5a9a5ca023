// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridstaged.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace studio
{

class RowsView;

/// The new rows of a table, below those that are there, in columns as wide. Hidden while there are
/// none.
class NewRows final : public QWidget
{
    Q_OBJECT

public:
    /// \a above shows the rows that are there.
    NewRows(session::Editing &editing, RowsView &above, QWidget *parent = nullptr);

    void setTable(const schema::Table &table, const QList<RowsColumn> &columns,
                  const QStringList &filledByCode);
    RowsView &view() { return *m_view; }
    RowsModel &model() { return m_rows; }
    const GridStaged &staged() const { return m_staged; }
    void showRow(const edits::RowId &row); ///< gives its first cell the focus

private:
    void follow();
    void refresh();
    void arrange();
    void takeLabels();
    void order();

    session::Editing &m_editing;
    RowsView &m_above;
    GridStaged m_staged;
    RowsModel m_rows;
    QLabel *m_title;
    RowsView *m_view;
    schema::Table m_table;
    QList<RowsColumn> m_columns;
    QList<edits::RowEdit> m_shown;
    qint64 m_wanted = 0; ///< the number of the row that gets the focus when it is there
};

} // namespace studio
