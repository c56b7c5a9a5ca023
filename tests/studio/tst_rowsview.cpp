// SPDX-License-Identifier: GPL-3.0-or-later
#include "pageserver.h"
#include "studio/widgets/rowscopy.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowspane.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"
#include "watched.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

using namespace studio;

namespace
{
RowsQuery pagedQuery()
{
    const query::ColumnRef id{QStringLiteral("t"), QStringLiteral("id")};
    RowsQuery query{.paging = RowsQuery::Paging::Keyset, .pageSize = 50};
    query.columns = {{.name = QStringLiteral("id"),
                      .typeText = QStringLiteral("integer"),
                      .typeClass = rows::TypeClass::Number,
                      .source = id},
                     {.name = QStringLiteral("name"),
                      .typeText = QStringLiteral("text"),
                      .source = {QStringLiteral("t"), QStringLiteral("name")}}};
    query.select.sorts = {{.column = id, .nullable = false}};
    return query;
}

struct Fixture {
    explicit Fixture(int rows)
        : server(rows)
        , model({.fetch = [this](const query::Select &select) { return server.fetch(select); },
                 .count = [this](const query::Select &select) { return count(select); }})
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        pane.resize(500, 400);
        pane.show();
    }
    QFuture<PageServer::Result> count(const query::Select &)
    {
        return base::ready(PageServer::Result(rows::fromValues(
            {{QStringLiteral("count"), 20}}, {{QByteArray::number(int(server.table().size()))}})));
    }
    QScrollBar *bar() const
    {
        return pane.findChild<QScrollBar *>(QStringLiteral("rowsScrollBar"));
    }
    bool isCounted() const { return model.total().kind == RowsTotal::Kind::Exact; }
    /// The id in the row at the top of the screen.
    QString top() const
    {
        return model.index(view.rowAt(0), 0).data(RowsModel::RawTextRole).toString();
    }
    QString current() const
    {
        return view.currentIndex().siblingAtColumn(0).data(RowsModel::RawTextRole).toString();
    }
    QString withTitles() const
    {
        return copied(SelectedPlaces(view, model).cells({}), rows::Form::Tsv, rows::Titles::With);
    }
    qint64 visible() const { return view.viewport()->height() / rowHeight; }
    QLabel *title() const { return view.findChild<QLabel *>(QStringLiteral("rowsMessageTitle")); }
    QPushButton *action() const
    {
        return view.findChild<QPushButton *>(QStringLiteral("rowsMessageAction"));
    }
    QPoint cell(int row, int column) const
    {
        return view.visualRect(model.index(row, column)).center();
    }

    PageServer server;
    RowsModel model;
    QAbstractItemModelTester tester;
    RowsView &view = *new RowsView(model);
    RowsPane pane{&view};
};
} // namespace

class RowsViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelGoesFirst();
    void draggedToAnyRow();
    void wheelMovesThroughAll();
    void keysMoveThroughAll();
    void focusIsWhatIsChosen();
    void focusOutlivesItsPage();
    void moreRowsThanABarCanCount();
    void barSaysWhenItGuesses();
    void clickOnATitleAsksForASort();
    void copiesCellsAndRows();
    void copiesManyCellsBesideTheWindow();
    void saysThatMoreRowsAreThanWereTaken();
    void escapeStops();
    void saysThatThereAreNone();
    void saysWhatFailedAndTriesAgain();
    void saysWhyItIsIdle();
    void columnWidthsOutliveASort();
    void hiddenColumnsStayHidden();
};

/// Rows that are deleted, copied or duplicated are the chosen ones: those, and no others, that the
/// frame went to.
void RowsViewTest::focusIsWhatIsChosen()
{
    Fixture f(20);
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.isCounted());
    const auto chosen = [&f] {
        QStringList ids;
        const QModelIndexList cells = f.view.selectionModel()->selectedIndexes();
        for (const QModelIndex &cell : cells)
            ids << cell.siblingAtColumn(0).data(RowsModel::RawTextRole).toString();
        ids.removeDuplicates();
        ids.sort();
        return ids.join(u' ');
    };
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, Qt::NoModifier, f.cell(3, 0));
    QCOMPARE(chosen(), QStringLiteral("4"));
    QTest::keyClick(&f.view, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(f.current(), QStringLiteral("1"));
    QCOMPARE(chosen(), QStringLiteral("1"));
    QTest::keyClick(&f.view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(chosen(), QStringLiteral("20"));
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, Qt::NoModifier, f.cell(2, 0));
    QTest::keyClick(&f.view, Qt::Key_Home, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(chosen(), QStringLiteral("1 2 3"));
}

void RowsViewTest::draggedToAnyRow()
{
    Fixture f(30'000);
    f.server.beginPrompt();
    f.model.setMostPages(4);
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.isCounted());
    QTRY_COMPARE(f.bar()->maximum(), int(30'000 - f.visible()));
    for (const int row : {12'345, 29'000, 7, 80, 29'999 - 200, 0}) {
        f.bar()->setValue(row);
        QTRY_COMPARE(f.top(), QString::number(row + 1));
        QCOMPARE(f.view.topRow(), row);
        QTRY_COMPARE(f.bar()->value(), row);
        QVERIFY(f.model.rowCount() <= 300);
    }
    f.bar()->setValue(f.bar()->maximum());
    QTRY_COMPARE(f.model.index(f.view.rowAt(f.view.viewport()->height() - 5), 0).data().toString(),
                 QStringLiteral("30000"));
    QCOMPARE(f.bar()->value(), f.bar()->maximum());
}

/// By wheel from end to end: no row is left out or shown twice, the bar follows.
void RowsViewTest::wheelMovesThroughAll()
{
    Fixture f(900);
    f.server.beginPrompt();
    f.model.setMostPages(4);
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.isCounted());
    const auto turn = [&](int notches) {
        const QPoint at = f.view.viewport()->rect().center();
        QWheelEvent event(at, f.view.viewport()->mapToGlobal(at), {}, QPoint(0, notches * 120),
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(f.view.viewport(), &event);
    };
    for (const int direction : {-1, 1}) {
        const int goal = direction < 0 ? f.bar()->maximum() : 0;
        for (int turns = 0; f.bar()->value() != goal; ++turns) {
            QVERIFY(turns < 600);
            const qint64 before = f.view.topRow();
            turn(direction);
            QTRY_COMPARE(f.model.state(), RowsModel::State::Ready);
            QVERIFY2(std::abs(f.view.topRow() - before) <= 4,
                     qPrintable(QStringLiteral("%1 to %2").arg(before).arg(f.view.topRow())));
            QCOMPARE(f.top(), QString::number(f.view.topRow() + 1));
            QTRY_VERIFY(std::abs(f.bar()->value() - f.view.topRow()) <= 1);
            QVERIFY(f.model.rowCount() <= 300);
            QCoreApplication::processEvents();
        }
    }
}

void RowsViewTest::keysMoveThroughAll()
{
    Fixture f(5000);
    f.server.beginPrompt();
    f.model.setMostPages(4);
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.isCounted());
    f.view.setFocus();
    f.view.setCurrentIndex(f.model.index(0, 1));
    QTest::keyClick(&f.view, Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(f.current(), QStringLiteral("5000"));
    QCOMPARE(f.view.currentRow(), 4999);
    QCOMPARE(f.bar()->value(), f.bar()->maximum());
    QTest::keyClick(&f.view, Qt::Key_Up);
    QTRY_COMPARE(f.current(), QStringLiteral("4999"));
    qint64 row = 4998;
    for (int i = 0; i < 20; ++i) {
        QTest::keyClick(&f.view, Qt::Key_PageUp);
        QTRY_VERIFY(f.view.currentRow() < row && f.view.currentIndex().isValid());
        QVERIFY(row - f.view.currentRow() <= f.visible() + 1);
        QVERIFY(row - f.view.currentRow() >= f.visible() - 1);
        row = f.view.currentRow();
        QCOMPARE(f.current(), QString::number(row + 1));
        QTRY_COMPARE(f.model.state(), RowsModel::State::Ready);
    }
    QTest::keyClick(&f.view, Qt::Key_Home, Qt::ControlModifier);
    QTRY_COMPARE(f.current(), QStringLiteral("1"));
    for (int i = 2; i <= 120; ++i) {
        QTest::keyClick(&f.view, Qt::Key_Down);
        QTRY_COMPARE(f.current(), QString::number(i));
    }
}

/// The focus stays with its row while that is far away, and keys go on from there.
void RowsViewTest::focusOutlivesItsPage()
{
    Fixture f(5000);
    f.server.beginPrompt();
    f.model.setMostPages(4);
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.isCounted());
    f.view.setCurrentIndex(f.model.index(7, 1));
    f.bar()->setValue(3000);
    QTRY_COMPARE(f.top(), QStringLiteral("3001"));
    QCOMPARE(f.view.currentRow(), 7);
    QVERIFY(!f.view.currentIndex().isValid());
    f.bar()->setValue(0);
    QTRY_COMPARE(f.top(), QStringLiteral("1"));
    QCOMPARE(f.current(), QStringLiteral("8"));
    QCOMPARE(f.view.currentIndex().column(), 1);
    f.bar()->setValue(4000);
    QTRY_COMPARE(f.top(), QStringLiteral("4001"));
    QTest::keyClick(&f.view, Qt::Key_Down);
    QTRY_COMPARE(f.current(), QStringLiteral("9"));
}

/// 2³¹ rows are more than pixels fit into an int, and more than a bar can count.
void RowsViewTest::moreRowsThanABarCanCount()
{
    Fixture f(500);
    RowsQuery query = pagedQuery();
    query.estimate = 10'000'000'000;
    f.model.setQuery(query);
    QTRY_VERIFY(f.bar()->maximum() > 1'500'000'000);
    f.server.beginPrompt();
    QTRY_VERIFY(f.isCounted()); // 500
    QTRY_COMPARE(f.bar()->maximum(), int(500 - f.visible()));
}

void RowsViewTest::barSaysWhenItGuesses()
{
    Fixture f(500);
    RowsQuery query = pagedQuery();
    query.estimate = 700;
    f.model.setQuery(query);
    QTRY_VERIFY(f.bar()->property("estimated").toBool());
    f.server.beginPrompt();
    QTRY_VERIFY(f.isCounted());
    QVERIFY(!f.bar()->property("estimated").toBool());
}

void RowsViewTest::clickOnATitleAsksForASort()
{
    Fixture f(5);
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.rowCount(), 5);
    QSignalSpy asked(&f.view, &RowsView::sortRequested);
    const QHeaderView *header = f.view.horizontalHeader();
    const QPoint second(header->sectionViewportPosition(1) + 20, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toInt(), 1);
}

/// A great many cells are noted, written elsewhere, and can be given up.
void RowsViewTest::copiesManyCellsBesideTheWindow()
{
    constexpr int rowCount = 4'000;
    constexpr int columnCount = 60;
    QList<rows::ResultColumn> columns;
    QList<std::optional<QByteArray>> row;
    for (int column = 0; column < columnCount; ++column) {
        columns << rows::ResultColumn{QStringLiteral("c%1").arg(column), 25};
        row << QByteArray("a value of some length");
    }
    const rows::Page page =
        rows::fromValues(columns, QList<QList<std::optional<QByteArray>>>(rowCount, row));
    RowsModel model({.fetch = [&page](const query::Select &) {
        return base::ready(base::Result<rows::Page>(page));
    }});
    RowsView view(model);
    view.show();
    model.setQuery({});
    QTRY_COMPARE(model.rowCount(), rowCount);
    view.selectAll();
    QSignalSpy notices(&view, &RowsView::notice);
    const auto told = [&] {
        return notices.isEmpty() ? QString() : notices.last().first().toString();
    };
    auto *application = static_cast<Watched *>(qApp);
    QApplication::clipboard()->setText(QStringLiteral("before"));
    // Given up before it is there.
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(told().startsWith(QStringLiteral("Copying…")));
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(told().startsWith(QStringLiteral("Stopped")));
    application->longest = 0;
    QKeyEvent press(QEvent::KeyPress, Qt::Key_C, Qt::ControlModifier);
    QCoreApplication::sendEvent(&view, &press);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
    QTRY_COMPARE_WITH_TIMEOUT(told(), QStringLiteral("Rows copied: 4,000"), 20'000);
    const qint64 longest = application->longest;
    QCOMPARE(QApplication::clipboard()->text().size(), qsizetype(rowCount) * columnCount * 23 - 1);
    // What the window would have stood still for.
    application->longest = 0;
    QTimer::singleShot(0, &view, [&] {
        (void)copied(SelectedPlaces(view, model).cells({}), rows::Form::Tsv, rows::Titles::Without);
    });
    QTRY_VERIFY(application->longest > 0);
    QTRY_VERIFY2(longest * 4 < application->longest,
                 qPrintable(QStringLiteral("%1 ns of %2").arg(longest).arg(application->longest)));
    qInfo("longest piece on the GUI thread: %.1f ms of %.1f", double(longest) / 1e6,
          double(application->longest) / 1e6);
}

/// Ctrl+A takes the rows that are loaded: neither the copy nor the sums pass for all there are.
void RowsViewTest::saysThatMoreRowsAreThanWereTaken()
{
    Fixture f(5000);
    f.server.beginPrompt();
    f.model.setMostPages(4);
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.isCounted());
    QTRY_VERIFY(f.model.state() == RowsModel::State::Ready && f.view.rowAt(0) == 0);
    QSignalSpy notices(&f.view, &RowsView::notice);
    const auto copyAll = [&] {
        f.view.selectAll();
        QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
        return notices.last().first().toString();
    };
    const QString loaded = grouped(f.model.rowCount());
    QVERIFY(f.model.rowCount() < 5000);
    QCOMPARE(copyAll(), QStringLiteral("Rows copied: %1 of 5,000. The others are not loaded: an "
                                       "export takes all of them")
                            .arg(loaded));
    QVERIFY(sumsText(f.view, f.model).startsWith(QStringLiteral("only the loaded rows: ")));
    // Those that were chosen one by one are what was meant.
    f.view.clearSelection();
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {}, f.cell(1, 0));
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, f.cell(3, 1));
    QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(notices.last().first().toString(), QStringLiteral("Rows copied: 3"));
    QVERIFY(sumsText(f.view, f.model).startsWith(QStringLiteral("6 cells")));
    // Above are others as well, at the end.
    f.bar()->setValue(f.bar()->maximum());
    QTRY_VERIFY(f.model.state() == RowsModel::State::Ready && f.model.atEnd() &&
                f.top().toInt() > 4900);
    QVERIFY(copyAll().contains(QStringLiteral(" of 5,000. ")));

    Fixture few(5);
    few.server.beginPrompt();
    few.model.setQuery(pagedQuery());
    QTRY_VERIFY(few.isCounted());
    QSignalSpy fewNotices(&few.view, &RowsView::notice);
    few.view.selectAll();
    QTest::keyClick(&few.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(fewNotices.last().first().toString(), QStringLiteral("Rows copied: 5"));
    QVERIFY(sumsText(few.view, few.model).startsWith(QStringLiteral("10 cells")));
}

void RowsViewTest::copiesCellsAndRows()
{
    Fixture f(5);
    f.server.table()[2] = std::nullopt;
    f.server.table()[3] = QByteArray("a\tb\nc");
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.rowCount(), 5);
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {}, f.cell(2, 1));
    QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("a\tb\nc"));

    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {}, f.cell(0, 0));
    QTest::mouseClick(f.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, f.cell(2, 1));
    QSignalSpy notices(&f.view, &RowsView::notice);
    QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1\tname 1\n2\t\n3\t\"a\tb\nc\""));
    QCOMPARE(notices.count(), 1);
    QVERIFY(f.withTitles().startsWith(QStringLiteral("id\tname\n1\t")));

    f.view.horizontalHeader()->moveSection(1, 0);
    QVERIFY(f.withTitles().startsWith(QStringLiteral("name\tid\nname 1\t1")));
}

void RowsViewTest::escapeStops()
{
    Fixture f(500);
    f.model.setQuery(pagedQuery());
    f.view.setFocus();
    const auto promise = f.server.asked().front().promise;
    QSignalSpy notices(&f.view, &RowsView::notice);
    QTest::keyClick(&f.view, Qt::Key_Escape);
    QCOMPARE(f.model.state(), RowsModel::State::Cancelled);
    QVERIFY(promise->isCanceled());
    QCOMPARE(notices.count(), 1);
    QVERIFY(notices.first().first().toString().startsWith(QStringLiteral("Stopped")));
    QTRY_VERIFY(f.action()->isVisible());
    f.server.asked().clear();
    f.server.beginPrompt();
    QTest::mouseClick(f.action(), Qt::LeftButton);
    QTRY_VERIFY(f.model.rowCount() >= 50);
}

void RowsViewTest::saysThatThereAreNone()
{
    Fixture f(0);
    f.view.setEmptyText(QStringLiteral("No rows in Globex"), {});
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.title()->isVisible());
    QCOMPARE(f.title()->text(), QStringLiteral("No rows in Globex"));
    QVERIFY(!f.action()->isVisible());
}

void RowsViewTest::saysWhatFailedAndTriesAgain()
{
    Fixture f(3);
    f.model.setQuery(pagedQuery());
    f.server.fail({.kind = base::ErrorKind::Connection,
                   .text = QStringLiteral("The connection broke"),
                   .where = QStringLiteral("localhost:5433"),
                   .hint = QStringLiteral("Start the server")});
    QTRY_VERIFY(f.action()->isVisible());
    QCOMPARE(f.title()->text(), QStringLiteral("The connection broke (localhost:5433)"));
    f.server.beginPrompt();
    QTest::mouseClick(f.action(), Qt::LeftButton);
    QTRY_COMPARE(f.model.rowCount(), 3);
    QTRY_VERIFY(!f.title()->isVisible());
}

void RowsViewTest::saysWhyItIsIdle()
{
    Fixture f(0);
    QVERIFY(!f.title()->isVisible());
    f.view.setIdle(QStringLiteral("Not run yet"), {}, QStringLiteral("Run"));
    QCOMPARE(f.title()->text(), QStringLiteral("Not run yet"));
    QSignalSpy asked(&f.view, &RowsView::idleAction);
    QTest::mouseClick(f.action(), Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
}

void RowsViewTest::columnWidthsOutliveASort()
{
    Fixture f(5);
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.rowCount(), 5);
    f.view.setColumnWidth(1, 333);
    RowsQuery sorted = pagedQuery();
    sorted.select.sorts.first().descending = true;
    f.model.setQuery(sorted);
    QTRY_COMPARE(f.model.rowCount(), 5);
    QCOMPARE(f.view.columnWidth(1), 333);
}

void RowsViewTest::hiddenColumnsStayHidden()
{
    Fixture f(5);
    f.server.beginPrompt();
    RowsQuery query = pagedQuery();
    query.columns[1].hidden = true;
    f.model.setQuery(query);
    QTRY_COMPARE(f.model.rowCount(), 5);
    QVERIFY(f.view.isColumnHidden(1));
    f.view.selectAll();
    QCOMPARE(f.withTitles(), QStringLiteral("id\n1\n2\n3\n4\n5"));
}

/// A page's members go before its widgets, which are resized and scrolled while they are hidden.
void RowsViewTest::modelGoesFirst()
{
    PageServer server(500);
    server.beginPrompt();
    const auto fetch = [&server](const query::Select &select) { return server.fetch(select); };
    auto model = std::make_unique<RowsModel>(RowsSource{.fetch = fetch, .count = fetch});
    auto *view = new RowsView(*model);
    RowsPane pane(view);
    pane.resize(500, 400);
    pane.show();
    model->setQuery(pagedQuery());
    QTRY_VERIFY(model->rowCount() > 0);
    view->verticalScrollBar()->setValue(20);
    model.reset();
    pane.resize(400, 200);
    view->resize(300, 100);
    pane.hide();
    QCOMPARE(view->model() ? view->model()->rowCount() : 0, 0);
}

int main(int argc, char **argv)
{
    Watched application(argc, argv);
    RowsViewTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_rowsview.moc"
