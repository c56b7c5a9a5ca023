// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/statementdelegate.h"

#include "studio/migrations/statementmodel.h"
#include "studio/widgets/theme.h"

#include <QPainter>
#include <QRegularExpression>
#include <QTextLayout>

namespace studio
{

namespace
{
constexpr int line = 20;    ///< px, height of a line of SQL
constexpr int side = 12;    ///< px, from the edges
constexpr int heading = 28; ///< px, of what begins with a statement

using Severity = migrate::Hazard::Severity;

std::pair<QColor, QColor> colorsOf(Severity severity, const Colors &used)
{
    switch (severity) {
    case Severity::Safe:
        return {used.added, used.addedSoft};
    case Severity::Loss:
        return {used.removed, used.removedSoft};
    case Severity::Warning:
    case Severity::Advice:
        break;
    }
    return {used.changed, used.changedSoft};
}

/// drizzle-kit writes keywords in capitals and every name in quotes, so words in capitals are
/// keywords.
QList<QTextLayout::FormatRange> highlight(const QString &sql, const Colors &used)
{
    static const QRegularExpression token(
        QStringLiteral("\"[^\"]*\"|('(?:[^']|'')*')|(--[^\\n]*)|\\b([A-Z]{2,})\\b"));
    QList<QTextLayout::FormatRange> ranges;
    for (auto it = token.globalMatch(sql); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QColor color = match.hasCaptured(3)   ? used.keyword
                             : match.hasCaptured(2) ? used.faint
                             : match.hasCaptured(1) ? used.stringText
                                                    : used.text;
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(match.capturedStart());
        range.length = static_cast<int>(match.capturedLength());
        range.format.setForeground(color);
        if (match.hasCaptured(3))
            range.format.setFontWeight(QFont::DemiBold);
        ranges.append(range);
    }
    return ranges;
}

/// The widths of words that share \a room. The first one, which says what is locked, gets what it
/// needs; what would be too short to read is left out.
QList<int> widthsOf(const QStringList &words, const QFontMetrics &metrics, int room)
{
    constexpr int shortest = 72;
    QList<int> widths;
    for (const QString &word : words) {
        const int needed = metrics.horizontalAdvance(word) + 12;
        const int width = std::min(needed, room);
        widths << (width < std::min(needed, shortest) ? 0 : width);
        room -= widths.last() > 0 ? widths.last() + 6 : 0;
    }
    return widths;
}

/// What the first line of the statement leaves free, and at least two fifths of \a width, so that
/// neither pushes the other aside. The tooltip says all of both.
int roomBeside(const QModelIndex &index, int width)
{
    const QString first = index.data().toString().section(u'\n', 0, 0);
    return std::max(width * 2 / 5,
                    width - 3 * side - QFontMetrics(monoFont()).horizontalAdvance(first));
}

/// Draws the words from the right edge to the left; returns how wide they are together.
int paintHazards(QPainter *painter, const QRect &rect, const QModelIndex &index, const QFont &font,
                 const Colors &used)
{
    const QStringList words = index.data(StatementModel::HazardsRole).toStringList();
    const QVariantList severities = index.data(StatementModel::SeverityRole).toList();
    QFont small = font;
    small.setPixelSize(11);
    const QFontMetrics metrics(small);
    painter->setFont(small);
    const QList<int> widths = widthsOf(words, metrics, roomBeside(index, rect.width()));
    int right = rect.right() - side;
    for (qsizetype i = words.size() - 1; i >= 0; --i) {
        const int width = widths.at(i);
        if (width == 0)
            continue;
        QString text = words.at(i);
        if (metrics.horizontalAdvance(text) > width - 12)
            text = metrics.elidedText(text, Qt::ElideRight, width - 12);
        const QRect badge(right - width, rect.y() + 2, width, line - 4);
        const auto [color, soft] = colorsOf(static_cast<Severity>(severities.at(i).toInt()), used);
        painter->setPen(Qt::NoPen);
        painter->setBrush(soft);
        painter->drawRoundedRect(badge, 3, 3);
        painter->setPen(color);
        painter->drawText(badge, Qt::AlignCenter, text);
        right = badge.left() - 6;
    }
    return rect.right() - right;
}

int headingOf(const QModelIndex &index)
{
    return index.data(StatementModel::SectionRole).toString().isEmpty() ? 0 : heading;
}

/// The words in small letters on a line that goes on to the right edge.
void paintHeading(QPainter *painter, const QRect &rect, const QString &text, const QFont &font,
                  const Colors &used)
{
    QFont small = font;
    small.setPixelSize(11);
    small.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(small);
    painter->setFont(small);
    painter->setPen(used.dim);
    const QRect words = rect.adjusted(side, 4, -side, 0);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, words.width());
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter, shown);
    const int left = words.left() + metrics.horizontalAdvance(shown) + 10;
    if (left < words.right())
        painter->fillRect(QRect(left, words.center().y(), words.right() - left, 1), used.line);
}
} // namespace

void StatementDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const Colors &used = colors(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect rect = option.rect.adjusted(0, headingOf(index), 0, 0);
    if (rect.top() > option.rect.top())
        paintHeading(painter, QRect(option.rect.topLeft(), QSize(option.rect.width(), heading)),
                     index.data(StatementModel::SectionRole).toString(), option.font, used);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(rect, used.selection);
    const int hazards = paintHazards(painter, rect, index, option.font, used);

    const QFont mono = monoFont();
    const QFontMetrics metrics(mono);
    const int width = rect.width() - 2 * side - hazards;
    int y = rect.y();
    for (QString text : index.data().toString().split(u'\n')) {
        text.replace(u'\t', QStringLiteral("    "));
        text = metrics.elidedText(text, Qt::ElideRight, width);
        QTextLayout layout(text, mono);
        layout.setFormats(highlight(text, used));
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        painter->setPen(used.text);
        layout.draw(painter, QPointF(option.rect.x() + side, y + (line - metrics.height()) / 2.0));
        y += line;
    }
    painter->restore();
}

QSize StatementDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto lines = index.data().toString().count(u'\n') + 1;
    return {100, static_cast<int>(lines) * line + headingOf(index)};
}

} // namespace studio
