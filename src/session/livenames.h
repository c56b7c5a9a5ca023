// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <algorithm>

namespace session
{

/// What the server calls something that was given \a name.
QString liveName(const QString &name);
QStringList liveNames(const QStringList &names);
schema::Name liveName(const schema::Name &name);

/// What the server calls a type that the schema declares: the name of one of its own is cut.
QString liveType(const schema::Column &declared);

/// The part called \a name; null when there is none.
template <typename Part> Part *named(QList<Part> &parts, const QString &name)
{
    const auto it = std::ranges::find(parts, name, &Part::name);
    return it == parts.end() ? nullptr : &*it;
}

} // namespace session
