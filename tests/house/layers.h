// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

namespace house
{

/// One row of the dependency table in src/README.md.
struct Room {
    QString name;
    QStringList mayInclude; ///< other rooms
    QString links;          ///< the libraries as written: "Qt Core, libpq (private)"
};

/// The rows of the dependency table by room, in a text that holds one; the rest of the text is
/// skipped.
QHash<QString, Room> roomsOf(const QString &readme);

/// What is wrong with the includes of one file, a sentence each; nothing when all of them are
/// allowed. \a path is relative to src/.
QStringList offences(const QHash<QString, Room> &rooms, const QString &path,
                     const QString &content);

} // namespace house
