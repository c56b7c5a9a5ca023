// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridtrail.h"

namespace studio
{

namespace
{
constexpr qsizetype mostPlaces = 100;
} // namespace

bool GridTrail::canStep(qsizetype by) const
{
    return m_at >= 0 && m_at + by >= 0 && m_at + by < m_places.size();
}

std::pair<qsizetype, qsizetype> GridTrail::path() const
{
    qsizetype first = m_at;
    while (first > 0 && m_places.at(first).isFollowed)
        --first;
    qsizetype last = m_at;
    while (last >= 0 && last + 1 < m_places.size() && m_places.at(last + 1).isFollowed)
        ++last;
    return {first, last};
}

void GridTrail::begin(const QString &project)
{
    if (m_project == project)
        return;
    m_project = project;
    m_places.clear();
    m_at = -1;
    Q_EMIT changed();
}

void GridTrail::startAgain()
{
    if (m_at < 0)
        return;
    const schema::Name table = m_places.at(m_at).table;
    m_places = {GridPlace{.table = table}};
    m_at = 0;
    Q_EMIT changed();
}

void GridTrail::visit(const GridPlace &place)
{
    Q_EMIT leaving();
    m_places.resize(m_at + 1);
    m_places << place;
    if (m_places.size() > mostPlaces)
        m_places.removeFirst();
    m_at = m_places.size() - 1;
    Q_EMIT changed();
}

void GridTrail::update(const GridPlace &place)
{
    if (m_at < 0 || m_places.at(m_at).table != place.table)
        return;
    const bool isFollowed = m_places.at(m_at).isFollowed;
    m_places[m_at] = place;
    m_places[m_at].isFollowed = isFollowed;
    Q_EMIT changed();
}

std::optional<GridPlace> GridTrail::step(qsizetype by)
{
    if (!canStep(by))
        return std::nullopt;
    Q_EMIT leaving();
    m_at += by;
    Q_EMIT changed();
    return m_places.at(m_at);
}

} // namespace studio
