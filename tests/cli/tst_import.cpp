// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"
#include "support/server.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using testsupport::Run;
using testsupport::sluice;

namespace
{
const QByteArray script = R"sql(
create table organizations (id int primary key, name text not null);
create table contacts (id int primary key, organization_id int not null references organizations,
    full_name text not null, shout text generated always as (upper(full_name)) stored);
create schema app;
create table app.notes (line text);
create view names as select id, full_name from contacts;
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into contacts values (1, 1, 'Ada'), (2, 2, 'Eve');
)sql";
} // namespace

/// `sluice import` as a terminal and a pipeline see it.
class TestImportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void runs_data();
    void runs();
    void badRows();
    void farAway();

private:
    QString write(const char *name, const QByteArray &content);
    Run run(const QStringList &words, const QByteArray &input);

    testsupport::Server m_server;
    pg::Settings m_settings;
    QString m_url;
    QTemporaryDir m_folder;
};

QString TestImportCommand::write(const char *name, const QByteArray &content)
{
    QFile file(m_folder.filePath(QString::fromLatin1(name)));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    return file.fileName();
}

void TestImportCommand::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    write("drizzle.config.ts",
          "export default { dialect: 'postgresql', schema: './schema.ts' };\n");
    write("schema.ts",
          "import { integer, pgTable, text } from 'drizzle-orm/pg-core';\n"
          "export const contacts = pgTable('contacts', { id: integer('id').primaryKey(), "
          "organizationId: integer('organization_id').notNull(), "
          "calledBy: text('full_name').notNull() });\n");
}

void TestImportCommand::init()
{
    m_settings = m_server.createDatabase(QStringLiteral("import"), script);
    m_url = m_server.tcpUrl(m_settings);
}

Run TestImportCommand::run(const QStringList &words, const QByteArray &input)
{
    return sluice(QStringList{QStringLiteral("import"), m_folder.path()} + words, m_url, input);
}

void TestImportCommand::runs_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("expected"); // the output; or a part of the error
    QTest::addColumn<int>("rows");         // of contacts and notes, behind it
    const auto row = [](const char *words, const char *input, int exitCode, const char *expected,
                        int rows = 2) {
        QTest::newRow(words) << QString::fromLatin1(words).split(u'|') << QByteArray(input)
                             << exitCode << QString::fromUtf8(expected) << rows;
    };
    row("contacts|-|--tenant|Globex|--write", "id,full_name\n5,Bob\n6,Tom\n", 0,
        "rows: 2, good: 2, bad: 0\nimported (new: 2, updated: 0, skipped: 0)\n", 4);
    row("contacts|-|--tenant|1|--write", "id;calledBy;shout\n5;Bob;x\n", 0,
        "rows: 1, good: 1, bad: 0\nimported (new: 1, updated: 0, skipped: 0)\n", 3);
    row("app.notes|-|--unscoped|--write|--no-titles|--null|none|--delimiter|tab", "a,b\nnone\n", 2,
        "Columns of the file fit none of app.notes");
    row("app.notes|-|--unscoped|--write|--no-titles|--delimiter|tab|--map|1=line", "a;b\n\nc\n", 0,
        "rows: 3, good: 3, bad: 0\nimported (new: 3, updated: 0, skipped: 0)\n", 5);
    row("contacts|-|--tenant|1|--dry-run", "id,full_name\n5,Bob\n", 0,
        "rows: 1, good: 1, bad: 0\nwould be imported (new: 1, updated: 0, skipped: 0); nothing was "
        "written\n");
    row("contacts|-|--tenant|1|--dry-run|--remote", "id,organization_id,full_name\nx,1,Bob\n6,2,\n",
        1,
        "line 2, id 'x': invalid input syntax for type integer: \"x\"\n"
        "line 3, full_name NULL: the column takes no NULL\n"
        "rows: 2, good: 0, bad: 2\nwould be imported (new: 0, updated: 0, skipped: 0); nothing was "
        "written\n");
    row("contacts|-|--tenant|1|--dry-run|--on-conflict|update", "id,full_name\n1,New\n2,Mine\n", 1,
        "line 3, id '2': the row with this key belongs to another tenant\n"
        "rows: 2, good: 1, bad: 1\nwould be imported (new: 0, updated: 1, skipped: 0); nothing was "
        "written\n");
    row("contacts|-|--unscoped|--write|--on-conflict|skip",
        "id,organization_id,full_name\n2,2,New\n7,2,Max\n", 0,
        "rows: 2, good: 2, bad: 0\nimported (new: 1, updated: 0, skipped: 1)\n", 3);
    row("contacts|-|--unscoped|--dry-run|--format|json", "id,organization_id,full_name\n7,2,Max\n",
        0,
        "{\n    \"bad\": 0,\n    \"badRows\": [\n    ],\n    \"good\": 1,\n    \"inserted\": 1,\n"
        "    \"notes\": [\n    ],\n    \"rows\": 1,\n    \"skipped\": 0,\n    \"updated\": 0,\n"
        "    \"written\": false\n}\n");
    row("contacts|-|--unscoped", "id\n", 2, "An import writes");
    row("contacts|-|--write", "id\n", 2, "Whose rows are meant is not said");
    row("contacts|-|--tenant|1|--unscoped|--write", "id\n", 2, "Whose rows are meant is not said");
    row("contacts|-|--tenant|Acme|--write", "id,full_name\n", 2, "There is no tenant 'Acme'");
    row("nothing|-|--unscoped|--write", "id\n", 2, "There is no table 'nothing'");
    row("names|-|--unscoped|--write", "id\n", 2, "Nothing can be imported into a view");
    row("app.notes|-|--tenant|1|--write", "line\n", 2, "Nothing can be imported into app.notes");
    row("contacts|missing.csv|--unscoped|--write", "", 2, "The file is not there (missing.csv)");
    row("contacts|-|--unscoped|--write", "", 2, "There is nothing in the file");
    row("contacts|-|--tenant|1|--write", "id,full_name,colour\n5,Bob,red\n", 2,
        "colour; say where they go: --map title=column");
    row("contacts|-|--tenant|1|--write|--map|colour=", "id,full_name,colour\n5,Bob,red\n", 0,
        "rows: 1, good: 1, bad: 0\nimported (new: 1, updated: 0, skipped: 0)\n", 3);
    row("contacts|-|--tenant|1|--write|--map|lime=id", "id,full_name\n", 2,
        "The file has no column 'lime'");
    row("contacts|-|--tenant|1|--write|--map|id", "id,full_name\n", 2, "write --map title=column");
    row("contacts|-|--tenant|1|--write|--delimiter|--", "id\n", 2, "no delimiter");
    row("contacts|-|--tenant|1|--write|--encoding|ebcdic", "id\n", 2, "ebcdic");
    row("contacts|-|--tenant|1|--write|--on-conflict|ask", "id\n", 2, "stop, skip, update");
}

void TestImportCommand::runs()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, input);
    QFETCH(int, exitCode);
    QFETCH(QString, expected);
    QFETCH(int, rows);
    const Run ran = run(words, input);
    QVERIFY2(ran.exitCode == exitCode, qPrintable(ran.error + ran.output));
    if (exitCode < 2)
        QCOMPARE(ran.output, expected);
    else
        QVERIFY2((ran.error + ran.output).contains(expected), qPrintable(ran.error + ran.output));
    const Run counted =
        sluice({QStringLiteral("query"), QStringLiteral("--project"), m_folder.path(),
                QStringLiteral("--unscoped"), QStringLiteral("--format"), QStringLiteral("csv"),
                QStringLiteral("select (select count(*) from contacts) + (select "
                               "count(*) from app.notes) as n")},
               m_url);
    QCOMPARE(counted.output, QStringLiteral("n\n%1\n").arg(rows));
}

void TestImportCommand::badRows()
{
    const QString kept = m_folder.filePath(QStringLiteral("bad.csv"));
    const QString file = write("rows.csv", "id,full_name\n5,Bob\nx,Tom\n");
    const QStringList words{QStringLiteral("contacts"), file, QStringLiteral("--tenant"),
                            QStringLiteral("1"), QStringLiteral("--write")};
    const Run all = run(words, {});
    QCOMPARE(all.exitCode, 2);
    QVERIFY2(all.output.endsWith(QStringLiteral("rows: 2, good: 1, bad: 1\nnothing was written\n")),
             qPrintable(all.output));
    const Run good = run(words + QStringList{QStringLiteral("--bad-rows"), kept}, {});
    QVERIFY2(good.exitCode == 0, qPrintable(good.error));
    QVERIFY2(good.output.endsWith(QStringLiteral("imported (new: 1, updated: 0, skipped: 0)\n")),
             qPrintable(good.output));
    QFile left(kept);
    QVERIFY(left.open(QIODevice::ReadOnly));
    QCOMPARE(left.readAll(), QByteArray("id,full_name\nx,Tom\n"));
    const Run again = run(words + QStringList{QStringLiteral("--bad-rows"), kept}, {});
    QCOMPARE(again.exitCode, 2);
    QVERIFY(again.error.contains(QStringLiteral("is there already")));
}

/// A dry run writes, too, before it is undone.
void TestImportCommand::farAway()
{
    for (const char *how : {"--write", "--dry-run"}) {
        const Run ran = sluice({QStringLiteral("import"), m_folder.path(),
                                QStringLiteral("contacts"), write("rows.csv", "id\n1\n"),
                                QStringLiteral("--unscoped"), QString::fromLatin1(how)},
                               QStringLiteral("postgres://u@db.example.org/d"));
        QCOMPARE(ran.exitCode, 2);
        QVERIFY2(ran.error.contains(QStringLiteral("--remote")), qPrintable(ran.error));
    }
}

QTEST_GUILESS_MAIN(TestImportCommand)
#include "tst_import.moc"
