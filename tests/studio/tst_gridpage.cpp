// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"
#include "studio/grid/filterbar.h"
#include "studio/grid/gridpage.h"
#include "studio/widgets/chip.h"
#include "studio/widgets/rowsheader.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"
#include "tenants.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

/// Three organizations; 900 contacts of the first and 30 of the second, with equal and missing
/// scores; items that reach theirs along the contact, countries for all, a log without a key, a
/// view.
const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech'), (3, 'Hooli');
CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL);
INSERT INTO countries VALUES ('de', 'Germany'), ('fr', 'France');
CREATE TYPE contact_type AS ENUM ('company', 'person');
CREATE TABLE contacts (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    type contact_type NOT NULL,
    score integer,
    extra json
);
INSERT INTO contacts
SELECT n, CASE WHEN n <= 900 THEN 1 ELSE 2 END, 'name ' || n,
    CASE WHEN n % 3 = 0 THEN 'company' ELSE 'person' END::contact_type,
    CASE WHEN n % 10 = 0 THEN NULL ELSE n % 7 END, '{}'
FROM generate_series(1, 930) AS n;
CREATE TABLE items (
    id integer PRIMARY KEY,
    contact_id integer NOT NULL REFERENCES contacts (id)
);
INSERT INTO items SELECT n, n FROM generate_series(1, 5) AS n;
CREATE VIEW totals AS SELECT count(*) AS contacts, min(name) AS first FROM contacts;
CREATE MATERIALIZED VIEW kept AS SELECT name FROM contacts;
CREATE TABLE logs (organization_id integer NOT NULL REFERENCES organizations (id), line text);
INSERT INTO logs SELECT 1, 'line ' || n FROM generate_series(1, 450) AS n;
ANALYZE;
)sql";

/// Enough rows for a ruler; in partitions, in a view, without a key; and a view that takes a
/// minute.
const QByteArray manyRows = R"sql(
CREATE TABLE events (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    score integer,
    note text NOT NULL
);
INSERT INTO events
SELECT n, CASE WHEN n % 5 = 0 THEN 2 ELSE 1 END, CASE WHEN n % 4 > 0 THEN n % 11 END,
    md5(n::text)
FROM generate_series(1, 60000) AS n;
CREATE INDEX ON events (score, id);
CREATE TABLE traces (id integer, organization_id integer NOT NULL REFERENCES organizations (id));
INSERT INTO traces SELECT n, CASE WHEN n % 5 = 0 THEN 2 ELSE 1 END
FROM generate_series(1, 60000) AS n;
DELETE FROM traces WHERE id % 3 = 0;
CREATE TABLE parts (id integer, organization_id integer NOT NULL) PARTITION BY HASH (id);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT n, 1 FROM generate_series(1, 20000) AS n;
CREATE VIEW seen AS SELECT id, note FROM events WHERE id <= 20000;
CREATE TABLE texts (id integer PRIMARY KEY, note text);
INSERT INTO texts VALUES (1, 'running late'), (2, 'he ran, she runs'), (3, 'walks');
CREATE INDEX ON texts USING gin (to_tsvector('english', note));
CREATE VIEW slow AS SELECT 1 AS id, pg_sleep(60)::text AS waited;
ANALYZE;
)sql";

/// A page on a project that knows its server only.
struct Fixture {
    Fixture(testsupport::Server &server, const char *table, const QByteArray &more = {})
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
    {
        database = server.createDatabase(QStringLiteral("grid"), script + more);
        url = server.tcpUrl(database);
        project.setUrl(url);
        page = std::make_unique<GridPage>(
            project, schema::Name{.schema = {}, .name = QString::fromLatin1(table)});
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
    int rows() const { return view()->model()->rowCount(); }
    QString text(int row, int column) const
    {
        return view()->model()->index(row, column).data(RowsModel::RawTextRole).toString();
    }
    bool isLoaded(int row) const { return row < rows(); }
    /// What the server gives when it sorts everything.
    QStringList idsInOrder(const QByteArray &table, const QByteArray &tenant,
                           const QByteArray &order) const
    {
        pg::Pool pool(database);
        QByteArray text = "SELECT id FROM " + table;
        if (!tenant.isEmpty())
            text += " WHERE organization_id = (SELECT id FROM organizations WHERE name = '" +
                    tenant + "')";
        const auto read =
            base::await(pool.run({QString::fromUtf8(text + " ORDER BY " + order), {}}));
        QStringList ids;
        for (qsizetype row = 0; read && row < read->rowCount(); ++row)
            ids.append(read->text(row, 0));
        return ids;
    }
    QString scope() const
    {
        const auto *pill = find<Chip>("scopePill");
        return pill ? pill->text() : QString();
    }
    QString message() const { return find<QLabel>("rowsMessageTitle")->text(); }
    void chooseTenant(const char *label) { chooseTenantOf(project, label); }
    bool hasTenants() const { return project.tenants().value.has_value(); }
    void clickTitle(int column)
    {
        const QHeaderView *header = view()->horizontalHeader();
        view()->scrollTo(view()->model()->index(0, column));
        const QPoint at(header->sectionViewportPosition(column) + 20, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    }

    session::Project project;
    pg::Settings database;
    QString url;
    std::unique_ptr<GridPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester;
};
} // namespace

class GridPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void scrollsThroughAllRows_data();
    void scrollsThroughAllRows();
    void tenantKeepsItsRows();
    void viewShowsTheTenantsRows();
    void nobodyIsChosen();
    void waitsForTheTenants();
    void scopeInWords_data();
    void scopeInWords();
    void titleSorts();
    void sortsBySeveral();
    void columnsChangedBelow();
    void filterIsAddedChangedAndRemoved();
    void pillsStandBelowTheTools();
    void pillThatIsGone();
    void filterByCell();
    void filterBeginsWhereOneIs();
    void titlesDoNotSelect();
    void reloadsInPlace();
    void conditionIsCheckedAndKeptToTheTenant();
    void wholeValuesAreTheTenants();
    void longValuesWithinTheirRows();
    void relationIsSaved();
    void statisticsOfAColumn();
    void search_data();
    void search();
    void choiceIsKept();
    void copiesAndSums();
    void exports();
    void columnsAreHidden();
    void columnsAreKept();
    void rowsWithoutKey();
    void draggedThroughAllRows_data();
    void draggedThroughAllRows();
    void stoppedOnTheServer();
    void orderWithoutAnIndex();
    void tableThatIsNotThere();
    void serverThatIsNotThere();
    void anotherServer();

private:
    std::unique_ptr<testsupport::Server> m_server;
};

void GridPageTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void GridPageTest::scrollsThroughAllRows_data()
{
    QTest::addColumn<int>("sortClicks");
    QTest::newRow("by key") << 0;
    QTest::newRow("by a column with NULLs, ascending") << 1;
    QTest::newRow("by a column with NULLs, descending") << 2;
}

void GridPageTest::scrollsThroughAllRows()
{
    QFETCH(int, sortClicks);
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    QVERIFY(f.rows() < 930);
    for (int i = 0; i < sortClicks; ++i) {
        f.clickTitle(4);
        QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    }
    QSet<QString> seen;
    int row = 0;
    QTRY_VERIFY_WITH_TIMEOUT(f.page->statusText().contains(QStringLiteral("of ")), patience);
    while (row < 930) {
        f.view()->scrollTo(f.view()->model()->index(row, 0));
        QTRY_VERIFY_WITH_TIMEOUT(f.rows() > row && f.isLoaded(row), patience);
        seen.insert(f.text(row, 0));
        ++row;
        if (row == f.rows() && row < 930) {
            f.view()->scrollToBottom();
            QTRY_VERIFY_WITH_TIMEOUT(f.rows() > row, patience);
        }
    }
    QCOMPARE(seen.size(), 930);
    QCOMPARE(f.rows(), 930);
}

void GridPageTest::tenantKeepsItsRows()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    QCOMPARE(f.scope(), QStringLiteral("every organization"));
    f.chooseTenant("Initech");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 30, patience);
    QCOMPARE(f.scope(), QStringLiteral("organization = Initech"));
    for (int row = 0; row < 30; ++row)
        QCOMPARE(f.text(row, 1), QStringLiteral("2"));
    QCOMPARE(f.view()->model()->index(0, 1).data(RowsModel::LabelRole).toString(),
             QStringLiteral("Initech"));
    QTRY_VERIFY2(
        f.page->statusText().startsWith(QStringLiteral("Row 1 of 30 in Initech · keyset on id")),
        qPrintable(f.page->statusText()));
    f.chooseTenant("Globex");
    QTRY_VERIFY2_WITH_TIMEOUT(
        f.page->statusText().startsWith(QStringLiteral("Row 1 of 900 in Globex")),
        qPrintable(f.page->statusText()), patience);
    f.chooseTenant("Hooli");
    QTRY_COMPARE_WITH_TIMEOUT(f.message(), QStringLiteral("No rows in Hooli"), patience);
}

/// A view is computed from the tenant's rows alone; one that was computed before is not shown.
void GridPageTest::viewShowsTheTenantsRows()
{
    Fixture f(*m_server, "totals");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    QCOMPARE(f.text(0, 0), QStringLiteral("930"));
    f.chooseTenant("Initech");
    QTRY_COMPARE_WITH_TIMEOUT(f.text(0, 0), QStringLiteral("30"), patience);
    QCOMPARE(f.text(0, 1), QStringLiteral("name 901"));
    QCOMPARE(f.scope(), QStringLiteral("organization = Initech"));
    QVERIFY2(f.page->statusText().contains(QStringLiteral("in Initech")),
             qPrintable(f.page->statusText()));

    Fixture kept(*m_server, "kept");
    QTRY_VERIFY_WITH_TIMEOUT(kept.hasTenants() && kept.rows() > 0, patience);
    kept.chooseTenant("Initech");
    QTRY_COMPARE_WITH_TIMEOUT(
        kept.message(), QStringLiteral("The statement cannot be kept to one tenant (public.kept)"),
        patience);
    QCOMPARE(kept.rows(), 0);
    QCOMPARE(kept.scope(), QStringLiteral("not shown to one organization"));
}

/// Where a tenant has to be chosen, all of them are shown for a while only.
void GridPageTest::nobodyIsChosen()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    QVERIFY(!f.project.isTenantWanted());
    f.project.requireTenant();
    QVERIFY(f.project.isTenantWanted());
    f.find<QPushButton>("reloadRows")->click();
    QTRY_COMPARE_WITH_TIMEOUT(f.message(), QStringLiteral("Nobody has said whose rows to show"),
                              patience);
    QCOMPARE(f.rows(), 0);
    // Trying again would come to the same: the button lets one choose.
    const QSignalSpy wanted(f.page.get(), &GridPage::tenantWanted);
    auto *choose = f.find<QPushButton>("rowsMessageAction");
    QCOMPARE(choose->text(), QStringLiteral("Choose the tenant…"));
    choose->click();
    QCOMPARE(wanted.size(), 1);
    const QString alias = QStringLiteral("countries");
    const auto countries =
        base::await(f.project.fetch({.from = {{{}, alias}, alias}})); // the same for all
    QVERIFY(countries);
    QCOMPARE(countries->rowCount(), 2);
    for (const auto &answer :
         {base::await(f.project.count({.from = {{{}, QStringLiteral("contacts")}, alias}})),
          base::await(f.project.explain({.from = {{{}, QStringLiteral("items")}, alias}}))})
        QCOMPARE(answer.error().kind, base::ErrorKind::Ambiguous);

    QSignalSpy changed(&f.project, &session::Project::tenantChanged);
    f.project.allowAllTenants();
    QVERIFY(!f.project.isTenantWanted());
    QVERIFY(f.project.allTenantsEnd() > QDateTime::currentDateTimeUtc().addSecs(14 * 60));
    QTRY_VERIFY2_WITH_TIMEOUT(f.page->statusText().startsWith(QStringLiteral("Row 1 of 930")),
                              qPrintable(f.page->statusText()), patience);
    f.project.endAllTenants(); // nobody was chosen before
    QVERIFY(f.project.isTenantWanted());
    QCOMPARE(f.scope(), QStringLiteral("no organization chosen"));
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 0, patience);

    f.chooseTenant("Initech");
    QTRY_VERIFY2_WITH_TIMEOUT(f.page->statusText().startsWith(QStringLiteral("Row 1 of 30")),
                              qPrintable(f.page->statusText()), patience);
    f.project.allowAllTenants();
    f.project.allowAllTenants(); // longer
    QTRY_VERIFY2_WITH_TIMEOUT(f.page->statusText().startsWith(QStringLiteral("Row 1 of 930")),
                              qPrintable(f.page->statusText()), patience);
    f.project.endAllTenants();
    QCOMPARE(f.project.tenant()->label, QStringLiteral("Initech"));
    QTRY_VERIFY2_WITH_TIMEOUT(f.page->statusText().startsWith(QStringLiteral("Row 1 of 30")),
                              qPrintable(f.page->statusText()), patience);
    QCOMPARE(changed.size(), 6);
}

/// The tenant that is chosen as soon as they are read is the first whose rows are seen.
void GridPageTest::waitsForTheTenants()
{
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    project.requireTenant();
    project.setUrl(m_server->tcpUrl(m_server->createDatabase(QStringLiteral("grid"), script)));
    connect(&project, &session::Project::tenantsChanged, this, [&project] {
        if (project.tenants().value)
            project.setTenant(project.tenants().value->last());
    });
    GridPage page(project, {{}, QStringLiteral("contacts")});
    QSignalSpy failed(&page, &GridPage::failed);
    page.show();
    QTRY_VERIFY2_WITH_TIMEOUT(page.statusText().startsWith(QStringLiteral("Row 1 of 30")),
                              qPrintable(page.statusText()), patience);
    QCOMPARE(failed.size(), 0);
}

void GridPageTest::scopeInWords_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QString>("words");
    QTest::newRow("direct") << QByteArray("contacts") << QStringLiteral("organization = Globex");
    QTest::newRow("along a path") << QByteArray("items") << QStringLiteral("organization = Globex");
    QTest::newRow("global") << QByteArray("countries") << QStringLiteral("global");
}

void GridPageTest::scopeInWords()
{
    QFETCH(QByteArray, table);
    QFETCH(QString, words);
    Fixture f(*m_server, table.constData());
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    f.chooseTenant("Globex");
    QTRY_COMPARE_WITH_TIMEOUT(f.scope(), words, patience);
}

void GridPageTest::titleSorts()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const auto arrow = [&](int column) {
        return f.view()->model()->headerData(column, Qt::Horizontal, RowsModel::SortRole).toInt();
    };
    f.clickTitle(2);
    QTRY_COMPARE_WITH_TIMEOUT(f.text(1, 2), QStringLiteral("name 10"), patience);
    QCOMPARE(arrow(2), 1);
    f.clickTitle(2);
    QTRY_COMPARE_WITH_TIMEOUT(f.text(0, 2), QStringLiteral("name 99"), patience);
    QCOMPARE(arrow(2), -1);
    QVERIFY(f.page->statusText().contains(QStringLiteral("keyset on name, id")));
    f.clickTitle(2);
    QTRY_COMPARE_WITH_TIMEOUT(f.text(1, 2), QStringLiteral("name 2"), patience);
    QCOMPARE(arrow(2), 0);
    f.clickTitle(5); // json
    QVERIFY2(f.page->statusText().contains(QStringLiteral("no order")),
             qPrintable(f.page->statusText()));
}

/// From the titles' menus and by clicks, in mixed directions and with NULLs; kept, too.
void GridPageTest::sortsBySeveral()
{
    Fixture f(*m_server, "contacts");
    f.tester.reset();
    QByteArray kept;
    const auto open = [&] {
        f.page = std::make_unique<GridPage>(
            f.project, schema::Name{.name = QStringLiteral("contacts")}, nullptr,
            GridMemory{
                .read = [&](const schema::Name &) { return kept; },
                .write = [&](const schema::Name &, const QByteArray &choice) { kept = choice; }});
        f.page->resize(1000, 500);
        f.page->show();
    };
    open();
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const auto choose = [&](int column, const char *text) {
        Q_EMIT f.view()->titles().customContextMenuRequested(
            {f.view()->titles().left(column) + 5, 5});
        auto *menu = f.find<QMenu>("titleMenu");
        QVERIFY(menu);
        bool isFound = false;
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text() == QLatin1String(text) && action->isEnabled()) {
                action->trigger();
                isFound = true;
                break;
            }
        }
        delete menu;
        QVERIFY2(isFound, text);
    };
    const auto is = [&](const QByteArray &order) {
        const QStringList wanted = f.idsInOrder("contacts", {}, order).first(30);
        const auto shown = [&] {
            QStringList ids;
            for (int row = 0; row < qMin(30, f.rows()); ++row)
                ids << f.text(row, 0);
            return ids;
        };
        QTRY_COMPARE_WITH_TIMEOUT(shown(), wanted, patience);
    };
    const auto titleOf = [&](int column) {
        const auto *model = f.view()->model();
        const auto of = [&](int role) {
            return model->headerData(column, Qt::Horizontal, role).toInt();
        };
        return std::pair(of(RowsModel::SortRole), of(RowsModel::SortPlaceRole));
    };
    choose(3, "Sort descending");
    is("type DESC, id DESC");
    QCOMPARE(titleOf(3), std::pair(-1, 0)); // no number where there is one
    choose(4, "Then by this column");
    is("type DESC, score, id");
    QCOMPARE(titleOf(3), std::pair(-1, 1));
    QCOMPARE(titleOf(4), std::pair(2, 2));
    choose(4, "Sort descending"); // in its place
    is("type DESC, score DESC, id DESC");
    const auto click = [&](int column, Qt::KeyboardModifiers modifiers) {
        const QHeaderView *header = f.view()->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, modifiers,
                          {header->sectionViewportPosition(column) + 20, 10});
    };
    click(2, Qt::ControlModifier);
    is("type DESC, score DESC, name");
    QCOMPARE(titleOf(2), std::pair(3, 3));
    click(3, Qt::ShiftModifier); // it goes, the others stay
    is("score DESC, name");
    QCOMPARE(titleOf(2), std::pair(2, 2));
    open();
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    is("score DESC, name");
    choose(4, "Not by this column");
    is("name");
    click(1, Qt::NoModifier); // it alone
    is("organization_id, id");
    QCOMPARE(titleOf(2), std::pair(0, 0));
    // As one was kept by an earlier Sluice.
    kept = R"({"sort":{"column":"score","descending":true}})";
    open();
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    is("score DESC, id DESC");
}

/// Somebody changes the table while its rows are looked at: the next page shows what it has now.
void GridPageTest::columnsChangedBelow()
{
    Fixture f(*m_server, "notes",
              "CREATE TABLE notes (id integer PRIMARY KEY, old text, kept text);"
              "INSERT INTO notes SELECT n, 'old', 'kept ' || n FROM generate_series(1, 5) n;");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 5, patience);
    QCOMPARE(m_server->run(f.database, "ALTER TABLE notes DROP COLUMN old, "
                                       "ADD COLUMN fresh text DEFAULT 'fresh'"),
             QString());
    f.clickTitle(0);
    f.clickTitle(0);
    const auto titles = [&] {
        QStringList names;
        for (int column = 0; column < f.view()->model()->columnCount(); ++column)
            names << f.view()->model()->headerData(column, Qt::Horizontal).toString();
        return names.join(u' ');
    };
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringLiteral("id kept fresh"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.text(0, 0), QStringLiteral("5"), patience);
    QCOMPARE(f.text(0, 1), QStringLiteral("kept 5"));
    QCOMPARE(f.text(0, 2), QStringLiteral("fresh"));
}

void GridPageTest::filterIsAddedChangedAndRemoved()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const auto popup = [] { return QApplication::activePopupWidget(); };
    QTest::mouseClick(f.find<Chip>("addFilter"), Qt::LeftButton);
    QTRY_VERIFY(popup());
    popup()
        ->findChild<QComboBox *>(QStringLiteral("filterColumn"))
        ->setCurrentText(QStringLiteral("id"));
    popup()
        ->findChild<QComboBox *>(QStringLiteral("filterOperator"))
        ->setCurrentText(QStringLiteral("<"));
    auto *value = popup()->findChild<QLineEdit *>(QStringLiteral("filterValue"));
    auto *columns = popup()->findChild<QComboBox *>(QStringLiteral("filterColumn"));
    columns->setFocus();
    QTest::keyClick(columns, Qt::Key_Return); // what is still missing is next
    QCOMPARE(popup()->focusWidget(), value);
    QTest::keyClicks(value, QStringLiteral("x"));
    QVERIFY(!popup()->findChild<QPushButton *>(QStringLiteral("applyFilter"))->isEnabled());
    value->clear();
    QTest::keyClicks(value, QStringLiteral("8"));
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 7, patience);
    QCOMPARE(f.find<Chip>("filterPill_0")->text(), QStringLiteral("id < 8"));

    QTest::mouseClick(f.find<Chip>("filterPill_0"), Qt::LeftButton, {}, QPoint(15, 12));
    QTRY_VERIFY(popup());
    value = popup()->findChild<QLineEdit *>(QStringLiteral("filterValue"));
    QCOMPARE(value->text(), QStringLiteral("8"));
    QTest::keyClicks(value, QStringLiteral("0"));
    QTest::mouseClick(popup()->findChild<QPushButton *>(QStringLiteral("applyFilter")),
                      Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 79, patience);

    auto *pill = f.find<Chip>("filterPill_0");
    QTest::mouseClick(pill, Qt::LeftButton, {}, QPoint(pill->width() - 15, pill->height() / 2));
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 79, patience);
    QVERIFY(!f.find<Chip>("filterPill_0"));
}

/// As soon as they do not fit beside them.
void GridPageTest::pillsStandBelowTheTools()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const auto *pills = f.find<FilterBar>("pills");
    const auto *search = f.find<QWidget>("searchText");
    const auto isBelow = [&] {
        return pills->mapTo(f.page.get(), QPoint()).y() >
               search->mapTo(f.page.get(), QPoint(0, search->height() - 1)).y();
    };
    f.page->resize(1600, 500);
    QTRY_VERIFY(!isBelow());
    for (const char *column : {"name", "score", "type"})
        f.find<FilterBar>("pills")->add(
            {.filter = {.column = {QStringLiteral("contacts"), QLatin1String(column)},
                        .op = query::Operator::IsNotNull}});
    QTRY_VERIFY(!isBelow());
    f.page->resize(960, 500);
    QTRY_VERIFY(isBelow());
    for (const Chip *chip : pills->findChildren<Chip *>())
        QTRY_COMPARE(chip->y(), pills->findChildren<Chip *>().first()->y()); // in one line
    f.page->resize(1600, 500);
    QTRY_VERIFY(!isBelow());
}

void GridPageTest::pillThatIsGone()
{
    Fixture f(*m_server, "contacts");
    auto *pills = f.find<FilterBar>("pills");
    pills->add({.filter = {.column = {QStringLiteral("contacts"), QStringLiteral("name")},
                           .op = query::Operator::IsNull}});
    auto *pill = f.find<Chip>("filterPill_0");
    pills->setFilters({});
    Q_EMIT pill->customContextMenuRequested({});
    QVERIFY(!f.find<QMenu>("filterMenu"));
    Q_EMIT pill->clicked();
    Q_EMIT pill->removeRequested();
    QVERIFY(pills->filters().isEmpty());
}

/// On the current cell's column, or on that whose title was asked; of an enum no other values.
void GridPageTest::filterBeginsWhereOneIs()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const auto popup = [] { return QApplication::activePopupWidget(); };
    const auto column = [&] {
        return popup()->findChild<QComboBox *>(QStringLiteral("filterColumn"))->currentText();
    };
    f.view()->setCurrentIndex(f.view()->model()->index(2, 4));
    QTest::mouseClick(f.find<Chip>("addFilter"), Qt::LeftButton);
    QTRY_VERIFY(popup());
    QCOMPARE(column(), QStringLiteral("score"));
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());

    QHeaderView *header = f.view()->horizontalHeader();
    Q_EMIT header->customContextMenuRequested(QPoint(header->sectionViewportPosition(3) + 5, 5));
    auto *menu = f.find<QMenu>("titleMenu");
    const QList<QAction *> actions = menu->actions();
    for (QAction *action : actions) {
        if (action->text() == QStringLiteral("Filter…"))
            action->trigger();
    }
    delete menu;
    QTRY_VERIFY(popup());
    QCOMPARE(column(), QStringLiteral("type"));
    auto *value = popup()->findChild<QLineEdit *>(QStringLiteral("filterValue"));
    const auto *apply = popup()->findChild<QPushButton *>(QStringLiteral("applyFilter"));
    QTest::keyClicks(value, QStringLiteral("person, pers"));
    QVERIFY(!apply->isEnabled());
    QTest::keyClicks(value, QStringLiteral("on"));
    QVERIFY(apply->isEnabled());
    QTest::keyClick(popup(), Qt::Key_Escape);
}

void GridPageTest::titlesDoNotSelect()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    QHeaderView *header = f.view()->horizontalHeader();
    const QPoint from(header->sectionViewportPosition(2) + 20, 10);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(header->viewport(), from + QPoint(40, 0));
    QTest::mouseMove(header->viewport(), QPoint(header->sectionViewportPosition(3) + 60, 10));
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {},
                        QPoint(header->sectionViewportPosition(3) + 60, 10));
    QVERIFY(f.view()->selectionModel()->selectedIndexes().size() <= 1);
    QVERIFY2(f.page->statusText().startsWith(QStringLiteral("Row 1 of")),
             qPrintable(f.page->statusText()));
}

/// The cell that one is at stays the current one.
void GridPageTest::reloadsInPlace()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    f.view()->setCurrentIndex(f.view()->model()->index(40, 2));
    const qint64 top = f.view()->topRow();
    QVERIFY(top > 0);
    QTest::mouseClick(f.find<QPushButton>("reloadRows"), Qt::LeftButton);
    QVERIFY(!f.view()->currentIndex().isValid()); // other rows are on their way
    QTRY_VERIFY_WITH_TIMEOUT(f.view()->currentIndex().isValid(), patience);
    QCOMPARE(f.view()->currentIndex().column(), 2);
    // Which row that is of all is known when those above are counted.
    QTRY_COMPARE_WITH_TIMEOUT(f.view()->currentRow(), 40, patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.view()->topRow(), top, patience);
}

void GridPageTest::filterByCell()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const auto choose = [&](int row, int column, const char *text) {
        f.view()->setCurrentIndex(f.view()->model()->index(row, column));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(f.view()->viewport(), &event);
        auto *menu = f.find<QMenu>("rowsMenu");
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text() == QLatin1String(text))
                action->trigger();
        }
        delete menu;
    };
    choose(9, 4, "Only NULL"); // each tenth has no score
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 93, patience);
    QCOMPARE(f.find<Chip>("filterPill_0")->text(), QStringLiteral("score is NULL"));
    auto *pill = f.find<Chip>("filterPill_0");
    Q_EMIT pill->customContextMenuRequested({});
    f.find<QMenu>("filterMenu")->actions().at(1)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 93, patience);
    QCOMPARE(f.find<Chip>("filterPill_0")->text(), QStringLiteral("off: score is NULL"));
    f.chooseTenant("Initech");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 30, patience);
    QCOMPARE(f.text(0, 4), QStringLiteral("5"));
    choose(0, 4, "Not this value"); // rows without a score have another one
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 25, patience);
    choose(0, 3, "Only this value");
    QTRY_COMPARE_WITH_TIMEOUT(f.find<Chip>("filterPill_2")->text(),
                              QStringLiteral("type is person"), patience);
}

void GridPageTest::conditionIsCheckedAndKeptToTheTenant()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    f.chooseTenant("Initech");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 30, patience);
    QTest::mouseClick(f.find<Chip>("addCondition"), Qt::LeftButton);
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    auto *text = popup->findChild<QPlainTextEdit *>(QStringLiteral("conditionText"));
    const auto *state = popup->findChild<QLabel *>(QStringLiteral("conditionState"));
    const auto *apply = popup->findChild<QPushButton *>(QStringLiteral("applyCondition"));
    QVERIFY(!apply->isEnabled());
    QTest::keyClicks(text, QStringLiteral("id > 0 AND nope"));
    QTRY_VERIFY2_WITH_TIMEOUT(state->text().contains(QStringLiteral("\"nope\" does not exist")),
                              qPrintable(state->text()), patience);
    QVERIFY(!apply->isEnabled());
    QCOMPARE(text->extraSelections().size(), 1);
    QCOMPARE(text->extraSelections().first().cursor.selectedText(), QStringLiteral("nope"));
    text->setPlainText(QStringLiteral("organization_id = 1 OR name LIKE '%5'"));
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), patience);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 3, patience); // 905, 915, 925
    QVERIFY(f.find<Chip>("filterPill_0")->text().startsWith(QStringLiteral("WHERE organization")));
    QTRY_VERIFY2_WITH_TIMEOUT(f.page->statusText().contains(QStringLiteral("of 3 in Initech")),
                              qPrintable(f.page->statusText()), patience);
}

/// Values that came cut are fetched by key, and only of the tenant's rows.
void GridPageTest::wholeValuesAreTheTenants()
{
    Fixture f(*m_server, "papers",
              "CREATE TABLE papers (id integer PRIMARY KEY, organization_id integer NOT NULL"
              " REFERENCES organizations (id), body text, extra jsonb);"
              "ALTER TABLE papers ALTER body SET STORAGE EXTERNAL;"
              "INSERT INTO papers SELECT n, n, repeat('word ' || n || ' ', 1000),"
              " jsonb_build_array(repeat('x', 3000)) FROM generate_series(1, 3) n;");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() == 3, patience);
    f.chooseTenant("Initech");
    f.find<FilterBar>("pills")->add({.filter = {}, .written = QStringLiteral("body LIKE 'w%'")});
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 1, patience);
    auto &model = *qobject_cast<RowsModel *>(f.view()->model());
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), RowsModel::State::Ready, patience);
    QCOMPARE(model.cutSize(0, 2), (query::CutSize{7000}));
    QCOMPARE(model.cutSize(0, 3), (query::CutSize{3004}));
    RowsWhole::Values values;
    f.view()->whenWhole({model.index(0, 0), model.index(0, 2), model.index(0, 3)},
                        [&](const RowsWhole::Values &whole) { values = whole; });
    QTRY_COMPARE_WITH_TIMEOUT(values.size(), 3, patience);
    QCOMPARE(*values.at(0), QByteArray("2"));
    QCOMPARE(*values.at(1), QByteArray("word 2 ").repeated(1000));
    QCOMPARE(values.at(2)->size(), 3004);

    const query::Select &page = model.query().select;
    const auto ask = [&](const char *id) {
        const auto answer =
            f.project.fetch(query::wholeOf(page, {model.query().key, {{QString::fromLatin1(id)}}},
                                           {model.columns().at(2).source}));
        return QTest::qWaitFor([&] { return answer.isFinished(); }, patience) && answer.result()
                   ? answer.result()->rowCount()
                   : -1;
    };
    QCOMPARE(ask("2"), 1);
    QCOMPARE(ask("1"), 0);
}

/// What is compressed within its row is found out by the page itself, also while one scrolls.
void GridPageTest::longValuesWithinTheirRows()
{
    Fixture f(*m_server, "papers",
              "CREATE TABLE papers (id integer PRIMARY KEY, body text);"
              "INSERT INTO papers SELECT n, repeat('a', CASE WHEN n > 300 THEN 100000 ELSE 9 END)"
              " FROM generate_series(1, 1000) n;");
    const schema::Name table{{}, QStringLiteral("papers")};
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!f.project.mayHoldLongValues(table), patience);
    QTest::mouseClick(f.find<QPushButton>("reloadRows"), Qt::LeftButton);
    auto &model = *qobject_cast<RowsModel *>(f.view()->model());
    QTRY_VERIFY_WITH_TIMEOUT(model.state() == RowsModel::State::Ready && f.rows() > 0, patience);
    QVERIFY(model.query().select.cuts.isEmpty());
    f.view()->showRow(180); // and the page behind comes
    QTRY_VERIFY_WITH_TIMEOUT(
        !model.query().select.cuts.isEmpty() && model.state() == RowsModel::State::Ready, patience);
    QCOMPARE(f.view()->topRow(), 180);
    QCOMPARE(f.text(int(180 - model.firstRow()), 0), QStringLiteral("181"));
    f.view()->showRow(500);
    QTRY_VERIFY_WITH_TIMEOUT(f.view()->topRow() == 500 && model.state() == RowsModel::State::Ready,
                             patience);
    QCOMPARE(model.cutSize(int(500 - model.firstRow()), 1), (query::CutSize{100'000}));
    QCOMPARE(f.text(int(500 - model.firstRow()), 0), QStringLiteral("501"));
}

/// What a relation leads by comes whole, from the moment the code says so.
void GridPageTest::relationIsSaved()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("schema.ts"));
    const auto save = [&](const QByteArray &more) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) &&
               file.write(
                   "import { relations } from 'drizzle-orm';\n"
                   "import { integer, pgTable, text } from 'drizzle-orm/pg-core';\n"
                   "export const owners = pgTable('owners', { mail: text().primaryKey() });\n"
                   "export const notes = pgTable('notes', "
                   "{ id: integer().primaryKey(), mail: text() });\n" +
                   more) > 0;
    };
    QVERIFY(save({}));
    Fixture f(*m_server, "notes",
              "CREATE TABLE owners (mail text PRIMARY KEY);"
              "CREATE TABLE notes (id integer PRIMARY KEY, mail text);"
              "ALTER TABLE notes ALTER mail SET STORAGE EXTERNAL;"
              "INSERT INTO notes SELECT n, repeat('a', 3000) FROM generate_series(1, 5) n;");
    f.project.open(path);
    f.project.setUrl(f.url);
    const auto &model = *qobject_cast<RowsModel *>(f.view()->model());
    QTRY_VERIFY_WITH_TIMEOUT(f.project.code().value && f.rows() == 5 &&
                                 model.state() == RowsModel::State::Ready,
                             patience);
    QVERIFY(model.cutSize(0, 1).isCut());
    QVERIFY(save("export const of = relations(notes, ({ one }) => ({ owner: one(owners, "
                 "{ fields: [notes.mail], references: [owners.mail] }) }));\n"));
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() == 5 && !model.cutSize(0, 1).isCut(), patience);
    QCOMPARE(f.text(0, 1).size(), 3000);
}

/// Of the tenant's rows that the filters leave over.
void GridPageTest::statisticsOfAColumn()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    f.chooseTenant("Initech");
    f.find<FilterBar>("pills")->add({.filter = {}, .written = QStringLiteral("id > 905")});
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 25, patience);
    const auto open = [&](int column) {
        Q_EMIT f.view()->horizontalHeader()->customContextMenuRequested(
            {f.view()->columnViewportPosition(column) + 5, 5});
        auto *menu = f.view()->findChildren<QMenu *>(QStringLiteral("titleMenu")).last();
        for (QAction *action : menu->actions()) {
            if (action->text() == QLatin1String("Statistics of the column"))
                action->trigger();
        }
        menu->close();
        return f.page->findChildren<QFrame *>(QStringLiteral("columnStatistics")).last();
    };
    const auto fact = [](QWidget *popup, const char *name) {
        const auto *label = popup->findChild<QLabel *>(QLatin1String(name));
        return label ? label->text() : QString();
    };
    QWidget *popup = open(4); // score
    QTRY_COMPARE_WITH_TIMEOUT(fact(popup, "statisticsRows"), QStringLiteral("25"), patience);
    QCOMPARE(fact(popup, "statisticsNulls"), QStringLiteral("3 (12.0 %)"));
    QCOMPARE(fact(popup, "statisticsDistinct"), QStringLiteral("7"));
    QCOMPARE(fact(popup, "statisticsLeast"), QStringLiteral("0"));
    QCOMPARE(fact(popup, "statisticsMost"), QStringLiteral("6"));
    QCOMPARE(popup->findChildren<QWidget *>(QStringLiteral("frequentValue")).size(), 7);
    popup->close();
    popup = open(0); // id: a picture
    QTRY_VERIFY_WITH_TIMEOUT(popup->findChild<QWidget *>(QStringLiteral("histogram")), patience);
    QCOMPARE(fact(popup, "statisticsLeast"), QStringLiteral("906"));
    popup->close();
    popup = open(5); // json has neither order nor equality
    QTRY_COMPARE_WITH_TIMEOUT(fact(popup, "statisticsDistinct"), QStringLiteral("1"), patience);
    QCOMPARE(fact(popup, "statisticsLeast"), QString());
    popup->close();
}

void GridPageTest::search_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("way");
    QTest::newRow("scan") << QByteArray("contacts") << QStringLiteral("E 91") << 11
                          << QStringLiteral("search in name without an index: reads every row");
    QTest::newRow("a view") << QByteArray("seen") << QStringLiteral("abcde") << -1
                            << QStringLiteral("search in note without an index");
    QTest::newRow("full text") << QByteArray("texts") << QStringLiteral("runs -late") << 1
                               << QStringLiteral("full-text search by index (english)");
}

void GridPageTest::search()
{
    QFETCH(QByteArray, table);
    QFETCH(QString, text);
    QFETCH(int, rows);
    QFETCH(QString, way);
    Fixture f(*m_server, table.constData(), manyRows);
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const int before = f.rows();
    auto *field = f.find<QLineEdit>("searchText");
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
    if (rows >= 0)
        QTRY_COMPARE_WITH_TIMEOUT(f.rows(), rows, patience);
    else
        QTRY_VERIFY_WITH_TIMEOUT(f.rows() < before, patience);
    QVERIFY2(f.page->statusText().contains(way), qPrintable(f.page->statusText()));
    field->clear();
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), before, patience);
}

void GridPageTest::choiceIsKept()
{
    QHash<QString, QByteArray> kept;
    const GridMemory memory{
        .read = [&](const schema::Name &table) { return kept.value(table.name); },
        .write = [&](const schema::Name &table,
                     const QByteArray &choice) { kept[table.name] = choice; },
    };
    const auto make = [&](Fixture &f) {
        f.page = std::make_unique<GridPage>(
            f.project, schema::Name{.name = QStringLiteral("contacts")}, nullptr, memory);
        f.page->resize(1000, 500);
        f.page->show();
    };
    Fixture f(*m_server, "contacts");
    f.tester.reset();
    make(f);
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    f.find<FilterBar>("pills")->add(
        {.filter = {.column = {QStringLiteral("contacts"), QStringLiteral("id")},
                    .op = query::Operator::Between,
                    .values = {QStringLiteral("5"), QStringLiteral("20")}}});
    f.find<FilterBar>("pills")->add({.filter = {}, .written = QStringLiteral("score > 3")});
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0 && f.rows() < 16, patience);
    f.clickTitle(4);
    QTRY_VERIFY_WITH_TIMEOUT(kept.value(QStringLiteral("contacts")).contains("sort"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const int before = f.rows();
    make(f);
    QCOMPARE(f.find<Chip>("filterPill_0")->text(), QStringLiteral("id between 5 .. 20"));
    QCOMPARE(f.find<Chip>("filterPill_1")->text(), QStringLiteral("WHERE score > 3"));
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), before, patience);
    QCOMPARE(f.text(0, 4), QStringLiteral("4"));
}

void GridPageTest::copiesAndSums()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const QAbstractItemModel &model = *f.view()->model();
    f.view()->selectionModel()->select(QItemSelection(model.index(0, 3), model.index(1, 4)),
                                       QItemSelectionModel::ClearAndSelect);
    QCOMPARE(f.page->statusText(), QStringLiteral("4 cells"));
    const auto copyAs = [&](const char *form) {
        f.view()->setFocus();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(f.view()->viewport(), &event);
        auto *menu = f.find<QMenu>("copyMenu");
        for (QAction *action : menu->actions()) {
            if (action->text() == QLatin1String(form))
                action->trigger();
        }
        delete f.find<QMenu>("rowsMenu");
        return QGuiApplication::clipboard()->text();
    };
    QCOMPARE(copyAs("CSV"), QStringLiteral("type,score\nperson,1\nperson,2"));
    QCOMPARE(copyAs("JSON"), QStringLiteral("[\n {\"type\": \"person\", \"score\": 1},\n"
                                            " {\"type\": \"person\", \"score\": 2}\n]"));
    QCOMPARE(copyAs("Markdown"),
             QStringLiteral("| type | score |\n| --- | ---: |\n| person | 1 |\n| person | 2 |"));
    QCOMPARE(copyAs("SQL INSERT"),
             QStringLiteral("INSERT INTO \"contacts\" (\"type\", \"score\") VALUES\n"
                            "  ('person', 1),\n  ('person', 2);"));
    QVERIFY(copyAs("Drizzle seed").contains(QStringLiteral("{ type: 'person', score: 2 },")));
    f.view()->selectionModel()->select(QItemSelection(model.index(5, 4), model.index(9, 4)),
                                       QItemSelectionModel::ClearAndSelect);
    QCOMPARE(f.page->statusText(),
             QStringLiteral("5 cells · 1 NULL · sum 9 · min 0 · max 6 · average 2.25"));
}

void GridPageTest::exports()
{
    QTemporaryDir folder;
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    f.chooseTenant("Globex");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    f.find<FilterBar>("pills")->add(
        {.filter = {.column = {QStringLiteral("contacts"), QStringLiteral("score")},
                    .op = query::Operator::IsNull}});
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 90, patience);
    f.clickTitle(0);
    f.clickTitle(0);
    QTRY_COMPARE_WITH_TIMEOUT(f.text(0, 0), QStringLiteral("900"), patience);
    QTest::mouseClick(f.find<QPushButton>("exportRows"), Qt::LeftButton);
    f.find<QMenu>("exportMenu")->actions().first()->trigger();
    auto *dialog = f.find<QFileDialog>("exportDialog");
    QVERIFY(dialog);
    const QString path = folder.filePath(QStringLiteral("contacts.csv"));
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    const auto *text = f.find<QLabel>("exportText");
    QTRY_VERIFY2_WITH_TIMEOUT(text->text().startsWith(QStringLiteral("Exported: 90 rows to ")),
                              qPrintable(text->text()), patience);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().split('\n');
    QCOMPARE(lines.size(), 92);
    QCOMPARE(lines.at(1), QByteArray("900,1,name 900,company,,{}"));
    QTest::mouseClick(f.find<QPushButton>("stopExport"), Qt::LeftButton);
    QVERIFY(!text->isVisible());
}

void GridPageTest::columnsAreHidden()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    QTest::mouseClick(f.find<QPushButton>("showColumns"), Qt::LeftButton);
    auto *menu = f.find<QMenu>("columnsMenu");
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 6 + 3);
    // The menu stays open: mostly it is more than one.
    for (const int at : {3, 4})
        QTest::mouseClick(menu, Qt::LeftButton, {},
                          menu->actionGeometry(menu->actions().at(at)).center());
    QVERIFY(menu->isVisible());
    menu->close();
    QVERIFY(f.view()->isColumnHidden(3));
    QVERIFY(f.view()->isColumnHidden(4));
    QCOMPARE(f.find<QPushButton>("showColumns")->text(), QStringLiteral("Columns · 2 hidden"));
}

/// As they were left, in another run; and as the table has them, when that is wanted.
void GridPageTest::columnsAreKept()
{
    Fixture f(*m_server, "contacts");
    QByteArray kept;
    const schema::Name table = f.page->table();
    const auto open = [&] {
        f.tester.reset();
        f.page.reset();
        f.page = std::make_unique<GridPage>(
            f.project, table, nullptr,
            GridMemory{.readColumns = [&](const schema::Name &) { return kept; },
                       .writeColumns = [&](const schema::Name &,
                                           const QByteArray &layout) { kept = layout; }});
        f.page->resize(1000, 500);
        f.page->show();
    };
    open();
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    QHeaderView *header = f.view()->horizontalHeader();
    const int own = f.view()->columnWidth(2);
    header->resizeSection(2, own + 70);
    header->moveSection(5, 0);
    f.view()->setColumnHidden(1, true);
    QTRY_VERIFY_WITH_TIMEOUT(!kept.isEmpty(), patience);
    f.view()->titles().pin(3);
    QTRY_VERIFY_WITH_TIMEOUT(kept.contains(R"("pinned":["type"])"), patience);

    open();
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    header = f.view()->horizontalHeader();
    QCOMPARE(f.view()->columnWidth(2), own + 70);
    QCOMPARE(f.view()->titles().pinned(), 1);
    QCOMPARE(header->visualIndex(3), 0);
    QCOMPARE(header->visualIndex(5), 1);
    QVERIFY(f.view()->isColumnHidden(1));
    // What is done last is kept also when the page goes at once.
    header->resizeSection(2, own + 30);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    QCOMPARE(f.view()->columnWidth(2), own + 30);

    QTest::mouseClick(f.find<QPushButton>("showColumns"), Qt::LeftButton);
    auto *menu = f.find<QMenu>("columnsMenu");
    QVERIFY(menu);
    menu->actions().last()->trigger();
    menu->close();
    header = f.view()->horizontalHeader();
    QCOMPARE(f.view()->columnWidth(2), own);
    QCOMPARE(header->visualIndex(5), 5);
    QCOMPARE(f.view()->titles().pinned(), 0);
    QVERIFY(!f.view()->isColumnHidden(1));
    QVERIFY(kept.isEmpty());
}

void GridPageTest::rowsWithoutKey()
{
    Fixture f(*m_server, "logs");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    QVERIFY2(f.page->statusText().contains(QStringLiteral("no primary key")),
             qPrintable(f.page->statusText()));
    QVERIFY(f.view()->isColumnHidden(2)); // where a row lies
    while (f.rows() < 450) {
        const int before = f.rows();
        f.view()->scrollToBottom();
        QTRY_VERIFY_WITH_TIMEOUT(f.rows() > before, patience);
    }
    QCOMPARE(f.text(449, 1), QStringLiteral("line 450"));
}

/// 60,000 rows: to any of them by the bar, with a key, a tenant, NULLs in the order, and without a
/// key.
void GridPageTest::draggedThroughAllRows_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<int>("sortedColumn"); // -1: none
    QTest::addColumn<int>("clicks");
    QTest::addColumn<QByteArray>("tenant");
    QTest::addColumn<QByteArray>("order"); // of the same rows, for the server
    QTest::newRow("by key") << QByteArray("events") << -1 << 0 << QByteArray() << QByteArray("id");
    QTest::newRow("a tenant") << QByteArray("events") << -1 << 0 << QByteArray("Initech")
                              << QByteArray("id");
    QTest::newRow("with NULLs") << QByteArray("events") << 2 << 1 << QByteArray("Globex")
                                << QByteArray("score, id");
    QTest::newRow("descending, with NULLs")
        << QByteArray("events") << 2 << 2 << QByteArray() << QByteArray("score desc, id desc");
    QTest::newRow("without a key")
        << QByteArray("traces") << -1 << 0 << QByteArray() << QByteArray("ctid");
    QTest::newRow("without a key, a tenant")
        << QByteArray("traces") << -1 << 0 << QByteArray("Initech") << QByteArray("ctid");
    QTest::newRow("in partitions, without a key")
        << QByteArray("parts") << -1 << 0 << QByteArray() << QByteArray("tableoid, ctid");
    QTest::newRow("a view by an order")
        << QByteArray("seen") << 0 << 1 << QByteArray() << QByteArray("id");
}

void GridPageTest::draggedThroughAllRows()
{
    QFETCH(QByteArray, table);
    QFETCH(int, sortedColumn);
    QFETCH(int, clicks);
    QFETCH(QByteArray, tenant);
    QFETCH(QByteArray, order);
    Fixture f(*m_server, table.constData(), manyRows);
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    if (!tenant.isEmpty())
        f.chooseTenant(tenant.constData());
    for (int i = 0; i < clicks; ++i) {
        QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
        f.clickTitle(sortedColumn);
    }
    const auto &model = *static_cast<RowsModel *>(f.view()->model());
    using Work = RowsSurvey::Work;
    QTRY_VERIFY_WITH_TIMEOUT(model.total().kind == RowsTotal::Kind::Exact &&
                                 model.survey().work() == Work::None,
                             patience);
    const QStringList ids = f.idsInOrder(table, tenant, order);
    QCOMPARE(model.total().rows, ids.size());
    auto *bar = f.find<QScrollBar>("rowsScrollBar");
    for (const int row : {31'234, 59'000, 12, 45'678, 150, 0}) {
        const int to = qMin(row, bar->maximum() - 1);
        bar->setValue(to);
        // As near as half a pixel of the bar.
        const int slack = int(model.total().rows) / bar->height() / 2;
        const auto isThere = [&] { return std::abs(f.view()->topRow() - to) <= slack; };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(model.state(), RowsModel::State::Ready, patience);
        QVERIFY(model.isPlaced());
        const qint64 top = f.view()->topRow();
        QCOMPARE(f.text(int(top - model.firstRow()), 0), ids.at(top));
        QCOMPARE(f.text(model.rowCount() - 1, 0), ids.at(model.firstRow() + model.rowCount() - 1));
    }
    bar->setValue(bar->maximum());
    QTRY_VERIFY_WITH_TIMEOUT(model.atEnd() && model.state() == RowsModel::State::Ready, patience);
    QCOMPARE(f.text(model.rowCount() - 1, 0), ids.last());
}

/// What Esc stops, and what a newer request replaces, does not go on at the server.
void GridPageTest::stoppedOnTheServer()
{
    Fixture f(*m_server, "events", manyRows);
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    pg::Pool pool(f.database);
    // When each began: one that was begun again is another one.
    const auto running = [&pool] {
        const auto page = base::await(pool.run(
            {QStringLiteral("SELECT query_start FROM pg_stat_activity WHERE datname = "
                            "current_database() AND state = 'active' AND query LIKE '%\"slow\"%' "
                            "AND pid <> pg_backend_pid()"),
             {}}));
        QStringList begun;
        for (qsizetype row = 0; page && row < page->rowCount(); ++row)
            begun << page->text(row, 0);
        return begun;
    };
    GridPage slow(f.project, {.schema = {}, .name = QStringLiteral("slow")});
    slow.resize(800, 400);
    slow.show();
    auto *view = slow.findChild<RowsView *>(QStringLiteral("rowsView"));
    QTRY_COMPARE_WITH_TIMEOUT(running().size(), 1, patience);
    const QStringList first = running();
    // The window goes on meanwhile.
    f.view()->verticalScrollBar()->setValue(100);
    QTest::keyClick(slow.findChild<QPushButton *>(QStringLiteral("reloadRows")), Qt::Key_Space);
    const auto isAnother = [&](const QStringList &now) { return now.size() == 1 && now != first; };
    QTRY_VERIFY_WITH_TIMEOUT(isAnother(running()), patience);
    QTest::keyClick(view, Qt::Key_Escape);
    QVERIFY2(slow.statusText().startsWith(QStringLiteral("Stopped")),
             qPrintable(slow.statusText()));
    QTRY_COMPARE_WITH_TIMEOUT(running(), QStringList(), patience);
}

/// An order that no index gives says so, and how it would be given.
void GridPageTest::orderWithoutAnIndex()
{
    Fixture f(*m_server, "events", manyRows);
    QTRY_VERIFY_WITH_TIMEOUT(f.hasTenants() && f.rows() > 0, patience);
    const auto *button = f.find<QPushButton>("copyIndex");
    QVERIFY(!button->isVisible());
    f.clickTitle(3);
    f.clickTitle(3);
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible(), patience);
    QVERIFY2(
        f.page->statusText().contains(QStringLiteral("no index: each page sorts \u224860,000")),
        qPrintable(f.page->statusText()));
    f.chooseTenant("Globex");
    QTRY_VERIFY_WITH_TIMEOUT(button->toolTip().contains(QStringLiteral("organizationId")),
                             patience);
    f.find<QPushButton>("copyIndex")->click();
    QCOMPARE(QApplication::clipboard()->text(),
             QStringLiteral("index('events_organization_id_note_id_idx')"
                            ".on(t.organizationId, t.note, t.id)"));
}

void GridPageTest::tableThatIsNotThere()
{
    Fixture f(*m_server, "gauges");
    QTRY_COMPARE_WITH_TIMEOUT(f.message(), QStringLiteral("public.gauges is not in the database"),
                              patience);
    QCOMPARE(m_server->run(f.database, "CREATE TABLE gauges (id integer PRIMARY KEY)"), QString());
    f.project.connectDatabase();
    QTRY_COMPARE_WITH_TIMEOUT(f.message(), QStringLiteral("No rows"), patience);
}

void GridPageTest::serverThatIsNotThere()
{
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    project.setUrl(QStringLiteral("postgres://nobody@127.0.0.1:1/none"));
    GridPage page(project, {{}, QStringLiteral("contacts")});
    page.show();
    QSignalSpy failed(&page, &GridPage::failed);
    const auto *action = page.findChild<QPushButton *>(QStringLiteral("rowsMessageAction"));
    QTRY_VERIFY_WITH_TIMEOUT(action->isVisible(), patience);
    QVERIFY(failed.size() >= 1);
    QCOMPARE(action->text(), QStringLiteral("Try again"));
}

void GridPageTest::anotherServer()
{
    Fixture f(*m_server, "contacts");
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() > 0, patience);
    const pg::Settings other = m_server->createDatabase(
        QStringLiteral("other"), "CREATE TABLE contacts (id integer PRIMARY KEY, alone text);"
                                 "INSERT INTO contacts VALUES (77, 'x')");
    f.project.setUrl(m_server->tcpUrl(other));
    QCOMPARE(f.rows(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 1, patience);
    QCOMPARE(f.text(0, 0), QStringLiteral("77"));
}

QTEST_MAIN(GridPageTest)
#include "tst_gridpage.moc"
