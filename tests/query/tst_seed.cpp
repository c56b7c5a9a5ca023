// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/seed.h"

#include <QTest>

class tst_seed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void rows();
    void alwaysIdentity();
};

namespace
{
schema::Column column(const char *name, const QString &type, const char *key = "")
{
    schema::Column made{.name = QString::fromLatin1(name), .type = type};
    made.origin.name = QString::fromLatin1(key);
    return made;
}
} // namespace

void tst_seed::values_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<sql::Parameter>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *type, const sql::Parameter &value, const char *expected) {
        QTest::addRow("%s %s", type, value ? value->constData() : "NULL")
            << QString::fromLatin1(type) << value << QString::fromLatin1(expected);
    };
    row("text", "it's", "'it\\'s'");
    row("text", "", "''");
    row("text", std::nullopt, "null");
    row("integer", "-3", "-3");
    row("bigint", "9223372036854775807", "sql`'9223372036854775807'::bigint`");
    row("numeric(40, 2)", "99999999999999999999.10", "'99999999999999999999.10'");
    row("boolean", "t", "true");
    row("double precision", "1.5", "1.5");
    row("double precision", "NaN", "sql`'NaN'::double precision`");
    row("timestamp with time zone", "2026-03-01 12:00:00+00", "new Date('2026-03-01T12:00:00Z')");
    row("timestamp with time zone", "2026-03-01 12:00:00.25+05:30",
        "new Date('2026-03-01T12:00:00.25+05:30')");
    row("timestamp with time zone", "2026-03-01 12:00:00+02",
        "new Date('2026-03-01T12:00:00+02:00')");
    row("timestamp without time zone", "2026-03-01 12:00:00", "new Date('2026-03-01T12:00:00Z')");
    row("timestamp with time zone", "2026-03-01 12:00:00.123456+00",
        "sql`'2026-03-01 12:00:00.123456+00'::timestamp with time zone`");
    row("timestamp with time zone", "infinity", "sql`'infinity'::timestamp with time zone`");
    row("jsonb", "{\"a\": [1, null]}", "{\"a\": [1, null]}");
    row("jsonb", "{\"a\": 12345678901234567890}", "sql`'{\"a\": 12345678901234567890}'::jsonb`");
    row("text[]", "{a,`${x}}", "sql`'{a,\\`\\${x}}'::text[]`");
    row("bytea", "\\x00ff", "sql`E'\\\\\\\\x00ff'::bytea`");
    row("uuid", "7f2a0000-0000-0000-0000-000000000001", "'7f2a0000-0000-0000-0000-000000000001'");
}

void tst_seed::values()
{
    QFETCH(QString, type);
    QFETCH(sql::Parameter, value);
    QFETCH(QString, expected);
    schema::Table table;
    table.name.name = QStringLiteral("t");
    table.columns = {column("x", type)};
    const QString text = query::renderSeed(table, {}, {QStringLiteral("x")}, {{value}});
    const QString line = QStringLiteral("\n  { x: %1 },\n").arg(expected);
    QVERIFY2(text.contains(line), qPrintable(text));
    QCOMPARE(text.contains(QStringLiteral("import { sql }")),
             expected.startsWith(QStringLiteral("sql`")));
}

void tst_seed::rows()
{
    schema::Table table;
    table.name.name = QStringLiteral("order_items");
    table.origin.name = QStringLiteral("orderItems");
    table.columns = {column("id", QStringLiteral("integer"), "id"),
                     column("unit_price", QStringLiteral("numeric"), "unitPrice"),
                     column("total", QStringLiteral("numeric"), "total"),
                     column("2nd", QStringLiteral("text"), "2nd")};
    table.columns[2].generated = schema::Generated{};
    schema::Database code;
    code.tables = {table};
    QCOMPARE(query::renderSeed(table, code,
                               {QStringLiteral("id"), QStringLiteral("unit_price"),
                                QStringLiteral("total"), QStringLiteral("2nd")},
                               {{"1", "2.50", "5", "a"}, {"2", std::nullopt, "0", ""}}),
             QStringLiteral("import { orderItems } from './schema';\n\n"
                            "await db.insert(orderItems).values([\n"
                            "  { id: 1, unitPrice: '2.50', '2nd': 'a' },\n"
                            "  { id: 2, unitPrice: null, '2nd': '' },\n"
                            "]);\n"));
}

/// PostgreSQL refuses a value for such a column where the statement does not insist.
void tst_seed::alwaysIdentity()
{
    schema::Table table;
    table.name.name = QStringLiteral("tasks");
    table.columns = {column("id", QStringLiteral("bigint")),
                     column("title", QStringLiteral("text"))};
    table.columns[0].identity = schema::Identity{};
    const auto seed = [&](const QStringList &columns, const QList<sql::Parameter> &row) {
        return query::renderSeed(table, {}, columns, {row});
    };
    using Kind = schema::Identity::Kind;
    table.columns[0].identity->kind = Kind::Always;
    QVERIFY(seed({QStringLiteral("id"), QStringLiteral("title")}, {"1", "a"})
                .contains(QStringLiteral("db.insert(tasks).overridingSystemValue().values([")));
    QVERIFY(seed({QStringLiteral("title")}, {"a"})
                .contains(QStringLiteral("db.insert(tasks).values([")));
    table.columns[0].identity->kind = Kind::ByDefault;
    QVERIFY(
        seed({QStringLiteral("id")}, {"1"}).contains(QStringLiteral("db.insert(tasks).values([")));
}

QTEST_APPLESS_MAIN(tst_seed)
#include "tst_seed.moc"
