// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "sql/outline.h"
#include "sql/statement.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

namespace tenant
{

/// Whether the server may evaluate the statement's own expressions on rows of other tenants before
/// it drops those rows. Open keeps the indexes' use; an error may then quote another tenant's
/// value, so the statement is run once more Fenced and that answer is shown.
enum class Fence { Open, Fenced };

/// A relation as the server finds it: public is the empty schema. The kind is pg_class.relkind.
struct FoundRelation {
    schema::Name name;
    QChar kind = u'r';
    /// Of a view its query, in which every name that is not PostgreSQL's own has its schema: no
    /// name of WITH and no search path gives it another meaning where it is put.
    QString definition = {};
    schema::Name root = {};         ///< of a partition: the table that it is a part of, at the top
    QList<schema::Name> parts = {}; ///< partitions and tables that inherit, of all levels

    const schema::Name &scopedAs() const { return root.name.isEmpty() ? name : root; }
};

/// What the names in a statement mean to the server, by schema and name as they are written. A name
/// that is missing here is looked for in public.
using FoundNames = QHash<schema::Name, FoundRelation>;

struct ScopeRequest {
    const Classification &classification;
    TenantId tenantId;
    FoundNames names = {};
    Fence fence = Fence::Open;
    /// How the aliases begin under which tenant tables are read, so that the plan shows which scans
    /// are ours: chosen anew for every statement. Lower case letters, digits, _.
    QString mark = QStringLiteral("sluice");
    /// Values of the $1… that the text has already; the tenant's follows them.
    QList<sql::Parameter> parameters = {};
};

/// A table that a statement writes, and the name that its rows have in the statement.
struct WriteTarget {
    schema::Name table;
    QString alias;
    sql::Use use = sql::Use::Update;
    schema::Name root = {};         ///< of a partition, as in FoundRelation
    QList<schema::Name> parts = {}; ///< whose rows it has, too

    const schema::Name &scopedAs() const { return root.name.isEmpty() ? table : root; }
};

/// A statement with conditions in its text.
struct Scoped {
    /// What stands in the place of a span of the text that a person wrote.
    struct Edit {
        base::TextSpan span;
        QString text;
    };

    sql::Statement statement;
    QString mark;
    TenantId tenantId = {};
    sql::Outline outline;
    QList<WriteTarget> targets;
    QList<Edit> edits; ///< in the order of the text
    /// What it reads that is the same for all tenants, partitions under their own names, too.
    QList<schema::Name> everybodys;
    /// What is said in the views that it reads, whose queries stand in its text, too.
    QStringList viewFunctions, viewOperators, viewColumns;

    /// Where a place of the statement stands in what the person wrote; inside an edit that is what
    /// it replaced.
    base::TextSpan original(base::TextSpan span) const;
};

/// A statement that a person wrote, kept to the rows of one tenant: every table of a tenant is
/// replaced in the text by a subquery of its rows of that tenant, so layout and comments stay; the
/// target of a statement that writes gets the condition beside its own. A view is replaced by its
/// query, of which the same holds: it is then computed from the tenant's rows alone, whatever it
/// computes.
///
/// Done for one SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE or EXPLAIN of them over known
/// tables, direct or along a path, with functions of a closed list. Everything else is Refused with
/// the reason and the nearest form that is not. A guard against mistakes; row-level security is the
/// wall.
base::Result<Scoped> scopeStatement(const QString &text, const ScopeRequest &request);

/// How \a text names relations, for who asks the server what they mean.
QList<schema::Name> namesIn(const sql::Outline &outline);

} // namespace tenant
