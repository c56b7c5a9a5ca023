// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>

namespace diff
{

/// The entries of \a list by name; they must outlive it. A name that comes twice means its first.
template <typename Entry> auto byName(const QList<Entry> &list)
{
    QHash<decltype(Entry::name), const Entry *> found;
    found.reserve(list.size());
    for (auto it = list.crbegin(); it != list.crend(); ++it)
        found.insert(it->name, &*it);
    return found;
}

/// Two lists as pairs of one name, and what only one of them has; each in its list's order.
template <typename Entry> struct Sides {
    QList<std::pair<const Entry *, const Entry *>> both;
    QList<const Entry *> dropped, added;
};

template <typename Entry> Sides<Entry> sidesOf(const QList<Entry> &from, const QList<Entry> &to)
{
    Sides<Entry> sides;
    const auto before = byName(from);
    const auto after = byName(to);
    for (const Entry &entry : from) {
        if (const Entry *other = after.value(entry.name))
            sides.both << std::pair(&entry, other);
        else
            sides.dropped << &entry;
    }
    for (const Entry &entry : to) {
        if (!before.contains(entry.name))
            sides.added << &entry;
    }
    return sides;
}

} // namespace diff
