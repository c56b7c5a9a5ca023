// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/samplefiles.h"

#include "pg/clusterfolder.h"
#include "session/text.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace session
{

namespace
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

Error ioError(const QString &what, const QString &file, const QString &why = {})
{
    return {.kind = ErrorKind::Io,
            .text = what,
            .where = QDir::toNativeSeparators(file),
            .detail = why};
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return ioError(Text::tr("A file of the sample project cannot be read"), path,
                       file.errorString());
    return file.readAll();
}

Result<Done> writeFile(const QString &path, const QByteArray &content)
{
    const QString folder = QFileInfo(path).path();
    if (!QDir().mkpath(folder))
        return ioError(Text::tr("A folder for the sample project cannot be made"), folder);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.flush())
        return ioError(Text::tr("A file of the sample project cannot be written"), path,
                       file.errorString());
    return Done{};
}

/// Writes each file anew, so that the copy does not inherit read-only permissions of an
/// installation.
Result<Done> copyFiles(const QString &source, const QString &target)
{
    const QDir from(source);
    if (!from.exists())
        return Error{.kind = ErrorKind::NotFound,
                     .text = Text::tr("The sample project is not installed"),
                     .where = QDir::toNativeSeparators(source),
                     .hint = Text::tr("Install Sluice again")};
    QDirIterator it(source, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString file = it.next();
        const QString relative = from.relativeFilePath(file);
        if (relative.startsWith(QLatin1String("node_modules/")))
            continue;
        const Result<QByteArray> content = readFile(file);
        if (!content)
            return content.error();
        if (Result<Done> written = writeFile(target + QLatin1Char('/') + relative, *content);
            !written)
            return written;
    }
    return Done{};
}

Result<Done> replaceIn(const QString &project, const QJsonObject &replacement)
{
    const QString path =
        project + QLatin1Char('/') + replacement.value(QLatin1String("file")).toString();
    Result<QByteArray> content = readFile(path);
    if (!content)
        return content.error();
    const QByteArray find = replacement.value(QLatin1String("find")).toString().toUtf8();
    if (find.isEmpty() || content->count(find) != 1)
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("The sample's change does not fit its file"),
                     .where = QDir::toNativeSeparators(path),
                     .detail = Text::tr("the text to replace does not occur exactly once"),
                     .hint = Text::tr("Install Sluice again")};
    content->replace(find, replacement.value(QLatin1String("with")).toString().toUtf8());
    return writeFile(path, *content);
}

} // namespace

Result<Done> applySampleChange(const QString &changeFolder, const QString &project)
{
    const QString file = changeFolder + QStringLiteral("/change.json");
    const Result<QByteArray> content = readFile(file);
    if (!content)
        return content.error();
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(*content, &problem);
    if (document.isNull())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("The sample's change cannot be read"),
                     .where = QDir::toNativeSeparators(file),
                     .detail = problem.errorString()};

    const QJsonArray additions = document.object().value(QLatin1String("add")).toArray();
    for (const QJsonValue &addition : additions) {
        const Result<QByteArray> added =
            readFile(changeFolder + QLatin1Char('/') + addition[QLatin1String("file")].toString());
        if (!added)
            return added.error();
        const QString target =
            project + QLatin1Char('/') + addition[QLatin1String("as")].toString();
        if (Result<Done> written = writeFile(target, *added); !written)
            return written;
    }
    const QJsonArray replacements = document.object().value(QLatin1String("replace")).toArray();
    for (const QJsonValue &replacement : replacements)
        if (Result<Done> replaced = replaceIn(project, replacement.toObject()); !replaced)
            return replaced;
    return Done{};
}

QString newCopyMarker(const QString &target)
{
    return target + QStringLiteral(".new-copy");
}

Result<Done> copySample(const SampleSource &source, const QString &target)
{
    if (QFileInfo::exists(target))
        return Done{};
    const QString parent = QFileInfo(target).path();
    if (!QDir().mkpath(parent))
        return ioError(Text::tr("A folder for the sample project cannot be made"), parent);

    // Two programs may start at once; the second one waits and then finds the copy.
    const Result<pg::FileLock> lock =
        pg::FileLock::take(target + QStringLiteral(".lock"), pg::FileLock::Mode::Exclusive);
    if (!lock)
        return lock.error();
    if (QFileInfo::exists(target))
        return Done{};

    const QString draft = target + QStringLiteral(".new");
    if (!QDir(draft).removeRecursively())
        return ioError(Text::tr("A copy that was begun earlier cannot be removed"), draft);
    Result<Done> made = copyFiles(source.project, draft);
    if (made.ok())
        made = applySampleChange(source.change, draft);
    if (made.ok())
        made = writeFile(newCopyMarker(target), {});
    if (made.ok() && !QDir().rename(draft, target))
        made = ioError(Text::tr("The copy of the sample project cannot be put in place"), target);
    if (!made)
        QDir(draft).removeRecursively();
    return made;
}

} // namespace session
