// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/differences/differencesdelegate.h"

#include "studio/differences/differencesmodel.h"
#include "studio/widgets/rowground.h"
#include "studio/widgets/theme.h"

#include <QPainter>

namespace studio
{

namespace
{
constexpr int margin = 12;
constexpr int signWidth = 20;

std::pair<QString, QColor> signOf(const QModelIndex &index, const Colors &c)
{
    switch (DifferencesModel::Sign(index.data(DifferencesModel::SignRole).toInt())) {
    case DifferencesModel::Sign::Added:
        return {QStringLiteral("+"), c.added};
    case DifferencesModel::Sign::Removed:
        return {QStringLiteral("−"), c.removed};
    case DifferencesModel::Sign::Changed:
        return {QStringLiteral("~"), c.changed};
    case DifferencesModel::Sign::Notice:
        break;
    }
    return {QStringLiteral("i"), c.dim};
}
} // namespace

void DifferencesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index) const
{
    const Colors &c = colors(option.palette);
    painter->save();
    drawRowGround(*painter, option);
    QRect line = option.rect.adjusted(margin, 0, -margin, 0);
    const auto [sign, color] = signOf(index, c);
    painter->setFont(monoFont());
    painter->setPen(color);
    painter->drawText(QRect(line.left(), line.top(), signWidth - 8, line.height()), Qt::AlignCenter,
                      sign);
    line.setLeft(line.left() + signWidth);
    painter->setFont(option.font);
    painter->setPen(c.text);
    const QString text = index.data(Qt::DisplayRole).toString().simplified();
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
    painter->restore();
}

QSize DifferencesDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {160, rowHeight};
}

} // namespace studio
