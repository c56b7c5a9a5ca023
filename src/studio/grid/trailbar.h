// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridtrail.h"

#include <QWidget>

namespace studio
{

/// The way along foreign keys to the place that is shown, and on from there: people · Ada › orders.
/// Hidden where one did not come along any, and in a grid that is not the current place.
class TrailBar final : public QWidget
{
    Q_OBJECT

public:
    TrailBar(GridTrail &trail, const schema::Name &table, QWidget *parent = nullptr);

Q_SIGNALS:
    void stepWanted(qsizetype by);

private:
    void refresh();

    GridTrail &m_trail;
    const schema::Name m_table;
};

} // namespace studio
