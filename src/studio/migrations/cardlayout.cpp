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

int heightOf(const CardRow &row, int width, const CardMetrics &metrics)
{
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
