// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QStringList>

namespace house
{

/// One row of the dependency table in src/README.md.
struct Room {
    QString name;
    QStringList mayInclude; ///< other rooms
    QString links;          ///< the libraries as written: "Qt Core, libpq (private)"
};

/// What the includes are checked against.
struct Layers {
    QHash<QString, Room> rooms; ///< by name
    QSet<QString> innerHeaders; ///< show a private library, so that no other room may include them
};

/// The rows of the dependency table in a text that holds one; the rest of the text is skipped.
QHash<QString, Room> roomsOf(const QString &readme);

/// Whether a header with this text belongs to the inner ones.
bool showsPrivateLibrary(const QString &content);

/// What is wrong with the includes of one file, a sentence each; nothing when all of them are
/// allowed. \a path is relative to src/.
QStringList offences(const Layers &layers, const QString &path, const QString &content);

} // namespace house
