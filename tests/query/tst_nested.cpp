// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/cuts.h"
#include "query/nested.h"

#include <QTest>

using namespace query;

namespace
{
QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// Of orders those of some contacts, at most two for each.
Select orders(const QList<QStringList> &keys)
{
    Select select{.from = {{{}, s("orders")}, s("orders")},
                  .columns = {{s("orders"), s("id")}, {s("orders"), s("total")}},
                  .among = Among{{{s("orders"), s("contact_id")}}, keys},
                  .sorts = {{.column = {s("orders"), s("id")}, .nullable = false}},
                  .limit = 2};
    select.scopes = {{.column = {s("orders"), s("organization_id")}, .tenant = s("7")}};
    return select;
}

QString values(const sql::Statement &statement)
{
    QStringList texts;
    for (const sql::Parameter &parameter : statement.parameters)
        texts << QString::fromUtf8(parameter.value_or(QByteArray("NULL")));
    return texts.join(u' ');
}
} // namespace

class tst_nested : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneKey();
    void keys();
    void noKey();
    void ofARelation();
};

/// The tenant's condition stands beside the rows and beside their count.
void tst_nested::oneKey()
{
    const sql::Statement statement = renderNested(orders({{s("4")}})).statement;
    const QString expected = s(R"(SELECT nested.*, 0 AS sluice_key,
(SELECT count(*) FROM (SELECT
FROM orders
WHERE orders.organization_id = $1
  AND orders.contact_id = $2
LIMIT $3
) counted) AS sluice_count
FROM (
SELECT orders.id, orders.total
FROM orders
WHERE orders.organization_id = $4
  AND orders.contact_id = $5
ORDER BY orders.id
LIMIT $6
) nested
ORDER BY sluice_key, id)");
    QCOMPARE(QString(statement.text).remove(u'"'), expected);
    QCOMPARE(values(statement), s("7 4 1001 7 4 2"));
}

/// Values of keys are parameters, whatever they hold.
void tst_nested::keys()
{
    const QString odd = s("'; DROP TABLE orders --");
    const sql::Statement statement = renderNested(orders({{s("4")}, {odd}, {s("6")}})).statement;
    QCOMPARE(statement.text.count(s("UNION ALL")), 2);
    QCOMPARE(statement.text.count(s("ORDER BY \"sluice_key\"")), 1);
    QVERIFY(statement.text.contains(s("2 AS \"sluice_key\"")));
    QVERIFY(!statement.text.contains(s("DROP")));
    QCOMPARE(values(statement).count(odd), 2);
    QCOMPARE(statement.parameters.size(), 18);
}

void tst_nested::noKey()
{
    const QString text = renderNested(orders({})).statement.text;
    QVERIFY2(!text.contains(s("UNION")), qPrintable(text));
    QCOMPARE(text.count(s("AND false")), 2);
}

/// All pairs of a key of two columns, and long values made short.
void tst_nested::ofARelation()
{
    schema::Table tickets;
    tickets.name.name = s("tickets");
    tickets.columns = {{.name = s("id"), .type = s("integer"), .primaryKey = true, .notNull = true},
                       {.name = s("org_id"), .type = s("integer")},
                       {.name = s("contact_id"), .type = s("integer")},
                       {.name = s("body"), .type = s("text")}};
    schema::Database database;
    database.tables = {tickets};
    const Relation relation{.name = s("tickets"),
                            .target = tickets.name,
                            .columns = {s("id")},
                            .targetColumns = {s("contact_id")},
                            .keyColumns = {s("org_id"), s("id")},
                            .keyTargetColumns = {s("org_id"), s("contact_id")}};
    Select select = nestedOf(relation, tickets, database, 5);
    QCOMPARE(select.columns.size(), 4);
    QCOMPARE(select.cuts.size(), 1);
    QCOMPARE(select.limit, 5);
    select.among->keys = {{s("1"), s("2")}};
    const QString text = renderNested(select).statement.text.remove(u'"');
    QVERIFY2(text.contains(s("WHERE tickets.org_id = $1\n  AND tickets.contact_id = $2")),
             qPrintable(text));
    QVERIFY2(text.contains(sizesColumn), qPrintable(text));
    QVERIFY2(text.endsWith(s("ORDER BY sluice_key, id")), qPrintable(text));
}

QTEST_GUILESS_MAIN(tst_nested)
#include "tst_nested.moc"
