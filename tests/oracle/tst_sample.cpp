// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "oracle/drizzlekit.h"
#include "pg/pool.h"
#include "session/samplefiles.h"
#include "support/server.h"

#include <QFile>
#include <QTest>

using testsupport::ProjectCopy;
using testsupport::ToolRun;

namespace
{

const QString sample = QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample");
const QString change = QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample-change");

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// The sample project, judged by the real drizzle-kit.
class TestSample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pristineIsInStep_data();
    void pristineIsInStep();
    void copyHasExactlyTheChange();
    void migrationsApply();

private:
    /// How many migrations drizzle-kit has noted in \a database, or the error's line.
    static QString applied(const pg::Settings &database);
};

QString TestSample::applied(const pg::Settings &database)
{
    pg::Pool pool(database);
    const auto page = base::await(
        pool.run({.text = QStringLiteral("SELECT count(*) FROM drizzle.__drizzle_migrations")}));
    return page ? page->text(0, 0) : base::toLine(page.error());
}

void TestSample::pristineIsInStep_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("answer");
    QTest::newRow("generate") << QStringLiteral("generate") << QStringLiteral("No schema changes");
    QTest::newRow("check") << QStringLiteral("check") << QStringLiteral("Everything's fine");
}

void TestSample::pristineIsInStep()
{
    QFETCH(QString, command);
    QFETCH(QString, answer);
    const ProjectCopy project(sample);
    QVERIFY(project.isValid());
    const ToolRun run = project.drizzleKit({command});
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.output.contains(answer), qPrintable(run.output));
}

void TestSample::copyHasExactlyTheChange()
{
    const ProjectCopy project(sample);
    QVERIFY(project.isValid());
    const auto applied = session::applySampleChange(change, project.path());
    QVERIFY2(applied.ok(), applied.ok() ? "" : qPrintable(base::toLine(applied.error())));

    const ToolRun run = project.drizzleKit(
        {QStringLiteral("generate"), QStringLiteral("--name"), QStringLiteral("payment_terms")});
    const QString migration =
        textOf(project.filePath(QStringLiteral("drizzle/0006_payment_terms.sql")));
    QVERIFY2(!migration.isEmpty(), qPrintable(run.output));
    QCOMPARE(migration,
             textOf(QStringLiteral(SLUICE_SOURCE_DIR "/tests/oracle/data/0006_payment_terms.sql")));

    const ToolRun again = project.drizzleKit({QStringLiteral("generate")});
    QVERIFY2(again.output.contains(QLatin1String("No schema changes")), qPrintable(again.output));
}

void TestSample::migrationsApply()
{
    testsupport::Server server;
    QVERIFY2(server.error().isEmpty(), qPrintable(server.error()));
    const pg::Settings database = server.createDatabase(QStringLiteral("oracle_sample"));
    const testsupport::Environment environment{
        {QStringLiteral("DATABASE_URL"), server.tcpUrl(database)}};
    const ProjectCopy project(sample);
    QVERIFY(project.isValid());

    const QStringList migrate{QStringLiteral("migrate")};
    QVERIFY2(project.drizzleKit(migrate, environment).exitCode == 0, qPrintable(applied(database)));
    QCOMPARE(applied(database), QStringLiteral("6"));

    QVERIFY(session::applySampleChange(change, project.path()).ok());
    (void)project.drizzleKit({QStringLiteral("generate")});
    (void)project.drizzleKit(migrate, environment);
    QCOMPARE(applied(database), QStringLiteral("7"));
}

QTEST_GUILESS_MAIN(TestSample)
#include "tst_sample.moc"
