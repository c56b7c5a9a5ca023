// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "query/paging.h"
#include "session/export.h"
#include "support/server.h"

#include <QDir>
#include <QFile>
#include <QFutureWatcher>
#include <QTemporaryDir>
#include <QTest>

namespace
{
const char *const script = R"sql(
create table organizations (id int primary key, name text not null);
create table contacts (id int generated always as identity primary key,
    organization_id int not null references organizations, name text, age text, price numeric,
    raw bytea, tags text[], extra json, paid bool, born timestamptz,
    shout text generated always as (upper(name)) stored);
create table items (id int primary key, contact_id int not null references contacts, label text);
create table logs (organization_id int not null references organizations, line text);
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into contacts (organization_id, name, age, price, raw, tags, extra, paid, born) values
    (1, E'Ada "C" \\ tab\t, nl\nend', '36', 1000000000000000000.10, '\x00ff5c', '{a,"b c",NULL}',
     '{"k": "v\\n"}', true, '2026-03-01 12:00:00.123456+00'),
    (2, 'secret', 'secret', 1, null, null, null, null, null),
    (1, '', '41', 'NaN', '\x', '{}', 'null', false, null),
    (1, null, '50', null, null, null, null, null, null);
insert into items values (1, 1, 'ours'), (2, 2, 'secret'), (3, 3, 'it''s');
insert into logs select 1 + n % 2, 'line ' || n from generate_series(1, 1000) n;
create view counted as select count(*) as id from contacts;
create view shown as select c.id, i.label from contacts c left join items i on i.contact_id = c.id
    order by 1;
create view aged as select nullif(name, 'secret')::int as id from contacts where name = '';
create view peeking as select query_to_xml('select * from contacts', true, true, '')::text as id;
create table many (id int primary key, organization_id int not null references organizations,
    note text);
insert into many select n, 1, repeat('x', 100) from generate_series(1, 200000) n;
)sql";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

/// Rows in files, for the tenant 1 where one is said.
class TestExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void forms_data();
    void forms();
    void insertsMakeTheSameRows();
    void keepsToTheTenant_data();
    void keepsToTheTenant();
    void valuesAreNoSql_data();
    void valuesAreNoSql();
    void cancelled();
    void failed();

private:
    session::ExportRequest request(const char *table, rows::Form form,
                                   std::optional<int> tenant = 1) const;
    QByteArray exported(const session::ExportRequest &request);

    testsupport::Server m_server;
    std::shared_ptr<pg::Pool> m_pool;
    schema::Database m_database;
    QTemporaryDir m_folder;
};

void TestExport::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_pool = std::make_shared<pg::Pool>(m_server.createDatabase(QStringLiteral("export"), script));
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    m_database = catalog->schema;
}

session::ExportRequest TestExport::request(const char *name, rows::Form form,
                                           std::optional<int> tenant) const
{
    const QString table = QString::fromLatin1(name);
    const schema::Table *found = m_database.table({{}, table});
    query::Select view{.from = {{{}, table}, table}};
    for (const schema::View &known : m_database.views) {
        for (const schema::Column &column :
             known.name.name == table ? known.columns : QList<schema::Column>())
            view.columns << query::ColumnRef{table, column.name};
    }
    session::ExportRequest request{.select = found ? query::pageOf(*found, table) : view,
                                   .table = found ? *found : schema::Table(),
                                   .form = form,
                                   .classification = tenant::classify(m_database, {})};
    if (tenant)
        request.tenantId = QString::number(*tenant);
    return request;
}

/// The file's content, or the error; an error leaves nothing behind.
QByteArray TestExport::exported(const session::ExportRequest &request)
{
    const QString path = m_folder.filePath(QStringLiteral("rows"));
    QFile::remove(path);
    const auto rows = base::await(session::exportFile(m_pool, request, path));
    if (!rows) {
        const qsizetype left = QDir(m_folder.path())
                                   .entryList({QStringLiteral("rows*")}, QDir::Files | QDir::Hidden)
                                   .size();
        return base::toLine(rows.error()).toUtf8() + (left ? " and a file" : "");
    }
    return contentOf(path);
}

void TestExport::forms_data()
{
    QTest::addColumn<rows::Form>("form");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("csv") << rows::Form::Csv
                         << QByteArray(
                                R"x(id,organization_id,name,age,price,raw,tags,extra,paid,born,shout
1,1,"Ada ""C"" \ tab	, nl
end",36,1000000000000000000.10,\x00ff5c,"{a,""b c"",NULL}","{""k"": ""v\\n""}",t,2026-03-01 12:00:00.123456+00,"ADA ""C"" \ TAB	, NL
END"
3,1,"",41,NaN,\x,{},null,f,,""
4,1,,50,,,,,,,
)x");
    QTest::newRow("json") << rows::Form::Json << QByteArray(R"x([
 {"id": 1, "organization_id": 1, "name": "Ada \"C\" \\ tab\t, nl\nend", "age": "36", "price": 1000000000000000000.10, "raw": "\\x00ff5c", "tags": ["a", "b c", null], "extra": {"k": "v\\n"}, "paid": true, "born": "2026-03-01 12:00:00.123456+00", "shout": "ADA \"C\" \\ TAB\t, NL\nEND"},
 {"id": 3, "organization_id": 1, "name": "", "age": "41", "price": "NaN", "raw": "\\x", "tags": [], "extra": null, "paid": false, "born": null, "shout": ""},
 {"id": 4, "organization_id": 1, "name": null, "age": "50", "price": null, "raw": null, "tags": null, "extra": null, "paid": null, "born": null, "shout": null}
]
)x");
    QTest::newRow("sql")
        << rows::Form::Inserts
        << QByteArray(
               R"x(INSERT INTO "contacts" ("id", "organization_id", "name", "age", "price", "raw", "tags", "extra", "paid", "born") OVERRIDING SYSTEM VALUE VALUES
  (1, 1, E'Ada "C" \\ tab	, nl
end', '36', 1000000000000000000.10, E'\\x00ff5c', '{a,"b c",NULL}', E'{"k": "v\\\\n"}', true, '2026-03-01 12:00:00.123456+00'),
  (3, 1, '', '41', 'NaN', E'\\x', '{}', 'null', false, NULL),
  (4, 1, NULL, '50', NULL, NULL, NULL, NULL, NULL, NULL);
)x");
}

void TestExport::forms()
{
    QFETCH(rows::Form, form);
    QFETCH(QByteArray, expected);
    QCOMPARE(QString::fromUtf8(exported(request("contacts", form))), QString::fromUtf8(expected));
}

void TestExport::insertsMakeTheSameRows()
{
    const QByteArray inserts = exported(request("contacts", rows::Form::Inserts));
    const QByteArray before = exported(request("contacts", rows::Form::Json));
    const QString emptied =
        m_server.run(m_pool->settings(), "create table kept as select * from items; "
                                         "delete from items; delete from contacts "
                                         "where organization_id = 1;");
    QCOMPARE(emptied, QString());
    QCOMPARE(m_server.run(m_pool->settings(), inserts), QString());
    QCOMPARE(m_server.run(m_pool->settings(), "insert into items select * from kept"), QString());
    QCOMPARE(exported(request("contacts", rows::Form::Json)), before);
}

void TestExport::keepsToTheTenant_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QByteArray>("expected"); // the first column, or a part of the refusal
    const auto row = [](const char *table, const char *condition, const char *expected) {
        QTest::addRow("%s %s", table, condition)
            << QByteArray(table) << QString::fromLatin1(condition) << QByteArray(expected);
    };
    row("contacts", "", "1 3 4");
    row("items", "", "1 3");
    row("contacts", "age::int > 40", "3 4");
    row("contacts", "organization_id = 2 or true", "1 3 4");
    row("contacts", "exists (select from contacts where name = 'secret')", "");
    row("items", "label in (select i.label from items i)", "1 3");
    row("counted", "", "3");
    row("counted", "id > 3", "");
    row("shown", "", "1 3 4");
    row("aged", "", "invalid input syntax for type integer: \"\"");
    row("peeking", "", "query_to_xml");
    row("contacts", "true) or (true", "a ) without its (");
    row("contacts", "query_to_xml('select * from contacts', true, true, '') is null",
        "query_to_xml");
    row("contacts", "name::int > 0", "invalid input syntax for type integer");
}

void TestExport::keepsToTheTenant()
{
    QFETCH(QByteArray, table);
    QFETCH(QString, condition);
    QFETCH(QByteArray, expected);
    session::ExportRequest wanted = request(table.constData(), rows::Form::Csv);
    wanted.select.columns = wanted.select.columns.first(1);
    if (!condition.isEmpty())
        wanted.select.written = {condition};
    const QByteArray text = exported(wanted);
    QVERIFY2(!text.contains("secret") && !text.contains("and a file"), text.constData());
    if (text.startsWith("id\n"))
        QCOMPARE(text.mid(3).simplified(), expected);
    else
        QVERIFY2(text.contains(expected), text.constData());
}

/// COPY takes no parameters: what a person types must stay a value all the same.
void TestExport::valuesAreNoSql_data()
{
    QTest::addColumn<QString>("value");
    const char *const values[]{"it's",
                               "\\",
                               "\\' or true --",
                               "' or true --",
                               "$1",
                               "$$ or true $$",
                               "'') to program 'true' --",
                               "E'\\\\'",
                               "a\tb\nc",
                               "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
                               ""};
    for (const char *value : values)
        QTest::newRow(value) << QString::fromUtf8(value);
}

void TestExport::valuesAreNoSql()
{
    QFETCH(QString, value);
    const QByteArray quoted = "'" + value.toUtf8().replace("'", "''") + "'";
    QCOMPARE(m_server.run(m_pool->settings(), "truncate logs; insert into logs values (1, 'other'),"
                                              " (2, " +
                                                  quoted + "), (1, " + quoted + ")"),
             QString());
    session::ExportRequest wanted = request("logs", rows::Form::Json);
    const QString logs = QStringLiteral("logs");
    wanted.select = {
        .from = {{{}, logs}, logs},
        .columns = {{logs, QStringLiteral("line")}},
        .filters = {{{logs, QStringLiteral("line")}, query::Operator::Equal, {value}}}};
    const QByteArray text = exported(wanted);
    QVERIFY2(text.count("\"line\": ") == 1 && !text.contains("other"), text.constData());
    wanted.select.written = {QStringLiteral("line is not null")};
    QCOMPARE(exported(wanted), text);
}

void TestExport::cancelled()
{
    const QString path = m_folder.filePath(QStringLiteral("cancelled.csv"));
    QFile before(path);
    QVERIFY(before.open(QIODevice::WriteOnly));
    before.write("before");
    before.close();
    session::ExportRequest wanted = request("many", rows::Form::Csv, {});
    const QString many = QStringLiteral("many");
    // Rows times rows: it would take minutes.
    wanted.select = {.from = {{{}, many}, QStringLiteral("a")},
                     .joins = {{query::JoinKind::Inner, {{{}, many}, QStringLiteral("b")}, {}}},
                     .columns = {{QStringLiteral("b"), QStringLiteral("note")}}};
    const auto progress = std::make_shared<session::ExportProgress>();
    QFutureWatcher<base::Result<qint64>> watcher;
    watcher.setFuture(session::exportFile(m_pool, wanted, path, progress));
    QTRY_VERIFY_WITH_TIMEOUT(progress->rows > 10'000, 20'000);
    watcher.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isFinished(), 10'000);
    const auto busy = [&] {
        const auto page = base::await(m_pool->run(
            {QStringLiteral("select count(*) from pg_stat_activity where state = 'active' "
                            "and query like 'COPY%' and pid <> pg_backend_pid()"),
             {}}));
        return page ? page->text(0, 0) : base::toLine(page.error());
    };
    QTRY_COMPARE_WITH_TIMEOUT(busy(), QStringLiteral("0"), 10'000);
    const auto files = [&] {
        return QDir(m_folder.path())
            .entryList({QStringLiteral("cancelled*")}, QDir::Files | QDir::Hidden);
    };
    QTRY_COMPARE_WITH_TIMEOUT(files(), QStringList{QStringLiteral("cancelled.csv")}, 10'000);
    QCOMPARE(contentOf(path), QByteArray("before"));
}

void TestExport::failed()
{
    session::ExportRequest wanted = request("contacts", rows::Form::Csv, {});
    wanted.select.written = {QStringLiteral("10 / (id - 3) <> 99")}; // id 3 comes later
    QVERIFY(exported(wanted).contains("division by zero"));
    const auto rows =
        base::await(session::exportFile(m_pool, request("contacts", rows::Form::Csv),
                                        m_folder.filePath(QStringLiteral("no/such/folder.csv"))));
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, base::ErrorKind::Io);
    int pieces = 0;
    const auto refused = base::await(
        session::exportRows(m_pool, request("many", rows::Form::Csv), [&](const QByteArray &) {
            ++pieces;
            return base::Error{.kind = base::ErrorKind::Io, .text = QStringLiteral("disk full")};
        }));
    QVERIFY(!refused);
    QCOMPARE(refused.error().text, QStringLiteral("disk full"));
    QCOMPARE(pieces, 1);
}

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
