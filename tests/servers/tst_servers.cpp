// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/servers.h"

#include "base/receive.h"

#include <QTest>

class TestServers final : public QObject
{
    Q_OBJECT

    testsupport::Servers m_servers;

private Q_SLOTS:
    void answers_data()
    {
        QTest::addColumn<int>("version");
        for (const int version : testsupport::Servers::versions())
            QTest::newRow(qPrintable(QString::number(version))) << version;
    }
    void answers()
    {
        QFETCH(int, version);
        testsupport::VersionedServer *server = m_servers.version(version);
        if (!server)
            QSKIP("PostgreSQL of this version is not on this machine");
        QCOMPARE(m_servers.version(version), server);
        pg::Pool pool(server->createDatabase(QStringLiteral("one"),
                                             "CREATE EXTENSION citext; CREATE TABLE a (b citext)"));
        const auto page = base::await(pool.run(
            {QStringLiteral("SELECT current_setting('server_version_num')::int / 10000"), {}}));
        QVERIFY2(page.ok(), page ? "" : qPrintable(base::toLine(page.error())));
        QCOMPARE(page->text(0, 0), QString::number(version));
    }
};

QTEST_GUILESS_MAIN(TestServers)
#include "tst_servers.moc"
