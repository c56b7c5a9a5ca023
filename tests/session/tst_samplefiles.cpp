// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sample.h"
#include "session/samplefiles.h"
#include "session/seeds.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using session::Seed;

namespace
{

const QString resources = QStringLiteral(SLUICE_SOURCE_DIR "/resources");

session::SampleSource installed()
{
    return {.project = resources + QStringLiteral("/sample"),
            .change = resources + QStringLiteral("/sample-change")};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return QDir().mkpath(path.section(u'/', 0, -2)) && file.open(QIODevice::WriteOnly) &&
           file.write(content) == content.size();
}

QString errorOf(const base::Result<base::Done> &result)
{
    return result ? QString() : base::toLine(result.error());
}

} // namespace

/// The sample's files: how the copy is made and how its example data is divided.
class TestSampleFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seeds_data();
    void seeds();
    void everySeedHasATitle();
    void placeFollowsTheDataFolder();
    void copyHasTheChange();
    void copyIsMadeOnce();
    void interruptedCopyIsMadeAnew();
    void lockOfAProgramThatDied();
    void failedCopyLeavesNothing();
    void changeMustFit_data();
    void changeMustFit();
};

void TestSampleFiles::seeds_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QList<Seed>>("expected");
    const auto seed = [](const char *title, const char *sql) {
        return Seed{.file = QStringLiteral("a.sql"),
                    .title = QString::fromUtf8(title),
                    .sql = QByteArray(sql)};
    };
    QTest::newRow("nothing") << QByteArray() << QList<Seed>{};
    QTest::newRow("one") << QByteArray("-- Plans\nSELECT 1;\n")
                         << QList<Seed>{seed("Plans", "-- Plans\nSELECT 1;")};
    QTest::newRow("two") << QByteArray(
                                "-- A\nSELECT 1;\n--> statement-breakpoint\n-- B\nSELECT 2;\n")
                         << QList<Seed>{seed("A", "-- A\nSELECT 1;"), seed("B", "-- B\nSELECT 2;")};
    QTest::newRow("no title") << QByteArray("SELECT 1;") << QList<Seed>{seed("", "SELECT 1;")};
    QTest::newRow("blank parts") << QByteArray("--> statement-breakpoint\n\nSELECT 1;\n"
                                               "--> statement-breakpoint\n")
                                 << QList<Seed>{seed("", "SELECT 1;")};
    QTest::newRow("title beyond ASCII")
        << QByteArray("-- Größe\nSELECT 1;") << QList<Seed>{seed("Größe", "-- Größe\nSELECT 1;")};
}

void TestSampleFiles::seeds()
{
    QFETCH(QByteArray, content);
    QTEST(session::seedsOf(QStringLiteral("a.sql"), content), "expected");
}

void TestSampleFiles::everySeedHasATitle()
{
    const auto seeds = session::readSeeds(resources + QStringLiteral("/sample/seeds"));
    QVERIFY(seeds.ok());
    QVERIFY(seeds->size() > 50);
    for (const Seed &seed : *seeds)
        QVERIFY2(!seed.title.isEmpty(),
                 qPrintable(seed.file + QString::fromUtf8(seed.sql.left(80))));
}

void TestSampleFiles::placeFollowsTheDataFolder()
{
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", "/somewhere/data");
    const QString path = session::Sample({}).projectPath();
    before.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before);
    QCOMPARE(path, QStringLiteral("/somewhere/data/sluice/sample/acme-crm"));
}

void TestSampleFiles::copyHasTheChange()
{
    const QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("deep/acme-crm"));
    QCOMPARE(errorOf(session::copySample(installed(), target)), QString());

    const QByteArray contacts = contentOf(target + QStringLiteral("/schema/contacts.ts"));
    QVERIFY(contacts.contains("nickname: text('nickname')"));
    QVERIFY(contacts.contains("email: varchar('email', { length: 320 })"));
    QVERIFY(QFile::exists(target + QStringLiteral("/schema/payment-terms.ts")));
    QVERIFY(QFile::exists(target + QStringLiteral("/.env.example")));
    const QString journal = QStringLiteral("/drizzle/meta/_journal.json");
    QCOMPARE(contentOf(target + journal), contentOf(installed().project + journal));
    QVERIFY(QFile::exists(session::newCopyMarker(target)));
    QVERIFY(!QFile::exists(target + QStringLiteral(".new")));
}

void TestSampleFiles::copyIsMadeOnce()
{
    const QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("acme-crm"));
    QCOMPARE(errorOf(session::copySample(installed(), target)), QString());
    const QString file = target + QStringLiteral("/schema/contacts.ts");
    QVERIFY(write(file, "mine"));
    QCOMPARE(errorOf(session::copySample(installed(), target)), QString());
    QCOMPARE(contentOf(file), QByteArray("mine"));
}

void TestSampleFiles::interruptedCopyIsMadeAnew()
{
    const QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("acme-crm"));
    QVERIFY(write(target + QStringLiteral(".new/schema/contacts.ts"), "half"));
    QVERIFY(write(target + QStringLiteral(".new/schema/stray.ts"), "half"));
    QCOMPARE(errorOf(session::copySample(installed(), target)), QString());
    QVERIFY(contentOf(target + QStringLiteral("/schema/contacts.ts")).contains("nickname"));
    QVERIFY(!QFile::exists(target + QStringLiteral("/schema/stray.ts")));
}

/// Killed when its lock was there but did not yet say whose it is.
void TestSampleFiles::lockOfAProgramThatDied()
{
    const QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("acme-crm"));
    QVERIFY(write(target + QStringLiteral(".lock"), {}));
    QCOMPARE(errorOf(session::copySample(installed(), target)), QString());
    QVERIFY(QFile::exists(target));
}

void TestSampleFiles::failedCopyLeavesNothing()
{
    const QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("acme-crm"));
    session::SampleSource source = installed();
    source.change = folder.filePath(QStringLiteral("nowhere"));
    const auto copied = session::copySample(source, target);
    QVERIFY(!copied.ok());
    QCOMPARE(copied.error().kind, base::ErrorKind::Io);
    QVERIFY(!QFile::exists(target));
    QVERIFY(!QFile::exists(target + QStringLiteral(".new")));

    source.project = folder.filePath(QStringLiteral("nowhere"));
    QCOMPARE(session::copySample(source, target).error().kind, base::ErrorKind::NotFound);
}

void TestSampleFiles::changeMustFit_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QByteArray>("expected"); // of a.ts, which holds "one two two"; empty: refused
    const auto replacing = [](const char *find) {
        return QByteArray(R"({"replace": [{"file": "a.ts", "find": ")") + find +
               R"(", "with": "three"}]})";
    };
    QTest::newRow("once") << replacing("one") << QByteArray("three two two");
    QTest::newRow("twice") << replacing("two") << QByteArray();
    QTest::newRow("never") << replacing("four") << QByteArray();
    QTest::newRow("nothing to find") << replacing("") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{") << QByteArray();
}

void TestSampleFiles::changeMustFit()
{
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, expected);
    const QTemporaryDir folder;
    QVERIFY(write(folder.filePath(QStringLiteral("change.json")), change));
    QVERIFY(write(folder.filePath(QStringLiteral("a.ts")), "one two two"));
    const auto applied = session::applySampleChange(folder.path(), folder.path());
    QCOMPARE(applied.ok(), !expected.isEmpty());
    const QByteArray untouched("one two two");
    QCOMPARE(contentOf(folder.filePath(QStringLiteral("a.ts"))),
             expected.isEmpty() ? untouched : expected);
    if (!applied) {
        QCOMPARE(applied.error().kind, base::ErrorKind::InvalidInput);
        QVERIFY(applied.error().where.startsWith(folder.path()));
    }
}

QTEST_GUILESS_MAIN(TestSampleFiles)
#include "tst_samplefiles.moc"
