// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"
#include "cli/projectonserver.h"

#include <QRegularExpression>

using testsupport::Run;
using testsupport::sluice;

namespace
{
const QByteArray script = R"sql(
create table organizations (id int primary key, name text not null);
create table projects (id int primary key, organization_id int not null references organizations, name text);
create table lists (id int primary key, project_id int not null references projects, title text);
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into projects values (1, 1, 'Alpha'), (2, 1, 'A/B'), (3, 2, 'Gamma');
insert into lists values (1, 1, 'one'), (2, 2, 'two'), (3, 3, 'three');
)sql";
} // namespace

/// The commands of a project whose tenants have tenants of their own.
class TestNestedTenant : public ProjectOnServer
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void prints_data();
    void prints();
};

void TestNestedTenant::initTestCase()
{
    make("nested", script,
         {{"sluice.json", R"({"tenant": {"nested": {"column": "project_id"}}})"},
          {"plain/drizzle.config.ts",
           "export default { dialect: 'postgresql', schema: './schema.ts' };\n"},
          {"plain/schema.ts", "export {};\n"},
          {"plain/sluice.json", R"({"tenant": {"nested": {"column": "workspace_id"}}})"},
          {"new.csv", "id,title\n7,new\n"}});
}

void TestNestedTenant::prints_data()
{
    QTest::addColumn<QString>("line"); // P and Q are projects, F the file
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("expected"); // output, or a part of the error
    const auto row = [](const char *line, int code, const char *expected) {
        QTest::newRow(line) << QString::fromLatin1(line) << code << QString::fromLatin1(expected);
    };
    row("query|--project|P|--tenant|Globex|--nested|Alpha|--format|csv|select title from lists", 0,
        "title\none\n");
    row("query|--project|P|--tenant|Globex|--nested|A/B|--format|csv|select title from lists", 0,
        "title\ntwo\n");
    row("query|--project|P|--tenant|Globex|--format|csv|select title from lists order by 1", 0,
        "title\none\ntwo\n");
    row("query|--project|P|--tenant|Globex|--nested|Gamma|select 1", 2,
        "The tenant has no 'Gamma'");
    row("query|--project|P|--nested|Alpha|select 1", 2,
        "--nested is chosen within a tenant, and none is named");
    row("query|--project|P|--unscoped|--nested|Alpha|select 1", 2, "add --tenant T");
    row("query|--project|P|--tenant|Globex|--nested||select 1", 2, "Whose rows are meant");
    row("query|--project|Q|--tenant|Globex|--nested|Alpha|select 1", 2,
        "(sluice.json): no table has the column workspace_id");
    row("query|--project|Q|--tenant|Globex|--format|csv|select count(*) from lists", 0,
        "count\n2\n");
    row("query|--project|P|--tenant|1|--nested|1|--write|update lists set project_id = 2 where "
        "true",
        2, "would not belong to the project_id 1");
    row("scope|--project|P|--tenant|1|--nested|1|select 1 from projects", 0, "-- $2 = '1'");
    row("export|P|lists|--tenant|1|--nested|1", 0, "id,project_id,title\n1,1,one\n");
    row("export|P|lists|--tenant|1|--nested|1|--where|id > 0", 0, "id,project_id,title\n1,1,one\n");
    row("export|P|lists|--nested|1", 2, "none is named");
    row("import|P|organizations|F|--tenant|1|--nested|1|--dry-run|--map|title=name", 2,
        "those of the tenant as a whole");
    row("import|P|lists|F|--tenant|1|--nested|1|--write", 0, "1");
    row("query|--project|P|--tenant|1|--nested|1|--format|csv|select id from lists order by id", 0,
        "id\n1\n7\n");
    row("query|--help", 0, "--nested <nested>");
}

void TestNestedTenant::prints()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QString, expected);
    QStringList words = line.split(u'|');
    words.replaceInStrings(QRegularExpression(QStringLiteral("^P$")), m_folder.path());
    words.replaceInStrings(QRegularExpression(QStringLiteral("^Q$")),
                           m_folder.filePath(QStringLiteral("plain")));
    words.replaceInStrings(QRegularExpression(QStringLiteral("^F$")),
                           m_folder.filePath(QStringLiteral("new.csv")));
    const Run run = sluice(words, m_url);
    const QString given = code == 0 ? run.output : run.error;
    QVERIFY2(run.exitCode == code, qPrintable(run.output + run.error));
    QVERIFY2(given == expected || given.contains(expected), qPrintable(given));
}

QTEST_GUILESS_MAIN(TestNestedTenant)
#include "tst_nestedtenant.moc"
