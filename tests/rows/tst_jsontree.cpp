// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/jsontree.h"

#include <QTest>

using rows::JsonLayout;
using rows::JsonNode;

class TestJsonTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stays_data();
    void stays();
    void parts();
    void indented();
    void refused_data();
    void refused();
};

void TestJsonTree::stays_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &json) { QTest::newRow(name) << json; };
    row("a number", "12");
    row("digits beyond a double", "12345678901234567890123.4567890123456789");
    row("an exponent", "1.50e+10");
    row("the largest 64 bits", "[18446744073709551615, -9223372036854775808]");
    row("zeros at the end", "1.500");
    row("null", "null");
    row("an empty object", "{}");
    row("an empty array in an object", R"({"a": []})");
    row("members in their order, twice", R"({"b": 1, "a": 2, "b": 3})");
    row("text with escapes", R"(["\"\\\n\u0001", "日本"])");
    row("an empty key", R"({"": ""})");
    row("nested", R"({"a": [{"b": [1, true, null]}, false]})");
}

void TestJsonTree::stays()
{
    QFETCH(QByteArray, json);
    const auto tree = rows::jsonTree(json);
    QVERIFY(tree);
    QCOMPARE(rows::jsonText(*tree, JsonLayout::OneLine), json);
}

void TestJsonTree::parts()
{
    const auto tree = rows::jsonTree(R"({"a": [1, "x"], "b": {"c": null}})");
    QVERIFY(tree);
    QCOMPARE(tree->children.size(), 2);
    QCOMPARE(tree->children.at(0).key, QByteArray("a"));
    QVERIFY(tree->children.at(0).kind == JsonNode::Kind::Array);
    QVERIFY(tree->children.at(0).children.at(1).kind == JsonNode::Kind::Text);
    QCOMPARE(tree->children.at(0).children.at(1).text, QByteArray("x"));
    QCOMPARE(tree->children.at(1).children.at(0).key, QByteArray("c"));
    QCOMPARE(tree->children.at(1).children.at(0).text, QByteArray("null"));
}

void TestJsonTree::indented()
{
    const auto tree = rows::jsonTree(R"({"a":[1,2],"b":{}})");
    QVERIFY(tree);
    QCOMPARE(rows::jsonText(*tree, JsonLayout::Indented),
             QByteArray("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}"));
}

void TestJsonTree::refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no end") << QByteArray("{\"a\": 1");
    QTest::newRow("something behind") << QByteArray("{} x");
    QTest::newRow("a bare word") << QByteArray("abc");
    QTest::newRow("too deep") << QByteArray(201, '[') + QByteArray(201, ']');
    QTest::newRow("no UTF-8") << QByteArray("\"\xff\"");
}

void TestJsonTree::refused()
{
    QFETCH(QByteArray, json);
    QVERIFY(!rows::jsonTree(json));
}

QTEST_APPLESS_MAIN(TestJsonTree)
#include "tst_jsontree.moc"
