// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace sql
{

/// A name as SQL: always in double quotes, quotes inside doubled.
QString identifier(const QString &name);

/// schema.name, both quoted; without a schema the name alone.
QString identifier(const QString &schema, const QString &name);

/// A text constant as SQL ('it''s'; E'' form when it holds a backslash). For DDL, which takes no
/// parameters; data always travels as a Parameter.
QString literal(const QString &text);

} // namespace sql
