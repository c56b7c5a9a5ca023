// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/cardpainter.h"

#include "studio/widgets/theme.h"

#include <QCoreApplication>
#include <QFont>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace studio
{

namespace
{
constexpr int side = 12;  ///< px between a card's edge and its texts
constexpr int signs = 38; ///< px from the edge to the names; the signs stand in between
constexpr qreal neighbourOpacity = 0.5;

struct Tone {
    QColor text, soft;
};

Tone toneOf(DiffMark mark, const Colors &colors)
{
    switch (mark) {
    case DiffMark::Added:
        return {colors.added, colors.addedSoft};
    case DiffMark::Removed:
        return {colors.removed, colors.removedSoft};
    case DiffMark::Changed:
        return {colors.changed, colors.changedSoft};
    case DiffMark::Context:
        break;
    }
    return {colors.text, {}};
}

DiffMark markOf(Card::State state)
{
    switch (state) {
    case Card::State::New:
        return DiffMark::Added;
    case Card::State::Changed:
        return DiffMark::Changed;
    case Card::State::Removed:
        return DiffMark::Removed;
    case Card::State::Neighbour:
        break;
    }
    return DiffMark::Context;
}

QString signOf(const CardRow &row)
{
    switch (row.mark) {
    case DiffMark::Added:
        return QStringLiteral("+");
    case DiffMark::Removed:
        return QStringLiteral("−");
    case DiffMark::Changed:
        return QStringLiteral("~");
    case DiffMark::Context:
        break;
    }
    switch (row.kind) {
    case CardRow::Kind::Key:
        return QStringLiteral("PK");
    case CardRow::Kind::Reference:
        return QStringLiteral("FK");
    case CardRow::Kind::Fold:
        return QStringLiteral("⋯");
    default:
        return QStringLiteral("·");
    }
}

QFont withPixels(QFont font, int pixels)
{
    font.setPixelSize(pixels);
    return font;
}

/// \a text, cut only when it does not fit: elidedText() measures in fractions and cuts what fits by
/// a hair.
QString fitting(const QString &text, const QFontMetrics &metrics, Qt::TextElideMode mode, int width)
{
    return metrics.horizontalAdvance(text) <= width ? text : metrics.elidedText(text, mode, width);
}

void paintTitle(QPainter &painter, const QRect &rect, const Card &card, const QFont &font,
                const Colors &colors)
{
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    QFont small = withPixels(bold, 11);
    const QString word = wordOf(card.state);
    const int badge = word.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(word) + 12;

    painter.setFont(bold);
    painter.setPen(colors.text);
    const QFontMetrics metrics(bold);
    const QString title =
        fitting(card.title, metrics, Qt::ElideMiddle, rect.width() - 2 * side - badge - 8);
    painter.drawText(rect.adjusted(side, 0, -side, 0), Qt::AlignVCenter | Qt::AlignLeft, title);

    const Tone tone = toneOf(markOf(card.state), colors);
    QRect at(rect.x() + side + metrics.horizontalAdvance(title) + 8, rect.center().y() - 7, badge,
             16);
    if (!word.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tone.soft);
        painter.drawRoundedRect(at, 3, 3);
        painter.setFont(small);
        painter.setPen(tone.text);
        painter.drawText(at, Qt::AlignCenter, word);
    }
    if (card.kind != Card::Kind::Table) {
        painter.setFont(withPixels(font, 12));
        painter.setPen(colors.faint);
        painter.drawText(rect.adjusted(side, 0, -side, 0), Qt::AlignVCenter | Qt::AlignRight,
                         card.kind == Card::Kind::Enum
                             ? QCoreApplication::translate("studio::DiffCards", "enum")
                             : QCoreApplication::translate("studio::DiffCards", "schema"));
    }
}

/// Splits \a width between a name and what stands right of it; the name keeps what it needs up to
/// half of it.
std::pair<int, int> shares(int width, int name, int detail)
{
    constexpr int between = 10;
    const int free = width - between;
    if (name + detail <= free)
        return {name, detail};
    const int kept = std::max(std::min(name, free / 2), free - detail);
    return {kept, free - kept};
}

void paintRow(QPainter &painter, const QRect &rect, const CardRow &row, const QFont &font,
              const Colors &colors, int lineHeight)
{
    const Tone tone = toneOf(row.mark, colors);
    if (tone.soft.isValid())
        painter.fillRect(rect, tone.soft);

    QFont names = font;
    QFont details = withPixels(monoFont(), 12);
    names.setStrikeOut(row.mark == DiffMark::Removed);
    details.setStrikeOut(row.mark == DiffMark::Removed);

    QStringList lines{row.detail};
    if (!row.changes.isEmpty())
        lines.clear();
    for (const PropertyChange &change : row.changes)
        lines.append(change.before + QStringLiteral(" → ") + change.after);

    const QFontMetrics nameMetrics(names);
    const QFontMetrics detailMetrics(details);
    QRect line(rect.x(), rect.y(), rect.width(), lineHeight);
    painter.setFont(withPixels(font, 11));
    painter.setPen(row.mark == DiffMark::Context ? colors.faint : tone.text);
    painter.drawText(QRect(line.x() + 4, line.y(), signs - 8, lineHeight), Qt::AlignCenter,
                     signOf(row));

    const int width = rect.width() - signs - side;
    const auto [nameWidth, firstWidth] = shares(width, nameMetrics.horizontalAdvance(row.name),
                                                detailMetrics.horizontalAdvance(lines.value(0)));
    painter.setFont(names);
    painter.setPen(row.kind == CardRow::Kind::Fold ? colors.faint : tone.text);
    painter.drawText(line.adjusted(signs, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     fitting(row.name, nameMetrics, Qt::ElideMiddle, nameWidth));

    painter.setFont(details);
    painter.setPen(row.mark == DiffMark::Removed ? tone.text : colors.dim);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.drawText(
            line.adjusted(0, 0, -side, 0), Qt::AlignVCenter | Qt::AlignRight,
            fitting(lines.at(i), detailMetrics, Qt::ElideRight, i == 0 ? firstWidth : width));
        line.translate(0, lineHeight);
    }
}
} // namespace

void paintPanel(QPainter &painter, const QRect &rect, const QColor &line, const QColor &panel)
{
    painter.setPen(line);
    painter.setBrush(panel);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void paintCard(QPainter &painter, const QRect &rect, const Card &card, const QFont &font,
               const Colors &colors, const CardMetrics &metrics)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (card.state == Card::State::Neighbour)
        painter.setOpacity(neighbourOpacity);
    paintPanel(painter, rect, colors.line, colors.panel);
    const QRect inside = rect.adjusted(1, 1, -1, -1);
    paintTitle(painter, QRect(inside.x(), inside.y(), inside.width(), metrics.header - 1), card,
               font, colors);
    if (!card.rows.isEmpty())
        painter.fillRect(QRect(inside.x(), rect.y() + metrics.header - 1, inside.width(), 1),
                         colors.line);
    int y = rect.y() + metrics.header + metrics.padding;
    for (const CardRow &row : card.rows) {
        const int height = heightOf(row, metrics);
        paintRow(painter, QRect(inside.x(), y, inside.width(), height), row, font, colors,
                 metrics.row);
        y += height;
    }
    painter.restore();
}

} // namespace studio
