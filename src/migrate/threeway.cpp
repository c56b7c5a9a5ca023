// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/rebase.h"
#include "migrate/text.h"

#include <algorithm>

namespace migrate
{

namespace
{
template <typename Part> QString labelOf(const Part &part)
{
    if constexpr (requires { part.name.qualified(); })
        return part.name.qualified();
    else
        return part.name;
}

template <typename Part> const Part *find(const QList<Part> &parts, const Part &wanted)
{
    const auto it = std::ranges::find(parts, wanted.name, &Part::name);
    return it == parts.end() ? nullptr : &*it;
}

/// Collects what both sides changed.
class Merger
{
public:
    QStringList conflicts;

    /// \a from → \a to on \a base, object by object. \a merge joins one that both have changed, or
    /// says no.
    template <typename Part, typename Merge>
    QList<Part> merged(const QList<Part> &from, const QList<Part> &to, const QList<Part> &base,
                       const QString &owner, Merge merge)
    {
        QList<Part> result;
        for (const Part &theirs : base) {
            const Part *before = find(from, theirs);
            const Part *after = find(to, theirs);
            if (!before && after)
                conflict(owner, theirs); // both have made it
            if (!before || (after && *before == *after))
                result << theirs;
            else if (after && *before == theirs)
                result << *after;
            else if (after)
                result << merge(*before, *after, theirs);
            else if (*before != theirs)
                conflict(owner, theirs); // ours drops what theirs has changed
        }
        for (const Part &after : to) {
            if (find(base, after))
                continue;
            const Part *before = find(from, after);
            if (!before)
                result << after;
            else if (*before != after)
                conflict(owner, after); // theirs has dropped what ours changes
        }
        return result;
    }

    template <typename Part>
    QList<Part> merged(const QList<Part> &from, const QList<Part> &to, const QList<Part> &base,
                       const QString &owner)
    {
        return merged(from, to, base, owner, [&](const Part &, const Part &, const Part &theirs) {
            conflict(owner, theirs);
            return theirs;
        });
    }

    schema::Table table(const schema::Table &from, const schema::Table &to,
                        const schema::Table &base)
    {
        const QString owner = base.name.qualified() + u'.';
        schema::Table table = base;
        table.columns = merged(from.columns, to.columns, base.columns, owner);
        table.indexes = merged(from.indexes, to.indexes, base.indexes, owner);
        table.foreignKeys = merged(from.foreignKeys, to.foreignKeys, base.foreignKeys, owner);
        table.primaryKeys = merged(from.primaryKeys, to.primaryKeys, base.primaryKeys, owner);
        table.uniques = merged(from.uniques, to.uniques, base.uniques, owner);
        table.checks = merged(from.checks, to.checks, base.checks, owner);
        table.policies = merged(from.policies, to.policies, base.policies, owner);
        if (from.rowLevelSecurity != to.rowLevelSecurity)
            table.rowLevelSecurity = to.rowLevelSecurity;
        return table;
    }

private:
    template <typename Part> void conflict(const QString &owner, const Part &part)
    {
        const QString name = owner + labelOf(part);
        if (!conflicts.contains(name))
            conflicts << name;
    }
};

/// A schema's name as something that has one.
struct NamedSchema {
    QString name;
    bool operator==(const NamedSchema &) const = default;
};

QList<NamedSchema> named(const QStringList &names)
{
    QList<NamedSchema> schemas;
    for (const QString &name : names)
        schemas << NamedSchema{name};
    return schemas;
}
} // namespace

base::Result<schema::Database>
mergeChanges(const schema::Database &from, const schema::Database &to, const schema::Database &base)
{
    Merger merger;
    schema::Database database = base;
    database.schemas.clear();
    for (const NamedSchema &schema :
         merger.merged(named(from.schemas), named(to.schemas), named(base.schemas), QString()))
        database.schemas << schema.name;
    database.tables = merger.merged(
        from.tables, to.tables, base.tables, QString(),
        [&](const schema::Table &before, const schema::Table &after, const schema::Table &theirs) {
            return merger.table(before, after, theirs);
        });
    database.enums = merger.merged(from.enums, to.enums, base.enums, QString());
    database.sequences = merger.merged(from.sequences, to.sequences, base.sequences, QString());
    database.roles = merger.merged(from.roles, to.roles, base.roles, QString());
    database.views = merger.merged(from.views, to.views, base.views, QString());
    database.linkedPolicies =
        merger.merged(from.linkedPolicies, to.linkedPolicies, base.linkedPolicies, QString());
    if (merger.conflicts.isEmpty())
        return database;
    return base::Error{.kind = base::ErrorKind::Refused,
                       .text = Text::tr("Both branches change the same objects"),
                       .where = {},
                       .detail = merger.conflicts.join(QStringLiteral(", ")),
                       .hint = Text::tr("delete our migrations, and generate them again from the "
                                        "merged code")};
}

} // namespace migrate
