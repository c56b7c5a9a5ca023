// SPDX-License-Identifier: GPL-3.0-or-later
#include "drizzlekit.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

namespace testsupport
{

namespace
{

QString oracleFolder()
{
    return QStringLiteral(SLUICE_ORACLE_DIR);
}

QProcessEnvironment cleanEnvironment(const Environment &extra)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList keys = environment.keys();
    for (const QString &key : keys)
        if (key.startsWith(QLatin1String("PG")) || key == QLatin1String("DATABASE_URL"))
            environment.remove(key);
    environment.insert(QStringLiteral("NO_COLOR"), QStringLiteral("1"));
    for (auto it = extra.cbegin(); it != extra.cend(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

/// The spinner moves the cursor even without colours.
QString withoutEscapes(QString text)
{
    static const QRegularExpression escape(QStringLiteral("\x1b\\[[0-9;?]*[A-Za-z]"));
    return text.remove(escape);
}

} // namespace

ToolRun drizzleKit(const QString &project, const QStringList &arguments,
                   const Environment &environment, int timeLimit)
{
    QProcess process;
    process.setWorkingDirectory(project);
    process.setProcessEnvironment(cleanEnvironment(environment));
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(
        QProcess::nullDevice()); // a question ends the run instead of hanging it
    process.start(
        QStringLiteral("node"),
        QStringList{oracleFolder() + QStringLiteral("/node_modules/drizzle-kit/bin.cjs")} +
            arguments);
    if (!process.waitForStarted())
        return {.output = process.errorString()};
    const bool finished = process.waitForFinished(timeLimit);
    if (!finished) {
        process.kill();
        process.waitForFinished();
    }
    const bool exited = finished && process.exitStatus() == QProcess::NormalExit;
    return {.exitCode = exited ? process.exitCode() : -1,
            .output = withoutEscapes(QString::fromUtf8(process.readAll()))};
}

bool linkNodeModules(const QString &project)
{
    return QFile::link(oracleFolder() + QStringLiteral("/node_modules"),
                       project + QStringLiteral("/node_modules"));
}

bool copyFolder(const QString &source, const QString &target)
{
    const QDir from(source);
    if (!from.exists() || !QDir().mkpath(target))
        return false;
    QDirIterator it(source, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString file = it.next();
        const QString relative = from.relativeFilePath(file);
        if (relative.startsWith(QLatin1String("node_modules/")))
            continue;
        const QString copy = target + QLatin1Char('/') + relative;
        if (!QDir().mkpath(copy.section(QLatin1Char('/'), 0, -2)) || !QFile::copy(file, copy))
            return false;
    }
    return true;
}

ProjectCopy::ProjectCopy(const QString &source)
    : m_valid(m_folder.isValid() && copyFolder(source, m_folder.path()) &&
              linkNodeModules(m_folder.path()))
{
}

QString ProjectCopy::path() const
{
    return m_folder.path();
}

QString ProjectCopy::filePath(const QString &relative) const
{
    return m_folder.filePath(relative);
}

ToolRun ProjectCopy::drizzleKit(const QStringList &arguments, const Environment &environment) const
{
    return testsupport::drizzleKit(m_folder.path(), arguments, environment);
}

} // namespace testsupport
