// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/source/editoropener.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QUrl>

namespace studio
{

using base::Error;
using base::ErrorKind;

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(studio::Editor)
};

base::Result<base::Done> openWithDesktop(const QString &file)
{
    if (QDesktopServices::openUrl(QUrl::fromLocalFile(file)))
        return base::Done{};
    return Error{.kind = ErrorKind::NotFound,
                 .text = Text::tr("No program was found that opens the file"),
                 .where = file,
                 .hint = Text::tr("choose the editor: Ctrl K, “Choose the editor…”")};
}

} // namespace

base::Result<base::Done> openInEditor(const QString &command, const FilePlace &place)
{
    if (!QFileInfo::exists(place.file))
        return Error{.kind = ErrorKind::NotFound,
                     .text = Text::tr("The file is not there any more"),
                     .where = place.file};
    QString used = command;
    if (used.trimmed().isEmpty()) {
        const auto detected =
            detectedEditor(QProcessEnvironment::systemEnvironment(), [](const QString &name) {
                return QStandardPaths::findExecutable(name);
            });
        if (!detected)
            return openWithDesktop(place.file);
        used = detected->command;
    }
    const std::optional<Launch> launch = launchOf(used, place);
    QProcess process;
    process.setProgram(launch ? launch->program : QString());
    process.setArguments(launch ? launch->arguments : QStringList());
    process.setWorkingDirectory(QFileInfo(place.file).path());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    if (process.startDetached())
        return base::Done{};
    return Error{.kind = ErrorKind::Process,
                 .text = Text::tr("The editor could not be started"),
                 .where = process.program(),
                 .detail = process.errorString(),
                 .hint = Text::tr("choose another: Ctrl K, “Choose the editor…”")};
}

} // namespace studio
