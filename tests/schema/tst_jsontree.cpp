// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/jsontree.h"

#include <QTest>

using schema::JsonTree;
using schema::JsonValue;

namespace
{

/// A value in a spelling that tells one kind from another.
QString printed(const JsonValue &value)
{
    const auto list = [](std::span<const JsonValue> items, auto print) {
        QStringList texts;
        for (const JsonValue &item : items)
            texts << print(item);
        return texts.join(u' ');
    };
    switch (value.kind()) {
    case JsonValue::Kind::Null:
        return QStringLiteral("null");
    case JsonValue::Kind::Boolean:
        return value.flag() ? QStringLiteral("true") : QStringLiteral("false");
    case JsonValue::Kind::Integer:
        return value.digits();
    case JsonValue::Kind::Float:
        return u'~' + QString::number(value.number());
    case JsonValue::Kind::Text:
        return u'\'' + value.text() + u'\'';
    case JsonValue::Kind::List:
        return u'[' + list(value.list(), printed) + u']';
    case JsonValue::Kind::Object:
        break;
    }
    return u'{' +
           list(value.members(),
                [](const JsonValue &member) {
                    return QString::fromUtf8(member.name().data(),
                                             qsizetype(member.name().size())) +
                           u'=' + printed(member);
                }) +
           u'}';
}

} // namespace

class TestJsonTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void faults_data();
    void faults();
    void mismatches_data();
    void mismatches();
};

void TestJsonTree::values_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &json, const char *expected) {
        QTest::newRow(name) << json << QString::fromUtf8(expected);
    };
    row("scalars", "[null, true, false, 0, -7, 1.5, \"a\"]", "[null true false 0 -7 ~1.5 'a']");
    row("a scalar alone", "\"a\"", "'a'");
    row("beyond 63 bits", "[9223372036854775807, 18446744073709551615]",
        "[9223372036854775807 18446744073709551615]");
    row("beyond 64 bits", "18446744073709551616", "~1.84467e+19");
    row("exponents", "[1e3, 1E-2]", "[~1000 ~0.01]");
    row("nothing in it", "[[], {}, \"\"]", "[[] {} '']");
    row("order of members", "{\"b\": 1, \"a\": {\"10\": 2, \"9\": [3]}}", "{b=1 a={10=2 9=[3]}}");
    row("a name again", "{\"a\": 1, \"b\": 2, \"a\": {\"c\": 3}}", "{a={c=3} b=2}");
    row("a name thrice", "{\"x\": 0, \"a\": 1, \"a\": 2, \"y\": 4, \"a\": 3}", "{x=0 a=3 y=4}");
    QByteArray many, once;
    for (int i = 0; i < 40; ++i) {
        const QByteArray number = QByteArray::number(i);
        many += "\"k" + number + "\": " + number + ", ";
        once += " k" + number + '=' + number;
    }
    row("a name again among many", '{' + many + "\"k0\": true}",
        QByteArray("{k0=true" + once.sliced(5) + '}').constData());
    row("text that is not ASCII", "[\"na\xc3\xafve\", \"\\u00e9\\ud83d\\ude00\\n\"]",
        "['na\xc3\xafve' '\xc3\xa9\xf0\x9f\x98\x80\n']");
    row("white space", " \n{ \"a\" :\r\n[ 1 ,\t2 ] , \"b\" : { } , \"c\" : [ ] } \n",
        "{a=[1 2] b={} c=[]}");
    row("escapes", "{\"\\\"\\\\\\/\": \"\\b\\f\\n\\r\\t \\\"\", \"b\\n\": \"\\\\\"}",
        "{\"\\/='\b\f\n\r\t \"' b\n='\\'}");
    row("an escape before what is not ASCII", "[\"na\xc3\xafve\\tna\xc3\xafve\"]",
        "['na\xc3\xafve\tna\xc3\xafve']");
    row("many digits", "[123456789012345678, -1234567890123456789, -0]",
        "[123456789012345678 -1234567890123456789 0]");
    row("a zero character", "\"a\\u0000b\"", "'a");
}

void TestJsonTree::values()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, expected);
    const JsonTree tree(json);
    QVERIFY2(!tree.fault(), tree.fault() ? qPrintable(tree.fault()->what) : "");
    if (QTest::currentDataTag() == QByteArray("a zero character"))
        QCOMPARE(tree.root().text().size(), 3);
    else
        QCOMPARE(printed(tree.root()), expected);
}

void TestJsonTree::faults_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("byte");
    QTest::newRow("nothing") << QByteArray() << 1;
    QTest::newRow("no end") << QByteArray("{\"a\": [1") << 9;
    QTest::newRow("a word") << QByteArray("[maybe]") << 2;
    QTest::newRow("a comma too many") << QByteArray("[1,]") << 4;
    QTest::newRow("a name without a value") << QByteArray("{\"a\"}") << 5;
    QTest::newRow("a value without a name") << QByteArray("{1}") << 2;
    QTest::newRow("the other bracket") << QByteArray("[1}") << 3;
    QTest::newRow("a zero before a number") << QByteArray("[01]") << 3;
    QTest::newRow("a sign alone") << QByteArray("[-]") << 3;
    QTest::newRow("a line in a text") << QByteArray("[\"a\n\"]") << 4;
    QTest::newRow("no such escape") << QByteArray("[\"\\x\"]") << 4;
    QTest::newRow("a surrogate in UTF-8") << QByteArray("[\"\xed\xa0\x80\"]") << 4;
    QTest::newRow("a text without an end") << QByteArray("[\"a") << 4;
    QTest::newRow("more behind it") << QByteArray("{} {}") << 4;
    QTest::newRow("not UTF-8") << QByteArray("[\"\xff\"]") << 3;
}

void TestJsonTree::faults()
{
    QFETCH(QByteArray, json);
    QFETCH(int, byte);
    const JsonTree tree(json);
    QVERIFY(tree.fault());
    QCOMPARE(int(tree.fault()->byte), byte);
    QVERIFY(tree.fault()->what.contains(QLatin1String("parse error")));
    QVERIFY(tree.root().kind() == JsonValue::Kind::Null);
}

void TestJsonTree::mismatches_data()
{
    QTest::addColumn<QString>("expected");
    QTest::newRow("missing") << QStringLiteral("key 'missing' not found");
    QTest::newRow("flag") << QStringLiteral("'flag': type must be string, but is boolean");
    QTest::newRow("large") << QStringLiteral("'large': type must be integer, but is number");
}

void TestJsonTree::mismatches()
{
    QFETCH(QString, expected);
    const JsonTree tree("{\"flag\": true, \"large\": 18446744073709551615}");
    const std::string name = QTest::currentDataTag();
    try {
        const JsonValue &value = tree.root().at(name);
        if (name == "large")
            (void)value.integer();
        else
            (void)value.text();
        QFAIL("it was read");
    } catch (const JsonValue::Mismatch &mismatch) {
        QCOMPARE(QString::fromUtf8(mismatch.what()), expected);
    }
}

QTEST_GUILESS_MAIN(TestJsonTree)
#include "tst_jsontree.moc"
