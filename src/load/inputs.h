// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace load
{

/// By what a file is taken for the one that it was, as git does: sizes in bytes, times in
/// nanoseconds since 1970.
struct Stamp {
    qint64 size = -1; ///< -1: it is not there
    qint64 modified = 0;
    qint64 changed = 0; ///< of the inode: a modification time can be set, this one cannot
    quint64 inode = 0;
    quint64 device = 0;
    bool operator==(const Stamp &) const = default;
};

/// What reading a project asked of the disk and of the environment, and what it was told: reading
/// it again gives the same as long as all of it holds. One record is both, the key under which an
/// answer is kept and the list of what to watch. Disk fills it.
class Inputs
{
public:
    enum class Kind : quint8 { Absent, File, Folder, Other };

    /// What a path answered.
    struct Entry {
        Kind kind = Kind::Absent; ///< of what a link leads to
        bool isLink = false;
        QString target;    ///< where a link leads, canonical
        qint64 asked = -1; ///< bytes of the content that were asked for, at most; -1: none
        Stamp stamp;       ///< of the content
        QByteArray digest; ///< of the file's size and what was asked for
    };

    /// What is in a folder. Names do not come or go without a trace in its stamp.
    struct Folder {
        Stamp stamp; ///< before the first question about it
        QHash<QString, Entry> entries;
        bool isListed = false;
        bool hasLinks = false; ///< what they lead to changes without a trace in the folder
        QString part;          ///< files without it in their name do not matter
        QStringList names;     ///< as listed() answers
    };

    /// What a look at the disk gave.
    struct Check {
        bool holds = true;
        int compared = 0; ///< files whose content had to be read
    };

    /// Whether every answer is still what it was: stamps first, contents where those differ or are
    /// too young to tell. When all holds, the new stamps are taken over.
    Check check();

    /// Whether one of the answers about \a paths, or about what is in these folders, is another;
    /// then the new one is taken over. Names that cannot be a source's are let pass.
    bool update(const QSet<QString> &paths);

    /// What \a other was told of the disk was told here too.
    void add(const Inputs &other);

    /// What has to be watched so that update() can be asked in time: files whose content was read,
    /// the folders that were asked about, and for one that is not there the one that will hold it.
    /// Not what is above the workspace, and of an installed package its package.json alone.
    QStringList watchedPaths() const;

    /// The folders and files as one text, a line each: for tests and for people.
    QStringList lines() const;

    QHash<QString, Folder> folders;
    QList<std::pair<QString, Stamp>> own; ///< what Sluice itself contributes
    QStringList secretFiles;              ///< of variables: only `secrets` knows their content
    QByteArray secrets; ///< one digest of all variables, so that none can be guessed by itself
    QString workspace;
    qint64 begun = 0;  ///< ns since 1970; what is younger is not trusted by its stamp
    bool exact = true; ///< false: something was asked that no record holds, as the time

private:
    bool covers(const QString &path, const Folder &folder, Stamp &now) const;
    bool isYoung(const Stamp &stamp) const;
    bool holds(const QString &path, Entry &entry, int *compared) const;
};

/// What is asked of the disk. It writes nothing down; Disk does.
namespace disk
{
/// The time of the clock that stamps files, which is a tick behind.
qint64 now();
Stamp stampOf(const QString &path); ///< of what a link leads to
/// Without content.
Inputs::Entry look(const QString &path);
/// Up to \a most bytes of \a path, and into \a entry their digest; an error's text otherwise.
QByteArray read(const QString &path, qint64 most, Inputs::Entry &entry, QString *error = nullptr);
/// Sorted: "name" of a file, "name/" of a folder, "name?" of what is neither; of a link to one with
/// a @ behind the name.
QStringList listed(const QString &folder, const QString &part);
/// Whether a file called \a name can be part of a schema or say how it is read.
bool isSourceName(const QString &name);
} // namespace disk

} // namespace load
