// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "session/connecting.h"

#include <QStringList>

namespace session
{

/// Which server a command talks to, and whether it may be one off this machine.
struct ServerOptions {
    QString project;
    QString url; ///< overrides the config's
    bool remote = false;
};

/// Which server it is, as far as its address tells.
enum class Environment { Local, Staging, Production, Remote };

/// Guesses the environment from host and database name; an address that says nothing is Remote.
Environment environmentOf(const QString &host, bool localhost, const QString &database);

/// The same of a whole target: one behind an SSH host is never local.
Environment environmentOf(const Target &target);

/// local, staging, production or remote, in every language.
QString environmentWord(Environment environment);
/// The same for people, in theirs: the word beside the colour.
QString environmentLabel(const QString &word);

/// The error for a project without a database URL: which names were looked for, and where.
base::Error noUrl(const QString &projectPath, const QStringList &namesTried,
                  const QString &reason = {});

} // namespace session
