// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/disk.h"
#include "session/sourcewatch.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <functional>

using session::SourceWatch;

namespace
{

using Act = std::function<void(const QDir &)>;

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    file.write(content);
}

/// In place and in one step: writing anew empties the file first, which on a machine that stalls is
/// told by itself.
void append(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::Append | QIODevice::Unbuffered), qPrintable(path));
    QCOMPARE(file.write(content), content.size());
}

/// As editors save: beside it, then over it.
void replace(const QString &path, const QByteArray &content)
{
    write(path + QStringLiteral(".tmp~"), content);
    QVERIFY(::rename(QFile::encodeName(path + QStringLiteral(".tmp~")).constData(),
                     QFile::encodeName(path).constData()) == 0);
}

/// What a load asked that read \a files, looked for \a absent and listed \a folders.
load::Inputs inputsOf(const QString &workspace, const QStringList &files,
                      const QStringList &absent = {}, const QStringList &folders = {})
{
    load::Disk disk;
    disk.noteWorkspace(workspace);
    for (const QString &file : files)
        disk.read(file);
    for (const QString &file : absent)
        disk.isFile(file);
    for (const QString &folder : folders)
        disk.list(folder);
    return disk.inputs();
}

} // namespace

Q_DECLARE_METATYPE(Act)

/// Real files, changed in the ways editors and programs change them.
class TestSourceWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_data();
    void changes();
    void changeDuringTheReadingIsTold();
    void beyondTheLimit();
    void noNewsAfterItWasToldOnce();
};

void TestSourceWatch::changes_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<int>("sources");
    const auto row = [](const char *name, const Act &act, int sources) {
        QTest::newRow(name) << act << sources;
    };
    row(
        "in place", [](const QDir &d) { write(d.filePath(QStringLiteral("schema/a.ts")), "aa"); },
        1);
    row(
        "replaced", [](const QDir &d) { replace(d.filePath(QStringLiteral("schema/a.ts")), "aa"); },
        1);
    row(
        "two files at once",
        [](const QDir &d) {
            write(d.filePath(QStringLiteral("schema/a.ts")), "aa");
            replace(d.filePath(QStringLiteral("lib/b.ts")), "bb");
        },
        1);
    row(
        "removed", [](const QDir &d) { QFile::remove(d.filePath(QStringLiteral("lib/b.ts"))); }, 1);
    row(
        "a new source in the schema's folder",
        [](const QDir &d) { write(d.filePath(QStringLiteral("schema/new.ts")), "n"); }, 1);
    row(
        "a folder in it", [](const QDir &d) { d.mkpath(QStringLiteral("schema/deep")); }, 1);
    row(
        "a missing file appears",
        [](const QDir &d) { write(d.filePath(QStringLiteral(".env.local")), "A=1"); }, 1);
    row(
        "one in a folder that was missing too",
        [](const QDir &d) {
            write(d.filePath(QStringLiteral("node_modules/drizzle-orm/package.json")), "{}");
        },
        1);
    row(
        "a link that leads elsewhere",
        [](const QDir &d) {
            QFile::remove(d.filePath(QStringLiteral("link.ts")));
            QFile::link(d.filePath(QStringLiteral("lib/b.ts")),
                        d.filePath(QStringLiteral("link.ts")));
        },
        1);
    row(
        "a new source elsewhere",
        [](const QDir &d) { write(d.filePath(QStringLiteral("lib/c.ts")), "c"); }, 0);
    row(
        "an editor's backup",
        [](const QDir &d) { write(d.filePath(QStringLiteral("schema/a.ts~")), "a"); }, 0);
    row(
        "a migration",
        [](const QDir &d) { write(d.filePath(QStringLiteral("drizzle/0001_b.sql")), "select 1"); },
        0);
    row(
        "the journal",
        [](const QDir &d) {
            write(d.filePath(QStringLiteral("drizzle/meta/_journal.json")), "{ }");
        },
        0);
    row(
        "a migration that is edited",
        [](const QDir &d) { write(d.filePath(QStringLiteral("drizzle/0000_a.sql")), "select 22"); },
        0);
}

void TestSourceWatch::changes()
{
    QFETCH(Act, act);
    QFETCH(int, sources);
    QTemporaryDir scratch;
    const QDir folder(scratch.path());
    write(folder.filePath(QStringLiteral("schema/a.ts")), "a");
    write(folder.filePath(QStringLiteral("lib/b.ts")), "b");
    write(folder.filePath(QStringLiteral("drizzle/0000_a.sql")), "select 1");
    write(folder.filePath(QStringLiteral("drizzle/meta/_journal.json")), "{}");
    SourceWatch watch;
    QSignalSpy sourceSpy(&watch, &SourceWatch::sourcesChanged);
    QSignalSpy migrationSpy(&watch, &SourceWatch::migrationsChanged);
    QFile::link(folder.filePath(QStringLiteral("schema/a.ts")),
                folder.filePath(QStringLiteral("link.ts")));
    watch.setSources(inputsOf(
        folder.path(),
        {folder.filePath(QStringLiteral("schema/a.ts")),
         folder.filePath(QStringLiteral("lib/b.ts")), folder.filePath(QStringLiteral("link.ts"))},
        {folder.filePath(QStringLiteral(".env.local")),
         folder.filePath(QStringLiteral("node_modules/drizzle-orm/package.json"))},
        {folder.filePath(QStringLiteral("schema"))}));
    watch.setMigrations(folder.filePath(QStringLiteral("drizzle")));
    act(folder);
    // That something is not told is known from something after it that is.
    if (sources == 0)
        write(folder.filePath(QStringLiteral("drizzle/meta/_journal.json")), "{ the last word }");
    QTRY_VERIFY(sources == 0 ? migrationSpy.count() > 0 : sourceSpy.count() > 0);
    // The kernel tells one save in several events. On a machine that stalls the last of them may
    // come after the first were reported, which costs a second report and nothing else.
    QVERIFY2(sourceSpy.count() == sources || (sources == 1 && sourceSpy.count() == 2),
             qPrintable(QString::number(sourceSpy.count())));
    if (sources > 0)
        QCOMPARE(migrationSpy.count(), 0);
}

void TestSourceWatch::changeDuringTheReadingIsTold()
{
    QTemporaryDir scratch;
    const QString file = QDir(scratch.path()).filePath(QStringLiteral("a.ts"));
    write(file, "a");
    const load::Inputs inputs = inputsOf(scratch.path(), {file}, {}, {scratch.path()});
    write(file, "saved while the first answer was on its way");
    SourceWatch watch;
    QSignalSpy spy(&watch, &SourceWatch::sourcesChanged);
    watch.setSources(inputs);
    QTRY_COMPARE(spy.count(), 1);
    // So is a file that appeared before anybody watched the folder.
    const load::Inputs again = inputsOf(scratch.path(), {file}, {}, {scratch.path()});
    write(scratch.filePath(QStringLiteral("b.ts")), "b");
    watch.setSources(again);
    QTRY_COMPARE(spy.count(), 2);
    // And nothing when there is nothing: what comes next is the first to be told.
    watch.setSources(inputsOf(scratch.path(), {file}, {}, {scratch.path()}));
    append(file, "later");
    QTRY_COMPARE(spy.count(), 3);
}

void TestSourceWatch::beyondTheLimit()
{
    QTemporaryDir scratch;
    QStringList files;
    for (int i = 0; i < 5; ++i) {
        files << scratch.filePath(QStringLiteral("%1.ts").arg(i));
        write(files.last(), "a");
    }
    SourceWatch watch(nullptr, 4);
    QSignalSpy spy(&watch, &SourceWatch::unwatchedChanged);
    watch.setSources(inputsOf(scratch.path(), files));
    QTRY_COMPARE(spy.count(), 1);
    QCOMPARE(watch.unwatched(), 2); // of five files and their folder
    watch.setSources(inputsOf(scratch.path(), files.first(2)));
    QTRY_COMPARE(spy.count(), 2);
    QCOMPARE(watch.unwatched(), 0);
}

void TestSourceWatch::noNewsAfterItWasToldOnce()
{
    QTemporaryDir scratch;
    const QString file = QDir(scratch.path()).filePath(QStringLiteral("a.ts"));
    write(file, "a");
    SourceWatch watch;
    QSignalSpy spy(&watch, &SourceWatch::sourcesChanged);
    watch.setSources(inputsOf(scratch.path(), {file}));
    for (int times = 1; times <= 3; ++times) {
        // Whichever way it is saved, it is still watched afterwards.
        if (times % 2)
            replace(file, QByteArray(times * 10, 'r'));
        else
            append(file, "w");
        QTRY_COMPARE(spy.count(), times);
    }
}

QTEST_GUILESS_MAIN(TestSourceWatch)
#include "tst_sourcewatch.moc"
