// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "schema/database.h"
#include "schema/problem.h"

#include <QFuture>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace load
{

class Inputs;

/// `entities.roles` of a config: which roles of a database belong to the project.
struct RolesFilter {
    bool wanted = false;
    QString provider; ///< "supabase" or "neon", whose own roles are left out; may be empty
    QStringList include;
    QStringList exclude;
};

/// drizzle.config.* as far as Sluice uses it (drizzle-kit.md 1.1); paths are absolute.
struct Config {
    QString file;            ///< the config file, or empty when a bare schema file was opened
    QString root;            ///< its folder
    QString folder;          ///< where drizzle-kit is run: what `schema` and `out` start from
    QStringList schema;      ///< files, folders or globs as written
    QStringList schemaFiles; ///< what they resolve to, in drizzle-kit's order
    QString out;             ///< migrations folder
    QString url; ///< dbCredentials as a URL (with its password: never print it); may be empty
    QStringList urlNamesTried; ///< names that were looked for, and where, when there is no url
    QString ledgerSchema = QStringLiteral("drizzle");
    QString ledgerTable = QStringLiteral("__drizzle_migrations");
    QString prefix = QStringLiteral("index");
    bool breakpoints = true;
    QString casing; ///< camelCase, snake_case or empty
    QStringList schemaFilter;
    QStringList tablesFilter;
    QStringList extensionsFilters; ///< extensions whose tables are none of the project's
    RolesFilter roles;
    int drizzleMajor = 0; ///< version of drizzle-orm, installed or else asked for; 0 is unknown too
    QString driver;       ///< "pglite", "aws-data-api" or empty
    QString noConnection; ///< why there is no url that Sluice could connect to; may be empty
    QList<schema::Problem> problems; ///< what reading it noticed
};

/// The code of a project, evaluated.
struct Code {
    Config config;
    schema::Database schema;
    QList<schema::Problem> problems; ///< what is missing from the schema, and what is worth knowing
};

/// The drizzle configs in \a path, a folder, and below it, absolute, nearer ones first; those for
/// another database are left out when there is one for PostgreSQL. Skips node_modules, dist, build
/// and hidden folders, follows no links, and ends after seven levels or 20,000 folders.
QStringList findConfigs(const QString &path);

/// The nearest folder above \a folder that has a drizzle config for the same package: in its
/// workspace, without one up to the next package.json. Empty when there is none.
QString folderWithConfigAbove(const QString &folder);

/// Finds the config of \a path (a folder, a config file, or one .ts schema file) and evaluates it
/// in the sandbox.
QFuture<base::Result<Config>> config(const base::Installation &installation, const QString &path);

/// Called with the config of what is loaded, from the loading thread, long before there is a
/// schema.
using ConfigRead = std::function<void(const Config &)>;

/// Bundles and evaluates the schema of \a path in the sandbox. What was asked of the disk for it is
/// in \a inputs when the future is finished, also when reading failed.
QFuture<base::Result<Code>> code(const base::Installation &installation, const QString &path,
                                 std::shared_ptr<Inputs> inputs = nullptr,
                                 const ConfigRead &configRead = {});

/// What keepCode() kept.
struct KeptCode {
    Code code; ///< without the config's url
    bool isExact =
        false; ///< evaluating it again gives the same: it asked for no time and no chance
};

/// What was kept of \a path, while all that it was read from is the same: a small part of what
/// code() takes. Nothing when SLUICE_NO_CACHE is set.
std::optional<KeptCode> keptCode(const QString &path);

/// Keeps \a code, the answer of code(), in the person's cache folder for the next time \a path is
/// read, when nothing is missing from it and all \a inputs still hold; on a thread of the pool, for
/// which the program waits at its end. Neither the url nor a
/// variable's value is written.
QFuture<void> keepCode(const QString &path, const Code &code, const Inputs &inputs);

/// What code() answers, waited for: from what was kept when that is exact, else it is kept. Without
/// the config's url, for which there is config().
base::Result<Code> currentCode(const base::Installation &installation, const QString &path,
                               const ConfigRead &configRead = {});

/// The same of what config() answers.
base::Result<Config> currentConfig(const base::Installation &installation, const QString &path);

} // namespace load
