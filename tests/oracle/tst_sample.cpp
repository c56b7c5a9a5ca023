// SPDX-License-Identifier: GPL-3.0-or-later
#include "oracle/drizzlekit.h"
#include "session/samplefiles.h"

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
};

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

QTEST_GUILESS_MAIN(TestSample)
#include "tst_sample.moc"
