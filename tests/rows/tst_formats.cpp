// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/formats.h"

#include <QtTest>

/// One result with everything that is awkward to print.
class TestFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table();
    void csv();
    void json();
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

void TestFormats::empty()
{
    const rows::Page none = rows::fromValues({{QStringLiteral("id"), 23}}, {});
    QCOMPARE(rows::asTable(none), QByteArray("id\n--\n"));
    QCOMPARE(rows::asCsv(none), QByteArray("id\n"));
    QCOMPARE(rows::asJson(none), QByteArray("[]\n"));
}

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"
