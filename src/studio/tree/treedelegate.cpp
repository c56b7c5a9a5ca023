// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/tree/treedelegate.h"

#include "studio/tree/treemodel.h"
#include "studio/widgets/rowground.h"
#include "studio/widgets/theme.h"

#include <QPainter>

namespace studio
{

using diff::OverlayNode;
using diff::Presence;

namespace
{

constexpr int margin = 8; ///< at the right edge
constexpr int signWidth = 20;

QFont sized(const QFont &base, int pixels, QFont::Weight weight = QFont::Normal)
{
    QFont font = base;
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont italic(const QFont &base)
{
    QFont font = base;
    font.setItalic(true);
    return font;
}

OverlayNode::Kind kindOf(const QModelIndex &index)
{
    return OverlayNode::Kind(index.data(TreeModel::KindRole).toInt());
}

/// The sign in front of what belongs to a table; tables and groups have none.
QString signOf(const QModelIndex &index)
{
    switch (kindOf(index)) {
    case OverlayNode::Kind::Column:
        if (index.data(TreeModel::PrimaryKeyRole).toBool())
            return QStringLiteral("PK");
        return index.data(TreeModel::TenantColumnRole).toBool() ? QStringLiteral("◇")
                                                                : QStringLiteral("·");
    case OverlayNode::Kind::Index:
        return QStringLiteral("IX");
    case OverlayNode::Kind::ForeignKey:
        return QStringLiteral("FK");
    case OverlayNode::Kind::Relation:
        // The detail of a relation to many ends in its word in brackets.
        return index.data(TreeModel::DetailRole).toString().endsWith(QLatin1Char(')'))
                   ? QStringLiteral("↙")
                   : QStringLiteral("↗");
    case OverlayNode::Kind::EnumValue:
        return QStringLiteral("·");
    case OverlayNode::Kind::Check:
        return QStringLiteral("CK");
    case OverlayNode::Kind::Policy:
        return QStringLiteral("RLS");
    default:
        return {};
    }
}

struct Badge {
    QString word;
    QColor ink;
    QColor ground;
};

Badge badgeOf(const QModelIndex &index, const Colors &c)
{
    const auto presence = Presence(index.data(TreeModel::PresenceRole).toInt());
    const OverlayNode::Kind kind = kindOf(index);
    const bool group = kind == OverlayNode::Kind::Schema || diff::isGroup(kind);
    // A group differs as soon as anything in it does; the word belongs to what differs. A relation
    // lives in the code.
    if ((group && presence == Presence::Differs) || kind == OverlayNode::Kind::Relation)
        return {};
    switch (presence) {
    case Presence::InCode:
        return {presenceWord(presence), c.added, c.addedSoft};
    case Presence::InDatabase:
        return {presenceWord(presence), c.removed, c.removedSoft};
    case Presence::Differs:
        return {presenceWord(presence), c.changed, c.changedSoft};
    case Presence::Both:
    case Presence::Unknown:
        break;
    }
    return {};
}

/// The text at the right edge and its colour.
std::pair<QString, QColor> edgeOf(const QModelIndex &index, const Colors &c)
{
    const QVariant scoping = index.data(TreeModel::ScopingRole);
    if (scoping.isValid() && tenant::Scoping(scoping.toInt()) == tenant::Scoping::Unscoped)
        return {TreeDelegate::tr("unscoped"), c.changed};
    if (scoping.isValid() && tenant::Scoping(scoping.toInt()) == tenant::Scoping::Global)
        return {TreeDelegate::tr("global"), c.faint};
    if (diff::isGroup(kindOf(index)))
        return {QString::number(index.model()->rowCount(index)), c.faint};
    return {rowsText(index.data(TreeModel::RowsRole).toLongLong()), c.faint};
}

/// Draws \a text at the left of \a room and takes its width off.
void drawText(QPainter &painter, QRect &room, const QString &text, const QFont &font,
              const QColor &color)
{
    if (text.isEmpty() || room.width() <= 0)
        return;
    painter.setFont(font);
    painter.setPen(color);
    const QString elided = painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, elided);
    room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(elided));
}

int badgeWidth(const Badge &badge, const QFont &font)
{
    return badge.word.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(badge.word) + 10;
}

void drawBadge(QPainter &painter, const QRect &room, const Badge &badge, const QFont &font)
{
    const QRect box(room.left(), room.center().y() - 7, badgeWidth(badge, font), 16);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(badge.ground);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(badge.ink);
    painter.setFont(font);
    painter.drawText(box, Qt::AlignCenter, badge.word);
}

} // namespace

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Colors &c = colors(option.palette);
    painter->save();
    drawRowGround(*painter, option);

    const QFont base = option.font;
    const QFont small = sized(base, 11);
    const QFont strong = sized(base, 10, QFont::Bold);
    QRect room = option.rect.adjusted(4, 0, -margin, 0);

    const auto [edge, edgeColor] = edgeOf(index, c);
    if (!edge.isEmpty()) {
        painter->setFont(small);
        painter->setPen(edgeColor);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, edge);
        room.setRight(room.right() - painter->fontMetrics().horizontalAdvance(edge) - 8);
    }
    if (const QString sign = signOf(index); !sign.isEmpty()) {
        const bool tenant = index.data(TreeModel::TenantColumnRole).toBool();
        painter->setFont(small);
        painter->setPen(tenant ? c.tenant : c.dim);
        painter->drawText(QRect(room.left() - 4, room.top(), signWidth, room.height()),
                          Qt::AlignCenter, sign);
        room.setLeft(room.left() + signWidth);
    }
    const Badge badge = badgeOf(index, c);
    const int badgeSpace = badge.word.isEmpty() ? 0 : badgeWidth(badge, strong) + 8;
    QRect words = room.adjusted(0, 0, -badgeSpace, 0);
    drawText(*painter, words, index.data(TreeModel::NameRole).toString(), base, c.text);
    if (const QString detail = index.data(TreeModel::DetailRole).toString(); !detail.isEmpty()) {
        words.setLeft(words.left() + 6);
        drawText(*painter, words, detail, base, c.dim);
    }
    if (index.data(TreeModel::FilledByCodeRole).toBool()) {
        words.setLeft(words.left() + 6);
        drawText(*painter, words, QStringLiteral("ƒ"), italic(base), c.accent);
    }
    if (!badge.word.isEmpty())
        drawBadge(*painter, QRect(words.left() + 8, room.top(), badgeSpace, room.height()), badge,
                  strong);
    painter->restore();
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120, rowHeight};
}

} // namespace studio
