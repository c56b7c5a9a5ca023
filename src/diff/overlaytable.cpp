// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/overlaytable.h"

#include "diff/equal.h"
#include "diff/text.h"
#include "schema/storedname.h"
#include "schema/typename.h"

#include <algorithm>
#include <functional>

namespace diff
{

namespace
{
/// A part of the table in code and database; one of them may be null.
template <typename Part> struct Pair {
    const Part *code = nullptr;
    const Part *database = nullptr;
    const Part &any() const { return code ? *code : *database; }
};

template <typename Part> using Same = std::function<bool(const Part &, const Part &)>;

/// Pairs parts by name, then what is left by \a alike; in the code's order, the database's own
/// last.
template <typename Part>
QList<Pair<Part>> pairs(const QList<Part> *code, const QList<Part> *database,
                        const Same<Part> &alike = {})
{
    QList<Pair<Part>> found;
    QList<const Part *> left;
    if (database) {
        for (const Part &part : *database)
            left << &part;
    }
    const auto take = [&left](Pair<Part> &pair, const auto &matches) {
        const auto it =
            std::ranges::find_if(left, [&](const Part *part) { return matches(*part); });
        if (pair.database || it == left.end())
            return;
        pair.database = *it;
        left.erase(it);
    };
    if (code) {
        for (const Part &part : *code)
            found << Pair<Part>{&part, nullptr};
    }
    for (Pair<Part> &pair : found)
        take(pair,
             [&](const Part &part) { return part.name == schema::storedName(pair.code->name); });
    for (Pair<Part> &pair : found) {
        if (alike)
            take(pair, [&](const Part &part) { return alike(*pair.code, part); });
    }
    for (const Part *part : std::as_const(left))
        found << Pair<Part>{nullptr, part};
    return found;
}

template <typename Part>
OverlayNode nodeOf(const OverlayContext &context, OverlayNode::Kind kind, const Pair<Part> &pair,
                   const schema::Name &owner)
{
    OverlayNode node;
    node.kind = kind;
    node.name = pair.any().name;
    node.owner = owner;
    node.origin = pair.code ? pair.code->origin : schema::Origin();
    node.presence = presence(context, pair.code, pair.database);
    return node;
}

void differs(OverlayNode &node, const QStringList &notes)
{
    if (notes.isEmpty())
        return;
    node.presence = Presence::Differs;
    node.note = notes.join(QStringLiteral("; "));
}

QString either(const QString &what, const QString &code, const QString &database)
{
    return Text::tr("%1: %2 in code, %3 in database").arg(what, code, database);
}

bool isNotNull(const schema::Column &column, const schema::Table &table)
{
    return column.notNull || table.keyColumns().contains(column.name);
}

/// By what PostgreSQL stores: spelling, serial and array bounds do not count. An enum's name does.
bool sameStoredType(const schema::Column &code, const schema::Column &database)
{
    if (sameType(code, database))
        return true;
    return plainSchema(code.typeSchema) == plainSchema(database.typeSchema) &&
           schema::canonicalType(code.type) == schema::canonicalType(database.type);
}

OverlayNode columnNode(const OverlayContext &context, const Pair<schema::Column> &pair,
                       const schema::Table *code, const schema::Table *database)
{
    const schema::Table &table = pair.code ? *code : *database;
    OverlayNode node = nodeOf(context, OverlayNode::Kind::Column, pair, table.name);
    node.detail = pair.any().type;
    node.primaryKey = table.keyColumns().contains(node.name);
    node.notNull = isNotNull(pair.any(), table);
    node.filledByCode = pair.any().filledByCode;
    if (!pair.code || !pair.database)
        return node;
    QStringList notes;
    if (!sameStoredType(*pair.code, *pair.database))
        notes << either(Text::tr("type"), pair.code->type, pair.database->type);
    if (node.notNull != isNotNull(*pair.database, *database))
        notes << (node.notNull ? Text::tr("NOT NULL only in code")
                               : Text::tr("NOT NULL only in database"));
    differs(node, notes);
    return node;
}

/// A unique constraint as the index that PostgreSQL makes of it.
schema::Index asIndex(const schema::Unique &unique)
{
    schema::Index index;
    index.name = unique.name;
    index.isUnique = true;
    index.origin = unique.origin;
    for (const QString &column : unique.columns)
        index.columns << schema::IndexColumn{column, false, true, QStringLiteral("last"), {}};
    return index;
}

QList<schema::Index> indexesOf(const schema::Table *table)
{
    QList<schema::Index> indexes;
    if (!table)
        return indexes;
    indexes = table->indexes;
    for (const schema::Unique &unique : table->uniques)
        indexes << asIndex(unique);
    return indexes;
}

QString indexDetail(const schema::Index &index)
{
    QStringList columns;
    for (const schema::IndexColumn &column : index.columns)
        columns << column.expression;
    const QString list = u'(' + columns.join(QStringLiteral(", ")) + u')';
    return index.isUnique ? QStringLiteral("unique ") + list : list;
}

bool hasExpression(const schema::Index &index)
{
    return std::ranges::any_of(index.columns, &schema::IndexColumn::isExpression);
}

OverlayNode indexNode(const OverlayContext &context, const Pair<schema::Index> &pair,
                      const schema::Name &owner)
{
    OverlayNode node = nodeOf(context, OverlayNode::Kind::Index, pair, owner);
    node.detail = indexDetail(pair.any());
    if (!pair.code || !pair.database)
        return node;
    // The server writes expressions in its own way, so only plain columns can be compared as text.
    const bool comparable = !hasExpression(*pair.code) && !hasExpression(*pair.database);
    const QString other = indexDetail(*pair.database);
    if (comparable && node.detail != other)
        differs(node, {either(Text::tr("columns"), node.detail, other)});
    return node;
}

QString keyDetail(const schema::ForeignKey &key)
{
    const QString schema = plainSchema(key.targetSchema);
    return QStringLiteral("(%1) → %2(%3)")
        .arg(key.columns.join(QStringLiteral(", ")),
             schema.isEmpty() ? key.targetTable : schema + u'.' + key.targetTable,
             key.targetColumns.join(QStringLiteral(", ")));
}

OverlayNode keyNode(const OverlayContext &context, const Pair<schema::ForeignKey> &pair,
                    const schema::Name &owner)
{
    OverlayNode node = nodeOf(context, OverlayNode::Kind::ForeignKey, pair, owner);
    node.detail = keyDetail(pair.any());
    if (!pair.code || !pair.database)
        return node;
    const schema::ForeignKey &database = *pair.database;
    QStringList notes;
    if (schema::storedName(pair.code->name) != database.name)
        notes << either(Text::tr("name"), pair.code->name, database.name);
    if (node.detail != keyDetail(database))
        notes << either(Text::tr("columns"), node.detail, keyDetail(database));
    if (pair.code->onDelete.toLower() != database.onDelete)
        notes << either(QStringLiteral("ON DELETE"), pair.code->onDelete, database.onDelete);
    if (pair.code->onUpdate.toLower() != database.onUpdate)
        notes << either(QStringLiteral("ON UPDATE"), pair.code->onUpdate, database.onUpdate);
    differs(node, notes);
    return node;
}

/// The server writes expressions in its own way: only their names are compared.
OverlayNode checkNode(const OverlayContext &context, const Pair<schema::Check> &pair,
                      const schema::Name &owner)
{
    OverlayNode node = nodeOf(context, OverlayNode::Kind::Check, pair, owner);
    node.detail = pair.any().expression;
    return node;
}

OverlayNode policyNode(const OverlayContext &context, const Pair<schema::Policy> &pair,
                       const schema::Name &owner)
{
    OverlayNode node = nodeOf(context, OverlayNode::Kind::Policy, pair, owner);
    node.detail = pair.any().command;
    if (!pair.any().roles.isEmpty())
        node.detail += QStringLiteral(" → ") + pair.any().roles.join(QStringLiteral(", "));
    if (pair.code && pair.database && pair.code->command != pair.database->command)
        differs(node, {either(Text::tr("command"), pair.code->command, pair.database->command)});
    return node;
}

/// The database's foreign key between the two tables of a relation, in either direction.
const schema::ForeignKey *keyBehind(const schema::Relation &relation,
                                    const schema::Database &database)
{
    const auto search = [&database](const schema::Name &from, const schema::Name &to,
                                    const QStringList &columns) -> const schema::ForeignKey * {
        const schema::Table *table = database.table(from);
        if (!table)
            return nullptr;
        const auto it =
            std::ranges::find_if(table->foreignKeys, [&](const schema::ForeignKey &key) {
                return schema::Name{plainSchema(key.targetSchema), key.targetTable} == to &&
                       (columns.isEmpty() || key.columns == columns);
            });
        return it == table->foreignKeys.end() ? nullptr : &*it;
    };
    if (const auto *key = search(relation.table, relation.target, relation.columns))
        return key;
    return search(relation.target, relation.table, relation.targetColumns);
}

OverlayNode relationNode(const OverlayContext &context, const schema::Relation &relation)
{
    OverlayNode node;
    node.kind = OverlayNode::Kind::Relation;
    node.name = relation.name;
    node.owner = relation.table;
    node.origin = relation.origin;
    node.detail = relation.kind == schema::Relation::Kind::One
                      ? Text::tr("→ %1").arg(relation.target.name)
                      : Text::tr("→ %1 (many)").arg(relation.target.name);
    if (!context.database)
        return node;
    const schema::ForeignKey *key = keyBehind(relation, *context.database);
    node.presence = key ? Presence::Both : Presence::InCode;
    node.note = key ? Text::tr("foreign key %1").arg(key->name)
                    : Text::tr("the database has no foreign key for this relation");
    return node;
}
} // namespace

Presence presence(const OverlayContext &context, bool inCode, bool inDatabase)
{
    if (!context.database)
        return Presence::Unknown;
    if (inCode && inDatabase)
        return Presence::Both;
    return inCode ? Presence::InCode : Presence::InDatabase;
}

void judgeByChildren(OverlayNode &node)
{
    if (node.presence != Presence::Both)
        return;
    QStringList inCode, inDatabase, different;
    for (const OverlayNode &child : std::as_const(node.children)) {
        if (child.kind == OverlayNode::Kind::Relation)
            continue;
        if (child.presence == Presence::InCode)
            inCode << child.name;
        else if (child.presence == Presence::InDatabase)
            inDatabase << child.name;
        else if (child.presence == Presence::Differs)
            different << child.name;
    }
    QStringList notes;
    const auto add = [&notes](const QString &what, const QStringList &names) {
        if (!names.isEmpty())
            notes << what.arg(names.join(QStringLiteral(", ")));
    };
    add(Text::tr("only in code: %1"), inCode);
    add(Text::tr("only in database: %1"), inDatabase);
    add(Text::tr("different: %1"), different);
    differs(node, notes);
}

OverlayNode overlayTable(const OverlayContext &context, const schema::Table *code,
                         const schema::Table *database)
{
    const schema::Table &any = code ? *code : *database;
    OverlayNode node;
    node.kind = OverlayNode::Kind::Table;
    node.name = any.name.name;
    node.owner = any.name;
    node.origin = code ? code->origin : schema::Origin();
    node.presence = presence(context, code, database);
    for (const auto &pair : pairs<schema::Column>(code ? &code->columns : nullptr,
                                                  database ? &database->columns : nullptr))
        node.children << columnNode(context, pair, code, database);
    const QList<schema::Index> codeIndexes = indexesOf(code);
    const QList<schema::Index> databaseIndexes = indexesOf(database);
    for (const auto &pair : pairs<schema::Index>(&codeIndexes, &databaseIndexes))
        node.children << indexNode(context, pair, any.name);
    const Same<schema::ForeignKey> sameTarget = [](const auto &left, const auto &right) {
        return keyDetail(left) == keyDetail(right);
    };
    for (const auto &pair :
         pairs<schema::ForeignKey>(code ? &code->foreignKeys : nullptr,
                                   database ? &database->foreignKeys : nullptr, sameTarget))
        node.children << keyNode(context, pair, any.name);
    for (const auto &pair : pairs<schema::Check>(code ? &code->checks : nullptr,
                                                 database ? &database->checks : nullptr))
        node.children << checkNode(context, pair, any.name);
    for (const auto &pair : pairs<schema::Policy>(code ? &code->policies : nullptr,
                                                  database ? &database->policies : nullptr))
        node.children << policyNode(context, pair, any.name);
    if (context.code) {
        for (const schema::Relation &relation : context.code->relations) {
            if (relation.table == any.name)
                node.children << relationNode(context, relation);
        }
    }
    judgeByChildren(node);
    return node;
}

} // namespace diff
