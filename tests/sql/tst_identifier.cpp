// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/identifier.h"
#include "sql/statement.h"

#include <QTest>

class tst_identifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void identifiers_data();
    void identifiers();
    void literals_data();
    void literals();
    void parameters();
};

void tst_identifier::identifiers_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *label, const char *schema, const char *name,
                        const char *expected) {
        QTest::newRow(label) << QString::fromLatin1(schema) << QString::fromLatin1(name)
                             << QString::fromLatin1(expected);
    };
    row("plain", "", "contacts", R"("contacts")");
    row("with a schema", "auth", "users", R"("auth"."users")");
    row("a quote", "", R"(a"b)", R"("a""b")");
    row("an injection", "", R"(x"; DROP TABLE y; --)", R"("x""; DROP TABLE y; --")");
    row("a dot is part of the name", "a.b", "c.d", R"("a.b"."c.d")");
    row("a keyword", "", "select", R"("select")");
    row("a backslash stays", "", R"(a\b)", R"("a\b")");
}

void tst_identifier::identifiers()
{
    QFETCH(QString, schema);
    QFETCH(QString, name);
    QFETCH(QString, expected);
    QCOMPARE(sql::identifier(schema, name), expected);
    if (schema.isEmpty())
        QCOMPARE(sql::identifier(name), expected);
}

void tst_identifier::literals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *label, const char *text, const char *expected) {
        QTest::newRow(label) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    row("plain", "abc", "'abc'");
    row("empty", "", "''");
    row("a quote", "it's", "'it''s'");
    row("a backslash", R"(a\b)", R"(E'a\\b')");
    row("a quote and a backslash", R"(\')", R"(E'\\''')");
    row("a double quote", R"(")", R"('"')");
    row("a newline", "a\nb", "'a\nb'");
}

void tst_identifier::literals()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(sql::literal(text), expected);
}

void tst_identifier::parameters()
{
    QCOMPARE(sql::parameter(QString()), sql::Parameter());
    QCOMPARE(sql::parameter(QStringLiteral("")), sql::Parameter(QByteArray("")));
    QCOMPARE(sql::parameter(QStringLiteral("\u00e4")), sql::Parameter(QByteArray("\xc3\xa4")));
}

QTEST_GUILESS_MAIN(tst_identifier)
#include "tst_identifier.moc"
