// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "load/project.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QTemporaryDir>

/// Small projects for tests that load them, and schemas as texts to compare.
namespace testsupport
{

using Files = QMap<QByteArray, QByteArray>; ///< name → text

/// A project folder inside a workspace folder that a test may put more files into.
class SmallProject
{
public:
    /// Inside of \a folder, or of the system's folder for temporary files.
    explicit SmallProject(const Files &files, const QString &folder = QDir::tempPath())
        : m_folder(folder + QStringLiteral("/project-XXXXXX"))
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("work/app"));
        // The workspace ends here, whatever lies above the temporary folder.
        write("../package.json", "{\"workspaces\": [\"app\"]}");
        if (!files.contains("drizzle.config.ts"))
            write("drizzle.config.ts",
                  "export default { dialect: 'postgresql', schema: './schema.ts' };\n");
        for (auto it = files.cbegin(); it != files.cend(); ++it)
            write(it.key(), it.value());
    }

    QString path() const { return m_folder.filePath(QStringLiteral("work/app")); }

    base::Result<load::Code> code() const
    {
        return base::await(
            load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), path()));
    }

private:
    void write(const QByteArray &name, const QByteArray &text) const
    {
        const QString path = QDir::cleanPath(this->path() + u'/' + QString::fromUtf8(name));
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
    }

    QTemporaryDir m_folder;
};

/// "file:line", or less when less is known.
inline QString printed(const schema::SourceLocation &location)
{
    return location.line == 0 ? location.file
                              : QStringLiteral("%1:%2").arg(location.file).arg(location.line);
}

/// One line each: "error schema.ts:4 text" or "notice schema.ts:4 text".
inline QString printed(const QList<schema::Problem> &problems)
{
    QStringList lines;
    for (const schema::Problem &problem : problems)
        lines.append((problem.severity == schema::Problem::Severity::Error
                          ? QStringLiteral("error ")
                          : QStringLiteral("notice ")) +
                     printed(problem.location) + u' ' + problem.text);
    return lines.join(u'\n');
}

} // namespace testsupport
