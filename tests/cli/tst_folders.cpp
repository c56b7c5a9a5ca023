// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/smallproject.h"
#include "support/server.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

using testsupport::Run;
using testsupport::sluice;
using testsupport::SmallProject;
using testsupport::words;

/// The real program on migrations folders as merges, deletions and other people leave them.
class TestFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void withoutAConfig();
    void relationsBlockNothing();
    void unreadableJournal_data();
    void unreadableJournal();
    void missingFile();
    void serverThatIsDown();
    void answersFromBefore();
    void perhapsRenamed();
    void appliedUnderAnotherName();

private:
    std::unique_ptr<testsupport::Server> m_server;
};

void TestFolders::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

/// Where no config says so, nothing is written, least of all where the program was started.
void TestFolders::withoutAConfig()
{
    const SmallProject project;
    QVERIFY(project.isValid());
    QVERIFY(QDir(project.path()).mkpath(QStringLiteral("src/db")));
    project.write(QStringLiteral("package.json"), "{}");
    project.write(QStringLiteral("src/db/schema.ts"),
                  "import { pgTable, integer } from 'drizzle-orm/pg-core';\n"
                  "export const t = pgTable('t', { n: integer() });\n");
    const QStringList before = QDir(QDir::currentPath()).entryList();
    const QString source = project.filePath(QStringLiteral("src"));
    QCOMPARE(sluice({QStringLiteral("inspect"), source}).exitCode, 0);
    for (const char *command : {"generate", "generate --custom", "status", "check"}) {
        const Run run = sluice(words(command) + QStringList{source});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.error, QStringLiteral("sluice: No drizzle config says where the migrations "
                                           "are (%1); did you mean %2?\n")
                                .arg(source, QDir(project.path()).canonicalPath()));
    }
    QCOMPARE(QDir(QDir::currentPath()).entryList(), before);
    QVERIFY(QFile::remove(project.filePath(QStringLiteral("drizzle.config.ts"))));
    const Run alone = sluice({QStringLiteral("generate"), source});
    QVERIFY2(alone.error.endsWith(
                 QLatin1String("name the folder that holds the config, or write one\n")),
             qPrintable(alone.error));
}

/// Relations are no SQL: what is wrong with them is said and keeps nothing from being written.
void TestFolders::relationsBlockNothing()
{
    SmallProject project;
    QVERIFY(project.isValid());
    project.setSchema(QStringLiteral(
        "import { relations } from 'drizzle-orm';\n"
        "export const orgs = pg.pgTable('orgs', { id: pg.integer().primaryKey() });\n"
        "export const members = pg.pgTable('members', { org: pg.integer() });\n"
        "export const r = relations(orgs, ({ many }) => ({ members: many(members) }));\n"));
    const QString said = QStringLiteral("The relation orgs.members has no columns");
    for (const char *command : {"inspect", "generate", "status"}) {
        const Run run = sluice(words(command) + QStringList{project.path()});
        QVERIFY2(run.error.contains(said), qPrintable(run.error));
        QVERIFY2(!run.error.contains(QLatin1String("could not be read")), qPrintable(run.error));
        if (QLatin1String(command) != QLatin1String("status"))
            QCOMPARE(run.exitCode, 0);
        else
            QVERIFY(run.output.startsWith(QStringLiteral("code ↔ folder: in step\n")));
    }
    QCOMPARE(project.migrations().size(), 1);
    const QString path = project.path();
    const Run diff = sluice({QStringLiteral("diff"), QStringLiteral("folder:") + path, path});
    QCOMPARE(diff.exitCode, 0);
    QVERIFY2(diff.error.contains(said), qPrintable(diff.error));
    // What a table misses still does.
    project.setSchema(QStringLiteral(
        "import { relations } from 'drizzle-orm';\n"
        "export const orgs = pg.pgTable('orgs', { id: pg.integer().default(missing.value) });\n"
        "export const r = relations(orgs, ({ many }) => ({ members: many(orgs) }));\n"));
    QCOMPARE(sluice({QStringLiteral("generate"), path}).exitCode, 2);
}

void TestFolders::unreadableJournal_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("kept"); ///< percent of the text
    QTest::newRow("conflict markers") << QByteArray("<<<<<<< HEAD\n") << 100;
    QTest::newRow("cut off") << QByteArray() << 60;
}

void TestFolders::unreadableJournal()
{
    QFETCH(QByteArray, head);
    QFETCH(int, kept);
    const testsupport::ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    QVERIFY(copy.isValid());
    const QString url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("journal")));
    QCOMPARE(sluice({QStringLiteral("migrate"), copy.path()}, url).exitCode, 0);
    QFile journal(copy.filePath(QStringLiteral("drizzle/meta/_journal.json")));
    QVERIFY(journal.open(QIODevice::ReadWrite));
    const QByteArray text = journal.readAll();
    QVERIFY(journal.resize(0) && journal.seek(0));
    journal.write(head + text.first(text.size() * kept / 100));
    journal.close();
    const Run check = sluice({QStringLiteral("check"), copy.path()}, url);
    QCOMPARE(check.exitCode, 1);
    QCOMPARE(check.output.count(QRegularExpression(QStringLiteral("^(error|warning): "),
                                                   QRegularExpression::MultilineOption)),
             1);
    QVERIFY2(check.output.startsWith(
                 QLatin1String("error: meta/_journal.json cannot be read: The file ")),
             qPrintable(check.output));
    const Run status = sluice({QStringLiteral("status"), copy.path()}, url);
    QCOMPARE(status.exitCode, 2);
    QVERIFY2(!status.output.contains(QLatin1String("no file")), qPrintable(status.output));
    QVERIFY2(status.output.contains(QStringLiteral("folder ↔ ledger: not known\n")),
             qPrintable(status.output));
}

void TestFolders::missingFile()
{
    const testsupport::ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    QVERIFY(copy.isValid());
    const QString url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("missing")));
    const QDir folder(copy.filePath(QStringLiteral("drizzle")));
    const QString last = folder.entryList({QStringLiteral("*.sql")}, QDir::Files).constLast();
    QVERIFY(QFile::remove(folder.filePath(last)));
    const Run status = sluice({QStringLiteral("status"), copy.path()}, url);
    QCOMPARE(status.exitCode, 1);
    QVERIFY2(status.output.contains(
                 QStringLiteral("%1 is pending, and its file is missing\n").arg(last.chopped(4))) &&
                 status.output.endsWith(QLatin1String("next: sluice check\n")),
             qPrintable(status.output));
}

/// The folder is looked at all the same.
void TestFolders::serverThatIsDown()
{
    const testsupport::ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    QVERIFY(copy.isValid());
    QFile stray(copy.filePath(QStringLiteral("drizzle/9999_x.sql")));
    QVERIFY(stray.open(QIODevice::WriteOnly));
    const Run check = sluice({QStringLiteral("check"), copy.path(), QStringLiteral("--url"),
                              QStringLiteral("postgres://nobody@127.0.0.1:1/none")});
    QCOMPARE(check.exitCode, 2);
    QVERIFY2(check.output.startsWith(
                 QLatin1String("warning: 9999_x.sql is not in the journal (9999_x.sql)\n")),
             qPrintable(check.output));
    QVERIFY2(check.error.startsWith(QLatin1String("sluice: ")) &&
                 check.error.contains(QLatin1String("127.0.0.1")),
             qPrintable(check.error));
}

/// An answer may be given again, and one that is used from before is said.
void TestFolders::answersFromBefore()
{
    SmallProject project;
    QVERIFY(project.isValid());
    const auto table = [](const char *column) {
        return QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer(), %1: pg.text() "
                              "});")
            .arg(QLatin1String(column));
    };
    project.setSchema(table("phone"));
    QCOMPARE(project.generate(words("--name init")).exitCode, 0);
    const QByteArray journal = project.read(QStringLiteral("drizzle/meta/_journal.json"));
    project.setSchema(table("telephone"));
    const QStringList renamed = words("--rename column:a.phone=telephone --name tel");
    QCOMPARE(project.generate(renamed).exitCode, 0);
    // Said again although all is done: that is no mistake.
    const Run again = project.generate(renamed);
    QCOMPARE(again.error, QString());
    QCOMPARE(again.output, QStringLiteral("No schema changes, nothing to generate\n"));
    QCOMPARE(project.generate(words("--rename column:a.phone=fax")).exitCode, 2);
    // The migration is thrown away; its answer stays.
    QVERIFY(QFile::remove(project.filePath(QStringLiteral("drizzle/0001_tel.sql"))));
    QVERIFY(QFile::remove(project.filePath(QStringLiteral("drizzle/meta/0001_snapshot.json"))));
    project.write(QStringLiteral("drizzle/meta/_journal.json"), journal);
    const Run remembered = project.generate(words("--name tel"));
    QCOMPARE(remembered.exitCode, 0);
    QVERIFY2(remembered.output.contains(
                 QStringLiteral("rename column public.a.phone → public.a.telephone: as answered "
                                "before in meta/_sluice.json\n")),
             qPrintable(remembered.output));
}

void TestFolders::perhapsRenamed()
{
    SmallProject project;
    QVERIFY(project.isValid());
    project.setSchema(QStringLiteral(
        "export const a = pg.pgTable('a', { id: pg.integer(), phone: pg.text() });"));
    QCOMPARE(project.generate().exitCode, 0);
    project.setSchema(QStringLiteral(
        "export const a = pg.pgTable('a', { id: pg.integer(), telephone: pg.text() });"));
    const Run status = sluice({QStringLiteral("status"), project.path()});
    QVERIFY2(status.output.contains(QLatin1String("  perhaps ")) &&
                 status.output.contains(QLatin1String("telephone")),
             qPrintable(status.output));
    const Run diff = sluice(
        {QStringLiteral("diff"), QStringLiteral("folder:") + project.path(), project.path()});
    QCOMPARE(diff.exitCode, 2);
    QCOMPARE(diff.output, QString());
    QVERIFY2(diff.error.contains(QLatin1String("--rename column:public.a.phone=telephone")),
             qPrintable(diff.error));
}

/// After a rebase for one database, another that has run the moved migration: both commands say so
/// in the same words.
void TestFolders::appliedUnderAnotherName()
{
    SmallProject project;
    QVERIFY(project.isValid());
    const QString url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("moved")));
    project.setSchema(QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer() });"));
    QCOMPARE(project.generate(words("--name init")).exitCode, 0);
    QCOMPARE(sluice({QStringLiteral("migrate"), project.path()}, url).exitCode, 0);
    QByteArray journal = project.read(QStringLiteral("drizzle/meta/_journal.json"));
    const qsizetype when = journal.indexOf("\"when\": ") + 8;
    journal.replace(when, 13, QByteArray::number(journal.mid(when, 13).toLongLong() + 5'000));
    project.write(QStringLiteral("drizzle/meta/_journal.json"),
                  journal.replace("0000_init", "0000_moved"));
    const QDir folder(project.filePath(QStringLiteral("drizzle")));
    QVERIFY(QFile::rename(folder.filePath(QStringLiteral("0000_init.sql")),
                          folder.filePath(QStringLiteral("0000_moved.sql"))));
    const QString said = QStringLiteral("0000_moved was applied under another name; drizzle-kit "
                                        "would run it again");
    for (const char *command : {"status", "check"}) {
        const Run run = sluice({QLatin1String(command), project.path()}, url);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.output.contains(said), qPrintable(run.output));
    }
    // Sluice goes by the file and runs nothing.
    QCOMPARE(sluice({QStringLiteral("migrate"), project.path()}, url).exitCode, 0);
}

QTEST_GUILESS_MAIN(TestFolders)
#include "tst_folders.moc"
