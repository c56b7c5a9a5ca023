// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/diagnosis.h"

#include "base/receive.h"
#include "support/oddserver.h"
#include "support/server.h"

#include <QElapsedTimer>
#include <QTest>

using base::ErrorKind;
using pg::Step;
using State = pg::StepResult::State;

namespace
{
/// "done skipped done failed -" for the five steps.
QString marks(const pg::Diagnosis &diagnosis)
{
    QStringList words;
    for (const pg::StepResult &result : diagnosis.steps)
        words << (result.state == State::Done      ? QStringLiteral("done")
                  : result.state == State::Skipped ? QStringLiteral("skipped")
                  : result.state == State::Failed  ? QStringLiteral("failed")
                                                   : QStringLiteral("-"));
    return words.join(u' ');
}
} // namespace

/// Where connecting fails, against real servers; what has to do with TLS is in tst_forms.
class TestDiagnosis final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_settings;
    std::unique_ptr<testsupport::OddServer> m_web, m_silent, m_closing;

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        m_settings = m_server->createDatabase(
            QStringLiteral("diagnosis"),
            "DO $$ BEGIN CREATE ROLE diagnosis_full LOGIN PASSWORD 'hush' CONNECTION LIMIT 0;"
            " EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
            "DO $$ BEGIN CREATE ROLE diagnosis_out LOGIN PASSWORD 'hush';"
            " EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
            "DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC',"
            " current_database()); END $$");
        using Kind = testsupport::OddServer::Kind;
        m_web = std::make_unique<testsupport::OddServer>(Kind::Web);
        m_silent = std::make_unique<testsupport::OddServer>(Kind::Silent);
        m_closing = std::make_unique<testsupport::OddServer>(Kind::Closing);
    }
    void cleanupTestCase() { m_server.reset(); }

    void steps_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("marks");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("text");
        const QString port = QString::number(m_server->lease().port());
        const QString database = pg::target(m_settings).value().database;
        const auto row = [&](const char *name, QString url, const char *marks, ErrorKind kind,
                             const char *text) {
            url.replace(QStringLiteral("PORT"), port).replace(QStringLiteral("DATABASE"), database);
            QTest::newRow(name) << url << QString::fromLatin1(marks) << kind
                                << QString::fromLatin1(text);
        };
        const auto oddPort = [](const testsupport::OddServer &server, const char *more = "") {
            return QStringLiteral("postgres://ann:hush@127.0.0.1:%1/crm%2")
                .arg(server.port())
                .arg(QLatin1String(more));
        };
        const QString here = QStringLiteral("postgres://sluice:hush@127.0.0.1:PORT/postgres");
        row("unknown host", QStringLiteral("postgres://ann:hush@nowhere.invalid/crm"),
            "failed - - - -", ErrorKind::Connection, "The server's name is not known");
        row("closed port", QStringLiteral("postgres://ann:hush@127.0.0.1:1/crm"),
            "skipped failed - - -", ErrorKind::Connection, "Cannot connect to the server");
        row("closed port of a name", QStringLiteral("postgres://ann:hush@localhost:1/crm"),
            "done failed - - -", ErrorKind::Connection, "Cannot connect to the server");
        row("no socket", QStringLiteral("postgres://ann:hush@/crm?host=/nonexistent"),
            "skipped failed - - -", ErrorKind::Connection, "Cannot connect to the server");
        row("a web server", oddPort(*m_web), "skipped failed - - -", ErrorKind::Connection,
            "What answers there is no PostgreSQL server");
        row("a web server, unencrypted", oddPort(*m_web, "?sslmode=disable"),
            "skipped failed - - -", ErrorKind::Connection,
            "What answers there is no PostgreSQL server");
        row("closes at once", oddPort(*m_closing), "skipped failed - - -", ErrorKind::Connection,
            "Cannot connect to the server");
        row("no TLS there", here + QStringLiteral("?sslmode=require"), "skipped done failed - -",
            ErrorKind::Connection, "The server offers no encrypted connection (TLS)");
        row("wrong password", here, "skipped done skipped failed -", ErrorKind::Authentication,
            "The server refused the login");
        row("no password", QStringLiteral("postgres://sluice@127.0.0.1:PORT/postgres"),
            "skipped done skipped failed -", ErrorKind::Authentication,
            "The server refused the login");
        row("absent role", QStringLiteral("postgres://nobody:hush@127.0.0.1:PORT/postgres"),
            "skipped done skipped failed -", ErrorKind::Authentication,
            "The server refused the login");
        row("absent database", m_server->lease().url(QStringLiteral("nothere")),
            "skipped done skipped done failed", ErrorKind::Connection,
            "The database does not exist");
        row("database of others",
            QStringLiteral("postgres://diagnosis_out:hush@127.0.0.1:PORT/DATABASE"),
            "skipped done skipped done failed", ErrorKind::Connection,
            "This user may not use the database");
        row("too many connections",
            QStringLiteral("postgres://diagnosis_full:hush@127.0.0.1:PORT/postgres"),
            "skipped done skipped failed -", ErrorKind::Connection,
            "The server takes no more connections");
    }
    void steps()
    {
        QFETCH(QString, url);
        const auto diagnosis = base::await(pg::diagnose({.url = url}));
        QVERIFY2(diagnosis, diagnosis ? "" : qPrintable(base::toLine(diagnosis.error())));
        QVERIFY(diagnosis->error);
        const QString line = base::toLine(*diagnosis->error);
        QVERIFY2(!line.contains(QLatin1String("hush")), qPrintable(line));
        QTEST(marks(*diagnosis), "marks");
        QTEST(diagnosis->error->kind, "kind");
        QTEST(diagnosis->error->text, "text");
        QVERIFY2(!diagnosis->error->hint.isEmpty() && !diagnosis->error->where.isEmpty(),
                 qPrintable(line));
    }

    void silentServer()
    {
        QElapsedTimer clock;
        clock.start();
        const auto diagnosis = base::await(pg::diagnose(
            {.url = QStringLiteral("postgres://ann:hush@127.0.0.1:%1/crm").arg(m_silent->port())},
            {.connectTimeout = 2'000}));
        QVERIFY(clock.elapsed() < 4'000);
        QCOMPARE(marks(*diagnosis), QStringLiteral("skipped failed - - -"));
        QVERIFY(diagnosis->error->detail.contains(QLatin1String("2 seconds")));
        QVERIFY(diagnosis->at(Step::Port)->time >= std::chrono::milliseconds(1'500));
    }

    /// As a pooler that has no server to spare: it lets in, and what is asked then waits.
    void fullPooler()
    {
        const testsupport::OddServer full(testsupport::OddServer::Kind::Full);
        QElapsedTimer clock;
        clock.start();
        const auto diagnosis =
            base::await(pg::diagnose({.url = QStringLiteral("postgres://ann:hush@127.0.0.1:%1/crm"
                                                            "?sslmode=disable&gssencmode=disable")
                                                 .arg(full.port())},
                                     {.connectTimeout = 2'000}));
        QVERIFY(clock.elapsed() < 6'000);
        QCOMPARE(marks(*diagnosis), QStringLiteral("skipped done skipped done failed"));
        QVERIFY2(diagnosis->error->detail.contains(QLatin1String("2 seconds")),
                 qPrintable(diagnosis->error->detail));
    }

    void works()
    {
        QList<QString> told;
        const auto diagnosis = base::await(
            pg::diagnose(m_settings, {}, [&](const pg::Diagnosis &now) { told << marks(now); }));
        QVERIFY(diagnosis && diagnosis->works());
        QCOMPARE(marks(*diagnosis), QStringLiteral("skipped done skipped done done"));
        QCOMPARE(told.value(0), QStringLiteral("- - - - -"));
        QCOMPARE(told.value(1), QStringLiteral("skipped - - - -"));
        QVERIFY2(told.contains(QStringLiteral("skipped done skipped - -")),
                 qPrintable(told.join(u'|')));
    }

    void unusableSettings()
    {
        const auto diagnosis = base::await(pg::diagnose({.url = QStringLiteral("service=hush")}));
        QVERIFY(!diagnosis);
        QCOMPARE(diagnosis.error().kind, ErrorKind::NotFound);
    }

    void strangersServer()
    {
        pg::Settings settings = m_settings;
        settings.expectedSystemIdentifier = QStringLiteral("1");
        const auto diagnosis = base::await(pg::diagnose(settings));
        QCOMPARE(marks(*diagnosis), QStringLiteral("skipped done skipped done failed"));
        QCOMPARE(diagnosis->error->kind, ErrorKind::Refused);
    }
};

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
