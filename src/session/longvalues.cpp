// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/longvalues.h"

#include "sql/identifier.h"

namespace session
{

namespace
{
/// $1: the table, NULL for all. Other storage than heap and foreign tables keep values elsewhere.
constexpr const char *query = R"(
WITH RECURSIVE family (root, member) AS (
  SELECT c.oid, c.oid FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND ($1::text IS NULL OR c.oid = pg_catalog.to_regclass($1))
  UNION
  SELECT f.root, i.inhrelid FROM family f
  JOIN pg_catalog.pg_inherits i ON i.inhparent = f.member
)
SELECT nullif(n.nspname, 'public'), r.relname FROM family f
JOIN pg_catalog.pg_class r ON r.oid = f.root
JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
JOIN pg_catalog.pg_class m ON m.oid = f.member
LEFT JOIN pg_catalog.pg_am a ON a.oid = m.relam
GROUP BY n.nspname, r.relname
HAVING pg_catalog.bool_and(m.relkind = 'p' OR (m.relkind = 'r' AND a.amname = 'heap'
  AND (m.reltoastrelid = 0 OR pg_catalog.pg_relation_size(m.reltoastrelid) = 0))))";
} // namespace

sql::Statement shortTables(const std::optional<schema::Name> &only)
{
    return {
        QString::fromLatin1(query),
        {only ? sql::parameter(sql::identifier(
                    only->schema.isEmpty() ? QStringLiteral("public") : only->schema, only->name))
              : sql::Parameter()}};
}

} // namespace session
