// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/diagnosis.h"
#include "pg/pool.h"

#include "base/receive.h"
#include "support/server.h"
#include "support/sshhost.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <unistd.h>

using base::ErrorKind;

namespace
{
/// Our ssh processes.
QList<int> tunnels()
{
    QList<int> found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QList<QByteArray> fields = file.readAll().split(' ');
        if (fields.value(1) == "(ssh)" && fields.value(2) != "Z" &&
            fields.value(3).toInt() == getpid())
            found << name.toInt();
    }
    return found;
}
} // namespace

/// A server that is reached through a real sshd.
class TestTunnel final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<testsupport::SshHost> m_host;
    pg::Settings m_through;

    QString one(pg::Pool &pool)
    {
        const auto page = base::await(pool.run({.text = QStringLiteral("SELECT 1")}));
        return page ? page->text(0, 0) : base::toLine(page.error());
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!testsupport::SshHost::isInstalled())
            QSKIP("there is no sshd to test with");
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        m_host = std::make_unique<testsupport::SshHost>();
        QVERIFY2(m_host->error().isEmpty(), qPrintable(m_host->error()));
        m_through = {.url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("tunnel"))),
                     .ssh = QStringLiteral("bastion")};
    }
    void cleanupTestCase()
    {
        m_host.reset();
        m_server.reset();
    }

    void livesWithItsPool()
    {
        auto pool = std::make_unique<pg::Pool>(m_through);
        QCOMPARE(tunnels().size(), 0);
        QList<QFuture<base::Result<rows::Page>>> several;
        for (int i = 0; i < 6; ++i)
            several << pool->run({.text = QStringLiteral("SELECT pg_sleep(0.05)")});
        for (const auto &future : several)
            QVERIFY(base::await(future));
        QVERIFY(pool->openConnections() > 1);
        QCOMPARE(tunnels().size(), 1);
        pool.reset();
        QCOMPARE(tunnels().size(), 0);
    }

    void comesBack()
    {
        pg::Pool pool(m_through);
        QCOMPARE(one(pool), QStringLiteral("1"));
        const QList<int> before = tunnels();
        QCOMPARE(before.size(), 1);
        kill(before.first(), SIGKILL);
        QTRY_COMPARE(pool.openConnections(), 0);
        QCOMPARE(one(pool), QStringLiteral("1"));
        QVERIFY(tunnels() != before);
    }

    /// The password file knows the server by its own port, not by the tunnel's.
    void passwordFile()
    {
        QTemporaryDir folder;
        QUrl url(m_through.url);
        QFile file(folder.filePath(QStringLiteral("passwords")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            QStringLiteral("127.0.0.1:%1:*:*:%2\n").arg(url.port()).arg(url.password()).toUtf8());
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        url.setPassword({});
        qputenv("PGPASSFILE", file.fileName().toUtf8());
        pg::Pool pool({.url = url.toString(), .ssh = QStringLiteral("bastion")});
        const QString answer = one(pool);
        qputenv("PGPASSFILE", "/nonexistent");
        QCOMPARE(answer, QStringLiteral("1"));
    }

    void isNotLocal()
    {
        const pg::Target target = pg::target(m_through).value();
        QVERIFY(!target.isLocalhost());
        QVERIFY(target.display().endsWith(QLatin1String("via bastion")));
    }

    void diagnosis_data()
    {
        QTest::addColumn<QString>("ssh");
        QTest::addColumn<QString>("url"); // empty: the server that is there
        QTest::addColumn<pg::Step>("step");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *name, const char *ssh, const char *url, pg::Step step,
                            const char *text, const char *detail) {
            QTest::newRow(name) << QString::fromLatin1(ssh) << QString::fromLatin1(url) << step
                                << QString::fromLatin1(text) << QString::fromLatin1(detail);
        };
        using pg::Step;
        row("closed", "closed", "", Step::Tunnel, "The SSH tunnel could not be opened", "refused");
        row("unknown key", "stranger", "", Step::Tunnel,
            "The SSH host's key is not known, or is not the one it was", "verification failed");
        row("no way in", "keyless", "", Step::Tunnel, "The SSH host refused the login",
            "Permission denied");
        row("nothing at the far end", "bastion", "postgres://ann:hush@127.0.0.1:1/crm", Step::Port,
            "Cannot connect to the server", "Connection refused");
        row("unknown at the far end", "bastion", "postgres://ann:hush@nowhere.invalid/crm",
            Step::Port, "Cannot connect to the server", "open failed");
        row("no PostgreSQL user there", "bastion", "postgres://ann:hush@127.0.0.1:PORT/crm",
            Step::Login, "The server refused the login", "password authentication");
    }
    void diagnosis()
    {
        QFETCH(QString, ssh);
        QFETCH(QString, url);
        QFETCH(pg::Step, step);
        QFETCH(QString, detail);
        url.replace(QStringLiteral("PORT"), QString::number(m_server->lease().port()));
        const auto diagnosis =
            base::await(pg::diagnose({.url = url.isEmpty() ? m_through.url : url, .ssh = ssh}));
        QVERIFY2(diagnosis, diagnosis ? "" : qPrintable(base::toLine(diagnosis.error())));
        QVERIFY(diagnosis->error);
        const QString line = base::toLine(*diagnosis->error);
        QVERIFY2(diagnosis->at(step)->state == pg::StepResult::State::Failed, qPrintable(line));
        QVERIFY(!diagnosis->at(pg::Step::Name));
        QTEST(diagnosis->error->text, "text");
        QVERIFY2(diagnosis->error->detail.contains(detail), qPrintable(line));
        QVERIFY2(!diagnosis->error->hint.isEmpty() && !line.contains(QLatin1String("hush")),
                 qPrintable(line));
        QCOMPARE(tunnels().size(), 0);
    }

    void works()
    {
        const auto diagnosis = base::await(pg::diagnose(m_through));
        QVERIFY(diagnosis && diagnosis->works());
        QVERIFY(diagnosis->at(pg::Step::Tunnel)->found.startsWith(QLatin1String("bastion")));
    }

    void failsInThePoolToo()
    {
        pg::Pool pool({.url = m_through.url, .ssh = QStringLiteral("keyless")});
        const auto page = base::await(pool.run({.text = QStringLiteral("SELECT 1")}));
        QCOMPARE(page.error().kind, ErrorKind::Authentication);
        QCOMPARE(page.error().where, QStringLiteral("keyless"));
    }

    void noSsh()
    {
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", "/nonexistent");
        const auto diagnosis = base::await(pg::diagnose(m_through));
        qputenv("PATH", path);
        QVERIFY(diagnosis->error);
        QCOMPARE(diagnosis->error->text, QStringLiteral("There is no ssh on this machine"));
    }

    void refused_data()
    {
        QTest::addColumn<QString>("ssh");
        for (const char *ssh : {"-oProxyCommand=true", "ann@-x", "two words", "a@b@c", "host:x"})
            QTest::newRow(ssh) << QString::fromLatin1(ssh);
    }
    void refused()
    {
        QFETCH(QString, ssh);
        const auto target = pg::target({.url = m_through.url, .ssh = ssh});
        QVERIFY(!target);
        QCOMPARE(target.error().kind, ErrorKind::InvalidInput);
        pg::Pool pool({.url = m_through.url, .ssh = ssh});
        QCOMPARE(base::await(pool.run({.text = QStringLiteral("SELECT 1")})).error().kind,
                 ErrorKind::InvalidInput);
    }
};

Q_DECLARE_METATYPE(pg::Step)

QTEST_GUILESS_MAIN(TestTunnel)
#include "tst_tunnel.moc"
