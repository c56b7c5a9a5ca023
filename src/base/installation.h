// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace base
{

/// Where the files that came with this program lie. A build tree has the shape of an installation.
struct Installation {
    QString share;   ///< …/share/sluice: evaluator/, sample/, translations/
    QString libexec; ///< …/libexec/sluice: sluice-evaluator

    QString evaluator() const { return libexec + QStringLiteral("/sluice-evaluator"); }
    /// esbuild's executable, taken from its npm package at build time.
    QString esbuild() const { return share + QStringLiteral("/evaluator/esbuild"); }
    /// The script every evaluation starts with: drizzle-orm, zod, the stand-ins and the serializer.
    QString prelude() const { return share + QStringLiteral("/evaluator/prelude.js"); }
    QString sample() const { return share + QStringLiteral("/sample"); }
    QString translations() const { return share + QStringLiteral("/translations"); }
};

/// The installation that the program in \a binaryFolder (its applicationDirPath()) belongs to.
Installation installationOf(const QString &binaryFolder);

} // namespace base
