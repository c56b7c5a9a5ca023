// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/statement.h"
#include "studio/widgets/pinnedtable.h"
#include "studio/widgets/rowscopy.h"
#include "studio/widgets/rowsmessage.h"
#include "studio/widgets/rowssort.h"
#include "studio/widgets/rowswhole.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QFutureWatcherBase;
class QMenu;
class QScrollBar;
QT_END_NAMESPACE

namespace studio
{

class RowsGutter;
class RowsModel;

/// A table of rows: tells its model what is on the screen, says what goes on where there are no
/// rows, and copies cells as tab-separated values. Row numbers of the whole result are 64 bits
/// wide; those of QModelIndex are of the model's window.
class RowsView final : public PinnedTable
{
    Q_OBJECT

public:
    /// \a rows stays the caller's and must live as long as the view.
    RowsView(RowsModel &rows, QWidget *parent = nullptr);

    /// Lets \a bar span the whole result instead of Qt's own bar, which spans the model's window.
    void setScrollBar(QScrollBar *bar);
    RowsGutter &gutter() const { return *m_gutter; } ///< hidden as long as it has no arrows
    /// The row of the whole result at the top of the screen, and the one with the focus, which may
    /// be out of the window; -1 without any.
    qint64 topRow() const;
    qint64 currentRow() const;
    /// Scrolls until \a row is at the top, or as near as the end allows; up to \a slack rows off
    /// where that is faster.
    void showRow(qint64 row, qint64 slack = 0);
    /// Gives a row the focus and shows it; what is beyond the end means the last row.
    void moveTo(qint64 row);
    /// The same of the row with this key, which RowsModel::jumpTo() finds.
    void moveToKey(const QList<sql::Parameter> &key);

    /// A cell of the whole result.
    struct Place {
        qint64 row = -1;
        int column = 0;
    };
    Place currentPlace() const; ///< row -1 without any
    /// The focus goes there, without scrolling, as soon as the row is in the window; beyond the end
    /// to the last row.
    void comeBackTo(Place place);

    /// What to say when the query has no rows, and before there is a query.
    void setEmptyText(const QString &title, const QString &detail);
    /// With an \a action a button, whose click is idleAction().
    void setIdle(const QString &title, const QString &detail = {}, const QString &action = {},
                 RowsMessage::Tone tone = RowsMessage::Tone::Quiet);
    /// What the button says, whose click is choiceWanted(), where rows wait for the person to
    /// choose: trying again would come to the same.
    void setChoice(const QString &action) { m_choice = action; }

    /// What becomes of a call that waits when there is a newer one.
    enum class Wait {
        UntilTheNext, ///< it is ended: it was for looking only
        ToTheEnd      ///< it is something that was done
    };
    QRect visualRect(const QModelIndex &cell) const override; ///< without the room below the row
    /// Calls \a then with the server's values of \a cells of the model: at once, or when those
    /// that came cut were fetched. Esc and other rows end all that wait.
    void whenWhole(const QModelIndexList &cells,
                   const std::function<void(const RowsWhole::Values &)> &then,
                   RowsWhole::As as = RowsWhole::As::Value, Wait wait = Wait::UntilTheNext);
    void addPin(QMenu *menu, int column);                 ///< pins the column, or lets it go
    bool isWaiting() const { return m_whole != nullptr; } ///< for what is looked at
    void showValue(const QModelIndex &cell);              ///< whole, in a dialog
    /// Copies what \a form makes of the selected cells, when they are whole, and tells it. It is
    /// called on another thread when there are many of them.
    void copy(const std::function<QString(const SelectedCells &)> &form);

Q_SIGNALS:
    void sortRequested(int column, studio::RowsSort how);
    void currentRowChanged();
    void selectionMoved(); ///< other cells are selected
    void idleAction();
    void choiceWanted();
    /// The menu of a cell is about to open: room for the page's own actions.
    void menuRequested(QMenu *menu, const QModelIndex &cell);
    /// The menu of a column's title is about to open.
    void titleMenuRequested(QMenu *menu, int column);
    void referenceClicked(const QModelIndex &cell); ///< its arrow
    void looked(int first, int last);               ///< these rows of the model are on the screen
    void moved();                                   ///< the rows are elsewhere on the screen
    void notice(const QString &text);               ///< something to tell in the status line
    void columnsSet(); ///< other columns are there, each as wide as it is by itself

protected:
    void keyPressEvent(QKeyEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event) const override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void changeEvent(QEvent *event) override;

private:
    void whenFetched(const QModelIndexList &cells,
                     const std::function<void(const RowsWhole &, const rows::Page &)> &then,
                     RowsWhole::As as, Wait wait);
    void addCopies(QMenu *menu);
    void openTitleMenu(QPoint at);
    void addSorts(QMenu *menu, int column);
    void copyAs(rows::Form form, rows::Titles titles);
    bool stop();
    bool endWaiting();
    void holdPicture();
    void setPainted(bool isPainted);
    void look();
    void scheduleLook();
    bool isChoiceOpen() const;
    void showState();
    void widths();

    // rowsview_scroll.cpp
    void connectScrolling();
    qint64 rowsOnScreen() const;
    bool isInWindow(qint64 row) const;
    bool moveFar(const QKeyEvent &event);
    void scrollInWindow(qint64 row);
    void followBar();
    void scheduleSync();
    void syncBar();
    void growBar();
    qint64 rowsAPixel() const;
    void leave(int first, int last);
    void stayInPlace();
    void arrive(qint64 row);
    void restoreCurrent();

    RowsModel &m_rows;
    RowsGutter *m_gutter;
    RowsMessage *m_message;
    QTimer m_look;
    QTimer m_picture;  ///< of the rows before stays as long
    QTimer m_patience; ///< "Loading…" only when it takes noticeably long
    QString m_emptyTitle, m_emptyDetail;
    QString m_idleTitle, m_idleDetail, m_idleAction, m_choice;
    RowsMessage::Tone m_idleTone = RowsMessage::Tone::Quiet;
    QStringList m_shownColumns;                 ///< whose widths were set
    QFutureWatcherBase *m_whole = nullptr;      ///< for the newest that is only looked at
    QList<QPointer<QFutureWatcherBase>> m_kept; ///< those that wait to the end
    QPointer<QFutureWatcherBase> m_copying;     ///< the newest; kept, too

    QScrollBar *m_bar = nullptr;
    qint64 m_barUnit = 1; ///< rows that one step of the bar stands for
    bool m_barIsEstimated = false;
    QTimer m_sync;               ///< the bar is set once for all that one event changes
    QTimer m_follow;             ///< dragged: a jump at a time
    std::optional<Place> m_away; ///< the current cell while it is not in the window
    std::optional<Place> m_goal; ///< gets the focus when it arrives; row -1: the one that does
    int m_offset = 0;            ///< of the internal bar when rows above have gone
};

} // namespace studio
