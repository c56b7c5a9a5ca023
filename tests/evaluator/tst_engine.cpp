// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QTest>

/// The program itself, with small preludes and small limits.
class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void malformed_data();
    void malformed();
    void diesWithItsParent();
};

namespace
{

const QString program = QStringLiteral(SLUICE_BUILD_DIR "/libexec/sluice/sluice-evaluator");

struct Run {
    QByteArray output;
    QByteArray errors;
    int code = -1;
};

Run run(const QByteArray &input)
{
    QProcess process;
    process.start(program, QStringList());
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {process.readAllStandardOutput(), "did not end by itself", -1};
    return {process.readAllStandardOutput(), process.readAllStandardError(), process.exitCode()};
}

/// A message whose function runs \a body as the file x.ts.
QByteArray message(const QByteArray &body)
{
    QByteArray source = body;
    source.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n");
    const QByteArray prelude =
        "(() => { const c = compile; delete globalThis.compile; delete globalThis.trace;"
        "return (request) => String(c('x.ts', '" +
        source + "')({}, undefined, undefined, request)); })()";
    return "sluice-evaluator 1 " + QByteArray::number(prelude.size()) + " 4 64 256 1\n" + prelude +
           "text";
}

} // namespace

void TestEngine::answers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("the request arrives")
        << QByteArray("return __filename + '!'") << QByteArray("text!");
    QTest::newRow("line numbers are the source's")
        << QByteArray("\n\nreturn new Error().stack.split('\\n')[0].split(':')[1]")
        << QByteArray("3");
    QTest::newRow("no way out")
        << QByteArray(
               "return ['require', 'process', 'load', 'read', 'print', 'os', 'fetch', 'compile', "
               "'Worker', 'WebAssembly'].filter((name) => name in globalThis).join() || 'none'")
        << QByteArray("none");
    QTest::newRow("endless loop") << QByteArray("\nfor (;;) {}")
                                  << QByteArray("\"failure\":\"time\"");
    QTest::newRow("endless loop has a place")
        << QByteArray("let i = 0;\nwhile (true) {\n  i += 1;\n}") << QByteArray("@x.ts:2:");
    QTest::newRow("endless loop that catches")
        << QByteArray("for (;;) { try { for (;;) {} } catch {} finally { continue } }")
        << QByteArray("\"failure\":\"time\"");
    QTest::newRow("endless matching") << QByteArray("return /^(a+)+$/.test('a'.repeat(50) + 'b')")
                                      << QByteArray("\"failure\":\"time\"");
    QTest::newRow("objects without end") << QByteArray("\nconst a = []; for (;;) a.push({ x: 1 })")
                                         << QByteArray("\"failure\":\"memory\"");
    QTest::newRow("typed arrays without end")
        << QByteArray("const a = []; for (;;) a.push(new Uint8Array(16777216))")
        << QByteArray("\"failure\":\"memory\"");
    QTest::newRow("strings without end")
        << QByteArray("const a = []; let s = 'ab'.repeat(4000000); for (let i = 0;; ++i) "
                      "a.push(Array.from(s + i).join('-'))")
        << QByteArray("\"failure\":");
    QTest::newRow("endless recursion")
        << QByteArray("return (function f() { try { f() } catch (e) { throw e } })()")
        << QByteArray("too much recursion");
    QTest::newRow("throws") << QByteArray("throw new TypeError('no')")
                            << QByteArray("TypeError: no");
}

void TestEngine::answers()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const Run result = run(message(body));
    QVERIFY2(result.code == 0, result.errors.constData());
    QVERIFY2(result.output.contains(expected), result.output.constData());
}

void TestEngine::malformed_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no line") << QByteArray("sluice-evaluator 1 1 1 1 1 1");
    QTest::newRow("another version") << QByteArray("sluice-evaluator 2 1 1 64 256 2\nab");
    QTest::newRow("cut") << QByteArray("sluice-evaluator 1 10 10 64 256 2\nab");
    QTest::newRow("sizes beyond reason")
        << QByteArray("sluice-evaluator 1 18446744073709551615 3 64 256 2\nab");
}

void TestEngine::malformed()
{
    QFETCH(QByteArray, input);
    const Run result = run(input);
    QCOMPARE(result.code, 2);
    QVERIFY(result.errors.contains("malformed"));
    QVERIFY(result.output.isEmpty());
}

void TestEngine::diesWithItsParent()
{
    QByteArray input = message("for (;;) {}");
    input.replace(" 256 1\n", " 256 60\n");
    QProcess shell;
    // The evaluator takes the place of the inner shell, whose parent is the outer one.
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"),
                 QStringLiteral("cat | sh -c 'echo $$; exec %1'; exit 0").arg(program)});
    shell.write(input);
    shell.closeWriteChannel();
    QTRY_VERIFY(shell.canReadLine());
    const QString stat = QStringLiteral("/proc/%1/stat").arg(shell.readLine().trimmed().toInt());
    const auto state = [&] {
        QFile file(stat);
        const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return text.mid(text.lastIndexOf(')') + 2, 1);
    };
    QTRY_COMPARE(state(), QByteArray("R"));
    shell.kill();
    QVERIFY(shell.waitForFinished());
    QTRY_VERIFY(state().isEmpty() || state() == "Z" || state() == "X");
}

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
