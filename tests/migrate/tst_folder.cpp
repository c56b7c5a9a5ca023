// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include <functional>

namespace
{
using migrate::Prefix;

schema::Database oneTable(const QString &name)
{
    schema::Table table;
    table.name.name = name;
    schema::Column id;
    id.name = QStringLiteral("id");
    id.type = QStringLiteral("integer");
    table.columns << id;
    schema::Database database;
    database.tables << table;
    return database;
}

migrate::Plan planTo(const migrate::Folder &folder, const schema::Database &after)
{
    return migrate::plan(diff::compare(folder.schema, after), folder.schema, after);
}

/// Everything below a folder, names and contents, to see that nothing changed.
QMap<QString, QByteArray> contentsOf(const QString &path)
{
    QMap<QString, QByteArray> contents;
    QDirIterator it(path, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        contents[it.filePath()] = it.fileInfo().isFile() && file.open(QIODevice::ReadOnly)
                                      ? file.readAll()
                                      : QByteArray();
    }
    return contents;
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray get(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A project's folder that two migrations have been written into by ourselves.
class Project
{
public:
    Project()
    {
        generate(QStringLiteral("a"));
        generate(QStringLiteral("b"));
    }
    QString path(const char *file = "") const
    {
        return m_folder.path() + QStringLiteral("/drizzle/") + QLatin1String(file);
    }
    migrate::Folder read() const { return *migrate::readFolder(path()); }
    migrate::Migration generate(const QString &table, const migrate::NewMigration &options = {})
    {
        const migrate::Folder folder = read();
        schema::Database after = folder.schema;
        after.tables << oneTable(table).tables;
        migrate::NewMigration named = options;
        if (named.name.isEmpty())
            named.name = table;
        const auto written = migrate::writeMigration(folder, planTo(folder, after), after, named);
        if (!written)
            qWarning("%s", qPrintable(toLine(written.error())));
        return written ? *written : migrate::Migration();
    }

private:
    QTemporaryDir m_folder;
};

using Mess = std::function<void(const Project &)>;
} // namespace

Q_DECLARE_METATYPE(Mess)

class TestFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void missingFolderIsEmpty();
    void writesAndReadsBack();
    void sample();
    void splitsStatements();
    void messes_data();
    void messes();
    void refusals_data();
    void refusals();
    void prefixes_data();
    void prefixes();
    void numbersAreNeverReused();
    void newerThanWhatIsApplied();
    void names_data();
    void names();
    void nothingStaysBehind();
    void keepsWhatTheJournalHas();
};

void TestFolder::missingFolderIsEmpty()
{
    QTemporaryDir folder;
    const auto read = migrate::readFolder(folder.filePath(QStringLiteral("none")));
    QVERIFY(read.ok());
    QVERIFY(read->migrations.isEmpty() && read->notices.isEmpty() && read->obstacle.isEmpty());
    QCOMPARE(read->lastSnapshotId, QStringLiteral("00000000-0000-0000-0000-000000000000"));
    put(folder.filePath(QStringLiteral("file")), "x");
    QVERIFY(!migrate::readFolder(folder.filePath(QStringLiteral("file"))).ok());
}

void TestFolder::writesAndReadsBack()
{
    const Project project;
    const migrate::Folder folder = project.read();
    QCOMPARE(folder.notices, QStringList());
    QCOMPARE(folder.migrations.size(), 2);
    const migrate::Migration &second = folder.migrations[1];
    QCOMPARE(second.idx, 1);
    QCOMPARE(second.tag, QStringLiteral("0001_b"));
    QVERIFY(second.when > folder.migrations[0].when);
    QVERIFY(second.hasSql && second.hasSnapshot && second.breakpoints);
    QCOMPARE(second.sql, QByteArray("CREATE TABLE \"b\" (\n\t\"id\" integer\n);\n"));
    QCOMPARE(second.hash, QCryptographicHash::hash(second.sql, QCryptographicHash::Sha256).toHex());
    QCOMPARE(folder.schema.tables.size(), 2);
    QCOMPARE(migrate::readSnapshot(folder, folder.migrations[0])->tables.size(), 1);
    QVERIFY(!get(project.path("meta/_journal.json")).endsWith('\n'));
    QVERIFY(get(project.path("meta/0001_snapshot.json"))
                .contains("\"id\": \"" + folder.lastSnapshotId.toLatin1()));
}

void TestFolder::sample()
{
    const auto folder =
        migrate::readFolder(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample/drizzle"));
    QVERIFY(folder.ok());
    QCOMPARE(folder->notices, QStringList());
    QVERIFY(folder->migrations.size() >= 6);
    QVERIFY(folder->schema.tables.size() >= 30);
}

void TestFolder::splitsStatements()
{
    migrate::Migration migration;
    migration.sql = "CREATE TABLE \"a\" (\n);\n--> statement-breakpoint\nSELECT 1;"
                    "--> statement-breakpoint\nSELECT 2;\n";
    QCOMPARE(migration.statements(),
             QStringList({QStringLiteral("CREATE TABLE \"a\" (\n);"), QStringLiteral("SELECT 1;"),
                          QStringLiteral("SELECT 2;")}));
    migration.sql.clear();
    QVERIFY(migration.statements().isEmpty());
}

void TestFolder::messes_data()
{
    QTest::addColumn<Mess>("mess");
    QTest::addColumn<QString>("notice"); ///< how one of the notices begins
    QTest::addColumn<bool>("writable");
    const auto row = [](const char *name, const Mess &mess, const char *notice, bool writable) {
        QTest::newRow(name) << mess << QString::fromUtf8(notice) << writable;
    };
    row(
        "no SQL file", [](const Project &p) { QFile::remove(p.path("0000_a.sql")); },
        "0000_a.sql is missing", true);
    row(
        "no snapshot", [](const Project &p) { QFile::remove(p.path("meta/0000_snapshot.json")); },
        "0000_a has no snapshot", true);
    row(
        "snapshot chain broken",
        [](const Project &p) { QFile::remove(p.path("meta/0000_snapshot.json")); },
        "meta/0001_snapshot.json follows a snapshot that is not there", true);
    row(
        "stray SQL file", [](const Project &p) { put(p.path("0009_x.sql"), "SELECT 1"); },
        "0009_x.sql is not in the journal", true);
    row(
        "stray snapshot",
        [](const Project &p) {
            QFile::copy(p.path("meta/0000_snapshot.json"), p.path("meta/0001a_snapshot.json"));
        },
        "meta/0001a_snapshot.json belongs to no migration", true);
    row(
        "two branches",
        [](const Project &p) {
            QFile::copy(p.path("meta/0001_snapshot.json"), p.path("meta/0002_snapshot.json"));
        },
        "meta/0001_snapshot.json and meta/0002_snapshot.json both follow", true);
    row(
        "last snapshot broken",
        [](const Project &p) { put(p.path("meta/0001_snapshot.json"), "{"); },
        "the last snapshot cannot be read", false);
    row(
        "journal broken", [](const Project &p) { put(p.path("meta/_journal.json"), "{"); },
        "meta/_journal.json cannot be read", false);
    row(
        "journal with a number that is none",
        [](const Project &p) {
            put(p.path("meta/_journal.json"),
                R"({"version":"7","dialect":"postgresql","entries":[],"x":1e999})");
        },
        "meta/_journal.json cannot be read", false);
    row(
        "journal gone", [](const Project &p) { QFile::remove(p.path("meta/_journal.json")); },
        "meta/_journal.json is missing", false);
    row(
        "journal without entries",
        [](const Project &p) {
            put(p.path("meta/_journal.json"), R"({"version":"7","dialect":"postgresql"})");
        },
        "meta/_journal.json has no list of entries", false);
    row(
        "journal is a list", [](const Project &p) { put(p.path("meta/_journal.json"), "[]"); },
        "meta/_journal.json has no list of entries", false);
    row(
        "journal of MySQL",
        [](const Project &p) {
            put(p.path("meta/_journal.json"), R"({"version":"7","dialect":"mysql","entries":[]})");
        },
        "the folder's dialect is mysql", false);
    row(
        "tag that leaves the folder",
        [](const Project &p) {
            put(p.path("meta/_journal.json"),
                R"({"version":"7","dialect":"postgresql","entries":[{"idx":0,"tag":"../x"}]})");
        },
        "an entry of the journal has no usable tag", false);
    row(
        "same number and time twice",
        [](const Project &p) {
            put(p.path("meta/_journal.json"),
                get(p.path("meta/_journal.json")).replace("\"idx\": 1", "\"idx\": 0"));
        },
        "0000_a and 0001_b have the same number 0", true);
    row(
        "1.0 layout",
        [](const Project &p) { put(p.path("20260101000000_x/migration.sql"), "SELECT 1"); },
        "the folder has migrations of drizzle-kit 1.0", false);
}

void TestFolder::messes()
{
    QFETCH(Mess, mess);
    QFETCH(QString, notice);
    QFETCH(bool, writable);
    const Project project;
    mess(project);
    const auto folder = migrate::readFolder(project.path());
    QVERIFY(folder.ok());
    const bool said = std::ranges::any_of(
        folder->notices, [&](const QString &line) { return line.startsWith(notice); });
    QVERIFY2(said, qPrintable(folder->notices.join(u'\n')));
    QCOMPARE(folder->obstacle.isEmpty(), writable);

    const auto before = contentsOf(project.path());
    schema::Database after = folder->schema;
    after.tables << oneTable(QStringLiteral("c")).tables;
    const auto written = migrate::writeMigration(*folder, planTo(*folder, after), after, {});
    QCOMPARE(written.ok(), writable);
    if (!writable)
        QCOMPARE(contentsOf(project.path()), before);
}

void TestFolder::refusals_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<base::ErrorKind>("kind");
    using Kind = base::ErrorKind;
    QTest::newRow("error") << QStringLiteral("error") << Kind::Limit;
    QTest::newRow("question") << QStringLiteral("question") << Kind::Ambiguous;
    QTest::newRow("nothing") << QStringLiteral("nothing") << Kind::InvalidInput;
    QTest::newRow("changed") << QStringLiteral("changed") << Kind::Refused;
    QTest::newRow("no prefix") << QStringLiteral("prefix") << Kind::Unsupported;
}

void TestFolder::refusals()
{
    QFETCH(QString, what);
    QFETCH(base::ErrorKind, kind);
    const Project project;
    const migrate::Folder folder = project.read();
    schema::Database after = folder.schema;
    after.tables << oneTable(QStringLiteral("c")).tables;
    migrate::Plan plan = planTo(folder, after);
    migrate::NewMigration options;
    if (what == QLatin1String("error"))
        plan.errors << base::Error{.kind = base::ErrorKind::Limit};
    else if (what == QLatin1String("question"))
        plan.questions << diff::RenameCandidate();
    else if (what == QLatin1String("nothing"))
        plan.lines.clear();
    else if (what == QLatin1String("prefix"))
        options.prefix = Prefix::None;
    else
        put(project.path("0002_other.sql"), "SELECT 1");
    const auto before = contentsOf(project.path());
    const auto written = migrate::writeMigration(folder, plan, after, options);
    QVERIFY(!written.ok());
    QVERIFY(written.error().kind == kind);
    QCOMPARE(contentsOf(project.path()), before);
}

void TestFolder::prefixes_data()
{
    QTest::addColumn<int>("prefix");
    QTest::addColumn<QString>("pattern");
    QTest::newRow("timestamp") << int(Prefix::Timestamp) << QStringLiteral("^20\\d{12}_x$");
    QTest::newRow("supabase") << int(Prefix::Supabase) << QStringLiteral("^20\\d{12}_x$");
    QTest::newRow("unix") << int(Prefix::Unix) << QStringLiteral("^\\d{10}_x$");
    QTest::newRow("index") << int(Prefix::Index) << QStringLiteral("^0002_x$");
}

void TestFolder::prefixes()
{
    QFETCH(int, prefix);
    QFETCH(QString, pattern);
    Project project;
    migrate::NewMigration options;
    options.name = QStringLiteral("x");
    options.prefix = Prefix(prefix);
    options.breakpoints = false;
    const migrate::Migration first = project.generate(QStringLiteral("c"), options);
    QVERIFY2(QRegularExpression(pattern).match(first.tag).hasMatch(), qPrintable(first.tag));
    QVERIFY(!project.read().migrations.last().breakpoints);
    // Within the same second: another file and another snapshot.
    const migrate::Migration second = project.generate(QStringLiteral("d"), options);
    QVERIFY(second.tag > first.tag);
    QCOMPARE(project.read().migrations.size(), 4);
    QCOMPARE(project.read().notices, QStringList());
}

void TestFolder::numbersAreNeverReused()
{
    Project project;
    put(project.path("0007_stray.sql"), "SELECT 1");
    const migrate::Migration written = project.generate(QStringLiteral("c"));
    QCOMPARE(written.tag, QStringLiteral("0008_c"));
    QCOMPARE(written.idx, 8);
}

void TestFolder::newerThanWhatIsApplied()
{
    Project project;
    const qint64 future = QDateTime::currentMSecsSinceEpoch() + 86'400'000;
    migrate::NewMigration options;
    options.newestApplied = future;
    QCOMPARE(project.generate(QStringLiteral("c"), options).when, future + 1);
    QCOMPARE(project.generate(QStringLiteral("d")).when, future + 2);
}

void TestFolder::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("pattern");
    const auto row = [](const char *name, const char *pattern) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(pattern);
    };
    row("add phone", "^0002_add_phone$");
    row("größe", "^0002_größe$");
    row("../../etc/x", "^0002_etc_x$");
    row("a;b \"c\"", "^0002_a_b_c$");
    row("///", "^0002_[a-z]+_[a-z]+$");
}

void TestFolder::names()
{
    QFETCH(QString, name);
    QFETCH(QString, pattern);
    Project project;
    migrate::NewMigration options;
    options.name = name;
    const QString tag = project.generate(QStringLiteral("c"), options).tag;
    QVERIFY2(QRegularExpression(pattern).match(tag).hasMatch(), qPrintable(tag));
}

void TestFolder::nothingStaysBehind()
{
    // A folder where meta/ has to be, so that no snapshot can be written.
    QTemporaryDir folder;
    put(folder.filePath(QStringLiteral("drizzle/meta")), "in the way");
    const auto before = contentsOf(folder.path());
    const auto read = migrate::readFolder(folder.filePath(QStringLiteral("drizzle")));
    QVERIFY(read.ok());
    const schema::Database after = oneTable(QStringLiteral("a"));
    const auto written = migrate::writeMigration(*read, planTo(*read, after), after, {});
    QVERIFY(!written.ok());
    QVERIFY(written.error().kind == base::ErrorKind::Io);
    QCOMPARE(contentsOf(folder.path()), before);

    // The last step fails: a folder lies where the journal has to be.
    QTemporaryDir late;
    QVERIFY(QDir(late.path()).mkpath(QStringLiteral("meta/_journal.json/x")));
    migrate::Folder empty = *migrate::readFolder(late.path());
    empty.obstacle.clear();
    const auto untouched = contentsOf(late.path());
    QVERIFY(!migrate::writeMigration(empty, planTo(empty, after), after, {}).ok());
    QCOMPARE(contentsOf(late.path()), untouched);
}

void TestFolder::keepsWhatTheJournalHas()
{
    Project project;
    const QByteArray before = get(project.path("meta/_journal.json"));
    const QByteArray earlier = get(project.path("0000_a.sql"));
    project.generate(QStringLiteral("c"));
    const QByteArray after = get(project.path("meta/_journal.json"));
    const qsizetype same = before.lastIndexOf("\n  ]");
    QVERIFY(same > 0);
    QCOMPARE(after.left(same), before.left(same));
    QCOMPARE(get(project.path("0000_a.sql")), earlier);
}

QTEST_GUILESS_MAIN(TestFolder)
#include "tst_folder.moc"
