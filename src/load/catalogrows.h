// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QHash>
#include <QStringList>

#include <utility>
#include <vector>

namespace load
{

/// The rows of a catalog query by the names of its columns, which have to be literals: one that was
/// looked up is found again by its address.
class CatalogRows
{
public:
    explicit CatalogRows(rows::Page page);

    qsizetype count() const { return m_page.rowCount(); }
    bool isNull(qsizetype row, const char *column) const;
    QString text(qsizetype row, const char *column) const;
    bool flag(qsizetype row, const char *column) const;
    qint64 number(qsizetype row, const char *column) const; ///< 0 for NULL
    quint32 oid(qsizetype row, const char *column) const { return quint32(number(row, column)); }
    /// The first character of a "char"; 0 for NULL and the empty one.
    char letter(qsizetype row, const char *column) const;
    /// The numbers in an array or vector of them: {1,2}, 1 2.
    QList<int> numbers(qsizetype row, const char *column) const;
    /// A JSON array of texts; empty for NULL.
    QStringList list(qsizetype row, const char *column) const;
    /// Storage parameters: a JSON array of "name=value".
    QList<std::pair<QString, QString>> options(qsizetype row, const char *column) const;

private:
    qsizetype index(const char *column) const;

    rows::Page m_page;
    QHash<QString, qsizetype> m_columns;
    mutable std::vector<std::pair<const char *, qsizetype>> m_known;
};

} // namespace load
