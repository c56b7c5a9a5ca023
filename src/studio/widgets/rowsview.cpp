// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsview.h"

#include "studio/widgets/onworker.h"
#include "studio/widgets/rowsdelegate.h"
#include "studio/widgets/rowsgutter.h"
#include "studio/widgets/rowsheader.h"
#include "studio/widgets/rowsmessage.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsstatus.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/theme.h"
#include "studio/widgets/valuedialog.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <chrono>

namespace studio
{

namespace
{
/// What goes to the clipboard.
struct Copy {
    QString text;
    qsizetype rows = 0;
};

using base::Error; // lupdate takes a type with a scope for a class of texts

Error rowIsGone()
{
    return {.kind = base::ErrorKind::NotFound,
            .text = RowsView::tr("The row is not there any more: read the rows again")};
}
/// \a all says how many there are where more are than were copied.
QString copiedText(qsizetype rows, const QString &all)
{
    if (all.isEmpty())
        return RowsView::tr("Rows copied: %1").arg(grouped(rows));
    return RowsView::tr(
               "Rows copied: %1 of %2. The others are not loaded: an export takes all of them")
        .arg(grouped(rows), all);
}
} // namespace

RowsView::RowsView(RowsModel &rows, QWidget *parent)
    : PinnedTable(parent)
    , m_rows(rows)
    , m_gutter(new RowsGutter(this))
    , m_message(new RowsMessage(viewport()))
    , m_emptyTitle(tr("No rows"))
{
    setObjectName(QStringLiteral("rowsView"));
    setAccessibleName(tr("Rows"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalScrollBar()->setSingleStep(studio::rowHeight);
    setItemDelegate(new RowsDelegate(this));
    viewport()->setAttribute(Qt::WA_Hover); // the arrow of what leads elsewhere
    const RowsHeader *header = &titles();
    setVerticalHeader(m_gutter);
    setCornerButtonEnabled(false);
    // A title sorts, and is dragged: it does not select the part of its column that is here.
    disconnect(header, &QHeaderView::sectionPressed, this, nullptr);
    disconnect(header, &QHeaderView::sectionEntered, this, nullptr);
    setModel(&rows);

    m_look.setSingleShot(true);
    m_patience.setSingleShot(true);
    using namespace std::chrono_literals;
    m_patience.setInterval(180ms);
    m_picture.setSingleShot(true);
    m_picture.setInterval(40ms);
    connect(&m_look, &QTimer::timeout, this, &RowsView::look);
    connect(&m_picture, &QTimer::timeout, this, [this] { setPainted(true); });
    connect(&m_patience, &QTimer::timeout, this, &RowsView::showState);
    connect(m_message, &RowsMessage::actionClicked, this, [this] {
        if (m_rows.state() == RowsModel::State::Empty)
            Q_EMIT idleAction();
        else if (isChoiceOpen())
            Q_EMIT choiceWanted();
        else
            m_rows.retry();
    });
    connect(header, &QHeaderView::sectionClicked, this, [this](int column) {
        const bool adds =
            QGuiApplication::keyboardModifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
        Q_EMIT sortRequested(column, adds ? RowsSort::AddNext : RowsSort::Next);
    });
    titles().setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &RowsView::openTitleMenu);
    // A column that comes back to the screen.
    connect(header, &QHeaderView::sectionResized, this, &RowsView::scheduleLook);
    connect(&rows, &RowsModel::stateChanged, this, [this] {
        if (m_rows.state() == RowsModel::State::Loading)
            m_patience.start();
        showState();
        holdPicture();
    });
    connectScrolling();
    for (const auto signal : {&RowsModel::rowsInserted, &RowsModel::rowsRemoved}) {
        connect(&rows, signal, this, &RowsView::scheduleLook);
        connect(&rows, signal, this, &RowsView::showState);
    }
    connect(&rows, &RowsModel::modelReset, this, [this] {
        if (endWaiting())
            Q_EMIT notice(
                tr("The rows are others now: what waited for a whole value was not done"));
    });
    connect(&rows, &RowsModel::modelReset, this, &RowsView::widths);
    connect(&rows, &RowsModel::modelReset, this, &RowsView::scheduleLook);
    widths();
    showState();
}

/// Of a grid that was emptied for other rows the picture stays for a moment: rows that come at once
/// neither wait until an empty grid was painted, nor flicker.
void RowsView::holdPicture()
{
    const bool isEmptied = m_rows.state() == RowsModel::State::Loading && m_rows.rowCount() == 0;
    if (isEmptied)
        m_picture.start();
    else
        m_picture.stop();
    setPainted(!isEmptied);
}

void RowsView::setPainted(bool isPainted)
{
    setUpdatesEnabled(isPainted);
    if (m_bar)
        m_bar->setUpdatesEnabled(isPainted);
}

void RowsView::setEmptyText(const QString &title, const QString &detail)
{
    m_emptyTitle = title;
    m_emptyDetail = detail;
    showState();
}

void RowsView::setIdle(const QString &title, const QString &detail, const QString &action,
                       RowsMessage::Tone tone)
{
    m_idleTitle = title;
    m_idleDetail = detail;
    m_idleAction = action;
    m_idleTone = tone;
    showState();
}

void RowsView::whenWhole(const QModelIndexList &cells,
                         const std::function<void(const RowsWhole::Values &)> &then,
                         RowsWhole::As as, Wait wait)
{
    const auto fetched = [this, then](const RowsWhole &whole, const rows::Page &answer) {
        if (const std::optional<RowsWhole::Values> values = whole.values(answer))
            then(*values);
        else
            Q_EMIT notice(base::toLine(rowIsGone()));
    };
    whenFetched(cells, fetched, as, wait);
}

/// As whenWhole(), for whoever takes the values out of the answer elsewhere.
void RowsView::whenFetched(const QModelIndexList &cells,
                           const std::function<void(const RowsWhole &, const rows::Page &)> &then,
                           RowsWhole::As as, Wait wait)
{
    constexpr qint64 mostBytes = 256'000'000;
    if (wait == Wait::UntilTheNext)
        base::disregard(std::exchange(m_whole, nullptr));
    const RowsWhole whole(m_rows, cells, as);
    if (whole.isComplete()) {
        then(whole, {});
        return;
    }
    const QString size = sizeText(whole.missing());
    if (as == RowsWhole::As::Value && whole.missing() > mostBytes) {
        Q_EMIT notice(
            tr("%1 are too much at once: choose fewer cells, or export the rows").arg(size));
        return;
    }
    Q_EMIT notice(tr("Fetching %1…").arg(size));
    const auto fetched = [this, whole, then, wait](const base::Result<rows::Page> &answer) {
        if (wait == Wait::UntilTheNext)
            m_whole = nullptr;
        Q_EMIT notice(answer ? QString() : base::toLine(answer.error()));
        if (answer)
            then(whole, *answer);
    };
    QFutureWatcherBase *watcher = base::receive(this, m_rows.fetch(whole.select()), fetched);
    if (wait == Wait::ToTheEnd) {
        m_kept.removeAll(nullptr);
        m_kept << watcher;
        return;
    }
    m_whole = watcher;
}

/// False when nothing waited.
bool RowsView::endWaiting()
{
    m_kept.removeAll(nullptr);
    const bool isWaiting = m_whole || !m_kept.isEmpty();
    base::disregard(std::exchange(m_whole, nullptr));
    for (const QPointer<QFutureWatcherBase> &kept : std::exchange(m_kept, {}))
        base::disregard(kept);
    return isWaiting;
}

void RowsView::copy(const std::function<QString(const SelectedCells &)> &form)
{
    if (!selectionModel()->hasSelection())
        return;
    base::disregard(m_copying);
    const SelectedPlaces places(*this, m_rows);
    const QString all = isPartOfAll(*this, m_rows) ? totalText(m_rows) : QString();
    const auto taken = [this, all](const base::Result<Copy> &copy) {
        if (copy)
            QGuiApplication::clipboard()->setText(copy->text);
        Q_EMIT notice(copy ? copiedText(copy->rows, all) : base::toLine(copy.error()));
    };
    const auto work = [places, form](const RowsWhole::Values &values) {
        const SelectedCells cells = places.cells(values);
        return Copy{form(cells), cells.rows.size()};
    };
    if (places.isSmall()) {
        taken(work({}));
        return;
    }
    const auto fetched = [this, work, taken](const RowsWhole &whole, const rows::Page &answer) {
        Q_EMIT notice(tr("Copying… Esc stops it"));
        const auto written = [work, whole, answer]() -> base::Result<Copy> {
            const std::optional<RowsWhole::Values> values = whole.values(answer);
            return values ? base::Result<Copy>(work(*values)) : rowIsGone();
        };
        m_copying = base::receive(this, onWorker<Copy>(written), taken);
        m_kept << m_copying;
    };
    whenFetched(places.cutIndexes(), fetched, RowsWhole::As::Value, Wait::UntilTheNext);
}

void RowsView::copyAs(rows::Form form, rows::Titles titles)
{
    copy([form, titles](const SelectedCells &cells) { return copied(cells, form, titles); });
}

void RowsView::showValue(const QModelIndex &cell)
{
    if (cell.isValid())
        (new ValueDialog(m_rows, cell, this))->open();
}

/// The forms that need to know no table.
void RowsView::addCopies(QMenu *menu)
{
    QAction *plain = menu->addAction(tr("Copy"), this,
                                     [this] { copyAs(rows::Form::Tsv, rows::Titles::Without); });
    plain->setShortcut(QKeySequence::Copy);
    menu->addAction(tr("Copy with column names"), this,
                    [this] { copyAs(rows::Form::Tsv, rows::Titles::With); });
    QMenu *forms = menu->addMenu(tr("Copy as"));
    forms->setObjectName(QStringLiteral("copyMenu"));
    const std::pair<QString, rows::Form> known[]{{tr("TSV"), rows::Form::Tsv},
                                                 {tr("CSV"), rows::Form::Csv},
                                                 {tr("JSON"), rows::Form::Json},
                                                 {tr("Markdown"), rows::Form::Markdown}};
    for (const auto &[text, form] : known)
        forms->addAction(text, this, [this, form = form] { copyAs(form, rows::Titles::With); });
    for (QAction *action : menu->actions())
        action->setEnabled(selectionModel()->hasSelection());
}

/// Esc: the newest of what is under way.
bool RowsView::stop()
{
    if (endWaiting()) {
        Q_EMIT notice(tr("Stopped: the value was not fetched"));
        return true;
    }
    if (!m_rows.cancel())
        return false;
    Q_EMIT notice(m_rows.state() == RowsModel::State::Cancelled
                      ? tr("Stopped: the rows that were asked for are not there")
                      : tr("Stopped: the rows are not counted and measured"));
    return true;
}

void RowsView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyAs(rows::Form::Tsv, rows::Titles::Without);
        event->accept();
    } else if (event->key() == Qt::Key_F2 && event->modifiers() == Qt::ShiftModifier) {
        showValue(currentIndex());
        event->accept();
    } else if (event->key() == Qt::Key_Escape && stop()) {
        event->accept();
    } else if (event->key() == Qt::Key_Escape) {
        event->ignore(); // Qt takes it for a letter to search for; others may have to stop
    } else if (moveFar(*event)) {
        event->accept();
    } else {
        PinnedTable::keyPressEvent(event);
    }
}

/// Qt moves the frame by Ctrl and a key, and leaves the selection where it was: what is done to the
/// chosen rows would meet others than the one that the frame is on.
QItemSelectionModel::SelectionFlags RowsView::selectionCommand(const QModelIndex &index,
                                                               const QEvent *event) const
{
    if (!event || event->type() != QEvent::KeyPress)
        return PinnedTable::selectionCommand(index, event);
    const auto *key = static_cast<const QKeyEvent *>(event);
    if (key->key() == Qt::Key_Space)
        return PinnedTable::selectionCommand(index, event);
    const QKeyEvent plain(QEvent::KeyPress, key->key(), key->modifiers() & ~Qt::ControlModifier);
    return PinnedTable::selectionCommand(index, &plain);
}

void RowsView::mouseReleaseEvent(QMouseEvent *event)
{
    PinnedTable::mouseReleaseEvent(event);
    const QModelIndex cell = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier &&
        cell == currentIndex() && cell.data(RowsModel::ReferenceRole).toBool() &&
        RowsDelegate::arrowRect(visualRect(cell)).contains(event->pos()))
        Q_EMIT referenceClicked(cell);
}

void RowsView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("rowsMenu"));
    addCopies(menu);
    QAction *value =
        menu->addAction(tr("Show the value"), this, [this] { showValue(currentIndex()); });
    value->setShortcut(Qt::SHIFT | Qt::Key_F2);
    value->setEnabled(currentIndex().isValid());
    if (currentIndex().isValid())
        Q_EMIT menuRequested(menu, currentIndex());
    const bool fromKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(fromKeyboard ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                             : event->globalPos());
}

void RowsView::openTitleMenu(QPoint at)
{
    const int column = titles().columnAt(at.x());
    if (column < 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("titleMenu"));
    addSorts(menu, column);
    menu->addSeparator();
    menu->addAction(tr("Hide the column"), this, [this, column] { setColumnHidden(column, true); });
    addPin(menu, column);
    Q_EMIT titleMenuRequested(menu, column);
    menu->popup(horizontalHeader()->viewport()->mapToGlobal(at));
}

void RowsView::addSorts(QMenu *menu, int column)
{
    const int place = m_rows.headerData(column, Qt::Horizontal, RowsModel::SortRole).toInt();
    const auto add = [&](const QString &text, RowsSort how) {
        return menu->addAction(text, this,
                               [this, column, how] { Q_EMIT sortRequested(column, how); });
    };
    QAction *ascending = add(tr("Sort ascending"), RowsSort::Ascending);
    QAction *descending = add(tr("Sort descending"), RowsSort::Descending);
    for (QAction *action : {ascending, descending})
        action->setCheckable(true);
    ascending->setChecked(place > 0);
    descending->setChecked(place < 0);
    QAction *then = add(tr("Then by this column"), RowsSort::Then);
    then->setEnabled(place == 0 && m_rows.query().chosenSorts > 0);
    add(tr("Not by this column"), RowsSort::None)->setEnabled(place != 0);
}

void RowsView::addPin(QMenu *menu, int column)
{
    const bool isPinned = titles().isPinned(column);
    menu->addAction(
        isPinned ? tr("Unpin column") : tr("Pin column"), this,
        [this, column, isPinned] { isPinned ? titles().unpin(column) : titles().pin(column); });
}

QRect RowsView::visualRect(const QModelIndex &cell) const
{
    QRect rect = PinnedTable::visualRect(cell);
    rect.setHeight(std::min(rect.height(), studio::rowHeight));
    return rect;
}

void RowsView::resizeEvent(QResizeEvent *event)
{
    PinnedTable::resizeEvent(event);
    m_message->follow(viewport()->rect());
    scheduleLook();
    scheduleSync();
    Q_EMIT moved();
}

void RowsView::scrollContentsBy(int dx, int dy)
{
    PinnedTable::scrollContentsBy(dx, dy);
    // The message is a child of the viewport, which scrolls its children with it.
    m_message->follow(viewport()->rect());
    if (dy != 0) {
        scheduleLook();
        scheduleSync();
    }
    Q_EMIT moved();
}

void RowsView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    PinnedTable::currentChanged(current, previous);
    if (current.isValid())
        m_away.reset();
    Q_EMIT currentRowChanged();
}

void RowsView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    PinnedTable::selectionChanged(selected, deselected);
    Q_EMIT selectionMoved();
}

void RowsView::changeEvent(QEvent *event)
{
    PinnedTable::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showState();
}

void RowsView::scheduleLook()
{
    if (!m_look.isActive())
        m_look.start(0);
}

void RowsView::look()
{
    if (m_rows.rowCount() == 0)
        return;
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    const int lowest = last < 0 ? m_rows.rowCount() - 1 : last;
    m_rows.look(qMax(0, first), lowest);
    Q_EMIT looked(qMax(0, first), lowest);
}

/// Whether rows wait for an answer of the person and for nothing else.
bool RowsView::isChoiceOpen() const
{
    const std::optional<base::Error> error = m_rows.error();
    return !m_choice.isEmpty() && m_rows.state() == RowsModel::State::Failed && error &&
           error->kind == base::ErrorKind::Ambiguous;
}

void RowsView::showState()
{
    using Tone = RowsMessage::Tone;
    const bool hasRows = m_rows.rowCount() > 0;
    const auto place = hasRows ? RowsMessage::Place::LowerEdge : RowsMessage::Place::Middle;
    const bool isPatient = m_patience.isActive();
    QString title, detail, action;
    Tone tone = Tone::Quiet;
    switch (m_rows.state()) {
    case RowsModel::State::Empty:
        title = m_idleTitle;
        detail = m_idleDetail;
        action = m_idleAction;
        tone = m_idleTone;
        break;
    case RowsModel::State::Loading:
        if (!isPatient) {
            title = hasRows ? tr("Loading more rows…") : tr("Loading…");
            detail = hasRows ? QString() : tr("Esc stops it");
        }
        break;
    case RowsModel::State::Ready:
        if (!hasRows) {
            title = m_emptyTitle;
            detail = m_emptyDetail;
        }
        break;
    case RowsModel::State::Failed: {
        const base::Error error = m_rows.error().value_or(base::Error());
        tone = isChoiceOpen() ? Tone::Quiet : Tone::Failure;
        title = error.where.isEmpty() ? error.text : tr("%1 (%2)").arg(error.text, error.where);
        QStringList reasons{error.detail, error.hint};
        reasons.removeAll(QString());
        detail = reasons.join(QLatin1Char('\n'));
        action = isChoiceOpen() ? m_choice : tr("Try again");
        break;
    }
    case RowsModel::State::Cancelled:
        title = tr("Stopped");
        action = tr("Go on");
        break;
    }
    m_message->setVisible(!title.isEmpty());
    if (!title.isEmpty())
        m_message->say(title, detail, action, tone, place);
}

void RowsView::widths()
{
    QStringList names;
    for (const RowsColumn &column : m_rows.columns())
        names.append(column.name);
    // The person's own widths stay while the columns are the same.
    if (names == m_shownColumns)
        return;
    m_shownColumns = names;
    titles().setPinned(0);
    for (int i = 0; i < names.size(); ++i) {
        setColumnWidth(i, initialWidth(m_rows.columns().at(i)));
        setColumnHidden(i, m_rows.columns().at(i).hidden);
    }
    Q_EMIT columnsSet();
}

} // namespace studio
