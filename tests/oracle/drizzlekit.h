// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace testsupport
{

/// What a run of the real tool gave. It swallows errors and exits 0 then: read the text.
struct ToolRun {
    int exitCode = -1; ///< -1: not started, crashed or out of time
    QString output;    ///< standard output and error together, without colours
};

/// Variables on top of the test's own environment, of which DATABASE_URL and PG… are left out.
using Environment = QMap<QString, QString>;

/// Runs `drizzle-kit <arguments>` in \a project, whose node_modules must be there; \a timeLimit ms
/// at most.
ToolRun drizzleKit(const QString &project, const QStringList &arguments,
                   const Environment &environment = {}, int timeLimit = 120'000);

/// Makes the oracle's node_modules visible in \a project by a link; false when that fails.
bool linkNodeModules(const QString &project);

/// Copies \a source into \a target (made if absent), without its node_modules; false when a file
/// fails.
bool copyFolder(const QString &source, const QString &target);

/// A project of its own for one test case: a temporary copy with node_modules linked.
class ProjectCopy
{
public:
    explicit ProjectCopy(const QString &source);

    bool isValid() const { return m_valid; }
    QString path() const;
    QString filePath(const QString &relative) const;
    ToolRun drizzleKit(const QStringList &arguments, const Environment &environment = {}) const;

private:
    QTemporaryDir m_folder;
    bool m_valid = false;
};

} // namespace testsupport
