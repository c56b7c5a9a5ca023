// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowsmessage.h"

#include <QTableView>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace studio
{

class RowsModel;

/// A table of rows: tells its model what is on the screen, says what goes on where there are no
/// rows, and copies cells as tab-separated values.
class RowsView final : public QTableView
{
    Q_OBJECT

public:
    /// \a rows stays the caller's and must live as long as the view.
    RowsView(RowsModel &rows, QWidget *parent = nullptr);

    /// What to say when the query has no rows, and before there is a query.
    void setEmptyText(const QString &title, const QString &detail);
    /// With an \a action a button, whose click is idleAction().
    void setIdle(const QString &title, const QString &detail = {}, const QString &action = {},
                 RowsMessage::Tone tone = RowsMessage::Tone::Quiet);

    /// The selected cells with tabs and line ends, the server's own texts, NULL as nothing.
    QString selectionAsText(bool withHeader) const;

Q_SIGNALS:
    void sortRequested(int column);
    void currentRowChanged();
    void idleAction();
    /// The menu of a cell is about to open: room for the page's own actions.
    void menuRequested(QMenu *menu, const QModelIndex &cell);
    void notice(const QString &text); ///< something to tell in the status line

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;

private:
    void copy(bool withHeader);
    void look();
    void scheduleLook();
    void showState();
    void widths();

    RowsModel &m_rows;
    RowsMessage *m_message;
    QTimer m_look;
    QTimer m_patience; ///< "Loading…" only when it takes noticeably long
    QString m_emptyTitle, m_emptyDetail;
    QString m_idleTitle, m_idleDetail, m_idleAction;
    RowsMessage::Tone m_idleTone = RowsMessage::Tone::Quiet;
    QStringList m_shownColumns; ///< whose widths were set
};

} // namespace studio
