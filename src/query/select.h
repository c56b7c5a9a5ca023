// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/span.h"
#include "schema/database.h"
#include "sql/statement.h"

#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace query
{

/// A table in a query under its alias; aliases are unique within a query.
struct TableRef {
    schema::Name table;
    QString alias;
    bool operator==(const TableRef &) const = default;
};

struct ColumnRef {
    QString alias;
    QString column;
    bool operator==(const ColumnRef &) const = default;
};

enum class JoinKind { Inner, Left };

struct Join {
    JoinKind kind = JoinKind::Inner;
    TableRef table;
    QList<std::pair<ColumnRef, ColumnRef>> on; ///< pairs of equal columns: left side, joined table
    bool operator==(const Join &) const = default;
};

enum class Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    StartsWith,
    In,
    IsNull,
    IsNotNull,
    Distinct,   ///< other than the value, NULL included
    Matches,    ///< ILIKE with the person's own % and _
    Between,    ///< two values, both included
    LastDays,   ///< a number of days up to now; of dates today is the last
    HasAll,     ///< an array with all of the values
    Overlaps,   ///< an array with one of the values at least
    HasKey,     ///< a json object with the key, an array with the text
    PathEquals, ///< json: a.b.0, and the text that stands there
};

struct Filter {
    ColumnRef column;
    Operator op = Operator::Equal;
    /// None for IsNull/IsNotNull, any number for In, HasAll and Overlaps, two for Between and
    /// PathEquals, else one; missing: matches nothing.
    QStringList values;
    /// The column's type as in schema::Column, when it is known. Decides on casts only: text search
    /// in an integer, equality of json (which has no =) work on the text form.
    QString type = {};
    bool operator==(const Filter &) const = default;
};

/// Where NULLs stand in an order; customary is PostgreSQL's: after all values, when descending
/// before them.
enum class Nulls { Customary, First, Last };

struct Sort {
    ColumnRef column;
    bool descending = false;
    bool nullable = true; ///< the column can hold NULL (decides how a keyset seeks)
    Nulls nulls = Nulls::Customary;
    bool operator==(const Sort &) const = default;
};

/// One step of the way along foreign keys to the table that has the tenant column.
struct ScopeStep {
    QStringList columns; ///< of the table before
    schema::Name target;
    QStringList targetColumns;
    bool mayEnd = false; ///< rows with a NULL in the columns are kept, too
    bool operator==(const ScopeStep &) const = default;
};

/// The tenant's condition: part of the query value, a step of its own, never text.
struct Scope {
    /// The alias of the table in question; the column of the path's last table. Without a column
    /// no row of the table is the tenant's.
    ColumnRef column;
    QString tenant;             ///< the tenant's id
    QList<ScopeStep> path = {}; ///< empty: the table has the column itself
    bool withShared = false;    ///< rows with a NULL there are everybody's
    bool operator==(const Scope &) const = default;
};

/// The row to seek from: the values of `sorts`, in their order, text form, NULL as nothing. Fewer
/// values than sorts are a bound: the rows that begin with them count as equal to it. No values at
/// all are the end (backwards) or the beginning of everything.
struct Keyset {
    QList<sql::Parameter> values;
    bool backwards = false; ///< rows before the key, still delivered in the query's order
    bool inclusive = false; ///< rows equal to it as well
    bool operator==(const Keyset &) const = default;
};

/// Rows whose place (ctid) is in these blocks of the table's file: what finds them without an
/// index.
struct Blocks {
    qint64 first = 0;
    qint64 count = 0;
    bool operator==(const Blocks &) const = default;
};

/// A text that is looked for in all of a row, and the way the server finds it: see searchOf().
struct Search {
    enum class Way {
        FullText, ///< websearch_to_tsquery on a tsvector
        Trigrams, ///< ILIKE on columns with an index of pg_trgm
        Scan,     ///< ILIKE on all columns with text: every row is read
    };
    Way way = Way::Scan;
    QString text;
    QList<ColumnRef> columns;   ///< that hold the text; of a full text the tsvector, if it is one
    QString document = {};      ///< FullText without a column: the index's expression, SQL
    QString configuration = {}; ///< FullText: "english"; empty: the session's
    bool isIndexed = false;
    bool operator==(const Search &) const = default;
};

/// Rows that hold one of these keys in the columns, a single one no array: what is asked for many
/// rows at once.
struct Among {
    QList<ColumnRef> columns;
    QList<QStringList> keys; ///< a value for each column, text form
    bool operator==(const Among &) const = default;
};

/// A column whose long values do not come whole: see query/cuts.h.
struct Cut {
    enum class Way {
        Characters, ///< text: its first characters, without reading the rest
        Bytes,      ///< bytea, likewise
        Printed,    ///< the first characters of what the server prints
        Digest,     ///< every value as md5 of what the server prints
    };
    ColumnRef column;
    Way way = Way::Printed;
    bool operator==(const Cut &) const = default;
};

/// A query as a value. Rendering it again is the live preview.
struct Select {
    TableRef from;
    QList<Join> joins;
    QList<ColumnRef> columns; ///< empty: all columns of `from`
    QList<Filter> filters;
    std::optional<Among> among = {}; ///< not in the Drizzle query
    /// Conditions that a person wrote. Nothing renders them safe: who runs them checks each with
    /// sql::checkCondition() and keeps the whole statement to the tenant as a hand-written one.
    QStringList written = {};
    std::optional<Search> search = {};
    QList<Scope> scopes;
    QList<Sort> sorts;
    std::optional<qint64> limit;
    std::optional<Keyset> after;
    qint64 offset = 0; ///< rows left out, counted from the key in the direction of reading
    std::optional<Blocks> blocks;
    /// Of `columns`. Sorts and conditions see whole values; when there are others than digests, the
    /// last column of the result is sizesColumn. Not for joins.
    QList<Cut> cuts;
    bool operator==(const Select &) const = default;
};

/// Which step of the query a piece of the rendered text comes from.
enum class Step { From, Scope, Relations, Columns, Filters, Sort, Limit };

struct StepSpan {
    Step step;
    base::TextSpan span;
};

struct Rendered {
    sql::Statement statement;
    QList<StepSpan> spans; ///< in the order of the text
};

/// \a select with its tables named by their schema, also those of public: whatever search path the
/// server goes by, they are the ones that are meant. What is run is rendered from this; without,
/// the text is shorter to read.
Select qualified(Select select);

/// The query as SQL with $1… and its parameters, laid out over several lines. The scope of a joined
/// table stands in its ON clause, so that rows without a partner survive a LEFT JOIN. A page before
/// a key is read in the opposite order and turned round by the server; its columns keep their names
/// and order, followed by sort columns when `columns` is empty and a joined table is sorted by.
/// Where one condition cannot be sought in an index (mixed orders, NULLs), the page is the union of
/// pages that can.
Rendered render(const Select &select);

/// select count(*) over the same rows (without sort and limit), as SQL; with a keyset over those
/// beyond it.
Rendered renderCount(const Select &select);

/// One row with the count of each of \a selects, which stops at \a most: one more row would take
/// as long again to count.
Rendered renderCounts(const QList<Select> &selects, qint64 most);

/// The same query as Drizzle TypeScript with imports and the code's own export names. The tenant is
/// a variable named like the tenant column's property; the keyset of a page is left out.
QString renderDrizzle(const Select &select, const schema::Database &code);

} // namespace query
