// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/diffcards.h"

#include <QList>
#include <QRect>

namespace studio
{

/// Measures of the picture in logical pixels.
struct CardMetrics {
    int header = 34; ///< title and badge
    int row = 25;    ///< a row with at most one change; every further change adds one
    int padding = 5; ///< below and above the rows
    int gap = 18;    ///< between cards and around them
    int minWidth = 300;
    int maxWidth = 420;
};

struct CardLayout {
    QList<QRect> cards; ///< in the order of the cards
    int width = 0;      ///< from the left edge to the right edge of the last column
    int height = 0;     ///< with the gap at the bottom
};

int heightOf(const CardRow &row, const CardMetrics &metrics);
int heightOf(const Card &card, const CardMetrics &metrics);

/// Cards flow into as many columns as fit into \a width, each into the column that is shortest so
/// far (the left one of equals).
CardLayout layoutOf(const QList<Card> &cards, int width, const CardMetrics &metrics = {});

} // namespace studio
