// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/resolver.h"

#include "load/disk.h"

#include <QDir>
#include <QFileInfo>

namespace load
{

namespace
{

/// The file that a tsconfig's `extends` names in a package that is part of the workspace, or
/// installed in it.
QString extendedFile(Disk &disk, Packages &packages, const QString &folder,
                     const QString &specifier)
{
    const QString name = packageNameOf(specifier);
    if (name.isEmpty())
        return {};
    const Package *package = packages.inWorkspace(folder, name);
    const QString root = package ? package->folder : packages.installed(folder, name);
    if (root.isEmpty())
        return {};
    const QString inside = specifier.sliced(name.size());
    const QString path = root + inside;
    for (const char *ending : {"", ".json", "/tsconfig.json"}) {
        if (disk.isFile(path + QLatin1String(ending)))
            return path + QLatin1String(ending);
    }
    return package ? packages.fileOf(*package, u'.' + inside) : QString();
}

} // namespace

Resolver::Resolver(Disk &disk, const QString &workspace)
    : m_disk(disk)
    , m_workspace(workspace)
    , m_packages(disk, workspace)
    , m_tsConfigs(disk, workspace, [this](const QString &folder, const QString &specifier) {
        return extendedFile(m_disk, m_packages, folder, specifier);
    })
{
}

Resolution Resolver::found(const QString &path)
{
    if (path.isEmpty())
        return {Resolution::Kind::Missing, {}};
    const QString file = m_disk.canonical(path);
    const bool inside = file.startsWith(m_workspace + u'/') || m_workspace == u"/";
    return {inside ? Resolution::Kind::File : Resolution::Kind::Outside, file};
}

/// What tsconfig makes of \a specifier; empty when it says nothing or means nothing that is there.
QString Resolver::aliased(const QString &folder, const QString &specifier)
{
    for (const TsConfig *config : m_tsConfigs.forFolder(folder)) {
        for (const QString &candidate : config->candidates(specifier)) {
            if (const QString file = fileOrIndexAt(m_disk, candidate); !file.isEmpty())
                return file;
        }
        if (config->baseUrl.isEmpty() || specifier.startsWith(u'#'))
            continue;
        const QString file = fileOrIndexAt(m_disk, config->baseUrl + u'/' + specifier);
        if (!file.isEmpty())
            return file;
    }
    return {};
}

QString Resolver::fromPackage(const QString &folder, const QString &specifier)
{
    const QString name = packageNameOf(specifier);
    // These two are evaluated as they are, by the copies that the project or Sluice has of them.
    if (name.isEmpty() || name == u"drizzle-orm" || name == u"zod")
        return {};
    const Package *package = m_packages.inWorkspace(folder, name);
    return package ? m_packages.fileOf(*package, u'.' + specifier.sliced(name.size())) : QString();
}

bool Resolver::isAlias(const QString &importer, const QString &specifier)
{
    for (const TsConfig *config : m_tsConfigs.forFolder(QFileInfo(importer).path())) {
        for (const auto &[pattern, targets] : config->paths) {
            const qsizetype star = pattern.indexOf(u'*');
            if (pattern == specifier || (star > 0 && specifier.startsWith(pattern.first(star))))
                return true;
        }
    }
    return false;
}

Resolution Resolver::resolve(const QString &importer, const QString &specifier)
{
    const QString folder = importer.first(importer.lastIndexOf(u'/'));
    const bool relative = specifier == u"." || specifier == u".." ||
                          specifier.startsWith(QLatin1String("./")) ||
                          specifier.startsWith(QLatin1String("../"));
    if (relative || specifier.startsWith(u'/')) {
        const QString path = relative ? folder + u'/' + specifier : specifier;
        const bool isFolder = path.endsWith(u'/') || path.endsWith(QLatin1String("/.."));
        QString file = fileOrIndexAt(m_disk, QDir::cleanPath(path) +
                                                 (isFolder ? QStringLiteral("/") : QString()));
        if (const qsizetype query = path.lastIndexOf(u'?'); file.isEmpty() && query > 0)
            file = fileOrIndexAt(m_disk, QDir::cleanPath(path.first(query))); // ./icon.svg?url
        return found(file);
    }
    if (specifier.isEmpty() || specifier.startsWith(QLatin1String("node:")))
        return {};
    if (const QString file = aliased(folder, specifier); !file.isEmpty())
        return found(file);
    QString meant = specifier;
    if (specifier.startsWith(u'#')) {
        const Package *own = m_packages.nearest(folder);
        meant = own ? m_packages.internalImport(*own, specifier) : QString();
        if (meant.startsWith(u'/'))
            return found(meant);
    }
    if (const QString file = fromPackage(folder, meant); !file.isEmpty())
        return found(file);
    return {};
}

} // namespace load
