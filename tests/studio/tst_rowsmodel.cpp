// SPDX-License-Identifier: GPL-3.0-or-later
#include "pageserver.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsstatus.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace studio;
using State = RowsModel::State;

namespace
{
const query::ColumnRef id{QStringLiteral("t"), QStringLiteral("id")};

RowsQuery pagedQuery(qsizetype pageSize = 10, bool descending = false)
{
    RowsQuery query{.keyset = true, .pageSize = pageSize};
    query.columns = {
        {.name = QStringLiteral("id"),
         .typeText = QStringLiteral("integer"),
         .typeClass = rows::TypeClass::Number,
         .source = id,
         .primaryKey = true,
         .nullable = false},
        {.name = QStringLiteral("name"),
         .typeText = QStringLiteral("text"),
         .source = {QStringLiteral("t"), QStringLiteral("name")}},
    };
    query.select.from = {.table = {.name = QStringLiteral("t")}, .alias = QStringLiteral("t")};
    query.select.sorts = {{.column = id, .descending = descending, .nullable = false}};
    return query;
}

/// A model on a server in memory, watched by the model tester.
struct Fixture {
    explicit Fixture(int rows)
        : server(rows)
        , model([this](const query::Select &select) { return server.fetch(select); },
                [this](const query::Select &select) { return counts.fetch(select); })
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
    }
    QString text(int row, int column = 0) const
    {
        return model.index(row, column).data(RowsModel::RawTextRole).toString();
    }
    bool isPending(int row) const
    {
        return model.index(row, 0).data(RowsModel::CellRole).toInt() ==
               static_cast<int>(RowsModel::Cell::Pending);
    }
    /// Scrolls to the rows as a view would, until nothing is on its way.
    bool look(qsizetype first, qsizetype last)
    {
        model.look(first, last);
        return QTest::qWaitFor([this] { return model.state() != State::Loading; });
    }
    /// The ids from the first to the last row, "?" where a page is dropped.
    QStringList ids() const
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(isPending(row) ? QStringLiteral("?") : text(row));
        return all;
    }

    PageServer server;
    PageServer counts{0};
    RowsModel model;
    QAbstractItemModelTester tester;
};

QStringList numbers(int first, int last)
{
    QStringList all;
    for (int number = first; number <= last; ++number)
        all.append(QString::number(number));
    return all;
}
} // namespace

class RowsModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headerIsThereBeforeTheRows();
    void oneFirstPageOnly();
    void scrollingFetchesPageByPage_data();
    void scrollingFetchesPageByPage();
    void farPagesAreDroppedAndComeBack();
    void jumpFetchesOnlyThatPage();
    void rowsThatCameAndWentMeanwhile_data();
    void rowsThatCameAndWentMeanwhile();
    void newQueryVoidsOlderAnswers();
    void newQueryCancelsOlderRequests();
    void cancelKeepsRowsAndGoesOn();
    void failureKeepsRowsAndCanBeRetried();
    void failureOfTheFirstPage();
    void singlePageStopsAtItsLimit();
    void unknownColumnsComeFromTheResult();
    void totals();
    void cells();
    void dyingModelCancels();
};

void RowsModelTest::headerIsThereBeforeTheRows()
{
    Fixture f(5);
    f.model.setQuery(pagedQuery());
    QCOMPARE(f.model.state(), State::Loading);
    QCOMPARE(f.model.rowCount(), 0);
    QCOMPARE(f.model.columnCount(), 2);
    QCOMPARE(f.model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("id"));
    QCOMPARE(f.model.headerData(0, Qt::Horizontal, RowsModel::KeyRole).toBool(), true);
    QCOMPARE(f.model.headerData(0, Qt::Horizontal, RowsModel::SortRole).toInt(), 0);
}

void RowsModelTest::oneFirstPageOnly()
{
    Fixture f(1000);
    f.model.setQuery(pagedQuery());
    QCOMPARE(f.server.asked().size(), size_t(1));
    QCOMPARE(f.server.asked().front().select.limit, std::optional<qint64>(10));
    QVERIFY(!f.server.asked().front().select.after);
    f.server.answer();
    QTRY_COMPARE(f.model.rowCount(), 10);
    QVERIFY(f.model.elapsed() >= 0);
}

void RowsModelTest::scrollingFetchesPageByPage_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("descending");
    QTest::newRow("none") << 0 << false;
    QTest::newRow("less than a page") << 7 << false;
    QTest::newRow("exactly a page") << 10 << false;
    QTest::newRow("some pages") << 57 << false;
    QTest::newRow("exactly some pages") << 60 << false;
    QTest::newRow("descending") << 57 << true;
}

void RowsModelTest::scrollingFetchesPageByPage()
{
    QFETCH(int, rows);
    QFETCH(bool, descending);
    Fixture f(rows);
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery(10, descending));
    QTRY_COMPARE(f.model.state(), State::Ready);
    int previous = -1;
    while (!f.model.atEnd() && f.model.rowCount() > previous) {
        previous = f.model.rowCount();
        QVERIFY(f.look(previous - 3, previous - 1));
    }
    QVERIFY(f.model.atEnd());
    QStringList expected = numbers(1, rows);
    if (descending)
        std::reverse(expected.begin(), expected.end());
    QCOMPARE(f.ids(), expected);
    QCOMPARE(f.model.total().rows, qint64(rows));
    QCOMPARE(f.server.answered(), rows / 10 + 1);
}

void RowsModelTest::farPagesAreDroppedAndComeBack()
{
    Fixture f(200);
    f.server.beginPrompt();
    f.model.setMostPages(4);
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.state(), State::Ready);
    for (int row = 5; row < 200; row += 5)
        QVERIFY(f.look(row - 5, qMin(row, f.model.rowCount() - 1)));
    QCOMPARE(f.model.rowCount(), 200);
    QVERIFY(f.isPending(0));
    QVERIFY(f.isPending(120));
    QVERIFY(!f.isPending(199));
    QCOMPARE(f.ids().count(QStringLiteral("?")), 160);

    // Back up: each page is sought backwards from the one below it.
    f.server.hold();
    f.model.look(155, 160);
    QCOMPARE(f.server.asked().size(), size_t(1));
    QVERIFY(f.server.asked().front().select.after->backwards);
    QCOMPARE(f.server.asked().front().select.after->values.first().value(), QByteArray("161"));
    f.server.beginPrompt();
    for (int row = 155; row >= 0; row -= 5)
        QVERIFY(f.look(row, row + 5));
    QVERIFY(f.isPending(199));
    QCOMPARE(f.model.rowCount(), 200);
    QCOMPARE(f.text(0), QStringLiteral("1"));
    for (int row = 0; row < 200; row += 7) {
        QVERIFY(f.look(row, row));
        QCOMPARE(f.text(row), QString::number(row + 1));
    }
}

void RowsModelTest::jumpFetchesOnlyThatPage()
{
    Fixture f(300);
    f.server.beginPrompt();
    f.model.setMostPages(3);
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.state(), State::Ready);
    for (int row = 5; row < 300; row += 5)
        QVERIFY(f.look(row - 5, qMin(row, f.model.rowCount() - 1)));
    const int before = f.server.answered();
    QVERIFY(f.look(104, 104));
    QCOMPARE(f.text(104), QStringLiteral("105"));
    QVERIFY(f.server.answered() - before <= 2);
}

void RowsModelTest::rowsThatCameAndWentMeanwhile_data()
{
    QTest::addColumn<QList<int>>("removed");
    QTest::addColumn<QList<int>>("added");
    QTest::newRow("nothing") << QList<int>{} << QList<int>{};
    QTest::newRow("a row in the middle of a page went") << QList<int>{150} << QList<int>{};
    QTest::newRow("a row at the edge of a page went") << QList<int>{100} << QList<int>{};
    QTest::newRow("the first row of a page went") << QList<int>{110} << QList<int>{};
    QTest::newRow("a whole page went")
        << QList<int>{110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210} << QList<int>{};
    QTest::newRow("the first rows went")
        << QList<int>{10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120} << QList<int>{};
    QTest::newRow("a row came") << QList<int>{} << QList<int>{155};
    QTest::newRow("rows came before the first") << QList<int>{} << QList<int>{1, 2, 3};
    QTest::newRow("more than a page came before the first")
        << QList<int>{} << QList<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3, -4};
}

void RowsModelTest::rowsThatCameAndWentMeanwhile()
{
    QFETCH(QList<int>, removed);
    QFETCH(QList<int>, added);
    Fixture f(0);
    for (int row = 1; row <= 60; ++row)
        f.server.table()[row * 10] = QByteArray("x");
    f.server.beginPrompt();
    f.model.setMostPages(2);
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.state(), State::Ready);
    for (int row = 5; row < 60; row += 5)
        QVERIFY(f.look(row - 5, qMin(row, f.model.rowCount() - 1)));
    for (const int row : removed)
        f.server.table().erase(row);
    for (const int row : added)
        f.server.table()[row] = QByteArray("new");

    // Up to the top and down again: every row is there once, in order.
    for (int row = f.model.rowCount() - 1; row >= 0; row -= 4)
        QVERIFY(f.look(row, row + 4));
    QVERIFY(f.look(0, 4));
    f.model.setMostPages(100);
    for (int row = 0; row < 90; row += 4)
        QVERIFY(f.look(row, row + 4));
    QStringList expected;
    for (const auto &[key, name] : f.server.table())
        expected.append(QString::number(key));
    QCOMPARE(f.ids().join(u' '), expected.join(u' '));
}

void RowsModelTest::newQueryVoidsOlderAnswers()
{
    Fixture f(100);
    f.model.setQuery(pagedQuery());
    f.model.setQuery(pagedQuery(10, true));
    QCOMPARE(f.server.asked().size(), size_t(2));
    std::swap(f.server.asked()[0], f.server.asked()[1]);
    f.server.answer(); // the newer one first
    QTRY_COMPARE(f.model.rowCount(), 10);
    QCOMPARE(f.text(0), QStringLiteral("100"));
    f.server.answer();
    QCoreApplication::processEvents();
    QCOMPARE(f.text(0), QStringLiteral("100"));
    QCOMPARE(f.model.rowCount(), 10);
}

void RowsModelTest::newQueryCancelsOlderRequests()
{
    Fixture f(100);
    f.model.setQuery(pagedQuery());
    f.server.answer();
    QTRY_COMPARE(f.model.rowCount(), 10);
    f.model.requestCount();
    f.model.look(0, 9);
    QVERIFY(!f.server.asked().empty()); // the next page
    const auto page = f.server.asked().front().promise;
    const auto count = f.counts.asked().front().promise;
    f.model.setQuery(pagedQuery(10, true));
    QVERIFY(page->isCanceled());
    QVERIFY(count->isCanceled());
    QVERIFY(!f.server.asked().back().promise->isCanceled());
}

void RowsModelTest::cancelKeepsRowsAndGoesOn()
{
    Fixture f(100);
    f.model.setQuery(pagedQuery());
    f.server.answer();
    QTRY_COMPARE(f.model.rowCount(), 10);
    f.model.look(0, 9);
    QCOMPARE(f.model.state(), State::Loading);
    f.model.cancel();
    QCOMPARE(f.model.state(), State::Cancelled);
    QCOMPARE(f.model.rowCount(), 10);
    QVERIFY(!f.model.canFetchMore({}));
    f.server.answerAll();
    f.server.beginPrompt();
    f.model.retry();
    QTRY_VERIFY(f.model.rowCount() >= 20);
}

void RowsModelTest::failureKeepsRowsAndCanBeRetried()
{
    Fixture f(100);
    f.model.setQuery(pagedQuery());
    f.server.answer();
    QTRY_COMPARE(f.model.rowCount(), 10);
    f.model.look(0, 9);
    f.server.fail({.kind = base::ErrorKind::Connection, .text = QStringLiteral("gone")});
    QTRY_COMPARE(f.model.state(), State::Failed);
    QCOMPARE(f.model.error()->text, QStringLiteral("gone"));
    QCOMPARE(f.model.rowCount(), 10);
    f.model.look(0, 9);
    QVERIFY(f.server.asked().empty()); // not again by itself
    f.server.beginPrompt();
    f.model.retry();
    QTRY_VERIFY(f.model.rowCount() >= 20);
    QVERIFY(!f.model.error());
}

void RowsModelTest::failureOfTheFirstPage()
{
    Fixture f(3);
    QSignalSpy states(&f.model, &RowsModel::stateChanged);
    f.model.setQuery(pagedQuery());
    f.server.fail({.text = QStringLiteral("no")});
    QVERIFY(states.count() == 2 || states.wait());
    QCOMPARE(f.model.state(), State::Failed);
    f.server.beginPrompt();
    f.model.retry();
    QTRY_COMPARE(f.model.rowCount(), 3);
}

void RowsModelTest::singlePageStopsAtItsLimit()
{
    Fixture f(100);
    f.server.beginPrompt();
    RowsQuery query = pagedQuery();
    query.keyset = false;
    query.select.limit = 25;
    f.model.setQuery(query);
    QTRY_COMPARE(f.model.rowCount(), 25);
    QVERIFY(f.look(20, 24));
    QVERIFY(f.model.atEnd());
    QVERIFY(!f.model.canFetchMore({}));
    QCOMPARE(f.server.answered(), 1);
}

void RowsModelTest::unknownColumnsComeFromTheResult()
{
    Fixture f(30);
    f.server.beginPrompt();
    RowsQuery query = pagedQuery();
    query.columns.clear();
    f.model.setQuery(query);
    QTRY_COMPARE(f.model.rowCount(), 10);
    QCOMPARE(f.model.columnCount(), 2);
    QCOMPARE(f.model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("name"));
    QCOMPARE(f.model.headerData(0, Qt::Horizontal, RowsModel::TypeClassRole).toInt(),
             static_cast<int>(rows::TypeClass::Number));
    // Where the key is nobody knows: the first page is all.
    QVERIFY(!f.model.canFetchMore({}));
}

void RowsModelTest::totals()
{
    using Kind = RowsModel::TotalKind;
    Fixture f(100);
    RowsQuery query = pagedQuery();
    f.model.setQuery(query);
    QCOMPARE(f.model.total().kind, Kind::Unknown);
    query.estimate = 70;
    f.model.setQuery(query);
    QCOMPARE(f.model.total(), (RowsModel::Total{Kind::Estimated, 70}));
    f.server.answerAll();
    QTRY_COMPARE(f.model.rowCount(), 10);
    QCOMPARE(positionText(f.model, 7), QStringLiteral("Row 8 of \u224870"));
    f.model.requestCount();
    f.model.requestCount(); // once is enough
    QCOMPARE(f.counts.asked().size(), size_t(1));
    const auto count = f.counts.asked().front().promise;
    count->addResult(rows::fromValues({{QStringLiteral("count"), 20}}, {{QByteArray("6012")}}));
    count->finish();
    QTRY_COMPARE(f.model.total(), (RowsModel::Total{Kind::Exact, 6012}));
    QCOMPARE(positionText(f.model, 7), QStringLiteral("Row 8 of 6,012"));
    QCOMPARE(pagingText(f.model.query()), QStringLiteral("keyset on id"));
}

void RowsModelTest::cells()
{
    Fixture f(3);
    f.server.table()[2] = std::nullopt;
    f.server.table()[3] = QByteArray("");
    f.server.beginPrompt();
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.rowCount(), 3);
    f.model.setLabels(QStringLiteral("id"), {{QStringLiteral("2"), QStringLiteral("two")}});
    QCOMPARE(f.model.index(1, 0).data(RowsModel::LabelRole).toString(), QStringLiteral("two"));
    QVERIFY(f.model.index(0, 0).data(RowsModel::LabelRole).toString().isEmpty());
    const auto kind = [&](int row) {
        return f.model.index(row, 1).data(RowsModel::CellRole).toInt();
    };
    QCOMPARE(kind(0), static_cast<int>(RowsModel::Cell::Value));
    QCOMPARE(kind(1), static_cast<int>(RowsModel::Cell::Null));
    QCOMPARE(kind(2), static_cast<int>(RowsModel::Cell::EmptyText));
    QCOMPARE(f.model.index(1, 1).data().toString(), QStringLiteral("NULL"));
    QVERIFY(f.model.index(1, 1).data(RowsModel::RawTextRole).toString().isNull());
    QCOMPARE(f.model.index(2, 1).data().toString(), QStringLiteral("empty"));
    QCOMPARE(f.model.index(0, 0).data(Qt::TextAlignmentRole).toInt(),
             int(Qt::AlignRight | Qt::AlignVCenter));
    QCOMPARE(f.model.index(0, 1).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("name: name 1"));
}

void RowsModelTest::dyingModelCancels()
{
    auto f = std::make_unique<Fixture>(10);
    f->model.setQuery(pagedQuery());
    const auto promise = f->server.asked().front().promise;
    f.reset();
    QVERIFY(promise->isCanceled());
}

QTEST_GUILESS_MAIN(RowsModelTest)
#include "tst_rowsmodel.moc"
