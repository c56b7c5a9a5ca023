// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/rowsecurity.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "pg/pool.h"
#include "support/server.h"

#include <QCoreApplication>
#include <QTest>

using session::Access;
using session::Command;
using session::TableAccess;

namespace
{
/// Roles are the whole server's, which other tests use, too: %1 makes their names this test's own.
const char *const script = R"sql(
create role owner_%1; create role app_%1; create role member_%1 in role app_%1;
create role stranger_%1; create role passes_%1 bypassrls; create role columns_%1;
create table notes (id int primary key, organization_id int not null, body text);
insert into notes select i, i % 3, 'n' from generate_series(1, 9) i;
alter table notes owner to owner_%1;
alter table notes enable row level security;
create policy own on notes to app_%1
    using (organization_id = current_setting('app.tenant', true)::int);
create policy odd on notes as restrictive for select using (id % 2 = 1);
create policy new_ones on notes for insert to app_%1 with check (true);
create table forced (id int primary key);
insert into forced values (1), (2);
alter table forced owner to owner_%1;
alter table forced enable row level security;
alter table forced force row level security;
create table typed (id int primary key, organization_id int not null, said text);
insert into typed values (1, 1, '1'), (2, 2, 'of Initech');
alter table typed enable row level security;
create policy typed_own on typed using (said::int = 1);
grant select on typed to app_%1;
create table looked (id int primary key, organization_id int not null, said text);
insert into looked values (1, 1, 'pg_class'), (2, 2, 'Initech');
alter table looked enable row level security;
create policy looked_up on looked using (said::regclass is not null);
grant select on looked to app_%1;
create table open (id int primary key);
insert into open values (1);
grant select, insert, update, delete on notes, forced, open to app_%1;
grant select on notes, forced to passes_%1;
grant select (id), update (body) on notes to columns_%1;
create schema shut;
create table shut.inside (id int primary key);
grant select on shut.inside to app_%1;
create view as_owner as select * from notes;
create view as_asker with (security_invoker = on) as select * from notes;
create view as_owner_said with (security_invoker = 0, security_barrier) as select * from notes;
create materialized view computed as select * from notes;
alter view as_owner_said owner to stranger_%1;
grant select on as_owner, as_asker, as_owner_said, computed to app_%1;
grant update on as_asker to app_%1;
)sql";

/// "all", "all (owner)", "own, all of odd", "no rows", "-"; * for columns only.
QString inWords(const Access &access)
{
    const QString star = access.onSomeColumns ? QStringLiteral("*") : QString();
    switch (access.reach) {
    case Access::Reach::None:
        return QStringLiteral("-") + star;
    case Access::Reach::NoRows:
        return QStringLiteral("no rows") + star;
    case Access::Reach::ByPolicy:
        return access.policies.join(QStringLiteral(", ")) +
               (access.restrictions.isEmpty()
                    ? QString()
                    : QStringLiteral(", all of ") +
                          access.restrictions.join(QStringLiteral(", "))) +
               star;
    case Access::Reach::ByQuery:
        return QStringLiteral("query") + star;
    case Access::Reach::AllRows:
        break;
    }
    const char *const why[]{"", "", " (bypass)", " (owner)"};
    return QStringLiteral("all") + QLatin1String(why[int(access.exempt)]) + star;
}
} // namespace

/// What roles may do with tables, by a real server.
class TestRowSecurity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void lists();
    void matrix_data();
    void matrix();
    void rightsOfViews_data();
    void rightsOfViews();
    void asTheServerDoes_data();
    void asTheServerDoes();
    void nothingStays();
    void errorsQuoteNobody();
    void reads();

private:
    QString role(const char *name) const { return QLatin1String(name) + u'_' + m_own; }
    TableAccess accessOf(const char *role, const QString &table);
    base::Result<rows::Page> seen(const char *role, const QString &text, const char *tenant = "");

    testsupport::Server m_server;
    pg::Settings m_settings;
    std::shared_ptr<pg::Pool> m_pool;
    QString m_own = QString::number(QCoreApplication::applicationPid());
};

void TestRowSecurity::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_settings = m_server.createDatabase(
        QStringLiteral("rls"),
        QString::fromLatin1(script).replace(QStringLiteral("%1"), m_own).toUtf8());
    m_pool = std::make_shared<pg::Pool>(m_settings);
}

void TestRowSecurity::cleanupTestCase()
{
    QString all;
    for (const char *name : {"owner", "app", "member", "stranger", "passes", "columns"})
        all += QStringLiteral("drop owned by %1 cascade; drop role %1;").arg(role(name));
    m_server.run(m_settings, all.toUtf8());
}

TableAccess TestRowSecurity::accessOf(const char *name, const QString &table)
{
    const auto tables = base::await(session::rowSecurity(m_pool, role(name)));
    for (const TableAccess &access : tables ? *tables : QList<TableAccess>()) {
        if (access.table.name == table)
            return access;
    }
    return {};
}

base::Result<rows::Page> TestRowSecurity::seen(const char *name, const QString &text,
                                               const char *tenant)
{
    tenant::Persona persona{.role = role(name), .settings = {}};
    if (*tenant)
        persona.settings << std::pair(QStringLiteral("app.tenant"), QLatin1String(tenant));
    return base::await(session::runAs(m_pool, persona, {text, {}}));
}

void TestRowSecurity::lists()
{
    const auto roles = base::await(session::roles(m_pool));
    QVERIFY(roles.ok());
    QVERIFY(roles->contains(role("app")));
    QVERIFY(!roles->contains(QStringLiteral("pg_read_all_data")));
    const auto none = base::await(session::rowSecurity(m_pool, QStringLiteral("nobody at all")));
    QVERIFY(none.ok());
    QVERIFY(none->isEmpty());
}

void TestRowSecurity::matrix_data()
{
    QTest::addColumn<QByteArray>("role");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("all"); ///< select; insert; update; delete
    const auto row = [](const char *role, const char *table, const char *all) {
        QTest::addRow("%s, %s", role, table)
            << QByteArray(role) << QString::fromLatin1(table) << QString::fromLatin1(all);
    };
    row("app", "notes", "own, all of odd; new_ones, own; own; own");
    row("member", "notes", "own, all of odd; new_ones, own; own; own");
    row("app", "forced", "no rows; no rows; no rows; no rows");
    row("app", "open", "all; all; all; all");
    row("app", "inside", "-; -; -; -"); // no USAGE of its schema
    row("owner", "notes", "all (owner); all (owner); all (owner); all (owner)");
    row("owner", "forced", "no rows; no rows; no rows; no rows");
    row("stranger", "notes", "-; -; -; -");
    row("passes", "notes", "all (bypass); -; -; -");
    row("columns", "notes", "no rows*; -; no rows*; -");
    row("app", "as_owner", "query; -; -; -");
    row("app", "as_asker", "query; -; query; -");
    row("stranger", "as_asker", "-; -; -; -");
    row("app", "computed", "all; -; -; -");
}

void TestRowSecurity::matrix()
{
    QFETCH(QByteArray, role);
    QFETCH(QString, table);
    QFETCH(QString, all);
    const TableAccess access = accessOf(role.constData(), table);
    QStringList words;
    for (const Access &command : access.commands)
        words << inWords(command);
    QCOMPARE(words.join(QStringLiteral("; ")), all);
    QCOMPARE(access.isSecured, table == u"notes" || table == u"forced");
    QCOMPARE(access.isForced, table == u"forced");
}

void TestRowSecurity::rightsOfViews_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("owner"); ///< empty: who made it
    QTest::addColumn<int>("seen");      ///< by app, of the nine notes; -1: refused
    using Kind = TableAccess::Kind;
    QTest::newRow("owner's") << "as_owner" << int(Kind::OwnersView) << QString() << 9;
    QTest::newRow("of who asks") << "as_asker" << int(Kind::InvokersView) << QString() << 2;
    QTest::newRow("said to be the owner's")
        << "as_owner_said" << int(Kind::OwnersView) << "stranger" << -1;
    QTest::newRow("computed") << "computed" << int(Kind::Materialized) << QString() << 9;
}

/// What is said of a view's rights is what the server goes by.
void TestRowSecurity::rightsOfViews()
{
    QFETCH(QString, view);
    QFETCH(int, kind);
    QFETCH(QString, owner);
    QFETCH(int, seen);
    const TableAccess access = accessOf("app", view);
    QCOMPARE(int(access.kind), kind);
    if (!owner.isEmpty())
        QCOMPARE(access.owner, role(owner.toLatin1().constData()));
    const auto rows = this->seen("app", QStringLiteral("select count(*) from ") + view, "1");
    QCOMPARE(rows ? rows->text(0, 0).toInt() : -1, seen);
}

void TestRowSecurity::asTheServerDoes_data()
{
    QTest::addColumn<QByteArray>("role");
    QTest::addColumn<QString>("table");
    for (const char *role : {"owner", "app", "member", "stranger", "passes", "columns"}) {
        for (const char *table : {"notes", "forced", "open", "inside"})
            QTest::addRow("%s, %s", role, table) << QByteArray(role) << QString::fromLatin1(table);
    }
}

/// The matrix says of each table what the server then does.
void TestRowSecurity::asTheServerDoes()
{
    QFETCH(QByteArray, role);
    QFETCH(QString, table);
    const Access access = accessOf(role.constData(), table).of(Command::Select);
    const QString name = table == u"inside" ? QStringLiteral("shut.inside") : table;
    const QString question = QStringLiteral("select count(id) from ") + name;
    const auto whole = base::await(m_pool->run({question, {}}));
    const auto part = seen(role.constData(), question, "1");
    QVERIFY(whole.ok());
    if (access.reach == Access::Reach::None) {
        QVERIFY(!part);
        QCOMPARE(part.error().sqlState, QStringLiteral("42501"));
        return;
    }
    QVERIFY2(part.ok(), part ? "" : qPrintable(base::toLine(part.error())));
    const int rows = part->text(0, 0).toInt();
    if (access.reach == Access::Reach::AllRows)
        QCOMPARE(rows, whole->text(0, 0).toInt());
    else
        QCOMPARE(rows,
                 access.reach == Access::Reach::NoRows ? 0 : 2); // 1 and 7: odd and tenant 1's
}

/// The next statement on the same connection is the person's own again, also behind an error.
void TestRowSecurity::nothingStays()
{
    const auto one = std::make_shared<pg::Pool>(m_settings, pg::Limits{}, 1);
    const QString who = QStringLiteral(
        "select current_user || ' ' || coalesce(current_setting('app.tenant', true), '')");
    const auto before = base::await(one->run({who, {}}));
    QVERIFY(before.ok());
    const tenant::Persona persona{
        .role = role("app"), .settings = {{QStringLiteral("app.tenant"), QStringLiteral("2")}}};
    const auto as = base::await(session::runAs(one, persona, {who, {}}));
    QVERIFY(as.ok());
    QCOMPARE(as->text(0, 0), role("app") + QStringLiteral(" 2"));
    for (const char *text : {"select 1 / 0", "select 1"}) {
        (void)base::await(session::runAs(one, persona, {QString::fromLatin1(text), {}}));
        const auto after = base::await(one->run({who, {}}));
        QVERIFY(after.ok());
        QCOMPARE(after->text(0, 0).trimmed(), before->text(0, 0).trimmed());
    }
    const auto write = base::await(session::runAs(
        one, persona,
        {QStringLiteral("with x as (delete from open returning 1) select * from x"), {}}));
    QVERIFY(!write);
    QCOMPARE(base::await(one->run({QStringLiteral("select count(*) from open"), {}}))->text(0, 0),
             QStringLiteral("1"));
}

/// A policy is asked of rows that are not the tenant's, and what it fails on is not told.
void TestRowSecurity::errorsQuoteNobody()
{
    const tenant::Persona persona{.role = role("app"), .settings = {}};
    const sql::Statement statement{
        QStringLiteral("select id from typed where organization_id + 0 = 1"), {}};
    const auto any = base::await(session::runAs(m_pool, persona, statement));
    QVERIFY(!any && base::toLine(any.error()).contains(QLatin1String("of Initech")));
    const auto own =
        base::await(session::runAs(m_pool, persona, statement, session::Quoted::OwnOnly));
    QVERIFY(!own);
    QCOMPARE(own.error().sqlState, QStringLiteral("22P02"));
    QVERIFY2(!base::toLine(own.error()).contains(QLatin1String("Initech")),
             qPrintable(base::toLine(own.error())));
    // A cast that looks a name up.
    const auto looked = base::await(session::runAs(
        m_pool, persona, {QStringLiteral("select id from looked"), {}}, session::Quoted::OwnOnly));
    QVERIFY(!looked);
    QCOMPARE(looked.error().sqlState, QStringLiteral("42P01"));
    QVERIFY2(!base::toLine(looked.error()).contains(QLatin1String("initech")),
             qPrintable(base::toLine(looked.error())));
    // What cannot be parsed is said.
    const auto wrong =
        base::await(session::runAs(m_pool, persona, {QStringLiteral("select nope from looked"), {}},
                                   session::Quoted::OwnOnly));
    QVERIFY(!wrong && base::toLine(wrong.error()).contains(QLatin1String("nope")));
}

void TestRowSecurity::reads()
{
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    const schema::Table *notes = catalog->schema.table({{}, QStringLiteral("notes")});
    QVERIFY(notes);
    QCOMPARE(tenant::settingsRead(*notes), QStringList{QStringLiteral("app.tenant")});
}

QTEST_GUILESS_MAIN(TestRowSecurity)
#include "tst_rowsecurity.moc"
