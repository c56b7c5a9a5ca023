// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridindex.h"

#include "query/paging.h"
#include "query/typescript.h"
#include "studio/widgets/rowstext.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio
{

namespace
{
/// Rows read for a page: fewer are read in a few milliseconds.
constexpr qint64 Cheap = 20'000;

/// Read from its end an index gives the opposite order, so the first column may always ascend.
/// PostgreSQL puts NULLs first where a column descends; drizzle's desc() alone would put them last.
QString ordered(const QString &column, const query::Sort &sort, bool isTurned)
{
    const bool descends = sort.descending != isTurned;
    const bool isLast =
        (sort.nulls == query::Nulls::Customary ? !sort.descending
                                               : sort.nulls == query::Nulls::Last) != isTurned;
    QString text = column;
    if (descends)
        text += QStringLiteral(".desc()");
    if (!isLast)
        text += QStringLiteral(".nullsFirst()");
    return text;
}
} // namespace

std::optional<IndexOffer> indexFor(const query::Select &select, const query::Plan &plan,
                                   qint64 rows, const schema::Database &code)
{
    const qint64 read = qint64(plan.part * double(std::max(rows, plan.rows)));
    const bool isPlace = std::ranges::any_of(select.sorts, [](const query::Sort &sort) {
        return sort.column.column == QStringLiteral("ctid");
    });
    if (read <= Cheap || select.sorts.isEmpty() || (isPlace && select.sorts.size() < 2))
        return std::nullopt;
    // With rows of nobody between the tenant's, no index gives the order.
    if (std::ranges::any_of(select.scopes, &query::Scope::withShared))
        return std::nullopt;
    const query::TypeScriptNames names(select, code);
    QStringList columns, words;
    const auto isListed = [&](const query::ColumnRef &column) {
        return words.contains(column.column) || column.alias != select.from.alias;
    };
    for (const query::Scope &scope : select.scopes) {
        if (scope.column.column.isEmpty()) // nothing of it is the tenant's
            return std::nullopt;
        if (isListed(scope.column) || !scope.path.isEmpty())
            continue;
        words << scope.column.column;
        columns << QStringLiteral("t.") + names.property(scope.column);
    }
    const bool isTurned = select.sorts.first().descending;
    for (const query::Sort &sort : select.sorts) {
        const QString &column = sort.column.column;
        if (isListed(sort.column) || column == QStringLiteral("ctid") ||
            column == QStringLiteral("tableoid"))
            continue;
        words << column;
        columns << ordered(QStringLiteral("t.") + names.property(sort.column), sort, isTurned);
    }
    if (columns.isEmpty())
        return std::nullopt;
    words.prepend(select.from.table.name);
    const QString name = words.join(QLatin1Char('_')).left(59) + QStringLiteral("_idx");
    const QString cost =
        plan.sorts ? QCoreApplication::translate("GridIndex", "no index: each page sorts ≈%1 rows")
                   : QCoreApplication::translate("GridIndex", "no index: a page reads ≈%1 rows");
    return IndexOffer{
        .cost = cost.arg(grouped(read)),
        .code = QStringLiteral("index('%1').on(%2)").arg(name, columns.join(QStringLiteral(", ")))};
}

} // namespace studio
