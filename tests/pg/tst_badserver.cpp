// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pool.h"

#include "base/receive.h"
#include "support/oddserver.h"
#include "support/relay.h"
#include "support/server.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

#include <csignal>

using base::ErrorKind;

namespace
{
sql::Statement statement(const char *text)
{
    return {.text = QString::fromUtf8(text)};
}
} // namespace

/// What goes wrong outside of our hands.
class TestBadServer final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_settings;

    /// The test database by way of \a relay.
    QString through(const testsupport::Relay &relay)
    {
        return m_server->tcpUrl(m_settings)
            .replace(u':' + QString::number(m_server->lease().port()),
                     u':' + QString::number(relay.port()));
    }

    QString one(pg::Pool &pool)
    {
        const auto page = base::await(pool.run(statement("SELECT 1")));
        return page ? page->text(0, 0) : base::toLine(page.error());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        m_settings = m_server->createDatabase(QStringLiteral("badserver"));
    }
    void cleanupTestCase() { m_server.reset(); }

    void cannotConnect_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("where");
        const QString port = QString::number(m_server->lease().port());
        const auto url = [&](const QString &text) {
            return QString(text).replace(QStringLiteral("PORT"), port);
        };
        QTest::newRow("wrong password")
            << url(QStringLiteral("postgres://sluice:hushhush@127.0.0.1:PORT/postgres"))
            << ErrorKind::Authentication << url(QStringLiteral("127.0.0.1:PORT"));
        QTest::newRow("no password")
            << url(QStringLiteral("postgres://sluice@127.0.0.1:PORT/postgres"))
            << ErrorKind::Authentication << url(QStringLiteral("127.0.0.1:PORT"));
        QTest::newRow("no such user")
            << url(QStringLiteral("postgres://nobody:hushhush@127.0.0.1:PORT/postgres"))
            << ErrorKind::Authentication << url(QStringLiteral("nobody@127.0.0.1:PORT"));
        QTest::newRow("no such database") << m_server->lease().url(QStringLiteral("nothere"))
                                          << ErrorKind::Connection << QStringLiteral("/nothere");
        QTest::newRow("refused port")
            << QStringLiteral("postgres://ann:hushhush@127.0.0.1:1/crm") << ErrorKind::Connection
            << QStringLiteral("ann@127.0.0.1:1/crm");
        QTest::newRow("unknown host")
            << QStringLiteral("postgres://ann:hushhush@nowhere.invalid/crm")
            << ErrorKind::Connection << QStringLiteral("ann@nowhere.invalid:5432/crm");
        QTest::newRow("no socket")
            << QStringLiteral("postgres://ann:hushhush@/crm?host=/nonexistent")
            << ErrorKind::Connection << QStringLiteral("/nonexistent");
        QTest::newRow("unreadable URL") << QStringLiteral("postgres://ann:hush@hush@db/crm")
                                        << ErrorKind::InvalidInput << QString();
    }
    void cannotConnect()
    {
        QFETCH(QString, url);
        QFETCH(QString, where);
        pg::Pool pool({.url = url});
        const auto page = base::await(pool.run(statement("SELECT 1")));
        QVERIFY(!page.ok());
        const base::Error error = page.error();
        QTEST(error.kind, "kind");
        QVERIFY2(error.where.contains(where), qPrintable(error.where));
        QVERIFY(!error.text.isEmpty() && !error.hint.isEmpty());
        QVERIFY2(!base::toLine(error).contains(QLatin1String("hush")),
                 qPrintable(base::toLine(error)));
        QCOMPARE(pool.openConnections(), 0);
    }

    void everyWaitingRequestIsAnswered()
    {
        pg::Pool pool({.url = QStringLiteral("postgres://ann@127.0.0.1:1/crm")}, {}, 2);
        QList<QFuture<base::Result<rows::Page>>> futures;
        for (int i = 0; i < 10; ++i)
            futures << pool.run(statement("SELECT 1"));
        for (const auto &future : futures)
            QCOMPARE(base::await(future).error().kind, ErrorKind::Connection);
    }

    void silentServer()
    {
        const testsupport::OddServer silent(testsupport::OddServer::Kind::Silent);
        const QString url = QStringLiteral("postgres://ann@127.0.0.1:%1/crm").arg(silent.port());
        pg::Pool pool({.url = url}, {.connectTimeout = 2'000});
        auto cancelled = pool.run(statement("SELECT 1"));
        const auto waiting = pool.run(statement("SELECT 1"));
        QElapsedTimer clock;
        clock.start();
        cancelled.cancel();
        QCOMPARE(base::await(cancelled).error().kind, ErrorKind::Cancelled);
        QVERIFY(clock.elapsed() < 100);
        QCOMPARE(base::await(waiting).error().kind, ErrorKind::Connection);
        QVERIFY2(clock.elapsed() < 4'500, qPrintable(QString::number(clock.elapsed())));
    }

    void silentServerDoesNotHoldUpTheEnd()
    {
        const testsupport::OddServer silent(testsupport::OddServer::Kind::Silent);
        auto pool = std::make_unique<pg::Pool>(pg::Settings{
            .url = QStringLiteral("postgres://ann@127.0.0.1:%1/crm").arg(silent.port())});
        const auto waiting = pool->run(statement("SELECT 1"));
        QElapsedTimer clock;
        clock.start();
        pool.reset();
        QVERIFY(clock.elapsed() < 1'000);
        QCOMPARE(base::await(waiting).error().kind, ErrorKind::Cancelled);
    }

    /// The connection stays, and nothing comes any more: the server's own time limit is silent too.
    void serverThatStopsAnswering()
    {
        pg::Pool pool(m_settings, {.statementTimeout = 600});
        int backend = 0;
        const auto done = base::await(pool.transaction(
            pg::Access::Read, [&](pg::Transaction &transaction) -> base::Result<base::Done> {
                const auto pid = transaction.run(statement("SELECT pg_backend_pid()"));
                if (!pid)
                    return pid.error();
                backend = pid->text(0, 0).toInt();
                if (kill(backend, SIGSTOP) != 0)
                    return base::Error{.text = QStringLiteral("no right to stop it")};
                const auto never = transaction.run(statement("SELECT 1"));
                return never ? base::Result<base::Done>(base::Done{}) : never.error();
            }));
        if (backend > 0)
            kill(backend, SIGCONT);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Connection);
        QVERIFY2(base::toLine(done.error()).contains(QStringLiteral("does not answer any more")),
                 qPrintable(base::toLine(done.error())));
        QCOMPARE(one(pool), QStringLiteral("1"));
    }

    void serverThatFallsSilent_data()
    {
        QTest::addColumn<pg::Access>("access");
        QTest::addColumn<bool>("inTransaction");
        QTest::addColumn<testsupport::Relay::Strangers>("strangers");
        using pg::Access;
        using Strangers = testsupport::Relay::Strangers;
        QTest::newRow("a statement that reads") << Access::Read << false << Strangers::Unanswered;
        QTest::newRow("a statement that writes") << Access::Write << false << Strangers::Refused;
        QTest::newRow("a transaction that reads") << Access::Read << true << Strangers::Unanswered;
        QTest::newRow("a transaction that writes") << Access::Write << true << Strangers::Refused;
        QTest::newRow("a transaction that writes, strangers wait as well")
            << Access::Write << true << Strangers::Unanswered;
    }
    /// All of the server, so that nobody can ask it whether it is still at work.
    void serverThatFallsSilent()
    {
        QFETCH(pg::Access, access);
        QFETCH(bool, inTransaction);
        QFETCH(testsupport::Relay::Strangers, strangers);
        testsupport::Relay relay(m_server->lease().port());
        relay.fallSilentAt("SELECT 'never'", false, strangers);
        pg::Pool pool({.url = through(relay)}, {.statementTimeout = 500, .connectTimeout = 1'000});
        const sql::Statement never = statement("SELECT 'never'");
        std::optional<base::Error> error;
        if (inTransaction) {
            const auto done = base::await(pool.transaction(
                access, [&](pg::Transaction &transaction) -> base::Result<base::Done> {
                    const auto page = transaction.run(never);
                    return page ? base::Result<base::Done>(base::Done{}) : page.error();
                }));
            QVERIFY(!done);
            error = done.error();
        } else {
            const auto page = base::await(pool.run(never, access));
            QVERIFY(!page);
            error = page.error();
        }
        QVERIFY(relay.isSilent());
        QCOMPARE(error->kind, ErrorKind::Connection);
        QVERIFY2(base::toLine(*error).contains(QStringLiteral("does not answer any more")),
                 qPrintable(base::toLine(*error)));
    }

    /// At the end of a transaction too, which nobody asked for.
    void serverThatFallsSilentAtTheEnd()
    {
        testsupport::Relay relay(m_server->lease().port());
        relay.fallSilentAt("ROLLBACK", false, testsupport::Relay::Strangers::Refused);
        pg::Pool pool({.url = through(relay)}, {.statementTimeout = 500});
        const auto done =
            base::await(pool.transaction(pg::Access::Read, [](pg::Transaction &transaction) {
                const auto page = transaction.run(statement("SELECT 1"));
                return page ? base::Result<base::Done>(base::Done{}) : page.error();
            }));
        QVERIFY(relay.isSilent());
        QVERIFY(done);
    }

    /// What works is not cut, however long it takes.
    void longWork()
    {
        pg::Pool pool(m_settings, {.statementTimeout = 100});
        const auto done =
            base::await(pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
                const auto free = transaction.runScript("SET statement_timeout = 0");
                return free ? transaction.runScript("SELECT pg_sleep(2)") : free;
            }));
        QVERIFY2(done, done ? "" : qPrintable(base::toLine(done.error())));
    }

    /// Nobody waits for a server that does not even take the request to cancel.
    void cancelledAtASilentServer()
    {
        testsupport::Relay relay(m_server->lease().port());
        relay.fallSilentAt("SELECT 'never'", false, testsupport::Relay::Strangers::Unanswered);
        pg::Pool pool({.url = through(relay)});
        QSemaphore ended;
        auto future = pool.transaction(
            pg::Access::Read, [&](pg::Transaction &transaction) -> base::Result<base::Done> {
                const auto page = transaction.run(statement("SELECT 'never'"));
                ended.release();
                return page ? base::Result<base::Done>(base::Done{}) : page.error();
            });
        QTRY_VERIFY(relay.isSilent());
        future.cancel();
        QVERIFY(ended.tryAcquire(1, 20'000));
        QCOMPARE(base::await(future).error().kind, ErrorKind::Cancelled);
    }

    void strangersServer()
    {
        pg::Settings settings = m_settings;
        settings.expectedSystemIdentifier = QStringLiteral("1");
        pg::Pool pool(settings);
        const auto page =
            base::await(pool.run(statement("CREATE TABLE never ()"), pg::Access::Write));
        QCOMPARE(page.error().kind, ErrorKind::Refused);
        pg::Pool known(m_settings);
        QCOMPARE(
            base::await(known.run(statement("SELECT to_regclass('never') IS NULL")))->text(0, 0),
            QStringLiteral("t"));
    }

    void sessionEnded_data()
    {
        QTest::addColumn<bool>("inStatement");
        QTest::newRow("in a statement that may write") << true;
        QTest::newRow("while idle") << false;
    }
    void sessionEnded()
    {
        QFETCH(bool, inStatement);
        pg::Pool pool(m_settings, {}, 1);
        pg::Pool other(m_settings);
        const QString pid = base::await(pool.run(statement("SELECT pg_backend_pid()")))->text(0, 0);
        QFuture<base::Result<rows::Page>> slow;
        if (inStatement) {
            slow = pool.run(statement("SELECT pg_sleep(30)"), pg::Access::Write);
            const sql::Statement active{
                QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE pid = $1::int"
                               " AND state = 'active'"),
                {pid.toUtf8()}};
            QTRY_COMPARE(base::await(other.run(active))->text(0, 0), QStringLiteral("1"));
        }
        const sql::Statement end{QStringLiteral("SELECT pg_terminate_backend($1::int, 5000)"),
                                 {pid.toUtf8()}};
        QCOMPARE(base::await(other.run(end))->text(0, 0), QStringLiteral("t"));
        if (inStatement) {
            const auto page = base::await(slow);
            QCOMPARE(page.error().kind, ErrorKind::Connection);
            QCOMPARE(page.error().sqlState, QStringLiteral("57P01"));
            QVERIFY(!page.error().hint.isEmpty() && !page.error().where.isEmpty());
        }
        QCOMPARE(one(pool), QStringLiteral("1"));
    }
};

Q_DECLARE_METATYPE(pg::Access)
Q_DECLARE_METATYPE(testsupport::Relay::Strangers)

QTEST_GUILESS_MAIN(TestBadServer)
#include "tst_badserver.moc"
