// SPDX-License-Identifier: GPL-3.0-or-later
#include "../diff/fixture.h"
#include "migrate/hazards.h"
#include "migrate/judge.h"
#include "migrate/migrationhazards.h"

#include <QtTest>

using namespace fixture;

/// What is said of SQL that people write.
class TestJudge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scripts_data();
    void scripts();
    void style();
    void lockOrder_data();
    void lockOrder();
};

void TestJudge::scripts_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected"); ///< a statement a line: locks | work | rules
    const auto row = [](const char *name, const char *script, const char *expected) {
        QTest::newRow(name) << q(script) << q(expected);
    };

    row("exclusion constraint",
        "ALTER TABLE contacts ADD CONSTRAINT x EXCLUDE USING gist (nickname WITH =)",
        "ACCESS EXCLUSIVE public.contacts | builds an index | fails when rows exclude each other");
    row("TRUNCATE", "TRUNCATE organizations CASCADE",
        "ACCESS EXCLUSIVE public.organizations, ACCESS EXCLUSIVE public.contacts | at once | "
        "removes every row");
    row("DELETE without WHERE", "DELETE FROM contacts",
        "ROW EXCLUSIVE public.contacts | scans the table | removes every row");
    row("UPDATE without WHERE", "UPDATE contacts SET nickname = email",
        "ROW EXCLUSIVE public.contacts | scans the table | writes every row: there is no WHERE");
    row("big UPDATE", "UPDATE contacts SET nickname = email WHERE nickname IS NULL",
        "ROW EXCLUSIVE public.contacts | scans the table | locks the rows that it writes until the "
        "migration has ended");
    row("trigger", "CREATE TRIGGER t BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION f()",
        "SHARE ROW EXCLUSIVE public.contacts | at once | changes what happens when rows are "
        "written");
    row("trigger off", "ALTER TABLE contacts DISABLE TRIGGER ALL",
        "SHARE ROW EXCLUSIVE public.contacts | at once | changes what happens when rows are "
        "written");
    row("function changed", "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        " | at once | indexes, checks and columns that call f keep what it said before");
    row("new function", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        " | at once | ");
    row("CASCADE", "DROP VIEW old CASCADE",
        "ACCESS EXCLUSIVE public.old | at once | CASCADE also drops what is not named here");
    row("extension", "CREATE EXTENSION citext",
        " | at once | extension citext: needs the rights, and the files on the server");
    row("partition attached", "ALTER TABLE contacts ATTACH PARTITION p FOR VALUES IN ('a')",
        "SHARE UPDATE EXCLUSIVE public.contacts, ACCESS EXCLUSIVE public.p | scans the table | "
        "reads the new partition and the default one while nobody can write");
    row("partition detached", "ALTER TABLE contacts DETACH PARTITION p",
        "ACCESS EXCLUSIVE public.contacts, ACCESS EXCLUSIVE public.p | at once | nobody can use "
        "the whole table meanwhile");
    row("partition detached concurrently", "ALTER TABLE contacts DETACH PARTITION p CONCURRENTLY",
        "SHARE UPDATE EXCLUSIVE public.contacts, SHARE UPDATE EXCLUSIVE public.p | at once | "
        "cannot run inside a transaction, so drizzle-kit migrate fails on it");
    row("transaction", "BEGIN; COMMIT",
        " | at once | ends the transaction that the migration runs in\n"
        " | at once | ends the transaction that the migration runs in");
    row("domain", "ALTER DOMAIN kind ADD CONSTRAINT c CHECK (VALUE <> '')",
        "SHARE public.contacts | scans the table | reads every table that uses the domain");
    row("CLUSTER", "CLUSTER contacts USING contacts_email_index",
        "ACCESS EXCLUSIVE public.contacts | rewrites the table and its indexes | writes all of it "
        "anew, which takes long");
    row("VACUUM FULL", "VACUUM FULL contacts",
        "ACCESS EXCLUSIVE public.contacts | rewrites the table and its indexes | writes all of it "
        "anew, which takes long; cannot run inside a transaction, so drizzle-kit migrate fails on "
        "it");
    row("REINDEX", "REINDEX TABLE contacts",
        "SHARE public.contacts | builds an index | writes all of it anew, which takes long");
    row("REFRESH", "REFRESH MATERIALIZED VIEW totals",
        "ACCESS EXCLUSIVE public.totals | rewrites the table and its indexes | runs the whole "
        "query, and nobody can read meanwhile");
    row("hidden code", "DO $$ BEGIN DELETE FROM contacts; END $$",
        " | at once | runs code that cannot be examined");
    row("code that commits", "DO $$ BEGIN DELETE FROM contacts; COMMIT; END $$",
        " | at once | runs code that cannot be examined; cannot run inside a transaction, so "
        "drizzle-kit migrate fails on it");
    row("what nobody uses yet",
        "CREATE TABLE new (id int); CREATE INDEX ON new (id); ALTER TABLE new ADD UNIQUE (id)",
        " | at once | \n | at once | \n | at once | ");
    row("a proved NOT NULL",
        "ALTER TABLE contacts ADD CONSTRAINT n CHECK (nickname IS NOT NULL) NOT VALID; ALTER TABLE "
        "contacts VALIDATE CONSTRAINT n; ALTER TABLE contacts ALTER nickname SET NOT NULL",
        "ACCESS EXCLUSIVE public.contacts | at once | \n"
        "SHARE UPDATE EXCLUSIVE public.contacts | scans the table | \n"
        "ACCESS EXCLUSIVE public.contacts | at once | ");
    row("a renamed table",
        "ALTER TABLE contacts RENAME TO people; ALTER TABLE people ALTER email TYPE text",
        "ACCESS EXCLUSIVE public.contacts | at once | programs that still use the old name fail at "
        "once\n"
        "ACCESS EXCLUSIVE public.people | at once | the stored rows stay as they are; prepared "
        "SELECT * of open connections fails once afterwards");
    row("types by hand", "ALTER TABLE contacts ALTER nickname TYPE int USING nickname::int",
        "ACCESS EXCLUSIVE public.contacts | rewrites the table and its indexes | needs the table's "
        "size once more on the disk while it runs; fails when a value does not fit; prepared "
        "SELECT * of open connections fails once afterwards");
}

void TestJudge::scripts()
{
    QFETCH(QString, script);
    QFETCH(QString, expected);
    const auto judged = migrate::judge(script, crm());
    QVERIFY2(judged.ok(), judged ? "" : qPrintable(judged.error().detail));
    QStringList lines;
    for (const migrate::JudgedStatement &statement : *judged) {
        QStringList locks, rules;
        for (const migrate::LockedRelation &locked : statement.effect.locks)
            locks << migrate::lockName(locked.lock) + u' ' + locked.relation.qualified();
        for (const migrate::Hazard &hazard : statement.hazards) {
            if (hazard.rule != migrate::Rule::None)
                rules << hazard.text;
        }
        lines << locks.join(q(", ")) + q(" | ") + migrate::workName(statement.effect.work) +
                     q(" | ") + rules.join(q("; "));
    }
    QCOMPARE(lines.join(u'\n'), expected);
}

/// How a script is written is only looked at where people write it.
void TestJudge::style()
{
    const QString script =
        q("CREATE INDEX CONCURRENTLY i ON contacts (email); CREATE TABLE app.s (); CREATE TABLE "
          "mine (); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION f(); "
          "ALTER TABLE mine ADD n int; ALTER TABLE elsewhere ADD n int; CREATE TABLE app.t ()");
    const auto said = [&](const migrate::JudgeOptions &options) {
        QStringList found;
        const auto judged = migrate::judge(script, crm(), options);
        for (const migrate::JudgedStatement &statement : *judged) {
            for (const migrate::Hazard &hazard : statement.hazards) {
                if (hazard.rule == migrate::Rule::UnqualifiedName ||
                    hazard.rule == migrate::Rule::NotRepeatable)
                    found << hazard.text;
            }
        }
        return found;
    };
    QCOMPARE(said({}), QStringList());
    QCOMPARE(said({.outsideTransaction = true, .style = true}),
             QStringList({q("cannot be run again when a later statement fails"),
                          q("cannot be run again when a later statement fails"),
                          q("cannot be run again when a later statement fails"),
                          q("where elsewhere is depends on the search_path")}));
}

void TestJudge::lockOrder_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("held"); ///< by the transaction, where a statement locks another one
    const auto row = [](const char *name, const char *sql, const char *held) {
        QTest::newRow(name) << QByteArray(sql) << q(held);
    };
    row("one table", "ALTER TABLE t ADD COLUMN a int; ALTER TABLE t ADD COLUMN b int;", "");
    row("two tables", "ALTER TABLE t ADD COLUMN a int; ALTER TABLE u ADD COLUMN b int;",
        "public.t");
    row("three, said once",
        "ALTER TABLE t ADD a int; ALTER TABLE u ADD b int; ALTER TABLE v ADD c int;", "public.t");
    row("under another name", "ALTER TABLE t RENAME TO x; ALTER TABLE x ADD COLUMN b int;", "");
    row("both in one statement",
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id);", "");
    row("a lock that lets people write", "ALTER TABLE t ADD a int; UPDATE u SET a = 1;", "");
    row("outside of transactions", "CREATE INDEX CONCURRENTLY i ON t (a);", "");
}

/// What a transaction has locked stays locked until it ends.
void TestJudge::lockOrder()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, held);
    migrate::Folder folder;
    folder.migrations = {{.tag = q("0000_a"), .file = q("0000_a.sql"), .sql = sql, .hasSql = true}};
    QString found;
    for (const migrate::MigrationHazards &migration : migrate::hazardsOf(folder, {0})) {
        for (const auto &statement : migration.statements) {
            for (const migrate::Hazard &hazard : statement.hazards) {
                if (hazard.rule == migrate::Rule::SeveralTables)
                    found += hazard.text;
            }
        }
    }
    QCOMPARE(found, held.isEmpty() ? QString()
                                   : migrate::hazards::of(migrate::Rule::SeveralTables, held).text);
}

QTEST_GUILESS_MAIN(TestJudge)
#include "tst_judge.moc"
