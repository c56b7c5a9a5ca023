// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/source/editorcommand.h"

#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>

namespace studio
{

namespace
{

struct Known {
    const char *program;
    const char *name;
    const char *arguments;
};

// clang-format off
const Known editors[] = {
    {"code", "Visual Studio Code", "-g {file}:{line}:{column}"},
    {"codium", "VSCodium", "-g {file}:{line}:{column}"},
    {"cursor", "Cursor", "-g {file}:{line}:{column}"},
    {"windsurf", "Windsurf", "-g {file}:{line}:{column}"},
    {"code-insiders", "Visual Studio Code Insiders", "-g {file}:{line}:{column}"},
    {"zed", "Zed", "{file}:{line}:{column}"},
    {"zeditor", "Zed", "{file}:{line}:{column}"},
    {"webstorm", "WebStorm", "--line {line} --column {column} {file}"},
    {"idea", "IntelliJ IDEA", "--line {line} --column {column} {file}"},
    {"subl", "Sublime Text", "{file}:{line}:{column}"},
    {"kate", "Kate", "--line {line} --column {column} {file}"},
    {"kdevelop", "KDevelop", "{file}:{line}:{column}"},
    {"qtcreator", "Qt Creator", "-client {file}:{line}:{column}"},
    {"gedit", "gedit", "+{line}:{column} {file}"},
    {"geany", "Geany", "--line {line} --column {column} {file}"},
    {"mousepad", "Mousepad", "--line {line} --column {column} {file}"},
    {"nvim-qt", "Neovim Qt", "-- +{line} {file}"},
    {"gvim", "gVim", "+{line} {file}"},
    {"emacsclient", "Emacs", "-n -a emacs +{line}:{column} {file}"},
    {"emacs", "Emacs", "+{line}:{column} {file}"},
};
// clang-format on

/// A word of a command, quoted the way QProcess::splitCommand() reads it.
QString quoted(QString word)
{
    if (!word.contains(QLatin1Char(' ')) && !word.contains(QLatin1Char('"')))
        return word;
    word.replace(QLatin1Char('"'), QLatin1String("\"\"\""));
    return QLatin1Char('"') + word + QLatin1Char('"');
}

EditorCommand commandOf(const Known &editor, const QString &program)
{
    return {QString::fromLatin1(editor.name),
            quoted(program) + QLatin1Char(' ') + QLatin1String(editor.arguments)};
}

/// In one pass, so that what stands in a file's name is left alone.
QString filled(const QString &word, const FilePlace &place)
{
    static const QRegularExpression mark(QStringLiteral("\\{(file|line|column)\\}"));
    QString out;
    qsizetype from = 0;
    for (auto it = mark.globalMatch(word); it.hasNext();) {
        const QRegularExpressionMatch found = it.next();
        out += word.mid(from, found.capturedStart() - from);
        const QString name = found.captured(1);
        out += name == QLatin1String("file")   ? place.file
               : name == QLatin1String("line") ? QString::number(std::max(place.line, 1))
                                               : QString::number(std::max(place.column, 1));
        from = found.capturedEnd();
    }
    return out + word.mid(from);
}

} // namespace

QList<EditorCommand> installedEditors(const FindProgram &find)
{
    QList<EditorCommand> installed;
    for (const Known &editor : editors)
        if (!find(QLatin1String(editor.program)).isEmpty())
            installed << commandOf(editor, QLatin1String(editor.program));
    return installed;
}

std::optional<EditorCommand> detectedEditor(const QProcessEnvironment &environment,
                                            const FindProgram &find)
{
    for (const char *variable : {"VISUAL", "EDITOR"}) {
        const QString program =
            QProcess::splitCommand(environment.value(QLatin1String(variable))).value(0);
        const QString base = QFileInfo(program).fileName();
        const auto *known = std::ranges::find_if(editors, [&base](const Known &editor) {
            return base == QLatin1String(editor.program);
        });
        if (known != std::end(editors) && !find(program).isEmpty())
            return commandOf(*known, program);
    }
    const QList<EditorCommand> installed = installedEditors(find);
    return installed.isEmpty() ? std::nullopt : std::optional(installed.first());
}

std::optional<Launch> launchOf(const QString &command, const FilePlace &place)
{
    QStringList words = QProcess::splitCommand(command);
    if (words.isEmpty())
        return std::nullopt;
    if (!command.contains(QLatin1String("{file}")))
        words << QStringLiteral("{file}");
    Launch launch{.program = words.takeFirst(), .arguments = {}};
    for (const QString &word : std::as_const(words))
        launch.arguments << filled(word, place);
    return launch;
}

} // namespace studio
