// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/overlay.h"

#include "diff/equal.h"
#include "diff/overlaytable.h"
#include "diff/text.h"

#include <algorithm>
#include <map>

namespace diff
{

namespace
{
/// A thing in code and database; one of them may be null.
template <typename Entry> struct Side {
    const Entry *code = nullptr;
    const Entry *database = nullptr;
    const Entry &any() const { return code ? *code : *database; }
};
template <typename Entry> using SidesByName = std::map<QString, Side<Entry>>;

/// A schema with all that is in it.
struct SchemaSides {
    bool inCode = false;
    bool inDatabase = false;
    SidesByName<schema::Table> tables;
    SidesByName<schema::View> views;
    SidesByName<schema::Sequence> sequences;
    SidesByName<schema::Enum> enums;
};

/// By name, public (the empty text) first.
struct AllSides {
    std::map<QString, SchemaSides> schemas;
    SidesByName<schema::Role> roles;
};

class Collection
{
public:
    Collection(const schema::Database &database, bool isCode, AllSides &sides)
        : m_isCode(isCode)
        , m_sides(sides)
    {
        for (const QString &name : database.schemas) {
            if (!isLedgerSchema(name, database))
                schemaOf(name);
        }
        for (const schema::Table &table : database.tables) {
            if (!isLedger(table.name))
                set(schemaOf(table.name.schema).tables[table.name.name], table);
        }
        for (const schema::View &view : database.views)
            set(schemaOf(view.name.schema).views[view.name.name], view);
        for (const schema::Sequence &sequence : database.sequences)
            set(schemaOf(sequence.name.schema).sequences[sequence.name.name], sequence);
        for (const schema::Enum &type : database.enums)
            set(schemaOf(type.name.schema).enums[type.name.name], type);
        for (const schema::Role &role : database.roles)
            set(m_sides.roles[role.name], role);
    }

private:
    SchemaSides &schemaOf(const QString &name)
    {
        SchemaSides &entry = m_sides.schemas[plainSchema(name)];
        (m_isCode ? entry.inCode : entry.inDatabase) = true;
        return entry;
    }
    template <typename Entry> void set(Side<Entry> &side, const Entry &entry) const
    {
        (m_isCode ? side.code : side.database) = &entry;
    }

    bool m_isCode;
    AllSides &m_sides;
};

OverlayNode nodeOf(OverlayNode::Kind kind, const QString &name, const schema::Name &owner)
{
    OverlayNode node;
    node.kind = kind;
    node.name = name;
    node.owner = owner;
    return node;
}

class Layers
{
public:
    explicit Layers(const OverlayContext &context)
        : m_context(context)
    {
    }

    OverlayNode schemaNode(const QString &name, const SchemaSides &sides) const
    {
        OverlayNode node = nodeOf(OverlayNode::Kind::Schema,
                                  name.isEmpty() ? QStringLiteral("public") : name, {name, {}});
        m_context.judge(node, mark(Kind::Schema, {name, {}}), Presence::Both, sides.inCode);
        for (const auto &[table, side] : sides.tables)
            node.children << overlayTable(m_context, side.code, side.database, node.presence);
        addGroup(node, OverlayNode::Kind::ViewGroup, Text::tr("Views"), Kind::View, sides.views);
        addGroup(node, OverlayNode::Kind::SequenceGroup, Text::tr("Sequences"), Kind::Sequence,
                 sides.sequences);
        addGroup(node, OverlayNode::Kind::EnumGroup, Text::tr("Enums"), Kind::Enum, sides.enums);
        judgeByChildren(node);
        return node;
    }

    template <typename Entry>
    OverlayNode group(OverlayNode::Kind kind, const QString &title, const schema::Name &owner,
                      Kind markKind, const SidesByName<Entry> &sides, Presence inside) const
    {
        OverlayNode group = nodeOf(kind, title, owner);
        for (const auto &[name, side] : sides)
            group.children << entryNode(side, markKind, inside);
        if (!m_context.marks)
            return group;
        const Presence first = group.children.first().presence;
        const bool oneSided = first == Presence::InCode || first == Presence::InDatabase;
        const bool alike = std::ranges::all_of(
            group.children, [first](const OverlayNode &child) { return child.presence == first; });
        group.presence = oneSided && alike ? first : Presence::Both;
        judgeByChildren(group);
        return group;
    }

private:
    const Mark *mark(Kind kind, const schema::Name &owner, const QString &part = {}) const
    {
        return m_context.marks ? m_context.marks->find(kind, owner, part) : nullptr;
    }

    template <typename Entry>
    void addGroup(OverlayNode &schema, OverlayNode::Kind kind, const QString &title, Kind markKind,
                  const SidesByName<Entry> &sides) const
    {
        if (!sides.empty())
            schema.children << group(kind, title, {schema.owner.schema, {}}, markKind, sides,
                                     schema.presence);
    }

    void start(OverlayNode &node, const Side<schema::View> &side) const
    {
        node.kind = OverlayNode::Kind::View;
        node.detail = side.any().materialized ? Text::tr("materialized") : QString();
    }
    void start(OverlayNode &node, const Side<schema::Sequence> &) const
    {
        node.kind = OverlayNode::Kind::Sequence;
    }
    void start(OverlayNode &node, const Side<schema::Role> &) const
    {
        node.kind = OverlayNode::Kind::Role;
    }
    void start(OverlayNode &node, const Side<schema::Enum> &side) const
    {
        node.kind = OverlayNode::Kind::Enum;
        node.detail = side.any().values.join(QStringLiteral(", "));
    }

    template <typename Entry>
    OverlayNode entryNode(const Side<Entry> &side, Kind markKind, Presence inside) const
    {
        OverlayNode node;
        if constexpr (std::is_same_v<Entry, schema::Role>)
            node.owner = {{}, side.any().name};
        else
            node.owner = side.any().name;
        node.name = node.owner.name;
        node.origin = side.code ? side.code->origin : schema::Origin();
        start(node, side);
        m_context.judge(node, mark(markKind, node.owner), inside, side.code);
        if constexpr (std::is_same_v<Entry, schema::Enum>)
            addValues(node, side);
        if constexpr (std::is_same_v<Entry, schema::View>)
            addColumns(node, side.any());
        judgeByChildren(node);
        return node;
    }

    void addValues(OverlayNode &node, const Side<schema::Enum> &side) const
    {
        QStringList all = side.any().values;
        if (side.code && side.database) {
            for (const QString &value : side.database->values) {
                if (!all.contains(value))
                    all << value;
            }
        }
        for (const QString &value : std::as_const(all)) {
            OverlayNode child = nodeOf(OverlayNode::Kind::EnumValue, value, node.owner);
            m_context.judge(child, mark(Kind::EnumValue, node.owner, value), node.presence,
                            !side.code || side.code->values.contains(value));
            node.children << child;
        }
    }

    /// The definition says which there are: they are where their view is.
    void addColumns(OverlayNode &node, const schema::View &view) const
    {
        for (const schema::Column &column : view.columns) {
            OverlayNode child = nodeOf(OverlayNode::Kind::Column, column.name, node.owner);
            child.detail = column.type;
            child.origin = column.origin;
            child.notNull = column.notNull;
            child.presence = node.presence == Presence::Differs ? Presence::Both : node.presence;
            node.children << child;
        }
    }

    const OverlayContext &m_context;
};
} // namespace

bool isGroup(OverlayNode::Kind kind)
{
    return kind == OverlayNode::Kind::EnumGroup || kind == OverlayNode::Kind::ViewGroup ||
           kind == OverlayNode::Kind::SequenceGroup || kind == OverlayNode::Kind::RoleGroup;
}

QList<OverlayNode> overlay(const schema::Database *code, const schema::Database *database,
                           const Difference *difference)
{
    std::optional<Marks> marks;
    std::optional<schema::Database> named;
    OverlayContext context{.code = code, .database = database};
    if (difference) {
        marks.emplace(difference->changes);
        context.marks = &*marks;
        if (database) {
            named = renamed(*database, difference->changes);
            context.database = &*named;
        }
    }
    AllSides sides;
    if (code) {
        Collection(*code, true, sides);
        for (const schema::Relation &relation : code->relations)
            context.relations[relation.table] << &relation;
    }
    if (context.database)
        Collection(*context.database, false, sides);
    const Layers layers(context);
    QList<OverlayNode> nodes;
    for (const auto &[name, entry] : sides.schemas)
        nodes << layers.schemaNode(name, entry);
    if (!sides.roles.empty())
        nodes << layers.group(OverlayNode::Kind::RoleGroup, Text::tr("Roles"), {}, Kind::Role,
                              sides.roles, Presence::Both);
    return nodes;
}

} // namespace diff
