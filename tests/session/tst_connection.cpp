// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/connection.h"

#include <QtTest>

using session::Environment;

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void environment_data();
    void environment();
    void noUrlSaysWhatWasLookedFor();
};

void TestConnection::environment_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("localhost");
    QTest::addColumn<QString>("database");
    QTest::addColumn<int>("expected");
    const auto row = [](const char *name, const char *host, bool localhost, const char *database,
                        Environment e) {
        QTest::newRow(name) << QString::fromLatin1(host) << localhost
                            << QString::fromLatin1(database) << int(e);
    };
    row("this machine", "127.0.0.1", true, "acme", Environment::Local);
    row("this machine, whatever the name", "localhost", true, "acme_production",
        Environment::Local);
    row("production by host", "db.prod.acme.example", false, "acme", Environment::Production);
    row("production by database", "10.0.0.8", false, "acme_production", Environment::Production);
    row("production wins over staging", "staging.acme.example", false, "prod",
        Environment::Production);
    row("staging by host", "pg-staging-1.acme.example", false, "acme", Environment::Staging);
    row("preview is staging", "preview.acme.example", false, "acme", Environment::Staging);
    row("product is no production", "product-db.acme.example", false, "products",
        Environment::Remote);
    row("says nothing", "10.0.0.8", false, "acme", Environment::Remote);
}

void TestConnection::environment()
{
    QFETCH(QString, host);
    QFETCH(bool, localhost);
    QFETCH(QString, database);
    QTEST(int(session::environmentOf(host, localhost, database)), "expected");
}

void TestConnection::noUrlSaysWhatWasLookedFor()
{
    const base::Error error =
        session::noUrl(QStringLiteral("/home/ada/crm"),
                       {QStringLiteral("dbCredentials"), QStringLiteral("DATABASE_URL in .env")});
    QCOMPARE(base::toLine(error),
             QStringLiteral(
                 "The project names no database (/home/ada/crm): looked for dbCredentials, "
                 "DATABASE_URL in "
                 ".env; set DATABASE_URL in the project's .env file, or give --url postgres://…"));
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
