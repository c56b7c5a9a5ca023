// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/statement.h"
#include "studio/grid/gridchoice.h"

namespace studio
{

/// How the rows stood on the screen: enough to find them again when rows were added or have gone.
struct GridStand {
    QStringList order = {};         ///< the columns that the rows are in order by; - descends
    QList<sql::Parameter> top = {}; ///< the values by which the topmost row stands in that order
    qint64 topRow = 0;              ///< its number, maybe estimated
    qint64 below = 0;               ///< so many rows under it is the current one
    QString column = {};            ///< the current one
    int left = 0;                   ///< scrolled sideways by so many pixels
    bool operator==(const GridStand &) const = default;
};

/// A place among the rows: a table, what is chosen of it, and the current row.
struct GridPlace {
    schema::Name table;
    std::optional<GridChoice> choice = {}; ///< nothing: what its grid shows by itself
    QStringList keyColumns = {};
    QStringList key = {};                ///< of the current row; empty: none
    QString title = {};                  ///< of the row, or of what is chosen
    bool isFollowed = false;             ///< one came here from a row of the place before
    std::optional<GridStand> stand = {}; ///< one was here
    bool operator==(const GridPlace &) const = default;
};

/// Where one stands in a table, as it is kept between two runs; \a scope names whose rows they are.
QByteArray packed(const GridPlace &place, const QString &scope);
/// Nothing when there is none, or it is among other rows.
std::optional<GridPlace> unpackedPlace(const QByteArray &kept, const schema::Name &table,
                                       const QString &scope);

} // namespace studio
