// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pool.h"

#include "base/receive.h"
#include "support/server.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

using base::Done;
using base::ErrorKind;
using base::Result;

namespace
{
sql::Statement statement(const char *text)
{
    return {.text = QString::fromUtf8(text)};
}
} // namespace

class TestTransaction final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_settings;

    QString count(pg::Pool &pool)
    {
        const auto page = base::await(pool.run(statement("SELECT count(*) FROM note")));
        return page ? page->text(0, 0) : base::toLine(page.error());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        m_settings = m_server->createDatabase(QStringLiteral("transaction"),
                                              "CREATE TABLE note (id int PRIMARY KEY)");
    }
    void init() { QCOMPARE(m_server->run(m_settings, "TRUNCATE note"), QString()); }
    void cleanupTestCase() { m_server.reset(); }

    void commits()
    {
        pg::Pool pool(m_settings);
        const auto done =
            base::await(pool.transaction(pg::Access::Write, [](pg::Transaction &t) -> Result<Done> {
                if (auto script = t.runScript(
                        "BEGIN; INSERT INTO note VALUES (1); INSERT INTO note VALUES (2)");
                    !script)
                    return script;
                if (auto page =
                        t.run({QStringLiteral("INSERT INTO note VALUES ($1)"), {QByteArray("3")}});
                    !page)
                    return page.error();
                return t.runScript("COMMIT");
            }));
        QVERIFY2(done.ok(), done ? "" : qPrintable(base::toLine(done.error())));
        QCOMPARE(count(pool), QStringLiteral("3"));
    }

    void rollsBackWhatIsOpen()
    {
        pg::Pool pool(m_settings);
        const auto done = base::await(pool.transaction(pg::Access::Write, [](pg::Transaction &t) {
            return t.runScript("BEGIN; INSERT INTO note VALUES (1)");
        }));
        QVERIFY(done.ok());
        QCOMPARE(count(pool), QStringLiteral("0"));
    }

    void scriptErrorSaysWhere()
    {
        const QByteArray script("SELECT 1;\nSELECT nowhere;");
        pg::Pool pool(m_settings);
        const auto done = base::await(pool.transaction(
            pg::Access::Write, [&](pg::Transaction &t) { return t.runScript(script); }));
        QCOMPARE(done.error().sqlState, QStringLiteral("42703"));
        QCOMPARE(done.error().span->offset, script.indexOf("nowhere"));
    }

    void hasAResult()
    {
        pg::Pool pool(m_settings);
        const auto number =
            base::await(pool.transact<int>(pg::Access::Read, [](pg::Transaction &t) -> Result<int> {
                const auto page = t.run(statement("SELECT 42"));
                if (!page)
                    return page.error();
                return page->text(0, 0).toInt();
            }));
        QCOMPARE(number.value(), 42);
    }

    void readsOneSnapshot()
    {
        pg::Pool pool(m_settings);
        QSemaphore begun, changed;
        auto done =
            pool.transact<QString>(pg::Access::Read, [&](pg::Transaction &t) -> Result<QString> {
                begun.release();
                changed.acquire();
                return t.run(statement("SELECT count(*) FROM note"))->text(0, 0) +
                       t.run(statement("SHOW transaction_isolation"))->text(0, 0);
            });
        begun.acquire();
        QVERIFY(base::await(pool.run(statement("INSERT INTO note VALUES (1)"), pg::Access::Write))
                    .ok());
        changed.release();
        QCOMPARE(base::await(done).value(), QStringLiteral("0repeatable read"));
        QCOMPARE(count(pool), QStringLiteral("1"));
    }

    void readOnly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("insert") << QByteArray("INSERT INTO note VALUES (1)") << ErrorKind::Refused;
        QTest::newRow("commit") << QByteArray("COMMIT") << ErrorKind::Refused;
        QTest::newRow("copy") << QByteArray("COPY note TO '/tmp/never'") << ErrorKind::Refused;
        QTest::newRow("read write")
            << QByteArray("SELECT set_config('transaction_read_only', 'off', true)")
            << ErrorKind::Server;
        QTest::newRow("two") << QByteArray("SELECT 1; COMMIT") << ErrorKind::Server;
    }
    void readOnly()
    {
        QFETCH(QByteArray, text);
        pg::Pool pool(m_settings);
        const auto done =
            base::await(pool.transaction(pg::Access::Read, [&](pg::Transaction &t) -> Result<Done> {
                const auto page = t.run(statement(text.constData()));
                if (!page)
                    return page.error();
                return Done{};
            }));
        QVERIFY(!done.ok());
        QTEST(done.error().kind, "kind");
        QCOMPARE(count(pool), QStringLiteral("0"));
    }

    void noScriptForReaders()
    {
        pg::Pool pool(m_settings);
        const auto done = base::await(pool.transaction(pg::Access::Read, [](pg::Transaction &t) {
            return t.runScript("COMMIT; INSERT INTO note VALUES (1)");
        }));
        QCOMPARE(done.error().kind, ErrorKind::Refused);
        QCOMPARE(count(pool), QStringLiteral("0"));
    }

    void cancels_data()
    {
        QTest::addColumn<bool>("inStatement");
        QTest::newRow("in a statement") << true;
        QTest::newRow("between two") << false;
    }
    void cancels()
    {
        QFETCH(bool, inStatement);
        pg::Pool pool(m_settings, {}, 1);
        QSemaphore begun;
        auto future = pool.transaction(pg::Access::Write, [&](pg::Transaction &t) -> Result<Done> {
            begun.release();
            if (inStatement) {
                if (auto slept = t.runScript("INSERT INTO note VALUES (1); SELECT pg_sleep(30)");
                    !slept)
                    return slept;
            } else {
                while (t.runScript("SELECT 1").ok())
                    continue;
                if (!t.cancelled())
                    return base::Error{.text = QStringLiteral("not cancelled")};
            }
            return t.runScript("INSERT INTO note VALUES (2)");
        });
        begun.acquire();
        QElapsedTimer clock;
        clock.start();
        future.cancel();
        QCOMPARE(base::await(future).error().kind, ErrorKind::Cancelled);
        QVERIFY2(clock.elapsed() < 1'000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(count(pool), QStringLiteral("0"));
    }

    void othersRunBeside()
    {
        pg::Pool pool(m_settings, {}, 2);
        QSemaphore begun, end;
        auto future = pool.transaction(pg::Access::Write, [&](pg::Transaction &) -> Result<Done> {
            begun.release();
            end.acquire();
            return Done{};
        });
        begun.acquire();
        QCOMPARE(count(pool), QStringLiteral("0"));
        end.release();
        QVERIFY(base::await(future).ok());
    }

    void theWorkMayHoldThePool()
    {
        auto pool = std::make_shared<pg::Pool>(m_settings);
        QSemaphore go;
        auto future =
            pool->transaction(pg::Access::Read, [pool, &go](pg::Transaction &t) -> Result<Done> {
                go.acquire();
                const auto page = t.run(statement("SELECT 1"));
                return page ? Result<Done>(Done{}) : Result<Done>(page.error());
            });
        pool.reset();
        go.release();
        QVERIFY(base::await(future).ok());
    }

    void copyIsNotSupported()
    {
        pg::Pool pool(m_settings);
        const auto done = base::await(pool.transaction(pg::Access::Write, [](pg::Transaction &t) {
            return t.runScript("COPY note FROM STDIN");
        }));
        QCOMPARE(done.error().kind, ErrorKind::Unsupported);
        QCOMPARE(
            base::await(pool.run(statement("COPY note TO STDOUT"), pg::Access::Write)).error().kind,
            ErrorKind::Unsupported);
        QCOMPARE(count(pool), QStringLiteral("0"));
    }

    void anOpenTransactionIsRefused()
    {
        pg::Pool pool(m_settings);
        const auto page = base::await(pool.run(statement("BEGIN"), pg::Access::Write));
        QCOMPARE(page.error().kind, ErrorKind::Refused);
        QCOMPARE(count(pool), QStringLiteral("0"));
    }

    void dyingPoolEndsTheWork()
    {
        auto pool = std::make_unique<pg::Pool>(m_settings);
        QSemaphore begun;
        auto future = pool->transaction(pg::Access::Write, [&](pg::Transaction &t) {
            begun.release();
            return t.runScript("SELECT pg_sleep(30)");
        });
        begun.acquire();
        QElapsedTimer clock;
        clock.start();
        pool.reset();
        QVERIFY(clock.elapsed() < 5'000);
        QCOMPARE(base::await(future).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
