// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/recorddelegate.h"

#include "studio/grid/recordmodel.h"
#include "studio/widgets/colors.h"
#include "studio/widgets/theme.h"

#include <QPainter>
#include <QTableView>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace studio
{

namespace
{
using Mark = RowsOverlay::Mark;
constexpr int Padding = 8;
constexpr int MostLines = 24;

QFont valueFont(const QFont &base, const QModelIndex &index)
{
    using enum rows::TypeClass;
    const auto cell = static_cast<RowsModel::Cell>(index.data(RowsModel::CellRole).toInt());
    const auto type = static_cast<rows::TypeClass>(index.data(RowsModel::TypeClassRole).toInt());
    const bool isMono = type == Uuid || type == Time || type == Binary || type == Json;
    QFont font = cell == RowsModel::Cell::Value && isMono ? monoFont() : base;
    font.setItalic(cell != RowsModel::Cell::Value);
    return font;
}

/// The room for the size at the right edge, with the gap before it.
int noteWidth(const QModelIndex &index, QFont font)
{
    const QString note = index.data(RowsModel::NoteRole).toString();
    font.setPixelSize(11);
    return note.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(note) + Padding;
}

/// Breaks the value into lines between its words, where there are some; returns its height.
int layOut(QTextLayout &layout, int width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal height = 0;
    for (int i = 0; i < MostLines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(std::max(40, width));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return int(std::ceil(height));
}

QString linesOf(const QModelIndex &index)
{
    return index.data().toString().replace(QLatin1Char('\n'), QChar::LineSeparator);
}

Mark markOf(const QModelIndex &index, RowsModel::Role role)
{
    return static_cast<Mark>(index.data(role).toInt());
}

QString commentOf(const QModelIndex &title)
{
    const QString comment = title.data(RecordModel::CommentRole).toString().simplified();
    if (!title.data(RecordModel::CodeRole).toBool())
        return comment;
    const QString code = RecordModel::tr("filled by your code");
    return comment.isEmpty() ? code : code + QStringLiteral(" · ") + comment;
}

void paintTitle(QPainter &painter, const QRect &rect, const QModelIndex &index, QFont font,
                const Colors &c)
{
    const QFontMetrics plain(font);
    QRect line = rect.adjusted(Padding, 4, -Padding, 0);
    line.setHeight(plain.height());
    font.setWeight(QFont::Medium);
    const QFontMetrics metrics(font);
    const QString name = metrics.elidedText(index.data().toString(), Qt::ElideRight, line.width());
    painter.setFont(font);
    painter.setPen(index.data(RowsModel::TenantRole).toBool() ? c.tenant : c.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
    font.setWeight(QFont::Normal);
    font.setPixelSize(11);
    const QFontMetrics small(font);
    painter.setFont(font);
    painter.setPen(c.faint);
    QString type = index.data(RecordModel::TypeRole).toString();
    if (index.data(RowsModel::KeyRole).toBool())
        type += QStringLiteral(" PK");
    QRect rest = line;
    rest.setLeft(line.left() + metrics.horizontalAdvance(name) + 6);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     small.elidedText(type, Qt::ElideRight, rest.width()));
    line.translate(0, plain.height());
    painter.setPen(index.data(RecordModel::CodeRole).toBool() ? c.changed : c.dim);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     small.elidedText(commentOf(index), Qt::ElideRight, line.width()));
}

QColor groundOf(const QModelIndex &index, const Colors &c)
{
    if (markOf(index, RowsModel::RowMarkRole) == Mark::Removed)
        return c.removedSoft;
    return markOf(index, RowsModel::MarkRole) == Mark::Changed ? c.changedSoft : c.panel;
}

void paintValue(QPainter &painter, const QRect &rect, const QModelIndex &index, QFont font,
                const Colors &c)
{
    const auto cell = static_cast<RowsModel::Cell>(index.data(RowsModel::CellRole).toInt());
    QRect inner = rect.adjusted(Padding, 4, -Padding, -4);
    if (const QString note = index.data(RowsModel::NoteRole).toString(); !note.isEmpty()) {
        QFont small = font;
        small.setPixelSize(11);
        small.setItalic(false);
        painter.setFont(small);
        painter.setPen(c.faint);
        painter.drawText(inner, Qt::AlignRight | Qt::AlignTop | Qt::TextSingleLine, note);
        inner.setRight(inner.right() - noteWidth(index, font));
    }
    font.setStrikeOut(markOf(index, RowsModel::RowMarkRole) == Mark::Removed);
    painter.setFont(font);
    const bool isLink = index.data(RowsModel::ReferenceRole).toBool();
    painter.setPen(cell != RowsModel::Cell::Value               ? c.faint
                   : index.data(RowsModel::TenantRole).toBool() ? c.tenant
                   : isLink                                     ? c.link
                                                                : c.text);
    painter.setClipRect(rect);
    QTextLayout layout(linesOf(index), font);
    layOut(layout, inner.width());
    layout.draw(&painter, inner.topLeft());
    painter.setClipping(false);
    if (markOf(index, RowsModel::MarkRole) == Mark::None)
        return;
    const QPoint corner = rect.topRight();
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.changed);
    painter.drawPolygon(QPolygon({corner, corner - QPoint(7, 0), corner + QPoint(0, 7)}));
}
} // namespace

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Colors &c = colors(option.palette);
    const QRect rect = option.rect;
    const bool isTitle = index.column() == RecordModel::Title;
    painter->save();
    painter->fillRect(rect, isTitle ? c.background : groundOf(index, c));
    if (isTitle)
        paintTitle(*painter, rect, index, option.font, c);
    else
        paintValue(*painter, rect, index, valueFont(option.font, index), c);
    painter->setPen(c.line);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    if (isTitle)
        painter->drawLine(rect.topRight(), rect.bottomRight());
    if (!isTitle && option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(QPen(c.accent, option.state.testFlag(QStyle::State_Active) ? 2 : 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(rect).adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize RecordDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics plain(option.font);
    if (index.column() == RecordModel::Title) {
        const int lines = commentOf(index).isEmpty() ? 1 : 2;
        return {120, lines * plain.height() + 9};
    }
    const auto *view = qobject_cast<const QTableView *>(option.widget);
    const int width = (view ? view->columnWidth(RecordModel::Value) : 240) - 2 * Padding;
    const QFont font = valueFont(option.font, index);
    QTextLayout layout(linesOf(index), font);
    const int height = layOut(layout, width - noteWidth(index, font));
    return {width, std::max(height, plain.height()) + 9};
}

} // namespace studio
