// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <functional>
#include <memory>

namespace load
{

class Disk;

/// What a tsconfig.json, or Deno's in its place, says about imports, with what it extends; paths
/// are absolute.
struct TsConfig {
    QString file;
    QString baseUrl;   ///< may be empty
    QString pathsBase; ///< what `paths` are relative to
    QList<std::pair<QString, QStringList>> paths;
    QStringList references; ///< other tsconfig files of the same folder

    /// The paths, without an ending, that \a specifier may mean; empty when no pattern fits.
    QStringList candidates(const QString &specifier) const;
};

/// The tsconfig.json files of a workspace, read when they are asked for.
class TsConfigs
{
public:
    /// The file that an `extends` of a package ("@acme/tsconfig/base.json") names, or empty.
    using Locate = std::function<QString(const QString &folder, const QString &specifier)>;

    TsConfigs(Disk &disk, const QString &workspace, const Locate &locate)
        : m_disk(disk)
        , m_workspace(workspace)
        , m_locate(locate)
    {
    }

    /// The configs that hold for files in \a folder: the nearest one, then those it references.
    QList<const TsConfig *> forFolder(const QString &folder);

    /// The tsconfig.json that holds for \a folder; empty when there is none. With what it extends
    /// it is read, since esbuild does that too.
    QString fileFor(const QString &folder);

    /// "file: what it extends" for each that is not there.
    const QList<std::pair<QString, QString>> &missing() const { return m_missing; }

private:
    const TsConfig *read(const QString &file);
    void merge(TsConfig &config, const QString &file, const QString &leafFolder, int depth);
    QString extended(const QString &folder, const QString &specifier) const;

    Disk &m_disk;
    QString m_workspace;
    Locate m_locate;
    QHash<QString, std::shared_ptr<const TsConfig>> m_files;
    QHash<QString, QString> m_folders; ///< folder → the config that holds there
    QList<std::pair<QString, QString>> m_missing;
};

} // namespace load
