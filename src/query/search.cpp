// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/search.h"

#include "query/conditions.h"

#include <QRegularExpression>

#include <algorithm>

namespace query
{

namespace
{

/// The configuration that to_tsvector() is given in \a expression; empty: the session's, or a
/// column's.
QString configurationIn(const QString &expression)
{
    static const QRegularExpression given(
        QStringLiteral("to_tsvector\\(\\s*'((?:[^']|'')+)'(?:::(?:pg_catalog\\.)?regconfig)?"),
        QRegularExpression::CaseInsensitiveOption);
    return given.match(expression).captured(1).replace(QStringLiteral("''"), QStringLiteral("'"));
}

bool isInverted(const schema::Index &index)
{
    return !index.invalid && index.where.isEmpty() &&
           (index.method == QStringLiteral("gin") || index.method == QStringLiteral("gist"));
}

bool hasInverted(const schema::Table &table, const QString &column, const QString &operators)
{
    return std::ranges::any_of(table.indexes, [&](const schema::Index &index) {
        return isInverted(index) &&
               std::ranges::any_of(index.columns, [&](const schema::IndexColumn &part) {
                   return !part.isExpression && part.expression == column &&
                          part.operatorClass.contains(operators);
               });
    });
}

/// A tsvector that a column holds; one with an index before one without.
std::optional<Search> byColumn(const schema::Table &table, const QString &alias)
{
    std::optional<Search> found;
    for (const schema::Column &column : table.columns) {
        if (column.type != QStringLiteral("tsvector"))
            continue;
        const bool isIndexed = hasInverted(table, column.name, {});
        if (found && !isIndexed)
            continue;
        found = Search{.way = Search::Way::FullText,
                       .columns = {{alias, column.name}},
                       .configuration = configurationIn(
                           column.generated ? column.generated->expression : QString()),
                       .isIndexed = isIndexed};
        if (isIndexed)
            break;
    }
    return found;
}

/// The expression of an index over to_tsvector(); the condition has to repeat it as it is.
std::optional<Search> byExpression(const schema::Table &table)
{
    for (const schema::Index &index : table.indexes) {
        if (!isInverted(index))
            continue;
        for (const schema::IndexColumn &part : index.columns) {
            if (part.isExpression &&
                part.expression.contains(QStringLiteral("to_tsvector("), Qt::CaseInsensitive))
                return Search{.way = Search::Way::FullText,
                              .document = u'(' + part.expression + u')',
                              .configuration = configurationIn(part.expression),
                              .isIndexed = true};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Search> searchOf(const schema::Table &table, const QString &alias,
                               const QString &text)
{
    if (text.trimmed().isEmpty())
        return std::nullopt;
    std::optional<Search> found = byColumn(table, alias);
    if (!found || !found->isIndexed) {
        if (const std::optional<Search> indexed = byExpression(table))
            found = indexed;
    }
    if (!found) {
        Search trigrams{.way = Search::Way::Trigrams, .isIndexed = true};
        Search scan{.way = Search::Way::Scan};
        for (const schema::Column &column : table.columns) {
            if (!isTextual(column.type))
                continue;
            scan.columns << ColumnRef{alias, column.name};
            if (hasInverted(table, column.name, QStringLiteral("_trgm_ops")))
                trigrams.columns << ColumnRef{alias, column.name};
        }
        if (scan.columns.isEmpty())
            return std::nullopt;
        found = trigrams.columns.isEmpty() ? scan : trigrams;
    }
    found->text = text.trimmed();
    return found;
}

} // namespace query
