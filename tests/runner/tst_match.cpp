// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrations.h"
#include "runner/ledger.h"

#include <QTest>

using runner::LedgerRow;
using runner::MigrationState;
using testsupport::folderOf;
using testsupport::migration;

namespace
{

const migrate::Migration first = migration("0000_a", 100, "CREATE TABLE a ();\nSELECT 1;\n");
const migrate::Migration second = migration("0001_b", 200, "CREATE TABLE b ();");
const migrate::Migration third = migration("0002_c", 300, "CREATE TABLE c ();");

LedgerRow rowOf(const migrate::Migration &of)
{
    return {of.hash, of.when};
}

QString printed(const runner::Ledger &ledger)
{
    static const QStringList names{QStringLiteral("applied"), QStringLiteral("edited"),
                                   QStringLiteral("pending"), QStringLiteral("skipped"),
                                   QStringLiteral("unknown")};
    QStringList states;
    for (const MigrationState state : ledger.states)
        states << names.at(int(state));
    return QStringLiteral("%1 +%2").arg(states.join(u' ')).arg(ledger.rowsWithoutFile);
}

} // namespace

class tst_match : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void names();
    void newest();
};

void tst_match::states_data()
{
    QTest::addColumn<QList<migrate::Migration>>("migrations");
    QTest::addColumn<QList<LedgerRow>>("rows");
    QTest::addColumn<QString>("expected");
    const QList<migrate::Migration> all{first, second, third};
    const auto row = [](const char *name, const QList<migrate::Migration> &migrations,
                        const QList<LedgerRow> &rows, const char *expected) {
        QTest::newRow(name) << migrations << rows << QString::fromLatin1(expected);
    };
    row("an empty folder", {}, {}, " +0");
    row("nothing applied", all, {}, "pending pending pending +0");
    row("all applied", all, {rowOf(first), rowOf(second), rowOf(third)},
        "applied applied applied +0");
    row("the last is pending", all, {rowOf(first), rowOf(second)}, "applied applied pending +0");
    row("drizzle-kit would skip one from a branch", all, {rowOf(first), rowOf(third)},
        "applied skipped applied +0");
    const migrate::Migration future = migration("0001_x", 9'999, "x");
    row("one stamped in the future hides the rest", {first, future, third},
        {rowOf(first), rowOf(future)}, "applied applied skipped +0");
    row("same time, other text", all, {{"0123", 100}, rowOf(second)}, "edited applied pending +0");
    row("re-stamped", {first, migration("0001_b", 250, second.sql)}, {rowOf(first), rowOf(second)},
        "applied applied +0");
    row("rows without a file", {first}, {rowOf(first), {"0123", 50}, {"4567", 60}}, "applied +2");
    row("one row is not two migrations", {first, migration("0001_a", 150, first.sql)},
        {rowOf(first)}, "applied pending +0");
    row("two empty custom migrations, the later applied",
        {migration("0000_x", 100, "-- x"), migration("0001_x", 200, "-- x")},
        {rowOf(migration("0001_x", 200, "-- x"))}, "skipped applied +0");
    const migrate::Migration windows =
        migration("0000_a", 90, "CREATE TABLE a ();\r\nSELECT 1;\r\n");
    row("applied with Windows line ends", {first}, {rowOf(windows)}, "applied +0");
    row("now with Windows line ends", {windows}, {rowOf(first)}, "applied +0");
    migrate::Migration missing = second;
    missing.hasSql = false;
    missing.sql.clear();
    missing.hash.clear();
    row("an applied one whose file is missing", {first, missing}, {rowOf(first), rowOf(second)},
        "applied applied +0");
    row("a pending one whose file is missing", {first, missing}, {rowOf(first)},
        "applied pending +0");
}

/// Rows of drizzle-orm 1.0, which have names.
void tst_match::names()
{
    migrate::Folder folder = folderOf({first, second, third});
    folder.layout = migrate::Layout::Folders;
    const auto named = [](const migrate::Migration &of) {
        LedgerRow row = rowOf(of);
        row.name = of.tag;
        return row;
    };
    QCOMPARE(printed(runner::match(folder, {named(first), named(third)})),
             QStringLiteral("applied pending applied +0")); // nothing is skipped there
    LedgerRow edited = named(second);
    edited.hash = "0123";
    QCOMPARE(printed(runner::match(folder, {named(first), edited})),
             QStringLiteral("applied edited pending +0"));
    // The name counts more than what the text and the time say.
    folder.migrations[1].hash = first.hash;
    folder.migrations[1].sql = first.sql;
    LedgerRow second = named(folder.migrations.at(1));
    second.createdAt = first.when;
    QCOMPARE(printed(runner::match(folder, {second})),
             QStringLiteral("pending applied pending +0"));
}

void tst_match::states()
{
    QFETCH(QList<migrate::Migration>, migrations);
    QFETCH(QList<LedgerRow>, rows);
    QFETCH(QString, expected);
    QCOMPARE(printed(runner::match(folderOf(migrations), rows)), expected);
}

void tst_match::newest()
{
    QCOMPARE(runner::Ledger().newest(), 0);
    QCOMPARE(runner::match({}, {rowOf(first), rowOf(third), rowOf(second)}).newest(), 300);
}

QTEST_GUILESS_MAIN(tst_match)
#include "tst_match.moc"
