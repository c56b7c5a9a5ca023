// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

#include <QByteArrayView>

namespace query
{

/// A value of more bytes than this is cut, to its first characters (of bytea: bytes).
inline constexpr qint64 mostUncut = 2048;
inline constexpr qint64 keptOfCut = 512;
/// What has to be printed to be cut (json, arrays) and takes more room than this on the disk is not
/// even printed: that would take longer than to read the page.
inline constexpr qint64 mostPrinted = 131'072;

/// The last column of a page with cuts: which of the row's values are cut, and their whole sizes.
inline const QString sizesColumn = QStringLiteral("sluice_sizes");

/// Cuts for the columns of \a page that may hold long values. Whole stay those by which rows are
/// told apart, and those that refer to other rows. Of a column by which rows are sorted the
/// beginning is no place in the order. \a table is the definition of page.from.
QList<Cut> cutsOf(const Select &page, const schema::Table &table, const schema::Database &database);

/// How long values of \a column are made short; nothing where its type has none.
std::optional<Cut::Way> cutWay(const schema::Column &column, const schema::Database &database);

/// How long a value is that came cut.
struct CutSize {
    qint64 bytes = 0;      ///< of the server's text (of bytea: the bytes); 0: it came whole
    bool isStored = false; ///< as it is kept on the disk, maybe compressed: it was not printed
    bool isCut() const { return bytes > 0; }
    bool operator==(const CutSize &) const = default;
};

/// Of the value at position \a column in the row whose value of sizesColumn is \a sizes.
CutSize cutSize(QByteArrayView sizes, qsizetype column);

/// The rows of \a page with these \a keys, their \a columns whole or as digests: the key's columns
/// come first. The tenant's scope is the caller's to add, as of any query.
Select wholeOf(const Select &page, const Among &rows, const QList<ColumnRef> &columns,
               std::optional<Cut::Way> way = std::nullopt);

/// What is selected of a page, known as \a page, to make its values short.
QStringList cutColumns(const Select &select, const QString &page);
/// What cutColumns() needs beside the page's own columns: values that are printed, once.
QStringList printedColumns(const Select &select, const QString &page);

} // namespace query
