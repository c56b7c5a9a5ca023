// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/bundle.h"

namespace load
{

/// The libraries that a project is evaluated with, as resources/evaluator/main.js takes them;
/// empty where Sluice's own is to be used.
struct InstalledParts {
    QByteArray drizzle;
    QByteArray zod;
    QString zodSuffix; ///< JavaScript behind our own zod: which of its versions "zod" means
    QList<schema::Problem> notices;
};

/// The project's own drizzle-orm and zod, where \a bundle imports them and they are installed
/// inside of the workspace in another version than ours. esbuild makes one file of each; only files
/// of the package itself go into it. The result is kept in the person's cache folder and used again
/// while package.json and every file that went into it have their size and time of change.
InstalledParts installedParts(const base::Installation &installation, Bundler &bundler,
                              const Bundle &bundle, const Cancelled &cancelled);

/// Whether a project of which \a bundle is known so far may well be evaluated with Sluice's own
/// drizzle-orm. It may still turn out to have another one.
bool mayUseOwnDrizzle(Bundler &bundler, const Bundle &bundle);

/// The major version of the drizzle-orm that is installed for the project's folder, else of the one
/// that its package.json asks for; 0 when neither is known. drizzle-kit's goes with it.
int drizzleMajor(Bundler &bundler);

} // namespace load
