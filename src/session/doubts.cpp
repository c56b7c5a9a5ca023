// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/doubts.h"

#include "session/align.h"
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

/// The doubtful parts of one schema with what they need.
struct World {
    schema::Database schema;
    Ground ground;
};

/// Collects a World.
class Collection
{
public:
    Collection(const schema::Database &from, const LiveContext &context)
        : m_from(from)
        , m_context(context)
    {
    }

    void add(const Doubt &doubt, Doubt::Side side)
    {
        if (doubt.kind == Doubt::Kind::View) {
            addView(doubt.relation);
            return;
        }
        const schema::Table *source = m_from.table(doubt.relation);
        if (!source)
            return;
        const QString &part = doubt.partOn(side);
        switch (doubt.kind) {
        case Doubt::Kind::Column:
            addColumn(*source, part);
            break;
        case Doubt::Kind::Check:
            addPart(*source, source->checks, part, &schema::Table::checks);
            break;
        case Doubt::Kind::Index:
            addPart(*source, source->indexes, part, &schema::Table::indexes);
            break;
        case Doubt::Kind::Policy:
            addPart(*source, source->policies, part, &schema::Table::policies);
            break;
        case Doubt::Kind::View:
            break;
        }
    }

    World take()
    {
        Words words = usedWords();
        World world;
        if (m_context.surroundings)
            world.ground = groundOf(*m_context.surroundings,
                                    m_context.ofExtensions ? *m_context.ofExtensions
                                                           : QList<schema::LiveObject>(),
                                    words);
        takeEnums(words);
        takeSequences(words);
        QSet<QString> schemas;
        const auto addSchemas = [&schemas](const auto &entries) {
            for (const auto &entry : entries)
                schemas << entry.name.schema;
        };
        addSchemas(m_schema.tables);
        addSchemas(m_schema.views);
        addSchemas(m_schema.enums);
        addSchemas(m_schema.sequences);
        for (const QString &name : world.ground.schemas())
            schemas << name;
        schemas.remove(QString());
        m_schema.schemas = schemas.values();
        std::ranges::sort(m_schema.schemas); // the same world is the same text
        world.schema = std::move(m_schema);
        return world;
    }

private:
    schema::Table &tableFor(const schema::Table &source)
    {
        const auto found = m_tables.constFind(source.name);
        if (found != m_tables.cend())
            return m_schema.tables[*found];
        m_tables.insert(source.name, m_schema.tables.size());
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
        m_schema.tables << bare;
        return m_schema.tables.last();
    }

    template <typename Part>
    void addPart(const schema::Table &source, const QList<Part> &parts, const QString &name,
                 QList<Part> schema::Table::*list)
    {
        const Part *part = named(parts, name);
        if (!part || named(tableFor(source).*list, name))
            return;
        addTexts(*part);
        (tableFor(source).*list) << *part;
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

    void addTexts(const schema::Check &check) { m_texts << check.expression; }

    void addTexts(const schema::Index &index)
    {
        m_texts << index.where;
        for (const schema::IndexColumn &column : index.columns)
            m_texts << column.expression;
    }

    void addTexts(const schema::Policy &policy)
    {
        for (const QString &text :
             {policy.usingExpression.value_or(QString()), policy.withCheck.value_or(QString())}) {
            m_texts << text;
            if (!text.isEmpty())
                addRelations(relationsIn(text, false));
        }
    }

    void addRelations(const QList<schema::Name> &names)
    {
        for (const schema::Name &name : names) {
            if (const schema::Table *table = m_from.table(name))
                tableFor(*table);
            else if (viewOf(m_from, name))
                addView(name);
            else if (const schema::Table *foreign =
                         m_context.whole ? m_context.whole->table(name) : nullptr)
                tableFor(*foreign);
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
        m_schema.views << *view;
    }

    Words usedWords() const
    {
        Words words;
        for (const QString &text : m_texts)
            words.add(text);
        for (const schema::Table &table : m_schema.tables) {
            for (const schema::Column &column : table.columns) {
                if (column.typeSchema.isEmpty())
                    words.add(column.type); // perhaps somebody's own
            }
        }
        return words;
    }

    void takeEnums(const Words &words)
    {
        const auto take = [&](const QList<schema::Enum> &enums) {
            for (const schema::Enum &type : enums) {
                const bool isUsed = m_types.contains(type.name) || words.mention(type.name.name);
                if (isUsed && !m_schema.enumType(type.name))
                    m_schema.enums << type;
            }
        };
        take(m_from.enums);
        if (m_context.whole)
            take(m_context.whole->enums);
    }

    /// A sequence is nothing but its name here. Those of columns are in no schema.
    void takeSequences(const Words &words)
    {
        QSet<schema::Name> names;
        for (const schema::Sequence &sequence : m_from.sequences)
            names << sequence.name;
        if (m_context.surroundings) {
            const auto &live = m_context.surroundings->sequences;
            for (auto it = live.cbegin(); it != live.cend(); ++it)
                names << it.key();
        }
        names.removeIf([&](const schema::Name &name) { return !words.mention(name.name); });
        QList<schema::Name> sorted = names.values();
        std::ranges::sort(sorted, {}, &schema::Name::qualified);
        for (const schema::Name &name : std::as_const(sorted))
            m_schema.sequences.append({.name = name});
    }

    const schema::Database &m_from;
    const LiveContext &m_context;
    schema::Database m_schema;
    QHash<schema::Name, qsizetype> m_tables;
    QSet<schema::Name> m_views;
    QSet<schema::Name> m_types;
    QStringList m_texts;
};

World worldOf(const QList<Doubt> &doubts, const schema::Database &from, Doubt::Side side,
              const LiveContext &context)
{
    Collection collection(from, context);
    for (const Doubt &doubt : doubts)
        collection.add(doubt, side);
    return collection.take();
}

Result<Scratch::ReadBack> readBack(Scratch &scratch, const World &world)
{
    return scratch.readBack(world.schema, world.ground);
}

/// Whether two parts are written alike; the name is no part of it.
template <typename Part>
bool alike(const QList<Part> &left, const QString &name, const QList<Part> &right,
           const QString &otherName)
{
    const Part *one = named(left, name);
    const Part *other = named(right, otherName);
    if (!one || !other)
        return false;
    Part renamed = *one;
    renamed.name = other->name;
    return renamed == *other;
}

/// Whether \a doubt is written alike in both, where it may have two names; a part that is in
/// neither is not.
bool isAlike(const Doubt &doubt, const schema::Database &left, const QString &leftPart,
             const schema::Database &right, const QString &rightPart)
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
        return alike(one->columns, leftPart, other->columns, rightPart);
    case Doubt::Kind::Check:
        return alike(one->checks, leftPart, other->checks, rightPart);
    case Doubt::Kind::Index:
        return alike(one->indexes, leftPart, other->indexes, rightPart);
    case Doubt::Kind::Policy:
        return alike(one->policies, leftPart, other->policies, rightPart);
    case Doubt::Kind::View:
        break;
    }
    return false;
}

/// The same for the two sides of \a doubt.
bool isAlike(const Doubt &doubt, const Verdict::Reading &reading)
{
    return isAlike(doubt, reading.live, doubt.part, reading.declared,
                   doubt.partOn(Doubt::Side::Declared));
}

/// Whether another round has left \a doubt as it was.
bool stands(const Doubt &doubt, const Verdict::Reading &before, const Verdict::Reading &after)
{
    const QString &declared = doubt.partOn(Doubt::Side::Declared);
    return isAlike(doubt, after.live, doubt.part, before.live, doubt.part) &&
           isAlike(doubt, after.declared, declared, before.declared, declared);
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
                                             const LiveContext &context)
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
    const auto ours = readBack(scratch, worldOf(doubts, declared, Doubt::Side::Declared, context));
    if (!ours)
        return ours.error();
    const auto theirs = readBack(scratch, worldOf(doubts, mixed, Doubt::Side::Live, context));
    if (!theirs)
        return theirs.error();
    doubts.removeIf([&](const Doubt &doubt) {
        return !isAlike(doubt, {theirs->schema, ours->schema});
    });
    return doubts;
}

/// Why the server did not take what \a doubt is about on \a side; null when it did.
const Scratch::Refusal *refusalOf(const Doubt &doubt, const Scratch::ReadBack &read,
                                  Doubt::Side side)
{
    const auto found = std::ranges::find(read.refused, doubt.name(side), &Scratch::Refusal::what);
    return found == read.refused.end() ? nullptr : &*found;
}

/// One line a part, whichever side it was refused from.
QStringList refusalsOf(const QList<Doubt> &doubts, const Scratch::ReadBack &live,
                       const Scratch::ReadBack &declared)
{
    QStringList notices;
    QSet<QString> said;
    for (const Doubt &doubt : doubts) {
        const Scratch::Refusal *refusal = refusalOf(doubt, live, Doubt::Side::Live);
        if (!refusal)
            refusal = refusalOf(doubt, declared, Doubt::Side::Declared);
        if (!refusal || said.contains(refusal->what))
            continue;
        said << refusal->what;
        notices << Text::tr("The scratch server did not take %1; it is compared as text")
                       .arg(QStringLiteral("%1: %2").arg(refusal->what, refusal->why));
    }
    return notices;
}
} // namespace

const QString &Doubt::partOn(Side side) const
{
    return side == Side::Live || declaredPart.isEmpty() ? part : declaredPart;
}

QString Doubt::name(Side side) const
{
    return part.isEmpty() ? relation.qualified() : relation.qualified() + u'.' + partOn(side);
}

Result<Verdict> decide(const QList<Doubt> &doubts, const schema::Database &live,
                       const schema::Database &declared, Scratch &scratch,
                       const LiveContext &context)
{
    Verdict verdict;
    QList<Doubt> open = doubts;
    Verdict::Reading before{live, declared};
    for (int round = 0; round < mostRounds && !open.isEmpty(); ++round) {
        const auto readLive =
            readBack(scratch, worldOf(open, before.live, Doubt::Side::Live, context));
        if (!readLive)
            return readLive.error();
        const auto readDeclared =
            readBack(scratch, worldOf(open, before.declared, Doubt::Side::Declared, context));
        if (!readDeclared)
            return readDeclared.error();
        if (round == 0)
            verdict.notices = refusalsOf(open, *readLive, *readDeclared);
        // Two columns without the defaults that the server did not take would look alike.
        open.removeIf([&](const Doubt &doubt) {
            return doubt.kind == Doubt::Kind::Column &&
                   (refusalOf(doubt, *readLive, Doubt::Side::Live) ||
                    refusalOf(doubt, *readDeclared, Doubt::Side::Declared));
        });
        const Verdict::Reading reading{readLive->schema, readDeclared->schema};
        const qsizetype settled = verdict.same.size();
        open.removeIf([&](const Doubt &doubt) {
            const bool same = isAlike(doubt, reading);
            if (same)
                verdict.same << doubt;
            return same;
        });
        verdict.reading << reading;
        const bool allStand = std::ranges::all_of(
            open, [&](const Doubt &doubt) { return stands(doubt, before, reading); });
        if (allStand && settled == verdict.same.size())
            break;
        before = reading;
    }
    const auto moved = decideOnDeclaredColumns(open, live, declared, scratch, context);
    if (!moved)
        return moved.error();
    verdict.same += *moved;
    return verdict;
}

} // namespace session
