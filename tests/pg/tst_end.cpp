// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pool.h"

#include "support/server.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using base::Done;
using base::Result;

namespace
{
constexpr char childWord[] = "--end-with-work-under-way";

/// A program that ends while the work of a transaction still holds its pool. \a file is written by
/// what the work does last.
int endWithWorkUnderWay(const QString &url, const QString &file)
{
    auto pool = std::make_shared<pg::Pool>(pg::Settings{.url = url});
    pool->transaction(pg::Access::Read, [pool, file](pg::Transaction &t) -> Result<Done> {
        if (const auto page = t.run({.text = QStringLiteral("SELECT pg_sleep(0.2)")}); !page)
            return page.error();
        QFile written(file);
        if (written.open(QIODevice::WriteOnly))
            written.write("done");
        return Done{};
    });
    return 0;
}
} // namespace

/// What a program leaves running when it ends.
class TestEnd final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEndWaitsForWorkThatHoldsItsPool()
    {
        testsupport::Server server;
        QVERIFY2(server.error().isEmpty(), qPrintable(server.error()));
        const QString url = server.tcpUrl(server.createDatabase(QStringLiteral("end")));
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("written"));
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QLatin1String(childWord), url, file});
        QVERIFY(child.waitForFinished(60'000));
        QCOMPARE(child.exitStatus(), QProcess::NormalExit);
        QCOMPARE(child.exitCode(), 0);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), QByteArray("done"));
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 4 && words.at(1) == QLatin1String(childWord))
        return endWithWorkUnderWay(words.at(2), words.at(3));
    TestEnd test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_end.moc"
