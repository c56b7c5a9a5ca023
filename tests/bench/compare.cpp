// SPDX-License-Identifier: GPL-3.0-or-later
// How much processor time it takes to compare two schemas of many tables of which 1 % changed.
#include "diff/change.h"

#include <QTextStream>

#include <ctime>

namespace
{
schema::Table tableOf(int number)
{
    const QString name = QStringLiteral("table_%1").arg(number);
    schema::Table table;
    table.name = {{}, name};
    for (int i = 0; i < 12; ++i) {
        schema::Column column;
        column.name = QStringLiteral("column_%1").arg(i);
        column.type = i % 3 ? QStringLiteral("text") : QStringLiteral("timestamp with time zone");
        column.notNull = i % 2;
        column.primaryKey = i == 0;
        table.columns << column;
    }
    for (int i = 1; i < 3; ++i) {
        schema::Index index;
        index.name = QStringLiteral("%1_column_%2_index").arg(name).arg(i);
        index.columns << schema::IndexColumn{
            table.columns[i].name, false, true, QStringLiteral("last"), {}};
        table.indexes << index;
    }
    schema::ForeignKey key;
    key.name = QStringLiteral("%1_column_3_fk").arg(name);
    key.columns << QStringLiteral("column_3");
    key.targetTable = QStringLiteral("table_%1").arg(number / 2);
    key.targetColumns << QStringLiteral("column_0");
    table.foreignKeys << key;
    table.checks << schema::Check{
        name + QStringLiteral("_check"), QStringLiteral("\"%1\".\"column_4\" <> ''").arg(name), {}};
    return table;
}

/// Built anew each time: the two sides share no memory, as code and catalog do not.
schema::Database databaseOf(int tables, bool changed)
{
    schema::Database database;
    for (int i = 0; i < tables; ++i) {
        database.tables << tableOf(i);
        schema::Table &table = database.tables.last();
        if (!changed || i % 100)
            continue;
        table.columns[4].notNull = !table.columns[4].notNull;
        table.columns[5].name = QStringLiteral("renamed");
        table.indexes[1].isUnique = true;
    }
    return database;
}

double milliseconds(std::clock_t time)
{
    return 1'000.0 * static_cast<double>(time) / CLOCKS_PER_SEC;
}
} // namespace

int main()
{
    QTextStream out(stdout);
    for (const int tables : {500, 1'000, 2'000, 4'000}) {
        const schema::Database before = databaseOf(tables, false);
        const schema::Database after = databaseOf(tables, true);
        double best = 0;
        qsizetype changes = 0;
        for (int run = 0; run < 5; ++run) {
            const std::clock_t start = std::clock();
            changes = diff::compare(before, after).changes.size();
            const double took = milliseconds(std::clock() - start);
            best = run == 0 ? took : std::min(best, took);
        }
        out << QStringLiteral("compare %1 tables: %2 ms of processor time, %3 changes\n")
                   .arg(tables)
                   .arg(best, 0, 'f', 1)
                   .arg(changes);
    }
    return 0;
}
