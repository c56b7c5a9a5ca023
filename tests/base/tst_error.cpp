// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/result.h"

#include <QtTest>

using base::Error;

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void line_data();
    void line();
    void result();
};

void TestError::line_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("expected");

    QTest::newRow("what alone") << Error{.text = QStringLiteral("No project")}
                                << QStringLiteral("No project");
    QTest::newRow("all four parts")
        << Error{.text = QStringLiteral("Cannot connect"),
                 .where = QStringLiteral("localhost:5433"),
                 .detail = QStringLiteral("connection refused"),
                 .hint = QStringLiteral("start the server")}
        << QStringLiteral("Cannot connect (localhost:5433): connection refused; start the server");
    QTest::newRow("without a reason")
        << Error{.text = QStringLiteral("No schema"),
                 .where = QStringLiteral("drizzle.config.ts:3"),
                 .hint = QStringLiteral("name one")}
        << QStringLiteral("No schema (drizzle.config.ts:3); name one");
}

void TestError::line()
{
    QFETCH(Error, error);
    QTEST(base::toLine(error), "expected");
}

void TestError::result()
{
    const base::Result<int> good = 5;
    QVERIFY(good.ok());
    QCOMPARE(*good, 5);

    const base::Result<int> bad = Error{.text = QStringLiteral("no")};
    QVERIFY(!bad);
    QCOMPARE(bad.error().text, QStringLiteral("no"));
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
