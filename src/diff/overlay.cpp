// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/overlay.h"

#include "diff/equal.h"
#include "diff/overlaytable.h"
#include "diff/text.h"

#include <map>

namespace diff
{

namespace
{
/// A table or enum in code and database, and a schema with all of its own.
template <typename Entry> struct Side {
    const Entry *code = nullptr;
    const Entry *database = nullptr;
};

struct SchemaSides {
    bool inCode = false;
    bool inDatabase = false;
    std::map<QString, Side<schema::Table>> tables;
    std::map<QString, Side<schema::Enum>> enums;
};

/// By name, public (the empty text) first.
using Sides = std::map<QString, SchemaSides>;

void collect(const schema::Database &database, bool isCode, Sides &sides)
{
    const auto schemaOf = [&](const QString &name) -> SchemaSides & {
        SchemaSides &entry = sides[plainSchema(name)];
        (isCode ? entry.inCode : entry.inDatabase) = true;
        return entry;
    };
    for (const QString &name : database.schemas) {
        if (!isLedgerSchema(name, database))
            schemaOf(name);
    }
    for (const schema::Table &table : database.tables) {
        if (isLedger(table.name))
            continue;
        auto &side = schemaOf(table.name.schema).tables[table.name.name];
        (isCode ? side.code : side.database) = &table;
    }
    for (const schema::Enum &type : database.enums) {
        auto &side = schemaOf(type.name.schema).enums[type.name.name];
        (isCode ? side.code : side.database) = &type;
    }
}

QStringList valuesOf(const schema::Enum *type)
{
    return type ? type->values : QStringList();
}

OverlayNode enumNode(const OverlayContext &context, const Side<schema::Enum> &side)
{
    const schema::Enum &any = side.code ? *side.code : *side.database;
    OverlayNode node;
    node.kind = OverlayNode::Kind::Enum;
    node.name = any.name.name;
    node.owner = any.name;
    node.detail = any.values.join(QStringLiteral(", "));
    node.origin = side.code ? side.code->origin : schema::Origin();
    node.presence = presence(context, side.code, side.database);
    const QStringList code = valuesOf(side.code);
    const QStringList database = valuesOf(side.database);
    QStringList all = code;
    for (const QString &value : database) {
        if (!code.contains(value))
            all << value;
    }
    for (const QString &value : std::as_const(all)) {
        OverlayNode child;
        child.kind = OverlayNode::Kind::EnumValue;
        child.name = value;
        child.owner = any.name;
        child.presence = presence(context, code.contains(value), database.contains(value));
        node.children << child;
    }
    judgeByChildren(node);
    if (node.presence == Presence::Both && code != database) {
        node.presence = Presence::Differs;
        node.note = Text::tr("order of the values: %1 in code, %2 in database")
                        .arg(code.join(QStringLiteral(", ")), database.join(QStringLiteral(", ")));
    }
    return node;
}

OverlayNode enumGroup(const OverlayContext &context, const QString &schemaName,
                      const SchemaSides &sides)
{
    OverlayNode group;
    group.kind = OverlayNode::Kind::EnumGroup;
    group.name = Text::tr("Enums");
    group.owner.schema = schemaName;
    bool inCode = false;
    bool inDatabase = false;
    for (const auto &[name, side] : sides.enums) {
        inCode = inCode || side.code;
        inDatabase = inDatabase || side.database;
        group.children << enumNode(context, side);
    }
    group.presence = presence(context, inCode, inDatabase);
    judgeByChildren(group);
    return group;
}

OverlayNode schemaNode(const OverlayContext &context, const QString &name, const SchemaSides &sides)
{
    OverlayNode node;
    node.kind = OverlayNode::Kind::Schema;
    node.name = name.isEmpty() ? QStringLiteral("public") : name;
    node.owner.schema = name;
    // PostgreSQL always has public, whether a table is in it or not.
    node.presence = presence(context, sides.inCode, sides.inDatabase || name.isEmpty());
    for (const auto &[table, side] : sides.tables)
        node.children << overlayTable(context, side.code, side.database);
    if (!sides.enums.empty())
        node.children << enumGroup(context, name, sides);
    judgeByChildren(node);
    return node;
}
} // namespace

QList<OverlayNode> overlay(const std::optional<schema::Database> &code,
                           const std::optional<schema::Database> &database)
{
    const OverlayContext context{code ? &*code : nullptr, database ? &*database : nullptr};
    Sides sides;
    if (code)
        collect(*code, true, sides);
    if (database)
        collect(*database, false, sides);
    QList<OverlayNode> nodes;
    for (const auto &[name, entry] : sides)
        nodes << schemaNode(context, name, entry);
    return nodes;
}

} // namespace diff
