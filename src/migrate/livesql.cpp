// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/livesql.h"

#include "diff/names.h"
#include "diff/sqlnames.h"
#include "sql/renaming.h"

namespace migrate
{

using base::Result;

namespace
{
sql::RelationName withSchema(const schema::Name &name)
{
    return {name.schema.isEmpty() ? QStringLiteral("public") : name.schema, name.name};
}

/// Whether columns stand in it as a query resolves them; else they are those of its own table.
bool isQuery(const QString &sql, const schema::ObjectId &id)
{
    return sql.startsWith(QLatin1String("CREATE")) &&
           (id.kind == schema::ObjectKind::View || id.kind == schema::ObjectKind::MaterializedView);
}

/// A column in a statement about a part of \a table; triggers and rules call the row old and new.
QString renameOwnColumn(QString sql, const diff::Rename &change)
{
    for (const char *row : {"old", "new"})
        sql = diff::renameColumnIn(sql, {{}, QLatin1String(row)}, change.from.name, change.to.name,
                                   diff::ColumnScope::Qualified);
    return diff::renameColumnIn(sql, change.table, change.from.name, change.to.name,
                                diff::ColumnScope::Own);
}

/// Follows \a rename with \a id where it is about that very object, and with its name in \a sql.
void follow(const diff::Rename &rename, schema::ObjectId &id, QString &sql)
{
    using schema::ObjectKind;
    const QString from = rename.from.name;
    const QString to = rename.to.name;
    const auto alone = [&] {
        sql = diff::renameColumnIn(sql, {}, from, to, diff::ColumnScope::Own);
    };
    switch (rename.kind) {
    case diff::Kind::Schema:
        if (id.name.schema == from)
            id.name.schema = to;
        return;
    case diff::Kind::Table:
        if (id.name == rename.from && id.kind != ObjectKind::Enum)
            id.name = rename.to;
        return;
    case diff::Kind::Enum:
    case diff::Kind::Sequence:
        if (id.name != rename.from ||
            (id.kind != ObjectKind::Enum && id.kind != ObjectKind::Sequence))
            return;
        sql = diff::renameTableIn(sql, rename.from, rename.to);
        id.name = rename.to;
        return;
    case diff::Kind::Index:
        if (id.kind != ObjectKind::Index || id.name != schema::Name{rename.table.schema, from})
            return;
        sql = diff::renameTableIn(sql, id.name, {id.name.schema, to});
        alone();
        id.name.name = to;
        return;
    case diff::Kind::Policy:
    case diff::Kind::PrimaryKey:
    case diff::Kind::ForeignKey:
    case diff::Kind::Unique:
    case diff::Kind::Check: {
        const ObjectKind kind =
            rename.kind == diff::Kind::Policy ? ObjectKind::Policy : ObjectKind::Constraint;
        if (id.kind != kind || id.name != rename.table || id.part != from)
            return;
        sql = diff::renameTableIn(sql, {id.name.schema, from}, {id.name.schema, to});
        alone();
        id.part = to;
        return;
    }
    default:
        return;
    }
}

Result<QString> afterRename(const QString &sql, const schema::ObjectId &id,
                            const schema::Name &owner, const diff::Rename &change)
{
    switch (change.kind) {
    case diff::Kind::Schema:
        return diff::renameSchemaIn(sql, change.from.name, change.to.name);
    case diff::Kind::Table:
    case diff::Kind::View:
        return isQuery(sql, id)
                   ? sql::renameRelation(sql, withSchema(change.from), withSchema(change.to))
                   : diff::renameTableIn(sql, change.from, change.to);
    case diff::Kind::Column:
        if (isQuery(sql, id))
            return sql::renameColumn(sql, withSchema(change.table), change.from.name,
                                     change.to.name);
        return owner == change.table
                   ? renameOwnColumn(sql, change)
                   : diff::renameColumnIn(sql, change.table, change.from.name, change.to.name,
                                          diff::ColumnScope::Qualified);
    case diff::Kind::Enum:
        return diff::renameTypeIn(sql, change.from, change.to);
    case diff::Kind::Sequence:
        return diff::renameSequenceIn(sql, change.from, change.to);
    default:
        return sql;
    }
}
} // namespace

Result<QString> afterRenames(const QString &sql, const schema::ObjectId &id,
                             const QList<diff::Change> &changes)
{
    QString text = sql;
    schema::ObjectId own = id;
    for (const diff::Change &change : changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        if (!rename)
            continue;
        const Result<QString> next = afterRename(text, id, own.name, *rename);
        if (!next)
            return next.error();
        text = *next;
        follow(*rename, own, text);
    }
    return text;
}

} // namespace migrate
