// SPDX-License-Identifier: GPL-3.0-or-later
#include "pageserver.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace studio;

namespace
{
RowsQuery pagedQuery()
{
    const query::ColumnRef id{QStringLiteral("t"), QStringLiteral("id")};
    RowsQuery query{.keyset = true, .pageSize = 50};
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
        , model([this](const query::Select &select) { return server.fetch(select); },
                [this](const query::Select &select) { return server.fetch(select); })
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
        , view(model)
    {
        view.resize(500, 400);
        view.show();
    }
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
    RowsView view;
};
} // namespace

class RowsViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scrollingToTheEndReadsItAll();
    void scrollingBackShowsTheRowsAgain();
    void clickOnATitleAsksForASort();
    void copiesCellsAndRows();
    void escapeStops();
    void saysThatThereAreNone();
    void saysWhatFailedAndTriesAgain();
    void saysWhyItIsIdle();
    void columnWidthsOutliveASort();
    void hiddenColumnsStayHidden();
};

void RowsViewTest::scrollingToTheEndReadsItAll()
{
    Fixture f(420);
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.model.rowCount() >= 50);
    while (!f.model.atEnd()) {
        const int before = f.model.rowCount();
        f.view.verticalScrollBar()->setValue(f.view.verticalScrollBar()->maximum());
        QTRY_VERIFY(f.model.rowCount() > before || f.model.atEnd());
    }
    QCOMPARE(f.model.rowCount(), 420);
    f.view.scrollToBottom();
    QTRY_COMPARE(f.model.index(f.view.rowAt(f.view.viewport()->height() - 5), 0).data().toString(),
                 QStringLiteral("420"));
}

void RowsViewTest::scrollingBackShowsTheRowsAgain()
{
    Fixture f(1000);
    f.server.beginPrompt();
    f.model.setMostPages(3);
    f.model.setQuery(pagedQuery());
    QTRY_VERIFY(f.model.rowCount() >= 50);
    while (!f.model.atEnd()) {
        const int before = f.model.rowCount();
        f.view.scrollToBottom();
        QTRY_VERIFY(f.model.rowCount() > before || f.model.atEnd());
    }
    const auto isPending = [&](int row) {
        return f.model.index(row, 0).data(RowsModel::CellRole).toInt() ==
               static_cast<int>(RowsModel::Cell::Pending);
    };
    QVERIFY(isPending(0));
    f.view.verticalScrollBar()->setValue(0);
    QTRY_VERIFY(!isPending(0));
    QCOMPARE(f.model.index(0, 1).data().toString(), QStringLiteral("name 1"));
    f.view.scrollTo(f.model.index(500, 0), QAbstractItemView::PositionAtCenter);
    QTRY_VERIFY(!isPending(500));
    QCOMPARE(f.model.index(500, 1).data().toString(), QStringLiteral("name 501"));
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
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1\tname 1\n2\t\n3\ta b c"));
    QCOMPARE(notices.count(), 1);
    QVERIFY(f.view.selectionAsText(true).startsWith(QStringLiteral("id\tname\n1\t")));

    f.view.horizontalHeader()->moveSection(1, 0);
    QVERIFY(f.view.selectionAsText(true).startsWith(QStringLiteral("name\tid\nname 1\t1")));
}

void RowsViewTest::escapeStops()
{
    Fixture f(500);
    f.model.setQuery(pagedQuery());
    f.view.setFocus();
    const auto promise = f.server.asked().front().promise;
    QTest::keyClick(&f.view, Qt::Key_Escape);
    QCOMPARE(f.model.state(), RowsModel::State::Cancelled);
    QVERIFY(promise->isCanceled());
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
    QCOMPARE(f.view.selectionAsText(true), QStringLiteral("id\n1\n2\n3\n4\n5"));
}

QTEST_MAIN(RowsViewTest)
#include "tst_rowsview.moc"
