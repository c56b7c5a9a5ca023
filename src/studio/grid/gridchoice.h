// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

#include <QByteArray>
#include <QMap>

namespace studio
{

/// One pill: a filter on a column, or a condition that the person wrote.
struct GridFilter {
    query::Filter filter;
    QString written = {}; ///< SQL; empty: `filter` holds
    bool isOn = true;
    bool operator==(const GridFilter &) const = default;
};

/// What the person chose for a table's grid.
struct GridChoice {
    QList<GridFilter> filters;
    QString search = {};
    QList<query::Sort> sorts = {};
    /// By column: the column of the table that it refers to which stands for a row there; empty:
    /// none is shown. Without an entry it is guessed.
    QMap<QString, QString> labels = {};
    QString nested = {}; ///< the relation whose rows are shown in line, by name
    bool operator==(const GridChoice &) const = default;
};

/// The choice as it is kept between two runs. Columns are kept by name, whatever their alias.
QByteArray packed(const GridChoice &choice);
/// What cannot be read is left out.
GridChoice unpacked(const QByteArray &kept, const QString &alias);

} // namespace studio
