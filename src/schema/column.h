// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/origin.h"

#include <QStringList>

#include <optional>

namespace schema
{

/// A column's default as drizzle-kit records it: SQL text, a bare JSON number or boolean, or what
/// else a program gave it.
struct Default {
    enum class Form { Sql, Number, Boolean, Json };
    Form form = Form::Sql;
    QString text; ///< SQL text with its quotes ('ok', now()), digits, true/false, or compact JSON
    bool operator==(const Default &) const = default;
};

/// GENERATED ALWAYS AS (expression) STORED or VIRTUAL.
struct Generated {
    QString expression;
    bool stored = true;
    bool operator==(const Generated &) const = default;
};

/// Options of a sequence; every number as text, since bigint does not fit a JSON number.
struct SequenceOptions {
    QString increment, startWith, minValue, maxValue, cache;
    bool cycle = false;
    bool operator==(const SequenceOptions &) const = default;
};

/// GENERATED … AS IDENTITY.
struct Identity {
    enum class Kind { Always, ByDefault };
    Kind kind = Kind::ByDefault;
    QString sequenceName;
    QString sequenceSchema; ///< empty for public
    SequenceOptions options;
    bool operator==(const Identity &) const = default;
};

/// Values that drizzle-orm fills in when a query leaves them out ($default, $onUpdate). The
/// database does not know of them: columns that differ only here compare equal.
struct FilledByCode {
    bool onInsert = false;
    bool onUpdate = false;
    bool operator==(const FilledByCode &) const { return true; }
};

struct Column {
    QString name;
    QString type;       ///< as drizzle-kit writes it: varchar(40), timestamp with time zone, text[]
    QString typeSchema; ///< the enum's schema (also public) when the type is an enum, else empty
    bool primaryKey = false; ///< true only for a primary key of this one column
    bool notNull = false;
    std::optional<Default> defaultValue;
    std::optional<Generated> generated;
    std::optional<Identity> identity;
    FilledByCode filledByCode;
    Origin origin;

    bool operator==(const Column &) const = default;
};

} // namespace schema
