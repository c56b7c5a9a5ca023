// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "rows/page.h"
#include "studio/widgets/rowscolumn.h"

#include <QFrame>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
QT_END_NAMESPACE

namespace studio
{

/// A row of another table beside the cell that leads to it: its columns, and how many rows refer to
/// it. By key it holds the focus until Esc, and Enter goes to the row; by mouse it is a tip.
class PeekPanel final : public QFrame
{
    Q_OBJECT

public:
    enum class By { Key, Mouse };

    PeekPanel(const QString &title, By by, QWidget *parent);

    /// So many columns are shown; asking for more of them is of no use.
    static constexpr qsizetype mostColumns = 14;

    /// \a more of the table's columns are not among \a columns.
    void setRow(const base::Result<rows::Page> &row, const QList<RowsColumn> &columns,
                qsizetype more, const QString &absence);
    void setIncoming(const QStringList &texts); ///< "orders (12)"
    void openBeside(const QRect &cell);         ///< in global coordinates

Q_SIGNALS:
    void goWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void say(const QString &text);
    void place();

    const By m_by;
    QRect m_cell;
    QGridLayout *m_values;
    QLabel *m_state;
    QLabel *m_incoming;
};

} // namespace studio
