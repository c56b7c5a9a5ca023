// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "query/select.h"
#include "rows/writer.h"
#include "session/connection.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

#include <QFuture>

#include <atomic>
#include <functional>
#include <memory>

namespace pg
{
class Pool;
}

namespace session
{

/// What INSERT into \a table names, and the columns that it leaves out.
rows::InsertTarget insertTarget(const schema::Table &table);
QStringList computedColumns(const schema::Table &table);

/// All rows of a query as a stream of text.
struct ExportRequest {
    query::Select select;              ///< without scopes; all of its rows, whatever its limit says
    schema::Table table;               ///< that the rows are of
    rows::Form form = rows::Form::Csv; ///< Csv, Json or Inserts
    /// Nothing: of all tenants, which the person chose.
    std::optional<tenant::TenantId> tenantId;
    tenant::Classification classification;
};

/// How far an export is; written by its thread, read by others.
struct ExportProgress {
    std::atomic<qint64> rows = 0;
    std::atomic<qint64> bytes = 0;
};

using ExportSink = std::function<base::Result<base::Done>(const QByteArray &piece)>;

/// Streams the rows to \a sink through COPY, on a connection of its own without a time limit; in
/// memory are a few rows. The tenant's condition is that of the grid. Ends with the number of rows.
/// Cancelling the future cancels the statement on the server.
QFuture<base::Result<qint64>> exportRows(const std::shared_ptr<pg::Pool> &pool,
                                         const ExportRequest &request, ExportSink sink,
                                         std::shared_ptr<ExportProgress> progress = {});

/// Into a file, which appears under its name when it is complete: an export that fails or is
/// cancelled leaves what was there before.
QFuture<base::Result<qint64>> exportFile(const std::shared_ptr<pg::Pool> &pool,
                                         const ExportRequest &request, const QString &path,
                                         std::shared_ptr<ExportProgress> progress = {});

struct ExportOptions {
    ServerOptions server;
    QString table; ///< contacts or app.contacts, as the database calls it
    /// Ids or labels; nothing: unscoped, which the person asked for.
    std::optional<tenant::TenantId> tenant;
    QString condition; ///< SQL; empty: all rows
    rows::Form form = rows::Form::Csv;
};

/// For the command line: blocks.
base::Result<qint64> exportTable(const base::Installation &installation,
                                 const ExportOptions &options, const ExportSink &sink,
                                 const std::shared_ptr<ExportProgress> &progress = {});

} // namespace session
