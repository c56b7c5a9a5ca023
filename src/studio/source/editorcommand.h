// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QStringList>

#include <functional>
#include <optional>

namespace studio
{

/// A place in a file on this machine; line and column count from 1, 0 is unknown.
struct FilePlace {
    QString file; ///< absolute
    int line = 0;
    int column = 0;
};

/// An editor and the words that start it. {file}, {line} and {column} stand for a place.
struct EditorCommand {
    QString name;    ///< for people
    QString command; ///< "code -g {file}:{line}:{column}"
    bool operator==(const EditorCommand &) const = default;
};

/// A program and its arguments, given to the system as they are: no shell reads them.
struct Launch {
    QString program;
    QStringList arguments;
    bool operator==(const Launch &) const = default;
};

/// Finds a program on the PATH, or answers with nothing: QStandardPaths::findExecutable.
using FindProgram = std::function<QString(const QString &name)>;

/// The editors with a window of their own that \a find finds, the most common first.
QList<EditorCommand> installedEditors(const FindProgram &find);

/// The editor a person without a choice gets: $VISUAL or $EDITOR when they name one that has a
/// window, else the first installed. Nothing: leave it to the desktop.
std::optional<EditorCommand> detectedEditor(const QProcessEnvironment &environment,
                                            const FindProgram &find);

/// \a command with \a place in it; a command that does not name {file} gets it at its end. Nothing
/// for an empty command.
std::optional<Launch> launchOf(const QString &command, const FilePlace &place);

} // namespace studio
