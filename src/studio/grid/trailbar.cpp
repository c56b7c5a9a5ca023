// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/trailbar.h"

#include "studio/widgets/flowlayout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace studio
{

namespace
{
constexpr qsizetype longestTitle = 40; // characters
constexpr qsizetype mostCrumbs = 6;

QString crumbText(const GridPlace &place)
{
    if (place.title.isEmpty())
        return place.table.name;
    const QString title = place.title.size() > longestTitle
                              ? place.title.left(longestTitle) + QChar(0x2026)
                              : place.title;
    return place.table.name + QStringLiteral(" · ") + title;
}
} // namespace

TrailBar::TrailBar(GridTrail &trail, const schema::Name &table, QWidget *parent)
    : QWidget(parent)
    , m_trail(trail)
    , m_table(table)
{
    setObjectName(QStringLiteral("trailBar"));
    setAccessibleName(tr("The way to these rows"));
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 6, 10, 0);
    row->setSpacing(4);
    // Queued: a click on a crumb makes them all anew.
    connect(&trail, &GridTrail::changed, this, &TrailBar::refresh, Qt::QueuedConnection);
    refresh();
}

void TrailBar::refresh()
{
    removeWidgets(layout());
    const auto [first, last] = m_trail.path();
    const GridPlace *current = m_trail.current();
    setVisible(current && current->table == m_table && last > first);
    if (isHidden())
        return;
    // The way here says more than the way on.
    const qsizetype from = std::max(first, m_trail.at() - mostCrumbs + 1);
    const qsizetype to = std::min(last, from + mostCrumbs - 1);
    for (qsizetype place = from; place <= to; ++place) {
        if (place > from || from > first) {
            auto *arrow = new QLabel(QStringLiteral("›"), this);
            arrow->setProperty("tone", QStringLiteral("faint"));
            layout()->addWidget(arrow);
        }
        auto *crumb = new QPushButton(crumbText(m_trail.places().at(place)), this);
        crumb->setObjectName(QStringLiteral("crumb_%1").arg(place - first));
        crumb->setProperty("status", true);
        crumb->setEnabled(place != m_trail.at());
        connect(crumb, &QPushButton::clicked, this,
                [this, by = place - m_trail.at()] { Q_EMIT stepWanted(by); });
        layout()->addWidget(crumb);
    }
    static_cast<QHBoxLayout *>(layout())->addStretch(1);
}

} // namespace studio
