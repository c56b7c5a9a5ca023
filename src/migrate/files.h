// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

/// Steps on files that Qt does not have: without replacing, in exchange, onto the disk.
namespace migrate::files
{

/// Keeps other writers out of a folder while it lives; goes with the process, leaves no file. Where
/// the file system has no locks it keeps nobody out.
class Lock
{
public:
    static base::Result<Lock> take(const QString &folder);
    Lock(Lock &&other) noexcept;
    Lock &operator=(Lock &&) = delete;
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;
    ~Lock();

private:
    explicit Lock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor;
};

/// A name in a folder with what tells whether it was touched.
struct Entry {
    QString name;
    bool isFolder = false;
    qint64 inode = 0;
    qint64 size = 0;
    qint64 changed = 0; ///< ns, of the content
    bool operator==(const Entry &) const = default;
};
QList<Entry> entriesOf(const QString &folder); ///< sorted by name

bool isThere(const QString &path);       ///< also a link to nowhere
bool isPlainFolder(const QString &path); ///< and no link to one

base::Result<base::Done> makeFolder(const QString &path);
/// Writes a new file through to the disk.
base::Result<base::Done> write(const QString &path, const QByteArray &content);
/// Gives the file a second name; where that cannot be, a copy.
base::Result<base::Done> duplicate(const QString &from, const QString &to);
/// Renames where nothing is yet.
base::Result<base::Done> moveNew(const QString &from, const QString &to);
base::Result<base::Done> moveOver(const QString &from, const QString &to);
/// Swaps two folders in one step; false where the file system cannot.
base::Result<bool> exchange(const QString &one, const QString &other);
/// The folder's names are on the disk.
base::Result<base::Done> sync(const QString &folder);
/// A file, or a folder with all in it. Never follows a link.
void removeTree(const QString &path);

} // namespace migrate::files
