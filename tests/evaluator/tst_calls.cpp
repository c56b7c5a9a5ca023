// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

/// What the kernel sees of an evaluation, by strace: once the sandbox is closed, and before the
/// first byte of the project is read, nothing is opened, connected or started any more.
class TestCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void afterTheStart_data();
    void afterTheStart();
};

namespace
{

const QString share = QStringLiteral(SLUICE_BUILD_DIR "/share/sluice/evaluator/");

/// The system calls of an evaluation of \a code, in their order: "openat(AT_FDCWD, …".
QStringList callsOf(const QByteArray &code)
{
    const QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("calls"));
    QProcess strace;
    strace.start(QStringLiteral("strace"),
                 {QStringLiteral("-f"), QStringLiteral("-qq"), QStringLiteral("-o"), log,
                  QStringLiteral(SLUICE_BUILD_DIR "/libexec/sluice/sluice-evaluator"),
                  QStringLiteral("512"), QStringLiteral("1024"), QStringLiteral("6"),
                  share + QStringLiteral("prelude.js"),
                  QStringLiteral("web=") + share + QStringLiteral("web.js"),
                  QStringLiteral("drizzle=") + share + QStringLiteral("drizzle.js")});
    QByteArray text = code;
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    strace.write(R"({"mode":"schema","entries":["a.js"],"modules":{"a.js":")" + text +
                 R"("},"helpers":"","resolutions":{"a.js":{}},"root":"/project",)"
                 R"("environment":{},"environmentFiles":{},"casing":""})");
    strace.closeWriteChannel();
    if (!strace.waitForFinished(60'000))
        return {};
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList calls;
    static const QRegularExpression call(QStringLiteral("^\\d+ +(\\w+\\(.*)$"));
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (const auto match = call.match(line); match.hasMatch())
            calls.append(match.captured(1));
    }
    return calls;
}

} // namespace

void TestCalls::afterTheStart_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("a table") << QByteArray(
        "const { pgTable, text } = require('drizzle-orm/pg-core');\n"
        "exports.a = pgTable('a', { x: text() });");
    QTest::newRow("what asks for the world") << QByteArray(
        "const fs = require('fs'); fs.writeFileSync('/tmp/x', 'y'); "
        "fs.readFileSync('/etc/passwd');\n"
        "require('node:net').connect(80, 'localhost'); require('child_process').execSync('true');\n"
        "try { fetch('http://localhost'); new Function('return process')().exit(1) } catch {}\n"
        "const { pgTable, text } = require('drizzle-orm/pg-core');\n"
        "exports.a = pgTable('a', { x: text() });");
    QTest::newRow("an error") << QByteArray("throw new Error('no')");
}

void TestCalls::afterTheStart()
{
    QFETCH(QByteArray, code);
    const QStringList calls = callsOf(code);
    const qsizetype closed = calls.lastIndexOf(
        QRegularExpression(QStringLiteral("^seccomp\\(SECCOMP_SET_MODE_FILTER.*")));
    QVERIFY2(closed > 0, qPrintable(calls.mid(0, 5).join(u'\n')));
    QVERIFY(calls.filter(QStringLiteral("openat(")).size() > 3); // before: the log does tell
    static const QRegularExpression harmless(QStringLiteral(
        "^(read\\(0,|write\\([12],|mmap\\((NULL|0x[0-9a-f]+), \\d+, [A-Z_|]+, [A-Z_|]+, -1, 0\\)|"
        "(munmap|mremap|mprotect|madvise|brk|futex|getrandom|rt_sig\\w+|clock_\\w+|gettimeofday|"
        "sched_yield|getpid|gettid|getrusage|close|exit|exit_group|restart_syscall)\\()"));
    QStringList others;
    for (const QString &call : calls.sliced(closed + 1)) {
        if (!harmless.match(call).hasMatch())
            others.append(call);
    }
    QCOMPARE(others, QStringList());
    QVERIFY(!calls.sliced(closed + 1).filter(QStringLiteral("read(0,")).isEmpty());
    QVERIFY(calls.first(closed).filter(QStringLiteral("read(0,")).isEmpty());
}

QTEST_GUILESS_MAIN(TestCalls)
#include "tst_calls.moc"
