// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QByteArray>

namespace rows
{

/// What some cells come to. Numbers are decimal and exact, as numeric is; the average has 16 places
/// at most behind the point.
struct Sums {
    qint64 cells = 0;
    qint64 nulls = 0;
    qint64 numbers = 0;
    QByteArray sum, average; ///< empty where not every cell is a number or NULL
    QByteArray least, most;  ///< of numbers, or of dates and times; else empty
    bool operator==(const Sums &) const = default;
};

struct TypedCell {
    std::optional<QByteArrayView> bytes;
    TypeClass type = TypeClass::Text;
};

Sums sumsOf(const QList<TypedCell> &cells);

} // namespace rows
