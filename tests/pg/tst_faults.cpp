// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/cluster.h"
#include "pg/pool.h"

#include "base/receive.h"
#include "support/relay.h"
#include "support/server.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using base::ErrorKind;
using Answer = base::Result<rows::Page>;

namespace
{
sql::Statement statement(const char *text)
{
    return {.text = QString::fromUtf8(text)};
}

QString words(const Answer &answer)
{
    return answer ? answer->text(0, 0) : base::toLine(answer.error());
}

/// A statement of a transaction as the transaction's whole result.
base::Result<base::Done> done(const Answer &answer)
{
    return answer ? base::Result<base::Done>(base::Done{}) : answer.error();
}
} // namespace

/// Backend, server and network go away while somebody works. What only reads is done again by
/// itself; what may have changed something is told.
class TestFaults final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_settings;

    /// Ends the backend that is at work on a statement which begins with \a text.
    bool endBackendOf(const char *text)
    {
        pg::Pool other(m_settings);
        const sql::Statement end{
            QStringLiteral("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                           " WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()"),
            {QByteArray(text) + '%'}};
        return QTest::qWaitFor(
            [&] { return words(base::await(other.run(end))) == QLatin1String("1"); }, 10'000);
    }

    QString backendOf(pg::Pool &pool)
    {
        return words(base::await(pool.run(statement("SELECT pg_backend_pid()"))));
    }

    /// Ends an idle backend, so that the pool still believes in it or not, as it comes.
    void end(const QString &pid)
    {
        pg::Pool other(m_settings);
        (void)base::await(other.run(
            {QStringLiteral("SELECT pg_terminate_backend($1::int, 5000)"), {pid.toUtf8()}}));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        m_settings = m_server->createDatabase(QStringLiteral("faults"),
                                              "CREATE TABLE note (id int primary key)");
    }
    void cleanupTestCase() { m_server.reset(); }

    /// What a function says of a connection of its own (dblink, a foreign table) is an answer.
    void anotherConnectionIsLost()
    {
        pg::Pool pool(m_settings, {}, 1);
        const QByteArray raise =
            "CREATE FUNCTION far_away() RETURNS int LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'far away' USING ERRCODE = '08001'; END $$";
        QVERIFY(base::await(pool.run(statement(raise.constData()), pg::Access::Write)).ok());
        for (const pg::Access access : {pg::Access::Read, pg::Access::Write}) {
            const Answer answer = base::await(pool.run(statement("SELECT far_away()"), access));
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::Server);
            QCOMPARE(answer.error().text, QStringLiteral("far away"));
        }
    }

    void backendEndsInARead()
    {
        pg::Pool pool(m_settings, {}, 1);
        auto first = pool.run(statement("SELECT 'once', pg_sleep(0.6)"));
        const auto behind = pool.run(statement("SELECT 'behind'"));
        QVERIFY(endBackendOf("SELECT 'once'"));
        QCOMPARE(words(base::await(first)), QStringLiteral("once"));
        QCOMPARE(words(base::await(behind)), QStringLiteral("behind"));
    }

    /// Not for ever: somebody may mean it.
    void backendEndsTwice()
    {
        pg::Pool pool(m_settings, {}, 1);
        const auto read = pool.run(statement("SELECT 'twice', pg_sleep(30)"));
        QVERIFY(endBackendOf("SELECT 'twice'"));
        QVERIFY(endBackendOf("SELECT 'twice'"));
        const Answer answer = base::await(read);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Connection);
        QCOMPARE(answer.error().sqlState, QStringLiteral("57P01"));
    }

    void backendEndsInAWrite()
    {
        pg::Pool pool(m_settings, {}, 1);
        const auto write =
            pool.run(statement("INSERT INTO note SELECT 1 FROM pg_sleep(30)"), pg::Access::Write);
        QVERIFY(endBackendOf("INSERT INTO note SELECT 1"));
        const Answer answer = base::await(write);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Connection);
        // Nobody is told to do it again without looking.
        QVERIFY2(answer.error().hint.startsWith(QLatin1String("It is not known")),
                 qPrintable(answer.error().hint));
        QCOMPARE(words(base::await(pool.run(statement("SELECT count(*) FROM note")))),
                 QStringLiteral("0"));
    }

    void backendEndsInATransaction()
    {
        pg::Pool pool(m_settings, {}, 1);
        int begun = 0;
        QSemaphore isOpen, goOn;
        const auto work = pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
            ++begun;
            (void)transaction.run(statement("BEGIN"));
            (void)transaction.run(statement("INSERT INTO note VALUES (7)"));
            isOpen.release();
            goOn.acquire();
            return done(transaction.run(statement("INSERT INTO note VALUES (8)")));
        });
        isOpen.acquire();
        pg::Pool other(m_settings);
        (void)base::await(other.run(
            statement("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                      " WHERE state = 'idle in transaction' AND query LIKE 'INSERT INTO note%'")));
        goOn.release();
        const auto result = base::await(work);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Connection);
        QCOMPARE(result.error().text,
                 QStringLiteral("The connection was lost, and the open transaction with it"));
        QVERIFY(!result.error().hint.isEmpty());
        QCOMPARE(begun, 1);
        QCOMPARE(words(base::await(pool.run(statement("SELECT count(*) FROM note")))),
                 QStringLiteral("0"));
    }

    void backendEndsBefore_data()
    {
        QTest::addColumn<pg::Access>("access");
        QTest::newRow("a transaction that reads") << pg::Access::Read;
        QTest::newRow("a transaction that writes") << pg::Access::Write;
    }
    /// The work is begun on another connection, once.
    void backendEndsBefore()
    {
        QFETCH(pg::Access, access);
        pg::Pool pool(m_settings, {}, 1);
        for (int i = 0; i < 5; ++i) {
            end(backendOf(pool));
            int begun = 0;
            const auto result =
                base::await(pool.transaction(access, [&](pg::Transaction &transaction) {
                    ++begun;
                    return done(transaction.run(statement("SELECT 1")));
                }));
            QVERIFY2(result, result ? "" : qPrintable(base::toLine(result.error())));
            QCOMPARE(begun, 1);
        }
    }

    void networkIsCut()
    {
        testsupport::Relay relay(m_server->lease().port());
        const QString url = m_server->tcpUrl(m_settings)
                                .replace(u':' + QString::number(m_server->lease().port()),
                                         u':' + QString::number(relay.port()));
        pg::Pool pool({.url = url}, {}, 2);
        auto first = pool.run(statement("SELECT 'first', pg_sleep(0.3)"));
        auto second = pool.run(statement("SELECT 'second', pg_sleep(0.3)"));
        QTRY_COMPARE(relay.connections(), 2);
        QTRY_COMPARE(pool.openConnections(), 2);
        relay.cut();
        QTRY_COMPARE(pool.openConnections(), 0);
        QVERIFY(!first.isFinished());
        relay.mend();
        QCOMPARE(words(base::await(first)), QStringLiteral("first"));
        QCOMPARE(words(base::await(second)), QStringLiteral("second"));
    }

    /// What the pool closes by itself, or one of several that broke, says nothing of the server.
    void serverIsNotLost()
    {
        pg::Pool pool(m_settings, {.idleTimeout = 400}, 2);
        auto first = pool.run(statement("SELECT 'first', pg_sleep(0.3)"));
        auto second = pool.run(statement("SELECT pg_backend_pid()"));
        QTRY_COMPARE(pool.openConnections(), 2);
        end(words(base::await(second)));
        QCOMPARE(words(base::await(first)), QStringLiteral("first"));
        QVERIFY(!pool.state().isServerLost());
        QTRY_COMPARE(pool.openConnections(), 0);
        QVERIFY(!pool.state().isServerLost());
    }

    void networkStaysCut()
    {
        testsupport::Relay relay(m_server->lease().port());
        const QString url = m_server->tcpUrl(m_settings)
                                .replace(u':' + QString::number(m_server->lease().port()),
                                         u':' + QString::number(relay.port()));
        pg::Pool pool({.url = url}, {}, 1);
        auto read = pool.run(statement("SELECT pg_sleep(30)"));
        QTRY_COMPARE(pool.openConnections(), 1);
        QVERIFY(!pool.state().isServerLost());
        QSignalSpy changed(&pool.state(), &pg::PoolState::changed);
        relay.cut();
        QTRY_COMPARE(pool.openConnections(), 0);
        QTRY_VERIFY(pool.state().isServerLost());
        QTRY_VERIFY(changed.count() >= 2);
        // Whoever does not want to wait for the network need not.
        read.cancel();
        QCOMPARE(base::await(read).error().kind, ErrorKind::Cancelled);
        const Answer late = base::await(pool.run(statement("SELECT 1")));
        QVERIFY(!late);
        QCOMPARE(late.error().kind, ErrorKind::Connection);
        QVERIFY(pool.state().isServerLost());
        relay.mend();
        QCOMPARE(words(base::await(pool.run(statement("SELECT 1")))), QStringLiteral("1"));
        QVERIFY(!pool.state().isServerLost());
    }

    void serverIsRestarted()
    {
        constexpr int firstPort = 54'380;
        QTemporaryDir folder(QStringLiteral("/var/tmp/sluice-faults-XXXXXX"));
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner |
                                                 QFile::ExeOwner | QFile::ExeGroup |
                                                 QFile::ExeOther);
        pg::Cluster cluster(folder.filePath(QStringLiteral("cluster")), firstPort,
                            pg::Durability::Volatile);
        auto lease = base::await(cluster.acquire());
        QVERIFY2(lease, lease ? "" : qPrintable(base::toLine(lease.error())));
        const pg::Settings settings = (*lease)->settings();
        pg::Pool pool(settings, {}, 2);
        auto read = pool.run(statement("SELECT 'after', pg_sleep(0.5)"));
        QTRY_COMPARE(pool.openConnections(), 1);
        QVERIFY(cluster.stop());
        QTRY_COMPARE(pool.openConnections(), 0);
        const Answer down = base::await(pool.run(statement("SELECT 1")));
        QVERIFY(!down);
        QVERIFY(!read.isFinished());
        auto again = base::await(cluster.acquire());
        QVERIFY2(again, again ? "" : qPrintable(base::toLine(again.error())));
        QCOMPARE(words(base::await(read)), QStringLiteral("after"));
        QCOMPARE(words(base::await(pool.run(statement("SELECT 1")))), QStringLiteral("1"));
    }
};

Q_DECLARE_METATYPE(pg::Access)

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
