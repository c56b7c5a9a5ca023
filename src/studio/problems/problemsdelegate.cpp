// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/problems/problemsdelegate.h"

#include "studio/problems/problemsmodel.h"
#include "studio/widgets/icon.h"
#include "studio/widgets/rowground.h"
#include "studio/widgets/theme.h"

#include <QPainter>

namespace studio
{

namespace
{

constexpr int margin = 12; ///< at the right edge
constexpr int signSize = 14;
constexpr int hintHeight = 18;
constexpr int padding = 4; ///< below the hint

} // namespace

ProblemsDelegate::ProblemsDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_error(icon(QStringLiteral("error"), Tint::Removed))
    , m_notice(icon(QStringLiteral("info"), Tint::Accent))
{
}

void ProblemsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Colors &c = colors(option.palette);
    painter->save();
    drawRowGround(*painter, option);

    QRect line = option.rect.adjusted(2, 0, -margin, 0);
    line.setHeight(rowHeight);
    const bool step = index.data(ProblemsModel::StepRole).toBool();
    if (!step) {
        const QIcon &sign = index.data(ProblemsModel::ErrorRole).toBool() ? m_error : m_notice;
        sign.paint(painter,
                   QRect(line.left(), line.top() + (rowHeight - signSize) / 2, signSize, signSize));
    }
    line.setLeft(line.left() + signSize + 8);
    const int textLeft = line.left();

    if (const QString place = index.data(ProblemsModel::PlaceRole).toString(); !place.isEmpty()) {
        painter->setFont(monoFont());
        painter->setPen(c.dim);
        const QFontMetrics metrics = painter->fontMetrics();
        const QString shown = metrics.elidedText(place, Qt::ElideLeft, line.width() / 2);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        line.setRight(line.right() - metrics.horizontalAdvance(shown) - 16);
    }
    painter->setFont(option.font);
    painter->setPen(step ? c.dim : c.text);
    const QString text = index.data(Qt::DisplayRole).toString().simplified();
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));

    if (const QString hint = index.data(ProblemsModel::HintRole).toString(); !hint.isEmpty()) {
        QFont small = option.font;
        small.setPixelSize(12);
        painter->setFont(small);
        painter->setPen(c.dim);
        const QRect below(textLeft, option.rect.top() + rowHeight - 3,
                          option.rect.right() - margin - textLeft, hintHeight);
        painter->drawText(
            below, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(hint.simplified(), Qt::ElideRight, below.width()));
    }
    painter->restore();
}

QSize ProblemsDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool hint = !index.data(ProblemsModel::HintRole).toString().isEmpty();
    return {160, hint ? rowHeight + hintHeight - 3 + padding : rowHeight};
}

} // namespace studio
