// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"
#include "cli/projectonserver.h"

using testsupport::Run;
using testsupport::sluice;

namespace
{
const QByteArray script = R"sql(
create table organizations (id int primary key, name text not null);
create table contacts (id int primary key, organization_id int not null references organizations,
    name text);
create schema app;
create table app.notes (line text, at date);
create view names as select id, name from contacts;
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into contacts values (1, 1, 'Ada'), (2, 2, 'Grace'), (3, 1, ''), (4, 1, null);
insert into app.notes values ('x', '2026-03-01');
)sql";
} // namespace

/// `sluice export` as a terminal and a pipeline see it.
class TestExportCommand : public ProjectOnServer
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void prints_data();
    void prints();
};

void TestExportCommand::initTestCase()
{
    make("export", script);
}

void TestExportCommand::prints_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("expected"); // the output, or a part of the error
    const auto row = [](const char *words, int exitCode, const char *expected) {
        QTest::newRow(words) << QString::fromLatin1(words).split(u'|') << exitCode
                             << QString::fromUtf8(expected);
    };
    row("contacts|--tenant|Globex", 0, "id,organization_id,name\n1,1,Ada\n3,1,\"\"\n4,1,\n");
    row("contacts|--tenant|2|--format|json", 0,
        "[\n {\"id\": 2, \"organization_id\": 2, \"name\": \"Grace\"}\n]\n");
    row("contacts|--unscoped|--where|name like 'G%'", 0, "id,organization_id,name\n2,2,Grace\n");
    row("contacts|--tenant|1|--where|name = 'Grace' or id = 1", 0,
        "id,organization_id,name\n1,1,Ada\n");
    row("contacts|--tenant|1|--where|id > 9|--format|sql", 0, "");
    row("app.notes|--unscoped|--format|sql", 0,
        "INSERT INTO \"app\".\"notes\" (\"line\", \"at\") VALUES\n  ('x', '2026-03-01');\n");
    row("names|--unscoped|--where|id = 1", 0, "id,name\n1,Ada\n");
    row("names|--tenant|1", 0, "id,name\n1,Ada\n3,\"\"\n4,\n"); // computed from its rows alone
    row("contacts", 2, "Whose rows are meant is not said");
    row("contacts|--tenant|1|--unscoped", 2, "Whose rows are meant is not said");
    row("contacts|--tenant|Acme", 2, "There is no tenant 'Acme'");
    row("nothing|--unscoped", 2, "There is no table 'nothing' in the database");
    row("contacts|--unscoped|--where|true) or (true", 2, "a ) without its (");
    row("contacts|--unscoped|--where|1 / (id - 3) > -9", 2, "division by zero");
    row("contacts|--unscoped|--format|xml", 2, "xml");
}

void TestExportCommand::prints()
{
    QFETCH(QStringList, words);
    QFETCH(int, exitCode);
    QFETCH(QString, expected);
    const Run run = sluice(QStringList{QStringLiteral("export"), m_folder.path()} + words, m_url);
    QVERIFY2(run.exitCode == exitCode, qPrintable(run.error));
    if (exitCode == 0)
        QCOMPARE(run.output, expected);
    else
        QVERIFY2(run.error.contains(expected), qPrintable(run.error));
}

QTEST_GUILESS_MAIN(TestExportCommand)
#include "tst_export.moc"
