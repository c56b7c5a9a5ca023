// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/storedname.h"
#include "schema/typename.h"

#include <QTest>

class TestTypeName final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stored_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        const QString letters(63, u'a');
        QTest::newRow("short") << QStringLiteral("users") << QStringLiteral("users");
        QTest::newRow("63 bytes") << letters << letters;
        QTest::newRow("64 bytes") << letters + u'b' << letters;
        QTest::newRow("a character of two bytes on the edge")
            << letters.first(62) + QStringLiteral("äb") << letters.first(62);
        QTest::newRow("a character of four bytes on the edge")
            << letters.first(60) + QStringLiteral("\U0001F600") << letters.first(60);
        QTest::newRow("a character that just fits")
            << letters.first(61) + QStringLiteral("äb") << letters.first(61) + QStringLiteral("ä");
    }
    void stored()
    {
        QFETCH(QString, name);
        QTEST(schema::storedName(name), "expected");
    }

    void canonical_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *type, const char *expected) {
            QTest::newRow(type) << QString::fromLatin1(type) << QString::fromLatin1(expected);
        };
        row("text", "text");
        row("TEXT", "text");
        row("serial", "integer");
        row("int4", "integer");
        row("bigserial", "bigint");
        row("int8", "bigint");
        row("smallserial", "smallint");
        row("bool", "boolean");
        row("float8", "double precision");
        row("float", "double precision");
        row("float(10)", "real");
        row("float(53)", "double precision");
        row("float4", "real");
        row("varchar(40)", "varchar(40)");
        row("character varying(40)", "varchar(40)");
        row("character varying ( 40 )", "varchar(40)");
        row("varchar", "varchar");
        row("char(2)", "char(2)");
        row("character(2)", "char(2)");
        row("char", "char(1)");
        row("\"char\"", "\"char\"");
        row("bit", "bit(1)");
        row("bit varying(5)", "varbit(5)");
        row("numeric", "numeric");
        row("numeric(10, 2)", "numeric(10,2)");
        row("numeric(10,2)", "numeric(10,2)");
        row("decimal(10,2)", "numeric(10,2)");
        row("numeric(10, 0)", "numeric(10)");
        row("numeric(10)", "numeric(10)");
        row("timestamp", "timestamp");
        row("timestamp without time zone", "timestamp");
        row("timestamp (3)", "timestamp(3)");
        row("timestamp(3) without time zone", "timestamp(3)");
        row("timestamptz", "timestamp with time zone");
        row("timestamptz(3)", "timestamp(3) with time zone");
        row("timestamp (3) with time zone", "timestamp(3) with time zone");
        row("timestamp(3) with time zone", "timestamp(3) with time zone");
        row("time(0) without time zone", "time(0)");
        row("timetz", "time with time zone");
        row("interval", "interval");
        row("interval(3)", "interval(3)");
        row("interval day to second(3)", "interval day to second(3)");
        row("text[]", "text[]");
        row("text[3]", "text[]");
        row("integer[3][]", "integer[]");
        row("int4[][]", "integer[]");
        row("character varying(10)[]", "varchar(10)[]");
        row("timestamp(3) with time zone[]", "timestamp(3) with time zone[]");
        row("numeric(10, 2)[]", "numeric(10,2)[]");
        row("mood", "mood");
        row("\"mood\"", "mood");
        row("\"public\".\"mood\"", "mood");
        row("\"Mood\"", "\"Mood\"");
        row("\"Two words\"", "\"Two words\"");
        row("auth.mood", "auth.mood");
        row("\"auth\".\"mood\"[]", "auth.mood[]");
        row("pg_catalog.int4", "integer");
        row("vector(1536)", "vector(1536)");
        row("public.vector(1536)", "vector(1536)");
        row("geometry(Point,4326)", "geometry(point,4326)");
        row("geometry(point, 4326)", "geometry(point,4326)");
        row("text COLLATE \"C\"", "text");
        row("jsonb", "jsonb");
    }
    void canonical()
    {
        QFETCH(QString, type);
        QTEST(schema::canonicalType(type), "expected");
        QCOMPARE(schema::canonicalType(schema::canonicalType(type)), schema::canonicalType(type));
    }
};

QTEST_GUILESS_MAIN(TestTypeName)
#include "tst_typename.moc"
