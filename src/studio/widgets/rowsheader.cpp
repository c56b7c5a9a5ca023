// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsheader.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/rowsmodel.h"

#include <QLinearGradient>
#include <QPaintEvent>
#include <QPainter>
#include <QTableView>

namespace studio
{

namespace
{
constexpr int Padding = 8;
constexpr int Gap = 6;
constexpr int Height = 30;
constexpr int ShadowWidth = 6;
} // namespace

RowsHeader::RowsHeader(QTableView *table)
    : QHeaderView(Qt::Horizontal, table)
    , m_table(table)
{
    setObjectName(QStringLiteral("rowsHeader"));
    setAccessibleName(tr("Columns"));
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setMinimumSectionSize(48);
    setAttribute(Qt::WA_Hover);
    connect(this, &QHeaderView::sectionMoved, this,
            [this](int, int from, int to) { keepTogether(from, to); });
}

void RowsHeader::paintEdge(QPainter &painter, int height) const
{
    const Colors &c = colors(palette());
    const int width = pinnedWidth();
    painter.fillRect(QRect(width - 2, 0, 2, height), c.faint);
    if (offset() == 0)
        return;
    // What has gone behind it.
    QColor dark = Qt::black;
    dark.setAlpha(60);
    QLinearGradient shadow(width, 0, width + ShadowWidth, 0);
    shadow.setColorAt(0, dark);
    shadow.setColorAt(1, Qt::transparent);
    painter.fillRect(QRect(width, 0, ShadowWidth, height), shadow);
}

QSize RowsHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), Height};
}

void RowsHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const Colors &c = colors(palette());
    painter.fillRect(event->rect(), c.raised);
    painter.setPen(c.line);
    painter.drawLine(0, height() - 1, width(), height() - 1);
    painter.end();
    const QRect pinned(0, 0, pinnedWidth(), height());
    QPaintEvent rest(event->region() - (offset() > 0 ? pinned : QRect()));
    QHeaderView::paintEvent(&rest);
    if (pinned.isEmpty())
        return;
    QPainter over(viewport());
    for (int place = 0; offset() > 0 && place < staying(); ++place) {
        const int column = logicalIndex(place);
        if (!isSectionHidden(column))
            paintSection(&over, {sectionPosition(column), 0, sectionSize(column), height()},
                         column);
    }
    paintEdge(over, height());
}

void RowsHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    const auto header = [&](int role) {
        return model()->headerData(logicalIndex, Qt::Horizontal, role);
    };
    const Colors &c = colors(palette());
    painter->save();
    painter->fillRect(rect, c.raised);
    painter->setPen(c.line);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    painter->drawLine(rect.topRight(), rect.bottomRight());

    const int sort = header(RowsModel::SortRole).toInt();
    QString title = header(Qt::DisplayRole).toString();
    if (sort != 0)
        title += QLatin1Char(' ') + QString(QChar(sort > 0 ? 0x25B4 : 0x25BE));
    if (const int place = header(RowsModel::SortPlaceRole).toInt(); place > 0)
        title += QString::number(place);
    QString type = header(RowsModel::TypeTextRole).toString();
    if (header(RowsModel::KeyRole).toBool())
        type += type.isEmpty() ? QStringLiteral("PK") : QStringLiteral(" PK");
    const bool isTenant = header(RowsModel::TenantRole).toBool();

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    QFont small = font();
    small.setPixelSize(11);
    const QFontMetrics boldMetrics(bold);
    const QFontMetrics smallMetrics(small);
    QRect inner = rect.adjusted(Padding, 0, -Padding - 1, -1);
    title = boldMetrics.elidedText(title, Qt::ElideRight, inner.width());
    const int titleWidth = boldMetrics.horizontalAdvance(title);
    const int left = inner.width() - titleWidth - Gap;
    type = left > 16 ? smallMetrics.elidedText(type, Qt::ElideRight, left) : QString();
    const int typeWidth = type.isEmpty() ? 0 : smallMetrics.horizontalAdvance(type) + Gap;

    if (header(Qt::TextAlignmentRole).toInt() & Qt::AlignRight)
        inner.setLeft(inner.right() - titleWidth - typeWidth);
    painter->setFont(bold);
    painter->setPen(isTenant ? c.tenant : sort != 0 ? c.accent : c.text);
    painter->drawText(inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
    painter->setFont(small);
    painter->setPen(c.faint);
    // On the title's base line, though smaller.
    const int baseline = inner.center().y() + (boldMetrics.ascent() - boldMetrics.descent()) / 2;
    painter->drawText(inner.left() + titleWidth + Gap, baseline, type);
    painter->restore();
}

} // namespace studio
