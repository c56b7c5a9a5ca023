// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/statistics.h"

#include "query/paging.h"
#include "query/writer.h"
#include "schema/typename.h"

#include <QSet>

namespace query
{

namespace
{
/// What can be done with the values.
enum class Kind { Number, Moment, Ordered, Printed };

/// Equal values are those that print alike where the type has no equality.
QString comparable(Kind kind)
{
    return kind == Kind::Printed
               ? QStringLiteral("CASE WHEN pg_catalog.num_nulls(x) = 0 THEN pg_catalog.concat(x) "
                                "COLLATE \"C\" END")
               : QStringLiteral("x");
}

QString edge(const char *what, const char *direction)
{
    return QStringLiteral("UNION ALL (SELECT '%1', pg_catalog.\"left\"(pg_catalog.concat(x), 200), "
                          "NULL::bigint\n  FROM sluice_cells WHERE pg_catalog.num_nulls(x) = 0 "
                          "ORDER BY x%2 LIMIT 1)\n")
        .arg(QLatin1String(what), QLatin1String(direction));
}

/// Bars of equal width between the least and the most finite value.
QString bins(Kind kind)
{
    const QString number = kind == Kind::Moment
                               ? QStringLiteral("extract(epoch FROM x)::double precision")
                               : QStringLiteral("x::double precision");
    return QStringLiteral(
               "UNION ALL (SELECT 'bin', bin::text, pg_catalog.count(*) FROM (\n"
               "  SELECT least(pg_catalog.width_bucket(y, low, high, %1), %1) AS bin FROM (\n"
               "    SELECT y, pg_catalog.min(y) OVER () AS low, pg_catalog.max(y) OVER () AS high\n"
               "    FROM (SELECT %2 AS y FROM sluice_cells) numbers\n"
               "    WHERE y > '-Infinity' AND y < 'Infinity'\n"
               "  ) bounded WHERE low < high\n"
               ") placed GROUP BY bin ORDER BY placed.bin)\n")
        .arg(histogramBins)
        .arg(number);
}

Rendered rendered(const Select &select, Kind kind)
{
    Select all = select;
    all.sorts.clear();
    all.after.reset();
    all.limit.reset();
    all.cuts.clear();
    all.offset = 0;
    Rendered source = render(all);
    const QString value = comparable(kind);
    QString text = QStringLiteral("WITH sluice_cells (x) AS MATERIALIZED (\n%1\n)\n")
                       .arg(source.statement.text);
    text +=
        QStringLiteral("SELECT 'rows' AS what, NULL::text AS value, pg_catalog.count(*) AS "
                       "count FROM sluice_cells\n"
                       "UNION ALL SELECT 'filled', NULL, pg_catalog.count(x) FROM sluice_cells\n"
                       "UNION ALL SELECT 'distinct', NULL, pg_catalog.count(DISTINCT %1) "
                       "FROM sluice_cells\n")
            .arg(value);
    if (kind != Kind::Printed)
        text += edge("least", "") + edge("most", " DESC");
    text += QStringLiteral(
                "UNION ALL (SELECT 'frequent', pg_catalog.\"left\"(pg_catalog.concat(v), 200), n\n"
                "  FROM (SELECT %1 AS v, pg_catalog.count(*) AS n FROM sluice_cells\n"
                "    WHERE pg_catalog.num_nulls(x) = 0 GROUP BY 1) counted\n"
                "  ORDER BY n DESC, pg_catalog.concat(v) COLLATE \"C\" LIMIT %2)\n")
                .arg(value)
                .arg(frequentValues);
    if (kind == Kind::Number || kind == Kind::Moment)
        text += bins(kind);
    source.statement.text = text.trimmed();
    source.spans.clear();
    return source;
}

Rendered ofNumbers(const Select &select)
{
    return rendered(select, Kind::Number);
}
Rendered ofMoments(const Select &select)
{
    return rendered(select, Kind::Moment);
}
Rendered ofOrdered(const Select &select)
{
    return rendered(select, Kind::Ordered);
}
Rendered ofPrinted(const Select &select)
{
    return rendered(select, Kind::Printed);
}
} // namespace

StatisticsRendering statisticsOf(const QString &type)
{
    static const QSet<QString> numbers{
        QStringLiteral("smallint"), QStringLiteral("integer"), QStringLiteral("bigint"),
        QStringLiteral("real"),     QStringLiteral("numeric"), QStringLiteral("double precision")};
    static const QSet<QString> moments{QStringLiteral("date"), QStringLiteral("timestamp"),
                                       QStringLiteral("timestamp with time zone")};
    QString bare = schema::canonicalType(type);
    if (const qsizetype open = bare.indexOf(u'('); open >= 0)
        bare.remove(open, bare.indexOf(u')') - open + 1);
    if (numbers.contains(bare))
        return &ofNumbers;
    if (moments.contains(bare))
        return &ofMoments;
    // What others have defined may lack an order, and so may what is in an array.
    static const QSet<QString> unordered{QStringLiteral("xid"), QStringLiteral("cid"),
                                         QStringLiteral("jsonpath"), QStringLiteral("tid")};
    return isSortable(bare) && !bare.endsWith(u']') && !unordered.contains(bare) ? &ofOrdered
                                                                                 : &ofPrinted;
}

} // namespace query
