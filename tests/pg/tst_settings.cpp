// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/settings.h"

#include <QTest>

class TestSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD"})
            qunsetenv(name);
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

    void refused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("empty") << QString();
        QTest::newRow("another scheme") << QStringLiteral("mysql://ann:s3cret@db/crm");
        QTest::newRow("@ in the password") << QStringLiteral("postgres://ann:s3@cret@db/crm");
        QTest::newRow("/ in the password") << QStringLiteral("postgres://ann:s3/cret@db/crm");
        QTest::newRow("? in the password") << QStringLiteral("postgres://ann:s3?cret@db/crm");
        QTest::newRow("bad escape") << QStringLiteral("postgres://ann:s3%zzcret@db/crm");
        QTest::newRow("a service") << QStringLiteral("postgres:///crm?service=s3cret");
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
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
