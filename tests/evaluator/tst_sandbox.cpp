// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/sandbox.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

/// Attempts from inside: a child enters the sandbox, tries one thing, and its end tells what the
/// kernel said.
class TestSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attempts_data();
    void attempts();
    void holdsForOtherThreads();
    void memoryIsLimited();
    void limitsOfTheParent_data();
    void limitsOfTheParent();
    void endsWithoutReader();
};

namespace
{

constexpr int done = 42; ///< the attempt succeeded

using Attempt = int (*)();

/// errno of a call that failed, done of one that did not.
int outcome(long result)
{
    return result < 0 ? errno : done;
}

int openFile()
{
    return outcome(open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}
int createFile()
{
    return outcome(open("/tmp/sluice-sandbox-test", O_WRONLY | O_CREAT, 0600));
}
int listFolder()
{
    return outcome(open("/", O_RDONLY | O_DIRECTORY));
}
int removeFile()
{
    return outcome(unlink("/tmp/sluice-sandbox-test"));
}
int readInput()
{
    char byte = 0;
    return outcome(read(STDERR_FILENO, &byte, 1));
}
int makeSocket()
{
    return outcome(socket(AF_INET, SOCK_STREAM, 0));
}
int makeProcess()
{
    return outcome(fork());
}
int runProgram()
{
    char *const none[] = {nullptr};
    return outcome(execve("/bin/true", none, none));
}
int signalParent()
{
    return outcome(kill(getppid(), 0));
}
int executableMemory()
{
    return mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) == MAP_FAILED
               ? errno
               : done;
}
int plainMemory()
{
    return mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                   MAP_FAILED
               ? errno
               : done;
}
int writeOutput()
{
    return outcome(write(STDERR_FILENO, "", 0));
}

/// waitpid's status of a child that entered the sandbox and made \a attempt.
int statusOf(Attempt attempt, bool sandboxed)
{
    const pid_t child = fork();
    if (child == 0) {
        if (!evaluator::applyLimits({}) || (sandboxed && !evaluator::enterSandbox()))
            _exit(99);
        _exit(attempt());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

QString described(int status)
{
    if (WIFSIGNALED(status))
        return QStringLiteral("signal %1").arg(WTERMSIG(status));
    return WEXITSTATUS(status) == done ? QStringLiteral("done")
                                       : QStringLiteral("error %1").arg(WEXITSTATUS(status));
}

} // namespace

Q_DECLARE_METATYPE(Attempt)

void TestSandbox::attempts_data()
{
    QTest::addColumn<Attempt>("attempt");
    QTest::addColumn<QString>("expected");
    const QString denied = QStringLiteral("error %1").arg(EPERM);
    const QString killed = QStringLiteral("signal %1").arg(SIGSYS);
    QTest::newRow("open a file") << Attempt(openFile) << denied;
    QTest::newRow("create a file") << Attempt(createFile) << denied;
    QTest::newRow("list a folder") << Attempt(listFolder) << denied;
    QTest::newRow("remove a file") << Attempt(removeFile) << denied;
    QTest::newRow("read anything but standard input") << Attempt(readInput) << denied;
    QTest::newRow("make a socket") << Attempt(makeSocket) << killed;
    QTest::newRow("make a process") << Attempt(makeProcess) << killed;
    QTest::newRow("run a program") << Attempt(runProgram) << killed;
    QTest::newRow("signal the parent") << Attempt(signalParent) << killed;
    QTest::newRow("executable memory") << Attempt(executableMemory) << denied;
    QTest::newRow("plain memory") << Attempt(plainMemory) << QStringLiteral("done");
    QTest::newRow("write") << Attempt(writeOutput) << QStringLiteral("done");
}

void TestSandbox::attempts()
{
    QFETCH(Attempt, attempt);
    QFETCH(QString, expected);
    QCOMPARE(described(statusOf(attempt, true)), expected);
    // The same without the sandbox, so that a refusal is known to be the sandbox's.
    if (attempt != readInput && attempt != runProgram && attempt != makeProcess &&
        attempt != removeFile)
        QCOMPARE(described(statusOf(attempt, false)), QStringLiteral("done"));
}

void TestSandbox::holdsForOtherThreads()
{
    // The thread is there before; the filter reaches it all the same.
    const pid_t child = fork();
    if (child == 0) {
        std::atomic<bool> started = false, closed = false;
        int seen = 0;
        std::thread other([&] {
            started = true;
            while (!closed)
                std::this_thread::yield();
            seen = openFile();
        });
        while (!started)
            std::this_thread::yield();
        closed = evaluator::enterSandbox();
        if (!closed)
            _exit(99);
        other.join();
        _exit(seen);
    }
    int other = 0;
    waitpid(child, &other, 0);
    QCOMPARE(described(other), QStringLiteral("error %1").arg(EPERM));
}

void TestSandbox::memoryIsLimited()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("A sanitizer's shadow memory needs more than any limit");
#endif
    const pid_t child = fork();
    if (child == 0) {
        if (!evaluator::applyLimits({.dataMiB = 64}))
            _exit(99);
        _exit(std::malloc(std::size_t(128) << 20) ? done : ENOMEM);
    }
    int status = 0;
    waitpid(child, &status, 0);
    QCOMPARE(described(status), QStringLiteral("error %1").arg(ENOMEM));
}

void TestSandbox::limitsOfTheParent_data()
{
    QTest::addColumn<int>("resource");
    QTest::addColumn<quint64>("hard");
    QTest::newRow("processor time") << int(RLIMIT_CPU) << quint64(5);
    QTest::newRow("data") << int(RLIMIT_DATA) << (quint64(512) << 20);
    QTest::newRow("file size") << int(RLIMIT_FSIZE) << (quint64(1) << 20);
}

/// Where ulimit allows less than we would, that is the limit.
void TestSandbox::limitsOfTheParent()
{
    QFETCH(int, resource);
    QFETCH(quint64, hard);
    const pid_t child = fork();
    if (child == 0) {
        // Root may raise limits; nobody else.
        const rlimit limits{hard, hard};
        if (setrlimit(__rlimit_resource_t(resource), &limits) != 0 ||
            (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0))
            _exit(98);
        _exit(evaluator::applyLimits({}) ? done : 99);
    }
    int status = 0;
    waitpid(child, &status, 0);
    QCOMPARE(described(status), QStringLiteral("done"));
}

void TestSandbox::endsWithoutReader()
{
    int ends[2];
    QVERIFY(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        const bool read = evaluator::applyLimits({});
        close(ends[0]);
        // Until the parent has closed its end too there still is a reader: POLLERR says there is
        // none.
        pollfd output{STDOUT_FILENO, 0, 0};
        poll(&output, 1, -1);
        _exit(read && !evaluator::applyLimits({}) ? done : 99);
    }
    close(ends[0]); // the child still reads for itself
    close(ends[1]);
    int status = 0;
    waitpid(child, &status, 0);
    QCOMPARE(described(status), QStringLiteral("done"));
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
