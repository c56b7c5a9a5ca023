// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/column.h"

#include <QString>

#include <optional>

namespace load
{

/// PostgreSQL's format_type() text as drizzle-kit writes the type: character varying(40) is
/// varchar(40), timestamp without time zone is timestamp, numeric(10,2) is numeric(10, 2).
QString kitType(const QString &formatted);

/// serial for integer, bigserial for bigint, smallserial for smallint.
QString serialType(const QString &integerType);

/// pg_get_expr() of a default as drizzle-kit records it: numbers and booleans bare, the cast that
/// the server adds to a constant ('ok'::text) taken off, except that of json, which drizzle-kit
/// writes itself.
schema::Default kitDefault(const QString &expression, const QString &type);

} // namespace load
