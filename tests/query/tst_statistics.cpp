// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "pg/pool.h"
#include "query/statistics.h"
#include "support/server.h"

#include <QTest>

using namespace query;

namespace
{
constexpr char script[] = R"sql(
CREATE TABLE facts (id int, word text, size numeric, part float8, at timestamp, day date, doc jsonb,
    raw json, tags text[], spot point, flag boolean, key uuid, cost money, span interval, empty int);
INSERT INTO facts SELECT n, CASE WHEN n % 4 > 0 THEN 'word ' || n % 3 END, round(n / 10.0, 1),
    CASE n WHEN 1 THEN 'NaN' WHEN 2 THEN 'Infinity' WHEN 3 THEN '-Infinity' ELSE n::float8 END,
    timestamp '2026-01-01' + n * interval '1 hour',
    CASE n WHEN 1 THEN date 'infinity' ELSE date '2026-01-01' + n END, '{"a": 1}', '[1]', '{a}', '(1,2)',
    n % 2 = 0, md5((n % 5)::text)::uuid, n, n * interval '1 day', NULL
  FROM generate_series(1, 96) n;
)sql";
} // namespace

class tst_statistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void facts_data();
    void facts();
    void nothing();
    void cleanupTestCase();

private:
    /// what=value=count, … ; of the bins how many and how many rows.
    QString ask(const QString &column, const QString &type, const QList<Filter> &filters = {});

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<pg::Pool> m_pool;
};

void tst_statistics::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_pool =
        std::make_unique<pg::Pool>(m_server->createDatabase(QStringLiteral("statistics"), script));
}

QString tst_statistics::ask(const QString &column, const QString &type,
                            const QList<Filter> &filters)
{
    const QString table = QStringLiteral("facts");
    Select select{.from = {{{}, table}, table}, .columns = {{table, column}}, .filters = filters};
    select.limit = 5; // of all rows all the same
    const sql::Statement statement = statisticsOf(type)(select).statement;
    const auto page = base::await(m_pool->run(statement));
    if (!page)
        return base::toLine(page.error()) + u'\n' + statement.text;
    QStringList lines;
    qint64 bins = 0, binned = 0;
    int frequent = 0;
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        const QString what = page->text(row, 0);
        if (what == QLatin1String("bin")) {
            ++bins;
            binned += page->text(row, 2).toLongLong();
        } else if (what != QLatin1String("frequent")) {
            lines << what + u'=' + (page->text(row, 1) + page->text(row, 2));
        } else if (++frequent == 1) {
            lines << what + u'=' + page->text(row, 1) + u'*' + page->text(row, 2);
        }
    }
    return lines.join(u' ') + QStringLiteral(" bins=%1/%2").arg(bins).arg(binned);
}

void tst_statistics::facts_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("facts");
    const auto row = [](const char *column, const char *type, const char *facts) {
        QTest::newRow(column) << QString::fromLatin1(column) << QString::fromLatin1(type)
                              << QString::fromLatin1(facts);
    };
    row("id", "integer", "rows=96 filled=96 distinct=96 least=1 most=96 frequent=1*1 bins=24/96");
    row("word", "text",
        "rows=96 filled=72 distinct=3 least=word 0 most=word 2 frequent=word 0*24 bins=0/0");
    row("size", "numeric(9, 2)",
        "rows=96 filled=96 distinct=96 least=0.1 most=9.6 "
        "frequent=0.1*1 bins=24/96");
    row("part", "double precision",
        "rows=96 filled=96 distinct=96 least=-Infinity most=NaN frequent=-Infinity*1 bins=24/93");
    row("at", "timestamp without time zone",
        "rows=96 filled=96 distinct=96 least=2026-01-01 01:00:00 most=2026-01-05 00:00:00 "
        "frequent=2026-01-01 01:00:00*1 bins=24/96");
    row("day", "date",
        "rows=96 filled=96 distinct=96 least=2026-01-03 most=infinity frequent=2026-01-03*1 "
        "bins=24/95");
    row("doc", "jsonb",
        "rows=96 filled=96 distinct=1 least={\"a\": 1} most={\"a\": 1} frequent={\"a\": 1}*96 "
        "bins=0/0");
    row("raw", "json", "rows=96 filled=96 distinct=1 frequent=[1]*96 bins=0/0");
    row("tags", "text[]", "rows=96 filled=96 distinct=1 frequent={a}*96 bins=0/0");
    row("spot", "point", "rows=96 filled=96 distinct=1 frequent=(1,2)*96 bins=0/0");
    row("flag", "boolean", "rows=96 filled=96 distinct=2 least=f most=t frequent=f*48 bins=0/0");
    row("cost", "money",
        "rows=96 filled=96 distinct=96 least=$1.00 most=$96.00 frequent=$1.00*1 bins=0/0");
    row("empty", "integer", "rows=96 filled=0 distinct=0 bins=0/0");
}

void tst_statistics::facts()
{
    QFETCH(QString, column);
    QFETCH(QString, type);
    QFETCH(QString, facts);
    QCOMPARE(ask(column, type), facts);
}

void tst_statistics::nothing()
{
    const Filter none{
        {QStringLiteral("facts"), QStringLiteral("id")}, Operator::Less, {QStringLiteral("0")}};
    QCOMPARE(ask(QStringLiteral("id"), QStringLiteral("integer"), {none}),
             QStringLiteral("rows=0 filled=0 distinct=0 bins=0/0"));
}

void tst_statistics::cleanupTestCase()
{
    m_pool.reset();
    m_server.reset();
}

QTEST_GUILESS_MAIN(tst_statistics)
#include "tst_statistics.moc"
