// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsdelegate.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/theme.h"

#include <QPainter>

namespace studio
{

namespace
{
using Face = CellTexts::Face;

constexpr int Padding = 8;
constexpr int ArrowWidth = 20;

Face faceOf(RowsModel::Cell cell, rows::TypeClass type)
{
    if (cell != RowsModel::Cell::Value)
        return Face::Italic;
    const bool isCode = type == rows::TypeClass::Uuid || type == rows::TypeClass::Time ||
                        type == rows::TypeClass::Binary || type == rows::TypeClass::Json;
    return isCode ? Face::Mono : Face::Plain;
}

QColor cellColor(const Colors &c, const QModelIndex &index, RowsModel::Cell cell,
                 rows::TypeClass type)
{
    if (cell != RowsModel::Cell::Value)
        return c.faint;
    if (index.data(RowsModel::TenantRole).toBool())
        return c.tenant;
    if (index.data(RowsModel::ReferenceRole).toBool())
        return c.link;
    return type == rows::TypeClass::Uuid ? c.dim : c.text;
}

/// 00000000-…-000000000017 → 00…17: beside a label the value itself is only a hint.
QString shortened(const QString &value)
{
    return value.size() < 8 ? value : value.left(2) + QChar(0x2026) + value.right(2);
}

/// Paints the label and returns the width it takes with the gap behind it.
int paintLabel(CellTexts &texts, QPainter &painter, const QRect &rect, const QString &label)
{
    texts.paint(painter, rect, Qt::AlignLeft, label, Face::Label);
    return texts.width(label, Face::Label, rect.width()) + 6;
}

/// Paints a note at the right edge and returns the room that it takes.
int paintNote(CellTexts &texts, QPainter &painter, const QRect &rect, const QString &note)
{
    const int width = texts.width(note, Face::Note, rect.width());
    // In a narrow cell the value's beginning says more.
    if (width > rect.width() / 2)
        return 0;
    texts.paint(painter, rect, Qt::AlignRight, note, Face::Note);
    return width + 8;
}

QColor markColor(const Colors &c, RowsOverlay::Mark mark)
{
    return mark == RowsOverlay::Mark::Added     ? c.added
           : mark == RowsOverlay::Mark::Removed ? c.removed
                                                : c.changed;
}

/// A staged cell stands out of its row, a new or deleted row as a whole.
QColor groundOf(const Colors &c, RowsOverlay::Mark cell, RowsOverlay::Mark row)
{
    if (row == RowsOverlay::Mark::Removed)
        return c.removedSoft;
    if (cell == RowsOverlay::Mark::Changed)
        return c.changedSoft;
    return cell == RowsOverlay::Mark::Added ? c.addedSoft : c.panel;
}

/// A corner in the mark's colour: seen also by who does not see the ground's.
void paintMark(QPainter &painter, const QRect &rect, const QColor &color)
{
    const QPoint corner = rect.topRight();
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygon({corner, corner - QPoint(7, 0), corner + QPoint(0, 7)}));
    painter.restore();
}
} // namespace

QRect RowsDelegate::arrowRect(const QRect &cell)
{
    return {cell.right() - ArrowWidth, cell.top(), ArrowWidth, cell.height()};
}

void RowsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Colors &c = colors(option.palette);
    const bool isCurrent = option.state.testFlag(QStyle::State_HasFocus);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto cell = static_cast<RowsModel::Cell>(index.data(RowsModel::CellRole).toInt());
    const auto type = static_cast<rows::TypeClass>(index.data(RowsModel::TypeClassRole).toInt());

    m_texts.setFont(option.font);
    painter->save();
    // What is below belongs to whoever made the room there.
    const QRect rect(option.rect.topLeft(), QSize(option.rect.width(), rowHeight));
    if (option.rect.height() > rowHeight)
        painter->fillRect(option.rect, c.raised);
    const auto mark = static_cast<RowsOverlay::Mark>(index.data(RowsModel::MarkRole).toInt());
    const auto rowMark = static_cast<RowsOverlay::Mark>(index.data(RowsModel::RowMarkRole).toInt());
    painter->fillRect(rect, isSelected && !isCurrent ? c.selection : groundOf(c, mark, rowMark));
    painter->setPen(c.line);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    painter->drawLine(rect.topRight(), rect.bottomRight());
    if (mark != RowsOverlay::Mark::None)
        paintMark(*painter, rect, markColor(c, mark));
    if (rowMark != RowsOverlay::Mark::None && index.column() == 0)
        painter->fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1),
                          markColor(c, rowMark));
    QRect inner = rect.adjusted(Padding, 0, -Padding - 1, -1);
    QString text = index.data().toString();
    QColor color = cellColor(c, index, cell, type);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if ((isCurrent || isHovered) && index.data(RowsModel::ReferenceRole).toBool()) {
        const QRect arrow = arrowRect(rect);
        painter->setPen(c.link);
        m_texts.paint(*painter, arrow, Qt::AlignCenter, QStringLiteral("↗"), Face::Plain);
        inner.setRight(arrow.left());
    }
    const QString label = index.data(RowsModel::LabelRole).toString();
    if (!label.isEmpty()) {
        painter->setPen(color);
        inner.setLeft(inner.left() + paintLabel(m_texts, *painter, inner, label));
        text = shortened(index.data(RowsModel::RawTextRole).toString());
        if (m_texts.width(text, faceOf(cell, type), 2 * rect.width()) > inner.width())
            text.clear(); // less than the short form says nothing
        color = c.faint;
    }
    if (const QString note = index.data(RowsModel::NoteRole).toString(); !note.isEmpty()) {
        painter->setPen(c.faint);
        inner.setRight(inner.right() - paintNote(m_texts, *painter, inner, note));
    }
    painter->setPen(color);
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    m_texts.paint(*painter, inner, alignment, text, faceOf(cell, type),
                  rowMark == RowsOverlay::Mark::Removed);
    if (isCurrent) {
        painter->setPen(QPen(c.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(rect).adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize RowsDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto cell = static_cast<RowsModel::Cell>(index.data(RowsModel::CellRole).toInt());
    const auto type = static_cast<rows::TypeClass>(index.data(RowsModel::TypeClassRole).toInt());
    m_texts.setFont(option.font);
    const QFontMetrics metrics(m_texts.font(faceOf(cell, type)));
    return {metrics.horizontalAdvance(index.data().toString()) + 2 * Padding + 6, rowHeight};
}

} // namespace studio
