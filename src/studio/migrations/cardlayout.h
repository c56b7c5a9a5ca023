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
    int line = 18;         ///< a line of a text of several
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

/// A piece of a text that is too long for one line.
struct TextLine {
    qsizetype from = 0; ///< in the whole text
    QString text;
};
/// \a text in lines of at most \a letters, broken behind spaces where there are any; the last of at
/// most eight lines ends in "…" when there is more.
QList<TextLine> linesOf(const QString &text, qsizetype letters);

/// Where two texts differ: what is left without the beginning and the end that they share.
struct TextRange {
    qsizetype from = 0, length = 0;
    bool operator==(const TextRange &) const = default;
};
std::pair<TextRange, TextRange> differenceOf(const PropertyChange &change);

/// Whether a change of \a row is too long for a line: before and after then stand side by side in
/// two columns below the name.
bool isSideBySide(const CardRow &row, int width, const CardMetrics &metrics = {});
/// Letters that a column of a change that stands side by side holds.
qsizetype lettersBeside(int width, const CardMetrics &metrics = {});
/// The height of one such change.
int heightBeside(const PropertyChange &change, int width, const CardMetrics &metrics = {});

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
