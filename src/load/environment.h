// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/problem.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace load
{

class Disk;

constexpr qint64 largestOfVariables = 1 << 20; ///< bytes of a file of variables

using Variables = QMap<QString, QString>;

/// The variables that a project's code may see: its own `.env*` files, and of the person's
/// environment only DATABASE_*, POSTGRES_* and PG*.
struct Environment {
    Variables values;               ///< what process.env starts with
    QMap<QString, Variables> files; ///< each file that was found, by absolute path: for dotenv
};

/// NAME=value lines with comments, `export`, and single, double or back quotes; no interpolation.
Variables parseEnvironmentFile(const QByteArray &text);

/// Reads `.env`, `.env.development`, `.env.local` and `.env.development.local` in \a root and the
/// folders above it up to \a workspace, later and nearer files first; the person's variables come
/// before all of them.
/// `.env.production` and its like are never read: opening a project must not lead to production.
Environment environmentOf(Disk &disk, const QString &root, const QString &workspace);

/// Reads those of \a files, absolute, that the project's code names itself and that lie in the
/// workspace into \a environment, and says whether there were any; of those that may not be read
/// but are there a notice is made.
bool addNamedFiles(Disk &disk, const QStringList &files, Environment &environment,
                   QList<schema::Problem> &notices);

/// One digest of the person's variables that a project may see and of what is in \a files.
QByteArray digestOfVariables(const QStringList &files);

/// \a text of the project's code without what is secret in \a environment: URLs with a password,
/// values of variables called PASSWORD, SECRET, TOKEN or KEY. Such a value becomes <NAME>, the
/// password of any other URL an ellipsis.
QString withoutSecrets(QString text, const Environment &environment);

} // namespace load
