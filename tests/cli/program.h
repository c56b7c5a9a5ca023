// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>

namespace testsupport
{

/// What the program said, and how it ended; -1 when it did not end by itself.
struct Run {
    int exitCode;
    QString output;
    QString error;
};

/// Runs the built `sluice` with \a databaseUrl as the only DATABASE_URL, or without one, and \a
/// input on standard input.
inline Run sluice(const QStringList &arguments, const QString &databaseUrl = {},
                  const QByteArray &input = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DATABASE_URL"));
    if (!databaseUrl.isEmpty())
        environment.insert(QStringLiteral("DATABASE_URL"), databaseUrl);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SLUICE_BUILD_DIR "/bin/sluice"), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, {}, process.errorString()};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace testsupport
