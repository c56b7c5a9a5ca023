// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/cluster.h"

#include "base/receive.h"
#include "pg/pool.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <cstdio>

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using base::ErrorKind;
using Lease = std::shared_ptr<pg::ClusterLease>;
using State = pg::Cluster::State;

namespace
{
constexpr int firstPort = 54700;

pg::Cluster clusterIn(const QString &folder)
{
    return pg::Cluster(folder, firstPort, pg::Durability::Volatile);
}

Lease acquire(const QString &folder)
{
    auto lease = base::await(clusterIn(folder).acquire());
    if (!lease)
        qWarning("%s", qPrintable(base::toLine(lease.error())));
    return lease ? *lease : nullptr;
}

QString ask(const pg::Settings &settings, const char *text)
{
    pg::Pool pool(settings);
    const auto page = base::await(pool.run({.text = QString::fromLatin1(text)}));
    return page ? page->text(0, 0) : base::toLine(page.error());
}

int modeOf(const QString &path)
{
    struct stat status {
    };
    return lstat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 07777)
                                                                    : -1;
}

qint64 postmaster(const QString &folder)
{
    QFile file(folder + QStringLiteral("/data/postmaster.pid"));
    return file.open(QIODevice::ReadOnly) ? file.readLine().trimmed().toLongLong() : 0;
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
}

/// Another program that listens on a port.
class Stranger
{
public:
    explicit Stranger(int port)
        : m_socket(socket(AF_INET, SOCK_STREAM, 0))
    {
        const int on = 1;
        setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(quint16(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address);
        listen(m_socket, 1);
    }
    ~Stranger() { close(m_socket); }

private:
    int m_socket;
};

/// tst_cluster hold <folder>: another program that uses the cluster until it is killed.
int hold(const QString &folder)
{
    const Lease lease = acquire(folder);
    std::puts(lease ? "held" : "failed");
    std::fflush(stdout);
    pause();
    return 0;
}
} // namespace

class TestCluster final : public QObject
{
    Q_OBJECT

    QString m_root;
    QString m_folder; ///< a cluster that is made already

    std::unique_ptr<QProcess> holder()
    {
        auto process = std::make_unique<QProcess>();
        process->start(QCoreApplication::applicationFilePath(), {QStringLiteral("hold"), m_folder});
        while (!process->canReadLine() && process->waitForReadyRead())
            continue;
        return process->readLine().trimmed() == "held" ? std::move(process) : nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Not a QTemporaryDir: as root the server's user has to get in.
        m_root = QStringLiteral("/var/tmp/sluice-tst-%1").arg(QCoreApplication::applicationPid());
        m_folder = m_root + QStringLiteral("/it's a cluster");
        QCOMPARE(clusterIn(m_folder).state(), State::Absent);
        QVERIFY(acquire(m_folder));
        QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped);
    }
    void cleanupTestCase()
    {
        (void)clusterIn(m_folder).stop();
        QDir(m_root).removeRecursively();
    }
    void cleanup() { QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped); }

    void answers()
    {
        const Lease lease = acquire(m_folder);
        QVERIFY(lease);
        QCOMPARE(ask(lease->settings(), "SELECT current_user"), QStringLiteral("sluice"));
        QCOMPARE(ask({.url = lease->url(QStringLiteral("postgres"))}, "SHOW port"),
                 QString::number(lease->port()));
        QCOMPARE(ask(lease->settings(), "SELECT system_identifier::text FROM pg_control_system()"),
                 lease->systemIdentifier());
        QCOMPARE(ask(lease->settings(), "SHOW server_encoding"), QStringLiteral("UTF8"));
        QCOMPARE(clusterIn(m_folder).runningUrl(QStringLiteral("a b")).value(),
                 lease->url(QStringLiteral("a b")));
        QVERIFY(lease->url(QStringLiteral("a b"))
                    .endsWith(QStringLiteral("@127.0.0.1:%1/a%20b").arg(lease->port())));
    }

    void closedToOthers()
    {
        const Lease lease = acquire(m_folder);
        const QString port = QString::number(lease->port());
        for (const QString &host :
             {QStringLiteral("127.0.0.1"), m_folder + QStringLiteral("/socket")}) {
            const QString text =
                QStringLiteral("host='%1' port=%2 user=sluice dbname=postgres")
                    .arg(QString(host).replace(u'\'', QStringLiteral("\\'")), port);
            pg::Pool pool({.url = text});
            QCOMPARE(base::await(pool.run({.text = QStringLiteral("SELECT 1")})).error().kind,
                     ErrorKind::Authentication);
        }
        QCOMPARE(modeOf(m_folder), geteuid() == 0 ? 0711 : 0700);
        QCOMPARE(modeOf(m_folder + QStringLiteral("/data")), 0700);
        QCOMPARE(modeOf(m_folder + QStringLiteral("/socket")), 0700);
        QCOMPARE(modeOf(m_folder + QStringLiteral("/password")), 0600);
    }

    void lastLeaseStops()
    {
        Lease first = acquire(m_folder);
        Lease second = acquire(m_folder);
        QCOMPARE(first->port(), second->port());
        first.reset();
        QCOMPARE(ask(second->settings(), "SELECT 1"), QStringLiteral("1"));
        second.reset();
        QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped);
        QCOMPARE(clusterIn(m_folder).runningUrl(QStringLiteral("postgres")).error().kind,
                 ErrorKind::Connection);
    }

    void otherProgramsCount()
    {
        Lease lease = acquire(m_folder);
        const auto other = holder();
        QVERIFY(other);
        lease.reset();
        QCOMPARE(clusterIn(m_folder).state(), State::Running);
        other->kill();
        other->waitForFinished();
        QVERIFY(acquire(m_folder));
    }

    void manyAtOnce()
    {
        const QString folder = m_root + QStringLiteral("/many");
        QList<QFuture<base::Result<Lease>>> futures;
        for (int i = 0; i < 5; ++i)
            futures << clusterIn(folder).acquire();
        QSet<QString> identifiers;
        for (auto &future : futures) {
            const auto lease = base::await(future);
            QVERIFY2(lease.ok(), lease ? "" : qPrintable(base::toLine(lease.error())));
            identifiers << (*lease)->systemIdentifier();
        }
        QCOMPARE(identifiers.size(), 1);
        futures.clear();
        QTRY_COMPARE(clusterIn(folder).state(), State::Stopped);
    }

    void keepRunning()
    {
        acquire(m_folder)->keepRunning();
        QCOMPARE(clusterIn(m_folder).state(), State::Running);
        acquire(m_folder).reset();
        QCOMPARE(clusterIn(m_folder).state(), State::Running);
        acquire(m_folder)->stopWithLastLease();
        QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped);
        acquire(m_folder)->keepRunning();
        QVERIFY(clusterIn(m_folder).stop().ok());
        QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped);
        QVERIFY(clusterIn(m_folder).stop().ok());
        // The wish ended with that server.
        QVERIFY(acquire(m_folder));
    }

    void holderKilled()
    {
        const auto other = holder();
        QVERIFY(other);
        other->kill(); // SIGKILL
        other->waitForFinished();
        QCOMPARE(clusterIn(m_folder).state(), State::Running);
        const Lease lease = acquire(m_folder);
        QVERIFY(lease);
        QCOMPARE(ask(lease->settings(), "SELECT 1"), QStringLiteral("1"));
    }

    void serverKilledInMidQuery()
    {
        const Lease lease = acquire(m_folder);
        pg::Pool pool(lease->settings());
        // A read would be sent again once the server is back.
        const auto slow = pool.run(
            {.text = QStringLiteral("SELECT sum(i) FROM generate_series(1, 1000000000) i")},
            pg::Access::Write);
        QTRY_COMPARE(pool.openConnections(), 1);
        ::kill(pid_t(postmaster(m_folder)), SIGKILL);
        QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped);
        const Lease again = acquire(m_folder);
        QVERIFY(again);
        const auto lost = base::await(slow);
        QVERIFY2(lost.error().kind == ErrorKind::Connection,
                 qPrintable(base::toLine(lost.error())));
        QVERIFY(!lost.error().where.isEmpty() && !lost.error().hint.isEmpty());
        const auto page = base::await(pool.run({.text = QStringLiteral("SELECT 1")}));
        QVERIFY2(page.ok(), page ? "" : qPrintable(base::toLine(page.error())));
    }

    void reusedProcessId()
    {
        // What a power cut leaves, with a process id that belongs to another program now.
        const QByteArray own = QByteArray::number(QCoreApplication::applicationPid());
        write(m_folder + QStringLiteral("/data/postmaster.pid"),
              own + "\n/elsewhere\n1\n54700\n/elsewhere\n127.0.0.1\n1 1\nready\n");
        write(m_folder + QStringLiteral("/socket/.s.PGSQL.54700.lock"), own + "\n");
        QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped);
        QVERIFY(acquire(m_folder));
    }

    void halfMade()
    {
        const QString folder = m_root + QStringLiteral("/half");
        QVERIFY(QDir().mkpath(folder + QStringLiteral("/data.making/base")));
        write(folder + QStringLiteral("/data.making/PG_VERSION"), "15\n");
        write(folder + QStringLiteral("/password"), "old\n");
        write(folder + QStringLiteral("/identifier"), "1\n");
        QCOMPARE(clusterIn(folder).state(), State::Absent);
        const Lease lease = acquire(folder);
        QVERIFY(lease);
        QCOMPARE(ask(lease->settings(), "SELECT 1"), QStringLiteral("1"));
        QVERIFY(!QFileInfo::exists(folder + QStringLiteral("/data.making")));
    }

    void portOfAStranger()
    {
        const Stranger stranger(firstPort);
        const Lease lease = acquire(m_folder);
        QVERIFY(lease);
        QVERIFY(lease->port() > firstPort);
        QCOMPARE(ask({.url = lease->url(QStringLiteral("postgres"))}, "SELECT 1"),
                 QStringLiteral("1"));
    }

    void otherData()
    {
        const QString file = m_folder + QStringLiteral("/identifier");
        QFile::copy(file, m_root + QStringLiteral("/identifier"));
        write(file, "1\n");
        const auto lease = base::await(clusterIn(m_folder).acquire());
        QFile::remove(file);
        QFile::rename(m_root + QStringLiteral("/identifier"), file);
        QVERIFY(!lease.ok());
        QCOMPARE(lease.error().kind, ErrorKind::Refused);
    }

    void missingServerVersion()
    {
        const QString folder = m_root + QStringLiteral("/old");
        QVERIFY(QDir().mkpath(folder + QStringLiteral("/data")));
        write(folder + QStringLiteral("/data/PG_VERSION"), "9\n");
        write(folder + QStringLiteral("/identifier"), "1\n");
        const auto lease = base::await(clusterIn(folder).acquire());
        QCOMPARE(lease.error().kind, ErrorKind::NotFound);
        QVERIFY(lease.error().hint.contains(QLatin1String("postgresql-9")));
    }

    void folderOfSomebodyElse()
    {
        const QString folder = m_root + QStringLiteral("/linked");
        QVERIFY(QFile::link(m_folder, folder));
        const auto lease = base::await(clusterIn(folder).acquire());
        QCOMPARE(lease.error().kind, ErrorKind::Refused);
    }

    void longPath()
    {
        const QString folder = m_root + u'/' + QString(120, u'x');
        const Lease lease = acquire(folder);
        QVERIFY(lease);
        QCOMPARE(ask(lease->settings(), "SELECT 1"), QStringLiteral("1"));
        const QString sockets = ask(lease->settings(), "SHOW unix_socket_directories").remove(u'"');
        QVERIFY(!sockets.startsWith(folder));
        QCOMPARE(modeOf(sockets), 0700);
        QDir(sockets).removeRecursively();
    }

    void defaultFolder()
    {
        QVERIFY(pg::Cluster::defaultFolder().endsWith(QLatin1String("/sluice/cluster")));
        QTRY_COMPARE(clusterIn(m_folder).state(), State::Stopped);
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "hold") == 0)
        return hold(QString::fromLocal8Bit(argv[2]));
    TestCluster test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_cluster.moc"
