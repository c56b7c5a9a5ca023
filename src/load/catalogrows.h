// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QHash>
#include <QStringList>

namespace load
{

/// The rows of a catalog query by the names of its columns.
class CatalogRows
{
public:
    explicit CatalogRows(rows::Page page);

    qsizetype count() const { return m_page.rowCount(); }
    bool isNull(qsizetype row, const char *column) const;
    QString text(qsizetype row, const char *column) const;
    bool flag(qsizetype row, const char *column) const;
    qint64 number(qsizetype row, const char *column) const;
    /// A JSON array of texts; empty for NULL.
    QStringList list(qsizetype row, const char *column) const;
    /// Storage parameters: a JSON array of "name=value".
    QList<std::pair<QString, QString>> options(qsizetype row, const char *column) const;

private:
    qsizetype index(const char *column) const;

    rows::Page m_page;
    QHash<QString, qsizetype> m_columns;
};

} // namespace load
