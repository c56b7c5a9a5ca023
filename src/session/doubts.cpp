// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/doubts.h"

#include "session/scratch.h"
#include "session/text.h"
#include "sql/parse.h"

#include <algorithm>

namespace session
{

namespace
{
using base::Result;

constexpr int mostRounds = 4;

template <typename Part> const Part *named(const QList<Part> &parts, const QString &name)
{
    const auto it = std::ranges::find(parts, name, &Part::name);
    return it == parts.end() ? nullptr : &*it;
}

const schema::View *viewOf(const schema::Database &database, const schema::Name &name)
{
    const auto it = std::ranges::find(database.views, name, &schema::View::name);
    return it == database.views.end() ? nullptr : &*it;
}

schema::Name plain(const QString &schemaName, const QString &name)
{
    return {schemaName == QLatin1String("public") ? QString() : schemaName, name};
}

/// The relations that \a expression reads; none when it does not parse.
QList<schema::Name> relationsIn(const QString &expression, bool isQuery)
{
    const auto uses =
        sql::collectTables(isQuery ? expression : QStringLiteral("SELECT (%1)").arg(expression));
    QList<schema::Name> names;
    if (uses) {
        for (const sql::RelationUse &use : *uses)
            names << plain(use.schema, use.name);
    }
    return names;
}

/// Collects of one schema what its doubtful parts need.
class World
{
public:
    explicit World(const schema::Database &from)
        : m_from(from)
    {
    }

    void add(const Doubt &doubt)
    {
        if (doubt.kind == Doubt::Kind::View) {
            addView(doubt.relation);
            return;
        }
        const schema::Table *source = m_from.table(doubt.relation);
        if (!source)
            return;
        switch (doubt.kind) {
        case Doubt::Kind::Column:
            addColumn(*source, doubt.part);
            break;
        case Doubt::Kind::Check:
            if (const schema::Check *check = named(source->checks, doubt.part)) {
                m_texts << check->expression;
                tableFor(*source).checks << *check;
            }
            break;
        case Doubt::Kind::Index:
            if (const schema::Index *index = named(source->indexes, doubt.part)) {
                m_texts << index->where;
                for (const schema::IndexColumn &column : index->columns)
                    m_texts << column.expression;
                tableFor(*source).indexes << *index;
            }
            break;
        case Doubt::Kind::Policy:
            if (const schema::Policy *policy = named(source->policies, doubt.part))
                addPolicy(*source, *policy);
            break;
        case Doubt::Kind::View:
            break;
        }
    }

    schema::Database take()
    {
        QSet<QString> schemas;
        for (const schema::Enum &type : m_from.enums) {
            if (isUsed(type)) {
                m_world.enums << type;
                schemas << type.name.schema;
            }
        }
        for (const schema::Table &table : std::as_const(m_world.tables))
            schemas << table.name.schema;
        for (const schema::View &view : std::as_const(m_world.views))
            schemas << view.name.schema;
        schemas.remove(QString());
        m_world.schemas = schemas.values();
        std::ranges::sort(m_world.schemas); // the same world is the same text
        return std::move(m_world);
    }

private:
    schema::Table &tableFor(const schema::Table &source)
    {
        const auto found = m_tables.constFind(source.name);
        if (found != m_tables.cend())
            return m_world.tables[*found];
        m_tables.insert(source.name, m_world.tables.size());
        schema::Table bare;
        bare.name = source.name;
        for (const schema::Column &column : source.columns) {
            schema::Column plainColumn;
            plainColumn.name = column.name;
            plainColumn.type = column.type;
            plainColumn.typeSchema = column.typeSchema;
            bare.columns << plainColumn;
            if (!column.typeSchema.isEmpty())
                m_types << plain(column.typeSchema, column.type.section(u'[', 0, 0));
        }
        m_world.tables << bare;
        return m_world.tables.last();
    }

    void addColumn(const schema::Table &source, const QString &name)
    {
        const schema::Column *column = source.column(name);
        if (!column)
            return;
        schema::Table &table = tableFor(source);
        const auto at = std::ranges::find(table.columns, name, &schema::Column::name);
        at->defaultValue = column->defaultValue;
        at->generated = column->generated;
        m_texts << (column->defaultValue ? column->defaultValue->text : QString())
                << (column->generated ? column->generated->expression : QString());
    }

    void addPolicy(const schema::Table &source, const schema::Policy &policy)
    {
        for (const QString &text :
             {policy.usingExpression.value_or(QString()), policy.withCheck.value_or(QString())}) {
            m_texts << text;
            if (!text.isEmpty())
                addRelations(relationsIn(text, false));
        }
        tableFor(source).policies << policy;
    }

    void addRelations(const QList<schema::Name> &names)
    {
        for (const schema::Name &name : names) {
            if (const schema::Table *table = m_from.table(name))
                tableFor(*table);
            else
                addView(name);
        }
    }

    /// What a view reads comes before it.
    void addView(const schema::Name &name)
    {
        const schema::View *view = viewOf(m_from, name);
        if (!view || view->existing || m_views.contains(name))
            return;
        m_views << name;
        m_texts << view->definition;
        addRelations(relationsIn(view->definition, true));
        m_world.views << *view;
    }

    bool isUsed(const schema::Enum &type) const
    {
        return m_types.contains(type.name) ||
               std::ranges::any_of(
                   m_texts, [&](const QString &text) { return text.contains(type.name.name); });
    }

    const schema::Database &m_from;
    schema::Database m_world;
    QHash<schema::Name, qsizetype> m_tables;
    QSet<schema::Name> m_views;
    QSet<schema::Name> m_types;
    QStringList m_texts;
};

schema::Database worldOf(const QList<Doubt> &doubts, const schema::Database &from)
{
    World world(from);
    for (const Doubt &doubt : doubts)
        world.add(doubt);
    return world.take();
}

template <typename Part> bool alike(const Part *left, const Part *right)
{
    return left && right && *left == *right;
}

/// Whether \a doubt is written alike in both; a part that is in neither is not.
bool isAlike(const Doubt &doubt, const schema::Database &left, const schema::Database &right)
{
    if (doubt.kind == Doubt::Kind::View) {
        const schema::View *one = viewOf(left, doubt.relation);
        const schema::View *other = viewOf(right, doubt.relation);
        return one && other && one->definition == other->definition;
    }
    const schema::Table *one = left.table(doubt.relation);
    const schema::Table *other = right.table(doubt.relation);
    if (!one || !other)
        return false;
    switch (doubt.kind) {
    case Doubt::Kind::Column:
        return alike(one->column(doubt.part), other->column(doubt.part));
    case Doubt::Kind::Check:
        return alike(named(one->checks, doubt.part), named(other->checks, doubt.part));
    case Doubt::Kind::Index:
        return alike(named(one->indexes, doubt.part), named(other->indexes, doubt.part));
    case Doubt::Kind::Policy:
        return alike(named(one->policies, doubt.part), named(other->policies, doubt.part));
    case Doubt::Kind::View:
        break;
    }
    return false;
}

bool sameColumns(const schema::Table &left, const schema::Table &right)
{
    return std::ranges::all_of(left.columns, [&](const schema::Column &column) {
        const schema::Column *other = right.column(column.name);
        return other && other->type == column.type && other->typeSchema == column.typeSchema;
    });
}

/// Those of \a doubts that only differ because a column's type does: PostgreSQL itself takes a
/// check or an index along when the type changes. The live parts are put on the declared columns.
Result<QList<Doubt>> decideOnDeclaredColumns(QList<Doubt> doubts, const schema::Database &live,
                                             const schema::Database &declared, Scratch &scratch,
                                             const QStringList &extensions)
{
    doubts.removeIf([&](const Doubt &doubt) {
        const schema::Table *one = live.table(doubt.relation);
        const schema::Table *other = declared.table(doubt.relation);
        return doubt.kind == Doubt::Kind::Column || !one || !other || sameColumns(*one, *other);
    });
    if (doubts.isEmpty())
        return doubts;
    schema::Database mixed = declared;
    for (schema::Table &table : mixed.tables) {
        if (const schema::Table *parts = live.table(table.name)) {
            table.checks = parts->checks;
            table.indexes = parts->indexes;
            table.policies = parts->policies;
        }
    }
    const auto ours = scratch.readBack(worldOf(doubts, declared), extensions);
    if (!ours)
        return ours.error();
    const auto theirs = scratch.readBack(worldOf(doubts, mixed), extensions);
    if (!theirs)
        return theirs.error();
    doubts.removeIf(
        [&](const Doubt &doubt) { return !isAlike(doubt, ours->schema, theirs->schema); });
    return doubts;
}

void noteRefusals(const QStringList &refused, const QList<Doubt> &doubts, QStringList &notices)
{
    for (const QString &refusal : refused) {
        const bool matters = std::ranges::any_of(
            doubts, [&](const Doubt &doubt) { return refusal.startsWith(doubt.name() + u':'); });
        const QString notice =
            Text::tr("The scratch server did not take %1; it is compared as text").arg(refusal);
        if (matters && !notices.contains(notice))
            notices << notice;
    }
}
} // namespace

QString Doubt::name() const
{
    return part.isEmpty() ? relation.qualified() : relation.qualified() + u'.' + part;
}

Result<Verdict> decide(const QList<Doubt> &doubts, const schema::Database &live,
                       const schema::Database &declared, Scratch &scratch,
                       const QStringList &extensions)
{
    Verdict verdict;
    QList<Doubt> open = doubts;
    Verdict::Reading before{live, declared};
    for (int round = 0; round < mostRounds && !open.isEmpty(); ++round) {
        const auto readLive = scratch.readBack(worldOf(open, before.live), extensions);
        if (!readLive)
            return readLive.error();
        const auto readDeclared = scratch.readBack(worldOf(open, before.declared), extensions);
        if (!readDeclared)
            return readDeclared.error();
        QStringList refused;
        noteRefusals(readLive->refused + readDeclared->refused, open, refused);
        const Verdict::Reading reading{readLive->schema, readDeclared->schema};
        const qsizetype settled = verdict.same.size();
        open.removeIf([&](const Doubt &doubt) {
            const bool same = isAlike(doubt, reading.live, reading.declared);
            if (same)
                verdict.same << doubt;
            return same;
        });
        verdict.reading << reading;
        if (round == 0)
            verdict.notices = refused;
        const bool stands = std::ranges::all_of(open, [&](const Doubt &doubt) {
            return isAlike(doubt, reading.live, before.live) &&
                   isAlike(doubt, reading.declared, before.declared);
        });
        if (stands && settled == verdict.same.size())
            break;
        before = reading;
    }
    const auto moved = decideOnDeclaredColumns(open, live, declared, scratch, extensions);
    if (!moved)
        return moved.error();
    verdict.same += *moved;
    return verdict;
}

} // namespace session
