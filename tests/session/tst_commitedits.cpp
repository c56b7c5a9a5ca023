// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "session/commitedits.h"
#include "session/deleteimpact.h"
#include "support/relay.h"
#include "support/server.h"

#include <QRegularExpression>
#include <QTest>

#include <array>

using edits::NewValue;
using edits::RowId;
using edits::Staged;

namespace
{
const char *const script = R"(
create table organizations (id int primary key, name text not null);
create table countries (code text primary key, name text);
create table contacts (id int primary key, organization_id int not null references organizations,
    name text, seat int unique);
create table orders (id int primary key, organization_id int not null references organizations,
    contact_id int references contacts, total numeric);
create table items (order_id int not null references orders on delete cascade, line int not null,
    label text, note text default 'none', primary key (order_id, line));
create table files (id int generated always as identity primary key, name text,
    twice text generated always as (name || name) stored, body text);
create table held (id int primary key, name text);
create table later (id int primary key, other int references later deferrable initially deferred);
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into countries values ('de', 'Germany');
insert into contacts values (1, 1, 'Ada', 1), (2, 2, 'Grace', 2), (3, 1, 'Alan', 3);
insert into orders values (1, 1, 1, 1.10), (2, 2, 2, 2), (3, 1, 3, 3);
insert into items values (1, 1, 'a'), (1, 2, 'b'), (3, 1, 'c');
insert into files (name) values ('f');
insert into held values (1, 'h');
create function hold() returns trigger language plpgsql as 'begin return null; end';
create trigger held before update on held for each row execute function hold();
)";

sql::Parameter text(const char *value)
{
    return value ? sql::Parameter(QByteArray(value)) : sql::Parameter();
}
/// A type, a value, and another one.
const std::array<const char *, 3> typeRows[] = {
    {"smallint", "-32768", "32767"},
    {"integer", "1", "-2147483648"},
    {"bigint", "9007199254740993", "9223372036854775807"},
    {"numeric", "1.0", "1.00"},
    {"numeric(30,10)", "12345678901234567890.0123456789", "0.0000000001"},
    {"real", "1e-45", "3.4028235e+38"},
    {"double precision", "0.1", "-0"},
    {"money", "$1.00", "$1,234.50"},
    {"text", "", " ü\n\t'\"\\ \U0001F600 $1 %2 "},
    {"varchar(5)", "abc", "ab   "},
    {"char(5)", "ab   ", "abcde"},
    {"\"char\"", "a", "b"},
    {"name", "a", "b"},
    {"bytea", "\\x", "\\x00ff10"},
    {"boolean", "t", "f"},
    {"date", "0044-03-15 BC", "infinity"},
    {"time", "00:00:00", "23:59:59.999999"},
    {"time with time zone", "01:02:03+02", "01:02:03-07:30"},
    {"timestamp", "2026-03-01 00:00:00.123456", "-infinity"},
    {"timestamp(3)", "2026-03-01 00:00:00.123", "2026-03-01 00:00:00.124"},
    {"timestamp with time zone", "2026-10-25 02:30:00+00", "2026-10-25 01:30:00+00"},
    {"interval", "1 mon", "30 days"},
    {"uuid", "00000000-0000-0000-0000-000000000000", "f47ac10b-58cc-4372-a567-0e02b2c3d479"},
    {"json", "{\"b\": 1,  \"a\": 1.0, \"a\": 2}", "[1.00]"},
    {"jsonb", "{\"a\": 1.10}", "null"},
    {"xml", "<a>1</a>", "<a>2</a>"},
    {"point", "(1,2)", "(1.5,-2)"},
    {"box", "(2,2),(1,1)", "(3,3),(0,0)"},
    {"path", "[(1,1),(2,2)]", "((1,1),(2,2))"},
    {"circle", "<(1,1),2>", "<(1,1),3>"},
    {"polygon", "((1,1),(2,2))", "((1,1),(2,3))"},
    {"inet", "10.0.0.1", "10.0.0.1/8"},
    {"cidr", "10.0.0.0/8", "2001:db8::/32"},
    {"macaddr", "08:00:2b:01:02:03", "08:00:2b:01:02:04"},
    {"bit(3)", "101", "111"},
    {"bit varying", "1", "10"},
    {"int4range", "[1,3)", "empty"},
    {"numrange", "[1.0,2]", "[1.00,2]"},
    {"tstzrange", "[\"2026-01-01 00:00:00+00\",)", "empty"},
    {"int4multirange", "{[1,3),[5,7)}", "{}"},
    {"integer[]", "{1,NULL}", "[0:1]={1,NULL}"},
    {"text[]", "{\"a,b\",NULL,\"NULL\",\"\"}", "{{a,b},{c,d}}"},
    {"boolean[]", "{t,f}", "{NULL}"},
    {"json[]", "{\"{}\"}", "{[1]}"},
    {"timestamp with time zone[]", "{\"2026-01-01 00:00:00+00\"}", "{}"},
    {"mood", "sad", "very happy"},
    {"mood[]", "{sad}", "{\"very happy\",NULL}"},
    {"pair", "(1,\"a b\")", "(,)"},
    {"flag", "t", "f"},
    {"tsvector", "'a':1 'b':2", "'c'"},
    {"tsquery", "'a' & 'b'", "'a' | 'b'"},
    {"pg_lsn", "0/1", "16/B374D848"},
    {"oid", "1", "4294967295"},
    {"regclass", "pg_class", "pg_type"},
};
} // namespace

/// Staged edits on a server: what is written, and when nothing is.
class TestCommitEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void types_data();
    void types();
    void severalTables();
    void deletesAndBringsBack();
    void longValues();
    void longValuesStayOnTheServer();
    void conflicts();
    void refuses_data();
    void refuses();
    void keepsToTheTenant_data();
    void keepsToTheTenant();
    void freesPartialIndexes_data();
    void freesPartialIndexes();
    void collides();
    void lost_data();
    void lost();
    void impact();
    void impactOfATenant();
    void impactInACircle();
    void impactOfATree_data();
    void impactOfATree();
    void impactBelowATree();
    void impactCutOff();
    void cascadeComesBack_data();
    void cascadeComesBack();
    void cascadeIsNotKept_data();
    void cascadeIsNotKept();
    void cascadeMayNotBeRead();

private:
    void addNotes();
    std::shared_ptr<pg::Pool> connected(const QString &url);
    void readCatalog();
    RowId id(const char *table, const QList<QByteArray> &key) const;
    Staged changed(Staged staged, const RowId &row, const char *column, const NewValue &value);
    Staged changed(Staged staged, const RowId &row, const char *column, const char *value)
    {
        return changed(std::move(staged), row, column, NewValue::of(text(value)));
    }
    Staged deleted(Staged staged, const RowId &row);
    Staged added(Staged staged, const char *table,
                 const QList<std::pair<const char *, const char *>> &values);
    QString where(const RowId &row) const;
    base::Result<session::CommitAnswer> commit(const Staged &staged, const char *tenant = "");
    QString ask(const QString &sql);
    QString all();

    testsupport::Server m_server;
    pg::Settings m_database;
    std::shared_ptr<pg::Pool> m_pool;
    schema::Database m_live;
    tenant::Classification m_classification;
};

void TestCommitEdits::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_database = m_server.createDatabase(QStringLiteral("commit"));
    m_pool = std::make_shared<pg::Pool>(m_database);
}

void TestCommitEdits::readCatalog()
{
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    m_live = catalog->schema;
    m_classification = tenant::classify(m_live, {});
}

void TestCommitEdits::init()
{
    if (QTest::currentTestFunction() == QByteArray("types"))
        return; // one table for all of them
    QCOMPARE(m_server.run(m_database,
                          QByteArray("drop schema public cascade; create schema public;") + script),
             QString());
    readCatalog();
    QCOMPARE(m_classification.column, QStringLiteral("organization_id"));
}

RowId TestCommitEdits::id(const char *table, const QList<QByteArray> &key) const
{
    const schema::Name name{{}, QString::fromLatin1(table)};
    return {.table = name, .keyColumns = edits::editKey(*m_live.table(name)), .key = key};
}

QString TestCommitEdits::where(const RowId &row) const
{
    QStringList parts;
    for (qsizetype i = 0; i < row.key.size(); ++i)
        parts << QStringLiteral("\"%1\" = '%2'")
                     .arg(row.keyColumns.at(i), QString::fromUtf8(row.key.at(i)));
    return parts.join(QStringLiteral(" and "));
}

/// The first row that \a sql gives, cells joined by commas; or the error.
QString TestCommitEdits::ask(const QString &sql)
{
    const auto page = base::await(m_pool->run({sql, {}}, pg::Access::Write));
    if (!page)
        return base::toLine(page.error());
    QStringList rows;
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        QStringList cells;
        for (qsizetype column = 0; column < page->columns().size(); ++column) {
            const auto cell = page->cell(row, column);
            cells << (cell ? QString::fromUtf8(*cell) : QStringLiteral("NULL"));
        }
        rows << cells.join(u',');
    }
    return rows.join(u'|');
}

/// All that the script has made.
QString TestCommitEdits::all()
{
    QString rows;
    for (const char *table : {"contacts", "orders", "items", "files"})
        rows +=
            ask(QStringLiteral("select * from %1 order by 1, 2").arg(QLatin1String(table))) + u'\n';
    return rows;
}

Staged TestCommitEdits::changed(Staged staged, const RowId &row, const char *column,
                                const NewValue &value)
{
    const auto page =
        base::await(m_pool->run({QStringLiteral("select \"%1\" from \"%2\" where %3")
                                     .arg(QLatin1String(column), row.table.name, where(row)),
                                 {}}));
    if (!page || page->rowCount() != 1)
        return staged;
    const auto cell = page->cell(0, 0);
    return edits::withCell(std::move(staged), row, {},
                           {QString::fromLatin1(column),
                            edits::OldValue::of(cell ? text(cell->toByteArray()) : text(nullptr)),
                            value});
}

Staged TestCommitEdits::deleted(Staged staged, const RowId &row)
{
    const auto page = base::await(m_pool->run(
        {QStringLiteral("select * from %1 where %2").arg(row.table.name, where(row)), {}}));
    QList<edits::SeenField> seen;
    for (qsizetype i = 0; page && i < page->columns().size(); ++i) {
        const auto cell = page->cell(0, i);
        seen << edits::SeenField{
            page->columns().at(i).name,
            edits::OldValue::of(cell ? sql::Parameter(cell->toByteArray()) : sql::Parameter())};
    }
    return edits::withDeletion(std::move(staged), row, {}, seen);
}

Staged TestCommitEdits::added(Staged staged, const char *table,
                              const QList<std::pair<const char *, const char *>> &values)
{
    QList<edits::CellEdit> cells;
    for (const auto &[column, value] : values)
        cells << edits::CellEdit{QString::fromLatin1(column), {}, NewValue::of(text(value))};
    return edits::withNewRow(std::move(staged), {{}, QString::fromLatin1(table)}, {}, cells);
}

base::Result<session::CommitAnswer> TestCommitEdits::commit(const Staged &staged,
                                                            const char *tenant)
{
    return base::await(session::commitEdits(
        m_pool, staged, m_live,
        {.classification = m_classification, .tenant = QString::fromLatin1(tenant)}));
}

void TestCommitEdits::types_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QByteArray columns = "id int primary key";
    QByteArray values = "1";
    int number = 0;
    for (const auto &[type, before, after] : typeRows) {
        const QByteArray name = "c" + QByteArray::number(++number);
        const QByteArray quoted = '\'' + QByteArray(before).replace('\'', "''") + '\'';
        columns += ", " + name + ' ' + type + " default " + quoted;
        values += ", " + quoted;
        QTest::newRow(type) << name << QByteArray(before) << QByteArray(after);
    }
    QCOMPARE(m_server.run(m_database, "create type mood as enum ('sad', 'very happy');"
                                      "create type pair as (a int, b text);"
                                      "create domain flag as boolean;"
                                      "create table t (" +
                                          columns + ");insert into t values (" + values + ')'),
             QString());
    readCatalog();
}

/// Each value is there as it was written, its old one is held against it, and comes back: with a
/// value, NULL and the default.
void TestCommitEdits::types()
{
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const RowId row = id("t", {"1"});
    const auto value = [&] {
        return ask(QStringLiteral("select %1 from t").arg(QLatin1String(column)));
    };
    QCOMPARE(value(), QString::fromUtf8(before));
    const auto write = [&](const NewValue &next) {
        const auto answer = commit(changed({}, row, column, next));
        QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
        QVERIFY(answer->conflicts.isEmpty());
        QCOMPARE(answer->written.size(), 1);
    };
    write(NewValue::of(after));
    QCOMPARE(value(), QString::fromUtf8(after));
    write({});
    QCOMPARE(value(), QStringLiteral("NULL"));
    const auto answer = commit(changed({}, row, column, {NewValue::Kind::Default, {}}));
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(value(), QString::fromUtf8(before));
    // A row as a whole goes, and comes back as it was.
    const auto gone = commit(deleted({}, row));
    QVERIFY2(gone.ok(), gone ? "" : qPrintable(base::toLine(gone.error())));
    QCOMPARE(gone->written.size(), 1);
    const auto back = commit(edits::inverseOf(gone->written, m_live));
    QVERIFY2(back.ok(), back ? "" : qPrintable(base::toLine(back.error())));
    QCOMPARE(value(), QString::fromUtf8(before));
    // What somebody else has written since is not overwritten.
    Staged stale = changed({}, row, column, NewValue{});
    stale.rows.first().cells.first().before = edits::OldValue::of(after);
    const auto conflict = commit(stale);
    QVERIFY2(conflict.ok(), conflict ? "" : qPrintable(base::toLine(conflict.error())));
    QCOMPARE(conflict->conflicts.size(), 1);
    QCOMPARE(conflict->conflicts.first().columns.first().theirs.text, sql::Parameter(before));
}

void TestCommitEdits::severalTables()
{
    const QString before = all();
    Staged staged = added({}, "items", {{"order_id", "9"}, {"line", "1"}, {"label", ""}});
    staged = added(staged, "orders", {{"id", "9"}, {"organization_id", "1"}, {"contact_id", "8"}});
    staged = added(staged, "contacts", {{"id", "8"}, {"organization_id", "1"}, {"seat", "1"}});
    staged = changed(staged, id("contacts", {"1"}), "seat", "10");  // free before it is taken
    staged = changed(staged, id("items", {"1", "2"}), "line", "7"); // a part of the key
    staged = changed(staged, id("items", {"1", "2"}), "label", nullptr);
    staged = changed(staged, id("orders", {"3"}), "contact_id", "8");
    staged = deleted(staged, id("contacts", {"3"}));
    staged = changed(staged, id("files", {"1"}), "name", "g");
    const auto answer = commit(staged);
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(answer->written.size(), 8);
    QCOMPARE(ask(QStringLiteral("select id, name, seat from contacts order by id")),
             QStringLiteral("1,Ada,10|2,Grace,2|8,NULL,1"));
    QCOMPARE(ask(QStringLiteral("select * from items order by 1, 2")),
             QStringLiteral("1,1,a,none|1,7,NULL,none|3,1,c,none|9,1,,none"));
    QCOMPARE(ask(QStringLiteral("select contact_id from orders where id = 3")),
             QStringLiteral("8"));
    QCOMPARE(ask(QStringLiteral("select twice from files")), QStringLiteral("gg"));
    const auto back = commit(edits::inverseOf(answer->written, m_live));
    QVERIFY2(back.ok(), back ? "" : qPrintable(base::toLine(back.error())));
    QCOMPARE(all(), before);
}

void TestCommitEdits::deletesAndBringsBack()
{
    const QString before = all();
    Staged staged = deleted({}, id("contacts", {"1"}));
    staged = deleted(staged, id("files", {"1"})); // its identity comes back
    staged = deleted(staged, id("orders", {"1"}));
    staged = deleted(staged, id("items", {"1", "1"}));
    staged = deleted(staged, id("items", {"1", "2"}));
    const auto answer = commit(staged);
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(ask(QStringLiteral("select count(*) from items")), QStringLiteral("1"));
    const auto back = commit(edits::inverseOf(answer->written, m_live));
    QVERIFY2(back.ok(), back ? "" : qPrintable(base::toLine(back.error())));
    QCOMPARE(all(), before);
}

void TestCommitEdits::longValues()
{
    ask(QStringLiteral("update files set name = repeat('ü', 100000), body = repeat('x', 100000)"));
    const RowId row = id("files", {"1"});
    const Staged staged = changed(changed({}, row, "name", "n"), row, "body", nullptr);
    QVERIFY(staged.rows.first().cells.first().before.isDigest);
    const auto answer = commit(staged);
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(ask(QStringLiteral("select name, body from files")), QStringLiteral("n,NULL"));
    QVERIFY(commit(edits::inverseOf(answer->written, m_live)).ok());
    QCOMPARE(ask(QStringLiteral(
                 "select name = repeat('ü', 100000), body = repeat('x', 100000) from files")),
             QStringLiteral("t,t"));
    // One character of it was changed meanwhile.
    ask(QStringLiteral("update files set body = body || 'y'"));
    const auto conflict = commit(staged);
    QVERIFY(conflict.ok());
    QCOMPARE(conflict->conflicts.size(), 1);
}

/// Of what is long only what undoing takes is transferred: nothing that was not touched, digests of
/// what is held against others; and it comes back as it was.
void TestCommitEdits::longValuesStayOnTheServer()
{
    ask(QStringLiteral("update files set body = repeat('x', 3000000)"));
    ask(QStringLiteral("create function fill() returns trigger language plpgsql as 'begin "
                       "new.body = repeat(''y'', 2000000); return new; end'"));
    ask(QStringLiteral("create trigger fill before insert on files for each row execute function "
                       "fill()"));
    const QString question =
        QStringLiteral("select id, name, md5(body), length(body) from files order by id");
    const QString before = ask(question);
    const auto size = [](const edits::Written &written) {
        qsizetype bytes = 0;
        for (const edits::SeenField &field : written.returned)
            bytes += field.value.text.value_or(QByteArray()).size();
        return bytes;
    };
    const RowId row = id("files", {"1"});
    Staged staged = changed({}, row, "name", "beside it");
    staged = added(staged, "files", {{"name", "new"}});
    const auto answer = commit(staged);
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(answer->written.size(), 2);
    for (const edits::Written &written : answer->written)
        QVERIFY2(size(written) < 200, qPrintable(QString::number(size(written))));
    QCOMPARE(ask(QStringLiteral("select length(body) from files where name = 'new'")),
             QStringLiteral("2000000"));
    const auto back = commit(edits::inverseOf(answer->written, m_live));
    QVERIFY2(back.ok(), back ? "" : qPrintable(base::toLine(back.error())));
    QVERIFY(back->conflicts.isEmpty());
    QCOMPARE(ask(question), before);

    // A long value that is written anew is known by its digest, and set back whole.
    const auto longer = commit(changed({}, row, "body", QByteArray(1'000'000, 'z').constData()));
    QVERIFY2(longer.ok(), longer ? "" : qPrintable(base::toLine(longer.error())));
    QVERIFY(size(longer->written.first()) < 200);
    const Staged undo = edits::inverseOf(longer->written, m_live);
    QVERIFY(undo.rows.first().cells.first().before.isDigest);
    ask(QStringLiteral("update files set body = repeat('w', 70000)"));
    const auto theirs = commit(undo);
    QVERIFY2(theirs.ok(), theirs ? "" : qPrintable(base::toLine(theirs.error())));
    QCOMPARE(theirs->conflicts.size(), 1);
    QVERIFY(theirs->conflicts.first().columns.first().theirs.isDigest);
    QVERIFY(theirs->conflicts.first().columns.first().theirs.isSame(QByteArray(70'000, 'w')));
    QCOMPARE(theirs->conflicts.first().columns.first().theirsBegin,
             (edits::Beginning{QString(200, u'w'), 70'000}));
    ask(QStringLiteral("update files set body = repeat('z', 1000000)"));
    QVERIFY(commit(undo)->conflicts.isEmpty());
    QCOMPARE(ask(question), before);

    // A deleted row is made anew of what was returned.
    const auto gone = commit(deleted({}, row));
    QVERIFY2(gone.ok(), gone ? "" : qPrintable(base::toLine(gone.error())));
    ask(QStringLiteral("drop trigger fill on files"));
    QVERIFY(commit(edits::inverseOf(gone->written, m_live)).ok());
    QCOMPARE(ask(question), before);
}

void TestCommitEdits::conflicts()
{
    Staged staged = changed({}, id("contacts", {"1"}), "name", "Mine");
    staged = changed(staged, id("contacts", {"1"}), "seat", "11");
    staged = changed(staged, id("contacts", {"3"}), "name", "Also mine");
    staged = changed(staged, id("items", {"1", "1"}), "label", "mine");
    staged = deleted(staged, id("items", {"3", "1"}));
    ask(QStringLiteral("update contacts set name = NULL where id = 1"));
    ask(QStringLiteral("update items set note = 'theirs' where order_id = 3"));
    ask(QStringLiteral("delete from items where order_id = 1 and line = 1"));
    const QString before = all();
    const auto answer = commit(staged);
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QVERIFY(answer->written.isEmpty());
    QCOMPARE(all(), before);
    QCOMPARE(answer->conflicts.size(), 3);
    const auto &deletion = answer->conflicts.at(0);
    QCOMPARE(deletion.edit.kind, edits::RowEdit::Kind::Delete);
    QCOMPARE(deletion.columns.last().column, QStringLiteral("note"));
    QVERIFY(deletion.columns.last().isChanged && !deletion.columns.at(2).isChanged);
    const auto &contact = answer->conflicts.at(1);
    QCOMPARE(contact.edit.id.text(), QStringLiteral("contacts id = 1"));
    QCOMPARE(contact.columns.size(), 2);
    QCOMPARE(contact.columns.first().base.text, text("Ada"));
    QCOMPARE(contact.columns.first().mine.text, QByteArray("Mine"));
    QCOMPARE(contact.columns.first().theirs.text, sql::Parameter());
    QVERIFY(contact.columns.first().isChanged && !contact.columns.at(1).isChanged);
    QVERIFY(answer->conflicts.at(2).isGone);
}

void TestCommitEdits::refuses_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("why");
    QTest::newRow("no such parent") << 0 << QStringLiteral("orders_contact_id_fkey");
    QTest::newRow("no value of the type") << 1 << QStringLiteral("invalid input syntax");
    QTest::newRow("still referred to") << 2 << QStringLiteral("still referenced");
    QTest::newRow("held back by a trigger") << 3 << QStringLiteral("holds the change back");
    QTest::newRow("fails at COMMIT") << 4 << QStringLiteral("later_other_fkey");
    QTest::newRow("value taken") << 5 << QStringLiteral("contacts_seat_key");
}

void TestCommitEdits::refuses()
{
    QFETCH(int, which);
    QFETCH(QString, why);
    const QString before = all();
    Staged staged = changed({}, id("items", {"1", "1"}), "label", "first of all");
    switch (which) {
    case 0:
        staged = changed(staged, id("orders", {"1"}), "contact_id", "99");
        break;
    case 1:
        staged = changed(staged, id("orders", {"1"}), "total", "much");
        break;
    case 2:
        staged = deleted(staged, id("contacts", {"2"}));
        break;
    case 3:
        staged = changed(staged, id("held", {"1"}), "name", "x");
        break;
    case 4:
        staged = added(staged, "later", {{"id", "1"}, {"other", "2"}});
        break;
    default:
        staged = changed(staged, id("contacts", {"1"}), "seat", "2");
        break;
    }
    const auto answer = commit(staged);
    QVERIFY(!answer);
    QVERIFY2(answer.error().detail.contains(why), qPrintable(base::toLine(answer.error())));
    QVERIFY(answer.error().text.contains(QStringLiteral("nothing was written")));
    QCOMPARE(all(), before);
}

void TestCommitEdits::keepsToTheTenant_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QList<QByteArray>>("key");
    QTest::addColumn<QByteArray>("column"); // empty: delete the row
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("expected"); // a part of the error; empty: written; "gone"
    const auto row = [](const char *name, const char *table, const QList<QByteArray> &key,
                        const char *column, const char *value, const char *expected) {
        QTest::newRow(name) << QByteArray(table) << key << QByteArray(column) << QByteArray(value)
                            << QString::fromLatin1(expected);
    };
    row("own row", "contacts", {"1"}, "name", "Eve", "");
    row("own row along a path", "items", {"1", "1"}, "label", "x", "");
    row("another tenant's row", "contacts", {"2"}, "name", "Eve", "gone");
    row("another tenant's row, deleted", "orders", {"2"}, "", "", "gone");
    row("moved away", "contacts", {"1"}, "organization_id", "2", "not belong");
    row("pointed at another tenant's row", "orders", {"1"}, "contact_id", "2",
        "point at a row of another tenant");
    row("moved along a path", "items", {"1", "1"}, "order_id", "2", "would not belong");
    row("of all tenants", "countries", {"de"}, "name", "x", "the same for all tenants");
    row("with rows behind it", "orders", {"3"}, "", "", "");
}

void TestCommitEdits::keepsToTheTenant()
{
    QFETCH(QByteArray, table);
    QFETCH(QList<QByteArray>, key);
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, value);
    QFETCH(QString, expected);
    const QString before = all();
    const RowId row = id(table, key);
    const auto answer = commit(
        column.isEmpty() ? deleted({}, row) : changed({}, row, column, value.constData()), "1");
    if (expected.isEmpty()) {
        QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
        QVERIFY(answer->conflicts.isEmpty());
        QVERIFY(all() != before);
        return;
    }
    QCOMPARE(all(), before);
    if (expected == QLatin1String("gone")) {
        QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
        QVERIFY(answer->conflicts.first().isGone);
        return;
    }
    QVERIFY(!answer);
    QVERIFY2(answer.error().detail.contains(expected), qPrintable(base::toLine(answer.error())));
}

void TestCommitEdits::freesPartialIndexes_data()
{
    QTest::addColumn<QByteArray>("index");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("out"); // of the index
    QTest::addColumn<QByteArray>("in");
    const auto add = [](const char *title, const char *index, const char *column, const char *out,
                        const char *in) {
        QTest::newRow(title) << QByteArray(index) << QByteArray(column) << QByteArray(out)
                             << QByteArray(in);
    };
    add("a boolean", "is_main", "is_main", "f", "t");
    add("compared with true", "is_main = true", "is_main", "f", "t");
    add("is not false", "is_main is not false", "is_main", "f", "t");
    add("not", "not is_main", "is_main", "t", "f");
    add("a text", "kind = 'home'", "kind", "work", "home");
    add("one of two", "kind in ('home', 'old')", "kind", "work", "old");
    add("another text", "kind <> 'work'", "kind", "work", "home");
    add("null", "gone is null", "gone", "2026-01-01", nullptr);
    add("not null", "gone is not null", "gone", nullptr, "2026-01-01");
    add("with more that is not known", "is_main and length(kind) > 0", "is_main", "f", "t");
    add("or", "kind = 'home' or kind = 'old'", "kind", "work", "home");
}

/// Of two rows one is in the index: they change places, whichever was touched first.
void TestCommitEdits::freesPartialIndexes()
{
    QFETCH(QByteArray, index);
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, out);
    QFETCH(QByteArray, in);
    const auto literal = [](const QByteArray &value) {
        return value.isNull() ? QByteArray("null") : "'" + value + "'";
    };
    QCOMPARE(m_server.run(m_database,
                          "create table emails (id int primary key, org_id int not null, "
                          "is_main boolean default false, kind text default 'work', gone date); "
                          "create unique index on emails (org_id) where " +
                              index + "; insert into emails (id, org_id, " + column +
                              ") values (1, 1, " + literal(in) + "), (2, 1, " + literal(out) +
                              "), (3, 2, " + literal(in) + ")"),
             QString());
    readCatalog();
    const auto value = [](const QByteArray &text) {
        return NewValue::of(text.isNull() ? sql::Parameter() : sql::Parameter(text));
    };
    Staged staged = changed({}, id("emails", {"2"}), column, value(in));
    staged = changed(staged, id("emails", {"1"}), column, value(out));
    QCOMPARE(staged.rows.size(), 2);
    const auto done = commit(staged);
    QVERIFY2(done.ok(), done ? "" : qPrintable(base::toLine(done.error())));
    // And back, by a new row that takes the place of one that is changed.
    staged = added({}, "emails",
                   {{"id", "9"},
                    {"org_id", "1"},
                    {column.constData(), in.isNull() ? nullptr : in.constData()}});
    staged = changed(staged, id("emails", {"2"}), column, value(out));
    const auto again = commit(staged);
    QVERIFY2(again.ok(), again ? "" : qPrintable(base::toLine(again.error())));
    // A deleted row leaves its place, too.
    staged = changed({}, id("emails", {"1"}), column, value(in));
    staged = deleted(staged, id("emails", {"9"}));
    const auto last = commit(staged);
    QVERIFY2(last.ok(), last ? "" : qPrintable(base::toLine(last.error())));
    QCOMPARE(ask(QStringLiteral("select id from emails where %1 order by 1")
                     .arg(QString::fromLatin1(index))),
             QStringLiteral("1|3"));
}

/// Somebody else holds the row: it is waited for as long as the limit says, and nothing is written.
void TestCommitEdits::collides()
{
    const Staged staged = changed({}, id("contacts", {"1"}), "name", "Mine");
    const QString before = all();
    auto other = std::make_shared<pg::Pool>(m_database);
    m_pool = std::make_shared<pg::Pool>(m_database, pg::Limits{.lockTimeout = 200});
    const auto held = base::await(other->transact<int>(
        pg::Access::Write, [this, &staged](pg::Transaction &transaction) -> base::Result<int> {
            for (const char *step : {"begin", "select 1 from contacts where id = 1 for update"}) {
                if (const auto done = transaction.run({QString::fromLatin1(step), {}}); !done)
                    return done.error();
            }
            const auto answer = commit(staged);
            return answer || answer.error().sqlState != QLatin1String("55P03") ? 0 : 1;
        }));
    QVERIFY(held.ok());
    QCOMPARE(*held, 1);
    QCOMPARE(all(), before);
    QVERIFY(commit(staged).ok());
}

void TestCommitEdits::lost_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<bool>("isHeard");
    QTest::addColumn<bool>("isWritten");
    for (const char *words : {"BEGIN ISO", "UPDATE", "INSERT", "DELETE", "txid_current"}) {
        QTest::addRow("%s unheard", words) << QByteArray(words) << false << false;
        QTest::addRow("%s heard", words) << QByteArray(words) << true << false;
    }
    QTest::newRow("COMMIT unheard") << QByteArray("COMMIT") << false << false;
    QTest::newRow("COMMIT heard") << QByteArray("COMMIT") << true << true;
}

/// The connection breaks at each step: nothing is half, and what is said is so.
void TestCommitEdits::lost()
{
    QFETCH(QByteArray, words);
    QFETCH(bool, isHeard);
    QFETCH(bool, isWritten);
    const QString before = all();
    Staged staged = changed({}, id("contacts", {"1"}), "name", "Mine");
    staged = added(staged, "items", {{"order_id", "1"}, {"line", "9"}});
    staged = deleted(staged, id("items", {"3", "1"}));
    testsupport::Relay relay(m_server.lease().port());
    m_pool = std::make_shared<pg::Pool>(
        pg::Settings{.url = m_server.tcpUrl(m_database)
                                .replace(QRegularExpression(QStringLiteral(":\\d+/")),
                                         QStringLiteral(":%1/").arg(relay.port())),
                     .expectedSystemIdentifier = {}});
    relay.cutAt(words, isHeard);
    const auto answer = commit(staged);
    m_pool = std::make_shared<pg::Pool>(m_database);
    // The server may still be at work on what it heard last.
    QTRY_COMPARE(all() != before, isWritten);
    if (answer) {
        QVERIFY(isWritten);
        QCOMPARE(answer->written.size(), 3);
        QCOMPARE(ask(QStringLiteral("select name from contacts where id = 1")),
                 QStringLiteral("Mine"));
        QCOMPARE(ask(QStringLiteral("select count(*) from items where line = 9 or order_id = 3")),
                 QStringLiteral("1"));
        return;
    }
    const bool isOpen = answer.error().text.contains(QStringLiteral("not known"));
    QVERIFY2(isOpen || !isWritten, qPrintable(base::toLine(answer.error())));
    QVERIFY2(!isOpen || words == "COMMIT", qPrintable(base::toLine(answer.error())));
}

void TestCommitEdits::impact()
{
    const auto impact = base::await(
        session::deleteImpact(*m_pool, {id("orders", {"1"}), id("orders", {"3"})}, m_live, {}));
    QVERIFY2(impact.ok(), impact ? "" : qPrintable(base::toLine(impact.error())));
    QCOMPARE(impact->referring.size(), 1);
    QCOMPARE(impact->referring.first().table.name, QStringLiteral("items"));
    QCOMPARE(impact->referring.first().rows, 3);
    QVERIFY(!impact->referring.first().blocks());
    const auto blocked =
        base::await(session::deleteImpact(*m_pool, {id("contacts", {"1"})}, m_live, {}));
    QVERIFY(blocked.ok());
    QCOMPARE(blocked->referring.size(), 1);
    QVERIFY(blocked->referring.first().blocks());
    QVERIFY(blocked->referring.first().below.isEmpty());
}

/// What refers to contacts along keys that cascade, of two tenants and of nobody.
void TestCommitEdits::addNotes()
{
    QCOMPARE(m_server.run(m_database, R"(
        create table notes (id int primary key, organization_id int references organizations,
            contact_id int references contacts on delete cascade, body text);
        create table tags (id int generated always as identity primary key,
            note_id int not null references notes on delete cascade, word text not null,
            long text generated always as (word || word) stored);
        create table threads (id int primary key, note_id int references notes on delete cascade,
            parent int references threads on delete cascade);
        insert into notes values (1, 1, 1, 'a'), (2, 1, 1, null), (3, 2, 2, 'c');
        insert into tags (note_id, word) values (1, 'x'), (1, 'y'), (3, 'z');
        insert into threads values (1, 1, null), (2, 1, 1), (3, 2, 2), (4, 3, null);
        delete from orders where contact_id = 1)"),
             QString());
    readCatalog();
}

/// What is the tenant's is counted; that others refer, too, is said, and the commit refused.
void TestCommitEdits::impactOfATenant()
{
    addNotes();
    ask(QStringLiteral("insert into notes values (4, 2, 1, 'theirs'), (5, null, 1, 'nobody''s')"));
    const auto impactIn = [this](const char *tenant) {
        return base::await(session::deleteImpact(
            *m_pool, {id("contacts", {"1"})}, m_live,
            {.classification = m_classification, .tenant = QString::fromLatin1(tenant)}));
    };
    const auto all = impactIn("");
    QVERIFY2(all.ok(), all ? "" : qPrintable(base::toLine(all.error())));
    QCOMPARE(all->referring.first().rows, 4);
    QVERIFY(!all->referring.first().hasOthers);
    auto own = impactIn("1");
    QVERIFY2(own.ok(), own ? "" : qPrintable(base::toLine(own.error())));
    QCOMPARE(own->referring.size(), 1);
    QCOMPARE(own->referring.first().table.name, QStringLiteral("notes"));
    QCOMPARE(own->referring.first().rows, 2);
    QVERIFY(own->referring.first().hasOthers);
    QCOMPARE(own->referring.first().below.first().table.name, QStringLiteral("tags"));
    QCOMPARE(own->referring.first().below.first().rows, 2);
    QVERIFY(!own->referring.first().below.first().hasOthers);
    QCOMPARE(impactIn("2")->referring.size(), 0);

    const Staged staged = deleted({}, id("contacts", {"1"}));
    const auto refused = commit(staged, "1");
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(QStringLiteral("row of another tenant")),
             qPrintable(base::toLine(refused.error())));
    QCOMPARE(ask(QStringLiteral("select count(*) from notes")), QStringLiteral("5"));

    ask(QStringLiteral("delete from notes where id > 3"));
    own = impactIn("1");
    QVERIFY(own.ok());
    QCOMPARE(own->referring.first().rows, 2);
    QVERIFY(!own->referring.first().hasOthers);
    const auto done = commit(staged, "1");
    QVERIFY2(done.ok(), done ? "" : qPrintable(base::toLine(done.error())));

    QVERIFY(!own->refusal);

    // A table without a tenant is never written to for one, whether or not there are rows.
    ask(QStringLiteral("create table words (id int primary key, "
                       "tag_id int references tags on delete cascade)"));
    readCatalog();
    m_classification.tables[{{}, QStringLiteral("words")}] = {.scoping = tenant::Scoping::Global};
    own = impactIn("1");
    QVERIFY(own.ok() && own->refusal);
    QVERIFY2(base::toLine(*own->refusal).contains(QStringLiteral("has no tenant")),
             qPrintable(base::toLine(*own->refusal)));
    const auto closed = commit(deleted({}, id("contacts", {"3"})), "1");
    QVERIFY(!closed);
    QVERIFY2(closed.error().detail.contains(own->refusal->detail),
             qPrintable(base::toLine(closed.error())));
    QVERIFY(!impactIn("")->refusal);
}

/// Where tables refer to each other, neither row can be brought back first.
void TestCommitEdits::impactInACircle()
{
    ask(QStringLiteral("create table addresses (id int primary key, contact_id int not null "
                       "references contacts on delete cascade)"));
    ask(QStringLiteral("alter table contacts add address_id int references addresses "
                       "on delete set null"));
    ask(QStringLiteral("insert into addresses values (1, 3)"));
    readCatalog();
    const auto impact =
        base::await(session::deleteImpact(*m_pool, {id("contacts", {"3"})}, m_live, {}));
    QVERIFY2(impact.ok(), impact ? "" : qPrintable(base::toLine(impact.error())));
    const session::DeleteImpact &addresses = impact->referring.first();
    QCOMPARE(addresses.table.name, QStringLiteral("addresses"));
    QVERIFY(addresses.isCircular);
}

void TestCommitEdits::impactOfATree_data()
{
    QTest::addColumn<QByteArray>("tenant");
    QTest::addColumn<QList<int>>("roots");
    QTest::addColumn<int>("categories");
    QTest::addColumn<int>("products"); // of those below, not of the roots
    QTest::addColumn<bool>("hasOthers");
    QTest::newRow("all") << QByteArray() << QList<int>{1} << 5 << 4 << false;
    QTest::newRow("a root below another") << QByteArray() << QList<int>{1, 3} << 4 << 3 << false;
    QTest::newRow("from the middle") << QByteArray() << QList<int>{2} << 4 << 3 << false;
    QTest::newRow("a leaf") << QByteArray() << QList<int>{6} << 0 << 0 << false;
    QTest::newRow("in a circle") << QByteArray() << QList<int>{10} << 1 << 1 << false;
    // The fourth level has one row of others, and what hangs on it is not looked at.
    QTest::newRow("the tenant's") << QByteArray("1") << QList<int>{1} << 3 << 3 << true;
}

/// All levels of a table that refers to itself are counted, and what hangs on each of them.
void TestCommitEdits::impactOfATree()
{
    QFETCH(QByteArray, tenant);
    QFETCH(QList<int>, roots);
    QFETCH(int, categories);
    QFETCH(int, products);
    QFETCH(bool, hasOthers);
    QCOMPARE(m_server.run(m_database, R"(
        create table categories (id int primary key, organization_id int references organizations,
            code text unique, parent int references categories on delete cascade,
            "like %1" text references categories (code) on delete cascade);
        create table products (id int generated always as identity primary key,
            organization_id int not null references organizations,
            category int references categories on delete cascade);
        insert into categories values (1, 1, 'a', null, null), (2, 1, 'b', 1, null),
            (3, 1, 'c', 2, null), (4, 2, 'd', 3, null), (5, 2, 'e', 4, null),
            (6, 1, 'f', null, 'b'), (10, 1, null, null, null), (11, 1, null, 10, null);
        update categories set parent = 11 where id = 10;
        insert into products (organization_id, category) values (1, 1), (1, 2), (1, 3), (2, 5),
            (1, 6), (1, 11), (1, null);
        )"),
             QString());
    readCatalog();
    QList<RowId> rows;
    for (const int root : std::as_const(roots))
        rows << id("categories", {QByteArray::number(root)});
    const auto impact = base::await(session::deleteImpact(
        *m_pool, rows, m_live,
        {.classification = m_classification, .tenant = QString::fromLatin1(tenant)}));
    QVERIFY2(impact.ok(), impact ? "" : qPrintable(base::toLine(impact.error())));
    const auto of = [](const QList<session::DeleteImpact> &all, const char *table) {
        session::DeleteImpact found;
        for (const session::DeleteImpact &one : all) {
            if (one.table.name == QLatin1String(table))
                found = one;
        }
        return found;
    };
    const session::DeleteImpact tree = of(impact->referring, "categories");
    QCOMPARE(tree.rows, categories);
    QCOMPARE(tree.hasOthers, hasOthers);
    QVERIFY(!tree.isCutOff && !tree.isCircular);
    QCOMPARE(of(tree.below, "categories").rows, 0);
    QCOMPARE(of(tree.below, "products").rows, products);
    if (!tenant.isEmpty())
        return;
    // The server deletes as many.
    QStringList ids;
    for (const int root : std::as_const(roots))
        ids << QString::number(root);
    const auto counted = [this](const char *table) {
        return ask(QStringLiteral("select count(*) from %1").arg(QLatin1String(table))).toInt();
    };
    const int before = counted("categories"), productsBefore = counted("products");
    ask(QStringLiteral("delete from categories where id in (%1)").arg(ids.join(u',')));
    QCOMPARE(before - counted("categories"), categories + roots.size());
    QCOMPARE(productsBefore - counted("products"),
             products + of(impact->referring, "products").rows);
}

/// Also where the tree begins below what is deleted.
void TestCommitEdits::impactBelowATree()
{
    QCOMPARE(m_server.run(m_database, R"(
        create table shops (id int primary key);
        create table shelves (id int primary key, shop int references shops on delete cascade,
            parent int references shelves on delete cascade);
        create table books (id int primary key, shelf int references shelves on delete cascade);
        insert into shops values (1), (2);
        insert into shelves values (1, 1, null), (2, null, 1), (3, null, 2), (4, null, 3), (9, 2, null);
        insert into books values (1, 1), (2, 4), (3, 9))"),
             QString());
    readCatalog();
    const auto impact =
        base::await(session::deleteImpact(*m_pool, {id("shops", {"1"})}, m_live, {}));
    QVERIFY2(impact.ok(), impact ? "" : qPrintable(base::toLine(impact.error())));
    QCOMPARE(impact->referring.size(), 1);
    const session::DeleteImpact &shelves = impact->referring.first();
    QCOMPARE(shelves.rows, 1);
    QCOMPARE(shelves.below.size(), 2);
    for (const session::DeleteImpact &one : shelves.below) {
        const bool isTree = one.table.name == QLatin1String("shelves");
        QCOMPARE(one.rows, isTree ? 3 : 1);
        QCOMPARE(one.below.size(), isTree ? 1 : 0);
    }
}

/// A circle of tables is followed once, and what is not counted then is not passed over.
void TestCommitEdits::impactCutOff()
{
    QCOMPARE(m_server.run(m_database, R"(
        create table eggs (id int primary key, hen int);
        create table hens (id int primary key, egg int references eggs on delete cascade);
        alter table eggs add foreign key (hen) references hens on delete cascade;
        insert into eggs values (1), (2), (3);
        insert into hens values (1, 1), (2, 2), (3, 3);
        update eggs set hen = id - 1 where id > 1)"),
             QString());
    readCatalog();
    const auto impact =
        base::await(session::deleteImpact(*m_pool, {id("eggs", {"1"})}, m_live, {}));
    QVERIFY2(impact.ok(), impact ? "" : qPrintable(base::toLine(impact.error())));
    const session::DeleteImpact &hens = impact->referring.first();
    QVERIFY(!hens.isCutOff);
    const session::DeleteImpact &last = hens.below.first().below.first();
    QCOMPARE(last.table.name, QStringLiteral("hens"));
    QVERIFY(last.isCutOff);
}

void TestCommitEdits::cascadeComesBack_data()
{
    QTest::addColumn<QByteArray>("tenant");
    QTest::newRow("all tenants") << QByteArray();
    QTest::newRow("one tenant") << QByteArray("1");
}

/// The rows that a cascade takes come back with the row that they went with, along two ways, a
/// table that refers to itself, identities and generated columns, and what was changed before.
void TestCommitEdits::cascadeComesBack()
{
    QFETCH(QByteArray, tenant);
    addNotes();
    QCOMPARE(m_server.run(m_database, R"(
        create table links (id int primary key, organization_id int not null references organizations,
            contact_id int references contacts on delete set null, label text,
            note_id int references notes on delete cascade);
        insert into links values (1, 1, 1, 'stays', null), (2, 1, 1, 'goes', 1), (3, 1, 3, 'is', 2),
            (4, 1, 1, 'changed', null), (5, 1, 1, 'given to another', null);
        alter table contacts add unique (organization_id, id);
        create table calls (id int primary key, organization_id int not null, contact_id int,
            foreign key (organization_id, contact_id) references contacts (organization_id, id)
                on delete set null (contact_id));
        insert into calls values (1, 1, 1))"),
             QString());
    readCatalog();
    const auto everything = [this] {
        return all() + ask(QStringLiteral("select * from links order by 1")) +
               ask(QStringLiteral("select * from calls order by 1")) +
               ask(QStringLiteral("select * from notes order by 1")) +
               ask(QStringLiteral("select * from tags order by 1")) +
               ask(QStringLiteral("select * from threads order by 1"));
    };
    const QString before = everything();
    Staged staged = deleted({}, id("contacts", {"1"}));
    staged = deleted(staged, id("tags", {"1"})); // by name
    staged = changed(staged, id("links", {"4"}), "label", "other");
    staged = changed(staged, id("links", {"5"}), "contact_id", "3"); // before it would be emptied
    const auto answer = commit(staged, tenant.constData());
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(answer->written.size(), 4);
    QCOMPARE(answer->lost, QStringList());
    // Two links go; two and a call lose their contact.
    QCOMPARE(answer->cascaded.size(), 2 + 1 + 3 + 2 + 3);
    QCOMPARE(ask(QStringLiteral("select id, contact_id from links order by id")),
             QStringLiteral("1,NULL|4,NULL|5,3"));
    QCOMPARE(ask(QStringLiteral("select * from calls")), QStringLiteral("1,1,NULL"));
    QCOMPARE(ask(QStringLiteral("select count(*) from notes")), QStringLiteral("1"));
    QCOMPARE(ask(QStringLiteral("select count(*) from threads")), QStringLiteral("1"));
    const Staged inverse = edits::inverseOf(answer->written + answer->cascaded, m_live);
    QCOMPARE(inverse.rows.size(), 1 + 1 + 8 + 2 + 2);
    const auto back = commit(inverse, tenant.constData());
    QVERIFY2(back.ok(), back ? "" : qPrintable(base::toLine(back.error())));
    QVERIFY(back->conflicts.isEmpty());
    QCOMPARE(everything(), before);
}

void TestCommitEdits::cascadeIsNotKept_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QStringList>("lost");
    QTest::addColumn<int>("kept");
    QTest::newRow("too many") << QByteArray("insert into notes select n, 1, 1, 'n' from "
                                            "generate_series(10, 1100) as n")
                              << QStringList{QStringLiteral("public.notes")} << 0;
    QTest::newRow("as many as are kept")
        << QByteArray("insert into notes select n, 1, 1, 'n' from generate_series(10, 1007) as n")
        << QStringList() << 1'000;
    QTest::newRow("too large") << QByteArray("alter table notes alter body set storage external; "
                                             "update notes set body = repeat('x', 17000000)")
                               << QStringList{QStringLiteral("public.notes")} << 0;
    QTest::newRow("too large as it comes")
        << QByteArray("update notes set body = repeat('x', 40000000) where id = 1")
        << QStringList{QStringLiteral("public.notes")} << 0;
    QTest::newRow("without a key")
        << QByteArray("create table marks (note_id int references notes on delete cascade);"
                      "insert into marks values (1)")
        << QStringList{QStringLiteral("public.marks")} << 7;
}

/// What does not come back is said, and is no half of it.
void TestCommitEdits::cascadeIsNotKept()
{
    QFETCH(QByteArray, script);
    QFETCH(QStringList, lost);
    QFETCH(int, kept);
    addNotes();
    if (kept == 1'000) // beside these none
        QCOMPARE(m_server.run(m_database, "delete from tags; delete from threads;"
                                          "delete from notes where id > 2"),
                 QString());
    QCOMPARE(m_server.run(m_database, script), QString());
    readCatalog();
    const auto answer = commit(deleted({}, id("contacts", {"1"})));
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(ask(QStringLiteral("select count(*) from notes where contact_id = 1")),
             QStringLiteral("0"));
    QCOMPARE(answer->lost, lost);
    QCOMPARE(answer->cascaded.size(), kept);
}

/// Who may delete a row need not be allowed to read what goes with it.
void TestCommitEdits::cascadeMayNotBeRead()
{
    addNotes();
    const QByteArray role = "clerk_" + QByteArray::number(QCoreApplication::applicationPid());
    QCOMPARE(m_server.run(m_database, "create role " + role + "; grant usage on schema public to " +
                                          role + "; grant select, delete on contacts to " + role),
             QString());
    const auto asOwner = m_pool;
    QString url = m_database.url;
    url += (url.contains(u'?') ? u'&' : u'?') + QStringLiteral("options=-c%20role%3D") +
           QString::fromLatin1(role);
    m_pool = std::make_shared<pg::Pool>(
        pg::Settings{.url = url, .expectedSystemIdentifier = m_database.expectedSystemIdentifier});
    const auto answer = commit(deleted({}, id("contacts", {"1"})));
    m_pool = asOwner;
    const QString left = ask(QStringLiteral("select count(*) from notes where contact_id = 1"));
    QCOMPARE(m_server.run(m_database, "drop owned by " + role + "; drop role " + role), QString());
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(base::toLine(answer.error())));
    QCOMPARE(left, QStringLiteral("0"));
    QCOMPARE(answer->lost, QStringList{QStringLiteral("public.notes")});
    QCOMPARE(answer->cascaded.size(), 0);
}

QTEST_GUILESS_MAIN(TestCommitEdits)
#include "tst_commitedits.moc"
