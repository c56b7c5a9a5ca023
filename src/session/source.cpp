// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/source.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "load/project.h"
#include "migrate/folder.h"
#include "pg/pool.h"

#include <QFileInfo>
#include <QtConcurrent>

namespace session
{

namespace
{
using base::Result;

QList<schema::Problem> toProblems(const QStringList &notices)
{
    QList<schema::Problem> problems;
    for (const QString &notice : notices)
        problems << schema::Problem{.text = notice, .hint = {}, .location = {}, .importChain = {}};
    return problems;
}

Result<SourceSchema> ofCode(const base::Installation &installation, const QString &path)
{
    Result<load::Code> code = base::await(load::code(installation, path));
    if (!code)
        return code.error();
    return SourceSchema{code->schema, code->problems};
}

Result<SourceSchema> ofFolder(const base::Installation &installation, const QString &project)
{
    const Result<load::Config> config = base::await(load::config(installation, project));
    if (!config)
        return config.error();
    Result<migrate::Folder> folder = migrate::readFolder(config->out);
    if (!folder)
        return folder.error();
    return SourceSchema{folder->schema, toProblems(folder->notices)};
}

Result<SourceSchema> ofDatabase(const QString &url)
{
    const auto pool = std::make_shared<pg::Pool>(pg::Settings{.url = url});
    const Result<load::Catalog> catalog = base::await(load::catalog(pool, {}));
    if (!catalog)
        return catalog.error();
    return SourceSchema{catalog->schema, {}};
}

Result<SourceSchema> ofSnapshot(const QString &path)
{
    const Result<schema::Database> snapshot = migrate::readSnapshotFile(path);
    if (!snapshot)
        return snapshot.error();
    return SourceSchema{*snapshot, {}};
}
} // namespace

bool isDatabaseUrl(const QString &source)
{
    return source.startsWith(QLatin1String("postgres://")) ||
           source.startsWith(QLatin1String("postgresql://"));
}

QFuture<Result<SourceSchema>> loadSource(const base::Installation &installation,
                                         const QString &source)
{
    return QtConcurrent::run([installation, source]() -> Result<SourceSchema> {
        const QString folderPrefix = QStringLiteral("folder:");
        if (source.startsWith(folderPrefix))
            return ofFolder(installation, source.mid(folderPrefix.size()));
        if (isDatabaseUrl(source))
            return ofDatabase(source);
        if (source.endsWith(QLatin1String(".json")) &&
            !QFileInfo(source).fileName().startsWith(QLatin1String("drizzle")))
            return ofSnapshot(source);
        return ofCode(installation, source);
    });
}

} // namespace session
