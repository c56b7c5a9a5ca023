// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/overlaytable.h"

#include "diff/equal.h"
#include "diff/text.h"

#include <algorithm>

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

/// Pairs parts by name, in the code's order, the database's own last.
template <typename Part>
QList<Pair<Part>> pairs(const schema::Table *code, const schema::Table *database,
                        QList<Part> schema::Table::*parts)
{
    QHash<QString, const Part *> inDatabase;
    if (database) {
        for (const Part &part : database->*parts)
            inDatabase.insert(part.name, &part);
    }
    QList<Pair<Part>> found;
    if (code) {
        for (const Part &part : code->*parts)
            found << Pair<Part>{&part, inDatabase.take(part.name)};
    }
    if (database) {
        for (const Part &part : database->*parts) {
            if (inDatabase.contains(part.name))
                found << Pair<Part>{nullptr, &part};
        }
    }
    return found;
}

bool isNotNull(const schema::Column &column, const schema::Table &table)
{
    return column.notNull || table.keyColumns().contains(column.name);
}

QString uniqueText(const QString &columns)
{
    return QStringLiteral("unique ") + columns;
}

/// What a part says of itself in the tree.
void detail(OverlayNode &node, const schema::Column &column, const schema::Table &table)
{
    node.detail = column.type;
    node.primaryKey = table.keyColumns().contains(column.name);
    node.notNull = isNotNull(column, table);
    node.filledByCode = column.filledByCode;
}
void detail(OverlayNode &node, const schema::Index &index, const schema::Table &)
{
    node.detail = index.isUnique ? uniqueText(columnsText(index)) : columnsText(index);
}
void detail(OverlayNode &node, const schema::Unique &unique, const schema::Table &)
{
    node.detail = uniqueText(listText(unique.columns));
}
void detail(OverlayNode &node, const schema::ForeignKey &key, const schema::Table &)
{
    node.detail = targetText(key);
}
void detail(OverlayNode &node, const schema::Check &check, const schema::Table &)
{
    node.detail = check.expression;
}
void detail(OverlayNode &node, const schema::Policy &policy, const schema::Table &)
{
    node.detail = policy.command;
    if (!policy.roles.isEmpty())
        node.detail += QStringLiteral(" → ") + policy.roles.join(QStringLiteral(", "));
}

/// Appends a node for each of the parts.
class Parts
{
public:
    Parts(const OverlayContext &context, const schema::Table *code, const schema::Table *database,
          OverlayNode &table)
        : m_context(context)
        , m_code(code)
        , m_database(database)
        , m_table(table)
    {
    }

    template <typename Part>
    void append(OverlayNode::Kind kind, Kind markKind, QList<Part> schema::Table::*parts)
    {
        for (const Pair<Part> &pair : pairs(m_code, m_database, parts)) {
            OverlayNode node;
            node.kind = kind;
            node.name = pair.any().name;
            node.owner = m_table.owner;
            node.origin = pair.code ? pair.code->origin : schema::Origin();
            detail(node, pair.any(), pair.code ? *m_code : *m_database);
            const Mark *mark = m_context.marks
                                   ? m_context.marks->find(markKind, m_table.owner, node.name)
                                   : nullptr;
            m_context.judge(node, mark, m_table.presence, pair.code);
            m_table.children << node;
        }
    }

private:
    const OverlayContext &m_context;
    const schema::Table *m_code;
    const schema::Table *m_database;
    OverlayNode &m_table;
};

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
    if (!context.database || !context.marks)
        return node;
    const schema::ForeignKey *key = keyBehind(relation, *context.database);
    node.presence = key ? Presence::Both : Presence::InCode;
    node.note = key ? Text::tr("foreign key %1").arg(key->name)
                    : Text::tr("the database has no foreign key for this relation");
    return node;
}

void addNote(OverlayNode &node, const QString &note)
{
    if (note.isEmpty())
        return;
    node.presence = Presence::Differs;
    node.note = node.note.isEmpty() ? note : node.note + QStringLiteral("; ") + note;
}

/// A primary key that comes or goes with its column is no change of its own, and no row in the
/// tree.
void judgeKey(const OverlayContext &context, OverlayNode &table)
{
    const Mark *mark = context.marks && table.presence != Presence::InCode &&
                               table.presence != Presence::InDatabase
                           ? context.marks->find(Kind::PrimaryKey, table.owner)
                           : nullptr;
    if (!mark)
        return;
    Mark whole = *mark;
    if (!whole.inCode)
        whole.inCode.emplace();
    if (!whole.inDatabase)
        whole.inDatabase.emplace();
    addNote(table, whole.note());
}
} // namespace

void OverlayContext::judge(OverlayNode &node, const Mark *mark, Presence inside, bool inCode) const
{
    if (!marks)
        return;
    if (inside == Presence::InCode || inside == Presence::InDatabase)
        node.presence = inside;
    else if (mark)
        node.presence = mark->presence();
    else
        // What nobody compares (a schema of others, a view that is declared as existing) is no
        // difference.
        node.presence = inCode ? Presence::Both : Presence::InDatabase;
    if (mark && node.presence == Presence::Differs)
        node.note = mark->note();
}

void judgeByChildren(OverlayNode &node)
{
    if (node.presence != Presence::Both && node.presence != Presence::Differs)
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
    const auto add = [&node](const QString &what, const QStringList &names) {
        if (!names.isEmpty())
            addNote(node, what.arg(names.join(QStringLiteral(", "))));
    };
    add(Text::tr("only in code: %1"), inCode);
    add(Text::tr("only in database: %1"), inDatabase);
    add(Text::tr("different: %1"), different);
}

OverlayNode overlayTable(const OverlayContext &context, const schema::Table *code,
                         const schema::Table *database, Presence inside)
{
    const schema::Table &any = code ? *code : *database;
    OverlayNode node;
    node.kind = OverlayNode::Kind::Table;
    node.name = any.name.name;
    node.owner = any.name;
    node.origin = code ? code->origin : schema::Origin();
    context.judge(node, context.marks ? context.marks->find(Kind::Table, any.name) : nullptr,
                  inside, code);
    judgeKey(context, node);
    Parts parts(context, code, database, node);
    parts.append(OverlayNode::Kind::Column, Kind::Column, &schema::Table::columns);
    parts.append(OverlayNode::Kind::Index, Kind::Index, &schema::Table::indexes);
    parts.append(OverlayNode::Kind::Index, Kind::Unique, &schema::Table::uniques);
    parts.append(OverlayNode::Kind::ForeignKey, Kind::ForeignKey, &schema::Table::foreignKeys);
    parts.append(OverlayNode::Kind::Check, Kind::Check, &schema::Table::checks);
    parts.append(OverlayNode::Kind::Policy, Kind::Policy, &schema::Table::policies);
    for (const schema::Relation *relation : context.relations.value(any.name))
        node.children << relationNode(context, *relation);
    judgeByChildren(node);
    return node;
}

} // namespace diff
