// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/workspace.h"

#include "load/glob.h"
#include "load/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace load
{

namespace
{

bool hasWorkspaces(const QString &packageFile)
{
    constexpr qint64 largest = 4 << 20; // bytes
    QFile file(packageFile);
    if (!QFileInfo(packageFile).isFile() || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.read(largest);
    const auto json = nlohmann::json::parse(text.cbegin(), text.cend(), nullptr, false);
    return json.is_object() && json.contains("workspaces");
}

} // namespace

QString workspaceOf(const QString &folder)
{
    const QString start = QDir(folder).canonicalPath();
    constexpr std::array markers{".git", "pnpm-workspace.yaml", "lerna.json", "nx.json"};
    QDir at(start);
    do {
        const bool isMarked = std::any_of(markers.begin(), markers.end(), [&](const char *name) {
            return at.exists(QLatin1String(name));
        });
        if (isMarked || hasWorkspaces(at.filePath(QStringLiteral("package.json"))))
            return at.path();
    } while (!at.isRoot() && at.cdUp());
    return start;
}

base::Result<QStringList> schemaFiles(const QString &root, const QStringList &patterns)
{
    QStringList files;
    for (const QString &pattern : patterns) {
        for (const QString &match : globMatches(root, pattern)) {
            QStringList here{match};
            if (QFileInfo(match).isDir()) {
                const QDir folder(match);
                here.clear();
                for (const QString &name :
                     folder.entryList(QDir::Files | QDir::Hidden, QDir::NoSort))
                    here.append(folder.filePath(name));
                here.sort();
            }
            for (const QString &file : std::as_const(here)) {
                if (!files.contains(file))
                    files.append(file);
            }
        }
    }
    if (files.isEmpty())
        return base::Error{
            .kind = base::ErrorKind::NotFound,
            .text = Text::tr("The schema files of the project are not there"),
            .where = patterns.join(QLatin1String(", ")),
            .detail = Text::tr("nothing in %1 matches").arg(root),
            .hint = Text::tr("Correct `schema` in the drizzle config"),
        };
    return files;
}

} // namespace load
