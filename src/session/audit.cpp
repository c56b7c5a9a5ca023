// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/audit.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "migrate/generatednames.h"
#include "migrate/plan.h"
#include "pg/pool.h"
#include "query/typescript.h"
#include "session/server.h"
#include "session/tenantsettings.h"
#include "session/text.h"
#include "sql/identifier.h"
#include "tenant/condition.h"

#include <algorithm>

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{

bool endsAll(const Error &error)
{
    return error.kind == ErrorKind::Connection || error.kind == ErrorKind::Authentication ||
           error.kind == ErrorKind::Cancelled;
}

Result<QList<AuditFinding>> ask(pg::Transaction &transaction, const QList<tenant::AuditKey> &keys,
                                const tenant::Classification &classification,
                                const QString &tenantId)
{
    QList<AuditFinding> findings;
    for (const tenant::AuditKey &key : keys) {
        AuditFinding finding{.key = key, .error = {}};
        if (!key.held) {
            const Result<rows::Page> page =
                transaction.run(tenant::auditCount(key, classification, tenantId));
            if (page) {
                finding.crossing = page->text(0, 0).toLongLong();
                finding.oneSided = page->text(0, 1).toLongLong();
            } else if (endsAll(page.error()) || transaction.cancelled()) {
                return page.error();
            } else {
                finding.error = page.error();
                if (const auto again = transaction.restart(); !again)
                    return again.error();
            }
        }
        findings << finding;
    }
    return findings;
}

/// The composite key in place of \a key, with a name as drizzle-kit would give it.
schema::ForeignKey compositeOf(const schema::Table &table, const tenant::AuditKey &key,
                               const QString &column, const QString &targetColumn)
{
    schema::ForeignKey composite = key.key;
    composite.columns.prepend(column);
    composite.targetColumns.prepend(targetColumn);
    composite.origin = {};
    composite.name = migrate::nameInCode(table, composite);
    return composite;
}

bool isUnique(const schema::Table &table, const QStringList &columns)
{
    const auto same = [sorted =
                           [](QStringList list) {
                               list.sort();
                               return list;
                           },
                       &columns](const QStringList &other) {
        return sorted(other) == sorted(columns);
    };
    return same(table.keyColumns()) ||
           std::ranges::any_of(table.uniques,
                               [&](const schema::Unique &unique) { return same(unique.columns); });
}

/// ["t.organizationId", "t.id"]
QStringList paths(const query::TypeScriptNames &names, const QString &alias,
                  const QString &variable, const QStringList &columns)
{
    QStringList result;
    for (const QString &column : columns) {
        const query::ColumnRef reference{alias, column};
        result << variable + names.path(reference).mid(names.table(alias).size());
    }
    return result;
}

QString actionText(const char *name, const QString &action)
{
    return action == QLatin1String("no action")
               ? QString()
               : QStringLiteral(".%1(%2)").arg(QLatin1String(name), query::stringLiteral(action));
}

struct Composite {
    const schema::Table *table;
    const schema::Table *target;
    schema::ForeignKey key;
    bool needsUnique = false;
};

QString drizzleText(const Composite &made, const tenant::AuditKey &key,
                    const schema::Database &database)
{
    const QString row = QStringLiteral("row");
    const QString target = QStringLiteral("target");
    const query::Select both{.from = {made.table->name, row},
                             .joins = {{.table = {made.target->name, target}, .on = {}}}};
    const query::TypeScriptNames names(both, database);
    const QString comma = QStringLiteral(", ");
    QString text;
    if (made.needsUnique)
        text =
            QStringLiteral("// %1\nunique().on(%2),\n\n")
                .arg(Text::tr("among the constraints of %1").arg(names.table(target)),
                     paths(names, target, QStringLiteral("t"), made.key.targetColumns).join(comma));
    const QString heading =
        made.key.columns.size() == 2
            ? Text::tr("among the constraints of %1, in place of references() at %2")
                  .arg(names.table(row), names.property({row, key.key.columns.first()}))
            : Text::tr("among the constraints of %1, in place of %2")
                  .arg(names.table(row), key.key.name);
    // A table that refers to itself is not there yet under its own name.
    const QString targetVariable =
        made.table == made.target ? QStringLiteral("t") : names.table(target);
    text +=
        QStringLiteral("// %1\nforeignKey({\n  columns: [%2],\n  foreignColumns: [%3],\n})%4%5,\n")
            .arg(heading, paths(names, row, QStringLiteral("t"), made.key.columns).join(comma),
                 paths(names, target, targetVariable, made.key.targetColumns).join(comma),
                 actionText("onDelete", made.key.onDelete),
                 actionText("onUpdate", made.key.onUpdate));
    return text;
}

/// The schema with the composite key in place of the old one, which may have another name there.
schema::Database withComposite(schema::Database database, const Composite &made,
                               const tenant::AuditKey &replaced)
{
    const auto find = [&database](const schema::Name &name) {
        return std::ranges::find(database.tables, name, &schema::Table::name);
    };
    if (made.needsUnique) {
        const auto target = find(made.target->name);
        schema::Unique unique{.name = {}, .columns = made.key.targetColumns, .origin = {}};
        unique.name = migrate::nameInCode(*target, unique);
        target->uniques << unique;
    }
    QList<schema::ForeignKey> &keys = find(made.table->name)->foreignKeys;
    keys.removeIf([&](const schema::ForeignKey &other) {
        return other.columns == replaced.key.columns &&
               schema::Name{other.targetSchema, other.targetTable} == replaced.target();
    });
    keys << made.key;
    return database;
}

/// By hand, for what Drizzle cannot declare: of a composite key only the columns that say which row
/// are emptied (PostgreSQL 15 and later).
QStringList clearingStatements(const Composite &made, const tenant::AuditKey &key)
{
    const auto list = [](const QStringList &columns) {
        QStringList quoted;
        for (const QString &column : columns)
            quoted << sql::identifier(column);
        return quoted.join(QStringLiteral(", "));
    };
    QStringList statements;
    if (made.needsUnique) {
        schema::Unique unique{.name = {}, .columns = made.key.targetColumns, .origin = {}};
        statements << QStringLiteral("ALTER TABLE %1 ADD CONSTRAINT %2 UNIQUE (%3);")
                          .arg(tenant::qualifiedName(made.target->name),
                               sql::identifier(migrate::nameInCode(*made.target, unique)),
                               list(unique.columns));
    }
    const auto action = [&](const char *event, const QString &what) {
        if (what == QLatin1String("no action"))
            return QString();
        QString text = QStringLiteral(" ON %1 %2").arg(QLatin1String(event), what.toUpper());
        if (what.startsWith(QLatin1String("set ")) &&
            QLatin1String(event) == QLatin1String("DELETE"))
            text += QStringLiteral(" (%1)").arg(list(key.key.columns));
        return text;
    };
    statements << QStringLiteral("ALTER TABLE %1 DROP CONSTRAINT %2, ADD CONSTRAINT %3 FOREIGN KEY "
                                 "(%4) REFERENCES %5 (%6)%7%8;")
                      .arg(tenant::qualifiedName(made.table->name), sql::identifier(key.key.name),
                           sql::identifier(made.key.name), list(made.key.columns),
                           tenant::qualifiedName(made.target->name), list(made.key.targetColumns),
                           action("DELETE", made.key.onDelete),
                           action("UPDATE", made.key.onUpdate));
    return statements;
}

} // namespace

QFuture<Result<QList<AuditFinding>>> audit(pg::Pool &pool, QList<tenant::AuditKey> keys,
                                           tenant::Classification classification, QString tenantId)
{
    return pool.transact<QList<AuditFinding>>(
        pg::Access::Read, [keys = std::move(keys), classification = std::move(classification),
                           tenantId = std::move(tenantId)](pg::Transaction &transaction) {
            return ask(transaction, keys, classification, tenantId);
        });
}

AuditRemedy remedyOf(const tenant::AuditKey &key, const schema::Database &code,
                     const schema::Database &catalog, const tenant::Classification &classification)
{
    if (key.held)
        return {.drizzle = {},
                .statements = {},
                .notice = Text::tr("The key holds %1 at both ends: no row can cross")
                              .arg(classification.column)};
    const bool inCode = code.table(key.table) && code.table(key.target());
    const schema::Database &database = inCode ? code : catalog;
    const schema::Table *table = database.table(key.table);
    const schema::Table *target = database.table(key.target());
    if (!table || !target)
        return {};
    if (!classification.schemas.isEmpty())
        return {.drizzle = {},
                .statements = {},
                .notice = Text::tr("A key from one tenant's schema into another's: point it at the "
                                   "table of its own schema")};
    for (const schema::Table *end : {table, target}) {
        if (classification.tables.value(end->name).scoping == tenant::Scoping::Direct)
            continue;
        return {.drizzle = {},
                .statements = {},
                .notice = Text::tr("%1 has no %2 of its own: add it first (nullable, filled in, "
                                   "then NOT NULL), so that a key can hold it")
                              .arg(end->name.name, classification.column)};
    }
    const QString column = classification.tables.value(table->name).column;
    const QString targetColumn = classification.tables.value(target->name).column;
    Composite made{
        .table = table, .target = target, .key = compositeOf(*table, key, column, targetColumn)};
    made.needsUnique = !isUnique(*target, made.key.targetColumns);
    const bool clears = made.key.onDelete.startsWith(QLatin1String("set ")) ||
                        made.key.onUpdate.startsWith(QLatin1String("set "));
    if (clears)
        return {.drizzle = {},
                .statements = clearingStatements(made, key),
                .notice = Text::tr("ON DELETE SET NULL of a key of several columns would empty %1 "
                                   "too, and Drizzle cannot name the column that is meant: write "
                                   "it by hand (sluice generate --custom), PostgreSQL 15 and later")
                              .arg(column)};
    const schema::Database after = withComposite(database, made, key);
    AuditRemedy remedy{.drizzle = drizzleText(made, key, database), .statements = {}, .notice = {}};
    const migrate::Plan plan = migrate::plan(diff::compare(database, after), database, after);
    for (const migrate::PlanLine &line : plan.lines)
        remedy.statements << line.statement;
    return remedy;
}

Result<ProjectAudit> auditProject(const base::Installation &installation,
                                  const ServerOptions &options)
{
    const Result<Server> server = serverOf(installation, options, false);
    if (!server)
        return server.error();
    const Result<load::Catalog> catalog = base::await(load::catalog(server->pool, {}));
    if (!catalog)
        return catalog.error();
    const Result<tenant::Classification> classification = classified(*catalog, server->config.root);
    if (!classification)
        return classification.error();
    ProjectAudit made{.server = server->target.display(),
                      .findings = {},
                      .code = {},
                      .catalog = catalog->schema,
                      .classification = *classification,
                      .rowsOf = {}};
    if (!made.classification.known())
        return Error{.kind = ErrorKind::NotFound,
                     .text = Text::tr("No tenant column was recognised in this database"),
                     .where = made.server,
                     .hint = Text::tr("it is customary to call it organization_id, tenant_id or "
                                      "workspace_id")};
    const Result<QList<AuditFinding>> findings =
        base::await(audit(*server->pool, tenant::auditKeys(catalog->schema, made.classification),
                          made.classification, {}));
    if (!findings)
        return findings.error();
    made.findings = *findings;
    made.rowsOf = [pool = server->pool, schema = made.catalog,
                   classification =
                       made.classification](const tenant::AuditKey &key) -> Result<rows::Page> {
        const schema::Table *table = schema.table(key.table);
        return base::await(
            pool->run(tenant::auditRows(key, table ? *table : schema::Table(), classification)));
    };
    // The names of the code go with the code; its tables are the ones that a person changes.
    if (const Result<load::Code> code = load::currentCode(installation, options.project))
        made.code = code->schema;
    return made;
}

} // namespace session
