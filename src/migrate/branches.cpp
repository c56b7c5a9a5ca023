// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/branches.h"

#include "migrate/folder.h"
#include "migrate/journal.h"
#include "migrate/jsonfault.h"
#include "migrate/text.h"

#include <QHash>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
using base::Error;
using base::ErrorKind;
using base::Result;

Error refused(const QString &text, const QString &where, const QString &detail, const QString &hint)
{
    return {
        .kind = ErrorKind::Refused, .text = text, .where = where, .detail = detail, .hint = hint};
}

Result<Json> parse(const QByteArray &text, const QString &path)
{
    Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (json.is_discarded())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("The file is not valid JSON"),
                     .where = path,
                     .detail = {},
                     .hint = Text::tr("restore it from git")};
    return json;
}

class Finder
{
public:
    explicit Finder(QString folder)
        : m_folder(std::move(folder))
    {
    }

    Result<Branches> find(const QStringList &ours)
    {
        if (const auto read = readJournal(); !read)
            return read.error();
        if (const auto read = readSnapshots(); !read)
            return read.error();
        return split(ours);
    }

private:
    enum class Side { Both, First, Second };
    struct Entry {
        BranchEntry entry;
        Side side = Side::Both;
    };

    Result<base::Done> readJournal()
    {
        const QString path = journalPath(m_folder);
        const Result<QByteArray> bytes = readFile(path);
        if (!bytes)
            return bytes.error();
        const auto [first, second] = sidesOf(*bytes);
        const Result<Json> one = parse(first, path), other = parse(second, path);
        if (!one || !other)
            return one ? other.error() : one.error();
        for (const Json &entry : objectMember(*one, "entries"))
            add(entry, Side::First);
        for (const Json &entry : objectMember(*other, "entries"))
            add(entry, Side::Second);
        return base::Done();
    }

    void add(const Json &json, Side side)
    {
        BranchEntry entry{.tag = textOf(json, "tag"),
                          .journal = QByteArray::fromStdString(json.dump()),
                          .snapshot = {}};
        const auto known = std::ranges::find_if(
            m_entries, [&](const Entry &other) { return other.entry.tag == entry.tag; });
        if (known != m_entries.end()) {
            if (known->side != side)
                known->side = Side::Both;
            return;
        }
        const Json &idx = objectMember(json, "idx"), &when = objectMember(json, "when");
        entry.idx = idx.is_number() ? idx.get<int>() : 0;
        entry.when = when.is_number() ? when.get<qint64>() : 0;
        entry.breakpoints = flagOf(json, "breakpoints", true);
        m_entries << Entry{entry, side};
    }

    Result<base::Done> readSnapshots()
    {
        QHash<QString, QString> tagOf;
        for (Entry &entry : m_entries) {
            const QString path = snapshotPath(m_folder, entry.entry.tag);
            const Result<QByteArray> bytes = readFile(path);
            if (!bytes && bytes.error().kind == ErrorKind::NotFound)
                continue; // written by hand; what follows it says whether that matters
            if (!bytes)
                return bytes.error();
            const bool marked = conflictMarkerLine(*bytes) > 0;
            const auto [first, second] = sidesOf(*bytes);
            if (marked && entry.side == Side::Both)
                return refused(Text::tr("It is not clear whose snapshot this is"), path,
                               Text::tr("it holds conflict markers, and the journal does not"),
                               Text::tr("put the journal's conflict back with \"git checkout "
                                        "--merge\""));
            if (!marked && tagOf.contains(path))
                return refused(Text::tr("A snapshot is lost"), path,
                               Text::tr("%1 and %2 share the file, and one side was taken")
                                   .arg(tagOf.value(path), entry.entry.tag),
                               Text::tr("put its conflict back with \"git checkout --merge\""));
            tagOf.insert(path, entry.entry.tag);
            entry.entry.snapshot = entry.side == Side::Second ? second : first;
            if (const auto read = readOne(entry.entry, path); !read)
                return read;
        }
        return base::Done();
    }

    static Result<base::Done> readOne(BranchEntry &entry, const QString &path)
    {
        const Result<Json> json = parse(entry.snapshot, path);
        if (!json)
            return json.error();
        entry.id = textOf(*json, "id");
        entry.prevId = textOf(*json, "prevId");
        Result<schema::Database> schema = readSnapshotText(entry.snapshot, path);
        if (!schema)
            return schema.error();
        entry.schema = std::move(schema).value();
        return base::Done();
    }

    QList<BranchEntry> chainFrom(BranchEntry entry) const
    {
        QList<BranchEntry> chain{entry};
        for (bool found = true; found && chain.size() <= m_entries.size();) {
            found = false;
            for (const Entry &next : m_entries) {
                if (next.entry.id.isEmpty() || next.entry.prevId != chain.last().id)
                    continue;
                chain << next.entry;
                found = true;
                break;
            }
        }
        return chain;
    }

    Result<Branches> split(const QStringList &ours) const
    {
        QHash<QString, QList<BranchEntry>> followers;
        for (const Entry &entry : m_entries) {
            if (!entry.entry.id.isEmpty())
                followers[entry.entry.prevId] << entry.entry;
        }
        const auto forks = std::ranges::count_if(
            followers, [](const QList<BranchEntry> &next) { return next.size() > 1; });
        const auto fork = std::ranges::find_if(
            followers, [](const QList<BranchEntry> &next) { return next.size() > 1; });
        if (forks != 1 || fork->size() != 2)
            return refused(forks == 0 ? Text::tr("There are no two branches in the folder")
                                      : Text::tr("There are more than two branches in the folder"),
                           m_folder, {},
                           forks == 0 ? QString()
                                      : Text::tr("merge one branch at a time and rebase each"));
        Branches branches{.baseId = fork.key(), .base = {}, .kept = {}, .theirs = {}, .ours = {}};
        QList<BranchEntry> one = chainFrom(fork->first()), other = chainFrom(fork->last());
        const auto named = [&](const QList<BranchEntry> &chain) {
            return std::ranges::any_of(
                chain, [&](const BranchEntry &entry) { return ours.contains(entry.tag); });
        };
        const bool firstIsOurs =
            ours.isEmpty() ? one.first().when > other.first().when : named(one);
        branches.ours = firstIsOurs ? one : other;
        branches.theirs = firstIsOurs ? other : one;
        return withKept(branches);
    }

    Result<Branches> withKept(Branches branches) const
    {
        bool hasBase = branches.baseId == zeroSnapshotId;
        for (const Entry &entry : m_entries) {
            const bool isOurs = std::ranges::any_of(
                branches.ours, [&](const BranchEntry &our) { return our.tag == entry.entry.tag; });
            if (!isOurs)
                branches.kept << entry.entry;
            if (entry.entry.id == branches.baseId) {
                branches.base = entry.entry.schema;
                hasBase = true;
            }
        }
        if (!hasBase)
            return refused(Text::tr("The snapshot that both branches follow is not there"),
                           m_folder, branches.baseId, Text::tr("restore it from git"));
        return branches;
    }

    QString m_folder;
    QList<Entry> m_entries;
};
} // namespace

Result<Branches> branchesIn(const QString &folder, const QStringList &ours)
{
    return Finder(folder).find(ours);
}

std::pair<QByteArray, QByteArray> sidesOf(const QByteArray &text)
{
    enum class Place { Common, First, Ancestor, Second } place = Place::Common;
    QByteArray first, second;
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype end = text.indexOf('\n', start);
        const QByteArray line = end < 0 ? text.mid(start) : text.mid(start, end + 1 - start);
        start += line.size();
        const QByteArray word = line.trimmed();
        if (line.startsWith("<<<<<<< "))
            place = Place::First;
        else if (line.startsWith("||||||| ") && place == Place::First)
            place = Place::Ancestor;
        else if (word == "=======" && (place == Place::First || place == Place::Ancestor))
            place = Place::Second;
        else if (line.startsWith(">>>>>>> ") && place == Place::Second)
            place = Place::Common;
        else {
            if (place == Place::Common || place == Place::First)
                first += line;
            if (place == Place::Common || place == Place::Second)
                second += line;
        }
    }
    return {first, second};
}

} // namespace migrate
