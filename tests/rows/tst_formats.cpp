// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/formats.h"
#include "rows/writer.h"

#include <QtTest>

/// One result with everything that is awkward to print.
class TestFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table();
    void csv();
    void json();
    void jsonArrays();
    void tsv();
    void markdown();
    void inserts();
    void manyInserts();
    void empty();

private:
    static rows::Page page()
    {
        return rows::fromValues(
            {{QStringLiteral("id"), 23},
             {QStringLiteral("name"), 25},
             {QStringLiteral("price"), 1700},
             {QStringLiteral("paid"), 16},
             {QStringLiteral("meta"), 3802}},
            {{"1", "Ada \"Countess\"", "1000000000000000000.10", "t", "{\"a\": 1}"},
             {"20", "", "NaN", "f", std::nullopt},
             {"3", std::nullopt, "-0.5", std::nullopt, "[]"},
             {"4", "two\nlines", "7", "t", "null"}});
    }
};

void TestFormats::table()
{
    QCOMPARE(QString::fromUtf8(rows::asTable(page())),
             QString::fromUtf8("id  name                             price  paid  meta\n"
                               "--  --------------  ----------------------  ----  --------\n"
                               " 1  Ada \"Countess\"  1000000000000000000.10  t     {\"a\": 1}\n"
                               "20                                     NaN  f     NULL\n"
                               " 3  NULL                              -0.5  NULL  []\n"
                               " 4  two↵lines                            7  t     null\n"));
}

void TestFormats::csv()
{
    QCOMPARE(
        QString::fromUtf8(rows::asCsv(page())),
        QString::fromUtf8("id,name,price,paid,meta\n"
                          "1,\"Ada \"\"Countess\"\"\",1000000000000000000.10,t,\"{\"\"a\"\": 1}\"\n"
                          "20,\"\",NaN,f,\n"
                          "3,,-0.5,,[]\n"
                          "4,\"two\nlines\",7,t,null\n"));
}

void TestFormats::json()
{
    QCOMPARE(
        QString::fromUtf8(rows::asJson(page())),
        QString::fromUtf8(
            "[\n"
            " {\"id\": 1, \"name\": \"Ada \\\"Countess\\\"\", \"price\": 1000000000000000000.10, "
            "\"paid\": true, \"meta\": {\"a\": 1}},\n"
            " {\"id\": 20, \"name\": \"\", \"price\": \"NaN\", \"paid\": false, \"meta\": null},\n"
            " {\"id\": 3, \"name\": null, \"price\": -0.5, \"paid\": null, \"meta\": []},\n"
            " {\"id\": 4, \"name\": \"two\\nlines\", \"price\": 7, \"paid\": true, \"meta\": "
            "null}\n"
            "]\n"));
}

/// Lists arrive as lists, as every other program expects them of JSON.
void TestFormats::jsonArrays()
{
    const rows::Page arrays =
        rows::fromValues({{QStringLiteral("words"), 1009},
                          {QStringLiteral("numbers"), 1007},
                          {QStringLiteral("flags"), 1000},
                          {QStringLiteral("parts"), 3807}},
                         {{"{bug,NULL,\"NULL\",\"say \\\"x\\\", \\\\\",\"\"}", "{{1,-2},{NULL,4}}",
                           "{t,f}", "{\"{\\\"a\\\": [1]}\",null}"},
                          {"{}", "[0:1]={1,2}", std::nullopt, "{}"}});
    QCOMPARE(
        QString::fromUtf8(rows::asJson(arrays)),
        QString::fromUtf8(
            "[\n"
            " {\"words\": [\"bug\", null, \"NULL\", \"say \\\"x\\\", \\\\\", \"\"], \"numbers\": "
            "[[1, -2], [null, 4]], \"flags\": [true, false], \"parts\": [{\"a\": [1]}, null]},\n"
            " {\"words\": [], \"numbers\": \"[0:1]={1,2}\", \"flags\": null, \"parts\": []}\n"
            "]\n"));
}

void TestFormats::tsv()
{
    const rows::Page tabs =
        rows::fromValues({{QStringLiteral("a"), 25}, {QStringLiteral("b"), 25}},
                         {{"x\ty", "\\."}, {"say \"hi\"", ""}, {std::nullopt, "a,b"}});
    QCOMPARE(rows::written(tabs, rows::RowWriter(rows::Form::Tsv, rows::writtenColumns(tabs))),
             QByteArray("a\tb\n\"x\ty\"\t\"\\.\"\n\"say \"\"hi\"\"\"\t\"\"\n\ta,b\n"));
    QCOMPARE(rows::written(tabs, rows::RowWriter(rows::Form::Tsv, rows::writtenColumns(tabs), {},
                                                 rows::Titles::Without))
                 .left(4),
             QByteArray("\"x\ty"));
}

void TestFormats::markdown()
{
    const rows::Page awkward =
        rows::fromValues({{QStringLiteral("a|b"), 23}, {QStringLiteral("name"), 25}},
                         {{"1", "x|y\\|\nz"}, {"2", ""}, {std::nullopt, std::nullopt}});
    QCOMPARE(QString::fromUtf8(rows::written(
                 awkward, rows::RowWriter(rows::Form::Markdown, rows::writtenColumns(awkward)))),
             QStringLiteral("| a\\|b | name |\n"
                            "| ---: | --- |\n"
                            "| 1 | x\\|y\\\\\\|<br>z |\n"
                            "| 2 |  |\n"
                            "| *NULL* | *NULL* |\n"));
}

void TestFormats::inserts()
{
    const rows::Page all =
        rows::fromValues({{QStringLiteral("id"), 20},
                          {QStringLiteral("na\"me"), 25},
                          {QStringLiteral("price"), 1700},
                          {QStringLiteral("paid"), 16},
                          {QStringLiteral("raw"), 17},
                          {QStringLiteral("sum"), 23}},
                         {{"9223372036854775807", "it's", "1.10", "t", "\\x00ff", "1"},
                          {"2", "", "NaN", "f", std::nullopt, "2"},
                          {"3", "a\\'b", "-1e+300", std::nullopt, "\\x", "3"}});
    QList<rows::WrittenColumn> columns = rows::writtenColumns(all);
    columns.last().isComputed = true;
    QCOMPARE(QString::fromUtf8(
                 rows::written(all, rows::RowWriter(rows::Form::Inserts, columns,
                                                    {QStringLiteral("\"app\".\"t\""), true}))),
             QStringLiteral("INSERT INTO \"app\".\"t\" (\"id\", \"na\"\"me\", \"price\", \"paid\", "
                            "\"raw\") OVERRIDING SYSTEM VALUE VALUES\n"
                            "  (9223372036854775807, 'it''s', 1.10, true, E'\\\\x00ff'),\n"
                            "  (2, '', 'NaN', false, NULL),\n"
                            "  (3, E'a\\\\''b', -1e+300, NULL, E'\\\\x');\n"));
}

void TestFormats::manyInserts()
{
    QList<QList<std::optional<QByteArray>>> values;
    for (int i = 0; i < 1001; ++i)
        values << QList<std::optional<QByteArray>>{QByteArray::number(i)};
    const rows::Page many = rows::fromValues({{QStringLiteral("id"), 23}}, values);
    const QByteArray text =
        rows::written(many, rows::RowWriter(rows::Form::Inserts, rows::writtenColumns(many),
                                            {QStringLiteral("t"), false}));
    QCOMPARE(text.count("INSERT INTO t"), 3);
    QCOMPARE(text.count(");\n"), 3);
    QVERIFY(text.contains("  (499);\nINSERT INTO t (\"id\") VALUES\n  (500),\n"));
}

void TestFormats::empty()
{
    const rows::Page none = rows::fromValues({{QStringLiteral("id"), 23}}, {});
    QCOMPARE(rows::asTable(none), QByteArray("id\n--\n"));
    QCOMPARE(rows::asCsv(none), QByteArray("id\n"));
    QCOMPARE(rows::asJson(none), QByteArray("[]\n"));
}

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"
