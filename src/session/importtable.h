// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "session/connection.h"
#include "session/import.h"

namespace session
{

struct ImportOptions {
    ServerOptions server;
    QString table; ///< contacts or app.contacts, as the database calls it
    ImportFile file;
    /// Ids or labels; nothing: unscoped, which the person asked for.
    std::optional<tenant::TenantId> tenant;
    /// The file's columns that do not go by their names: title and column, empty to leave it out.
    QList<std::pair<QString, QString>> mapped;
    OnConflict onConflict = OnConflict::Stop;
    bool dryRun = false;
    QString badRowsPath; ///< see ImportRequest
};

/// An import from the command line: blocks. The report's notes say which columns of the file were
/// left out. InvalidInput for a column of the file that fits none of the table.
base::Result<ImportReport> importTable(const base::Installation &installation,
                                       const ImportOptions &options,
                                       const std::shared_ptr<ImportProgress> &progress = {});

} // namespace session
