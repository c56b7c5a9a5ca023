// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/cardlayout.h"

#include <algorithm>

namespace studio
{

int heightOf(const CardRow &row, const CardMetrics &metrics)
{
    return metrics.row * std::max<int>(1, static_cast<int>(row.changes.size()));
}

int heightOf(const Card &card, const CardMetrics &metrics)
{
    if (card.rows.isEmpty())
        return metrics.header;
    int height = metrics.header + 2 * metrics.padding;
    for (const CardRow &row : card.rows)
        height += heightOf(row, metrics);
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
                         heightOf(card, metrics));
        layout.cards.append(rect);
        layout.width = std::max(layout.width, rect.x() + rect.width());
        *shortest += rect.height() + metrics.gap;
    }
    layout.height = *std::ranges::max_element(bottoms);
    return layout;
}

} // namespace studio
