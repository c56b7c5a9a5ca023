// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"
#include "studio/builder/builderpage.h"
#include "studio/builder/stepcard.h"
#include "studio/widgets/chip.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"
#include "tenants.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech');
CREATE TABLE contacts (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    name text NOT NULL
);
INSERT INTO contacts SELECT n, 1 + n % 2, 'name ' || n FROM generate_series(1, 10) AS n;
CREATE TABLE orders (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    contact_id integer NOT NULL REFERENCES contacts (id),
    total numeric(12, 2) NOT NULL
);
INSERT INTO orders SELECT n, 1 + (1 + n % 10) % 2, 1 + n % 10, n * 10.5 FROM generate_series(1, 100) AS n;
CREATE TABLE order_items (
    id integer PRIMARY KEY,
    order_id integer NOT NULL REFERENCES orders (id),
    quantity integer NOT NULL
);
INSERT INTO order_items SELECT n, 1 + n % 100, n FROM generate_series(1, 200) AS n;
ANALYZE;
)sql";

struct Fixture {
    explicit Fixture(testsupport::Server &server)
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
        , page(project)
        , tester(view()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        database = server.createDatabase(QStringLiteral("builder"), script);
        project.setUrl(server.tcpUrl(database));
        project.connectDatabase();
        page.resize(1200, 800);
        page.show();
    }
    bool isReady() const { return project.tenants().value.has_value(); }
    template <typename T> T *find(const char *name) const
    {
        auto *found = page.findChild<T *>(QLatin1String(name));
        if (!found)
            qWarning("there is no %s", name);
        return found;
    }
    RowsView *view() const { return find<RowsView>("rowsView"); }
    int rows() const { return view()->model()->rowCount(); }
    QString sql() const
    {
        return find<CodeView>("sqlView")->text().simplified().remove(QLatin1Char('"'));
    }
    void click(const char *name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    void chooseTenant(const char *label) { chooseTenantOf(project, label); }
    void orders() { page.setTable({.schema = {}, .name = QStringLiteral("orders")}); }

    session::Project project;
    BuilderPage page;
    QAbstractItemModelTester tester;
    pg::Settings database;
};
} // namespace

class BuilderPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsChosenYet();
    void buildsAndRunsAJoinedQuery();
    void tenantIsInTheQueryAndTheRows();
    void hoveringAStepLightsUpItsSql();
    void titleSortsAndRunsAgain();
    void copies();
    void failureIsShown();

private:
    std::unique_ptr<testsupport::Server> m_server;
};

void BuilderPageTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void BuilderPageTest::nothingIsChosenYet()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    QVERIFY(!f.find<QPushButton>("runQuery")->isEnabled());
    QVERIFY(f.sql().isEmpty());
    QCOMPARE(f.find<QComboBox>("fromTable")->count(), 4);
    QVERIFY(!f.find<QWidget>("relationsStep")->isVisible());
    QCOMPARE(f.find<QLabel>("rowsMessageTitle")->text(), QStringLiteral("Not run yet"));
}

void BuilderPageTest::buildsAndRunsAJoinedQuery()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.orders();
    f.click("relation_contact");
    QCOMPARE(f.sql(), QStringLiteral("SELECT o.id, o.total, c.name FROM "
                                     "orders o JOIN contacts c ON c.id = o.contact_id LIMIT $1"));
    f.click("addFilter");
    f.find<QComboBox>("filterColumn_0")->setCurrentText(QStringLiteral("contact.name"));
    QTest::keyClicks(f.find<QLineEdit>("filterValue_0"), QStringLiteral("name 3"));
    QVERIFY(f.sql().contains(QStringLiteral("WHERE c.name = $1")));
    QCOMPARE(f.find<QLabel>("parameters")->text(), QStringLiteral("$1 'name 3'   $2 50"));
    QSignalSpy failed(&f.page, &BuilderPage::failed);
    QTest::keyClick(f.find<QLineEdit>("filterValue_0"), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 10, patience);
    QCOMPARE(f.view()->model()->index(0, 2).data().toString(), QStringLiteral("name 3"));
    QCOMPARE(f.view()->model()->headerData(2, Qt::Horizontal, RowsModel::TypeTextRole).toString(),
             QStringLiteral("contact"));
    QVERIFY(f.page.statusText().startsWith(QStringLiteral("10 rows")));
    QCOMPARE(failed.size(), 0);

    QVERIFY(!f.find<QLabel>("stale")->isVisible());
    f.click("relation_order_items");
    QVERIFY(f.find<QLabel>("stale")->isVisible());
    QVERIFY(f.find<QLabel>("multiplies")->isVisible());
    f.click("runQuery");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 20, patience);
    QVERIFY(!f.find<QLabel>("stale")->isVisible());
}

void BuilderPageTest::tenantIsInTheQueryAndTheRows()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.orders();
    f.click("relation_order_items");
    f.click("column_organization_id");
    QVERIFY(!f.find<QWidget>("tenantStep")->isVisible());
    f.chooseTenant("Globex");
    QVERIFY(f.find<QWidget>("tenantStep")->isVisible());
    QVERIFY2(f.sql().contains(QStringLiteral("WHERE o.organization_id = $2")), qPrintable(f.sql()));
    QVERIFY(f.find<QLabel>("parameters")->text().startsWith(QStringLiteral("$1 Globex")));
    QStringList lines;
    for (const QLabel *label : f.find<QWidget>("tenantStep")->findChildren<QLabel *>())
        lines.append(label->text());
    QVERIFY(lines.contains(QStringLiteral("orders.organization_id = <b>Globex</b>")));
    QVERIFY2(lines.contains(QStringLiteral("order_items → orders.organization_id = <b>Globex</b>")),
             qPrintable(lines.join(QLatin1Char('\n'))));
    f.click("runQuery");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 50, patience);
    const auto tenants = [&] {
        QSet<QString> seen;
        const int column = f.view()->model()->columnCount() - 1;
        for (int row = 0; row < f.rows(); ++row)
            seen.insert(
                f.view()->model()->index(row, column).data(RowsModel::RawTextRole).toString());
        return seen;
    };
    QCOMPARE(tenants(), QSet<QString>{QStringLiteral("1")});
    f.chooseTenant("Initech"); // runs again by itself
    QTRY_COMPARE_WITH_TIMEOUT(tenants(), QSet<QString>{QStringLiteral("2")}, patience);
}

void BuilderPageTest::hoveringAStepLightsUpItsSql()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.orders();
    f.click("relation_contact");
    auto *view = f.find<CodeView>("sqlView");
    const auto isMarked = [&](const QString &piece) {
        const long at = view->text().indexOf(piece);
        return (view->SendScintilla(QsciScintilla::SCI_INDICATORALLONFOR,
                                    static_cast<unsigned long>(at)) &
                (1 << 9)) != 0;
    };
    auto *card = f.find<StepCard>("relationsStep");
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QApplication::sendEvent(card, &enter);
    QVERIFY(isMarked(QStringLiteral("JOIN")));
    QVERIFY(!isMarked(QStringLiteral("SELECT")));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(card, &leave);
    QVERIFY(!isMarked(QStringLiteral("JOIN")));
}

void BuilderPageTest::titleSortsAndRunsAgain()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.orders();
    f.click("runQuery");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 50, patience);
    Q_EMIT f.view()->sortRequested(3, RowsSort::Next);
    QVERIFY(f.sql().contains(QStringLiteral("ORDER BY o.total")));
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 50, patience);
    Q_EMIT f.view()->sortRequested(3, RowsSort::Next);
    QTRY_VERIFY_WITH_TIMEOUT(f.rows() == 50 && f.view()->model()->index(0, 3).data().toString() ==
                                                   QStringLiteral("1,050.00"),
                             patience);
    QVERIFY(f.find<Chip>("sort_0"));
}

void BuilderPageTest::copies()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.orders();
    f.click("copySql");
    const QString copied = QApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QStringLiteral("SELECT")));
    QVERIFY(copied.endsWith(QStringLiteral("-- $1 50")));
}

void BuilderPageTest::failureIsShown()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.orders();
    QCOMPARE(m_server->run(f.database, "DROP TABLE order_items; DROP TABLE orders"), QString());
    QSignalSpy failed(&f.page, &BuilderPage::failed);
    f.click("runQuery");
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    QVERIFY(f.find<QPushButton>("rowsMessageAction")->isVisible());
    f.page.setTable({.schema = {}, .name = QStringLiteral("contacts")});
    f.click("runQuery");
    QTRY_COMPARE_WITH_TIMEOUT(f.rows(), 10, patience);
}

QTEST_MAIN(BuilderPageTest)
#include "tst_builderpage.moc"
