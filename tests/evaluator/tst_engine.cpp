// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTemporaryFile>
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
    void parts_data();
    void parts();
    void builtIns_data();
    void builtIns();
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

Run run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {process.readAllStandardOutput(), "did not end by itself", -1};
    return {process.readAllStandardOutput(), process.readAllStandardError(), process.exitCode()};
}

/// A prelude in a file, whose function runs \a body as the file x.ts.
class Prelude
{
public:
    explicit Prelude(const QByteArray &body)
    {
        QByteArray source = body;
        source.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n");
        if (m_file.open())
            m_file.write(
                "(() => { const c = compile; for (const name of ['compile', 'trace', 'located', '"
                "calledFrom', 'ownPart']) "
                "delete globalThis[name]; return (request) => String(c('x.ts', '" +
                source + "')({}, undefined, undefined, request)); })()");
        m_file.close();
    }

    /// 64 MiB of heap, 256 of data.
    QStringList arguments(int seconds = 1) const
    {
        return {QStringLiteral("64"), QStringLiteral("256"), QString::number(seconds),
                m_file.fileName()};
    }

private:
    QTemporaryFile m_file;
};

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
    const Prelude prelude(body);
    const Run result = run(prelude.arguments(), "text");
    QVERIFY2(result.code == 0, result.errors.constData());
    QVERIFY2(result.output.contains(expected), result.output.constData());
}

void TestEngine::malformed_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no prelude") << QStringLiteral("64 256 2");
    QTest::newRow("no number") << QStringLiteral("64 256 2s /dev/null");
    QTest::newRow("no limit") << QStringLiteral("64 256 0 /dev/null");
    QTest::newRow("a prelude that is not there") << QStringLiteral("64 256 2 /none");
    QTest::newRow("an empty prelude") << QStringLiteral("64 256 2 /dev/null");
}

void TestEngine::malformed()
{
    QFETCH(QString, arguments);
    const Run result = run(arguments.split(u' ', Qt::SkipEmptyParts), "text");
    QCOMPARE(result.code, 2);
    QVERIFY(result.errors.contains("malformed"));
    QVERIFY(result.output.isEmpty());
}

void TestEngine::parts_data()
{
    QTest::addColumn<QByteArray>("bytecodeOf"); ///< what is compiled into a.jsc; none when empty
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("source") << QByteArray() << QByteArray("x! undefined");
    QTest::newRow("bytecode") << QByteArray("return __filename + '?'")
                              << QByteArray("x? undefined");
    QTest::newRow("bytecode of another engine")
        << QByteArray("garbage") << QByteArray("x! undefined");
}

/// Parts are what the command line names, and only that.
void TestEngine::parts()
{
    QFETCH(QByteArray, bytecodeOf);
    QFETCH(QByteArray, answer);
    const QTemporaryDir folder;
    const auto write = [&](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    };
    write(QStringLiteral("prelude.js"),
          "((part) => (request) => part('a')({}, 1, 2, 'x') + ' ' + part('b'))(ownPart)");
    write(QStringLiteral("a.js"), "return __filename + '!'");
    write(QStringLiteral("other.js"), bytecodeOf);
    const QString made = folder.filePath(QStringLiteral("a.jsc"));
    if (bytecodeOf == "garbage")
        write(QStringLiteral("a.jsc"), "garbage");
    else if (!bytecodeOf.isEmpty())
        QCOMPARE(run({QStringLiteral("--bytecode"), QStringLiteral("module"), QStringLiteral("a"),
                      folder.filePath(QStringLiteral("other.js")), made},
                     {})
                     .code,
                 0);
    const Run result = run({QStringLiteral("64"), QStringLiteral("256"), QStringLiteral("1"),
                            folder.filePath(QStringLiteral("prelude.js")),
                            QStringLiteral("a=") + folder.filePath(QStringLiteral("a.js"))},
                           "text");
    QCOMPARE(result.output, answer);
}

void TestEngine::builtIns_data()
{
    QTest::addColumn<QByteArray>("kept"); ///< in builtins.bin
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("builtins.bin"));
    QCOMPARE(run({QStringLiteral("--builtins"), file}, {}).code, 0);
    QFile made(file);
    QVERIFY(made.open(QIODevice::ReadOnly));
    const QByteArray kept = made.readAll();
    QVERIFY(kept.size() > 100'000);
    QTest::newRow("none") << QByteArray();
    QTest::newRow("made") << kept;
    QTest::newRow("of another engine") << QByteArray("garbage");
    QTest::newRow("of an older engine") << QByteArray(kept).replace("102.", "101.");
}

/// What the engine has of its own language is there, from a file or not.
void TestEngine::builtIns()
{
    QFETCH(QByteArray, kept);
    const QTemporaryDir folder;
    const auto write = [&](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    };
    if (!kept.isEmpty())
        write(QStringLiteral("builtins.bin"), kept);
    write(QStringLiteral("prelude.js"),
          "(() => (request) => [...request].map((c) => c + c).sort().join())()");
    const Run result = run({QStringLiteral("64"), QStringLiteral("256"), QStringLiteral("1"),
                            folder.filePath(QStringLiteral("prelude.js"))},
                           "text");
    QCOMPARE(result.output, QByteArray("ee,tt,tt,xx"));
}

void TestEngine::diesWithItsParent()
{
    const Prelude prelude("for (;;) {}");
    QProcess shell;
    // The evaluator takes the place of the inner shell, whose parent is the outer one.
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("cat | sh -c 'echo $$; exec %1 %2'; exit 0")
                                           .arg(program, prelude.arguments(60).join(u' '))});
    shell.write("text");
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
