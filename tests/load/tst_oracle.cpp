// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/project.h"
#include "migrate/folder.h"
#include "oracle/drizzlekit.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

/// What we read is what the drizzle-kit command reads: the snapshots are equal, byte for byte.
class TestOracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void snapshots_data();
    void snapshots();
};

namespace
{

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// Two files whose names sort differently by bytes than by letters, and one in a folder below.
void addOrderFiles(const testsupport::ProjectCopy &project)
{
    for (const QByteArray name : {"b", "a_x", "a-y", "_u", "1", "aa", "a.b", "sub/q", "Zed/z"}) {
        QByteArray id = name;
        for (const char c : "-./")
            id.replace(c, '_');
        writeFile(project.filePath(QStringLiteral("many/%1.ts").arg(QString::fromUtf8(name))),
                  "import { pgTable, integer } from 'drizzle-orm/pg-core';\n"
                  "export const z" +
                      id + " = pgTable('z" + id +
                      "', { id: integer() });\n"
                      "export default pgTable('d" +
                      id +
                      "', { id: integer() });\n"
                      "export const a" +
                      id + " = pgTable('a" + id + "', { id: integer() });\n");
    }
}

} // namespace

void TestOracle::snapshots_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("casing");
    QTest::newRow("everything") << QByteArray("'./schema/index.ts'") << QByteArray("undefined");
    QTest::newRow("everything, snake_case")
        << QByteArray("'./schema/index.ts'") << QByteArray("'snake_case'");
    QTest::newRow("everything, camelCase")
        << QByteArray("'./schema/index.ts'") << QByteArray("'camelCase'");
    QTest::newRow("a folder") << QByteArray("'./many'") << QByteArray("undefined");
    QTest::newRow("a glob") << QByteArray("'./many/*.ts'") << QByteArray("undefined");
    QTest::newRow("stars beside letters")
        << QByteArray("'./many/**.ts'") << QByteArray("undefined");
    QTest::newRow("a deep glob") << QByteArray("'./many/**/*.ts'") << QByteArray("undefined");
    QTest::newRow("all below") << QByteArray("'./many/**'") << QByteArray("undefined");
    QTest::newRow("a list with braces and a class")
        << QByteArray("['./many/{b,a}*.ts', 'many/[!a]*.ts', './many']") << QByteArray("undefined");
}

void TestOracle::snapshots()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, casing);
    const testsupport::ProjectCopy project(
        QStringLiteral(SLUICE_SOURCE_DIR "/tests/load/data/rich"));
    QVERIFY(project.isValid());
    addOrderFiles(project);
    writeFile(project.filePath(QStringLiteral("drizzle.config.ts")),
              "import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({ dialect: "
              "'postgresql', out: './out', schema: " +
                  schema + ", casing: " + casing + " });\n");

    const auto run = project.drizzleKit({QStringLiteral("generate")});
    const QByteArray expected =
        readFile(project.filePath(QStringLiteral("out/meta/0000_snapshot.json")));
    QVERIFY2(!expected.isEmpty(), qPrintable(run.output));

    const auto code = base::await(
        load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), project.path()));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    const QJsonObject ids = QJsonDocument::fromJson(expected).object();
    const QByteArray ours =
        migrate::writeSnapshot(code->schema, ids.value(QStringLiteral("id")).toString(),
                               ids.value(QStringLiteral("prevId")).toString());
    const auto expectedLines = expected.split('\n'), ourLines = ours.split('\n');
    for (qsizetype i = 0; i < std::min(expectedLines.size(), ourLines.size()); ++i)
        QCOMPARE(ourLines.at(i), expectedLines.at(i));
    QCOMPARE(ours.size(), expected.size());
}

QTEST_GUILESS_MAIN(TestOracle)
#include "tst_oracle.moc"
