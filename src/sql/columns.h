// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace sql
{

/// A column that a query names.
struct ColumnUse {
    QString qualifier; ///< table or alias in front of it; empty without one
    QString name;      ///< empty: all of them (*)
    bool operator==(const ColumnUse &) const = default;
};

/// The columns that the statements in \a text name, each once, sorted. Errors as for collectTables.
base::Result<QList<ColumnUse>> collectColumns(const QString &text);

/// What a query yields, an entry a column as it is written ("a"."b" as "c"), blanks simplified.
/// Nothing for a text that is no single SELECT, joins several by UNION or the like, or has a *.
std::optional<QStringList> outputColumns(const QString &text);

} // namespace sql
