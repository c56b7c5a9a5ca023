// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <optional>

namespace pg
{

/// A connection as it is written down, without defaults: libpq's keywords (host, port, user,
/// password, dbname, sslmode, service, …) and what they are set to.
using Parts = QMap<QString, QString>;

/// Takes a URL or key=value text apart; nothing when it cannot be read.
std::optional<Parts> partsOf(const QString &text);

/// The same as a postgres:// URL, with the password when it is among them.
QString urlOf(const Parts &parts);

} // namespace pg
