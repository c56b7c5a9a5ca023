// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/diffcards.h"

#include <QList>
#include <QRect>

namespace studio
{

/// Measures of the picture in logical pixels.
struct CardMetrics {
    int header = 34;       ///< title and badge
    int row = 25;          ///< a line of a row
    int padding = 5;       ///< below and above the rows
    int gap = 18;          ///< between cards and around them
    int signs = 38;        ///< left of the names
    int side = 12;         ///< right of the details
    qreal letter = 6.8;    ///< of a name, on average
    qreal character = 7.2; ///< of a detail, in the code font
    int minWidth = 300;
    int maxWidth = 420;
};

struct CardLayout {
    QList<QRect> cards; ///< in the order of the cards
    int width = 0;      ///< from the left edge to the right edge of the last column
    int height = 0;     ///< with the gap at the bottom
};

/// Whether name and details are too long to share a line of a card of \a width: the details stand
/// below the name then.
bool detailsBelow(const CardRow &row, int width, const CardMetrics &metrics = {});

/// A row has a line for its name and its detail or first change, and one for every further change.
int heightOf(const CardRow &row, int width, const CardMetrics &metrics = {});
int heightOf(const Card &card, int width, const CardMetrics &metrics = {});

/// Cards flow into as many columns as fit into \a width, each into the column that is shortest so
/// far (the left one of equals).
CardLayout layoutOf(const QList<Card> &cards, int width, const CardMetrics &metrics = {});

} // namespace studio
