// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/cardlayout.h"

#include <algorithm>

namespace studio
{

bool detailsBelow(const CardRow &row, int width, const CardMetrics &metrics)
{
    constexpr qsizetype between = 1;
    constexpr qsizetype arrow = 3;
    qsizetype longest = row.detail.size();
    if (!row.changes.isEmpty())
        longest = row.changes.first().before.size() + arrow + row.changes.first().after.size();
    if (longest == 0)
        return false;
    const qreal needed = static_cast<qreal>(row.name.size()) * metrics.letter +
                         static_cast<qreal>(between + longest) * metrics.character;
    return needed > width - metrics.signs - metrics.side;
}

QList<TextLine> linesOf(const QString &text, qsizetype letters)
{
    constexpr qsizetype most = 8;
    QList<TextLine> lines;
    const qsizetype width = std::max<qsizetype>(letters, 8);
    qsizetype from = 0;
    while (from < text.size() && lines.size() < most) {
        qsizetype length = std::min(width, text.size() - from);
        if (from + length < text.size()) {
            const qsizetype space = text.lastIndexOf(u' ', from + length - 1);
            if (space > from)
                length = space + 1 - from;
        }
        lines.append({from, text.mid(from, length)});
        from += length;
    }
    if (from < text.size())
        lines.last().text = lines.last().text.left(width - 1) + u'…';
    return lines;
}

std::pair<TextRange, TextRange> differenceOf(const PropertyChange &change)
{
    const QString &before = change.before;
    const QString &after = change.after;
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype start = 0;
    while (start < shorter && before.at(start) == after.at(start))
        ++start;
    qsizetype end = 0;
    while (end < shorter - start &&
           before.at(before.size() - 1 - end) == after.at(after.size() - 1 - end))
        ++end;
    return {{start, before.size() - start - end}, {start, after.size() - start - end}};
}

bool isSideBySide(const CardRow &row, int width, const CardMetrics &metrics)
{
    constexpr qsizetype arrow = 3;
    const qreal room = width - metrics.signs - metrics.side;
    return std::ranges::any_of(row.changes, [&](const PropertyChange &change) {
        return static_cast<qreal>(change.before.size() + arrow + change.after.size()) *
                   metrics.character >
               room;
    });
}

qsizetype lettersBeside(int width, const CardMetrics &metrics)
{
    constexpr int edges = 4 * 6; // left and right of both texts
    return static_cast<qsizetype>((width - 3 * metrics.side - edges) / 2 / metrics.character);
}

int heightBeside(const PropertyChange &change, int width, const CardMetrics &metrics)
{
    const qsizetype letters = lettersBeside(width, metrics);
    const qsizetype lines = std::max({qsizetype(1), linesOf(change.before, letters).size(),
                                      linesOf(change.after, letters).size()});
    return static_cast<int>(lines) * metrics.line + 2 * metrics.padding;
}

int heightOf(const CardRow &row, int width, const CardMetrics &metrics)
{
    if (isSideBySide(row, width, metrics)) {
        int height = metrics.row;
        for (const PropertyChange &change : row.changes)
            height += heightBeside(change, width, metrics);
        return height;
    }
    const int lines = std::max<int>(1, static_cast<int>(row.changes.size()));
    return metrics.row * (detailsBelow(row, width, metrics) ? lines + 1 : lines);
}

int heightOf(const Card &card, int width, const CardMetrics &metrics)
{
    if (card.rows.isEmpty())
        return metrics.header;
    int height = metrics.header + 2 * metrics.padding;
    for (const CardRow &row : card.rows)
        height += heightOf(row, width, metrics);
    return height;
}

CardLayout layoutOf(const QList<Card> &cards, int width, const CardMetrics &metrics)
{
    const int inside = width - metrics.gap;
    const int fitting = std::max(1, inside / (metrics.minWidth + metrics.gap));
    const int columns = std::clamp(fitting, 1, std::max<int>(1, static_cast<int>(cards.size())));
    const int cardWidth =
        std::clamp(inside / columns - metrics.gap, metrics.minWidth, metrics.maxWidth);

    CardLayout layout;
    QList<int> bottoms(columns, metrics.gap);
    for (const Card &card : cards) {
        const auto shortest = std::ranges::min_element(bottoms);
        const int column = static_cast<int>(shortest - bottoms.begin());
        const QRect rect(metrics.gap + column * (cardWidth + metrics.gap), *shortest, cardWidth,
                         heightOf(card, cardWidth, metrics));
        layout.cards.append(rect);
        layout.width = std::max(layout.width, rect.x() + rect.width());
        *shortest += rect.height() + metrics.gap;
    }
    layout.height = *std::ranges::max_element(bottoms);
    return layout;
}

} // namespace studio
