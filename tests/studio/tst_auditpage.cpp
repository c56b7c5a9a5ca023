// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"
#include "studio/audit/auditmodel.h"
#include "studio/audit/auditpage.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"
#include "tenants.h"

#include <QAbstractItemModelTester>
#include <QFileDialog>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

/// Two orders of Globex at contacts of others, one of Initech at one of Globex; notes that are
/// right; lines that cannot cross.
const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech'), (3, 'Hooli');
CREATE TABLE contacts (id integer PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations (id));
INSERT INTO contacts VALUES (1, 1), (2, 2), (3, 3);
CREATE TABLE orders (id integer PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations (id),
    contact_id integer REFERENCES contacts (id), UNIQUE (organization_id, id));
INSERT INTO orders VALUES (1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 1), (5, 2, 2);
CREATE TABLE notes (id integer PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations (id),
    contact_id integer REFERENCES contacts (id));
INSERT INTO notes VALUES (1, 1, 1), (2, 2, NULL);
CREATE TABLE lines (id integer PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations (id),
    order_id integer, FOREIGN KEY (organization_id, order_id) REFERENCES orders (organization_id, id));
)sql";

struct Fixture {
    explicit Fixture(testsupport::Server &server, const QByteArray &with = script)
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
    {
        database = server.createDatabase(QStringLiteral("audit"), with);
        project.setUrl(server.tcpUrl(database));
        page = std::make_unique<AuditPage>(project);
        tester = std::make_unique<QAbstractItemModelTester>(
            keys()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        page->resize(1000, 600);
        page->show();
    }
    template <typename T> T *find(const char *name) const
    {
        return page->findChild<T *>(QLatin1String(name));
    }
    QListView *keys() const { return find<QListView>("keys"); }
    /// "orders.contact_id → contacts 3", a line each.
    QStringList lines() const
    {
        QStringList result;
        for (int i = 0; i < keys()->model()->rowCount(); ++i) {
            const QModelIndex key = keys()->model()->index(i, 0);
            result << key.data().toString() + u' ' + key.data(AuditModel::NumberRole).toString();
        }
        return result;
    }
    /// The shown rows' keys, "2 3 4".
    QString rows() const
    {
        const QAbstractItemModel *model = find<RowsView>("rowsView")->model();
        QStringList ids;
        for (int i = 0; i < model->rowCount(); ++i)
            ids << model->index(i, 0).data(RowsModel::RawTextRole).toString();
        return ids.join(u' ');
    }
    void chooseTenant(const char *label) { chooseTenantOf(project, label); }

    session::Project project;
    pg::Settings database;
    std::unique_ptr<AuditPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester;
};
} // namespace

/// The page that looks across tenants, on a real database.
class TestAuditPage final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    }

    void whatIsFoundComesFirst()
    {
        Fixture f(*m_server);
        QTRY_COMPARE_WITH_TIMEOUT(
            f.lines(),
            (QStringList{QStringLiteral("orders.contact_id → contacts 3"),
                         QStringLiteral("notes.contact_id → contacts "),
                         QStringLiteral("lines.organization_id, order_id → orders ")}),
            patience);
        QTRY_COMPARE_WITH_TIMEOUT(f.rows(), QStringLiteral("3 2 4"), patience);
        QVERIFY(f.find<CodeView>("remedyDrizzle")
                    ->text()
                    .contains(QLatin1String("columns: [t.organizationId, t.contactId]")));
        QVERIFY(f.find<CodeView>("remedySql")->text().contains(QLatin1String("ADD CONSTRAINT")));
        QVERIFY(f.find<QPushButton>("exportRows")->isEnabled());
    }

    void aKeyWithoutFindingSaysSo()
    {
        Fixture f(*m_server);
        QTRY_COMPARE_WITH_TIMEOUT(f.lines().size(), 3, patience);
        f.keys()->setCurrentIndex(f.keys()->model()->index(1, 0));
        QCOMPARE(f.rows(), QString());
        QCOMPARE(f.find<QLabel>("rowsMessageTitle")->text(),
                 QStringLiteral("Every row stays with its tenant"));
        QVERIFY(!f.find<QPushButton>("exportRows")->isEnabled());
        f.keys()->setCurrentIndex(f.keys()->model()->index(2, 0));
        QVERIFY(f.find<QLabel>("remedyNotice")->text().contains(QLatin1String("no row can cross")));
    }

    /// With a tenant only the rows that it has a part in, and the chosen key stays.
    void oneTenant()
    {
        Fixture f(*m_server);
        QTRY_VERIFY_WITH_TIMEOUT(f.project.tenants().value.has_value(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(f.lines().size(), 3, patience);
        f.chooseTenant("Hooli");
        QCOMPARE(f.rows(), QString()); // the rows of others are gone at once
        QTRY_COMPARE_WITH_TIMEOUT(f.rows(), QStringLiteral("3"), patience);
        QCOMPARE(f.lines().first(), QStringLiteral("orders.contact_id → contacts 1"));
        f.chooseTenant("Initech");
        QTRY_COMPARE_WITH_TIMEOUT(f.rows(), QStringLiteral("2 4"), patience);
    }

    void askedAgain()
    {
        Fixture f(*m_server);
        QTRY_COMPARE_WITH_TIMEOUT(f.rows(), QStringLiteral("3 2 4"), patience);
        QCOMPARE(m_server->run(f.database, "update orders set contact_id = 1 where id in (2, 3)"),
                 QString());
        f.find<QPushButton>("askAgain")->click();
        QTRY_COMPARE_WITH_TIMEOUT(f.rows(), QStringLiteral("4"), patience);
    }

    void exported()
    {
        Fixture f(*m_server);
        QTRY_COMPARE_WITH_TIMEOUT(f.rows(), QStringLiteral("3 2 4"), patience);
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("rows.csv"));
        f.find<QPushButton>("exportRows")->click();
        auto *dialog = f.find<QFileDialog>("exportDialog");
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(),
                 QByteArray("orders,tenant of orders,contact_id,tenant of contacts,organization_id "
                            "of orders,organization_id of contacts\n3,Globex,3,Hooli,1,3\n"
                            "2,Globex,2,Initech,1,2\n4,Initech,1,Globex,2,1\n"));
        QVERIFY(f.page->statusText().contains(file));
    }

    void withoutTenants()
    {
        Fixture f(*m_server, "CREATE TABLE plain (id integer PRIMARY KEY)");
        QTRY_COMPARE_WITH_TIMEOUT(f.find<QLabel>("rowsMessageTitle")->text(),
                                  QStringLiteral("This database has no tenants"), patience);
    }
};

QTEST_MAIN(TestAuditPage)
#include "tst_auditpage.moc"
