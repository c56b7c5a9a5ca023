// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridplace.h"

#include <QObject>

namespace studio
{

/// The places that one was at, one after the other, to go back and forth between them.
class GridTrail final : public QObject
{
    Q_OBJECT

public:
    const QList<GridPlace> &places() const { return m_places; }
    qsizetype at() const { return m_at; } ///< -1: nowhere yet
    const GridPlace *current() const { return m_at < 0 ? nullptr : &m_places.at(m_at); }
    bool canStep(qsizetype by) const;
    /// The places that one followed to the current one and on from there: first and last.
    std::pair<qsizetype, qsizetype> path() const;

    void begin(const QString &project); ///< forgets the places of another one
    /// Other rows are shown now, a tenant's or a server's: of the places only the current table
    /// stays.
    void startAgain();
    void visit(const GridPlace &place);  ///< what came behind the current place is forgotten
    void update(const GridPlace &place); ///< how the current place looks now
    /// The place that many steps away, which is the current one now.
    std::optional<GridPlace> step(qsizetype by);

Q_SIGNALS:
    void leaving(); ///< another place is about to be the current one: time to update()
    void changed();

private:
    QString m_project;
    QList<GridPlace> m_places;
    qsizetype m_at = -1;
};

} // namespace studio
