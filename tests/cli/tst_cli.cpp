// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"
#include "oracle/drizzlekit.h"
#include "support/server.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

using testsupport::ProjectCopy;
using testsupport::Run;
using testsupport::sluice;

/// The real program on a copy of the sample: its words and exit codes are a contract.
class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void misuse_data();
    void misuse();
    void helpOfEveryCommand();
    void inspectSample();
    void inspectFormats();
    void incompleteCode();
    void generateAndMigrate();
    void drizzleKitFirst();
    void renameIsAsked();
    void query();
    void queryFence();
    void queryRefused_data();
    void queryRefused();
    void queryOfEveryRow_data();
    void queryOfEveryRow();
    void badServers_data();
    void badServers();

private:
    static void replaceIn(const QString &file, const QByteArray &find,
                          const QByteArray &replacement);

    std::unique_ptr<testsupport::Server> m_server;
};

void TestCli::replaceIn(const QString &path, const QByteArray &find, const QByteArray &replacement)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::ReadWrite), qPrintable(path));
    QByteArray text = file.readAll();
    QVERIFY2(text.contains(find), find.constData());
    text.replace(text.indexOf(find), find.size(), replacement);
    file.resize(0);
    file.seek(0);
    file.write(text);
}

void TestCli::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestCli::misuse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QStringList &arguments, const char *error) {
        QTest::newRow(name) << arguments << QString::fromUtf8(error);
    };
    row("nothing", {}, "sluice: No command was given; see sluice --help\n");
    row("unknown command", {QStringLiteral("inspct")},
        "sluice: Unknown command 'inspct'; see sluice --help\n");
    row("missing argument", {QStringLiteral("inspect")},
        "sluice: The command line is not understood (inspect): an argument is missing; see sluice "
        "inspect --help\n");
    row("one too many", {QStringLiteral("inspect"), QStringLiteral("a"), QStringLiteral("b")},
        "sluice: The command line is not understood (inspect): unexpected argument 'b'; see sluice "
        "inspect --help\n");
    const QString secret = QStringLiteral("postgres://ann:hush@db/crm");
    row("one database too many", {QStringLiteral("status"), QStringLiteral("a"), secret},
        "sluice: The command line is not understood (status): unexpected argument "
        "'postgres:\u2026'; see sluice status --help\n");
    row("a database as a command", {secret},
        "sluice: Unknown command 'postgres:\u2026'; see sluice --help\n");
    row("a database as a format",
        {QStringLiteral("status"), QStringLiteral("--format"), secret, QStringLiteral("a")},
        "sluice: Unknown value 'postgres:\u2026' (--format); use one of text, json\n");
    row("a database as a project", {QStringLiteral("migrate"), secret},
        "sluice: The address of a database is no project: it is not shown here, since a password "
        "may be in it; give the project's folder; a database goes behind --url, and is a source as "
        "postgres://user@host:port/database\n");
    row("a database as libpq knows it",
        {QStringLiteral("inspect"), QStringLiteral("host=db password=hush")},
        "sluice: The address of a database is no project: it is not shown here, since a password "
        "may be in it; give the project's folder; a database goes behind --url, and is a source as "
        "postgres://user@host:port/database\n");
    row("unknown option",
        {QStringLiteral("diff"), QStringLiteral("--froce"), QStringLiteral("a"),
         QStringLiteral("b")},
        "sluice: The command line is not understood (diff): Unknown option 'froce'.; see sluice "
        "diff --help\n");
    row("unknown format",
        {QStringLiteral("inspect"), QStringLiteral("--format"), QStringLiteral("yaml"),
         QStringLiteral("a")},
        "sluice: Unknown value 'yaml' (--format); use one of json, snapshot, sql, tree\n");
    row("whose rows",
        {QStringLiteral("query"), QStringLiteral("--project"), QStringLiteral("."),
         QStringLiteral("select 1")},
        "sluice: Whose rows are meant is not said (query); add either --tenant T or --unscoped\n");
    row("whose rows of a statement that is not run",
        {QStringLiteral("scope"), QStringLiteral("--project"), QStringLiteral("."),
         QStringLiteral("select 1")},
        "sluice: Whose rows are meant is not said (scope); add --tenant T\n");
    row("no time",
        {QStringLiteral("migrate"), QStringLiteral("--lock-timeout"), QStringLiteral("soon"),
         QStringLiteral(".")},
        "sluice: 'soon' is no time (--lock-timeout); write 500ms, 3s or 2min\n");
}

void TestCli::misuse()
{
    QFETCH(QStringList, arguments);
    const Run run = sluice(arguments);
    QTEST(run.error, "error");
    QCOMPARE(run.output, QString());
    QCOMPARE(run.exitCode, 2);
}

void TestCli::helpOfEveryCommand()
{
    for (const char *name :
         {"inspect", "diff", "generate", "migrate", "status", "check", "query", "sample"}) {
        const QString command = QString::fromLatin1(name);
        const Run run = sluice({command, QStringLiteral("--help")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.output.contains(QStringLiteral("Usage: sluice %1").arg(command)),
                 qPrintable(run.output));
        QVERIFY(sluice({QStringLiteral("--help")}).output.contains(command));
    }
}

void TestCli::inspectSample()
{
    const Run run =
        sluice({QStringLiteral("inspect"), QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"),
                QStringLiteral("--format"), QStringLiteral("json")});
    QCOMPARE(run.exitCode, 0);
    const QJsonObject database = QJsonDocument::fromJson(run.output.toUtf8()).object();
    QVERIFY(database.value(QLatin1String("tables")).toArray().size() >= 30);
    QVERIFY(database.value(QLatin1String("enums")).toArray().size() >= 6);
    QVERIFY(database.value(QLatin1String("relations")).toArray().size() >= 30);
}

void TestCli::inspectFormats()
{
    const QString sample = QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample");
    const Run tree = sluice({QStringLiteral("inspect"), sample});
    QCOMPARE(tree.exitCode, 0);
    QVERIFY2(tree.output.contains(QLatin1String("contacts\n")), qPrintable(tree.output.left(500)));
    const Run statements = sluice(
        {QStringLiteral("inspect"), sample, QStringLiteral("--format"), QStringLiteral("sql")});
    QVERIFY(statements.output.contains(
        QLatin1String("CREATE TABLE \"contacts\" (\n\t\"id\" uuid PRIMARY KEY")));

    // The snapshot of the folder, read and written again, is the last snapshot apart from the ids.
    const Run folder = sluice({QStringLiteral("inspect"), QStringLiteral("folder:") + sample,
                               QStringLiteral("--format"), QStringLiteral("snapshot")});
    const Run code = sluice({QStringLiteral("inspect"), sample, QStringLiteral("--format"),
                             QStringLiteral("snapshot")});
    QCOMPARE(code.exitCode, 0);
    const auto withoutIds = [](const QString &text) { return text.section(u'\n', 3); };
    QCOMPARE(withoutIds(code.output), withoutIds(folder.output));
}

/// A foreign key to nothing costs that key alone; but what would be missing is never dropped.
void TestCli::incompleteCode()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    const QString products = copy.filePath(QStringLiteral("schema/products.ts"));
    QFile file(products);
    QVERIFY(file.open(QIODevice::Append));
    file.write("\nexport const orphans = pgTable('orphans', {\n"
               "  id: uuid().primaryKey(),\n"
               "  ghostId: uuid().references(() => ghosts.id),\n});\n");
    file.close();
    const QRegularExpression said(
        QStringLiteral("^sluice: .*orphans.* \\(schema/products\\.ts:\\d+(:\\d+)?\\)"));

    const Run inspected = sluice({QStringLiteral("inspect"), copy.path(),
                                  QStringLiteral("--format"), QStringLiteral("tree")});
    QCOMPARE(inspected.exitCode, 2);
    QVERIFY2(inspected.error.contains(said), qPrintable(inspected.error));
    QVERIFY2(inspected.output.contains(QStringLiteral("orphans")), qPrintable(inspected.output));

    const QDir drizzle(copy.filePath(QStringLiteral("drizzle")));
    const QStringList before = drizzle.entryList(QDir::Files);
    for (const QStringList &command :
         {QStringList{QStringLiteral("generate"), copy.path()},
          QStringList{QStringLiteral("diff"), QStringLiteral("folder:") + copy.path(), copy.path()},
          QStringList{QStringLiteral("diff"), copy.path(),
                      QStringLiteral("folder:") + copy.path()}}) {
        const Run run = sluice(command);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.output, QString());
        QVERIFY2(run.error.contains(said), qPrintable(run.error));
        QVERIFY2(run.error.contains(QStringLiteral("Parts of the schema could not be read")),
                 qPrintable(run.error));
    }
    QCOMPARE(drizzle.entryList(QDir::Files), before);
}

void TestCli::generateAndMigrate()
{
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    QVERIFY(project.isValid());
    const pg::Settings database = m_server->createDatabase(QStringLiteral("migrate"));
    const QString url = m_server->tcpUrl(database);
    const QString folder = QStringLiteral("folder:") + project.path();

    QCOMPARE(sluice({QStringLiteral("diff"), folder, project.path()}).exitCode, 0);
    replaceIn(project.filePath(QStringLiteral("schema/index.ts")), "export",
              "import { pgTable as table, integer as int } from 'drizzle-orm/pg-core';\n"
              "export const gauges = table('gauges', { id: int().primaryKey(), level: "
              "int().notNull().default(3) });\n"
              "export");
    const Run diff = sluice({QStringLiteral("diff"), folder, project.path()});
    QCOMPARE(diff.output,
             QStringLiteral("CREATE TABLE \"gauges\" (\n\t\"id\" integer PRIMARY KEY NOT NULL,\n"
                            "\t\"level\" integer DEFAULT 3 NOT NULL\n);\n"));
    QCOMPARE(diff.exitCode, 1);

    const Run generate = sluice({QStringLiteral("generate"), project.path(),
                                 QStringLiteral("--name"), QStringLiteral("add_gauges")});
    QVERIFY2(generate.exitCode == 0, qPrintable(generate.error));
    QVERIFY2(generate.output.contains(QLatin1String("_add_gauges.sql")),
             qPrintable(generate.output));
    QCOMPARE(sluice({QStringLiteral("diff"), folder, project.path()}).exitCode, 0);
    QCOMPARE(sluice({QStringLiteral("generate"), project.path()}).output,
             QStringLiteral("No schema changes, nothing to generate\n"));
    const testsupport::ToolRun kit = project.drizzleKit({QStringLiteral("generate")});
    QVERIFY2(kit.output.contains(QLatin1String("No schema changes")), qPrintable(kit.output));
    const testsupport::ToolRun check = project.drizzleKit({QStringLiteral("check")});
    QVERIFY2(check.output.contains(QLatin1String("fine")), qPrintable(check.output));

    const Run dry =
        sluice({QStringLiteral("migrate"), project.path(), QStringLiteral("--dry-run")}, url);
    QVERIFY2(dry.exitCode == 0, qPrintable(dry.error));
    QVERIFY(dry.output.contains(QLatin1String("CREATE TABLE \"gauges\"")));
    const Run migrate = sluice({QStringLiteral("migrate"), project.path()}, url);
    QVERIFY2(migrate.exitCode == 0, qPrintable(migrate.error));
    QVERIFY(migrate.output.contains(QLatin1String("_add_gauges to ")));
    const Run again = sluice({QStringLiteral("migrate"), project.path()}, url);
    QVERIFY2(again.output.startsWith(QLatin1String("Nothing is pending on ")),
             qPrintable(again.output));
    QCOMPARE(again.exitCode, 0);

    // The real tool finds its own ledger filled: it has nothing to run, so nothing "already
    // exists".
    const testsupport::ToolRun accepted =
        project.drizzleKit({QStringLiteral("migrate")}, {{QStringLiteral("DATABASE_URL"), url}});
    QVERIFY2(accepted.exitCode == 0, qPrintable(accepted.output));
    QCOMPARE(sluice({QStringLiteral("migrate"), project.path()}, url).output, again.output);
}

void TestCli::drizzleKitFirst()
{
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    const QString url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("kit_first")));
    const testsupport::ToolRun kit =
        project.drizzleKit({QStringLiteral("migrate")}, {{QStringLiteral("DATABASE_URL"), url}});
    QVERIFY2(kit.exitCode == 0, qPrintable(kit.output));
    const Run ours = sluice({QStringLiteral("migrate"), project.path()}, url);
    QVERIFY2(ours.output.startsWith(QLatin1String("Nothing is pending on ")),
             qPrintable(ours.output + ours.error));
    // Code and catalog were made by different hands and are the same tables.
    const Run diff = sluice({QStringLiteral("inspect"), url});
    QVERIFY2(diff.exitCode == 0 && diff.output.contains(QLatin1String("contacts\n")),
             qPrintable(diff.error));
}

void TestCli::renameIsAsked()
{
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    replaceIn(project.filePath(QStringLiteral("schema/contacts.ts")), "phone: varchar('phone'",
              "telephone: varchar('telephone'");
    const QString folder = QStringLiteral("folder:") + project.path();
    const Run asked = sluice({QStringLiteral("diff"), folder, project.path()});
    QCOMPARE(asked.exitCode, 2);
    QCOMPARE(asked.output, QString());
    QVERIFY2(asked.error.contains(QLatin1String("telephone")) &&
                 asked.error.contains(QLatin1String("phone")) &&
                 asked.error.contains(QLatin1String("--accept-drops")),
             qPrintable(asked.error));
    const QString option = QStringLiteral("--rename column:public.contacts.phone=telephone");
    QVERIFY2(asked.error.contains(option), qPrintable(asked.error));
    QCOMPARE(sluice({QStringLiteral("generate"), project.path()}).exitCode, 2);
    const Run renamed = sluice(QStringList{QStringLiteral("diff"), folder, project.path(),
                                           QStringLiteral("--format"), QStringLiteral("tree")} +
                               option.split(u' '));
    QCOMPARE(renamed.output,
             QStringLiteral("rename column public.contacts.phone → public.contacts.telephone\n"));
    QCOMPARE(renamed.exitCode, 1);
    const Run wrong = sluice({QStringLiteral("diff"), folder, project.path(),
                              QStringLiteral("--rename"), QStringLiteral("column:contacts.fon=x")});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.error.contains(QLatin1String("column:public.contacts.fon=x")),
             qPrintable(wrong.error));
    const Run answered =
        sluice({QStringLiteral("diff"), folder, project.path(), QStringLiteral("--accept-drops")});
    QCOMPARE(answered.exitCode, 1);
    QVERIFY(answered.output.contains(QLatin1String("DROP COLUMN \"phone\"")));
    // What was answered for a migration is kept beside it, for the others of the team.
    QCOMPARE(sluice({QStringLiteral("generate"), project.path(), QStringLiteral("--accept-drops")})
                 .exitCode,
             0);
    QFile kept(project.filePath(QStringLiteral("drizzle/meta/_sluice.json")));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY(kept.readAll().contains(R"({"kind":"column","from":"public.contacts.phone","to":""})"));
    const testsupport::ToolRun kit = project.drizzleKit({QStringLiteral("generate")});
    QVERIFY2(kit.output.contains(QLatin1String("No schema changes")), qPrintable(kit.output));
}

void TestCli::query()
{
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    const QString url = m_server->tcpUrl(m_server->createDatabase(
        QStringLiteral("query"),
        "create table organizations (id int primary key, name text not null);"
        "create table contacts (id int primary key, organization_id int not null references "
        "organizations, name text);"
        "insert into organizations values (1, 'Globex'), (2, 'Initech');"
        "insert into contacts values (1, 1, 'Ada'), (2, 2, 'Grace'), (3, 1, null);"));
    const QStringList start{QStringLiteral("query"), QStringLiteral("--project"), project.path()};
    const Run all =
        sluice(start + QStringList{QStringLiteral("--unscoped"), QStringLiteral("--format"),
                                   QStringLiteral("csv"),
                                   QStringLiteral("select id, name from contacts order by id")},
               url);
    QCOMPARE(all.error, QString());
    QCOMPARE(all.output, QStringLiteral("id,name\n1,Ada\n2,Grace\n3,\n"));
    QCOMPARE(all.exitCode, 0);
    for (const char *tenant : {"Globex", "1"}) {
        const Run scoped =
            sluice(start + QStringList{QStringLiteral("--tenant"), QString::fromLatin1(tenant),
                                       QStringLiteral("--format"), QStringLiteral("json"),
                                       QStringLiteral("select name from contacts c order by c.id")},
                   url);
        QCOMPARE(scoped.error, QString());
        QCOMPARE(scoped.output, QStringLiteral("[\n {\"name\": \"Ada\"},\n {\"name\": null}\n]\n"));
    }
    // The same without running it: layout and comments stay, the tenant is beside the text.
    const Run shown = sluice({QStringLiteral("scope"), QStringLiteral("--project"), project.path(),
                              QStringLiteral("--tenant"), QStringLiteral("Globex"),
                              QStringLiteral("delete from contacts -- all\n  where id > 0")},
                             url);
    QCOMPARE(shown.error, QString());
    QVERIFY2(QRegularExpression(QStringLiteral("^delete from contacts -- all\n  where [^\n]*"
                                               "organization_id[^\n]* = \\$1[^\n]*id > 0[^\n]*\n"
                                               "-- \\$1 = '1'\n$"))
                 .match(shown.output)
                 .hasMatch(),
             qPrintable(shown.output));
    const Run refused = sluice({QStringLiteral("scope"), QStringLiteral("--project"),
                                project.path(), QStringLiteral("--tenant"),
                                QStringLiteral("Globex"), QStringLiteral("truncate contacts")},
                               url);
    QCOMPARE(refused.exitCode, 2);
    // What the project says of a table goes before what its columns look like.
    QFile settings(project.filePath(QStringLiteral("sluice.json")));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(R"({"tenant": {"tables": {"contacts": "global"}}})");
    settings.close();
    const QStringList counting{QStringLiteral("--tenant"), QStringLiteral("Globex"),
                               QStringLiteral("--format"), QStringLiteral("csv"),
                               QStringLiteral("select count(*) from contacts")};
    QCOMPARE(sluice(start + counting, url).output, QStringLiteral("count\n3\n"));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write("{");
    settings.close();
    QCOMPARE(sluice(start + counting, url).error,
             QStringLiteral("sluice: This is no JSON (%1:1); mend it, or remove it: it says whose "
                            "rows are whose\n")
                 .arg(settings.fileName()));
    QVERIFY(settings.remove());
    const Run nobody =
        sluice(start + QStringList{QStringLiteral("--tenant"), QStringLiteral("Hooli"),
                                   QStringLiteral("select 1")},
               url);
    QCOMPARE(nobody.exitCode, 2);
    QVERIFY2(nobody.error.startsWith(
                 QLatin1String("sluice: There is no tenant 'Hooli' (public.organizations)")),
             qPrintable(nobody.error));
    const Run written = sluice(
        start + QStringList{QStringLiteral("--unscoped"), QStringLiteral("--write"),
                            QStringLiteral(
                                "update contacts set name = 'Alan' where id = 3 returning name")},
        url);
    QCOMPARE(written.output, QStringLiteral("name\n----\nAlan\n"));
}

/// An error is a result as well: it quotes no value of another tenant.
void TestCli::queryFence()
{
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    const QString url = m_server->tcpUrl(m_server->createDatabase(
        QStringLiteral("fence"),
        "create table organizations (id int primary key, name text not null);"
        "create table contacts (id int primary key, organization_id int not null references "
        "organizations, name text);"
        "create table notes (id int primary key, contact_id int not null references contacts, "
        "body text);"
        "insert into organizations values (1, 'Globex'), (2, 'Initech');"
        "insert into contacts values (1, 1, 'Ada'), (2, 2, 'Grace');"
        "insert into notes values (1, 2, 'theirs'), (2, 1, '7');"));
    const auto ask = [&](const char *statement) {
        return sluice({QStringLiteral("query"), QStringLiteral("--project"), project.path(),
                       QStringLiteral("--tenant"), QStringLiteral("1"), QStringLiteral("--format"),
                       QStringLiteral("csv"), QString::fromLatin1(statement)},
                      url);
    };
    const Run counted = ask("select id from notes where body::int > 5");
    QCOMPARE(counted.error, QString());
    QCOMPARE(counted.output, QStringLiteral("id\n2\n"));
    // Its own values may be quoted.
    const Run own = ask("select 1 from contacts where name::int > 5");
    QCOMPARE(own.exitCode, 2);
    QVERIFY2(own.error.contains(QLatin1String("Ada")), qPrintable(own.error));
}

void TestCli::queryRefused_data()
{
    QTest::addColumn<QString>("statement");
    const auto row = [](const char *statement) {
        QTest::newRow(statement) << QString::fromLatin1(statement);
    };
    row("update contacts set name = 'x'");
    row("create table t (id int)");
    row("begin read write");
    row("select 1; drop table contacts");
    row("copy contacts to program 'cat'");
    row("set transaction read write");
    row("selec 1");
}

void TestCli::queryRefused()
{
    QFETCH(QString, statement);
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    // Refused before any connection: the port answers nobody.
    const Run run = sluice({QStringLiteral("query"), QStringLiteral("--project"), project.path(),
                            QStringLiteral("--unscoped"), statement},
                           QStringLiteral("postgres://nobody@127.0.0.1:1/none"));
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.output, QString());
    QVERIFY2(run.error.startsWith(QLatin1String("sluice: ")) &&
                 !run.error.contains(QLatin1String("127.0.0.1")),
             qPrintable(run.error));
}

void TestCli::queryOfEveryRow_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<bool>("isRefused");
    const auto row = [](const char *statement, bool isRefused) {
        QTest::newRow(statement) << QString::fromLatin1(statement) << isRefused;
    };
    row("delete from contacts", true);
    row("update contacts set name = 'x'", true);
    row("delete from contacts where true", false);
    row("update contacts set name = 'x' where id = 1", false);
}

void TestCli::queryOfEveryRow()
{
    QFETCH(QString, statement);
    QFETCH(bool, isRefused);
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    // The port answers nobody: what is not refused fails there.
    const Run run = sluice({QStringLiteral("query"), QStringLiteral("--project"), project.path(),
                            QStringLiteral("--unscoped"), QStringLiteral("--write"), statement},
                           QStringLiteral("postgres://nobody@127.0.0.1:1/none"));
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.error.contains(QLatin1String("would change every row")) == isRefused &&
                 run.error.contains(QLatin1String("127.0.0.1")) != isRefused,
             qPrintable(run.error));
}

void TestCli::badServers_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("says");
    QTest::newRow("down") << QStringLiteral("postgres://ada:s3cret@127.0.0.1:1/crm")
                          << QStringLiteral("127.0.0.1:1");
    QTest::newRow("no such host") << QStringLiteral("postgres://ada:s3cret@nowhere.invalid/crm")
                                  << QStringLiteral("nowhere.invalid");
    QTest::newRow("wrong password")
        << QStringLiteral("@wrong-password") << QStringLiteral("password");
    QTest::newRow("not a URL") << QStringLiteral("postgres://ada:s3cret@:::/crm")
                               << QStringLiteral("The port is not a number from 1 to 65535");
    QTest::newRow("no URL at all") << QString() << QStringLiteral("DATABASE_URL");
}

void TestCli::badServers()
{
    QFETCH(QString, url);
    QFETCH(QString, says);
    if (url == QLatin1String("@wrong-password")) {
        QUrl wrong(m_server->tcpUrl(m_server->createDatabase(QStringLiteral("locked"))));
        wrong.setPassword(QStringLiteral("s3cret"));
        url = wrong.toString(QUrl::FullyEncoded);
    }
    const ProjectCopy project(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    const Run run = sluice({QStringLiteral("query"), QStringLiteral("--project"), project.path(),
                            QStringLiteral("--unscoped"), QStringLiteral("select 1")},
                           url);
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.error.contains(says), qPrintable(run.error));
    QVERIFY2(!run.error.contains(QLatin1String("s3cret")), "the password is printed");
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
