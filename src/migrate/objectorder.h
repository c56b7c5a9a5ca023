// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <algorithm>
#include <limits>

namespace migrate
{

/// The number that \a name is as a key of a JavaScript object (2024, not 007); none sorts last.
inline quint64 objectKey(const QString &name)
{
    constexpr quint64 none = std::numeric_limits<quint64>::max();
    bool number = false;
    const quint64 key = name.toULongLong(&number);
    const bool canonical = number && QString::number(key) == name;
    return canonical && key < 4'294'967'295U ? key : none;
}

/// \a parts in the order of a JavaScript object's keys, which drizzle-kit goes by: names that look
/// like an array index come first, by number, the others stay as they are.
template <typename Part> QList<Part> inObjectOrder(QList<Part> parts)
{
    std::ranges::stable_sort(parts, {}, [](const Part &part) { return objectKey(part.name); });
    return parts;
}

} // namespace migrate
