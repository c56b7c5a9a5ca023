// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/cardlayout.h"
#include "studio/widgets/colors.h"

QT_BEGIN_NAMESPACE
class QFont;
class QPainter;
QT_END_NAMESPACE

namespace studio
{

/// Draws \a card into \a rect, which layoutOf() gave it, with the text in \a font.
void paintCard(QPainter &painter, const QRect &rect, const Card &card, const QFont &font,
               const Colors &colors, const CardMetrics &metrics = {});

/// A thin rounded line around a panel: what every card stands on.
void paintPanel(QPainter &painter, const QRect &rect, const QColor &line, const QColor &panel);

} // namespace studio
