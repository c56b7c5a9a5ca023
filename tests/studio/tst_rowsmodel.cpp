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
    RowsQuery query{.paging = RowsQuery::Paging::Keyset, .pageSize = pageSize};
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
        , model({.fetch = [this](const query::Select &select) { return server.fetch(select); },
                 .count = [this](const query::Select &select) { return counts.fetch(select); }})
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
    }
    QString text(int row, int column = 0) const
    {
        return model.index(row, column).data(RowsModel::RawTextRole).toString();
    }
    /// Scrolls to the rows as a view would, until nothing is on its way.
    bool look(qsizetype first, qsizetype last)
    {
        model.look(first, last);
        return QTest::qWaitFor([this] { return model.state() != State::Loading; });
    }
    bool jump(qint64 row)
    {
        model.jump(row);
        return QTest::qWaitFor([this] { return model.state() != State::Loading; });
    }
    /// The number of the window's first row, and the ids in it.
    QStringList ids() const
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(text(row));
        return all;
    }
    /// Every row of the window stands where it is in the whole table.
    bool isTrue() const
    {
        int row = 0;
        for (const auto &[key, name] : server.table()) {
            const qint64 inside = row++ - model.firstRow();
            if (inside >= 0 && inside < model.rowCount() &&
                text(int(inside)) != QString::number(key))
                return false;
        }
        return model.isPlaced();
    }
    /// Walks to the end or the beginning, a few rows at a time.
    void walkDown()
    {
        while (!model.atEnd() && QTest::qWaitFor([this] { return model.state() == State::Ready; }))
            look(model.rowCount() - 3, model.rowCount() - 1);
    }
    void walkUp()
    {
        while (!model.atStart() &&
               QTest::qWaitFor([this] { return model.state() == State::Ready; }))
            look(0, 2);
    }
    /// The answer to the count.
    void count(qint64 rows)
    {
        const auto promise = counts.asked().front().promise;
        counts.asked().pop_front();
        promise->addResult(
            rows::fromValues({{QStringLiteral("count"), 20}}, {{QByteArray::number(rows)}}));
        promise->finish();
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
    void jumps_data();
    void jumps();
    void jumpBeyondTheEnd();
    void endIsReadBackwards();
    void newerJumpVoidsTheOlder();
    void boundIsAskedForFarAway();
    void rulerMakesJumpsNear();
    void rulerThinsItself();
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
    QCOMPARE(f.model.total(), (RowsTotal{RowsTotal::Kind::Exact, rows}));
    QCOMPARE(f.server.answered(), rows / 10 + 1);
}

void RowsModelTest::farPagesAreDroppedAndComeBack()
{
    Fixture f(200);
    f.server.beginPrompt();
    f.model.setMostPages(4);
    QSignalSpy leaving(&f.model, &RowsModel::leaving);
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.state(), State::Ready);
    f.walkDown();
    QVERIFY(f.model.rowCount() <= 50);
    QCOMPARE(f.model.firstRow() + f.model.rowCount(), 200);
    QVERIFY(f.isTrue());
    QVERIFY(leaving.count() >= 15);

    // Back up: each page is sought backwards from the one below it.
    f.server.hold();
    const QString top = f.text(0);
    f.model.look(0, 4);
    QCOMPARE(f.server.asked().size(), size_t(1));
    QVERIFY(f.server.asked().front().select.after->backwards);
    QCOMPARE(f.server.asked().front().select.after->values.first().value(), top.toUtf8());
    f.server.beginPrompt();
    QTRY_COMPARE(f.model.state(), State::Ready);
    f.walkUp();
    QCOMPARE(f.model.firstRow(), 0);
    QVERIFY(f.model.rowCount() <= 50);
    QVERIFY(!f.model.atEnd());
    QVERIFY(f.isTrue());
    QCOMPARE(f.text(0), QStringLiteral("1"));
}

void RowsModelTest::jumps_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<bool>("isCounted");
    for (const bool isCounted : {false, true}) {
        for (const int row : {0, 3, 10, 104, 150, 289, 290, 295, 299})
            QTest::addRow("%d%s", row, isCounted ? ", counted" : "") << row << isCounted;
    }
}

/// To a row and from there up and down: every row stands at its number.
void RowsModelTest::jumps()
{
    QFETCH(int, row);
    QFETCH(bool, isCounted);
    Fixture f(300);
    f.server.beginPrompt();
    f.model.setMostPages(3);
    f.model.setQuery(pagedQuery());
    QTRY_COMPARE(f.model.state(), State::Ready);
    QTRY_VERIFY(!f.counts.asked().empty());
    if (isCounted) {
        f.count(300);
        QTRY_COMPARE(f.model.total().rows, 300);
    }
    QSignalSpy arrived(&f.model, &RowsModel::arrived);
    QVERIFY(f.jump(row));
    QCOMPARE(arrived.count(), 1);
    QCOMPARE(arrived.first().first().toLongLong(), row);
    QVERIFY(f.isTrue());
    QVERIFY(row >= f.model.firstRow() && row < f.model.firstRow() + f.model.rowCount());
    f.walkUp();
    QVERIFY(f.isTrue());
    QCOMPARE(f.text(0), QStringLiteral("1"));
    QVERIFY(f.jump(row));
    f.walkDown();
    QVERIFY(f.isTrue());
    QCOMPARE(f.text(f.model.rowCount() - 1), QStringLiteral("300"));
}

void RowsModelTest::jumpBeyondTheEnd()
{
    Fixture f(95);
    f.server.beginPrompt();
    RowsQuery query = pagedQuery();
    query.estimate = 10'000; // statistics of last week
    f.model.setQuery(query);
    QTRY_COMPARE(f.model.state(), State::Ready);
    QSignalSpy arrived(&f.model, &RowsModel::arrived);
    f.model.jump(7000);
    QTRY_COMPARE(arrived.count(), 1);
    QVERIFY(f.model.atEnd());
    QVERIFY(!f.model.isPlaced());
    QCOMPARE(f.ids().last(), QStringLiteral("95"));
    QTRY_VERIFY(!f.counts.asked().empty());
    f.count(95);
    QTRY_VERIFY(f.model.isPlaced());
    QVERIFY(f.isTrue());
}

void RowsModelTest::endIsReadBackwards()
{
    Fixture f(1000);
    f.model.setQuery(pagedQuery());
    f.server.answer();
    QTRY_COMPARE(f.model.rowCount(), 10);
    f.server.asked().clear();
    f.model.jumpToEnd();
    const query::Select asked = f.server.asked().back().select;
    QVERIFY(asked.after && asked.after->backwards && asked.after->values.isEmpty());
    QCOMPARE(asked.offset, 0);
    f.server.beginPrompt();
    QTRY_COMPARE(f.model.state(), State::Ready);
    QCOMPARE(f.ids().last(), QStringLiteral("1000"));
    QVERIFY(f.model.atEnd());
    f.walkUp();
    QCOMPARE(f.text(0), QStringLiteral("1"));
    QVERIFY(f.isTrue());
}

void RowsModelTest::newerJumpVoidsTheOlder()
{
    Fixture f(1000);
    f.model.setQuery(pagedQuery());
    f.server.answer();
    QTRY_COMPARE(f.model.rowCount(), 10);
    f.model.jump(300);
    const auto older = f.server.asked().back().promise;
    f.model.jump(600);
    QVERIFY(older->isCanceled());
    f.server.answerAll();
    QTRY_VERIFY(f.model.firstRow() > 500);
    QVERIFY(f.isTrue());
}

/// The bound is a statement of its own; what is sought with it stands about where it was wanted.
void RowsModelTest::boundIsAskedForFarAway()
{
    PageServer server(200'000), counts(0);
    double part = -1;
    RowsModel model({.fetch = [&](const query::Select &select) { return server.fetch(select); },
                     .count = [&](const query::Select &select) { return counts.fetch(select); },
                     .explain = {},
                     .bound =
                         [&](const query::Select &, double wanted) {
                             part = wanted;
                             return base::ready(PageServer::Result(rows::fromValues(
                                 {{QStringLiteral("b"), 25}}, {{QByteArray("119000")}})));
                         }});
    server.beginPrompt();
    RowsQuery query = pagedQuery();
    query.estimate = 200'000;
    model.setQuery(query);
    QTRY_COMPARE(model.state(), State::Ready);
    server.hold();
    model.jump(120'000);
    QTRY_VERIFY(!server.asked().empty() && server.asked().back().select.after);
    QCOMPARE(qRound(part * 100), 60);
    QCOMPARE(server.asked().back().select.after->inclusive, true);
    server.beginPrompt();
    QTRY_COMPARE(model.state(), State::Ready);
    QVERIFY(!model.isPlaced());
    QVERIFY(positionText(model, 120'000).startsWith(QStringLiteral("Row \u2248120,001 of")));
    QVERIFY(model.rowCount() >= 10);
}

void RowsModelTest::rulerMakesJumpsNear()
{
    Fixture f(23'500);
    f.server.beginPrompt();
    RowsQuery query = pagedQuery();
    query.estimate = 20'000;
    f.model.setQuery(query);
    QTRY_VERIFY(!f.counts.asked().empty());
    f.count(23'500);
    QTRY_VERIFY(f.model.survey().ruler().isComplete());
    QCOMPARE(f.model.survey().ruler().marks(), 235);
    QTRY_COMPARE(f.model.state(), State::Ready);
    f.server.hold();
    for (const int slack : {0, 50}) {
        for (const int row : {17'900, 12'345, 999, 1'002, 23'499}) {
            f.server.asked().clear();
            QSignalSpy arrived(&f.model, &RowsModel::arrived);
            f.model.jump(row, slack);
            const qint64 offset = f.server.asked().back().select.offset;
            QVERIFY(slack > 0 ? offset == 0 : offset < 100);
            f.server.beginPrompt();
            QTRY_COMPARE(f.model.state(), State::Ready);
            QVERIFY(f.isTrue());
            QVERIFY(std::abs(arrived.first().first().toLongLong() - row) <= slack);
            f.server.hold();
        }
    }
}

void RowsModelTest::rulerThinsItself()
{
    RowsRuler ruler;
    ruler.begin(10'000);
    QCOMPARE(ruler.step(), 100);
    for (int i = 1; i <= 25'000; ++i) {
        const qint64 row = ruler.reach() + ruler.step();
        ruler.add({QByteArray::number(row)});
        QCOMPARE(ruler.last().key.first().value(), QByteArray::number(row));
    }
    QVERIFY(ruler.marks() <= RowsRuler::MostMarks);
    for (qint64 row = 0; row < ruler.reach(); row += 7'777) {
        const RowsRuler::Mark mark = ruler.before(row);
        QVERIFY(mark.row <= row && row - mark.row < ruler.step());
        QVERIFY(mark.row == 0 || mark.key.first().value() == QByteArray::number(mark.row));
        const RowsRuler::Mark nearest = ruler.nearest(row);
        QVERIFY(std::abs(nearest.row - row) * 2 <= ruler.step());
        QCOMPARE(nearest.key, ruler.before(nearest.row).key);
    }
    ruler.begin(100'000'000);
    QCOMPARE(ruler.step(), 10'000);
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
    f.walkDown();
    for (const int row : removed)
        f.server.table().erase(row);
    for (const int row : added)
        f.server.table()[row] = QByteArray("new");

    // Up to the top and down again: every row is there once, in order, at its number.
    f.walkUp();
    f.model.setMostPages(100);
    f.walkDown();
    QStringList expected;
    for (const auto &[key, name] : f.server.table())
        expected.append(QString::number(key));
    QCOMPARE(f.ids().join(u' '), expected.join(u' '));
    QVERIFY(f.isTrue());
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
    QTRY_VERIFY(!f.counts.asked().empty());
    f.model.jump(70);
    const auto page = f.server.asked().back().promise;
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
    f.model.look(0, 9);
    QCOMPARE(f.model.state(), State::Cancelled); // not again by itself
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
    query.paging = RowsQuery::Paging::None;
    query.select.limit = 25;
    f.model.setQuery(query);
    QTRY_COMPARE(f.model.rowCount(), 25);
    QVERIFY(f.look(20, 24));
    QVERIFY(f.model.atEnd());
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
    QVERIFY(f.model.atEnd());
}

void RowsModelTest::totals()
{
    using Kind = RowsTotal::Kind;
    Fixture f(100);
    RowsQuery query = pagedQuery();
    f.model.setQuery(query);
    QCOMPARE(f.model.total().kind, Kind::Unknown);
    query.estimate = 70;
    f.model.setQuery(query);
    QCOMPARE(f.model.total(), (RowsTotal{Kind::Estimated, 70}));
    f.server.answerAll();
    QTRY_COMPARE(f.model.rowCount(), 10);
    QCOMPARE(positionText(f.model, 7), QStringLiteral("Row 8 of \u224870"));
    f.server.answerAll();
    QTRY_COMPARE(f.counts.asked().size(), size_t(1));
    QCOMPARE(surveyText(f.model), QStringLiteral("counting…"));
    f.count(6012);
    QTRY_COMPARE(f.model.total(), (RowsTotal{Kind::Exact, 6012}));
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
             int(Qt::AlignLeft | Qt::AlignVCenter));
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
