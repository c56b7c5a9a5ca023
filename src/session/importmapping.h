// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "edits/statements.h"
#include "rows/csvreader.h"
#include "sql/statement.h"

#include <QFuture>
#include <QStringList>

namespace session
{

/// A file of separated values, as a person describes it.
struct ImportFile {
    QString path;
    rows::CsvFormat format;
};

/// The beginning of a file.
struct ImportPreview {
    char delimiter = ',';
    QStringList titles; ///< without a line of titles "1", "2"…
    QList<QList<sql::Parameter>> rows;
    QStringList faults; ///< of rows that cannot be taken apart, with their lines
};

/// The first \a most rows; NotFound and Io for the file, InvalidInput when there is nothing in it.
base::Result<ImportPreview> previewOf(const ImportFile &file, qsizetype most);
/// The same on a worker thread.
QFuture<base::Result<ImportPreview>> readPreview(const ImportFile &file, qsizetype most);

/// Which column of the table takes which column of the file.
struct ImportMapping {
    QStringList columns; ///< for each column of the file; empty: left out
    QStringList notes;   ///< for each, why it is left out although its name would fit
    bool operator==(const ImportMapping &) const = default;
};

/// By name: as it is, else without regard to case, spaces, - and _, by the database's names and by
/// those of \a code (null: there is none), the properties. Generated columns and identities are
/// left out.
ImportMapping mappingByName(const QStringList &titles, const schema::Table &live,
                            const schema::Table *code);

/// What stands against \a columns: a column twice or that is not there, one that the server fills
/// itself, one that has to have a value and gets none.
base::Result<base::Done> examine(const QStringList &columns, const schema::Table &live,
                                 const edits::Reach &reach);

/// Why nothing can be imported into \a table while \a reach holds; nothing when it can.
std::optional<base::Error> whyNotImported(const schema::Table &table, const edits::Reach &reach);

/// The columns by which rows of \a table are told apart when \a columns are given; empty: none are.
QStringList conflictKey(const schema::Table &table, const QStringList &columns,
                        const edits::Reach &reach);

/// The columns that the chosen tenant fills: its own, and that of the nested one.
QStringList tenantColumns(const schema::Table &table, const edits::Reach &reach);

} // namespace session
