// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/cardpainter.h"

#include "studio/widgets/theme.h"

#include <QFont>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace studio
{

namespace
{
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
                const Colors &colors, int side)
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
    if (const QString kind = wordOf(card.kind); !kind.isEmpty()) {
        painter.setFont(withPixels(font, 12));
        painter.setPen(colors.faint);
        painter.drawText(rect.adjusted(side, 0, -side, 0), Qt::AlignVCenter | Qt::AlignRight, kind);
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

QStringList detailLines(const CardRow &row)
{
    if (row.changes.isEmpty())
        return {row.detail};
    QStringList lines;
    for (const PropertyChange &change : row.changes)
        lines.append(change.before + QStringLiteral(" → ") + change.after);
    return lines;
}

/// One side of a change in several lines; what the other side has not stands on a ground of its
/// own.
void paintSide(QPainter &painter, const QRect &rect, const QString &text, const TextRange &differs,
               const Tone &tone, const Colors &colors, const CardMetrics &metrics,
               qsizetype letters)
{
    constexpr int edge = 6;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone.soft);
    painter.drawRoundedRect(rect, 3, 3);
    const QFontMetricsF font(painter.font());
    QColor ground = tone.text;
    ground.setAlphaF(0.22F);
    qreal y = rect.y() + (rect.height() > metrics.line ? metrics.padding / 2.0 : 0);
    for (const TextLine &line : linesOf(text, letters)) {
        const qsizetype from = std::max(differs.from, line.from) - line.from;
        const qsizetype to =
            std::min(differs.from + differs.length, line.from + line.text.size()) - line.from;
        if (to > from) {
            const qreal left = font.horizontalAdvance(line.text.left(from));
            const qreal width = font.horizontalAdvance(line.text.mid(from, to - from));
            painter.fillRect(QRectF(rect.x() + edge + left, y + 1, width, metrics.line - 2),
                             ground);
        }
        painter.setPen(colors.text);
        painter.drawText(QRectF(rect.x() + edge, y, rect.width() - 2 * edge, metrics.line),
                         Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, line.text);
        y += metrics.line;
    }
}

/// What was on the left, what will be on the right.
void paintSideBySide(QPainter &painter, const QRect &rect, const CardRow &row, const Colors &colors,
                     const CardMetrics &metrics, int cardWidth)
{
    painter.setFont(monoFont());
    int y = rect.y() + metrics.row;
    const qsizetype letters = lettersBeside(cardWidth, metrics);
    for (const PropertyChange &change : row.changes) {
        const int height = heightBeside(change, cardWidth, metrics);
        const int width = (rect.width() - 3 * metrics.side) / 2;
        const QRect left(rect.x() + metrics.side, y, width, height - metrics.padding);
        const auto [before, after] = differenceOf(change);
        paintSide(painter, left, change.before, before, toneOf(DiffMark::Removed, colors), colors,
                  metrics, letters);
        paintSide(painter, left.translated(width + metrics.side, 0), change.after, after,
                  toneOf(DiffMark::Added, colors), colors, metrics, letters);
        y += height;
    }
}

void paintRow(QPainter &painter, const QRect &rect, const CardRow &row, const QFont &font,
              const Colors &colors, const CardMetrics &metrics, int cardWidth)
{
    const Tone tone = toneOf(row.mark, colors);
    if (tone.soft.isValid())
        painter.fillRect(rect, tone.soft);
    QFont names = font;
    QFont details = monoFont();
    names.setStrikeOut(row.mark == DiffMark::Removed);
    details.setStrikeOut(row.mark == DiffMark::Removed);
    const QFontMetrics nameMetrics(names);
    const QFontMetrics detailMetrics(details);

    QRect line(rect.x(), rect.y(), rect.width(), metrics.row);
    painter.setFont(withPixels(font, 11));
    painter.setPen(row.mark == DiffMark::Context ? colors.faint : tone.text);
    painter.drawText(QRect(line.x() + 4, line.y(), metrics.signs - 8, metrics.row), Qt::AlignCenter,
                     signOf(row));

    line.adjust(metrics.signs, 0, -metrics.side, 0);
    if (isSideBySide(row, cardWidth, metrics)) {
        painter.setFont(names);
        painter.setPen(tone.text);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                         fitting(row.name, nameMetrics, Qt::ElideMiddle, line.width()));
        paintSideBySide(painter, rect, row, colors, metrics, cardWidth);
        return;
    }
    const QStringList lines = detailLines(row);
    const bool below = detailsBelow(row, cardWidth, metrics);
    auto [nameWidth, detailWidth] =
        shares(line.width(), nameMetrics.horizontalAdvance(row.name),
               below ? 0 : detailMetrics.horizontalAdvance(lines.first()));
    painter.setFont(names);
    painter.setPen(row.kind == CardRow::Kind::Fold ? colors.faint : tone.text);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     fitting(row.name, nameMetrics, Qt::ElideMiddle, nameWidth));

    painter.setFont(details);
    painter.setPen(row.mark == DiffMark::Removed ? tone.text : colors.dim);
    for (const QString &text : lines) {
        if (below || &text != &lines.first()) {
            detailWidth = line.width();
            line.translate(0, metrics.row);
        }
        painter.drawText(line, Qt::AlignVCenter | (below ? Qt::AlignLeft : Qt::AlignRight),
                         fitting(text, detailMetrics, Qt::ElideRight, detailWidth));
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
               font, colors, metrics.side);
    if (!card.rows.isEmpty())
        painter.fillRect(QRect(inside.x(), rect.y() + metrics.header - 1, inside.width(), 1),
                         colors.line);
    int y = rect.y() + metrics.header + metrics.padding;
    for (const CardRow &row : card.rows) {
        const int height = heightOf(row, rect.width(), metrics);
        paintRow(painter, QRect(inside.x(), y, inside.width(), height), row, font, colors, metrics,
                 rect.width());
        y += height;
    }
    painter.restore();
}

} // namespace studio
