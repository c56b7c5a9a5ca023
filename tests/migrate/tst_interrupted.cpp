// SPDX-License-Identifier: GPL-3.0-or-later
#include "folders.h"
#include "migrate/examine.h"
#include "migrate/renames.h"
#include "migrate/reverse.h"

#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

namespace
{
constexpr const char *noAnswers = "{\"version\":1}";

/// Two migrations at once with a script beside them, as the test's other self does it.
base::Result<QList<migrate::Migration>> writeTwo(const QString &path, bool nested)
{
    migrate::Folder folder = *migrate::readFolder(path);
    if (nested)
        folder.layout = migrate::Layout::Folders;
    migrate::Step first = folders::step(folder, QStringLiteral("c"));
    migrate::Step second = folders::step(folder, QStringLiteral("d"));
    second.after.tables = first.after.tables;
    second.after.tables << folders::oneTable(QStringLiteral("d"));
    first.reverse = {{.sql = QStringLiteral("DROP TABLE \"c\";"), .loss = QStringLiteral("rows")}};
    return migrate::writeMigrations(
        folder, {first, second},
        {.answers =
             nested ? migrate::RenameAnswers()
                    : migrate::RenameAnswers{*migrate::parseAnswer(QStringLiteral("table:x=c"))}});
}

struct Outcome {
    bool killed = false;
    int code = 0;
};

/// The test's other self under strace with \a injection into one kind of system call.
Outcome writeUnder(const QString &injection, const QString &path,
                   const QString &what = QStringLiteral("write"))
{
    QProcess strace;
    strace.start(QStringLiteral("strace"),
                 {QStringLiteral("-f"), QStringLiteral("-qq"), QStringLiteral("-o"),
                  QStringLiteral("/dev/null"), QStringLiteral("-e"),
                  QStringLiteral("inject=") + injection, QCoreApplication::applicationFilePath(),
                  what, path});
    strace.waitForFinished(30'000);
    return {strace.exitStatus() == QProcess::CrashExit, strace.exitCode()};
}

void prepare(const QString &path)
{
    folders::generate(path, QStringLiteral("a"));
    folders::generate(path, QStringLiteral("b"));
    folders::put(path + QStringLiteral("/meta/_sluice.json"), noAnswers);
}
} // namespace

/// What is left of a write that is killed, runs out of space or meets another one.
class TestInterrupted : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killed_data();
    void killed();
    void killedWithoutJournal_data();
    void killedWithoutJournal();
    void fails_data();
    void fails();
    void tooLarge();
    void twoAtOnce();
    void withoutExchange();
    void reverseScripts();
    void reverseAsText();
};

void TestInterrupted::killed_data()
{
    QTest::addColumn<QString>("call");
    for (const char *call : {"mkdir", "link", "fsync", "renameat2", "unlink,unlinkat,rmdir"})
        QTest::newRow(call) << QString::fromLatin1(call);
}

void TestInterrupted::killed()
{
    QFETCH(QString, call);
    int kills = 0;
    for (int when = 1; when < 60; ++when) {
        QTemporaryDir project;
        const QString path = project.filePath(QStringLiteral("drizzle"));
        prepare(path);
        const migrate::Folder before = *migrate::readFolder(path);
        const Outcome outcome =
            writeUnder(QStringLiteral("%1:signal=KILL:when=%2").arg(call).arg(when), path);
        const migrate::Folder after = *migrate::readFolder(path);
        const bool isBefore =
            after.migrations.size() == 2 && after.schema == before.schema &&
            after.lastSnapshotId == before.lastSnapshotId &&
            folders::get(path + QStringLiteral("/meta/_sluice.json")) == noAnswers;
        const bool isAfter = after.migrations.size() == 4 && after.schema.tables.size() == 4 &&
                             migrate::readAnswers(path)->size() == 1;
        QVERIFY2(isBefore || isAfter, qPrintable(QStringLiteral("%1 %2").arg(call).arg(when)));
        for (const migrate::Finding &finding : migrate::examine(after))
            QVERIFY2(finding.kind == migrate::Finding::Kind::UnfinishedWrite,
                     qPrintable(finding.what));
        // The next write goes on as if nothing had been, and clears up.
        const migrate::Migration next = folders::generate(path, QStringLiteral("e"));
        QCOMPARE(next.tag, isBefore ? QStringLiteral("0002_e") : QStringLiteral("0004_e"));
        QCOMPARE(migrate::examine(*migrate::readFolder(path)).size(), 0);
        QVERIFY(!QFile::exists(path + QStringLiteral("/.sluice-write")));
        if (!outcome.killed && outcome.code == 0)
            break;
        ++kills;
    }
    QVERIFY(kills > 0);
}

void TestInterrupted::killedWithoutJournal_data()
{
    killed_data();
}

/// In 1.0's layout nothing says which folders belong to one write, and yet all appear or none.
void TestInterrupted::killedWithoutJournal()
{
    QFETCH(QString, call);
    int kills = 0;
    for (int when = 1; when < 60; ++when) {
        QTemporaryDir project;
        const QString path = project.filePath(QStringLiteral("drizzle"));
        const Outcome outcome =
            writeUnder(QStringLiteral("%1:signal=KILL:when=%2").arg(call).arg(when), path,
                       QStringLiteral("write-folders"));
        const migrate::Folder after = *migrate::readFolder(path, migrate::Layout::Folders);
        QCOMPARE(after.layout, migrate::Layout::Folders);
        QVERIFY2(after.migrations.isEmpty() || after.migrations.size() == 2,
                 qPrintable(QStringLiteral("%1 %2").arg(call).arg(when)));
        const auto next =
            migrate::writeMigrations(after, {folders::step(after, QStringLiteral("e"))}, {});
        QVERIFY2(next, next ? "" : qPrintable(toLine(next.error())));
        const migrate::Folder cleared = *migrate::readFolder(path);
        QCOMPARE(cleared.migrations.size(), after.migrations.size() + 1);
        QCOMPARE(QDir(path).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot).size(),
                 cleared.migrations.size());
        QCOMPARE(migrate::examine(cleared).size(), 0);
        if (!outcome.killed && outcome.code == 0)
            break;
        ++kills;
    }
    QVERIFY(kills > 0 || call == QLatin1String("link"));
}

void TestInterrupted::fails_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("code");
    for (const char *code : {"ENOSPC", "EROFS", "EIO"}) {
        for (const char *call : {"mkdir", "fsync", "renameat2"})
            QTest::addRow("%s %s", call, code)
                << QString::fromLatin1(call) << QString::fromLatin1(code);
    }
}

void TestInterrupted::fails()
{
    QFETCH(QString, call);
    QFETCH(QString, code);
    int failures = 0;
    for (int when = 1; when < 30; ++when) {
        QTemporaryDir project;
        const QString path = project.filePath(QStringLiteral("drizzle"));
        prepare(path);
        const auto before = folders::contentsOf(path);
        const Outcome outcome =
            writeUnder(QStringLiteral("%1:error=%2:when=%3").arg(call, code).arg(when), path);
        QVERIFY(!outcome.killed);
        if (outcome.code == 0) {
            // Whether a folder's names are on the disk is not asked where it cannot be.
            QCOMPARE(migrate::readFolder(path)->migrations.size(), 4);
            if (when > 12)
                break;
            continue;
        }
        QCOMPARE(folders::contentsOf(path), before);
        ++failures;
    }
    QVERIFY(failures > 0);
}

void TestInterrupted::tooLarge()
{
    // As on a full disk: the kernel writes a part and then refuses.
    QTemporaryDir project;
    const QString path = project.filePath(QStringLiteral("drizzle"));
    prepare(path);
    const auto before = folders::contentsOf(path);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    const rlimit small{.rlim_cur = 700, .rlim_max = old.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto written = writeTwo(path, false);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
    QVERIFY(!written.ok());
    QVERIFY(written.error().kind == base::ErrorKind::Io);
    QVERIFY(written.error().where.startsWith(path));
    QCOMPARE(folders::contentsOf(path), before);
}

void TestInterrupted::twoAtOnce()
{
    // Both have read the same folder; the second finds it changed.
    QTemporaryDir project;
    const QString path = project.filePath(QStringLiteral("drizzle"));
    prepare(path);
    const migrate::Folder folder = *migrate::readFolder(path);
    const migrate::Step step = folders::step(folder, QStringLiteral("x"));
    QVERIFY(migrate::writeMigrations(folder, {step}, {}).ok());
    const auto before = folders::contentsOf(path);
    const auto second = migrate::writeMigrations(folder, {step}, {});
    QVERIFY(!second.ok() && second.error().kind == base::ErrorKind::Refused);
    QCOMPARE(folders::contentsOf(path), before);

    // Ten processes at the same time: every one is there as a whole or not at all.
    QList<QProcess *> writers;
    for (int i = 0; i < 10; ++i) {
        auto *writer = new QProcess(this);
        writer->start(QCoreApplication::applicationFilePath(), {QStringLiteral("write"), path});
        writers << writer;
    }
    int done = 0;
    for (QProcess *writer : std::as_const(writers)) {
        QVERIFY(writer->waitForFinished(60'000));
        done += writer->exitCode() == 0;
    }
    const migrate::Folder after = *migrate::readFolder(path);
    QVERIFY(done >= 1);
    QCOMPARE(after.migrations.size(), 3 + 2 * done);
    QCOMPARE(migrate::examine(after).size(), 0);
}

void TestInterrupted::withoutExchange()
{
    // A file system that cannot exchange folders: one by one, the journal last.
    QTemporaryDir project;
    const QString path = project.filePath(QStringLiteral("drizzle"));
    prepare(path);
    const Outcome outcome = writeUnder(QStringLiteral("renameat2:error=EINVAL"), path);
    QCOMPARE(outcome.code, 0);
    QCOMPARE(migrate::readFolder(path)->migrations.size(), 4);
    QCOMPARE(migrate::examine(*migrate::readFolder(path)).size(), 0);

    // A link to meta/ stays one.
    QTemporaryDir linked;
    const QString drizzle = linked.filePath(QStringLiteral("drizzle"));
    prepare(drizzle);
    QVERIFY(QFile::rename(drizzle + QStringLiteral("/meta"),
                          linked.filePath(QStringLiteral("elsewhere"))));
    QVERIFY(QFile::link(linked.filePath(QStringLiteral("elsewhere")),
                        drizzle + QStringLiteral("/meta")));
    QVERIFY(writeTwo(drizzle, false).ok());
    QVERIFY(QFileInfo(drizzle + QStringLiteral("/meta")).isSymLink());
    QCOMPARE(migrate::readFolder(drizzle)->migrations.size(), 4);
}

void TestInterrupted::reverseScripts()
{
    QTemporaryDir project;
    const QString path = project.filePath(QStringLiteral("drizzle"));
    prepare(path);
    QVERIFY(writeTwo(path, false).ok());
    const migrate::Folder folder = *migrate::readFolder(path);
    const auto first = migrate::readReverse(folder, folder.migrations[2]);
    QVERIFY(first.ok());
    QCOMPARE(first->tag, QStringLiteral("0002_c"));
    QCOMPARE(first->hash, folder.migrations[2].hash);
    QCOMPARE(first->statements.first().loss, QStringLiteral("rows"));
    QVERIFY(!migrate::readReverse(folder, folder.migrations[3]).ok());
    const auto written = migrate::writeReverse(folder, folder.migrations[3],
                                               {{.sql = QStringLiteral("DROP TABLE \"d\";")}});
    QVERIFY(written.ok());
    QVERIFY(!migrate::writeReverse(folder, folder.migrations[3], {}).ok());
    QVERIFY(migrate::readReverse(folder, folder.migrations[3]).ok());
    QCOMPARE(migrate::examine(*migrate::readFolder(path)).size(), 0);

    QTemporaryDir nested;
    QVERIFY(writeTwo(nested.path(), true).ok());
    const migrate::Folder other = *migrate::readFolder(nested.path());
    QCOMPARE(migrate::readReverse(other, other.migrations[0])->statements, first->statements);
}

void TestInterrupted::reverseAsText()
{
    const migrate::Migration migration{.tag = QStringLiteral("0001_x"),
                                       .hash = QByteArray(64, 'a')};
    const QList<migrate::ReverseStatement> statements = {
        {.sql = QStringLiteral("ALTER TABLE \"a\" ADD COLUMN \"b\" text;"),
         .loss = QStringLiteral("the values of a.b")},
        {.sql = {}, .loss = QStringLiteral("the enum value 'x' stays")},
        {.sql = QStringLiteral("DROP TABLE \"c\";\nSELECT 1;")}};
    const QString text = migrate::reverseText(migration, statements);
    QCOMPARE(text, QStringLiteral("-- Reverse of 0001_x sha256:") + QString(64, u'a') +
                       QStringLiteral("\n"
                                      "-- Not restored: the values of a.b\n"
                                      "ALTER TABLE \"a\" ADD COLUMN \"b\" text;\n"
                                      "--> statement-breakpoint\n"
                                      "-- Irreversible: the enum value 'x' stays\n"
                                      "--> statement-breakpoint\n"
                                      "DROP TABLE \"c\";\nSELECT 1;\n"));
    const migrate::Reverse read = migrate::parseReverse(text);
    QCOMPARE(read.statements, statements);
    QCOMPARE(read.tag, migration.tag);
    QCOMPARE(migrate::parseReverse(QString(text).replace(u'\n', QStringLiteral("\r\n"))).hash,
             migration.hash);
}

/// As another process, in either layout: writes two migrations into the folder that is named.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("write"))
        return writeTwo(arguments.value(2), false).ok() ? 0 : 3;
    if (arguments.value(1) == QLatin1String("write-folders"))
        return writeTwo(arguments.value(2), true).ok() ? 0 : 3;
    TestInterrupted test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_interrupted.moc"
