// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/packages.h"
#include "load/tsconfig.h"

namespace load
{

/// What an import means.
struct Resolution {
    enum class Kind {
        File,    ///< one of the workspace's
        Package, ///< installed or built in: not part of the project
        Missing, ///< a file that is not there
        Outside  ///< a file that is not inside of the workspace
    };
    Kind kind = Kind::Package;
    QString file; ///< canonical, of a File or what is Outside
};

/// Answers which file an import means, as TypeScript and the bundlers do: relative paths,
/// tsconfig `paths` and `baseUrl` first, then the package's own `imports`, then packages of the
/// workspace by their sources. Nothing is ever fetched, and no file is read but package.json and
/// tsconfig.json.
class Resolver
{
public:
    /// \a workspace is canonical.
    Resolver(Disk &disk, const QString &workspace);

    /// \a importer is a canonical file.
    Resolution resolve(const QString &importer, const QString &specifier);

    /// Whether a pattern of tsconfig's `paths` that is no catch-all fits \a specifier: then a
    /// package is hardly meant.
    bool isAlias(const QString &importer, const QString &specifier);

    Packages &packages() { return m_packages; }
    TsConfigs &tsConfigs() { return m_tsConfigs; }
    const QString &workspace() const { return m_workspace; }

private:
    Resolution found(const QString &path);
    QString aliased(const QString &folder, const QString &specifier);
    QString fromPackage(const QString &folder, const QString &specifier);

    Disk &m_disk;
    QString m_workspace;
    Packages m_packages;
    TsConfigs m_tsConfigs;
};

} // namespace load
