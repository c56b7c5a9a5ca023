// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"
#include "studio/grid/gridlabels.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/gridquery.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPromise>
#include <QSignalSpy>
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
    void chooseTenant(const char *label)
    {
        for (const session::Tenant &tenant : *project.tenants().value) {
            if (tenant.label == QLatin1String(label))
                project.setTenant(tenant);
        }
    }
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
    void initTestCase();
    void namesStandAtForeignKeys();
    void namesOfTheTenantAlone();
    void labelIsChosenAndKept();
    void oneStatementForAScreen();
    void answersThatCameTooLate();

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

QTEST_MAIN(FollowTest)
#include "tst_follow.moc"
