// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folderchange.h"

#include "migrate/files.h"
#include "migrate/journal.h"
#include "migrate/text.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSet>

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

const QString metaName = QStringLiteral("meta");
const QString manifestName = QStringLiteral("manifest.json");

QByteArray hashOf(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
}

/// What a write was about, kept beside its files so that a later one can clear up after it.
struct Manifest {
    QMap<QString, QByteArray> create; ///< name beside meta/ and the content's hash
    QMap<QString, QByteArray> remove;
    QStringList tags;
};

Json toJson(const QMap<QString, QByteArray> &hashes)
{
    Json object = Json::object();
    for (auto it = hashes.begin(); it != hashes.end(); ++it)
        object[it.key().toStdString()] = it->toStdString();
    return object;
}

QMap<QString, QByteArray> hashesOf(const Json &object)
{
    QMap<QString, QByteArray> hashes;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->is_string())
            hashes.insert(QString::fromStdString(it.key()),
                          QByteArray::fromStdString(it->get<std::string>()));
    }
    return hashes;
}

QByteArray toText(const FolderChange &change)
{
    const auto hashed = [](QMap<QString, QByteArray> files) {
        for (QByteArray &content : files)
            content = hashOf(content);
        return files;
    };
    return stringify(Json{{"create", toJson(hashed(change.create))},
                          {"remove", toJson(hashed(change.remove))},
                          {"tags", migrate::toJson(change.tags)}});
}

Manifest manifestIn(const QString &staging)
{
    const Result<Json> read = readJson(staging + u'/' + manifestName);
    if (!read)
        return {};
    return {hashesOf(objectOf(*read, "create")), hashesOf(objectOf(*read, "remove")),
            textsOf(*read, "tags")};
}

/// A folder of migrations with no journal has no step in which several appear at once.
bool isNested(const QString &name)
{
    return name.contains(u'/');
}

/// The names beside meta/ that \a files are or lie in.
QStringList topsOf(const QStringList &files)
{
    QStringList tops;
    for (const QString &name : files)
        tops << name.section(u'/', 0, 0);
    tops.removeDuplicates();
    return tops;
}

/// Whether the journal has all of \a tags, which is when their write came to its end.
bool isInJournal(const QString &folder, const QStringList &tags)
{
    const Result<Json> journal = readJson(journalPath(folder));
    if (!journal || !journal->is_object())
        return false;
    QSet<QString> known;
    const auto entries = journal->find("entries");
    if (entries != journal->end() && entries->is_array()) {
        for (const Json &entry : *entries)
            known << textOf(entry, "tag");
    }
    return std::ranges::all_of(tags, [&](const QString &tag) { return known.contains(tag); });
}

/// Whether the write of \a manifest came to its end: without a journal, when all folders are there.
bool isDone(const QString &folder, const Manifest &manifest)
{
    if (!manifest.tags.isEmpty())
        return isInJournal(folder, manifest.tags);
    return std::ranges::all_of(topsOf(manifest.create.keys()), [&](const QString &name) {
        return files::isThere(folder + u'/' + name);
    });
}

/// Whether the file \a name of \a folder is what \a hash says.
bool isAs(const QString &folder, const QString &name, const QByteArray &hash)
{
    QFile file(folder + u'/' + name);
    return file.open(QIODevice::ReadOnly) && hashOf(file.readAll()) == hash;
}

/// One write: prepare, land, clear up.
class Write
{
public:
    Write(const FolderChange &change, QString folder)
        : m_change(change)
        , m_folder(std::move(folder))
        , m_staging(m_folder + u'/' + stagingName())
    {
    }
    ~Write()
    {
        if (m_done)
            return;
        // Without the lock the prepared files are another writer's.
        for (auto it = m_landed.crbegin(); it != m_landed.crend(); ++it)
            files::removeTree(*it);
        if (m_lock)
            files::removeTree(m_staging);
        for (auto it = m_made.crbegin(); it != m_made.crend(); ++it)
            QDir().rmdir(*it);
    }

    Result<Done> run(const QByteArray &fingerprint)
    {
        if (const auto made = makeFolder(); !made)
            return made;
        Result<files::Lock> lock = files::Lock::take(m_folder);
        if (!lock)
            return lock.error();
        m_lock.emplace(std::move(lock).value());
        clearLeftovers();
        if (fingerprintOf(m_folder) != fingerprint)
            return changed();
        if (const auto prepared = prepare(); !prepared)
            return prepared;
        if (const auto landed = land(); !landed)
            return landed;
        m_done = true;
        for (auto it = m_change.remove.begin(); it != m_change.remove.end(); ++it)
            QFile::remove(m_folder + u'/' + it.key());
        files::removeTree(m_staging);
        return Done();
    }

private:
    Error changed() const
    {
        return {.kind = ErrorKind::Refused,
                .text = Text::tr("The migrations folder has changed since it was read"),
                .where = m_folder,
                .hint = Text::tr("read it again")};
    }

    Result<Done> makeFolder()
    {
        QStringList missing;
        for (QString path = m_folder; !QFileInfo::exists(path); path = QFileInfo(path).path())
            missing.prepend(path);
        for (const QString &path : std::as_const(missing)) {
            if (const auto made = files::makeFolder(path); !made)
                return made;
            m_made << path;
        }
        return Done();
    }

    /// Clears up after a write that was killed: before its end what it brought, after it what it
    /// should have taken away. A file that somebody has changed since stays.
    void clearLeftovers()
    {
        if (!QFileInfo::exists(m_staging))
            return;
        const Leftovers left = leftoversIn(m_folder);
        for (const QString &name : left.files)
            QFile::remove(m_folder + u'/' + name);
        for (const QString &name : left.folders)
            files::removeTree(m_folder + u'/' + name);
        files::removeTree(m_staging);
    }

    Result<Done> prepare()
    {
        for (const QString &name : topsOf(m_change.create.keys())) {
            if (files::isThere(m_folder + u'/' + name))
                return alreadyThere(m_folder + u'/' + name);
        }
        if (const auto made = files::makeFolder(m_staging); !made)
            return made;
        if (const auto put = files::write(m_staging + u'/' + manifestName, toText(m_change)); !put)
            return put;
        for (auto it = m_change.create.begin(); it != m_change.create.end(); ++it) {
            const QString path = m_staging + u'/' + it.key();
            if (isNested(it.key()) && !QFileInfo::exists(QFileInfo(path).path())) {
                if (const auto made = files::makeFolder(QFileInfo(path).path()); !made)
                    return made;
            }
            if (const auto put = files::write(path, *it); !put)
                return put;
        }
        return m_change.meta.isEmpty() ? Result<Done>(Done()) : prepareMeta();
    }

    /// The meta/ that will be: what is there, linked, and what is new.
    Result<Done> prepareMeta()
    {
        const QString now = m_folder + u'/' + metaName;
        const QString next = m_staging + u'/' + metaName;
        if (files::isThere(now) && !files::isPlainFolder(now) && !QFileInfo(now).isDir())
            return Error{.kind = ErrorKind::Io,
                         .text = Text::tr("A file lies where a folder has to be"),
                         .where = now};
        if (const auto made = files::makeFolder(next); !made)
            return made;
        m_before = files::entriesOf(now);
        for (const files::Entry &entry : std::as_const(m_before)) {
            if (m_change.meta.contains(entry.name) || m_change.metaRemove.contains(entry.name))
                continue;
            if (entry.isFolder) {
                m_mayExchange = false;
                continue;
            }
            if (const auto linked =
                    files::duplicate(now + u'/' + entry.name, next + u'/' + entry.name);
                !linked)
                return linked;
        }
        for (auto it = m_change.meta.begin(); it != m_change.meta.end(); ++it) {
            const bool isFolder = std::ranges::any_of(m_before, [&](const files::Entry &entry) {
                return entry.name == it.key() && entry.isFolder;
            });
            if (isFolder)
                return Error{.kind = ErrorKind::Io,
                             .text = Text::tr("A folder lies where a file has to be"),
                             .where = now + u'/' + it.key()};
            if (const auto put = files::write(next + u'/' + it.key(), *it); !put)
                return put;
        }
        m_mayExchange = m_mayExchange && (!files::isThere(now) || files::isPlainFolder(now));
        return Done();
    }

    static Error alreadyThere(const QString &path)
    {
        return {.kind = ErrorKind::Refused,
                .text = Text::tr("The file is there already"),
                .where = path};
    }

    /// What lies beside meta/ first: the journal alone makes migrations exist.
    Result<Done> land()
    {
        for (const QString &name : topsOf(m_change.create.keys())) {
            const QString target = m_folder + u'/' + name;
            if (const auto moved = files::moveNew(m_staging + u'/' + name, target); !moved)
                return moved;
            m_landed << target;
        }
        return m_change.meta.isEmpty() ? files::sync(m_folder) : landMeta();
    }

    Result<Done> landMeta()
    {
        const QString now = m_folder + u'/' + metaName;
        const QString next = m_staging + u'/' + metaName;
        if (!files::isThere(now))
            return files::moveNew(next, now);
        if (m_mayExchange) {
            const Result<bool> exchanged = files::exchange(next, now);
            if (!exchanged)
                return exchanged.error();
            if (*exchanged) {
                // `next` is the old one now. Somebody may have written into it meanwhile.
                if (files::entriesOf(next) == m_before)
                    return files::sync(m_folder);
                (void)files::exchange(next, now);
                return changed();
            }
        }
        return landMetaOneByOne();
    }

    /// Where two folders cannot be exchanged: new files, then what is replaced, the journal last.
    Result<Done> landMetaOneByOne()
    {
        const QString now = m_folder + u'/' + metaName + u'/';
        const QString next = m_staging + u'/' + metaName + u'/';
        QStringList names = m_change.meta.keys();
        std::ranges::stable_sort(names, {}, [&](const QString &name) {
            return name == QLatin1String(FolderChange::journal) ? 2 : files::isThere(now + name);
        });
        for (const QString &name : std::as_const(names)) {
            const bool isNew = !files::isThere(now + name);
            if (const auto moved = isNew ? files::moveNew(next + name, now + name)
                                         : files::moveOver(next + name, now + name);
                !moved)
                return moved;
            if (isNew)
                m_landed << now + name;
        }
        for (const QString &name : m_change.metaRemove)
            QFile::remove(now + name);
        return files::sync(now);
    }

    const FolderChange &m_change;
    QString m_folder;
    QString m_staging;
    std::optional<files::Lock> m_lock;
    QStringList m_made;   ///< folders that are new
    QStringList m_landed; ///< paths that go again on failure
    QList<files::Entry> m_before;
    bool m_mayExchange = true;
    bool m_done = false;
};
} // namespace

QString stagingName()
{
    return QStringLiteral(".sluice-write");
}

Leftovers leftoversIn(const QString &folder)
{
    const QString staging = folder + u'/' + stagingName();
    if (!QFileInfo::exists(staging))
        return {};
    Leftovers left{.any = true, .files = {}};
    const Manifest manifest = manifestIn(staging);
    const QMap<QString, QByteArray> &stale =
        isDone(folder, manifest) ? manifest.remove : manifest.create;
    QStringList changed;
    for (auto it = stale.begin(); it != stale.end(); ++it) {
        const bool isOurs = isAs(folder, it.key(), *it);
        if (!isNested(it.key()) && isOurs)
            left.files << it.key();
        else if (isNested(it.key()))
            (isOurs ? left.folders : changed) << it.key();
    }
    left.folders = topsOf(left.folders);
    for (const QString &name : topsOf(changed))
        left.folders.removeAll(name);
    return left;
}

base::Result<base::Done> apply(const FolderChange &change, const QString &folder,
                               const QByteArray &fingerprint)
{
    return Write(change, folder).run(fingerprint);
}

base::Result<base::Done> addFile(const QString &folder, const QString &name,
                                 const QByteArray &content)
{
    const Result<files::Lock> lock = files::Lock::take(folder);
    if (!lock)
        return lock.error();
    const QString path = folder + u'/' + name;
    if (files::isThere(path))
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The file is there already"),
                     .where = path};
    const QString prepared = folder + u'/' + stagingName() + QStringLiteral("-file");
    QFile::remove(prepared);
    Result<Done> done = files::write(prepared, content);
    if (done)
        done = files::moveNew(prepared, path);
    if (!done)
        QFile::remove(prepared);
    return done;
}

} // namespace migrate
