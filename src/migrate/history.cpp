// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/history.h"

#include "migrate/folderchange.h"
#include "migrate/journal.h"
#include "migrate/text.h"

#include <QCollator>
#include <QSet>

#include <algorithm>

namespace migrate
{

// lupdate takes base:: before a function's name for the context of its texts.
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

QStringList nestedFolders(const QString &folderPath)
{
    const QDir folder(folderPath);
    const QStringList left = leftoversIn(folderPath).folders;
    QStringList names;
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (left.contains(name))
            continue;
        if (folder.exists(name + QStringLiteral("/migration.sql")) ||
            folder.exists(name + QStringLiteral("/snapshot.json")))
            names << name;
    }
    // Node's localeCompare, which drizzle-orm's migrator sorts by.
    QCollator collator(QLocale(QLocale::English));
    std::ranges::sort(names, [&](const QString &one, const QString &other) {
        return collator.compare(one, other) < 0;
    });
    return names;
}

Result<NestedSnapshot> readNestedSnapshot(const QString &folderPath, const QString &folder)
{
    const QString path = folderPath + u'/' + folder + QStringLiteral("/snapshot.json");
    Result<Json> read = readJson(path);
    if (!read)
        return read.error();
    NestedSnapshot snapshot{
        .folder = folder, .id = textOf(*read, "id"), .parents = {}, .content = {}};
    const QString dialect = textOf(*read, "dialect"), version = textOf(*read, "version");
    if (snapshot.id.isEmpty() || !read->contains("prevIds"))
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("The file is not a snapshot of drizzle-kit"),
                     .where = path};
    if (dialect != QLatin1String("postgres"))
        return Error{.kind = ErrorKind::Unsupported,
                     .text = Text::tr("The snapshot is not one of PostgreSQL"),
                     .where = path,
                     .detail = Text::tr("its dialect is %1").arg(dialect)};
    if (version != QLatin1String("8") && version != QLatin1String("9"))
        return Error{.kind = ErrorKind::Unsupported,
                     .text = Text::tr("The snapshot has a version that is not supported"),
                     .where = path,
                     .detail = Text::tr("version %1, expected 8 or 9").arg(version),
                     .hint = version.toInt() < 8 ? Text::tr("run \"drizzle-kit up\"") : QString()};
    snapshot.version = version.toInt();
    snapshot.isBase = textOf(*read, "type") != QLatin1String("diff");
    snapshot.parents = textsOf(*read, "prevIds");
    snapshot.parents.removeAll(zeroSnapshotId);
    snapshot.content = std::move(read).value();
    return snapshot;
}

void History::add(NestedSnapshot snapshot)
{
    m_index.insert(snapshot.id, m_all.size());
    m_all << std::move(snapshot);
}

const NestedSnapshot *History::find(const QString &id) const
{
    const auto it = m_index.constFind(id);
    return it == m_index.constEnd() ? nullptr : &m_all[*it];
}

QStringList History::leaves() const
{
    QSet<QString> followed;
    for (const NestedSnapshot &snapshot : m_all) {
        for (const QString &parent : snapshot.parents)
            followed << parent;
    }
    QStringList ids;
    for (const NestedSnapshot &snapshot : m_all) {
        if (!followed.contains(snapshot.id))
            ids.prepend(snapshot.id);
    }
    return ids;
}

QSet<QString> History::ancestors(const QStringList &ids) const
{
    QSet<QString> found;
    QStringList open = ids;
    while (!open.isEmpty()) {
        const QString id = open.takeLast();
        const NestedSnapshot *snapshot = find(id);
        if (!snapshot || found.contains(id))
            continue;
        found << id;
        open += snapshot->parents;
    }
    return found;
}

Result<Done> History::addOthers(Rows &rows, const QStringList &parents) const
{
    const QSet<QString> main = ancestors({parents.first()});
    const QSet<QString> others = ancestors(parents.mid(1));
    for (const NestedSnapshot &snapshot : m_all) {
        if (!others.contains(snapshot.id) || main.contains(snapshot.id) || snapshot.isBase)
            continue;
        if (const auto applied = rows.apply(objectMember(snapshot.content, "deltas")); !applied) {
            Error error = applied.error();
            error.where = snapshot.folder + QStringLiteral("/snapshot.json");
            return error;
        }
    }
    return Done();
}

Result<Rows> History::lineOf(const QString &id) const
{
    QList<const NestedSnapshot *> line;
    QSet<QString> seen;
    const NestedSnapshot *snapshot = find(id);
    for (; snapshot && !snapshot->isBase; snapshot = find(snapshot->parents.value(0))) {
        if (seen.contains(snapshot->id))
            break;
        seen << snapshot->id;
        line.prepend(snapshot);
    }
    if (!snapshot || !snapshot->isBase)
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("The snapshots do not go back to a first one"),
                     .where = line.isEmpty() ? id : line.first()->folder,
                     .hint = Text::tr("restore the missing migration from git")};
    Result<Rows> rows = Rows::from(objectMember(snapshot->content, "ddl"));
    for (const NestedSnapshot *step : std::as_const(line)) {
        if (!rows)
            break;
        Result<Done> applied = Done();
        if (step->parents.size() > 1)
            applied = addOthers(rows.value(), step->parents);
        if (applied)
            applied = rows.value().apply(objectMember(step->content, "deltas"));
        if (!applied)
            rows = applied.error();
        if (!rows)
            snapshot = step;
    }
    if (rows)
        return rows;
    Error error = rows.error();
    if (error.where.isEmpty())
        error.where = snapshot->folder + QStringLiteral("/snapshot.json");
    return error;
}

Result<Rows> History::stateOf(const QStringList &ids) const
{
    if (ids.isEmpty())
        return Rows();
    Result<Rows> rows = lineOf(ids.first());
    if (rows && ids.size() > 1) {
        if (const auto added = addOthers(rows.value(), ids); !added)
            return added.error();
    }
    return rows;
}

} // namespace migrate
