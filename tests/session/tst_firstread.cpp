// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/staged.h"
#include "query/statistics.h"
#include "session/deleteimpact.h"
#include "session/export.h"
#include "session/project.h"
#include "support/server.h"
#include "tenant/rowsecurity.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

namespace
{
using session::Project;

constexpr int patience = 30'000; // ms; generous, a signal ends the wait

const char *const script = R"(
create table organizations (id int primary key, name text not null);
create table contacts (id int primary key, organization_id int not null references organizations,
    name text);
create table notes (id int primary key, organization_id int not null references organizations,
    contact_id int not null references contacts, note text);
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into contacts values (1, 1, 'Ada'), (2, 2, 'secret Bob');
insert into notes values (1, 1, 1, 'Ada''s'), (2, 2, 2, 'secret note');
)";

query::Select contacts()
{
    const QString alias = QStringLiteral("c");
    return {.from = {{{}, QStringLiteral("contacts")}, alias},
            .columns = {{alias, QStringLiteral("name")}}};
}

query::Select nestedContacts()
{
    query::Select select = contacts();
    const QString alias = select.from.alias;
    select.among = query::Among{{{alias, QStringLiteral("id")}},
                                {{QStringLiteral("1")}, {QStringLiteral("2")}}};
    select.sorts = {{{alias, QStringLiteral("id")}}};
    select.limit = 5;
    return select;
}

query::Select writtenContacts()
{
    query::Select select = contacts();
    select.written = {QStringLiteral("c.id > 0")};
    return select;
}

using Read = std::function<QFuture<base::Result<rows::Page>>(Project &)>;

/// The role that owns the tables.
tenant::Persona owner(const Project &project)
{
    return {.role = QUrl(project.server().url).userName(), .settings = {}};
}
} // namespace
Q_DECLARE_METATYPE(Read)

/// Before the catalog is read nobody knows whose rows are whose: what is asked for then must not
/// be answered as if there were no tenants.
class TestFirstRead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reads_data();
    void reads();
    void exports();
    void chosenBefore();
    void cancelled();
    void downServer();

private:
    std::unique_ptr<Project> project();
    QString url()
    {
        return m_server->tcpUrl(m_server->createDatabase(QStringLiteral("first"), script));
    }

    std::unique_ptr<testsupport::Server> m_server;
};

void TestFirstRead::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

/// Of which nothing was read, and that wants a tenant.
std::unique_ptr<Project> TestFirstRead::project()
{
    auto made =
        std::make_unique<Project>(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    made->requireTenant();
    return made;
}

void TestFirstRead::reads_data()
{
    QTest::addColumn<Read>("read");
    QTest::addColumn<QStringList>("own"); ///< of Globex
    const auto row = [](const char *title, Read read, const QStringList &own) {
        QTest::newRow(title) << read << own;
    };
    const QStringList ada{QStringLiteral("Ada")}, one{QStringLiteral("1")};
    row(
        "rows", [](Project &of) { return of.fetch(contacts()); }, ada);
    row(
        "with a written condition", [](Project &of) { return of.fetch(writtenContacts()); }, ada);
    row(
        "in line", [](Project &of) { return of.fetchNested(nestedContacts()); }, ada);
    row(
        "count", [](Project &of) { return of.count(contacts()); }, one);
    row(
        "counts", [](Project &of) { return of.countEach({contacts()}); }, one);
    row("statistics", [](Project &of) { return of.statistics(contacts(), QStringLiteral("text")); },
        {});
    row("plan", [](Project &of) { return of.explain(contacts()); }, {});
    row(
        "as another role", [](Project &of) { return of.fetchAs(contacts(), owner(of)); }, ada);
    row(
        "counted as another role",
        [](Project &of) { return of.countAs(contacts(), owner(of), Project::Rows::OfTheTenant); },
        one);
}

void TestFirstRead::reads()
{
    QFETCH(Read, read);
    QFETCH(QStringList, own);
    const std::unique_ptr<Project> unchosen = project();
    unchosen->setUrl(url());
    const auto refused = read(*unchosen);
    QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), patience);
    QVERIFY(!refused.result().ok());
    QCOMPARE(refused.result().error().text, QStringLiteral("Nobody has said whose rows to show"));

    const std::unique_ptr<Project> restored = project();
    connect(restored.get(), &Project::tenantsChanged, this, [of = restored.get()] {
        if (of->tenants().value)
            of->setTenant(of->tenants().value->first());
    });
    restored->setUrl(url());
    const auto answered = read(*restored);
    QTRY_VERIFY_WITH_TIMEOUT(answered.isFinished(), patience);
    const base::Result<rows::Page> page = answered.result();
    QVERIFY2(page.ok(), qPrintable(page ? QString() : base::toLine(page.error())));
    QStringList values;
    for (qsizetype at = 0; at < page->rowCount(); ++at) {
        for (qsizetype column = 0; column < page->columns().size(); ++column)
            QVERIFY2(!page->text(at, column).contains(QLatin1String("secret")),
                     qPrintable(page->text(at, column)));
        values << page->text(at, 0);
    }
    if (!own.isEmpty())
        QCOMPARE(values, own);
}

void TestFirstRead::exports()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("contacts.csv"));
    const std::unique_ptr<Project> unchosen = project();
    unchosen->setUrl(url());
    schema::Table table;
    table.name = contacts().from.table;
    const auto refused = unchosen->exportRows(contacts(), table, rows::Form::Csv, path,
                                              std::make_shared<session::ExportProgress>());
    QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), patience);
    QVERIFY(!refused.result().ok());
    QCOMPARE(refused.result().error().kind, base::ErrorKind::Ambiguous);
    QVERIFY(!QFile::exists(path));
}

/// Also without being required: the chosen tenant's rows and no others.
void TestFirstRead::chosenBefore()
{
    Project chosen(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    chosen.setUrl(url());
    chosen.setTenant(session::Tenant{QStringLiteral("1"), QStringLiteral("Globex")});
    const auto counted = chosen.countEach({contacts()});
    QTRY_VERIFY_WITH_TIMEOUT(counted.isFinished(), patience);
    QVERIFY2(counted.result().ok(),
             counted.result() ? "" : qPrintable(base::toLine(counted.result().error())));
    QCOMPARE(counted.result()->text(0, 0), QStringLiteral("1"));
}

/// Who no longer wants an answer is not waited for; the next one comes all the same.
void TestFirstRead::cancelled()
{
    const std::unique_ptr<Project> of = project();
    of->setUrl(url());
    auto given = of->fetch(contacts());
    given.cancel();
    of->allowAllTenants();
    const auto all = of->fetch(contacts());
    QTRY_VERIFY_WITH_TIMEOUT(all.isFinished() && of->database().value.has_value(), patience);
    QVERIFY(all.result().ok());
    QCOMPARE(all.result()->rowCount(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(given.isFinished(), patience);
    QCOMPARE(given.resultCount(), 0);
}

/// The reason is said, and the next one tries again.
void TestFirstRead::downServer()
{
    const std::unique_ptr<Project> of = project();
    of->setUrl(QStringLiteral("postgres://ada@127.0.0.1:1/crm"));
    for (int attempt = 0; attempt < 2; ++attempt) {
        const QSignalSpy read(of.get(), &Project::databaseChanged);
        const auto failed = of->fetch(contacts());
        QTRY_VERIFY_WITH_TIMEOUT(failed.isFinished(), patience);
        QVERIFY(!failed.result().ok());
        QVERIFY2(failed.result().error().where.contains(QLatin1String(":1/")),
                 qPrintable(base::toLine(failed.result().error())));
        QCOMPARE(read.size(), 2); // begun and ended, once
    }
}

QTEST_GUILESS_MAIN(TestFirstRead)
#include "tst_firstread.moc"
