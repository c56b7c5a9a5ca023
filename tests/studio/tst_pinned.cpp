// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "studio/widgets/rowscopy.h"
#include "studio/widgets/rowsheader.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowspane.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"

#include <QApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyledItemDelegate>
#include <QTest>

using namespace studio;

namespace
{
constexpr int columnCount = 200;
constexpr int rowCount = 60;

QString nameOf(int column)
{
    return QStringLiteral("c%1").arg(column);
}

/// 200 columns of which eight or so are seen at once; each cell says where it is.
struct Fixture {
    Fixture()
        : model({.fetch =
                     [](const query::Select &) {
                         QList<rows::ResultColumn> columns;
                         for (int i = 0; i < columnCount; ++i)
                             columns << rows::ResultColumn{.name = nameOf(i)};
                         QList<QList<std::optional<QByteArray>>> values;
                         for (int row = 0; row < rowCount; ++row) {
                             QList<std::optional<QByteArray>> cells;
                             for (int i = 0; i < columnCount; ++i)
                                 cells << QByteArray::number(row) + '/' + QByteArray::number(i);
                             values << cells;
                         }
                         return base::ready(
                             base::Result<rows::Page>(rows::fromValues(columns, values)));
                     },
                 .count = {}})
    {
        RowsQuery query;
        for (int i = 0; i < columnCount; ++i)
            query.columns << RowsColumn{.name = nameOf(i),
                                        .typeText = QStringLiteral("text"),
                                        .source = {QStringLiteral("t"), nameOf(i)}};
        model.setQuery(query);
        pane.resize(900, 400);
        pane.show();
        for (int i = 0; i < columnCount; ++i)
            view.setColumnWidth(i, 90 + i % 3 * 20);
        isReady = QTest::qWaitFor([this] { return model.rowCount() == rowCount; }) &&
                  QTest::qWaitFor([this] { return bar()->maximum() > 15'000; });
    }
    QModelIndex cell(int row, int column) const { return model.index(row, column); }
    QPoint center(int row, int column) const { return view.visualRect(cell(row, column)).center(); }
    QScrollBar *bar() const { return view.horizontalScrollBar(); }
    /// What stands left of the edge, as it is painted.
    QImage pinnedPicture() const
    {
        const int width = view.titles().pinnedWidth() - 2;
        return view.grab({0, 0, width, view.viewport()->geometry().bottom()}).toImage();
    }
    void choose(const char *text, int column)
    {
        RowsHeader &titles = view.titles();
        Q_EMIT titles.customContextMenuRequested({titles.left(column) + 5, 5});
        auto *menu = view.findChild<QMenu *>(QStringLiteral("titleMenu"));
        QVERIFY(menu);
        QStringList texts;
        for (QAction *action : menu->actions()) {
            texts << action->text();
            if (action->text() == QLatin1String(text)) {
                action->trigger();
                delete menu;
                return;
            }
        }
        QFAIL(qPrintable(texts.join(u',')));
    }
    QStringList selected() const
    {
        const SelectedCells cells = SelectedPlaces(view, model).cells({});
        return copied(cells, rows::Form::Tsv, rows::Titles::Without)
            .split(u'\n', Qt::SkipEmptyParts);
    }

    RowsModel model;
    RowsView &view = *new RowsView(model);
    RowsPane pane{&view};
    bool isReady = false;
};

/// Paints nothing, and notes what it was asked to paint.
class Counting final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *, const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        columns.insert(index.column());
        ++cells;
    }
    mutable QSet<int> columns;
    mutable int cells = 0;
};
} // namespace

class PinnedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pinnedFromTheTitle();
    void staysWhileOthersScroll();
    void everyCellIsFoundWhereItIsSeen();
    void keysCrossTheEdge();
    void mouseSelectsAcrossTheEdge();
    void shiftedDragBeginsWhereTheKeysWent();
    void lastPixelOfACellIsItsOwn();
    void titlesAnswerWhereTheyAreSeen();
    void edgeBehindAHiddenColumn();
    void titleKeepsItsSide();
    void roomIsLeftForOthers();
    void paintsWhatIsShown();
};

void PinnedTest::pinnedFromTheTitle()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.choose("Pin column", 5);
    f.choose("Pin column", 0);
    const RowsHeader &titles = f.view.titles();
    QCOMPARE(titles.pinned(), 2);
    QCOMPARE(titles.logicalIndex(0), 5);
    QCOMPARE(titles.logicalIndex(1), 0);
    QCOMPARE(titles.pinnedWidth(), f.view.columnWidth(5) + f.view.columnWidth(0));
    f.choose("Unpin column", 5);
    QCOMPARE(titles.pinned(), 1);
    QCOMPARE(titles.visualIndex(0), 0);
    QCOMPARE(titles.visualIndex(5), 5); // where it was
    f.choose("Unpin column", 0);
    QCOMPARE(titles.pinnedWidth(), 0);
    for (int i = 0; i < columnCount; ++i)
        QCOMPARE(titles.logicalIndex(i), i);
}

void PinnedTest::staysWhileOthersScroll()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.view.titles().pin(3);
    f.view.titles().pin(0);
    f.view.setCurrentIndex(f.cell(2, 3));
    const QImage before = f.pinnedPicture();
    QVERIFY(before.width() > 150);
    for (const int to : {1, 57, 400, f.bar()->maximum(), 0}) {
        f.bar()->setValue(to);
        QCOMPARE(f.bar()->value(), to);
        QCOMPARE(f.pinnedPicture(), before);
    }
    f.bar()->setValue(400);
    f.view.titles().setPinned(0);
    f.bar()->setValue(400);
    QVERIFY(f.view.grab({0, 0, before.width(), before.height()}).toImage() != before);
}

/// Also of cells that nobody sees: a selection begins at one.
void PinnedTest::everyCellIsFoundWhereItIsSeen()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.view.titles().pin(7);
    f.view.titles().pin(2);
    for (const int to : {0, 33, 777, f.bar()->maximum()}) {
        f.bar()->setValue(to);
        for (int column = 0; column < columnCount; ++column)
            QCOMPARE(f.view.indexAt(f.center(1, column)), f.cell(1, column));
        const int width = f.view.titles().pinnedWidth();
        QCOMPARE(f.view.visualRect(f.cell(0, 7)).left(), 0);
        for (int x = 0; x < f.view.viewport()->width(); ++x) {
            const QModelIndex at = f.view.indexAt({x, 5});
            QVERIFY(f.view.visualRect(at).contains(x, 5));
            QCOMPARE(x < width, at.column() == 7 || at.column() == 2);
        }
    }
}

void PinnedTest::keysCrossTheEdge()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.view.titles().pin(9);
    const auto right = [&] { QTest::keyClick(&f.view, Qt::Key_Right); };
    f.view.setCurrentIndex(f.cell(0, 150));
    const int far = f.bar()->value();
    QVERIFY(far > 0);
    QVERIFY(f.view.visualRect(f.cell(0, 150)).right() < f.view.viewport()->width());
    // To what is pinned nothing has to be scrolled, …
    f.view.setCurrentIndex(f.cell(4, 9));
    QCOMPARE(f.bar()->value(), far);
    // … and what comes behind it is not left behind it.
    right();
    QCOMPARE(f.view.currentIndex(), f.cell(4, 0));
    QCOMPARE(f.bar()->value(), 0);
    f.view.setCurrentIndex(f.cell(4, 100));
    for (int column = 99; column > 40; --column) {
        QTest::keyClick(&f.view, Qt::Key_Left);
        QCOMPARE(f.view.currentIndex(), f.cell(4, column));
        QVERIFY(f.view.columnViewportPosition(column) >= f.view.titles().pinnedWidth());
    }
    // Shift extends from a cell that has gone behind it.
    f.view.setCurrentIndex(f.cell(4, 41));
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&f.view, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(f.view.columnViewportPosition(41) < 0);
    QStringList wanted;
    for (int column = 41; column <= 71; ++column)
        wanted << QStringLiteral("4/%1").arg(column);
    QCOMPARE(f.selected(), QStringList{wanted.join(u'\t')});
}

void PinnedTest::mouseSelectsAcrossTheEdge()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.view.titles().pin(0); // nothing is moved
    f.bar()->setValue(350);
    QWidget *viewport = f.view.viewport();
    const int shown = f.view.indexAt({f.view.titles().pinnedWidth() + 60, 5}).column();
    QVERIFY(shown > 2);
    QTest::mouseClick(viewport, Qt::LeftButton, {}, f.center(1, 0));
    QCOMPARE(f.view.currentIndex(), f.cell(1, 0));
    QCOMPARE(f.bar()->value(), 350);
    QTest::mouseClick(viewport, Qt::LeftButton, Qt::ControlModifier, f.center(2, shown));
    QCOMPARE(f.view.selectionModel()->selectedIndexes().size(), 2);

    // From the pinned one to another by Shift; by a drag; from that one back.
    QStringList wanted;
    for (const int row : {1, 2}) {
        QStringList cells;
        for (int column = 0; column <= shown; ++column)
            cells << QStringLiteral("%1/%2").arg(row).arg(column);
        wanted << cells.join(u'\t');
    }
    QTest::mouseClick(viewport, Qt::LeftButton, {}, f.center(1, 0));
    QTest::mouseClick(viewport, Qt::LeftButton, Qt::ShiftModifier, f.center(2, shown));
    QCOMPARE(f.selected(), wanted);
    for (const bool isFromPinned : {true, false}) {
        QTest::mouseClick(viewport, Qt::LeftButton, {}, f.center(6, 0));
        const QPoint from = isFromPinned ? f.center(1, 0) : f.center(2, shown);
        const QPoint to = isFromPinned ? f.center(2, shown) : f.center(1, 0);
        QTest::mousePress(viewport, Qt::LeftButton, {}, from);
        QTest::mouseMove(viewport, (from + to) / 2);
        QTest::mouseMove(viewport, to);
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, to);
        QCOMPARE(f.selected(), wanted);
    }
    // Scrolled during the drag, it began where it began.
    QTest::mousePress(viewport, Qt::LeftButton, {}, f.center(1, 0));
    QTest::mouseMove(viewport, f.center(2, shown));
    f.bar()->setValue(500);
    const QPoint last(700, f.center(2, shown).y());
    QTest::mouseMove(viewport, last);
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, last);
    QVERIFY(f.selected().value(1).startsWith(QStringLiteral("2/0\t2/1\t")));
    QVERIFY(
        f.selected().value(1).endsWith(QStringLiteral("2/%1").arg(f.view.indexAt(last).column())));
}

void PinnedTest::shiftedDragBeginsWhereTheKeysWent()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.view.titles().pin(0);
    QWidget *viewport = f.view.viewport();
    QTest::mouseClick(viewport, Qt::LeftButton, {}, f.center(1, 0));
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&f.view, Qt::Key_Down);
    QCOMPARE(f.view.currentIndex(), f.cell(5, 0));
    const QStringList wanted{QStringLiteral("5/0"), QStringLiteral("6/0"), QStringLiteral("7/0"),
                             QStringLiteral("8/0")};
    const QPoint at = f.center(8, 0);
    QTest::mousePress(viewport, Qt::LeftButton, Qt::ShiftModifier, at);
    QCOMPARE(f.selected(), wanted);
    const QPoint beside = at + QPoint(1, 0);
    QMouseEvent move(QEvent::MouseMove, beside, viewport->mapToGlobal(beside), Qt::NoButton,
                     Qt::LeftButton, Qt::ShiftModifier); // QTest moves without Shift
    QApplication::sendEvent(viewport, &move);
    QCOMPARE(f.selected(), wanted);
    QTest::mouseRelease(viewport, Qt::LeftButton, Qt::ShiftModifier, beside);
    QCOMPARE(f.selected(), wanted);
}

/// Also when one selects upward or to the left.
void PinnedTest::lastPixelOfACellIsItsOwn()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.view.titles().pin(0);
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {}, f.center(4, 2));
    const QPoint last(f.view.columnViewportPosition(1) + f.view.columnWidth(1) - 1,
                      f.view.rowViewportPosition(3) + f.view.rowHeight(3) - 1);
    QCOMPARE(f.view.indexAt(last), f.cell(3, 1));
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, last);
    const QStringList wanted{QStringLiteral("3/1\t3/2"), QStringLiteral("4/1\t4/2")};
    QCOMPARE(f.selected(), wanted);
}

void PinnedTest::titlesAnswerWhereTheyAreSeen()
{
    Fixture f;
    QVERIFY(f.isReady);
    RowsHeader &titles = f.view.titles();
    titles.pin(4);
    titles.pin(6);
    f.bar()->setValue(1000);
    QSignalSpy sorted(&f.view, &RowsView::sortRequested);
    const auto click = [&](int x) {
        QTest::mouseClick(titles.viewport(), Qt::LeftButton, {}, {x, 10});
        return sorted.isEmpty() ? -1 : sorted.takeLast().first().toInt();
    };
    QCOMPARE(click(20), 4);
    QCOMPARE(click(f.view.columnWidth(4) + 20), 6);
    const int beyond = titles.pinnedWidth() + 60;
    QCOMPARE(click(beyond), f.view.indexAt({beyond, 5}).column());
    // By its right edge a pinned one is made wider, and those behind it give way.
    const int width = f.view.columnWidth(4);
    const QPoint grip(width - 2, 10);
    QTest::mousePress(titles.viewport(), Qt::LeftButton, {}, grip);
    QTest::mouseMove(titles.viewport(), grip + QPoint(20, 0));
    QTest::mouseMove(titles.viewport(), grip + QPoint(40, 0));
    QTest::mouseRelease(titles.viewport(), Qt::LeftButton, {}, grip + QPoint(40, 0));
    QCOMPARE(f.view.columnWidth(4), width + 40);
    QCOMPARE(f.view.visualRect(f.cell(0, 6)).left(), width + 40);
}

/// It is that of the column one sees before it.
void PinnedTest::edgeBehindAHiddenColumn()
{
    Fixture f;
    QVERIFY(f.isReady);
    RowsHeader &titles = f.view.titles();
    for (const int column : {0, 1, 2})
        titles.pin(column);
    f.view.setColumnHidden(1, true);
    f.bar()->setValue(1000);
    QSignalSpy sorted(&f.view, &RowsView::sortRequested);
    QSignalSpy moved(&titles, &QHeaderView::sectionMoved);
    const int width = f.view.columnWidth(0);
    const QPoint edge(width + 1, 10);
    QTest::mouseClick(titles.viewport(), Qt::LeftButton, {}, edge);
    QCOMPARE(sorted.size(), 0);
    QTest::mousePress(titles.viewport(), Qt::LeftButton, {}, edge);
    QTest::mouseMove(titles.viewport(), edge + QPoint(40, 0));
    QTest::mouseRelease(titles.viewport(), Qt::LeftButton, {}, edge + QPoint(40, 0));
    QCOMPARE(f.view.columnWidth(0), width + 40);
    QCOMPARE(moved.size(), 0);
    QVERIFY(f.view.isColumnHidden(1));
    // Before the first that is seen there is none.
    f.view.setColumnHidden(0, true);
    QTest::mouseClick(titles.viewport(), Qt::LeftButton, {}, {1, 10});
    QCOMPARE(sorted.size(), 1);
    QCOMPARE(sorted.first().first().toInt(), 2);
}

void PinnedTest::titleKeepsItsSide()
{
    Fixture f;
    QVERIFY(f.isReady);
    RowsHeader &titles = f.view.titles();
    titles.pin(4);
    titles.pin(6);
    const auto drag = [&](int column, int x) {
        const QPoint from(titles.left(column) + 30, 10);
        QTest::mousePress(titles.viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(titles.viewport(), from + QPoint(x > from.x() ? 15 : -15, 0));
        QTest::mouseMove(titles.viewport(), QPoint(x, 10));
        QTest::mouseRelease(titles.viewport(), Qt::LeftButton, {}, QPoint(x, 10));
    };
    drag(4, 600);
    QCOMPARE(titles.logicalIndex(0), 6);
    QCOMPARE(titles.logicalIndex(1), 4);
    QCOMPARE(titles.logicalIndex(2), 0);
    drag(2, 5);
    QCOMPARE(titles.logicalIndex(1), 4);
    QCOMPARE(titles.logicalIndex(2), 2);
    f.bar()->setValue(800);
    drag(4, 5);
    QCOMPARE(titles.logicalIndex(0), 4);
    drag(4, 700);
    QCOMPARE(titles.logicalIndex(0), 6);
    QCOMPARE(titles.logicalIndex(1), 4);
    titles.moveSection(0, 9); // by whoever moves it
    QCOMPARE(titles.logicalIndex(1), 6);
    QVERIFY(titles.isPinned(4) && titles.isPinned(6) && !titles.isPinned(2));
}

void PinnedTest::roomIsLeftForOthers()
{
    Fixture f;
    QVERIFY(f.isReady);
    for (int column = 0; column < 12; ++column)
        f.view.titles().pin(column);
    f.bar()->setValue(2000);
    const int shown = f.view.viewport()->width();
    QVERIFY(f.view.titles().staying() > 4);
    QVERIFY(f.view.titles().staying() < 12);
    QVERIFY(f.view.titles().pinnedWidth() < shown - 100);
    f.pane.resize(300, 400);
    QTRY_VERIFY(f.view.viewport()->width() < 300);
    QCOMPARE(f.view.titles().staying(), 1);
    f.view.setCurrentIndex(f.cell(0, 180));
    QVERIFY(f.view.columnViewportPosition(180) >= f.view.titles().pinnedWidth());
    f.view.setCurrentIndex(f.cell(0, 11)); // pinned, and there is no room for it: it is scrolled to
    QVERIFY(f.view.viewport()->rect().contains(f.view.visualRect(f.cell(0, 11)).topLeft()));
    QCOMPARE(f.view.titles().pinned(), 12);
}

/// Neither what is beyond the screen nor what is behind the pinned ones.
void PinnedTest::paintsWhatIsShown()
{
    Fixture f;
    QVERIFY(f.isReady);
    f.view.titles().pin(190);
    f.view.titles().pin(191);
    Counting delegate;
    f.view.setItemDelegate(&delegate);
    f.bar()->setValue(3000);
    f.view.viewport()->repaint();
    delegate.columns.clear();
    delegate.cells = 0;
    f.view.viewport()->repaint();
    QSet<int> seen;
    for (int x = 0; x < f.view.viewport()->width(); ++x)
        seen.insert(f.view.indexAt({x, 5}).column());
    QVERIFY(seen.contains(190) && seen.contains(191));
    QCOMPARE(delegate.columns, seen);
    const int rows = f.view.rowAt(f.view.viewport()->height() - 1) + 1;
    QCOMPARE(delegate.cells, int(seen.size()) * rows);
}

QTEST_MAIN(PinnedTest)
#include "tst_pinned.moc"
