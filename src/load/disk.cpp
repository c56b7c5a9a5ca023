// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/disk.h"

#include "load/environment.h"

#include <QDir>

namespace load
{

Inputs::Folder &Disk::folderAt(const QString &path)
{
    auto folder = m_inputs.folders.find(path);
    if (folder == m_inputs.folders.end()) {
        folder = m_inputs.folders.insert(path, {});
        folder->stamp = disk::stampOf(path.isEmpty() ? QStringLiteral("/") : path);
    }
    return *folder;
}

Inputs::Entry &Disk::at(const QString &path)
{
    const bool isClean = !path.endsWith(u'/') && !path.contains(QLatin1String("//")) &&
                         !path.contains(QLatin1String("/."));
    const QString clean = isClean ? path : QDir::cleanPath(path);
    const qsizetype slash = clean.lastIndexOf(u'/');
    const QString name = clean.sliced(slash + 1);
    Inputs::Folder &folder = folderAt(clean.first(std::max<qsizetype>(slash, 0)));
    auto entry = folder.entries.find(name);
    if (entry == folder.entries.end()) // "/" is the folder "" with an empty name in it
        entry = folder.entries.insert(name, disk::look(clean));
    return *entry;
}

QString Disk::canonical(const QString &path)
{
    const QString clean = QDir::cleanPath(path);
    if (clean == u"/")
        return clean;
    const auto known = m_canonical.constFind(clean);
    if (known != m_canonical.cend())
        return *known;
    const Inputs::Entry entry = at(clean);
    QString found;
    if (entry.isLink && entry.kind != Inputs::Kind::Absent) {
        found = entry.target;
    } else if (entry.kind != Inputs::Kind::Absent) {
        const qsizetype slash = clean.lastIndexOf(u'/');
        const QString folder = slash == 0 ? QStringLiteral("/") : canonical(clean.first(slash));
        found = (folder == u"/" ? QString() : folder) + clean.sliced(slash);
    }
    m_canonical.insert(clean, found);
    return found;
}

Disk::Content Disk::content(const QString &path, qint64 most)
{
    Inputs::Entry &entry = at(path);
    Inputs::Entry now = disk::look(path);
    Content content;
    content.text = disk::read(path, std::max(most, entry.asked), now, &content.error);
    content.size = now.stamp.size;
    // A file that was changed between two questions is none of which one record could tell.
    const bool first = entry.asked < 0;
    const bool same =
        entry.kind == now.kind && (first || entry.asked < most || entry.digest == now.digest);
    if (!same || (!first && entry.stamp != now.stamp))
        noteInexact();
    entry = now;
    content.text.truncate(most);
    return content;
}

QList<Disk::Item> Disk::list(const QString &path, const QString &part)
{
    const QString clean = QDir::cleanPath(path);
    Inputs::Folder &folder = folderAt(clean == u"/" ? QString() : clean);
    // Asked for with two parts, all files matter.
    const QString wide = folder.isListed && folder.part != part ? QString() : part;
    if (!folder.isListed || folder.part != wide) {
        folder.names = disk::listed(clean, wide);
        folder.part = wide;
        folder.isListed = true;
    }
    QList<Item> items;
    for (QString name : std::as_const(folder.names)) {
        Item item;
        if (name.endsWith(u'/') || name.endsWith(u'?')) {
            item.kind = name.endsWith(u'/') ? Inputs::Kind::Folder : Inputs::Kind::Other;
            name.chop(1);
        }
        item.isLink = name.endsWith(u'@') && at(clean + u'/' + name.chopped(1)).isLink;
        if (item.isLink)
            name.chop(1);
        item.name = name;
        folder.hasLinks = folder.hasLinks || item.isLink;
        if (item.isFolder() || part.isEmpty() || name.contains(part, Qt::CaseInsensitive))
            items.append(item);
    }
    std::ranges::sort(items, {}, &Item::name);
    return items;
}

QByteArray Disk::readSecret(const QString &path)
{
    if (!isFile(path))
        return {};
    m_inputs.secretFiles.append(path);
    Inputs::Entry unnoted = disk::look(path);
    return disk::read(path, largestOfVariables, unnoted);
}

void Disk::sealSecrets()
{
    m_inputs.secrets = digestOfVariables(m_inputs.secretFiles);
}

void Disk::noteReadByOthers(const QStringList &paths)
{
    for (const QString &path : paths) {
        content(path, 16 << 20);
        const Stamp &stamp = at(path).stamp;
        if (std::max(stamp.modified, stamp.changed) > m_inputs.begun)
            noteInexact(); // they may have read something else
    }
}

} // namespace load
