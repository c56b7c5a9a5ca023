// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/sums.h"

#include <QTest>

/// What selected cells come to.
class TestSums : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sums_data();
    void sums();
    void mixed();
};

void TestSums::sums_data()
{
    QTest::addColumn<QByteArrayList>("cells"); // NULL as \N
    QTest::addColumn<rows::TypeClass>("type");
    QTest::addColumn<QByteArray>("expected"); // sum min max average
    const auto row = [](const char *cells, rows::TypeClass type, const char *expected) {
        QTest::newRow(cells) << QByteArray(cells).split(' ') << type << QByteArray(expected);
    };
    using enum rows::TypeClass;
    row("1 2 4", Number, "7 1 4 2.3333333333333333");
    row("0.1 0.2", Number, "0.3 0.1 0.2 0.15");
    row("12.30 -2.05 \\N", Number, "10.25 -2.05 12.30 5.125");
    row("99999999999999999999999999.99 0.01", Number,
        "100000000000000000000000000.00 0.01 99999999999999999999999999.99 "
        "50000000000000000000000000.00");
    row("-1 -2 -2", Number, "-5 -2 -1 -1.6666666666666667");
    row("1e+20 1", Number, "100000000000000000001 1 1e+20 50000000000000000000.5");
    row("2.5e-05 0", Number, "0.000025 0 2.5e-05 0.0000125");
    row("10 9", Number, "19 9 10 9.5");
    row("1 NaN", Number, "   ");
    row("1 1e999999999", Number, "   ");
    row("\\N \\N", Number, "   ");
    row("2026-03-01 2025-12-31 \\N", Time, " 2025-12-31 2026-03-01 ");
    row("2026-03-01 infinity", Time, "   ");
    row("a b", Text, "   ");
}

void TestSums::sums()
{
    QFETCH(QByteArrayList, cells);
    QFETCH(rows::TypeClass, type);
    QFETCH(QByteArray, expected);
    QList<rows::TypedCell> typed;
    for (const QByteArray &cell : cells)
        typed << rows::TypedCell{cell == "\\N" ? std::nullopt : std::optional<QByteArrayView>(cell),
                                 type};
    const rows::Sums sums = rows::sumsOf(typed);
    QCOMPARE(sums.cells, cells.size());
    QCOMPARE(sums.nulls, cells.count("\\N"));
    QCOMPARE((QByteArrayList{sums.sum, sums.least, sums.most, sums.average}.join(' ')), expected);
}

void TestSums::mixed()
{
    const rows::Sums sums = rows::sumsOf({{QByteArrayView("1"), rows::TypeClass::Number},
                                          {QByteArrayView("2026-01-01"), rows::TypeClass::Time}});
    QCOMPARE(sums, (rows::Sums{.cells = 2}));
}

QTEST_APPLESS_MAIN(TestSums)
#include "tst_sums.moc"
