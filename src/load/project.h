// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "schema/database.h"
#include "schema/problem.h"

#include <QFuture>
#include <QStringList>

namespace load
{

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
};

/// The code of a project, evaluated.
struct Code {
    Config config;
    schema::Database schema;
    QList<schema::Problem> problems; ///< what is missing from the schema, and what is worth knowing
    QStringList files;               ///< every file of the bundle, absolute: what to watch
};

/// Finds the config of \a path (a folder, a config file, or one .ts schema file) and evaluates it
/// in the sandbox.
QFuture<base::Result<Config>> config(const base::Installation &installation, const QString &path);

/// Bundles and evaluates the schema of \a path in the sandbox.
QFuture<base::Result<Code>> code(const base::Installation &installation, const QString &path);

} // namespace load
