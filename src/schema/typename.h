// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace schema
{

/// One spelling for all spellings of a column type, for comparing: what PostgreSQL stores for it.
/// varchar(40) for character varying ( 40 ), integer for serial and int4, timestamp(3) with time
/// zone for timestamptz(3) and "timestamp (3) with time zone", numeric(10) for decimal(10, 0),
/// text[] for text[3][] (array bounds are not enforced), mood for "public"."mood". Collations are
/// left out.
QString canonicalType(const QString &type);

} // namespace schema
