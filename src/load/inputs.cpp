// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/inputs.h"

#include "load/environment.h"
#include "load/text.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <array>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace load
{

namespace
{

using Kind = Inputs::Kind;

constexpr qint64 second = 1'000'000'000;
constexpr qint64 tick = 20'000'000; ///< ns; the clock that stamps files is behind by less

Stamp toStamp(const struct stat &of)
{
    return {qint64(of.st_size), qint64(of.st_mtim.tv_sec) * second + of.st_mtim.tv_nsec,
            qint64(of.st_ctim.tv_sec) * second + of.st_ctim.tv_nsec, quint64(of.st_ino),
            quint64(of.st_dev)};
}

Kind kindOf(mode_t mode)
{
    return S_ISREG(mode) ? Kind::File : S_ISDIR(mode) ? Kind::Folder : Kind::Other;
}

QString canonicalOf(const QByteArray &path)
{
    char *found = ::realpath(path.constData(), nullptr);
    const QString result = QFile::decodeName(found);
    std::free(found);
    return result;
}

/// Of what is listed: the names that matter to someone who waits for a source.
QStringList sourcesIn(QStringList names)
{
    names.removeIf([](const QString &name) {
        const bool isFolder = name.endsWith(u'/');
        return isFolder ? name.startsWith(u'.')
                        : !disk::isSourceName(name.endsWith(u'@') ? name.chopped(1) : name);
    });
    return names;
}

} // namespace

qint64 disk::now()
{
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &time);
    return qint64(time.tv_sec) * second + time.tv_nsec;
}

Stamp disk::stampOf(const QString &path)
{
    struct stat found {
    };
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 ? toStamp(found) : Stamp();
}

Inputs::Entry disk::look(const QString &path)
{
    Inputs::Entry entry;
    const QByteArray name = QFile::encodeName(path);
    struct stat found {
    };
    if (::lstat(name.constData(), &found) != 0)
        return entry;
    entry.isLink = S_ISLNK(found.st_mode);
    if (entry.isLink) {
        entry.target = canonicalOf(name);
        if (::stat(name.constData(), &found) != 0)
            return entry;
    }
    entry.kind = kindOf(found.st_mode);
    entry.stamp = toStamp(found);
    return entry;
}

QByteArray disk::read(const QString &path, qint64 most, Inputs::Entry &entry, QString *error)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256); // SHA-256 takes five times as long
    hash.addData(QByteArray::number(entry.stamp.size));
    entry.asked = most;
    QByteArray text;
    QFile file(path);
    // A pipe would be waited for.
    if (entry.kind != Kind::Other && file.open(QIODevice::ReadOnly)) {
        text = file.read(most);
        hash.addData("\n");
        hash.addData(text);
    } else if (error) {
        *error = entry.kind == Kind::Other ? Text::tr("it is no file") : file.errorString();
    }
    entry.digest = hash.result();
    return text;
}

QStringList disk::listed(const QString &folder, const QString &part)
{
    QStringList names;
    const QByteArray path = folder.isEmpty() ? "/" : QFile::encodeName(folder);
    DIR *open = ::opendir(path.constData());
    if (!open)
        return names;
    while (const dirent *item = ::readdir(open)) {
        QString name = QFile::decodeName(item->d_name);
        if (name == u"." || name == u"..")
            continue;
        bool isFolder = item->d_type == DT_DIR, isFile = item->d_type == DT_REG;
        bool isLink = false;
        if (!isFolder && !isFile) { // a link, or something the file system does not tell at once
            const Inputs::Entry entry = look(folder + u'/' + name);
            isFolder = entry.kind == Kind::Folder;
            isFile = entry.kind == Kind::File;
            isLink = entry.isLink;
        }
        if (isLink)
            name += u'@';
        if (isFolder)
            names.append(name + u'/');
        else if (part.isEmpty() || name.contains(part, Qt::CaseInsensitive))
            names.append(isFile ? name : name + u'?');
    }
    ::closedir(open);
    names.sort();
    return names;
}

bool disk::isSourceName(const QString &name)
{
    static const std::array suffixes{".ts",  ".tsx", ".mts", ".cts",  ".js",
                                     ".jsx", ".mjs", ".cjs", ".json", ".yaml"};
    return name.startsWith(QLatin1String(".env")) || name == u".git" ||
           std::ranges::any_of(suffixes, [&](const char *suffix) {
               return name.endsWith(QLatin1String(suffix), Qt::CaseInsensitive);
           });
}

/// A file that was changed in the same tick of the clock as it was read may have kept its stamp.
bool Inputs::isYoung(const Stamp &stamp) const
{
    const qint64 newest = std::max(stamp.modified, stamp.changed);
    const bool coarse = stamp.modified % second == 0 && stamp.changed % second == 0;
    return newest >= begun - (coarse ? 2 * second : tick);
}

/// Whether the stamp of \a folder tells that no name in it came, went or was replaced.
bool Inputs::covers(const QString &path, const Folder &folder, Stamp &now) const
{
    now = disk::stampOf(path.isEmpty() ? QStringLiteral("/") : path);
    return now == folder.stamp && (now.size < 0 || !isYoung(now));
}

/// Whether \a path still answers as \a entry; its new stamp is taken over.
bool Inputs::holds(const QString &path, Entry &entry, int *compared) const
{
    Entry now = disk::look(path);
    if (now.kind != entry.kind || now.isLink != entry.isLink || now.target != entry.target)
        return false;
    if (entry.asked < 0 || (now.stamp == entry.stamp && !isYoung(now.stamp)))
        return true;
    ++*compared;
    disk::read(path, entry.asked, now);
    const bool same = now.digest == entry.digest;
    if (same)
        entry.stamp = now.stamp;
    return same;
}

Inputs::Check Inputs::check()
{
    Check result;
    const qint64 started = disk::now();
    const auto fails = [&] {
        result.holds = false;
        return result;
    };
    for (const auto &[path, stamp] : std::as_const(own)) {
        if (disk::stampOf(path) != stamp)
            return fails();
    }
    if (!secrets.isEmpty() && digestOfVariables(secretFiles) != secrets)
        return fails();
    for (auto it = folders.begin(); it != folders.end(); ++it) {
        Stamp now;
        const bool same = covers(it.key(), *it, now);
        const bool listingHolds = !it->isListed || (same && !it->hasLinks) ||
                                  disk::listed(it.key(), it->part) == it->names;
        if (!listingHolds)
            return fails();
        for (auto entry = it->entries.begin(); entry != it->entries.end(); ++entry) {
            const bool covered = same && !entry->isLink && entry->asked < 0;
            if (!covered && !holds(it.key() + u'/' + entry.key(), *entry, &result.compared))
                return fails();
        }
        it->stamp = now;
    }
    begun = started;
    return result;
}

bool Inputs::update(const QSet<QString> &paths)
{
    bool changed = false;
    int compared = 0;
    const auto look = [&](const QString &path, Entry &entry) {
        if (holds(path, entry, &compared))
            return;
        Entry now = disk::look(path);
        if (entry.asked >= 0)
            disk::read(path, entry.asked, now);
        entry = now;
        changed = true;
    };
    for (auto it = folders.begin(); it != folders.end(); ++it) {
        // One that is not there yet will appear in a folder above it.
        const bool all = paths.contains(it.key()) || it->stamp.size < 0;
        Stamp now;
        const bool same = all && covers(it.key(), *it, now);
        if (all && it->isListed && (!same || it->hasLinks)) {
            const QStringList names = disk::listed(it.key(), it->part);
            changed = changed || sourcesIn(names) != sourcesIn(it->names);
            it->names = names;
        }
        for (auto entry = it->entries.begin(); entry != it->entries.end(); ++entry) {
            const QString path = it.key() + u'/' + entry.key();
            const bool covered = same && !entry->isLink && entry->asked < 0;
            if ((all && !covered) || paths.contains(path))
                look(path, *entry);
        }
        if (all)
            it->stamp = now;
    }
    if (secrets.isEmpty())
        return changed;
    const QByteArray variables = digestOfVariables(secretFiles);
    return variables != std::exchange(secrets, variables) || changed;
}

void Inputs::add(const Inputs &other)
{
    for (auto it = other.folders.cbegin(); it != other.folders.cend(); ++it) {
        if (!folders.contains(it.key())) {
            folders.insert(it.key(), *it);
            continue;
        }
        Inputs::Folder &folder = folders[it.key()];
        for (auto entry = it->entries.cbegin(); entry != it->entries.cend(); ++entry) {
            const auto known = folder.entries.find(entry.key());
            if (known == folder.entries.end() || known->asked < entry->asked)
                folder.entries.insert(entry.key(), *entry);
        }
    }
}

QStringList Inputs::watchedPaths() const
{
    const auto isInside = [&](const QString &folder) {
        return folder == workspace || folder.startsWith(workspace + u'/');
    };
    QSet<QString> paths(secretFiles.cbegin(), secretFiles.cend());
    for (auto it = folders.cbegin(); it != folders.cend(); ++it) {
        const bool installed = it.key().contains(QLatin1String("/node_modules/"));
        bool wanted = it->isListed || !installed;
        for (auto entry = it->entries.cbegin(); entry != it->entries.cend(); ++entry) {
            if (entry->asked < 0 || (installed && entry.key() != u"package.json"))
                continue;
            wanted = true;
            if (entry->kind == Kind::File)
                paths.insert(it.key() + u'/' + entry.key());
        }
        if (!wanted || !isInside(it.key()))
            continue;
        QString folder = it.key();
        while (folder != workspace && disk::stampOf(folder).size < 0)
            folder = folder.first(folder.lastIndexOf(u'/'));
        paths.insert(folder);
    }
    return paths.values();
}

QStringList Inputs::lines() const
{
    QStringList lines;
    for (auto it = folders.cbegin(); it != folders.cend(); ++it) {
        if (it->isListed)
            lines.append(QStringLiteral("lists %1/*%2").arg(it.key(), it->part));
        for (auto entry = it->entries.cbegin(); entry != it->entries.cend(); ++entry) {
            const char *said = entry->asked >= 0             ? "reads"
                               : entry->kind == Kind::Absent ? "lacks"
                               : entry->kind == Kind::Folder ? "finds folder"
                                                             : "finds";
            lines.append(QLatin1String(said) + u' ' + it.key() + u'/' + entry.key());
        }
    }
    for (const QString &file : secretFiles)
        lines.append(QStringLiteral("keeps secret ") + file);
    lines.sort();
    return lines;
}

} // namespace load
