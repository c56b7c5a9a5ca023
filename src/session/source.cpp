// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/source.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "load/project.h"
#include "migrate/folder.h"
#include "pg/pool.h"
#include "session/align.h"
#include "session/filters.h"
#include "session/scratch.h"

#include <QFileInfo>
#include <QtConcurrent>

#include <optional>

namespace session
{

namespace
{
using base::Result;

/// A source with what comparing it with a database needs.
struct Side {
    SourceSchema source;
    std::optional<load::Config> config;          ///< of a project
    std::optional<QStringList> liveExtensions{}; ///< of a database
};

QList<schema::Problem> toProblems(const QStringList &notices)
{
    QList<schema::Problem> problems;
    for (const QString &notice : notices)
        problems << schema::Problem{.text = notice, .hint = {}, .location = {}, .importChain = {}};
    return problems;
}

Result<Side> ofCode(const base::Installation &installation, const QString &path)
{
    Result<load::Code> code = base::await(load::code(installation, path));
    if (!code)
        return code.error();
    return Side{{code->schema, code->problems}, code->config};
}

Result<Side> ofFolder(const base::Installation &installation, const QString &project)
{
    const Result<load::Config> config = base::await(load::config(installation, project));
    if (!config)
        return config.error();
    Result<migrate::Folder> folder = migrate::readFolder(config->out);
    if (!folder)
        return folder.error();
    return Side{{folder->schema, toProblems(folder->notices)}, *config};
}

Result<Side> ofDatabase(const QString &url)
{
    const auto pool = std::make_shared<pg::Pool>(pg::Settings{.url = url});
    const Result<load::Catalog> catalog = base::await(load::catalog(pool, {}));
    if (!catalog)
        return catalog.error();
    return Side{
        {catalog->schema, toProblems(catalog->notices)}, {}, extensionsOf(catalog->surroundings)};
}

Result<Side> ofSnapshot(const QString &path)
{
    const Result<schema::Database> snapshot = migrate::readSnapshotFile(path);
    if (!snapshot)
        return snapshot.error();
    return Side{{*snapshot, {}}, {}};
}

Result<Side> sideOf(const base::Installation &installation, const QString &source)
{
    const QString folderPrefix = QStringLiteral("folder:");
    if (source.startsWith(folderPrefix))
        return ofFolder(installation, source.mid(folderPrefix.size()));
    if (isDatabaseUrl(source))
        return ofDatabase(source);
    if (source.endsWith(QLatin1String(".json")) &&
        !QFileInfo(source).fileName().startsWith(QLatin1String("drizzle")))
        return ofSnapshot(source);
    return ofCode(installation, source);
}

/// Brings the database \a live to the notation of \a declared.
Result<base::Done> alignSides(Side &live, const Side &declared)
{
    schema::Database &schema = live.source.schema;
    if (declared.config)
        schema = withoutForeign(ofProjectSchemas(schema, *declared.config, declared.source.schema),
                                *declared.config, declared.source.schema);
    Scratch scratch{pg::Cluster::scratch()};
    const Result<Aligned> aligned =
        align(schema, declared.source.schema, scratch, *live.liveExtensions);
    if (!aligned)
        return aligned.error();
    schema = aligned->schema;
    live.source.problems += toProblems(aligned->notices);
    return base::Done{};
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
        const Result<Side> side = sideOf(installation, source);
        return side ? Result<SourceSchema>(side->source) : Result<SourceSchema>(side.error());
    });
}

Result<Sides> loadSides(const base::Installation &installation, const QString &from,
                        const QString &to)
{
    auto other = QtConcurrent::run([&] { return sideOf(installation, from); });
    Result<Side> right = sideOf(installation, to);
    Result<Side> left = base::await(other);
    if (!left)
        return left.error();
    if (!right)
        return right.error();
    // Of two databases the second one stays as it is.
    Side *live = left->liveExtensions ? &*left : right->liveExtensions ? &*right : nullptr;
    if (live) {
        if (const auto aligned = alignSides(*live, live == &*left ? *right : *left); !aligned)
            return aligned.error();
    }
    return Sides{left->source, right->source};
}

} // namespace session
