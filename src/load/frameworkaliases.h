// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace load
{

class Disk;

/// Patterns of imports and what they mean, as in the `paths` of a tsconfig.json.
using Aliases = QList<std::pair<QString, QStringList>>;

/// The aliases in the tsconfig.json that SvelteKit makes of its own in \a folder: $lib, and what
/// svelte.config.js says. A fresh clone has no such file.
Aliases svelteKitAliases(Disk &disk, const QString &folder);

/// The same for Nuxt: ~, ~~ and their like, #shared, and what nuxt.config.ts says.
Aliases nuxtAliases(Disk &disk, const QString &folder);

/// The `imports` of a deno.json that mean files.
Aliases denoAliases(const QByteArray &denoJson);

} // namespace load
