// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/address.h"
#include "pg/connectoptions.h"
#include "pg/settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TestSettings final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name :
             {"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE"})
            qunsetenv(name);
        QFile services(m_folder.filePath(QStringLiteral("services")));
        QVERIFY(services.open(QIODevice::WriteOnly));
        services.write("[far]\nhost=db.prod.example.com\nport=6000\nuser=eva\ndbname=books\n"
                       "password=s3cret\n\n[near]\nhost=/run/pg\ndbname=books\nuser=eva\n");
        qputenv("PGSERVICEFILE", services.fileName().toUtf8());
    }

    void target_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("display");
        QTest::addColumn<bool>("localhost");
        const auto row = [](const char *name, const char *url, const char *display,
                            bool localhost) {
            QTest::newRow(name) << QString::fromLatin1(url) << QString::fromLatin1(display)
                                << localhost;
        };
        row("full", "postgres://ann:s3cret@db.example.com:6543/crm", "ann@db.example.com:6543/crm",
            false);
        row("no port", "postgresql://ann:s3cret@localhost/crm", "ann@localhost:5432/crm", true);
        row("loopback address", "postgres://ann@127.0.0.1/crm", "ann@127.0.0.1:5432/crm", true);
        row("127 in a name", "postgres://ann@127.0.0.evil/crm", "ann@127.0.0.evil:5432/crm", false);
        row("six", "postgres://ann@[::1]:5433/crm", "ann@[::1]:5433/crm", true);
        row("socket", "postgres://ann:s3cret@/crm?host=%2Frun%2Fpg&port=5433",
            "ann@/run/pg:5433/crm", true);
        row("one host of two is far", "postgres://ann@localhost,far/crm",
            "ann@localhost,far:5432/crm", false);
        row("keywords", "host=db user=ann password=s3cret dbname=crm", "ann@db:5432/crm", false);
        row("another driver's parameter", "postgres://ann@db/crm?schema=public&sslmode=require",
            "ann@db:5432/crm", false);
        row("only such", "postgres://ann@db/crm?pgbouncer=true", "ann@db:5432/crm", false);
        row("node's ssl mode", "postgres://ann@db/crm?sslmode=no-verify", "ann@db:5432/crm", false);
        row("the address beats the name", "postgres://ann@localhost/crm?hostaddr=10.1.2.3",
            "ann@10.1.2.3:5432/crm", false);
        row("a near address", "postgres://ann@db/crm?hostaddr=127.0.0.1", "ann@127.0.0.1:5432/crm",
            true);
        row("a service", "service=far", "eva@db.prod.example.com:6000/books", false);
        row("a service in a URL", "postgres://ann@/crm?service=far",
            "ann@db.prod.example.com:6000/crm", false);
        row("a near service", "service=near", "eva@/run/pg:5432/books", true);
        row("a service, with another database", "service=near dbname=crm", "eva@/run/pg:5432/crm",
            true);
        row("no host is the socket", "user=ann dbname=crm", "ann@/var/run/postgresql:5432/crm",
            true);
        row("no database is the user's", "postgres://ann@db", "ann@db:5432/ann", false);
        row("escaped password", "postgres://ann:s3%40cret%2F@db/crm", "ann@db:5432/crm", false);
    }
    void target()
    {
        QFETCH(QString, url);
        const base::Result<pg::Target> target = pg::target({.url = url});
        QVERIFY2(target.ok(), target ? "" : qPrintable(base::toLine(target.error())));
        QTEST(target->display(), "display");
        QTEST(target->isLocalhost(), "localhost");
    }

    void environment()
    {
        qputenv("PGSERVICE", "far");
        const base::Result<pg::Target> target =
            pg::target({.url = QStringLiteral("postgres://ann@/crm")});
        qunsetenv("PGSERVICE");
        QVERIFY(target);
        QCOMPARE(target->display(), QStringLiteral("ann@db.prod.example.com:6000/crm"));
    }

    void unknownService()
    {
        const base::Result<pg::Target> target =
            pg::target({.url = QStringLiteral("service=nowhere password=s3cret")});
        QVERIFY(!target);
        QCOMPARE(target.error().kind, base::ErrorKind::NotFound);
        QCOMPARE(target.error().where, QStringLiteral("nowhere"));
        QVERIFY(!base::toLine(target.error()).contains(QLatin1String("cret")));
    }

    /// Taken apart and put together as a URL, it is the same connection.
    void parts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        const auto row = [](const char *text, const char *url) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(url);
        };
        row("postgres://ann:s3%40cret@db:6543/crm", "postgres://ann:s3%40cret@db:6543/crm");
        row("host=db user='a n' password=\"x\" dbname=c%m", "postgres://a%20n:%22x%22@db/c%25m");
        row("postgres://ann@[::1]:5433/crm", "postgres://ann@[::1]:5433/crm");
        row("postgres://a:1,b/crm", "postgres://a:1,b/crm");
        row("host=a,b port=7", "postgres://a:7,b:7");
        row("host=/run/pg port=5433 dbname=crm", "postgres:///crm?host=/run/pg&port=5433");
        row("service=far", "postgres:///?service=far");
        row("postgres://ann@db/crm?schema=public&sslmode=verify-full&sslrootcert=/a%20b",
            "postgres://ann@db/crm?sslmode=verify-full&sslrootcert=/a%20b");
        row("postgres://ann@db/crm?ssl=true", "postgres://ann@db/crm?sslmode=require");
    }
    void parts()
    {
        QFETCH(QString, text);
        const std::optional<pg::Parts> parts = pg::partsOf(text);
        QVERIFY(parts);
        QTEST(pg::urlOf(*parts), "url");
        auto again = pg::partsOf(pg::urlOf(*parts));
        if (text.contains(QLatin1String("port=7"))) // one port for all, said for each
            again->insert(QStringLiteral("port"), QStringLiteral("7"));
        QCOMPARE(again.value(), *parts);
        QVERIFY(!pg::partsOf(QStringLiteral("postgres://ann:s3/cret@db/crm")));
        QVERIFY(!pg::partsOf(QStringLiteral("nonsense")));
    }

    void refused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("empty") << QString();
        QTest::newRow("another scheme") << QStringLiteral("mysql://ann:s3cret@db/crm");
        QTest::newRow("@ in the password") << QStringLiteral("postgres://ann:s3@cret@db/crm");
        QTest::newRow("/ in the password") << QStringLiteral("postgres://ann:s3/cret@db/crm");
        QTest::newRow("? in the password") << QStringLiteral("postgres://ann:s3?cret@db/crm");
        QTest::newRow("bad escape") << QStringLiteral("postgres://ann:s3%zzcret@db/crm");
        QTest::newRow("an unknown sslmode")
            << QStringLiteral("postgres://ann:s3cret@db/crm?sslmode=maybe");
        QTest::newRow("a port that is none") << QStringLiteral("postgres://ann:s3cret@db:x9/crm");
        QTest::newRow("a port too high") << QStringLiteral("postgres://ann:s3cret@db:70000/crm");
        QTest::newRow("a word") << QStringLiteral("s3cret");
    }
    void refused()
    {
        QFETCH(QString, url);
        const base::Result<pg::Target> target = pg::target({.url = url});
        QVERIFY(!target.ok());
        QCOMPARE(target.error().kind, base::ErrorKind::InvalidInput);
        const QString line = base::toLine(target.error());
        QVERIFY2(!line.contains(QLatin1String("cret")) && !line.contains(QLatin1String("s3")),
                 qPrintable(line));
        QVERIFY(!target.error().hint.isEmpty());
    }

    /// Its certificate bears the name that was given, whatever the address beside it and the way.
    void nameThroughATunnel()
    {
        const auto options = pg::connectOptions(
            {.url = QStringLiteral("host=db.example.com hostaddr=10.1.2.3 user=ann dbname=crm"),
             .ssh = QStringLiteral("ann@gate")},
            5500);
        QVERIFY(options);
        const auto last = [&](const QByteArray &keyword) {
            QByteArray value;
            for (const auto &[name, given] : options->given) {
                if (name == keyword)
                    value = given;
            }
            return value;
        };
        QCOMPARE(last("host"), QByteArray("db.example.com"));
        QCOMPARE(last("hostaddr"), QByteArray("127.0.0.1"));
        QCOMPARE(last("port"), QByteArray("5500"));
        QCOMPARE(options->target.host, QStringLiteral("10.1.2.3")); // where the tunnel leads
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
