// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "migrate/renames.h"
#include "schema/database.h"
#include "schema/problem.h"

#include <QFuture>

#include <memory>

namespace session
{

struct LiveDatabase;

/// A schema with what its loader noticed.
struct SourceSchema {
    schema::Database schema;
    QList<schema::Problem> problems;
};

/// Whether \a source names a live database.
bool isDatabaseUrl(const QString &source);

/// The schema of a source as the command line names it (cli.md): a project folder, a config file, a
/// .ts file, folder:<project>, a snapshot .json, or a postgres:// URL.
QFuture<base::Result<SourceSchema>> loadSource(const base::Installation &installation,
                                               const QString &source);

struct Sides {
    SourceSchema from, to;
    migrate::RenameAnswers answers; ///< that the project among them keeps in its folder
    std::shared_ptr<const LiveDatabase> database; ///< what a plan between them runs on: `from`
};

/// Two sources, made comparable: of a live database what the other side's project leaves to others
/// is taken out, and what means the same is written alike (align.h), also under a name that by
/// \a options or the kept answers is new. Blocks; both are read at once.
base::Result<Sides> loadSides(const base::Installation &installation, const QString &from,
                              const QString &to, const migrate::AnswerOptions &options = {});

} // namespace session
