// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/importtable.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "session/namedtable.h"
#include "session/server.h"
#include "session/source.h"
#include "session/tenantnames.h"
#include "session/tenantsettings.h"
#include "session/text.h"

#include <algorithm>

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
/// The table in the code, for the names of its properties; nothing when the code has none or cannot
/// be read, which is not this command's matter.
std::optional<schema::Table> inCode(const base::Installation &installation, const QString &project,
                                    const schema::Name &name)
{
    const Result<SourceSchema> code = base::await(loadSource(installation, project));
    const schema::Table *table = code ? code->schema.table(name) : nullptr;
    return table ? std::optional(*table) : std::nullopt;
}

/// Which column of \a table takes which of the file: as the person says, else by name.
Result<ImportMapping> mappingOf(const base::Installation &installation,
                                const ImportOptions &options, const schema::Table &table,
                                const QStringList &titles)
{
    QStringList rest = titles;
    for (const auto &[title, column] : options.mapped) {
        const qsizetype place = titles.indexOf(title);
        if (place < 0)
            return Error{.kind = ErrorKind::InvalidInput,
                         .text = Text::tr("The file has no column '%1'").arg(title),
                         .where = options.file.path,
                         .detail = Text::tr("it has %1").arg(titles.join(QStringLiteral(", ")))};
        rest[place].clear();
    }
    ImportMapping mapping = mappingByName(rest, table, nullptr);
    const auto isOpen = [&](qsizetype i) {
        return !rest.at(i).isEmpty() && mapping.columns.at(i).isEmpty() &&
               mapping.notes.at(i).isEmpty();
    };
    bool needsCode = false;
    for (qsizetype i = 0; i < rest.size(); ++i)
        needsCode = needsCode || isOpen(i);
    if (needsCode) {
        const auto declared = inCode(installation, options.server.project, table.name);
        mapping = mappingByName(rest, table, declared ? &*declared : nullptr);
    }
    QStringList unknown;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        if (isOpen(i))
            unknown << rest.at(i);
    }
    if (!unknown.isEmpty())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text =
                         Text::tr("Columns of the file fit none of %1").arg(table.name.qualified()),
                     .where = options.file.path,
                     .detail = unknown.join(QStringLiteral(", ")),
                     .hint = Text::tr("say where they go: --map title=column, or --map title= to "
                                      "leave one out")};
    for (const auto &[title, column] : options.mapped)
        mapping.columns[titles.indexOf(title)] = column;
    return mapping;
}

Result<schema::Table> importedTable(const schema::Database &database, const QString &named,
                                    const edits::Reach &reach)
{
    const Result<schema::Table> table =
        namedTable(database, named, reach.classification, reach.tenant.tenant);
    if (table && !database.table(table->name))
        return Error{.kind = ErrorKind::Unsupported,
                     .text = Text::tr("Nothing can be imported into a view"),
                     .where = table->name.qualified()};
    return table;
}

/// Whose rows they will be.
Result<edits::Reach> reachOf(const Server &server, const load::Catalog &catalog,
                             const std::optional<tenant::TenantId> &tenant)
{
    const Result<tenant::Classification> classification = classified(catalog, server.config.root);
    if (!classification)
        return classification.error();
    edits::Reach reach{.classification = *classification, .tenant = {}};
    if (!tenant)
        return reach;
    const Result<tenant::TenantId> id = tenantId(*server.pool, *classification, *tenant);
    if (!id)
        return id.error();
    reach.tenant = *id;
    return reach;
}
} // namespace

Result<ImportReport> importTable(const base::Installation &installation,
                                 const ImportOptions &options,
                                 const std::shared_ptr<ImportProgress> &progress)
{
    const Result<ImportPreview> preview = previewOf(options.file, 0);
    if (!preview)
        return preview.error();
    const Result<Server> server = serverOf(installation, options.server, true);
    if (!server)
        return server.error();
    const Result<load::Catalog> catalog = base::await(load::catalog(server->pool, {}));
    if (!catalog)
        return catalog.error();
    const Result<edits::Reach> reach = reachOf(*server, *catalog, options.tenant);
    if (!reach)
        return reach.error();
    const Result<schema::Table> table = importedTable(catalog->schema, options.table, *reach);
    if (!table)
        return table.error();
    const Result<ImportMapping> mapping = mappingOf(installation, options, *table, preview->titles);
    if (!mapping)
        return mapping.error();
    Result<ImportReport> report = base::await(importFile(server->pool,
                                                         {.file = options.file,
                                                          .table = *table,
                                                          .columns = mapping->columns,
                                                          .reach = *reach,
                                                          .onConflict = options.onConflict,
                                                          .dryRun = options.dryRun,
                                                          .badRowsPath = options.badRowsPath},
                                                         progress));
    for (qsizetype i = 0; report && i < mapping->columns.size(); ++i) {
        if (mapping->columns.at(i).isEmpty() && !mapping->notes.at(i).isEmpty())
            report->notes
                << Text::tr("%1 was left out: %2").arg(preview->titles.at(i), mapping->notes.at(i));
    }
    return report;
}

} // namespace session
