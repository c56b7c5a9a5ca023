// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/audit/auditdelegate.h"

#include "studio/audit/auditmodel.h"
#include "studio/widgets/rowground.h"
#include "studio/widgets/theme.h"

#include <QPainter>

namespace studio
{

namespace
{
constexpr int margin = 12;
constexpr int signWidth = 22;

std::pair<QString, QColor> signOf(AuditModel::State state, const Colors &c)
{
    switch (state) {
    case AuditModel::State::Found:
        return {QStringLiteral("!"), c.removed};
    case AuditModel::State::Unknown:
        return {QStringLiteral("?"), c.changed};
    case AuditModel::State::Clean:
        return {QStringLiteral("✓"), c.added};
    case AuditModel::State::Held:
        break;
    }
    return {QStringLiteral("="), c.faint};
}
} // namespace

void AuditDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Colors &c = colors(option.palette);
    const auto state = AuditModel::State(index.data(AuditModel::StateRole).toInt());
    painter->save();
    drawRowGround(*painter, option);
    QRect line = option.rect.adjusted(margin, 0, -margin, 0);
    const auto [sign, color] = signOf(state, c);
    painter->setFont(monoFont());
    painter->setPen(color);
    painter->drawText(QRect(line.left(), line.top(), signWidth - 10, line.height()),
                      Qt::AlignCenter, sign);
    line.setLeft(line.left() + signWidth);
    painter->setFont(option.font);
    const QString number = index.data(AuditModel::NumberRole).toString();
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
    if (!number.isEmpty())
        line.setRight(line.right() - painter->fontMetrics().horizontalAdvance(number) - margin);
    const bool quiet = state == AuditModel::State::Held || state == AuditModel::State::Clean;
    painter->setPen(quiet ? c.dim : c.text);
    painter->drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, line.width()));
    painter->restore();
}

QSize AuditDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {160, rowHeight};
}

} // namespace studio
