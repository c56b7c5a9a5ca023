// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/arraytext.h"

#include <QTest>

using rows::ArrayElements;

class TestArrayText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takenApart_data();
    void takenApart();
    void putTogether();
};

void TestArrayText::takenApart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("elements"); // NULL is <null>
    QTest::addColumn<QByteArray>("again");        // as PostgreSQL would write it
    const auto row = [](const char *name, const char *text, const QByteArrayList &elements,
                        const char *again = nullptr) {
        QTest::newRow(name) << QByteArray(text) << elements << QByteArray(again ? again : text);
    };
    row("empty", "{}", {});
    row("one", "{1}", {"1"});
    row("several", "{1,2,3}", {"1", "2", "3"});
    row("a blank within", "{\"a b\"}", {"a b"});
    row("unquoted blanks within and around", "{ a b , c }", {"a b", "c"}, "{\"a b\",c}");
    row("NULL and the text NULL", "{NULL,\"NULL\",null}", {"<null>", "NULL", "<null>"},
        "{NULL,\"NULL\",NULL}");
    row("empty text", "{\"\"}", {""});
    row("quotes and escapes", R"({"say \"hi\"","back\\slash"})", {"say \"hi\"", "back\\slash"});
    row("braces and commas", "{\"{1,2}\",\"a,b\"}", {"{1,2}", "a,b"});
    row("escaped without quotes", R"({a\,b})", {"a,b"}, "{\"a,b\"}");
    row("an escaped blank at the end", "{a\\ }", {"a "}, "{\"a \"}");
    row("UTF-8", "{größe,日本}", {"größe", "日本"});
    const QByteArrayList none{"<none>"};
    row("two dimensions", "{{1,2},{3,4}}", none);
    row("bounds", "[2:3]={1,2}", none);
    row("no end", "{1,2", none);
    row("something behind", "{1}x", none);
    row("nothing between commas", "{1,,2}", none);
    row("a comma at the end", "{1,}", none);
    row("a quote within", "{a\"b\"}", none);
    row("no array", "abc", none);
    row("no text", "", none);
}

void TestArrayText::takenApart()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, elements);
    QFETCH(QByteArray, again);
    const std::optional<ArrayElements> read = rows::arrayElements(text);
    QByteArrayList words;
    for (const auto &element : read.value_or(ArrayElements()))
        words << element.value_or("<null>");
    QCOMPARE(read ? words : QByteArrayList{"<none>"}, elements);
    if (read)
        QCOMPARE(rows::arrayText(*read), again);
}

void TestArrayText::putTogether()
{
    const ArrayElements elements{"", std::nullopt, "null", "a\tb", "\\", "\"", "}", "plain"};
    const QByteArray text = rows::arrayText(elements);
    QCOMPARE(text, QByteArray("{\"\",NULL,\"null\",\"a\tb\",\"\\\\\",\"\\\"\",\"}\",plain}"));
    QVERIFY(rows::arrayElements(text) == elements);
}

QTEST_APPLESS_MAIN(TestArrayText)
#include "tst_arraytext.moc"
