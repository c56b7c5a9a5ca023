// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/environment.h"
#include "load/sourcemap.h"

#include <QTest>

/// The small formats that loading reads: environment files and source maps.
class TestParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void environmentFiles_data();
    void environmentFiles();
    void sourceMaps_data();
    void sourceMaps();
};

void TestParts::environmentFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const QByteArray &text, const char *value) {
        QTest::newRow(name) << text << QString::fromUtf8(value);
    };
    row("plain", "A=b", "b");
    row("spaces", "  A = b c  ", "b c");
    row("export", "export A=b", "b");
    row("comment behind", "A=b # c", "b");
    row("hash inside", "A=b#c", "b#c");
    row("double quotes", "A=\"b # \\n c\" # d", "b # \n c");
    row("single quotes", "A='b\\n'", "b\\n");
    row("back quotes", "A=`b'c`", "b'c");
    row("empty", "A=", "");
    row("equals inside", "A=postgres://h/d?x=y", "postgres://h/d?x=y");
    row("the last one counts", "A=b\r\nA=c\r\n", "c");
    row("commented out", "#A=b", "");
}

void TestParts::environmentFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, value);
    QCOMPARE(load::parseEnvironmentFile(text).value(QStringLiteral("A")), value);
}

void TestParts::sourceMaps_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("sourceLine");
    QTest::addColumn<int>("sourceColumn");
    // AAAA: column 0 → 1:1; CACC: column 1 → 2:2; then a line without any, then gBADD: column 16 →
    // 1:1.
    QTest::newRow("start") << 1 << 1 << 1 << 1;
    QTest::newRow("second segment") << 1 << 2 << 2 << 2;
    QTest::newRow("behind the second") << 1 << 99 << 2 << 2;
    QTest::newRow("a line that is not mapped") << 2 << 1 << 0 << 0;
    QTest::newRow("continues from the line before") << 3 << 17 << 1 << 1;
    QTest::newRow("before the first segment") << 3 << 1 << 1 << 1;
    QTest::newRow("behind the end") << 4 << 1 << 0 << 0;
    QTest::newRow("no line") << 0 << 0 << 0 << 0;
}

void TestParts::sourceMaps()
{
    QFETCH(int, line);
    QFETCH(int, column);
    const auto map = load::SourceMap::parse("{\"version\":3,\"mappings\":\"AAAA,CACC;;gBADD\"}");
    const load::SourceMap::Position position = map.lookUp(line, column);
    QTEST(position.line, "sourceLine");
    QTEST(position.column, "sourceColumn");
    QCOMPARE(load::SourceMap::parse("no map").lookUp(line, column), load::SourceMap::Position{});
}

QTEST_GUILESS_MAIN(TestParts)
#include "tst_parts.moc"
