// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/page.h"

#include <QTest>

using rows::TypeClass;

class TestPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyPage()
    {
        const rows::Page page;
        QCOMPARE(page.rowCount(), 0);
        QVERIFY(page.columns().isEmpty());
        QCOMPARE(page.affectedRows(), -1);
    }

    void cell_data()
    {
        QTest::addColumn<std::optional<QByteArray>>("bytes");
        QTest::addColumn<bool>("isNull");
        QTest::addColumn<QString>("text");
        using Bytes = std::optional<QByteArray>;
        QTest::newRow("text") << Bytes("abc") << false << QStringLiteral("abc");
        QTest::newRow("unicode") << Bytes("gr\xc3\xb6\xc3\x9f"
                                          "e")
                                 << false << QString::fromUtf8("größe");
        QTest::newRow("empty") << Bytes("") << false << QStringLiteral("");
        QTest::newRow("no bytes") << Bytes(QByteArray()) << false << QStringLiteral("");
        QTest::newRow("null") << Bytes() << true << QString();
    }
    void cell()
    {
        QFETCH(std::optional<QByteArray>, bytes);
        QFETCH(bool, isNull);
        const rows::Page page = rows::fromValues({{QStringLiteral("a"), 25, -1}}, {{bytes}});
        const rows::Page copy = page;
        QCOMPARE(copy.rowCount(), 1);
        QCOMPARE(!copy.cell(0, 0).has_value(), isNull);
        QCOMPARE(copy.text(0, 0).isNull(), isNull);
        QTEST(copy.text(0, 0), "text");
        const std::optional<QByteArray> value = copy.value(0, 0);
        QCOMPARE(value.has_value(), !isNull);
        QVERIFY(!value || !value->isNull());
        QCOMPARE(QString::fromUtf8(value.value_or(QByteArray())), copy.text(0, 0));
    }

    void copiesShareTheirBytes()
    {
        const rows::Page page =
            rows::fromValues({{QStringLiteral("a"), 25, -1}}, {{QByteArray("abc")}});
        const rows::Page copy = page;
        QCOMPARE(copy.cell(0, 0)->data(), page.cell(0, 0)->data());
    }

    void part()
    {
        const rows::Page page =
            rows::fromValues({{QStringLiteral("a"), 25, -1}},
                             {{QByteArray("a")}, {QByteArray("b")}, {QByteArray("c")}});
        const rows::Page middle = page.part(1, 1);
        QCOMPARE(middle.rowCount(), 1);
        QCOMPARE(middle.cell(0, 0)->data(), page.cell(1, 0)->data());
        QCOMPARE(page.part(2, 9).rowCount(), 1);
        QCOMPARE(page.part(3, 9).rowCount(), 0);
        QCOMPARE(page.part(0, 2).part(1, 1).text(0, 0), QStringLiteral("b"));
    }

    void typeClass_data()
    {
        QTest::addColumn<quint32>("oid");
        QTest::addColumn<TypeClass>("expected");
        const auto row = [](const char *name, quint32 oid, TypeClass expected) {
            QTest::newRow(name) << oid << expected;
        };
        row("bool", 16, TypeClass::Boolean);
        row("bytea", 17, TypeClass::Binary);
        row("int2", 21, TypeClass::Number);
        row("int4", 23, TypeClass::Number);
        row("int8", 20, TypeClass::Number);
        row("float8", 701, TypeClass::Number);
        row("numeric", 1700, TypeClass::Number);
        row("text", 25, TypeClass::Text);
        row("varchar", 1043, TypeClass::Text);
        row("date", 1082, TypeClass::Time);
        row("timestamptz", 1184, TypeClass::Time);
        row("uuid", 2950, TypeClass::Uuid);
        row("json", 114, TypeClass::Json);
        row("jsonb", 3802, TypeClass::Json);
        row("an enum", 70'001, TypeClass::Text);
    }
    void typeClass()
    {
        QFETCH(quint32, oid);
        QTEST(rows::typeClass(oid), "expected");
    }
};

Q_DECLARE_METATYPE(std::optional<QByteArray>)

QTEST_GUILESS_MAIN(TestPage)
#include "tst_page.moc"
