// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/rowbounds.h"

#include "query/paging.h"
#include "sql/identifier.h"

#include <algorithm>

namespace session
{

namespace
{
/// $1 part, $2 schema (empty: where the table is found), $3 table, $4 column, $5 and $6 whether the
/// order is descending and whether NULLs come first. Common values are not in the histogram: where
/// they are many, it says little.
constexpr const char *histogram = R"(
WITH s AS (
  SELECT histogram_bounds::text::text[] AS bounds, null_frac AS nulls,
    CASE WHEN $6 = 't' THEN ($1::float8 - null_frac) ELSE $1::float8 END
      / nullif(1 - null_frac, 0) AS part
  FROM pg_catalog.pg_stats
  WHERE tablename = $3 AND attname = $4
    AND (CASE WHEN $2 = '' THEN
           schemaname = (SELECT n.nspname FROM pg_catalog.pg_class c
             JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident($3)))
         ELSE schemaname = $2 END)
    AND coalesce((SELECT sum(f) FROM unnest(most_common_freqs) f), 0) < 0.2
  ORDER BY inherited DESC LIMIT 1
)
SELECT bounds[1 + round((CASE WHEN $5 = 't' THEN 1 - part ELSE part END)
                        * (cardinality(bounds) - 1))::int]
FROM s WHERE cardinality(bounds) > 1 AND part BETWEEN 0 AND 1)";

QByteArray truth(bool value)
{
    return value ? QByteArrayLiteral("t") : QByteArrayLiteral("f");
}
} // namespace

std::optional<sql::Statement> boundStatement(const query::Select &select, double part)
{
    if (!select.scopes.isEmpty() || !select.filters.isEmpty() || !select.joins.isEmpty() ||
        !select.written.isEmpty() || select.among || select.search || select.sorts.isEmpty() ||
        select.sorts.first().column.alias != select.from.alias)
        return std::nullopt;
    const sql::Parameter share(QByteArray::number(std::clamp(part, 0.0, 1.0), 'f', 9));
    const schema::Name &table = select.from.table;
    if (query::isByPlace(select)) {
        return sql::Statement{
            QStringLiteral("SELECT '(' || floor($1::float8 * pg_catalog.pg_relation_size($2) /"
                           " pg_catalog.current_setting('block_size')::float8)::bigint || ',0)'"),
            {share, sql::parameter(sql::identifier(table.schema, table.name))}};
    }
    const query::Sort &sort = select.sorts.first();
    const bool nullsFirst =
        sort.nulls == query::Nulls::Customary ? sort.descending : sort.nulls == query::Nulls::First;
    return sql::Statement{QString::fromLatin1(histogram),
                          {share, table.schema.toUtf8(), sql::parameter(table.name),
                           sql::parameter(sort.column.column), truth(sort.descending),
                           truth(nullsFirst)}};
}

} // namespace session
