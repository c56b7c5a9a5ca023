// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>

namespace load
{

class Disk;

/// A package.json and the folder it is in.
struct Package {
    QString folder; ///< canonical
    QString name;   ///< may be empty
    nlohmann::ordered_json json;
};

/// The file that \a path means as npm's tools understand it: itself, with one of TypeScript's
/// endings, `.js` that was written and `.ts` that is there. Empty when there is none.
QString fileAt(Disk &disk, const QString &path);

/// fileAt(), else for a folder its package.json's entry or its index.
QString fileOrIndexAt(Disk &disk, const QString &path);

/// The packages of a workspace (npm, yarn, pnpm), read when they are asked for. What is below a
/// `node_modules` folder is none of them, unless that is a link back into the workspace.
class Packages
{
public:
    /// \a workspace is canonical.
    Packages(Disk &disk, const QString &workspace);
    ~Packages();

    /// The nearest package at or above \a folder, not above the workspace.
    const Package *nearest(const QString &folder);

    /// The package of the workspace that is called \a name, seen from \a folder.
    const Package *inWorkspace(const QString &folder, const QString &name);

    /// The folder that \a name is installed in for the files in \a folder, canonical and inside of
    /// the workspace; empty when it is not.
    QString installed(const QString &folder, const QString &name) const;

    /// The same wherever a link leads to.
    QString linked(const QString &folder, const QString &name) const;

    /// The version of \a name in a catalog of pnpm-workspace.yaml, or of Bun's package.json; the
    /// default one is called "".
    QString catalogVersion(const QString &catalog, const QString &name) const;

    /// The source file that \a package gives for \a subpath ("." or "./x"): through `exports`,
    /// `main`, `module` and `types`, and from a built file back to its source. Empty when it gives
    /// none.
    QString fileOf(const Package &package, const QString &subpath) const;

    /// What `#name` means in \a package by its `imports`: an absolute path of a file, the name of
    /// a package, or empty.
    QString internalImport(const Package &package, const QString &specifier) const;

private:
    const Package *read(const QString &folder);
    void list();
    QString dependency(const QString &folder, const QString &name);
    QString anywhere(const QString &name);

    Disk &m_disk;
    QString m_workspace;
    bool m_listed = false;
    QHash<QString, std::shared_ptr<const Package>> m_folders; ///< null: there is none
    QHash<QString, QString> m_names;                          ///< name → folder
    std::optional<QHash<QString, QString>> m_all;             ///< the same, listed or not
};

/// A JSON file that people write: with comments and commas before a closing bracket. Not an object
/// when it cannot be read.
nlohmann::ordered_json readJsonWithComments(const QByteArray &text);

/// \a specifier as Node writes it: without where Deno's say a package is from, and its version.
QString withoutOrigin(const QString &specifier);

/// "@scope/name" or "name" of an import specifier; empty when it is none.
QString packageNameOf(const QString &specifier);

} // namespace load
