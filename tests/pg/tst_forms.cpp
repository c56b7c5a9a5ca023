// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/diagnosis.h"
#include "pg/pool.h"

#include "base/receive.h"
#include "support/tlsserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using base::ErrorKind;

/// Every way to write a connection down, on a server with TLS.
class TestForms final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::TlsServer> m_server;
    QTemporaryDir m_folder;

    /// PORT, PASSWORD, SOCKET and the certificates' names replaced by what they are here.
    QString filledIn(QString text) const
    {
        text.replace(QStringLiteral("PORT"), QString::number(m_server->lease().port()));
        text.replace(QStringLiteral("PASSWORD"), m_server->password());
        text.replace(QStringLiteral("SOCKET"),
                     pg::target(m_server->lease().settings()).value().host);
        for (const char *name : {"authority.crt", "stranger.crt", "carl.crt", "carl.key"})
            text.replace(QLatin1String(name), m_server->file(name));
        return text;
    }

    QString write(const char *name, const char *text)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(filledIn(QString::fromUtf8(text)).toUtf8());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD"})
            qunsetenv(name);
        qputenv("HOME", m_folder.path().toUtf8()); // whose .postgresql holds certificates
        m_server = std::make_unique<testsupport::TlsServer>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        QTRY_COMPARE(m_server->value(QStringLiteral("SHOW ssl")), QStringLiteral("on"));
        qputenv("PGSERVICEFILE",
                write("services", "[here]\nhost=localhost\nport=PORT\nuser=sluice\n"
                                  "password=PASSWORD\ndbname=postgres\n"
                                  "[checked]\nhost=localhost\nport=PORT\nuser=sluice\n"
                                  "dbname=postgres\nsslmode=verify-full\n"
                                  "sslrootcert=authority.crt\n")
                    .toUtf8());
        qputenv("PGPASSFILE", write("passwords", "localhost:PORT:*:sluice:PASSWORD\n").toUtf8());
    }
    void cleanupTestCase() { m_server.reset(); }

    void connects_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("tls"); // what the server itself says
        const auto row = [](const char *name, const char *url, const char *tls,
                            const char *password = "") {
            QTest::newRow(name) << QString::fromLatin1(url) << QString::fromLatin1(password)
                                << QString::fromLatin1(tls);
        };
        row("URL", "postgres://sluice:PASSWORD@localhost:PORT/postgres", "t");
        row("password apart", "postgres://sluice@127.0.0.1:PORT/postgres", "t", "PASSWORD");
        row("it beats the URL's", "postgres://sluice:no@127.0.0.1:PORT/postgres", "t", "PASSWORD");
        row("key and value",
            "host=localhost port=PORT user=sluice dbname=postgres password='PASSWORD'", "t");
        row("key and value, password apart", "host=127.0.0.1 port=PORT user=sluice dbname=postgres",
            "t", "PASSWORD");
        row("service", "service=here", "t");
        row("service in a URL", "postgres:///template1?service=here", "t");
        row("service and password file", "service=checked", "t");
        row("password file", "postgres://sluice@localhost:PORT/postgres", "t");
        row("socket", "postgres://sluice:PASSWORD@/postgres?host=SOCKET&port=PORT", "f");
        row("socket, key and value", "host=SOCKET port=PORT user=sluice dbname=postgres", "f",
            "PASSWORD");
        row("disable", "postgres://sluice@localhost:PORT/postgres?sslmode=disable", "f");
        row("allow", "postgres://sluice@localhost:PORT/postgres?sslmode=allow", "f");
        row("prefer", "postgres://sluice@localhost:PORT/postgres?sslmode=prefer", "t");
        row("require", "postgres://sluice@localhost:PORT/postgres?sslmode=require", "t");
        row("verify-ca, another name",
            "postgres://sluice@127.0.0.1:PORT/postgres?sslmode=verify-ca&sslrootcert=authority.crt",
            "t", "PASSWORD");
        row("verify-full",
            "postgres://sluice@localhost:PORT/postgres?sslmode=verify-full"
            "&sslrootcert=authority.crt",
            "t");
        row("verify-full by another address",
            "host=localhost hostaddr=127.0.0.1 port=PORT user=sluice dbname=postgres "
            "sslmode=verify-full sslrootcert=authority.crt",
            "t");
        row("certificate instead of a password",
            "postgres://carl@127.0.0.1:PORT/postgres?sslmode=verify-ca&sslrootcert=authority.crt"
            "&sslcert=carl.crt&sslkey=carl.key",
            "t");
    }
    void connects()
    {
        QFETCH(QString, url);
        QFETCH(QString, password);
        pg::Pool pool({.url = filledIn(url), .password = filledIn(password)});
        const auto page = base::await(pool.run(
            {.text = QStringLiteral("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")}));
        QVERIFY2(page, page ? "" : qPrintable(base::toLine(page.error())));
        QTEST(page->text(0, 0), "tls");
    }

    void failsAt_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<pg::Step>("step");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *url, pg::Step step, const char *text) {
            QTest::newRow(name) << QString::fromLatin1(url) << step << QString::fromLatin1(text);
        };
        using pg::Step;
        row("verify-full, wrong name",
            "postgres://sluice:PASSWORD@127.0.0.1:PORT/postgres?sslmode=verify-full"
            "&sslrootcert=authority.crt",
            Step::Tls, "The encrypted connection (TLS) failed");
        row("verify-full, another authority",
            "postgres://sluice@localhost:PORT/postgres?sslmode=verify-full"
            "&sslrootcert=stranger.crt",
            Step::Tls, "The server's certificate is not from an authority you trust");
        row("verify-full, the system's authorities",
            "postgres://sluice@localhost:PORT/postgres?sslrootcert=system", Step::Tls,
            "The server's certificate is not from an authority you trust");
        row("verify-full, no authority",
            "postgres://sluice@localhost:PORT/postgres?sslmode=verify-full", Step::Tls,
            "The encrypted connection (TLS) failed");
        row("a certificate of somebody else",
            "postgres://other@127.0.0.1:PORT/postgres?sslmode=require&sslcert=carl.crt"
            "&sslkey=stranger.crt",
            Step::Tls, "The encrypted connection (TLS) failed");
        row("without the certificate that is wanted",
            "postgres://carl@127.0.0.1:PORT/postgres?sslmode=require", Step::Login,
            "The server refused the login");
        row("without the encryption that is wanted",
            "postgres://trusted@127.0.0.1:PORT/postgres?sslmode=disable", Step::Login,
            "The server refused the login");
        row("absent role, trusted", "postgres://nobody@127.0.0.1:PORT/postgres?sslmode=require",
            Step::Login, "The server refused the login");
        row("absent database", "postgres://trusted@127.0.0.1:PORT/nowhere?sslmode=require",
            Step::Database, "The database does not exist");
    }
    void failsAt()
    {
        QFETCH(QString, url);
        QFETCH(pg::Step, step);
        const auto diagnosis = base::await(pg::diagnose({.url = filledIn(url)}));
        QVERIFY2(diagnosis, diagnosis ? "" : qPrintable(base::toLine(diagnosis.error())));
        QVERIFY(!diagnosis->works());
        const QString line = base::toLine(*diagnosis->error);
        QVERIFY2(!line.contains(m_server->password()), qPrintable(line));
        for (const pg::StepResult &result : diagnosis->steps) {
            using State = pg::StepResult::State;
            if (result.step == step)
                QVERIFY2(result.state == State::Failed, qPrintable(line));
            else if (result.step > step)
                QVERIFY2(result.state == State::NotReached, qPrintable(line));
            else
                QVERIFY2(result.state == State::Done || result.state == State::Skipped,
                         qPrintable(line));
        }
        QTEST(diagnosis->error->text, "text");
        QVERIFY2(!diagnosis->error->hint.isEmpty(), qPrintable(line));
    }

    void saysWhatItFound()
    {
        const auto diagnosis =
            base::await(pg::diagnose({.url = QStringLiteral("service=checked")}));
        QVERIFY(diagnosis);
        QVERIFY(diagnosis->works());
        QVERIFY(diagnosis->at(pg::Step::Name)->found.contains(QLatin1String("127.0.0.1")));
        QVERIFY(diagnosis->at(pg::Step::Tls)
                    ->found.endsWith(QLatin1String("certificate and name checked")));
        QCOMPARE(diagnosis->at(pg::Step::Login)->found, QStringLiteral("as sluice"));
        QVERIFY(diagnosis->at(pg::Step::Database)
                    ->found.startsWith(QStringLiteral("postgres · PostgreSQL ")));
    }
};

Q_DECLARE_METATYPE(pg::Step)

QTEST_GUILESS_MAIN(TestForms)
#include "tst_forms.moc"
