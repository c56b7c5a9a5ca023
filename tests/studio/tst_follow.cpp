// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/editing.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/grid/filterbar.h"
#include "studio/grid/gridlabels.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/gridquery.h"
#include "studio/grid/gridtrail.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/widgets/chip.h"
#include "studio/widgets/rowsdelegate.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"
#include "support/server.h"
#include "tenants.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDir>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPromise>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

/// Two tenants; orders that refer to people twice, to one without a name, to one of the other
/// tenant, and by two columns to desks.
const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech');
CREATE TABLE people (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    email text,
    name text,
    boss_id integer REFERENCES people (id)
);
INSERT INTO people
SELECT n, CASE WHEN n <= 600 THEN 1 ELSE 2 END, 'p' || n || '@example.com',
    CASE WHEN n <> 7 THEN 'person ' || n END, CASE WHEN n > 1 AND n <> 601 THEN n - 1 END
FROM generate_series(1, 700) AS n;
CREATE TABLE desks (
    organization_id integer NOT NULL REFERENCES organizations (id),
    number integer NOT NULL,
    title text NOT NULL,
    PRIMARY KEY (organization_id, number)
);
INSERT INTO desks SELECT o, n, 'desk ' || o || '/' || n
FROM generate_series(1, 2) AS o, generate_series(1, 9) AS n;
CREATE TABLE orders (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    person_id integer REFERENCES people (id),
    made_by integer REFERENCES people (id),
    desk integer,
    FOREIGN KEY (organization_id, desk) REFERENCES desks (organization_id, number)
);
CREATE TABLE codes (word text UNIQUE, meaning text);
INSERT INTO codes SELECT 'c' || n, 'meaning ' || n FROM generate_series(1, 500) AS n;
CREATE TABLE uses (id integer PRIMARY KEY, word text REFERENCES codes (word));
INSERT INTO uses SELECT n, 'c' || n * 100 FROM generate_series(1, 5) AS n;
INSERT INTO orders
SELECT n, CASE WHEN n <= 1000 THEN 1 ELSE 2 END, CASE WHEN n <= 1000 THEN n % 600 + 1 ELSE 650 END,
    CASE WHEN n % 5 = 0 THEN NULL ELSE 7 END, n % 9 + 1
FROM generate_series(1, 1200) AS n;
UPDATE orders SET person_id = 699 WHERE id = 2;
ANALYZE;
)sql";

struct Fixture {
    Fixture(testsupport::Server &server, const char *table, GridMemory memory = {})
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
    {
        database = server.createDatabase(QStringLiteral("follow"), script);
        project.setUrl(server.tcpUrl(database));
        page = std::make_unique<GridPage>(
            project, schema::Name{.schema = {}, .name = QString::fromLatin1(table)}, nullptr,
            std::move(memory));
        tester = std::make_unique<QAbstractItemModelTester>(
            view()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        page->resize(1000, 500);
        page->show();
    }
    template <typename T> T *find(const char *name) const
    {
        return page->findChild<T *>(QLatin1String(name));
    }
    RowsView *view() const { return find<RowsView>("rowsView"); }
    RowsModel *model() const { return static_cast<RowsModel *>(view()->model()); }
    QString label(int row, int column) const
    {
        return model()->index(row, column).data(RowsModel::LabelRole).toString();
    }
    void chooseTenant(const char *label) { chooseTenantOf(project, label); }
    bool hasTenants() const { return project.tenants().value.has_value(); }
    QMenu *titleMenu(int column) const
    {
        const QHeaderView *header = view()->horizontalHeader();
        const QPoint at(header->sectionViewportPosition(column) + 20, header->height() / 2);
        Q_EMIT const_cast<QHeaderView *>(header)->customContextMenuRequested(at);
        return find<QMenu>("titleMenu");
    }

    session::Project project;
    pg::Settings database;
    std::unique_ptr<GridPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

/// A grid without its page, which asks for labels where the test says.
struct Bare {
    explicit Bare(testsupport::Server &server)
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
        , rows({.fetch = [this](const query::Select &select) { return project.fetch(select); },
                .count = [this](const query::Select &select) { return project.count(select); },
                .explain = {},
                .bound = {}})
        , view(rows)
    {
        project.setUrl(server.tcpUrl(server.createDatabase(QStringLiteral("follow"), script)));
        project.connectDatabase();
        view.resize(900, 400);
        view.show();
    }
    /// The rows of orders; false while the catalog is not read.
    bool begin()
    {
        if (!project.database().value)
            return false;
        rows.setQuery(*gridQuery(*project.database().value, orders, {}, project.tenantColumn()));
        return true;
    }
    QList<GridReference> references(const QStringList &columns) const
    {
        QList<GridReference> found =
            gridReferences(*project.database().value, {}, orders, rows.columns(), {});
        found.removeIf(
            [&](const GridReference &reference) { return !columns.contains(reference.column); });
        return found;
    }
    QString label(int row, int column) const
    {
        return rows.index(row, column).data(RowsModel::LabelRole).toString();
    }

    const schema::Name orders{.schema = {}, .name = QStringLiteral("orders")};
    session::Project project;
    RowsModel rows;
    RowsView view;
};

/// The real window on the rows of Globex.
struct Window {
    explicit Window(testsupport::Server &server)
        : theme(*qApp)
        , preferences(folder.filePath(QStringLiteral("w.sqlite")))
        , project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
        , database(server.createDatabase(QStringLiteral("follow"), script))
        , window(project, theme, preferences, pagesOf(project, preferences))
    {
        QDir(folder.path()).mkdir(QStringLiteral("acme"));
        write("acme/drizzle.config.ts",
              "export default { dialect: 'postgresql', schema: './schema.ts' };\n");
        write("acme/schema.ts", "export {};\n");
        window.resize(1280, 800);
        window.show();
        window.openFolder(folder.filePath(QStringLiteral("acme")));
        project.setUrl(server.tcpUrl(database));
        project.connectDatabase();
    }
    void write(const char *file, const QByteArray &content) const
    {
        QFile made(folder.filePath(QLatin1String(file)));
        if (made.open(QIODevice::WriteOnly))
            made.write(content);
    }
    bool isReady() const { return project.tenants().value && project.database().value; }
    void open(const char *table)
    {
        window.openTable({.schema = {}, .name = QString::fromLatin1(table)}, false);
    }
    GridPage *page() const
    {
        for (GridPage *page : window.findChildren<GridPage *>()) {
            if (page->isVisible())
                return page;
        }
        return nullptr;
    }
    RowsView *view() const
    {
        return page() ? page()->findChild<RowsView *>(QStringLiteral("rowsView")) : nullptr;
    }
    /// "orders 300": the table in front, and the key of its current row.
    QString place() const
    {
        const QModelIndex current = view() ? view()->currentIndex() : QModelIndex();
        return !page() ? QString()
                       : page()->table().name + u' ' +
                             current.siblingAtColumn(0).data(RowsModel::RawTextRole).toString();
    }
    /// Gives the cell of the row with this key the focus.
    bool choose(const char *key, int column) const
    {
        const QAbstractItemModel *rows = view()->model();
        for (int row = 0; row < rows->rowCount(); ++row) {
            if (rows->index(row, 0).data(RowsModel::RawTextRole).toString() != QLatin1String(key))
                continue;
            view()->setCurrentIndex(rows->index(row, column));
            return true;
        }
        return false;
    }
    template <typename T> T *find(const char *name) const
    {
        return page()->findChild<T *>(QLatin1String(name));
    }
    QString text(const char *name) const
    {
        const auto *button = find<QAbstractButton>(name);
        return button ? button->text() : QString();
    }
    void press(const char *action) const
    {
        window.findChild<QAction *>(QLatin1String(action))->trigger();
    }

    QTemporaryDir folder;
    Theme theme;
    Preferences preferences;
    session::Project project;
    pg::Settings database;
    MainWindow window;
};

void trigger(const QMenu *menu, const QString &text)
{
    for (QAction *action : menu->actions()) {
        if (action->text() == text)
            return action->trigger();
    }
    QFAIL(qPrintable(text));
}
} // namespace

class FollowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherTenantStartsAgain();
    void initTestCase();
    void namesStandAtForeignKeys();
    void namesOfTheTenantAlone();
    void labelIsChosenAndKept();
    void oneStatementForAScreen();
    void answersThatCameTooLate();
    void enterLeadsToTheRowAndBack();
    void arrowLeadsThere();
    void rowThatFiltersLeaveOut();
    void backAndOnAtOnce();
    void comesBackToTheCell_data();
    void comesBackToTheCell();
    void comesBackInAnotherRun_data();
    void comesBackInAnotherRun();
    void rowOfATableWithoutAKey();
    void rowOfAnotherTenant();
    void rowsThatRefer();
    void trail();
    void spacePeeks();
    void peekByMouse();
    void rowIsPicked();
    void keyIsOneStep();
    void hugeNamesComeCut();

private:
    std::unique_ptr<testsupport::Server> m_server;
};

void FollowTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void FollowTest::namesStandAtForeignKeys()
{
    Fixture f(*m_server, "orders");
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 2), QStringLiteral("person 2"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 4), QStringLiteral("desk 1/2"), patience); // two columns
    QTRY_COMPARE_WITH_TIMEOUT(f.label(1, 2), QStringLiteral("person 699"), patience);
    QCOMPARE(f.label(0, 3), QString()); // the person has no name
    // Names stand at the left, with what is no name in their column and its title; numbers do not.
    const auto isRight = [&](const QVariant &alignment) {
        return (alignment.toInt() & Qt::AlignRight) != 0;
    };
    QVERIFY(!isRight(f.model()->index(4, 3).data(Qt::TextAlignmentRole)));
    QVERIFY(!isRight(f.model()->headerData(3, Qt::Horizontal, Qt::TextAlignmentRole)));
    QVERIFY(isRight(f.model()->index(0, 0).data(Qt::TextAlignmentRole)));
    QVERIFY(isRight(f.model()->headerData(0, Qt::Horizontal, Qt::TextAlignmentRole)));
    QVERIFY(f.model()->index(0, 3).data(RowsModel::ReferenceRole).toBool());
    QVERIFY(!f.model()->index(4, 3).data(RowsModel::ReferenceRole).toBool()); // NULL
    QVERIFY(!f.model()->index(0, 0).data(RowsModel::ReferenceRole).toBool()); // its own key
    f.view()->showRow(900);
    const auto shown = [&] { return int(900 - f.model()->firstRow()); };
    QTRY_VERIFY_WITH_TIMEOUT(shown() >= 0 && shown() < f.model()->rowCount() &&
                                 f.label(shown(), 2) == QStringLiteral("person 302"),
                             patience);
}

void FollowTest::namesOfTheTenantAlone()
{
    Fixture f(*m_server, "orders");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants(), patience);
    f.chooseTenant("Globex");
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 2), QStringLiteral("person 2"), patience);
    // Order 2 points at a person of Initech: the key is Globex's to see, the name is not.
    QCOMPARE(f.label(1, 2), QString());
    QCOMPARE(f.model()->index(1, 2).data(RowsModel::RawTextRole).toString(), QStringLiteral("699"));
    f.chooseTenant("Initech");
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 2), QStringLiteral("person 650"), patience);
    QCOMPARE(f.label(0, 1), QStringLiteral("Initech"));
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 4), QStringLiteral("desk 2/3"), patience);
}

void FollowTest::labelIsChosenAndKept()
{
    QHash<QString, QByteArray> kept;
    const GridMemory memory{
        .read = [&](const schema::Name &table) { return kept.value(table.name); },
        .write = [&](const schema::Name &table,
                     const QByteArray &choice) { kept[table.name] = choice; },
        .zone = {},
    };
    Fixture f(*m_server, "orders", memory);
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 2), QStringLiteral("person 2"), patience);
    std::unique_ptr<QMenu> menu(f.titleMenu(2));
    trigger(menu->findChild<QMenu *>(QStringLiteral("labelMenu")), QStringLiteral("email"));
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 2), QStringLiteral("p2@example.com"), patience);
    QCOMPARE(f.label(0, 3), QString());
    menu.reset();
    menu.reset(f.titleMenu(4));
    trigger(menu->findChild<QMenu *>(QStringLiteral("labelMenu")), QStringLiteral("The key alone"));
    QCOMPARE(f.label(0, 4), QString());
    menu.reset();

    f.page = std::make_unique<GridPage>(f.project, schema::Name{.name = QStringLiteral("orders")},
                                        nullptr, memory);
    f.page->resize(1000, 500);
    f.page->show();
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 2), QStringLiteral("p2@example.com"), patience);
    QCOMPARE(f.label(0, 4), QString());
    menu.reset(f.titleMenu(0));
    QVERIFY(!menu->findChild<QMenu *>(QStringLiteral("labelMenu")));
}

/// Two columns that refer to one table, one that refers by two columns, and the tenant's.
void FollowTest::oneStatementForAScreen()
{
    Bare f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.project.database().value && f.project.tenants().value, patience);
    QVERIFY(f.begin());
    QList<query::Select> asked;
    GridLabels labels(
        [&](const query::Select &select) {
            asked << select;
            return f.project.fetch(select);
        },
        f.rows, f.view);
    const QStringList columns{QStringLiteral("organization_id"), QStringLiteral("person_id"),
                              QStringLiteral("made_by"), QStringLiteral("desk")};
    QCOMPARE(f.references(columns).size(), 4);
    labels.setReferences(f.references(columns));
    QTRY_COMPARE_WITH_TIMEOUT(f.label(1, 2), QStringLiteral("person 699"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.label(0, 4), QStringLiteral("desk 1/2"), patience);
    const auto count = [&](const char *table) {
        return std::ranges::count_if(asked, [&](const query::Select &select) {
            return select.from.table.name == QLatin1String(table);
        });
    };
    QCOMPARE(count("people"), 1); // both columns, all rows
    QCOMPARE(count("desks"), 1);
    QCOMPARE(count("organizations"), 0); // the tenants' names are known

    f.view.scrollTo(f.rows.index(40, 0), QAbstractItemView::PositionAtTop);
    QTRY_COMPARE_WITH_TIMEOUT(f.label(41, 2), QStringLiteral("person 43"), patience);
    QCOMPARE(count("people"), 2);
    QCOMPARE(count("desks"), 1); // these were known
    QSignalSpy looked(&f.view, &RowsView::looked);
    f.view.scrollToTop();
    QTRY_VERIFY_WITH_TIMEOUT(!looked.isEmpty(), patience);
    QCoreApplication::processEvents();
    QCOMPARE(asked.size(), 3); // back over rows whose names are known
}

void FollowTest::answersThatCameTooLate()
{
    Bare f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.project.database().value, patience);
    QVERIFY(f.begin());
    QList<std::shared_ptr<QPromise<base::Result<rows::Page>>>> asked;
    GridLabels labels(
        [&](const query::Select &) {
            asked << std::make_shared<QPromise<base::Result<rows::Page>>>();
            asked.last()->start();
            return asked.last()->future();
        },
        f.rows, f.view);
    labels.setReferences(f.references({QStringLiteral("person_id")}));
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, patience);
    // Elsewhere before the answer: what was asked for is cancelled.
    f.view.scrollTo(f.rows.index(60, 0), QAbstractItemView::PositionAtTop);
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2, patience);
    QVERIFY(asked.at(0)->isCanceled());
    QVERIFY(!asked.at(1)->isCanceled());
    // Another query: nobody wants to know any more.
    QVERIFY(f.begin());
    QVERIFY(asked.at(1)->isCanceled());
}

void FollowTest::enterLeadsToTheRowAndBack()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.project.setTenant(w.project.tenants().value->first());
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("150", 2), patience);
    QVERIFY(!w.find<QWidget>("trailBar")->isVisible());
    QVERIFY(!w.window.findChild<QAction *>(QStringLiteral("back"))->isEnabled());
    QTest::keyClick(w.view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 151"), patience);
    // In its place in the whole set, with others around it.
    QTRY_VERIFY2_WITH_TIMEOUT(
        w.page()->statusText().startsWith(QStringLiteral("Row 151 of 600 in Globex")),
        qPrintable(w.page()->statusText()), patience);
    QTRY_VERIFY_WITH_TIMEOUT(w.view()->model()->rowCount() > 300, patience);
    QTRY_COMPARE_WITH_TIMEOUT(w.text("crumb_0"), QStringLiteral("orders · 150"), patience);
    QTRY_COMPARE(w.text("crumb_1"), QStringLiteral("people · person 151"));
    QVERIFY(w.find<QWidget>("trailBar")->isVisible());

    // Further, in the same table.
    QVERIFY(w.choose("151", 4));
    QTest::keyClick(w.view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 150"), patience);
    QTRY_COMPARE(w.text("crumb_2"), QStringLiteral("people · person 150"));

    QTest::keyClick(&w.window, Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 151"), patience);
    w.press("back");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("orders 150"), patience);
    QVERIFY(!w.window.findChild<QAction *>(QStringLiteral("back"))->isEnabled());
    QTest::keyClick(&w.window, Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 151"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(w.text("crumb_2"), QStringLiteral("people · person 150"), patience);
    QTest::mouseClick(w.find<QPushButton>("crumb_2"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 150"), patience);
    // A table that is opened otherwise begins another way.
    w.open("desks");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("desks 1"), patience);
    QVERIFY(!w.find<QWidget>("trailBar")->isVisible());
    w.press("back");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 150"), patience);
}

void FollowTest::arrowLeadsThere()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("3", 2), patience);
    const QRect cell = w.view()->visualRect(w.view()->currentIndex());
    QTest::mouseClick(w.view()->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(w.place(), QStringLiteral("orders 3"));
    QTest::mouseClick(w.view()->viewport(), Qt::LeftButton, {},
                      RowsDelegate::arrowRect(cell).center());
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 4"), patience);
}

/// The row is shown among all others, and the filters stay to be switched on again.
void FollowTest::rowThatFiltersLeaveOut()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.preferences.setGridChoice(
        w.project.path(), QStringLiteral("public.people"),
        packed(
            {.filters = {{.filter = {.column = {QStringLiteral("people"), QStringLiteral("name")},
                                     .op = query::Operator::IsNull}}}}));
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("20", 2), patience);
    QTest::keyClick(w.view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 21"), patience);
    QCOMPARE(w.text("filterPill_0"), QStringLiteral("off: name is NULL"));
    const auto isSaid = [&] {
        return w.page()->statusText().contains(QStringLiteral("switched off"));
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isSaid(), qPrintable(w.page()->statusText()), patience);
    // Other news does not hide it, nor does another cell of the row.
    Q_EMIT w.view()->notice(QStringLiteral("Copied"));
    QVERIFY2(isSaid() && w.page()->statusText().endsWith(QStringLiteral("Copied")),
             qPrintable(w.page()->statusText()));
    QTest::keyClick(w.view(), Qt::Key_Right);
    QVERIFY2(isSaid() && !w.page()->statusText().contains(QStringLiteral("Copied")),
             qPrintable(w.page()->statusText()));
    QTest::keyClick(w.view(), Qt::Key_Down);
    QVERIFY2(!isSaid(), qPrintable(w.page()->statusText()));
    // One that they do not leave out keeps them on.
    w.press("back");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("orders 20"), patience);
}

/// Whoever goes on at once stays there: on a page whose row is still there nothing is sought, and
/// what is being sought elsewhere is given up.
void FollowTest::backAndOnAtOnce()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.window.openTable({.schema = {}, .name = QStringLiteral("orders")}, true);
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("20", 2), patience);
    QTest::keyClick(w.view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 21"), patience);
    const auto nothingComes = [&] {
        const auto later = w.project.fetch(
            {.from = {{{}, QStringLiteral("desks")}, QStringLiteral("d")}, .limit = 1});
        QTRY_VERIFY_WITH_TIMEOUT(later.isFinished(), patience);
    };
    QTest::keyClick(&w.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(w.place(), QStringLiteral("orders 20"));
    QTest::keyClick(w.view(), Qt::Key_Down);
    QCOMPARE(w.place(), QStringLiteral("orders 21"));
    nothingComes();
    QCOMPARE(w.place(), QStringLiteral("orders 21"));

    const GridPlace far{.table = w.page()->table(),
                        .keyColumns = {QStringLiteral("id")},
                        .key = {QStringLiteral("1100")}};
    w.page()->showPlace(far);
    QTest::keyClick(w.view(), Qt::Key_Down);
    QCOMPARE(w.place(), QStringLiteral("orders 22"));
    nothingComes();
    QCOMPARE(w.place(), QStringLiteral("orders 22"));
    w.page()->showPlace(far);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("orders 1100"), patience);
}

/// It is known by its place; under a written condition it has none, and that is switched off.
/// Its page has gone meanwhile, or it is another tab.
void FollowTest::comesBackToTheCell_data()
{
    QTest::addColumn<bool>("isKeptOpen");
    QTest::newRow("a preview, made again") << false;
    QTest::newRow("another tab") << true;
}

void FollowTest::comesBackToTheCell()
{
    QFETCH(bool, isKeptOpen);
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.window.openTable({.schema = {}, .name = QStringLiteral("orders")}, isKeptOpen);
    QTRY_VERIFY_WITH_TIMEOUT(w.view()->model()->rowCount() > 0, patience);
    w.view()->setColumnWidth(1, 1400); // so that there is something to scroll sideways
    w.view()->showRow(480);
    QTRY_COMPARE_WITH_TIMEOUT(w.view()->topRow(), 480, patience);
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("490", 3), patience);
    const int left = 407;
    w.view()->horizontalScrollBar()->setValue(left);
    const auto isBack = [&] {
        QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("orders 490"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(w.view()->topRow(), 480, patience);
        QCOMPARE(w.view()->currentIndex().column(), 3);
        QCOMPARE(w.view()->horizontalScrollBar()->value(), left);
        QCOMPARE(w.view()->selectionModel()->selectedIndexes(),
                 QModelIndexList{w.view()->currentIndex()});
    };
    isBack();
    w.open("people");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 1"), patience);
    w.press("back");
    isBack();
    // By the tab, or from the tree.
    w.open("people");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 1"), patience);
    w.open("orders");
    isBack();
}

/// Where the rows stand in an order of their own, and when some of them have gone meanwhile.
void FollowTest::comesBackInAnotherRun_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("choice");
    QTest::addColumn<QString>("gone"); // of the rows on the screen
    QTest::addColumn<int>("top");      // row of the result, then
    QTest::addColumn<QString>("current");
    const QByteArray byPerson =
        R"({"sort":[{"column":"made_by"},{"column":"id","descending":true}]})";
    QTest::newRow("all are there")
        << QByteArray("orders") << QByteArray() << QString() << 480 << QStringLiteral("490");
    QTest::newRow("the row has gone") << QByteArray("orders") << QByteArray()
                                      << QStringLiteral("id = 490") << 480 << QStringLiteral("491");
    QTest::newRow("others have gone")
        << QByteArray("orders") << QByteArray() << QStringLiteral("id between 400 and 485") << 399
        << QStringLiteral("490");
    QTest::newRow("all have gone")
        << QByteArray("orders") << QByteArray() << QStringLiteral("id between 400 and 600") << 399
        << QStringLiteral("610");
    // 960 were made by somebody; from the 1200th down they stand by id.
    QTest::newRow("in another order") << QByteArray("orders") << byPerson
                                      << QStringLiteral("id = 1") << 480 << QStringLiteral("588");
    QTest::newRow("without a key")
        << QByteArray("codes") << QByteArray() << QString() << 480 << QStringLiteral("c490");
}

void FollowTest::comesBackInAnotherRun()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, choice);
    QFETCH(QString, gone);
    QFETCH(int, top);
    QFETCH(QString, current);
    QByteArray kept;
    const GridMemory memory{
        .read = [&](const schema::Name &) { return choice; },
        .write = {},
        .readPlace = [&](const schema::Name &) { return kept; },
        .writePlace = [&](const schema::Name &, const QByteArray &place) { kept = place; }};
    Fixture f(*m_server, table, memory);
    const auto currentKey = [&] {
        return f.view()->currentIndex().siblingAtColumn(0).data(RowsModel::RawTextRole).toString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(f.model()->rowCount() > 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.model()->state(), RowsModel::State::Ready, patience);
    f.view()->showRow(480);
    QTRY_COMPARE_WITH_TIMEOUT(f.view()->topRow(), 480, patience);
    f.view()->setCurrentIndex(f.model()->index(int(489 - f.model()->firstRow()), 1));
    QCOMPARE(f.view()->topRow(), 480);
    if (gone.isEmpty())
        QCOMPARE(currentKey(), current);
    const QString before = currentKey();
    f.tester.reset();
    f.page.reset();
    QVERIFY(!kept.isEmpty());
    if (!gone.isEmpty())
        QCOMPARE(m_server->run(f.database, "DELETE FROM orders WHERE " + gone.toUtf8()), QString());
    f.page = std::make_unique<GridPage>(f.project, schema::Name{.name = QString::fromLatin1(table)},
                                        nullptr, memory);
    f.page->resize(1000, 500);
    f.page->show();
    QTRY_COMPARE_WITH_TIMEOUT(f.view()->topRow(), top, patience);
    QTRY_COMPARE_WITH_TIMEOUT(currentKey(), gone == QStringLiteral("id = 1") ? before : current,
                              patience);
    QCOMPARE(f.view()->currentIndex().column(), 1);
    // What is done from now on is not taken back by reading the rows again.
    f.view()->setCurrentIndex(f.model()->index(f.view()->currentIndex().row() + 2, 0));
    const QString next = currentKey();
    QTest::mouseClick(f.find<QPushButton>("reloadRows"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(currentKey(), next, patience);
}

void FollowTest::rowOfATableWithoutAKey()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.open("uses");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("3", 1), patience);
    QTest::keyClick(w.view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("codes c300"), patience);
    w.page()
        ->findChild<FilterBar *>(QStringLiteral("pills"))
        ->add({.written = QStringLiteral("length(word) > 2")});
    QTRY_COMPARE_WITH_TIMEOUT(w.text("filterPill_0"), QStringLiteral("WHERE length(word) > 2"),
                              patience);
    w.press("back");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("uses 3"), patience);
    QVERIFY(w.choose("4", 1));
    QTest::keyClick(w.view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("codes c400"), patience);
    QCOMPARE(w.text("filterPill_0"), QStringLiteral("off: WHERE length(word) > 2"));
}

void FollowTest::rowOfAnotherTenant()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.project.setTenant(w.project.tenants().value->first());
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("2", 2), patience);
    QTest::keyClick(w.view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.page()->table().name, QStringLiteral("people"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(w.page()->statusText(),
                              QStringLiteral("699 is not among the rows of Globex"), patience);
}

void FollowTest::rowsThatRefer()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.project.setTenant(w.project.tenants().value->first());
    w.open("people");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("7", 3), patience);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(w.view()->viewport(), &event);
    const auto *incoming = w.find<QMenu>("incomingMenu");
    QVERIFY(incoming);
    const auto texts = [&] {
        QStringList found;
        for (const QAction *action : incoming->actions())
            found << action->text();
        return found;
    };
    // 6 and 606 are person 7's; of Globex' thousand orders a fifth has no maker.
    QTRY_COMPARE_WITH_TIMEOUT(
        texts(),
        (QStringList{QStringLiteral("orders (made_by) (800)"),
                     QStringLiteral("orders (person_id) (2)"), QStringLiteral("people (1)")}),
        patience);
    incoming->actions().at(1)->trigger();
    QApplication::activePopupWidget()->close();
    QTRY_COMPARE_WITH_TIMEOUT(w.page()->table().name, QStringLiteral("orders"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(w.view()->model()->rowCount(), 2, patience);
    QCOMPARE(w.text("filterPill_0"), QStringLiteral("person_id is 7"));
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("orders 6"), patience);
    // It was no choice of the person's for this table.
    QVERIFY(w.preferences.gridChoice(w.project.path(), QStringLiteral("public.orders")).isEmpty());
    w.press("back");
    QTRY_COMPARE_WITH_TIMEOUT(w.place(), QStringLiteral("people 7"), patience);
}

void FollowTest::trail()
{
    GridTrail trail;
    const auto place = [](const char *table, bool isFollowed = false) {
        return GridPlace{.table = {{}, QString::fromLatin1(table)}, .isFollowed = isFollowed};
    };
    const auto path = [&] { return QList{trail.path().first, trail.at(), trail.path().second}; };
    QVERIFY(!trail.canStep(0));
    trail.visit(place("a"));
    trail.visit(place("b", true));
    trail.visit(place("c", true));
    trail.visit(place("d"));
    QCOMPARE(path(), (QList<qsizetype>{3, 3, 3}));
    QCOMPARE(trail.step(-2)->table.name, QStringLiteral("b"));
    QCOMPARE(path(), (QList<qsizetype>{0, 1, 2}));
    QVERIFY(!trail.step(-2));
    trail.update({.table = {{}, QStringLiteral("b")}, .title = QStringLiteral("now")});
    trail.update({.table = {{}, QStringLiteral("z")}, .title = QStringLiteral("elsewhere")});
    QCOMPARE(trail.current()->title, QStringLiteral("now"));
    QVERIFY(trail.current()->isFollowed);
    trail.visit(place("e", true));
    QVERIFY(!trail.canStep(1));
    QCOMPARE(path(), (QList<qsizetype>{0, 2, 2}));
    for (int i = 0; i < 200; ++i)
        trail.visit(place("f", true));
    QCOMPARE(trail.places().size(), 100);
    trail.begin(QStringLiteral("another project"));
    QVERIFY(!trail.current());
}

void FollowTest::spacePeeks()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.project.setTenant(w.project.tenants().value->first());
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("150", 2), patience);
    const auto text = [&](const char *name) {
        const QWidget *panel = QApplication::activePopupWidget();
        const auto *label = panel ? panel->findChild<QLabel *>(QLatin1String(name)) : nullptr;
        return label ? label->text() : QString();
    };
    QTest::keyClick(w.view(), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(text("peek_email"), QStringLiteral("p151@example.com"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        text("peekIncoming"),
        QStringLiteral("Refer to it: orders (made_by) (0), orders (person_id) (2), people (1)"),
        patience);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    QCOMPARE(w.place(), QStringLiteral("orders 150"));
    // Another tenant's row shows nothing of itself.
    QVERIFY(w.choose("2", 2));
    QTest::keyClick(w.view(), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(text("peekState"), QStringLiteral("Not among the rows of Globex"),
                              patience);
    QVERIFY(text("peek_email").isEmpty() && text("peekIncoming").isEmpty());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Space);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    // By two columns; Enter goes there.
    QVERIFY(w.choose("150", 4));
    QTest::keyClick(w.view(), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(text("peek_title"), QStringLiteral("desk 1/7"), patience);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(w.page()->table().name, QStringLiteral("desks"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(w.view()->currentIndex().row(), 6, patience);
}

void FollowTest::peekByMouse()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("3", 2), patience);
    const QModelIndex cell = w.view()->currentIndex();
    QTRY_COMPARE_WITH_TIMEOUT(cell.data(RowsModel::LabelRole).toString(),
                              QStringLiteral("person 4"), patience);
    const QPoint at = w.view()->visualRect(cell).center();
    QWidget *viewport = w.view()->viewport();
    QHelpEvent help(QEvent::ToolTip, at, viewport->mapToGlobal(at));
    QApplication::sendEvent(viewport, &help);
    QPointer<QWidget> panel = w.find<QWidget>("peekPanel");
    QVERIFY(panel && panel->isVisible());
    QVERIFY(!QApplication::activePopupWidget()); // it takes no keys
    QTRY_VERIFY_WITH_TIMEOUT(panel->findChild<QLabel *>(QStringLiteral("peek_name")), patience);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(viewport, &leave);
    QTRY_VERIFY(!panel);
}

void FollowTest::rowIsPicked()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.project.setTenant(w.project.tenants().value->first());
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("150", 2), patience);
    const auto part = [](const char *name) {
        const QWidget *picker = QApplication::activePopupWidget();
        return picker ? picker->findChild<QWidget *>(QLatin1String(name)) : nullptr;
    };
    const auto line = [&] { return static_cast<QLineEdit *>(part("pickerLine")); };
    const auto list = [&] { return static_cast<QListWidget *>(part("pickerList")); };
    const auto state = [&] { return static_cast<QLabel *>(part("pickerState"))->text(); };
    const auto value = [&] {
        return w.view()->currentIndex().data(RowsModel::RawTextRole).toString();
    };
    QTest::keyClick(w.view(), Qt::Key_F2);
    QTRY_VERIFY(line());
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 50, patience);
    QCOMPARE(state(), QStringLiteral("The first 50; type to find others"));
    QTest::keyClicks(line(), QStringLiteral("SON 59"));
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 11, patience);
    QCOMPARE(list()->currentItem()->text(), QStringLiteral("person 59  ·  59"));
    QTest::keyClick(line(), Qt::Key_Down);
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_COMPARE(value(), QStringLiteral("590"));
    QTRY_COMPARE_WITH_TIMEOUT(w.view()->currentIndex().data(RowsModel::LabelRole).toString(),
                              QStringLiteral("person 590"), patience);
    // Typing begins the search; of those whose name holds 69 most are another tenant's.
    QTest::keyClick(w.view(), Qt::Key_6);
    QTRY_VERIFY(line());
    QTest::keyClicks(line(), QStringLiteral("9"));
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 6, patience);
    for (int row = 0; row < list()->count(); ++row)
        QVERIFY(!list()->item(row)->text().startsWith(QStringLiteral("person 69")) || row == 0);
    line()->setText(QStringLiteral("699"));
    QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("No such row among those of Globex"),
                              patience);
    // A key means its row, whatever else holds its digits; Enter waits for what is looked for.
    line()->setText(QStringLiteral("42"));
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(value(), QStringLiteral("42"), patience);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    // Of two columns the one that differs.
    QVERIFY(w.choose("150", 4));
    QTest::keyClick(w.view(), Qt::Key_F2);
    QTRY_VERIFY(line());
    QTest::keyClicks(line(), QStringLiteral("desk 1/5"));
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(value(), QStringLiteral("5"), patience);
    const QList<edits::RowEdit> &staged = w.project.editing().staged().rows;
    QCOMPARE(staged.size(), 1);
    QVERIFY(staged.first().cell(QStringLiteral("person_id")));
    QVERIFY(staged.first().cell(QStringLiteral("desk")));
    QVERIFY(!staged.first().cell(QStringLiteral("organization_id")));
}

/// Two columns of a key are chosen at once, and taken back at once.
void FollowTest::keyIsOneStep()
{
    Window w(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("150", 4), patience);
    QTest::keyClick(w.view(), Qt::Key_F2);
    const auto part = [](const char *name) {
        const QWidget *picker = QApplication::activePopupWidget();
        return picker ? picker->findChild<QWidget *>(QLatin1String(name)) : nullptr;
    };
    QTRY_VERIFY(part("pickerLine"));
    auto *line = static_cast<QLineEdit *>(part("pickerLine"));
    QTest::keyClicks(line, QStringLiteral("desk 2/5"));
    QTest::keyClick(line, Qt::Key_Return);
    session::Editing &editing = w.project.editing();
    QTRY_COMPARE_WITH_TIMEOUT(editing.staged().rows.size(), 1, patience);
    QCOMPARE(editing.staged().rows.first().cells.size(), 2);
    editing.undo();
    QVERIFY(editing.staged().isEmpty());
    editing.redo();
    QCOMPARE(editing.staged().rows.first().cells.size(), 2);
    // Neither a value, nor what the server puts in.
    for (const char *button : {"pickNull", "pickDefault"}) {
        QVERIFY(w.choose("149", 2));
        QTest::keyClick(w.view(), Qt::Key_F2);
        QTRY_VERIFY(part(button));
        QTest::mouseClick(static_cast<QPushButton *>(part(button)), Qt::LeftButton);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        const edits::RowEdit &row = editing.staged().rows.last();
        QCOMPARE(row.id.key, QList<QByteArray>{"149"});
        const bool isNull = button == QByteArray("pickNull");
        QVERIFY(row.cell(QStringLiteral("person_id"))->after.kind ==
                (isNull ? edits::NewValue::Kind::Null : edits::NewValue::Kind::Default));
    }
}

/// Someone is called by 50 MB, which are not read whole for a name, a peek or a choice.
void FollowTest::hugeNamesComeCut()
{
    Window w(*m_server);
    QCOMPARE(m_server->run(w.database, "UPDATE people SET name = repeat('0123456789', 5000000) "
                                       "WHERE id = 2"),
             QString());
    QTRY_VERIFY_WITH_TIMEOUT(w.isReady(), patience);
    w.open("orders");
    QTRY_VERIFY_WITH_TIMEOUT(w.choose("1", 2), patience);
    const QString name = QStringLiteral("0123456789").repeated(20);
    QTRY_COMPARE_WITH_TIMEOUT(w.view()->currentIndex().data(RowsModel::LabelRole).toString(), name,
                              patience);
    // What the widgets ask for, as it comes.
    const auto &database = *w.project.database().value;
    const auto *rows = static_cast<RowsModel *>(w.view()->model());
    QList<GridReference> references =
        gridReferences(database, {}, w.page()->table(), rows->columns(), {});
    references.removeIf(
        [](const GridReference &one) { return one.column != QLatin1String("person_id"); });
    query::Select select = targetRows(references.first());
    select.limit = 10;
    select.sorts = {{.column = select.columns.first()}};
    const auto page = base::await(w.project.fetch(select));
    QVERIFY(page);
    QCOMPARE(page->text(1, 1).size(), query::keptOfCut);

    QTest::keyClick(w.view(), Qt::Key_Space);
    const auto peeked = [] {
        const QWidget *panel = QApplication::activePopupWidget();
        const auto *label =
            panel ? panel->findChild<QLabel *>(QStringLiteral("peek_name")) : nullptr;
        return label ? label->text() : QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(peeked().endsWith(QStringLiteral("…  50.0 MB")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget()
                                 ->findChild<QLabel *>(QStringLiteral("peekIncoming"))
                                 ->text()
                                 .contains(QStringLiteral("orders (person_id)")),
                             patience);
    QApplication::activePopupWidget()->close();

    QTest::keyClick(w.view(), Qt::Key_F2);
    const auto part = [](const char *called) {
        const QWidget *picker = QApplication::activePopupWidget();
        return picker ? picker->findChild<QListWidget *>(QLatin1String(called)) : nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(part("pickerList") && part("pickerList")->count() == 50, patience);
    QCOMPARE(part("pickerList")->currentItem()->text(), name.left(120) + QStringLiteral("  ·  2"));
    QApplication::activePopupWidget()->close();
}

/// Places bear names and keys of rows: they go with the tenant whose rows they are.
void FollowTest::anotherTenantStartsAgain()
{
    GridTrail trail;
    trail.startAgain();
    QCOMPARE(trail.at(), -1);
    trail.visit({.table = {{}, QStringLiteral("orders")}, .title = QStringLiteral("7")});
    trail.visit({.table = {{}, QStringLiteral("contacts")},
                 .key = {QStringLiteral("1")},
                 .title = QStringLiteral("Ada"),
                 .isFollowed = true});
    trail.startAgain();
    QCOMPARE(trail.places().size(), 1);
    const GridPlace start{.table = {{}, QStringLiteral("contacts")}};
    QVERIFY(trail.places().first() == start);
    QVERIFY(!trail.canStep(-1) && !trail.canStep(1));
}

QTEST_MAIN(FollowTest)
#include "tst_follow.moc"
