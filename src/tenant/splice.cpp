// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/splice.h"

#include "sql/identifier.h"
#include "sql/parse.h"
#include "tenant/condition.h"
#include "tenant/functions.h"
#include "tenant/refusal.h"
#include "tenant/schemas.h"
#include "tenant/text.h"

#include <algorithm>

namespace tenant
{

using base::Error;
using base::Result;

namespace
{

/// What a statement says that no splice makes safe, whatever tables it names.
std::optional<Error> unfit(const QString &text, const sql::Outline &outline, qsizetype values)
{
    if (const Result<sql::Classification> kind = sql::classify(text); !kind)
        return kind.error();
    if (outline.kind == sql::StatementKind::Other)
        return refused(Text::tr("only SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE and "
                                "EXPLAIN of them can be scoped"),
                       {}, Text::tr("write it as one of these, or run it unscoped"));
    for (const sql::WordPlace &parameter : outline.parameters) {
        if (parameter.word.mid(1).toLongLong() > values)
            return refused(Text::tr("a parameter has no value here"), parameter,
                           Text::tr("write the value itself"));
    }
    if (!outline.cursors.isEmpty())
        return refused(Text::tr("there is no open cursor"), outline.cursors.first(),
                       Text::tr("name the rows by their key"));
    for (const sql::WordPlace &function : outline.functions) {
        if (!isHarmless(function.word))
            return refused(Text::tr("the function may read rows of other tenants, or act beyond "
                                    "the statement"),
                           function, Text::tr("leave it out, or run the statement unscoped"));
    }
    return std::nullopt;
}

QString kindInWords(QChar kind)
{
    switch (kind.unicode()) {
    case u'v':
        return Text::tr("it is a view, and its query cannot be read");
    case u'm':
        return Text::tr("it is a materialized view, which was computed from the rows of all "
                        "tenants");
    case u'f':
        return Text::tr("it is a foreign table, whose rows are on another server");
    case u'S':
        return Text::tr("it is a sequence, which counts for all tenants");
    default:
        return Text::tr("it is no table of this database's schema");
    }
}

QString insteadOf(QChar kind)
{
    if (kind == u'm')
        return Text::tr("say which of its columns holds the tenant, in the tree or in sluice.json, "
                        "or read the tables themselves");
    return Text::tr("read the tables themselves");
}

/// What the parts of one statement share: its own text, and the queries of its views.
struct Shared {
    Conditions conditions;
    qsizetype marks = 0;
    QList<schema::Name> views = {}; ///< that are being put in, the outermost first
    QStringList functions = {}, operators = {}, columns = {};
    QList<schema::Name> everybodys = {};

    void note(const sql::Outline &outline)
    {
        for (const sql::WordPlace &function : outline.functions)
            functions << function.word;
        operators << outline.operators;
        columns << outline.columns;
    }
};

/// An error in the query of the view at \a place, as one of the statement that names the view.
Error inView(Error error, const schema::Name &view, const sql::RelationPlace &place)
{
    const QString what = error.where;
    error.where = view.qualified() + (what.isEmpty() ? QString() : QStringLiteral(" → ") + what);
    error.span = place.span;
    return error;
}

class Splicer
{
public:
    Splicer(const QString &text, const ScopeRequest &request, const sql::Outline &outline,
            Shared &shared)
        : m_text(text)
        , m_request(request)
        , m_outline(outline)
        , m_shared(shared)
    {
    }

    Result<Scoped> run()
    {
        for (const sql::RelationPlace &place : m_outline.relations) {
            if (const std::optional<Error> error =
                    place.use == sql::Use::Read ? splice(place) : std::nullopt)
                return *error;
        }
        for (const sql::WritePlace &write : m_outline.writes) {
            if (const std::optional<Error> error = restrict(write))
                return *error;
        }
        if (const std::optional<Error> error = systemColumns())
            return *error;
        if (const std::optional<Error> error = qualifiedColumns())
            return *error;
        return written();
    }

private:
    FoundRelation found(const sql::RelationPlace &place) const
    {
        return found(place.schema, place.name);
    }

    FoundRelation found(const QString &schema, const QString &name) const
    {
        const auto known = m_request.names.constFind({schema, name});
        if (known != m_request.names.constEnd())
            return *known;
        return {{schema == QLatin1String("public") ? QString() : schema, name}};
    }

    QString unknownInWords(const FoundRelation &relation) const
    {
        const QString reason = m_request.classification.tables.value(relation.name).reason;
        const QString kind = kindInWords(relation.kind);
        return reason.isEmpty() ? kind : Text::tr("%1: %2").arg(kind, reason);
    }

    /// How the table stands to the tenant, or why it cannot be named.
    Result<TableScope> scopeOf(const sql::RelationPlace &place) const
    {
        const FoundRelation relation = found(place);
        const sql::WordPlace where{relation.name.qualified(), place.span};
        const auto known = m_request.classification.tables.constFind(relation.scopedAs());
        if (!place.catalog.isEmpty())
            return refused(Text::tr("the table is named with its database"), where,
                           Text::tr("leave the database's name out"));
        if (relation.name.schema == QLatin1String("pg_catalog") ||
            relation.name.schema == QLatin1String("information_schema"))
            return refused(Text::tr("the server's catalogs hold what belongs to all tenants"),
                           where, Text::tr("run it unscoped"));
        if (const std::optional<Error> error = foreign(relation, place.span))
            return *error;
        if (place.use != sql::Use::Read && (relation.kind == u'v' || relation.kind == u'm'))
            return refused(Text::tr("it is a view"), where, Text::tr("write to the table itself"));
        if (known == m_request.classification.tables.constEnd() ||
            known->scoping == Scoping::ByQuery)
            return refused(unknownInWords(relation), where, insteadOf(relation.kind));
        if (known->scoping == Scoping::Unscoped)
            return refused(m_request.classification.schemas.isEmpty()
                               ? Text::tr("the table has no %1 and no path to one")
                                     .arg(m_request.classification.column)
                               : Text::tr("it lies beside the tenants' schemas, and its rows point "
                                          "at tenants' rows or are some of them"),
                           where, Text::tr("run it unscoped"));
        if (const std::optional<Error> error = unproven(relation, where))
            return *error;
        return *known;
    }

    /// Of a nested tenant: nothing says whose the rows of a materialized view are.
    std::optional<Error> unproven(const FoundRelation &relation, const sql::WordPlace &where) const
    {
        const std::optional<Nested> &nested = m_request.classification.nested;
        if (standingOf(relation) != Standing::Unproven)
            return std::nullopt;
        const QString reason = nested->tables.value(relation.scopedAs()).reason;
        const QString kind = kindInWords(relation.kind);
        return refused(reason.isEmpty() ? kind : Text::tr("%1: %2").arg(kind, reason), where,
                       Text::tr("say of it which column holds %1, in \"tables\" of \"nested\" in "
                                "sluice.json, or read the tables themselves")
                           .arg(nested->column));
    }

    Standing standingOf(const FoundRelation &relation) const
    {
        return standing(relation.scopedAs(), m_request.classification, m_request.tenantId);
    }

    bool isElsewhere(const schema::Name &name) const
    {
        return isForeign(name, m_request.classification, m_request.tenantId.tenant);
    }

    /// Of several tenants' schemas one is another's: of the table, of what it is a part of, of its
    /// parts.
    std::optional<Error> foreign(const FoundRelation &relation, base::TextSpan span) const
    {
        for (const schema::Name &name :
             QList<schema::Name>{relation.name, relation.scopedAs()} + relation.parts) {
            if (!isElsewhere(name))
                continue;
            if (name.schema == m_request.classification.declared)
                return refused(Text::tr("it is the pattern of the tenants' tables, and its rows "
                                        "are nobody's"),
                               {name.qualified(), span},
                               Text::tr("leave the schema out: the tenant's own is meant then"));
            if (m_request.classification.unlisted.contains(name.schema))
                return refused(
                    Text::tr("nobody said whether the schema %1 is a tenant's, which holds tables "
                             "of the tenants' names")
                        .arg(name.schema),
                    {name.qualified(), span},
                    Text::tr("add it to \"schemas\" in sluice.json, or say of the table that it "
                             "is the same for every tenant"));
            return refused(Text::tr("it lies in the schema of another tenant"),
                           {name.qualified(), span},
                           Text::tr("leave the schema out, or choose that tenant"));
        }
        return std::nullopt;
    }

    std::optional<Error> splice(const sql::RelationPlace &place)
    {
        const FoundRelation relation = found(place);
        if (const std::optional<Error> error = foreign(relation, place.span))
            return *error;
        if (relation.kind == u'v' && !relation.definition.isEmpty() && place.catalog.isEmpty())
            return expand(place, relation);
        const Result<TableScope> scope = scopeOf(place);
        if (!scope)
            return scope.error();
        // What lies in the tenant's own schema is read as it stands.
        if (scope->scoping == Scoping::Global || scope->scoping == Scoping::BySchema) {
            m_shared.everybodys << relation.name;
            // Children of another kind of table stand to the tenant in their own way.
            if (relation.kind == u'p')
                m_shared.everybodys += relation.parts;
            return std::nullopt;
        }
        if (!place.sampleIsConstant)
            return refused(Text::tr("the sample's size is computed"),
                           {relation.name.qualified(), place.sample},
                           Text::tr("write it as a number"));
        const QString mark = m_request.mark + QString::number(++m_shared.marks);
        return replace(
            place,
            QStringLiteral("(SELECT * FROM %1%2 AS %3%4 WHERE %5%6)")
                .arg(place.only ? QStringLiteral("ONLY ") : QString(), qualifiedName(relation.name),
                     mark,
                     place.sample.length > 0
                         ? u' ' + m_text.mid(place.sample.offset, place.sample.length)
                         : QString(),
                     m_shared.conditions.of(relation.scopedAs(), mark, mark, Rows::Shown),
                     m_request.fence == Fence::Fenced ? QStringLiteral(" OFFSET 0") : QString()));
    }

    /// The view's query in the view's place: the server does the same, but behind our back.
    std::optional<Error> expand(const sql::RelationPlace &place, const FoundRelation &view)
    {
        const sql::WordPlace where{view.name.qualified(), place.span};
        if (place.sample.length > 0)
            return refused(Text::tr("a view cannot be sampled"), where,
                           Text::tr("sample the tables themselves"));
        if (m_outline.locks)
            return refused(Text::tr("rows of a view cannot be locked"), where,
                           Text::tr("lock the rows of the tables themselves"));
        constexpr qsizetype deepest = 32;
        if (m_shared.views.size() >= deepest)
            return refused(Text::tr("views are nested too deeply"), where,
                           Text::tr("read the tables themselves"));
        const Result<sql::Outline> outline = sql::outline(view.definition);
        if (!outline)
            return refused(kindInWords(view.kind), where, Text::tr("read the tables themselves"));
        if (const std::optional<Error> error = unfit(view.definition, *outline, 0))
            return inView(*error, view.name, place);
        m_shared.note(*outline);
        m_shared.views << view.name;
        const Result<Scoped> inner = Splicer(view.definition, m_request, *outline, m_shared).run();
        m_shared.views.removeLast();
        if (!inner)
            return inView(inner.error(), view.name, place);
        return replace(place, u'(' + inner->statement.text + u')');
    }

    /// \a text stands for the relation, under the name that the statement gives it.
    std::optional<Error> replace(const sql::RelationPlace &place, const QString &subquery)
    {
        if (place.renamesColumns && m_outline.bareColumns.contains(place.alias))
            return refused(Text::tr("a whole row of a table whose columns are renamed has other "
                                    "names as a subquery"),
                           {place.alias, place.span}, Text::tr("leave the columns their names"));
        QString text = place.isWholeQuery ? QStringLiteral("SELECT * FROM ") : QString();
        text += subquery;
        if (place.alias.isEmpty())
            text += QStringLiteral(" AS ") + sql::identifier(place.name);
        m_edits << Scoped::Edit{place.span, text};
        if (place.sample.length > 0)
            m_edits << Scoped::Edit{place.sample, {}};
        m_spliced << &place;
        return std::nullopt;
    }

    std::optional<Error> restrict(const sql::WritePlace &write)
    {
        const sql::RelationPlace &place = m_outline.relations.at(write.target);
        const Result<TableScope> scope = scopeOf(place);
        if (!scope)
            return scope.error();
        const FoundRelation relation = found(place);
        const schema::Name &table = relation.name;
        if (scope->scoping == Scoping::Global)
            return refused(Text::tr("its rows are the same for all tenants"),
                           {table.qualified(), place.span},
                           Text::tr("choose all tenants to change them"));
        if (standingOf(relation) == Standing::Whole)
            return refused(Text::tr("its rows are those of the tenant as a whole, not of one %1")
                               .arg(m_request.classification.nested->column),
                           {table.qualified(), place.span},
                           Text::tr("choose the whole tenant to change them"));
        const QString alias = place.alias.isEmpty() ? place.name : place.alias;
        m_targets << WriteTarget{table, alias, write.use, relation.root, relation.parts};
        if (scope->scoping == Scoping::BySchema ||
            (write.use == sql::Use::Insert && !write.conflictUpdates))
            return std::nullopt;
        const QString row = sql::identifier(alias);
        const QString mark = m_request.mark + u'w' + QString::number(m_targets.size());
        const QString ours = m_shared.conditions.of(relation.scopedAs(), row, mark);
        if (write.use == sql::Use::Insert) {
            const QString column = scope->scoping == Scoping::Direct
                                       ? scope->column
                                       : scope->path.first().columns.first();
            surround(
                write.condition, QStringLiteral("CASE WHEN %1 THEN ").arg(ours),
                QStringLiteral(" ELSE %1 END").arg(theft(row + u'.' + sql::identifier(column))));
        } else if (m_request.fence == Fence::Fenced) {
            surround(write.condition, QStringLiteral("CASE WHEN %1 THEN ").arg(ours),
                     QStringLiteral(" ELSE false END"));
        } else {
            surround(write.condition, ours + QStringLiteral(" AND "), {});
        }
        return std::nullopt;
    }

    /// Puts \a before and \a behind around the condition, which gets brackets; text inside it may
    /// be edited, too.
    void surround(base::TextSpan span, const QString &before, const QString &behind)
    {
        if (span.length == 0) {
            m_edits << Scoped::Edit{span, QStringLiteral(" WHERE ") + before +
                                              QStringLiteral("true") + behind};
            return;
        }
        m_edits << Scoped::Edit{{span.offset, 0}, before + u'('};
        m_edits << Scoped::Edit{{span.offset + span.length, 0}, u')' + behind};
    }

    /// An expression that fails, with the mark in its words, as soon as it is evaluated on a row.
    QString theft(const QString &column) const
    {
        return QStringLiteral("CAST('%1' || coalesce(left(CAST(%2 AS text), 0), '') AS boolean)")
            .arg(m_request.mark, column);
    }

    std::optional<Error> systemColumns() const
    {
        if (m_outline.systemColumns.isEmpty() || m_spliced.isEmpty())
            return std::nullopt;
        return refused(Text::tr("a subquery of the tenant's rows stands for the table, and has no "
                                "system columns"),
                       m_outline.systemColumns.first(), Text::tr("name rows by their primary key"));
    }

    /// public.t.column names the table itself; the subquery in its place has only a name.
    std::optional<Error> qualifiedColumns()
    {
        for (const sql::QualifiedColumn &column : m_outline.qualified) {
            const schema::Name meant = found(column.schema, column.table).name;
            const auto means = [&](const sql::RelationPlace *place) {
                return place->alias.isEmpty() && place->name == column.table &&
                       found(*place).name == meant;
            };
            if (std::ranges::none_of(m_spliced, means))
                continue;
            for (const sql::RelationPlace &place : m_outline.relations) {
                const bool sameName =
                    (place.alias.isEmpty() ? place.name : place.alias) == column.table;
                if (sameName && !means(&place))
                    return refused(
                        Text::tr("another table has the same name in this statement"),
                        {meant.qualified(), column.prefix},
                        Text::tr("give the table an alias and name its columns by that"));
            }
            m_edits << Scoped::Edit{column.prefix, {}};
        }
        return std::nullopt;
    }

    Result<Scoped> written()
    {
        Scoped scoped{.statement = {m_text, m_shared.conditions.parameters()},
                      .mark = m_request.mark,
                      .tenantId = m_request.tenantId,
                      .outline = m_outline,
                      .targets = m_targets,
                      .edits = m_edits,
                      .everybodys = m_shared.everybodys,
                      .viewFunctions = m_shared.functions,
                      .viewOperators = m_shared.operators,
                      .viewColumns = m_shared.columns};
        std::ranges::stable_sort(scoped.edits, {}, [](const Scoped::Edit &edit) {
            return std::pair(edit.span.offset, edit.span.length);
        });
        for (auto edit = scoped.edits.crbegin(); edit != scoped.edits.crend(); ++edit)
            scoped.statement.text.replace(edit->span.offset, edit->span.length, edit->text);
        // What no longer parses is refused here and not by the server.
        if (!sql::isStatement(scoped.statement.text))
            return refused(Text::tr("a table stands where no subquery can"), {},
                           Text::tr("write SELECT * FROM the table"));
        return scoped;
    }

    const QString &m_text;
    const ScopeRequest &m_request;
    const sql::Outline &m_outline;
    QList<const sql::RelationPlace *> m_spliced;
    QList<WriteTarget> m_targets;
    QList<Scoped::Edit> m_edits;
    Shared &m_shared;
};

} // namespace

QList<schema::Name> namesIn(const sql::Outline &outline)
{
    QList<schema::Name> names;
    const auto add = [&](const schema::Name &name) {
        if (!names.contains(name))
            names << name;
    };
    for (const sql::RelationPlace &place : outline.relations)
        add({place.schema, place.name});
    for (const sql::QualifiedColumn &column : outline.qualified)
        add({column.schema, column.table});
    return names;
}

base::TextSpan Scoped::original(base::TextSpan span) const
{
    qsizetype shift = 0; ///< how much further things lie in the statement
    for (const Edit &edit : edits) {
        const qsizetype begin = edit.span.offset + shift;
        if (span.offset < begin)
            break;
        if (span.offset < begin + edit.text.size())
            return edit.span;
        shift += edit.text.size() - edit.span.length;
    }
    return {span.offset - shift, span.length};
}

Result<Scoped> scopeStatement(const QString &text, const ScopeRequest &request)
{
    if (!request.classification.known())
        return refused(Text::tr("no tenant column was recognised in this database"), {},
                       Text::tr("run it unscoped"));
    if (!request.tenantId.nested.isEmpty() && !request.classification.nested)
        return refused(Text::tr("sluice.json says nothing of tenants within a tenant"), {},
                       Text::tr("choose the whole tenant"));
    const Result<sql::Outline> outline = sql::outline(text);
    if (!outline)
        return outline.error();
    if (const std::optional<Error> error = unfit(text, *outline, request.parameters.size()))
        return *error;
    Shared shared{.conditions =
                      Conditions(request.classification, request.tenantId, request.parameters)};
    return Splicer(text, request, *outline, shared).run();
}

} // namespace tenant
