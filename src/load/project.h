// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "schema/database.h"
#include "schema/problem.h"

#include <QFuture>
#include <QStringList>

#include <optional>

namespace load
{

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
    QString driver;       ///< "pglite", "aws-data-api" or empty
    QString noConnection; ///< why there is no url that Sluice could connect to; may be empty
    QList<schema::Problem> problems; ///< what reading it noticed
};

/// The code of a project, evaluated.
struct Code {
    Config config;
    schema::Database schema;
    QList<schema::Problem> problems; ///< what is missing from the schema, and what is worth knowing
    QStringList files;               ///< every file of the bundle, absolute: what to watch
};

/// The drizzle configs in \a path, a folder, and below it, absolute, nearer ones first; those for
/// another database are left out when there is one for PostgreSQL. Skips node_modules, dist, build
/// and hidden folders, follows no links, and ends after seven levels or 20,000 folders.
QStringList findConfigs(const QString &path);

/// Finds the config of \a path (a folder, a config file, or one .ts schema file) and evaluates it
/// in the sandbox.
QFuture<base::Result<Config>> config(const base::Installation &installation, const QString &path);

/// Bundles and evaluates the schema of \a path in the sandbox.
QFuture<base::Result<Code>> code(const base::Installation &installation, const QString &path);

/// What rememberCode() kept of \a path, while every file of it, the variables its code sees and
/// Sluice itself are the same; without the config's url. Reads those files and nothing more: a
/// small part of what code() takes, whose answer is still the true one.
std::optional<Code> cachedCode(const base::Installation &installation, const QString &path);

/// Keeps \a code, the answer of code(), in the person's cache folder for the next time \a path is
/// opened, when nothing is missing from it. Neither the url nor a variable's value is written.
void rememberCode(const base::Installation &installation, const QString &path, const Code &code);

} // namespace load
