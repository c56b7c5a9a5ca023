// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/valuetext.h"

#include <QTest>

using namespace studio;

class ValueTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json_data();
    void json();
    void bytes();
    void parts_data();
    void parts();
};

void ValueTextTest::json_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char *name, const char *json, const char *lines) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(lines);
    };
    row("order, digits and repeated keys stay", R"({"b":1.10,"a":[1e999, 2], "b":null})",
        "{\n  \"b\": 1.10,\n  \"a\": [\n    1e999,\n    2\n  ],\n  \"b\": null\n}");
    row("nothing in it", R"({"a":{ },"b":[]})", "{\n  \"a\": {},\n  \"b\": []\n}");
    row("signs in texts", R"(["a\"]{,:  b\\"])", "[\n  \"a\\\"]{,:  b\\\\\"\n]");
    row("a number", " 12 ", "12");
    row("cut off", R"({"a":["b)", "{\n  \"a\": [\n    \"b");
    row("cut off at an escape", R"(["b\)", "[\n  \"b\\");
    row("no JSON", "}]x", "\n}\n]x");
    row("empty", "", "");
}

void ValueTextTest::json()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, lines);
    QCOMPARE(prettyJson(json), lines);
    const ValueText text(json, rows::TypeClass::Json);
    QCOMPARE(text.part(0), QString::fromUtf8(lines));
    QCOMPARE(text.fileContent(), json);
}

void ValueTextTest::bytes()
{
    const ValueText text("\\x0041ff7e", rows::TypeClass::Binary);
    QCOMPARE(text.part(0),
             QStringLiteral("00000000  00 41 ff 7e                                      .A.~"));
    QCOMPARE(text.fileContent(), QByteArray::fromHex("0041ff7e"));
    QCOMPARE(ValueText("\\x", rows::TypeClass::Binary).part(0), QString());
    const ValueText escaped("\\000A", rows::TypeClass::Binary);
    QVERIFY(!escaped.isBytes());
    QCOMPARE(escaped.part(0), QStringLiteral("\\000A"));
    const ValueText longer("\\x" + QByteArray("00").repeated(100'000), rows::TypeClass::Binary);
    QVERIFY(longer.partCount() > 1);
    QVERIFY(longer.part(1).startsWith(QStringLiteral("00002000  00 00")));
}

void ValueTextTest::parts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("short") << QByteArray("a");
    QTest::newRow("lines") << QByteArray("a line of text\n").repeated(9000);
    QTest::newRow("words") << QByteArray("word ").repeated(30'000);
    QTest::newRow("one long word") << QByteArray("0123456789").repeated(20'000);
    QTest::newRow("characters of four bytes") << QByteArray("x") + QByteArray("😀").repeated(40'000);
    QTest::newRow("no UTF-8") << QByteArray("\x80").repeated(100'000);
}

/// The parts are the text, and none ends within a character or is too long for a text field.
void ValueTextTest::parts()
{
    QFETCH(QByteArray, text);
    const ValueText value(text, rows::TypeClass::Text);
    QString all;
    for (qsizetype i = 0; i < value.partCount(); ++i) {
        QVERIFY(value.part(i).toUtf8().size() <= 100'000);
        all += value.part(i);
    }
    QCOMPARE(all, QString::fromUtf8(text));
    QCOMPARE(value.partCount() > 1, text.size() > 40'000);
}

QTEST_GUILESS_MAIN(ValueTextTest)
#include "tst_valuetext.moc"
