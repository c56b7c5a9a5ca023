// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"
#include "cli/projectonserver.h"

#include <QRegularExpression>

using testsupport::Run;
using testsupport::sluice;

namespace
{
const QByteArray script = R"sql(
create table plans (code text primary key);
insert into plans values ('free');
create schema acme;
create table acme.contacts (id int primary key, name text);
insert into acme.contacts values (1, 'Ada');
create schema globex;
create table globex.contacts (id int primary key, name text);
insert into globex.contacts values (1, 'Grace'), (2, 'Alan');
)sql";
} // namespace

/// The commands of a project in which each tenant has a schema of its own.
class TestTenantSchemas : public ProjectOnServer
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void prints_data();
    void prints();
};

void TestTenantSchemas::initTestCase()
{
    make("schemas", script,
         {{"sluice.json", R"({"tenant": {"schemas": ["acme", "glo*"]}})"},
          {"new.csv", "id,name\n7,Edsger\n"}});
}

void TestTenantSchemas::prints_data()
{
    QTest::addColumn<QString>("line"); // P is the project, F the file
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("expected"); // output, or a part of the error
    const auto row = [](const char *line, int code, const char *expected) {
        QTest::newRow(line) << QString::fromLatin1(line) << code << QString::fromLatin1(expected);
    };
    row("query|--project|P|--tenant|acme|--format|csv|select name from contacts", 0, "name\nAda\n");
    row("query|--project|P|--tenant|globex|--format|csv|select name from contacts order by 1", 0,
        "name\nAlan\nGrace\n");
    row("query|--project|P|--tenant|globex|--format|csv|select count(*) from plans", 0,
        "count\n1\n");
    row("query|--project|P|--tenant|acme|select name from globex.contacts", 2,
        "it lies in the schema of another tenant");
    row("query|--project|P|--tenant|initech|select 1", 2,
        "each has a schema of its own: acme, globex");
    row("query|--project|P|--tenant|acme|--write|delete from globex.contacts where true", 2,
        "it lies in the schema of another tenant");
    row("scope|--project|P|--tenant|acme|select name from contacts", 0,
        "SET LOCAL search_path = acme, public;\nselect name from contacts\n");
    row("export|P|contacts|--tenant|acme", 0, "id,name\n1,Ada\n");
    row("export|P|globex.contacts|--tenant|acme", 2, "does not lie in the schema of acme");
    row("export|P|globex.contacts|--unscoped", 0, "id,name\n1,Grace\n2,Alan\n");
    row("import|P|globex.contacts|F|--tenant|acme|--write", 2,
        "does not lie in the schema of the chosen tenant");
    row("import|P|plans|F|--tenant|acme|--write|--map|id=code|--map|name=", 2,
        "the same for all tenants");
    row("import|P|contacts|F|--tenant|acme|--write", 0, "1");
    row("query|--project|P|--unscoped|--format|csv|select 'acme', count(*) from acme.contacts "
        "union all select 'globex', count(*) from globex.contacts order by 1",
        0, "?column?,count\nacme,2\nglobex,2\n");
}

void TestTenantSchemas::prints()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QString, expected);
    QStringList words = line.split(u'|');
    words.replaceInStrings(QRegularExpression(QStringLiteral("^P$")), m_folder.path());
    words.replaceInStrings(QRegularExpression(QStringLiteral("^F$")),
                           m_folder.filePath(QStringLiteral("new.csv")));
    const Run run = sluice(words, m_url);
    const QString given = code == 0 ? run.output : run.error;
    QVERIFY2(run.exitCode == code, qPrintable(run.output + run.error));
    QVERIFY2(given == expected || given.contains(expected), qPrintable(given));
}

QTEST_GUILESS_MAIN(TestTenantSchemas)
#include "tst_tenantschemas.moc"
