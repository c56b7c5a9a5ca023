// SPDX-License-Identifier: GPL-3.0-or-later
#include "property/queries.h"

namespace property
{

namespace
{

using query::ColumnRef;

/// A table or, now and then, a view.
const Table &tableOf(const World &world, Random &random)
{
    return random.of(!world.views.isEmpty() && random.chance(25) ? world.views : world.tables);
}

/// What \a table can be joined to, and by which columns.
query::Join joinOf(const World &world, Random &random, const Table &table, const QString &alias,
                   const QString &joined, const Table *&target)
{
    query::Join join{.kind = random.chance(60) ? query::JoinKind::Left : query::JoinKind::Inner};
    if (table.parent >= 0 && random.chance(70)) {
        target = &world.tables.at(table.parent);
        for (const QString &part : target->key)
            join.on << std::pair(ColumnRef{alias, QStringLiteral("up_") + part},
                                 ColumnRef{joined, part});
    } else if (table.referred >= 0) {
        target = &world.tables.at(table.referred);
        join.on << std::pair(ColumnRef{alias, QStringLiteral("ref")},
                             ColumnRef{joined, QStringLiteral("id")});
    } else {
        do
            target = &tableOf(world, random);
        while (target == &world.tables.first());
        join.on << std::pair(ColumnRef{alias, table.columns.last().name},
                             ColumnRef{joined, target->columns.last().name});
        if (table.columns.last().type != target->columns.last().type)
            join.on.clear();
    }
    join.table = {target->name, joined};
    return join;
}

} // namespace

query::Select randomSelect(const World &world, Random &random)
{
    query::Select select;
    QList<const Table *> tables{&tableOf(world, random)};
    select.from = {tables.first()->name, QStringLiteral("t0")};
    const int joins = random.below(3);
    for (int i = 0; i < joins; ++i) {
        const int from = random.below(int(tables.size()));
        const Table *target = nullptr;
        select.joins << joinOf(world, random, *tables.at(from), QStringLiteral("t%1").arg(from),
                               QStringLiteral("t%1").arg(tables.size()), target);
        tables << target;
    }
    for (qsizetype i = 0; i < tables.size(); ++i) {
        const QString alias = QStringLiteral("t%1").arg(i);
        for (const Column &column : tables.at(i)->columns) {
            if (random.chance(50) || column.name == QLatin1String("name"))
                select.columns << ColumnRef{alias, column.name};
        }
    }
    for (const ColumnRef &column : select.columns)
        select.sorts << query::Sort{column, random.chance(40), true};
    if (random.chance(60)) {
        const auto op = query::Operator(random.below(int(query::Operator::Between) + 1));
        QStringList values{random.word({"T", "T1-ash", "T2-birch", "a"})};
        if (op == query::Operator::Between)
            values << QStringLiteral("T2-birch");
        select.filters << query::Filter{
            {QStringLiteral("t0"), QStringLiteral("name")}, op, values, QStringLiteral("text")};
    }
    if (random.chance(20))
        select.search = query::Search{.way = query::Search::Way::Scan,
                                      .text = random.word({"T", "-ash", "birch", "%"}),
                                      .columns = {{QStringLiteral("t0"), QStringLiteral("name")}}};
    if (random.chance(10))
        select.search = query::Search{.way = query::Search::Way::FullText,
                                      .text = random.word({"T1-ash", "ash or birch", "-ash", "\""}),
                                      .document = QStringLiteral("to_tsvector('simple', t0.name)"),
                                      .configuration = QStringLiteral("simple")};
    if (random.chance(30))
        select.limit = 1 + random.below(10);
    return select;
}

query::Select randomWritten(const World &world, Random &random)
{
    query::Select select = randomSelect(world, random);
    const QString other = tableOf(world, random).sql();
    const QString conditions[]{
        QStringLiteral("t0.name LIKE 'T%'"),
        QStringLiteral("t0.name LIKE 'T2%' OR true -- not mine"),
        QStringLiteral("length(t0.name) / (ascii(substr(t0.name, 2)) - 50) > -9"),
        QStringLiteral("t0.name::integer > 0"),
        QStringLiteral("EXISTS (SELECT 1 FROM %1 o WHERE o.name LIKE 'T2%')").arg(other),
        QStringLiteral("t0.name < (SELECT max(o.name) FROM %1 o)").arg(other),
        QStringLiteral("(SELECT count(*) FROM %1) > 3").arg(other),
        QStringLiteral("t0.name = ANY (SELECT name FROM %1)").arg(other),
    };
    select.written = {conditions[random.below(int(std::size(conditions)))]};
    return select;
}

} // namespace property
