// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/align.h"

#include "diff/equal.h"
#include "session/aligntable.h"
#include "session/livenames.h"

#include <QHash>

#include <algorithm>

namespace session
{

namespace
{
using base::Result;

/// The declared schema as the server would call its parts.
class LiveNames
{
public:
    schema::Database of(schema::Database database) const
    {
        for (schema::Table &table : database.tables)
            rename(table);
        for (schema::Enum &type : database.enums)
            type.name = liveName(type.name);
        for (schema::View &view : database.views)
            view.name = liveName(view.name);
        for (schema::Sequence &sequence : database.sequences)
            sequence.name = liveName(sequence.name);
        return database;
    }

private:
    static void rename(schema::Table &table)
    {
        table.name = liveName(table.name);
        for (schema::Column &column : table.columns) {
            column.type = liveType(column);
            column.name = liveName(column.name);
        }
        const auto each = [](auto &parts) {
            for (auto &part : parts)
                part.name = liveName(part.name);
        };
        each(table.indexes);
        each(table.checks);
        each(table.policies);
    }
};

schema::SequenceOptions completed(schema::SequenceOptions options)
{
    const bool descends = options.increment.startsWith(u'-');
    const auto fill = [](QString &value, const QString &standard) {
        if (value.isEmpty())
            value = standard;
    };
    fill(options.increment, QStringLiteral("1"));
    fill(options.minValue, descends ? QStringLiteral("-9223372036854775808") : QStringLiteral("1"));
    fill(options.maxValue, descends ? QStringLiteral("-1") : QStringLiteral("9223372036854775807"));
    fill(options.startWith, descends ? options.maxValue : options.minValue);
    fill(options.cache, QStringLiteral("1"));
    return options;
}

bool sameOptions(QList<std::pair<QString, QString>> left, QList<std::pair<QString, QString>> right)
{
    for (auto *options : {&left, &right}) {
        for (auto &[name, value] : *options)
            value = value.toLower();
        std::ranges::sort(*options);
    }
    return left == right;
}

/// "auth"."users" and the like as a name.
schema::Name tableOf(const schema::Policy &linked)
{
    const QStringList words = linked.on.split(QStringLiteral("\".\""));
    QString name = words.last();
    name.remove(u'"');
    return {diff::plainSchema(linked.onSchema), name};
}

class Alignment
{
public:
    Alignment(const schema::Database &catalog, const schema::Database &declared)
        : m_catalog(catalog)
        , m_live(catalog)
        , m_declared(declared)
        , m_named(LiveNames().of(declared))
    {
    }

    Result<Aligned> run(Scratch &scratch, const LiveContext &context)
    {
        alignSchemas();
        alignTables();
        alignEnums();
        alignSequences();
        alignViews();
        alignLinkedPolicies();
        Aligned aligned;
        if (!m_doubts.isEmpty()) {
            const Result<Verdict> verdict = decide(m_doubts, m_catalog, m_named, scratch, context);
            if (!verdict)
                return verdict.error();
            follow(*verdict);
            aligned.notices = verdict->notices;
        }
        aligned.schema = std::move(m_live);
        return aligned;
    }

private:
    void alignSchemas()
    {
        for (const QString &declared : m_declared.schemas)
            std::ranges::replace(m_live.schemas, liveName(declared), declared);
    }

    void alignTables()
    {
        QHash<schema::Name, schema::Table *> byName;
        for (schema::Table &table : m_live.tables)
            byName.insert(table.name, &table);
        for (const schema::Table &declared : m_declared.tables) {
            if (schema::Table *live = byName.value(liveName(declared.name)))
                alignTable(*live, declared, m_doubts);
        }
    }

    void alignEnums()
    {
        for (const schema::Enum &declared : m_declared.enums) {
            const auto live =
                std::ranges::find(m_live.enums, liveName(declared.name), &schema::Enum::name);
            if (live != m_live.enums.end())
                live->name = declared.name;
        }
    }

    void alignSequences()
    {
        for (const schema::Sequence &declared : m_declared.sequences) {
            const auto live = std::ranges::find(m_live.sequences, liveName(declared.name),
                                                &schema::Sequence::name);
            if (live == m_live.sequences.end())
                continue;
            live->name = declared.name;
            if (completed(live->options) == completed(declared.options))
                live->options = declared.options;
        }
    }

    void alignViews()
    {
        for (const schema::View &declared : m_declared.views) {
            const auto live =
                std::ranges::find(m_live.views, liveName(declared.name), &schema::View::name);
            if (live == m_live.views.end())
                continue;
            if (declared.existing) {
                m_live.views.erase(live); // somebody else's
                continue;
            }
            if (live->definition != declared.definition)
                m_doubts << Doubt{Doubt::Kind::View, live->name, {}};
            live->name = declared.name;
            live->columns = declared.columns; // the definition says which there are
            live->withNoData = declared.withNoData;
            if (sameOptions(live->with, declared.with))
                live->with = declared.with;
            if (live->accessMethod.isEmpty() && declared.accessMethod == QLatin1String("heap"))
                live->accessMethod = declared.accessMethod; // a catalog is silent about it
        }
    }

    /// A linked policy stands at its table in the catalog, and that table is not declared.
    void alignLinkedPolicies()
    {
        for (const schema::Policy &declared : m_declared.linkedPolicies) {
            const schema::Name owner = liveName(tableOf(declared));
            const auto table = std::ranges::find(m_live.tables, owner, &schema::Table::name);
            if (table == m_live.tables.end())
                continue;
            schema::Policy *live = named(table->policies, liveName(declared.name));
            if (!live)
                continue;
            schema::Policy moved = *live;
            moved.name = declared.name;
            moved.on = declared.on;
            moved.onSchema = declared.onSchema;
            alignPolicyWords(moved, declared);
            if (moved != declared) {
                schema::Table context = *m_catalog.table(owner);
                schema::Policy wanted = declared;
                wanted.name = liveName(declared.name);
                wanted.on.clear();
                wanted.onSchema.clear();
                context.policies = {wanted};
                m_named.tables << context;
                m_doubts << Doubt{Doubt::Kind::Policy, owner, wanted.name};
            }
            m_live.linkedPolicies << moved;
            table->policies.removeIf([&](const schema::Policy &policy) {
                return policy.name == liveName(declared.name);
            });
        }
    }

    /// Writes what the server found to be the same as it is declared.
    void follow(const Verdict &verdict)
    {
        QHash<schema::Name, const schema::Table *> declaredTables;
        for (const schema::Table &table : m_declared.tables)
            declaredTables.insert(liveName(table.name), &table);
        for (const Doubt &doubt : verdict.same) {
            if (doubt.kind == Doubt::Kind::View)
                followView(doubt);
            else if (const schema::Table *declared = declaredTables.value(doubt.relation))
                followPart(doubt, *declared);
            else
                followLinkedPolicy(doubt);
        }
        for (const Doubt &doubt : std::as_const(m_doubts)) {
            const schema::Table *declared = declaredTables.value(doubt.relation);
            if (declared && doubt.kind == Doubt::Kind::Column && !verdict.same.contains(doubt))
                followHalf(doubt, *declared, verdict);
        }
    }

    schema::Table &liveTable(const schema::Name &name)
    {
        return *std::ranges::find(m_live.tables, name, &schema::Table::name);
    }

    /// Writes the part that \a doubt is about as it is declared, but under the name that it has.
    template <typename Part>
    static void copy(QList<Part> &live, const QList<Part> &declared, const Doubt &doubt)
    {
        const auto wanted = std::ranges::find_if(declared, [&](const Part &part) {
            return liveName(part.name) == doubt.partOn(Doubt::Side::Declared);
        });
        for (Part &part : live) {
            if (liveName(part.name) != doubt.part || wanted == declared.end())
                continue;
            Part same = *wanted;
            if (!doubt.declaredPart.isEmpty())
                same.name = part.name;
            if constexpr (requires { part.invalid; })
                same.invalid = part.invalid;
            part = same;
        }
    }

    void followPart(const Doubt &doubt, const schema::Table &declared)
    {
        schema::Table &live = liveTable(declared.name);
        switch (doubt.kind) {
        case Doubt::Kind::Column:
            followColumn(live, declared, doubt.part, true, true, true);
            break;
        case Doubt::Kind::Check:
            copy(live.checks, declared.checks, doubt);
            break;
        case Doubt::Kind::Index:
            copy(live.indexes, declared.indexes, doubt);
            break;
        case Doubt::Kind::Policy:
            followPolicy(live.policies, declared.policies, doubt);
            break;
        case Doubt::Kind::View:
            break;
        }
    }

    static void followColumn(schema::Table &live, const schema::Table &declared,
                             const QString &name, bool type, bool value, bool generated)
    {
        for (const schema::Column &wanted : declared.columns) {
            schema::Column *column = named(live.columns, wanted.name);
            if (liveName(wanted.name) != name || !column)
                continue;
            if (type) {
                column->type = wanted.type;
                column->typeSchema = wanted.typeSchema;
            }
            if (value)
                column->defaultValue = wanted.defaultValue;
            if (generated)
                column->generated = wanted.generated;
        }
    }

    /// A column of which the type is the same and the default is not, or the other way round.
    void followHalf(const Doubt &doubt, const schema::Table &declared, const Verdict &verdict)
    {
        for (const Verdict::Reading &reading : verdict.reading) {
            const schema::Table *left = reading.live.table(doubt.relation);
            const schema::Table *right = reading.declared.table(doubt.relation);
            const schema::Column *one = left ? left->column(doubt.part) : nullptr;
            const schema::Column *other = right ? right->column(doubt.part) : nullptr;
            if (one && other)
                followColumn(liveTable(declared.name), declared, doubt.part,
                             diff::sameType(*one, *other),
                             one->defaultValue == other->defaultValue && one->defaultValue,
                             one->generated == other->generated && one->generated);
        }
    }

    static void followPolicy(QList<schema::Policy> &live, const QList<schema::Policy> &declared,
                             const Doubt &doubt)
    {
        for (const schema::Policy &wanted : declared) {
            if (liveName(wanted.name) != doubt.partOn(Doubt::Side::Declared))
                continue;
            for (schema::Policy &policy : live) {
                if (liveName(policy.name) != doubt.part)
                    continue;
                alignPolicyWords(policy, wanted);
                policy.usingExpression = wanted.usingExpression;
                policy.withCheck = wanted.withCheck;
            }
        }
    }

    void followLinkedPolicy(const Doubt &doubt)
    {
        for (const schema::Policy &wanted : m_declared.linkedPolicies) {
            if (liveName(tableOf(wanted)) != doubt.relation || liveName(wanted.name) != doubt.part)
                continue;
            for (schema::Policy &policy : m_live.linkedPolicies) {
                if (policy.name != wanted.name || policy.on != wanted.on)
                    continue;
                policy.usingExpression = wanted.usingExpression;
                policy.withCheck = wanted.withCheck;
            }
        }
    }

    void followView(const Doubt &doubt)
    {
        for (const schema::View &declared : m_declared.views) {
            if (liveName(declared.name) != doubt.relation)
                continue;
            for (schema::View &view : m_live.views) {
                if (view.name == declared.name)
                    view.definition = declared.definition;
            }
        }
    }

    const schema::Database &m_catalog;
    schema::Database m_live;
    const schema::Database &m_declared;
    schema::Database m_named; ///< m_declared with the names that the server knows
    QList<Doubt> m_doubts;
};
/// \a renames taken back, the last one first.
QList<diff::Change> inverse(const QList<diff::Change> &renames)
{
    QList<diff::Change> back;
    for (const diff::Change &change : renames) {
        const auto &rename = std::get<diff::Rename>(change);
        back.prepend(diff::Rename{rename.kind, rename.table, rename.to, rename.from});
    }
    return back;
}

} // namespace

QList<diff::Change> answeredRenames(const QList<diff::Change> &changes)
{
    QList<diff::Change> renames;
    for (const diff::Change &change : changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        const bool ofPart =
            rename && (rename->kind >= diff::Kind::Policy ||
                       (rename->kind == diff::Kind::Sequence && !rename->table.name.isEmpty()));
        if (rename && !ofPart)
            renames << change;
    }
    return renames;
}

Result<Aligned> alignRenamed(const schema::Database &catalog, const schema::Database &declared,
                             const QList<diff::Change> &changes, Scratch &scratch,
                             const LiveContext &context)
{
    const QList<diff::Change> renames = answeredRenames(changes);
    Result<Aligned> aligned = align(diff::renamed(catalog, renames), declared, scratch, context);
    if (aligned)
        aligned->schema = diff::renamed(aligned->schema, inverse(renames));
    return aligned;
}

Result<Aligned> align(const schema::Database &catalog, const schema::Database &declared,
                      Scratch &scratch, const LiveContext &context)
{
    return Alignment(catalog, declared).run(scratch, context);
}

} // namespace session
