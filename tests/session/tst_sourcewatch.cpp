// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sourcewatch.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <functional>

using session::SourceWatch;
using session::WatchList;

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

/// As editors save: beside it, then over it.
void replace(const QString &path, const QByteArray &content)
{
    write(path + QStringLiteral(".tmp~"), content);
    QVERIFY(::rename(QFile::encodeName(path + QStringLiteral(".tmp~")).constData(),
                     QFile::encodeName(path).constData()) == 0);
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
    const WatchList list{{folder.filePath(QStringLiteral("schema/a.ts")),
                          folder.filePath(QStringLiteral("lib/b.ts")),
                          folder.filePath(QStringLiteral(".env.local"))},
                         {folder.filePath(QStringLiteral("schema"))}};
    watch.setSources(list, QDateTime::currentDateTimeUtc().addSecs(60));
    watch.setMigrations(folder.filePath(QStringLiteral("drizzle")));
    act(folder);
    // That something is not told is known from something after it that is.
    if (sources == 0)
        write(folder.filePath(QStringLiteral("drizzle/meta/_journal.json")), "{ the last word }");
    QTRY_VERIFY(sources == 0 ? migrationSpy.count() > 0 : sourceSpy.count() > 0);
    QCOMPARE(sourceSpy.count(), sources);
    if (sources > 0)
        QCOMPARE(migrationSpy.count(), 0);
}

void TestSourceWatch::changeDuringTheReadingIsTold()
{
    QTemporaryDir scratch;
    const QString file = QDir(scratch.path()).filePath(QStringLiteral("a.ts"));
    const QDateTime readAt = QDateTime::currentDateTimeUtc();
    write(file, "saved while the first answer was on its way");
    SourceWatch watch;
    QSignalSpy spy(&watch, &SourceWatch::sourcesChanged);
    watch.setSources({{file}, {}}, readAt);
    QCOMPARE(spy.count(), 1);
    watch.setSources({{file}, {}}, readAt);
    QCOMPARE(spy.count(), 1);
    // So is a file that appeared in a folder nobody watched yet.
    watch.setSources({{file}, {scratch.path()}}, readAt);
    QCOMPARE(spy.count(), 2);
    watch.setSources({{file}, {scratch.path()}}, readAt);
    QCOMPARE(spy.count(), 2);
}

void TestSourceWatch::noNewsAfterItWasToldOnce()
{
    QTemporaryDir scratch;
    const QString file = QDir(scratch.path()).filePath(QStringLiteral("a.ts"));
    write(file, "a");
    SourceWatch watch;
    QSignalSpy spy(&watch, &SourceWatch::sourcesChanged);
    watch.setSources({{file}, {}}, QDateTime::currentDateTimeUtc().addSecs(60));
    for (int times = 1; times <= 3; ++times) {
        // Whichever way it is saved, it is still watched afterwards.
        if (times % 2)
            replace(file, QByteArray(times * 10, 'r'));
        else
            write(file, QByteArray(times * 10, 'w'));
        QTRY_COMPARE(spy.count(), times);
    }
}

QTEST_GUILESS_MAIN(TestSourceWatch)
#include "tst_sourcewatch.moc"
