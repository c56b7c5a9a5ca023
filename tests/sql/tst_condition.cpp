// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/condition.h"

#include <QTest>

/// What may stand in brackets behind WHERE.
class tst_condition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conditions_data();
    void conditions();
    void placeOfAnError();
};

void tst_condition::conditions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("refusal"); // a part of it; empty: taken
    const auto row = [](const char *text, const char *refusal = "") {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(refusal);
    };
    row("score > 3");
    row("name LIKE 'A%' -- the old ones");
    row("(a = 1) OR (b = ')')");
    row("a = $q$)$q$ /* ) */");
    row("\"a)\" = 1");
    row("extra ? 'key'");
    row("EXISTS (SELECT 1 FROM orders o WHERE o.contact_id = id)");
    row("", "There is no condition");
    row("  -- nothing", "syntax error");
    row("true) OR (true", "a ) without its (");
    row("true) UNION SELECT * FROM secrets WHERE (true", "a ) without its (");
    row("(a = 1", "A ) is missing");
    row("a = 'open", "unterminated quoted string");
    row("a = 1 /* open", "unterminated /* comment");
    row("a = 1; DELETE FROM t", "has no semicolon");
    row("a = $1", "A parameter has no value here");
    row("a = 1 ORDER BY a", "syntax error");
    row("a = 1 LIMIT 1", "syntax error");
    row("pg_terminate_backend(1)", "pg_terminate_backend");
}

void tst_condition::conditions()
{
    QFETCH(QString, text);
    QFETCH(QString, refusal);
    const base::Result<base::Done> checked = sql::checkCondition(text);
    QCOMPARE(checked.ok(), refusal.isEmpty());
    if (!checked)
        QVERIFY2(base::toLine(checked.error()).contains(refusal),
                 qPrintable(base::toLine(checked.error())));
}

void tst_condition::placeOfAnError()
{
    const QString text = QStringLiteral("score > AND 3");
    const base::Result<base::Done> checked = sql::checkCondition(text);
    QVERIFY(!checked);
    QVERIFY(checked.error().span);
    QCOMPARE(text.mid(checked.error().span->offset, checked.error().span->length),
             QStringLiteral("AND"));
}

QTEST_APPLESS_MAIN(tst_condition)
#include "tst_condition.moc"
