// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/staged.h"
#include "session/editing.h"
#include "session/project.h"
#include "studio/grid/gridnested.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/gridquery.h"
#include "studio/grid/nestedstrip.h"
#include "studio/widgets/chip.h"
#include "studio/widgets/rowsgutter.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"
#include "support/server.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

/// Two tenants. The first contact has twelve orders, the second none, the third one of the other
/// tenant beside its own; the others have three, the fifth
/// many more.
const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech');
CREATE TABLE contacts (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    boss_id integer REFERENCES contacts (id)
);
INSERT INTO contacts
SELECT n, CASE WHEN n <= 1500 THEN 1 ELSE 2 END, 'contact ' || n,
    CASE WHEN n % 2 = 0 AND n <= 1500 THEN 1 END
FROM generate_series(1, 1600) AS n;
CREATE TABLE orders (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    contact_id integer NOT NULL REFERENCES contacts (id),
    status text,
    body text
);
CREATE INDEX ON orders (contact_id, id);
INSERT INTO orders SELECT n, 1, 1, 'first', 'a' FROM generate_series(1, 12) AS n;
INSERT INTO orders VALUES (20, 1, 3, 'ours', repeat('long ', 2000)), (21, 2, 3, 'secret', 'b');
INSERT INTO orders SELECT 100000 + n, 1, 5, 'many', NULL FROM generate_series(1, 1200) AS n;
INSERT INTO orders
SELECT 100 + 3 * c + n, CASE WHEN c <= 1500 THEN 1 ELSE 2 END, c, 'of ' || c, NULL
FROM generate_series(4, 1600) AS c, generate_series(0, 2) AS n;
CREATE TABLE marks (contact_id integer NOT NULL REFERENCES contacts (id), mark text);
INSERT INTO marks SELECT 4, 'mark ' || n FROM generate_series(1, 7) AS n;
CREATE TABLE tags (name text PRIMARY KEY);
INSERT INTO tags VALUES ('a');
CREATE TABLE codes (id integer PRIMARY KEY, word text UNIQUE, meaning text);
ALTER TABLE codes ALTER meaning SET STORAGE EXTERNAL;
INSERT INTO codes VALUES (1, repeat('x', 3000), repeat('m', 3000)),
    (2, repeat('x', 3000) || 'y', repeat('n', 3000)), (3, 'unused', 'm');
CREATE TABLE uses (
    id integer PRIMARY KEY,
    word text REFERENCES codes (word),
    note text,
    contact_id integer -- a tenant's, but nothing says so
);
INSERT INTO uses
VALUES (1, repeat('x', 3000), 'first', 1), (2, repeat('x', 3000) || 'y', 'second', 1);
ANALYZE;
)sql";

struct Fixture {
    Fixture(testsupport::Server &server, const char *table)
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
    {
        database = server.createDatabase(QStringLiteral("nested"), script);
        project.setUrl(server.tcpUrl(database));
        page = std::make_unique<GridPage>(
            project, schema::Name{.schema = {}, .name = QString::fromLatin1(table)});
        tester = std::make_unique<QAbstractItemModelTester>(
            view()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        page->resize(1000, 700);
        page->show();
    }
    template <typename T> T *find(const char *name) const
    {
        return page->findChild<T *>(QLatin1String(name));
    }
    RowsView *view() const { return find<RowsView>("rowsView"); }
    RowsModel *model() const { return static_cast<RowsModel *>(view()->model()); }
    GridNested *nested() const { return page->findChild<GridNested *>(); }
    /// Its rows and the relations are there.
    bool isReady() const { return model()->rowCount() > 0 && !view()->gutter().isHidden(); }
    QAction *action(int row, const char *name) const
    {
        delete find<QMenu>("rowsMenu"); // the one before
        const QPoint at = view()->visualRect(model()->index(row, 0)).center();
        view()->setCurrentIndex(model()->index(row, 0));
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, view()->viewport()->mapToGlobal(at));
        QApplication::sendEvent(view()->viewport(), &event);
        if (auto *menu = find<QMenu>("rowsMenu"))
            menu->hide();
        return find<QAction>(name);
    }
    bool choose(int row, const char *name) const
    {
        QAction *found = action(row, name);
        if (found)
            found->trigger();
        return found;
    }
    void clickArrow(int row, Qt::KeyboardModifiers modifiers = {}) const
    {
        const RowsGutter &gutter = view()->gutter();
        QTest::mouseClick(gutter.viewport(), Qt::LeftButton, modifiers,
                          QPoint(10, gutter.sectionViewportPosition(row) + rowHeight / 2));
    }
    /// Below a row that is on the screen; nothing when it is not open or has no rows yet.
    NestedStrip *strip(int row) const
    {
        for (NestedStrip *strip : view()->findChildren<NestedStrip *>()) {
            if (!strip->isHidden() && strip->geometry() == view()->gutter().roomOf(row))
                return strip;
        }
        return nullptr;
    }
    QList<NestedStrip *> strips() const
    {
        QList<NestedStrip *> shown;
        for (NestedStrip *strip : view()->findChildren<NestedStrip *>()) {
            if (!strip->isHidden())
                shown << strip;
        }
        return shown;
    }
    bool isShown(int row) const
    {
        NestedStrip *found = strip(row);
        return found && found->rows().state() == RowsModel::State::Ready;
    }
    /// A line for each row: what is shown of it.
    QStringList lines(int row) const
    {
        QStringList texts;
        NestedStrip *found = strip(row);
        for (int i = 0; found && i < found->rows().rowCount(); ++i) {
            QStringList cells;
            for (int column = 0; column < found->rows().columnCount(); ++column) {
                if (!found->view().isColumnHidden(column))
                    cells << found->rows().index(i, column).data().toString();
            }
            texts << cells.join(u'|');
        }
        return texts;
    }
    QString label(int row, const char *name) const
    {
        NestedStrip *found = strip(row);
        return found ? found->findChild<QLabel *>(QLatin1String(name))->text() : QString();
    }
    QPushButton *all(int row) const
    {
        return strip(row)->findChild<QPushButton *>(QStringLiteral("nestedAll"));
    }
    bool chooseTenant(const char *label)
    {
        if (!project.tenants().value)
            return false;
        for (const session::Tenant &tenant : *project.tenants().value) {
            if (tenant.label == QLatin1String(label))
                project.setTenant(tenant);
        }
        return project.tenant().has_value();
    }
    /// The row at the top of the screen, and how far it is cut.
    QString top() const
    {
        const int row = view()->rowAt(0);
        return QStringLiteral("%1 @%2").arg(id(row)).arg(
            view()->gutter().sectionViewportPosition(row));
    }
    bool isSettled() const { return model()->state() == RowsModel::State::Ready; }
    QString id(int row) const { return model()->index(row, 0).data().toString(); }
    /// Every row on the screen whose strip is there shows orders of its own.
    QString wrongStrip() const
    {
        for (int row = view()->rowAt(0);
             row >= 0 && row <= view()->rowAt(view()->viewport()->height() - 1); ++row) {
            if (!isShown(row))
                return QStringLiteral("row %1 has none").arg(row);
            if (id(row).toInt() > 3 &&
                !lines(row).value(0).contains(QStringLiteral("of ") + id(row)))
                return id(row) + QStringLiteral(" has ") + lines(row).value(0);
        }
        return {};
    }

    session::Project project;
    pg::Settings database;
    std::unique_ptr<GridPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

/// The strips that were painted, as often as they were.
struct Paints : QObject {
    QList<QObject *> strips;
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && qobject_cast<NestedStrip *>(watched))
            strips << watched;
        return false;
    }
};

/// Waits until the fixture's grid has its rows and relations, for one tenant.
#define BEGIN(f)                                                                                   \
    QTRY_VERIFY_WITH_TIMEOUT(f.chooseTenant("Globex"), patience);                                  \
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience)
} // namespace

class NestedRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void belowItsRow();
    void moreThanIsCounted();
    void noneAndCut();
    void otherDirection();
    void keepsTheChoice();
    void oneStatementForTheScreen();
    void everyRowThroughAllPages();
    void byKeyboard();
    void leadsToTheRows();
    void outlivesAReload();
    void anotherTenantClosesAll();
    void whatIsNotThere();
    void rowsWithoutAKey();
    void followsWhatIsStaged();
    void partOfTheGrid();
    void saysWhatFailed();
    void escapeStops();
    void byWholeValues();
    void wholeByTheCode();
    void namesInLine();
    void saysThatNothingIsScoped();
    void takesNewColumns();
    void paintsWhatIsSeen();

private:
    std::unique_ptr<testsupport::Server> m_server;
};

void NestedRowsTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void NestedRowsTest::belowItsRow()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    const QRect second = f.view()->visualRect(f.model()->index(1, 0));
    QVERIFY(f.choose(0, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    QTRY_COMPARE(f.lines(0).size(), GridNested::mostRows);
    QCOMPARE(
        f.lines(0).first(),
        QStringLiteral("1|Globex|first|a").replace(QStringLiteral("Globex"), QStringLiteral("1")));
    QCOMPARE(f.label(0, "nestedCount"), QStringLiteral("5 of 12"));
    QCOMPARE(f.all(0)->text(), QStringLiteral("7 more — open"));
    QVERIFY(f.label(0, "nestedTitle").contains(QLatin1String("contact_id")));
    QVERIFY(f.strip(0)->accessibleName().contains(QLatin1String("contact 1")));
    // All of its rows can be seen, and the grid's own are as tall as before.
    NestedStrip *strip = f.strip(0);
    const QModelIndex last = strip->rows().index(GridNested::mostRows - 1, 0);
    QVERIFY(strip->view().viewport()->rect().contains(strip->view().visualRect(last)));
    QCOMPARE(f.view()->visualRect(f.model()->index(0, 0)).height(), rowHeight);
    const QRect pushed = f.view()->visualRect(f.model()->index(1, 0));
    QCOMPARE(pushed.top(), second.top() + strip->height());
    f.clickArrow(0);
    QVERIFY(f.strips().isEmpty());
    QCOMPARE(f.view()->visualRect(f.model()->index(1, 0)), second);
}

/// Counting ends somewhere.
void NestedRowsTest::moreThanIsCounted()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(4, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(4), patience);
    QCOMPARE(f.label(4, "nestedCount"), QStringLiteral("5 of 1,000+"));
    QCOMPARE(f.all(4)->text(), QStringLiteral("More — open"));
}

/// A row without any, and one of whose two rows one is another tenant's; values that are long.
void NestedRowsTest::noneAndCut()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(1, "nested_orders"));
    f.clickArrow(2);
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(1) && f.isShown(2), patience);
    QCOMPARE(f.lines(1), QStringList());
    const auto *message = f.strip(1)->findChild<QLabel *>(QStringLiteral("rowsMessageTitle"));
    QTRY_VERIFY(message->isVisible());
    QCOMPARE(message->text(), QStringLiteral("No rows in Globex"));
    QVERIFY(f.strip(1)->rect().contains(message->mapTo(f.strip(1), message->rect().bottomLeft())));
    QCOMPARE(f.lines(2).size(), 1);
    QVERIFY2(f.lines(2).first().startsWith(QLatin1String("20|1|ours|long long")),
             qPrintable(f.lines(2).first()));
    QCOMPARE(f.label(2, "nestedCount"), QStringLiteral("1"));
    const RowsModel &rows = f.strip(2)->rows();
    const auto body = std::ranges::find(rows.columns(), QStringLiteral("body"), &RowsColumn::name);
    const int column = int(std::distance(rows.columns().cbegin(), body));
    QVERIFY(rows.index(0, column).data(RowsModel::CutRole).toBool());
    qsizetype length = 0;
    f.strip(2)->view().whenWhole({rows.index(0, column)}, [&](const RowsWhole::Values &values) {
        length = values.first()->size();
    });
    QTRY_COMPARE_WITH_TIMEOUT(length, 10'000, patience);
}

/// The row that one refers to; rows that refer to none have no arrow.
void NestedRowsTest::otherDirection()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(!f.action(0, "nested_boss")->isEnabled());
    QTest::qWait(0);
    QVERIFY(f.choose(1, "nested_boss"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(1), patience);
    QVERIFY2(f.lines(1).first().startsWith(QLatin1String("1|1|contact 1")),
             qPrintable(f.lines(1).join(u'/')));
    const int tall = f.strip(1)->height();
    f.clickArrow(2); // refers to nobody
    QCOMPARE(f.strips().size(), 1);
    QVERIFY(f.choose(1, "nested_orders"));
    QTRY_COMPARE_WITH_TIMEOUT(f.isShown(1) && f.lines(1).isEmpty(), true, patience);
    QVERIFY(f.strip(1)->height() > tall);
}

/// The relation is one of the choices of a table that are kept.
void NestedRowsTest::keepsTheChoice()
{
    GridChoice choice;
    choice.nested = QStringLiteral("orders");
    QVERIFY(unpacked(packed(choice), QStringLiteral("contacts")) == choice);
    Fixture f(*m_server, "contacts");
    QByteArray kept;
    f.page = std::make_unique<GridPage>(
        f.project, schema::Name{.schema = {}, .name = QStringLiteral("contacts")}, nullptr,
        GridMemory{.read = [&](const schema::Name &) { return packed(choice); },
                   .write = [&](const schema::Name &, const QByteArray &now) { kept = now; }});
    f.tester.reset();
    f.page->resize(1000, 700);
    f.page->show();
    BEGIN(f);
    f.clickArrow(0);
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    QCOMPARE(f.label(0, "nestedCount"), QStringLiteral("5 of 12"));
    QVERIFY(f.choose(1, "nested_boss"));
    QCOMPARE(unpacked(kept, QString()).nested, QStringLiteral("boss"));
}

void NestedRowsTest::oneStatementForTheScreen()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(0, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    QSignalSpy asked(f.nested(), &GridNested::asked);
    f.clickArrow(1, Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    QVERIFY(f.strips().size() > 4);
    qsizetype rows = 0;
    for (const QList<QVariant> &sent : asked)
        rows += sent.first().toLongLong();
    // What the strips that turned out to be short let in came with a second one.
    QVERIFY2(asked.size() <= 2 && rows > 4, qPrintable(QString::number(asked.size())));
    asked.clear();
    f.view()->verticalScrollBar()->setValue(f.view()->verticalScrollBar()->value() + 3);
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    QVERIFY(asked.size() <= 1);
}

/// From page to page, of which a few are kept, to the last row and back: rows keep their places,
/// and what is in memory stays little.
void NestedRowsTest::everyRowThroughAllPages()
{
    Fixture f(*m_server, "contacts");
    f.model()->setMostPages(3);
    BEGIN(f);
    QVERIFY(f.choose(3, "nested_orders"));
    QVERIFY(f.choose(3, "nestedEvery"));
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    QScrollBar *bar = f.view()->verticalScrollBar();
    int steps = 0;
    const auto isEnd = [&] { return f.model()->atEnd() && bar->value() == bar->maximum(); };
    const auto isStart = [&] { return f.model()->atStart() && bar->value() == 0; };
    for (qint64 top = 0; !isEnd(); top = f.view()->topRow()) {
        QVERIFY(++steps < 1000);
        bar->setValue(bar->value() + 2000);
        bar->setValue(f.view()->gutter().sectionPosition(f.view()->rowAt(0)));
        const QString seen = f.top();
        QTRY_VERIFY_WITH_TIMEOUT(f.isSettled() && (bar->value() < bar->maximum() || isEnd()),
                                 patience);
        QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
        if (!isEnd())
            QCOMPARE(f.top(), seen);
        QVERIFY(f.view()->topRow() > top || isEnd());
        QCOMPARE(f.id(f.view()->rowAt(0)).toLongLong(), f.view()->topRow() + 1);
        QVERIFY(f.strips().size() <= 16);
    }
    QCOMPARE(f.id(f.model()->rowCount() - 1), QStringLiteral("1500"));
    QVERIFY(!f.model()->atStart()); // pages went
    QVERIFY(f.view()->findChildren<NestedStrip *>().size() <= 24);
    while (!isStart()) {
        QVERIFY(++steps < 2000);
        bar->setValue(bar->value() - 4000);
        bar->setValue(f.view()->gutter().sectionPosition(f.view()->rowAt(0)));
        const QString seen = f.top();
        QTRY_VERIFY_WITH_TIMEOUT(f.isSettled() && (bar->value() > 0 || isStart()), patience);
        QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
        QCOMPARE(f.top(), seen);
        QCOMPARE(f.id(f.view()->rowAt(0)).toLongLong(), f.view()->topRow() + 1);
    }
    f.view()->moveTo(1'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.view()->currentRow(), 1'000, patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    f.view()->moveTo(0);
    QTRY_COMPARE_WITH_TIMEOUT(f.id(0), QStringLiteral("1"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
}

void NestedRowsTest::byKeyboard()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(0, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    f.page->activateWindow();
    f.view()->setFocus();
    f.view()->setCurrentIndex(f.model()->index(3, 2));
    QTest::keyClick(f.view(), Qt::Key_Right, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(3), patience);
    QVERIFY(f.view()->currentIndex() == f.model()->index(3, 2));
    QTest::keyClick(f.view(), Qt::Key_Right, Qt::ControlModifier);
    RowsView &inner = f.strip(3)->view();
    QTRY_VERIFY(inner.hasFocus());
    QCOMPARE(inner.currentIndex().row(), 0);
    QTest::keyClick(&inner, Qt::Key_Down);
    QCOMPARE(inner.currentIndex().row(), 1);
    // What it has no use for does not reach the grid's row.
    QTest::keyClick(&inner, Qt::Key_Delete);
    QCOMPARE(f.view()->currentIndex().row(), 3);
    QSignalSpy wanted(f.page.get(), &GridPage::placeWanted);
    QTest::keyClick(&inner, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    const auto place = wanted.first().first().value<GridPlace>();
    QCOMPARE(place.table.name, QStringLiteral("orders"));
    QCOMPARE(place.key, QStringList{QStringLiteral("113")});
    QTest::keyClick(&inner, Qt::Key_Left, Qt::ControlModifier);
    QTRY_VERIFY(f.view()->hasFocus());
    QTest::keyClick(f.view(), Qt::Key_Left, Qt::ControlModifier);
    QVERIFY(!f.strip(3));
    QCOMPARE(f.strips().size(), 1);
    QTest::keyClick(f.view(), Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    QTest::keyClick(f.view(), Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(f.strips().isEmpty());
    QTRY_VERIFY(!f.view()->gutter().hasRoom());
}

void NestedRowsTest::leadsToTheRows()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(0, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    QSignalSpy wanted(f.page.get(), &GridPage::placeWanted);
    QTest::mouseClick(f.all(0), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    const auto place = wanted.first().first().value<GridPlace>();
    QCOMPARE(place.table.name, QStringLiteral("orders"));
    QVERIFY(place.isFollowed);
    QCOMPARE(place.choice->filters.size(), 1);
    QCOMPARE(place.choice->filters.first().filter.column.column, QStringLiteral("contact_id"));
    QCOMPARE(place.choice->filters.first().filter.values, QStringList{QStringLiteral("1")});
}

/// Rows are known by their keys: what is open stays so in another order, and is read anew.
void NestedRowsTest::outlivesAReload()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(2, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(2), patience);
    QCOMPARE(m_server->run(f.database, "UPDATE orders SET status = 'changed' WHERE id = 20"),
             QString());
    QTest::mouseClick(f.find<QPushButton>("reloadRows"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(f.lines(2).value(0).startsWith(QLatin1String("20|1|changed")),
                             patience);
    QCOMPARE(f.strips().size(), 1);
    Q_EMIT f.view()->sortRequested(0, RowsSort::Next);
    Q_EMIT f.view()->sortRequested(0, RowsSort::Next); // descending: it is far away
    QTRY_COMPARE_WITH_TIMEOUT(f.id(0), QStringLiteral("1500"), patience);
    QVERIFY(f.strips().isEmpty());
    Q_EMIT f.view()->sortRequested(0, RowsSort::Next);
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(2), patience);
    QCOMPARE(f.strips().size(), 1);
}

void NestedRowsTest::anotherTenantClosesAll()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(2, "nested_orders"));
    QVERIFY(f.choose(2, "nestedEvery"));
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    QVERIFY(f.chooseTenant("Initech"));
    QVERIFY(f.strips().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(f.id(0), QStringLiteral("1501"), patience);
    QTRY_VERIFY(f.strips().isEmpty() && !f.view()->gutter().hasRoom());
    f.clickArrow(0);
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    QVERIFY(f.lines(0).first().contains(QLatin1String("of 1501")));
}

/// Tables without relations have no gutter.
void NestedRowsTest::whatIsNotThere()
{
    Fixture f(*m_server, "tags");
    QTRY_COMPARE_WITH_TIMEOUT(f.model()->rowCount(), 1, patience);
    QVERIFY(f.view()->gutter().isHidden());
    QTest::keyClick(f.view(), Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(f.strips().isEmpty());
}

/// Of a table without a key, whose places are fetched and not shown; there is no row to go to.
void NestedRowsTest::rowsWithoutAKey()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(3, "nested_marks"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(3), patience);
    QCOMPARE(f.lines(3).size(), 5);
    QCOMPARE(f.lines(3).last(), QStringLiteral("mark 5"));
    QCOMPARE(f.label(3, "nestedCount"), QStringLiteral("5 of 7"));
    QSignalSpy wanted(f.page.get(), &GridPage::placeWanted);
    RowsView &inner = f.strip(3)->view();
    inner.setCurrentIndex(f.strip(3)->rows().index(1, 1));
    QTest::keyClick(&inner, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<GridPlace>().choice->filters.size(), 1);
}

/// A staged value refers to another row, or to none.
void NestedRowsTest::followsWhatIsStaged()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(1, "nested_boss"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(1), patience);
    QVERIFY(f.lines(1).first().contains(QLatin1String("|contact 1|")));
    const edits::RowId row{.table = {{}, QStringLiteral("contacts")},
                           .keyColumns = {QStringLiteral("id")},
                           .key = {QByteArray("2")}};
    const auto stage = [&](const sql::Parameter &value) {
        const auto refused = f.project.editing().setCell(row, QStringLiteral("boss_id"),
                                                         edits::OldValue::of(QByteArray("1")),
                                                         edits::NewValue::of(value));
        QVERIFY2(!refused, qPrintable(refused ? base::toLine(*refused) : QString()));
    };
    stage(QByteArray("9"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(1) && f.lines(1).value(0).contains(u"|contact 9|"),
                             patience);
    stage({});
    QTRY_VERIFY(f.strips().isEmpty());
    f.project.editing().undo();
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(1) && f.lines(1).value(0).contains(u"|contact 9|"),
                             patience);
}

/// The wheel, the bar for all rows, and the clipboard.
void NestedRowsTest::partOfTheGrid()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(0, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    RowsView &inner = f.strip(0)->view();
    inner.setCurrentIndex(f.strip(0)->rows().index(1, 3));
    QTest::keyClick(&inner, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("first"));
    QVERIFY(f.page->statusText().contains(QLatin1String("copied")));
    const int before = f.view()->verticalScrollBar()->value();
    QWheelEvent wheel(QPointF(20, 20), inner.viewport()->mapToGlobal(QPointF(20, 20)), QPoint(),
                      QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(inner.viewport(), &wheel);
    QVERIFY(f.view()->verticalScrollBar()->value() > before);
    QVERIFY(f.choose(4, "nestedEvery"));
    auto *bar = f.find<QScrollBar>("rowsScrollBar");
    bar->setValue(bar->maximum());
    QTRY_VERIFY_WITH_TIMEOUT(f.model()->atEnd() && f.isShown(f.model()->rowCount() - 1), patience);
    const int last = f.model()->rowCount() - 1;
    QCOMPARE(f.id(last), QStringLiteral("1500"));
    QTRY_COMPARE(f.view()->gutter().roomOf(last).bottom(), f.view()->viewport()->rect().bottom());
    QTRY_COMPARE(bar->value(), bar->maximum());
}

void NestedRowsTest::saysWhatFailed()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QCOMPARE(m_server->run(f.database, "ALTER TABLE orders RENAME TO away"), QString());
    QVERIFY(f.choose(2, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.strip(2) && f.strip(2)->rows().state() == RowsModel::State::Failed,
                             patience);
    const auto *message = f.strip(2)->findChild<QLabel *>(QStringLiteral("rowsMessageTitle"));
    QVERIFY2(message->text().contains(QLatin1String("orders")), qPrintable(message->text()));
    auto *again = f.strip(2)->findChild<QPushButton *>(QStringLiteral("rowsMessageAction"));
    QVERIFY(again->isVisible());
    QVERIFY(f.strip(2)->rect().contains(QRect(again->mapTo(f.strip(2), QPoint()), again->size())));
    QCOMPARE(m_server->run(f.database, "ALTER TABLE away RENAME TO orders"), QString());
    again->click();
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(2), patience);
    QCOMPARE(f.lines(2).size(), 1);
}

/// Somebody has locked the other table.
void NestedRowsTest::escapeStops()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    pg::Pool pool(f.database);
    QSemaphore locked, free;
    base::Result<rows::Page> begun = rows::Page();
    const auto lock = pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
        for (const char *statement : {"BEGIN", "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE"})
            begun = transaction.run({QString::fromLatin1(statement), {}});
        locked.release();
        free.acquire();
        return begun ? base::Result<base::Done>(base::Done{})
                     : base::Result<base::Done>(begun.error());
    });
    QVERIFY(locked.tryAcquire(1, patience));
    const bool isChosen = f.choose(2, "nested_orders");
    QSignalSpy asked(f.nested(), &GridNested::asked);
    const bool isAsked = !asked.isEmpty() || asked.wait(patience);
    QTest::keyClick(f.view(), Qt::Key_Escape);
    const bool isStopped = f.strip(2) && f.strip(2)->rows().state() == RowsModel::State::Cancelled;
    free.release();
    QVERIFY(base::await(lock).ok());
    QVERIFY(isChosen && isAsked && isStopped);
    f.strip(2)->rows().retry();
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(2), patience);
    QCOMPARE(f.lines(2).size(), 1);
}

/// Two values that begin alike, and are longer than what a grid shows of one.
void NestedRowsTest::byWholeValues()
{
    Fixture f(*m_server, "codes");
    BEGIN(f);
    QVERIFY(f.choose(0, "nested_uses"));
    f.clickArrow(1);
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0) && f.isShown(1), patience);
    QCOMPARE(f.lines(0), QStringList{QStringLiteral("1|first|1")});
    QCOMPARE(f.lines(1), QStringList{QStringLiteral("2|second|1")});
    QSignalSpy wanted(f.page.get(), &GridPage::placeWanted);
    QTest::mouseClick(f.all(1), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    const auto place = wanted.first().first().value<GridPlace>();
    QCOMPARE(place.choice->filters.first().filter.values.first().size(), 3'001);
    // What nobody refers to is cut as ever.
    QVERIFY(f.model()->index(0, 2).data(RowsModel::CutRole).toBool());
}

/// A relation that only the code knows seeks by whole values, too.
void NestedRowsTest::wholeByTheCode()
{
    Fixture f(*m_server, "codes");
    BEGIN(f);
    const auto cuts = [&](const schema::Database &code) {
        QStringList names;
        const auto query = gridQuery(*f.project.database().value, {{}, QStringLiteral("codes")}, {},
                                     {}, query::Storage::OneFile, code);
        for (const query::Cut &cut : query ? query->select.cuts : QList<query::Cut>())
            names << cut.column.column;
        return names;
    };
    QCOMPARE(cuts({}), QStringList{QStringLiteral("meaning")});
    schema::Database code;
    code.relations << schema::Relation{.table = {{}, QStringLiteral("codes")},
                                       .name = QStringLiteral("notes"),
                                       .kind = schema::Relation::Kind::Many,
                                       .target = {{}, QStringLiteral("uses")},
                                       .columns = {QStringLiteral("meaning")},
                                       .targetColumns = {QStringLiteral("note")}};
    QCOMPARE(cuts(code), QStringList());
}

/// What rows in line refer to has its name there, too, and can be gone to.
void NestedRowsTest::namesInLine()
{
    Fixture f(*m_server, "organizations");
    BEGIN(f);
    QVERIFY(f.choose(0, "nested_contacts"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0), patience);
    constexpr int boss = 3;
    const auto cell = [&](int row) { return f.strip(0)->rows().index(row, boss); };
    QTRY_COMPARE_WITH_TIMEOUT(cell(1).data(RowsModel::LabelRole).toString(),
                              QStringLiteral("contact 1"), patience);
    QCOMPARE(cell(3).data(RowsModel::LabelRole).toString(), QStringLiteral("contact 1"));
    QCOMPARE(cell(0).data(RowsModel::LabelRole).toString(), QString()); // NULL
    const QSignalSpy wanted(f.page.get(), &GridPage::placeWanted);
    Q_EMIT f.strip(0)->view().referenceClicked(cell(3));
    QCOMPARE(wanted.size(), 1);
    const auto place = wanted.first().first().value<GridPlace>();
    QCOMPARE(place.table.name, QStringLiteral("contacts"));
    QCOMPARE(place.key, QStringList{QStringLiteral("1")});
    QCOMPARE(place.title, QStringLiteral("contact 1"));
}

/// The grid's warning stands above the rows of everybody, and none of them are said to be Globex'.
void NestedRowsTest::saysThatNothingIsScoped()
{
    Fixture f(*m_server, "codes");
    BEGIN(f);
    QVERIFY(f.choose(0, "nested_uses"));
    f.clickArrow(2);
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(0) && f.isShown(2), patience);
    for (const int row : {0, 2}) {
        const auto *scope = f.strip(row)->findChild<Chip *>(QStringLiteral("nestedScope"));
        QVERIFY(scope && scope->isVisible());
        QCOMPARE(scope->accessibleName(), QStringLiteral("not scoped: no organization_id"));
        QVERIFY(f.strip(row)->rect().contains(scope->geometry()));
    }
    const auto *message = f.strip(2)->findChild<QLabel *>(QStringLiteral("rowsMessageTitle"));
    QTRY_VERIFY(message->isVisible());
    QCOMPARE(message->text(), QStringLiteral("No rows"));

    Fixture scoped(*m_server, "contacts");
    BEGIN(scoped);
    QVERIFY(scoped.choose(0, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(scoped.isShown(0), patience);
    QVERIFY(scoped.strip(0)->findChild<Chip *>(QStringLiteral("nestedScope"))->isHidden());
}

/// The other table lost a column: what is open is asked for anew when the catalog is.
void NestedRowsTest::takesNewColumns()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QCOMPARE(m_server->run(f.database, "ALTER TABLE orders DROP COLUMN body"), QString());
    QVERIFY(f.choose(2, "nested_orders"));
    QTRY_VERIFY_WITH_TIMEOUT(f.strip(2) && f.strip(2)->rows().state() == RowsModel::State::Failed,
                             patience);
    f.project.connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(f.isShown(2), patience);
    QCOMPARE(f.lines(2), QStringList{QStringLiteral("20|1|ours")});
    QCOMPARE(m_server->run(f.database, "ALTER TABLE orders ADD COLUMN price integer DEFAULT 7"),
             QString());
    f.project.connectDatabase();
    QTRY_COMPARE_WITH_TIMEOUT(f.lines(2), QStringList{QStringLiteral("20|1|ours|7")}, patience);
}

/// A frame paints each strip that can be seen, once, and no others; scrolling keeps few strips and
/// asks for no row twice.
void NestedRowsTest::paintsWhatIsSeen()
{
    Fixture f(*m_server, "contacts");
    BEGIN(f);
    QVERIFY(f.choose(3, "nested_orders"));
    QVERIFY(f.choose(3, "nestedEvery"));
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    Paints paints;
    qApp->installEventFilter(&paints);
    QSignalSpy asked(f.nested(), &GridNested::asked);
    QPixmap picture(f.view()->size());
    QSet<QString> rows;
    QScrollBar *bar = f.view()->verticalScrollBar();
    for (int frame = 0; frame < 100; ++frame) {
        bar->setValue(bar->value() + 7);
        QApplication::processEvents();
        paints.strips.clear();
        f.view()->render(&picture);
        qsizetype seen = 0;
        for (const NestedStrip *strip : f.strips())
            seen += strip->geometry().intersects(f.view()->viewport()->rect());
        QVERIFY(seen > 1 && seen < 8);
        QCOMPARE(paints.strips.size(), seen);
        QCOMPARE(QSet<QObject *>(paints.strips.begin(), paints.strips.end()).size(), seen);
        rows << f.id(f.view()->rowAt(0));
    }
    QVERIFY(rows.size() > 2);
    QTRY_COMPARE_WITH_TIMEOUT(f.wrongStrip(), QString(), patience);
    qsizetype sent = 0;
    for (const QList<QVariant> &one : asked)
        sent += one.first().toLongLong();
    QVERIFY2(sent <= rows.size() + 4, qPrintable(QString::number(sent)));
    QVERIFY(f.view()->findChildren<NestedStrip *>().size() <= 24);
}

QTEST_MAIN(NestedRowsTest)
#include "tst_nestedrows.moc"
