// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"
#include "session/import.h"

#include <QDateTime>
#include <QFile>

#include <memory>

namespace session
{

/// A column of the temporary table that the file is read into.
struct StagedColumn {
    QString name;    ///< of the table
    QString staged;  ///< of the temporary table, where it is text
    int source = -1; ///< column of the file; -1: the tenant fills it
    QString type;    ///< SQL, with its length and the like
    QString cast;    ///< SQL, what a text becomes before the column takes it: without its length
    bool notNull = false;
    sql::Parameter instead; ///< of NULL: the tenant
};

/// A value as it is shown beside a reason.
QString shownValue(QByteArrayView value);

/// The file's rows on their way to the server, in the text form of COPY: number, line, columns.
/// Those that cannot be sent are kept as faults.
class ImportRows
{
public:
    ImportRows(const ImportRequest &request, ImportProgress *progress)
        : m_request(request)
        , m_progress(progress)
    {
    }

    /// Begins at the first row.
    base::Result<base::Done> open();
    pg::CopySource source(const QList<StagedColumn> &columns);

    qint64 count() const { return m_number; }
    const QList<BadRow> &faults() const { return m_faults; } ///< the first ones
    const QList<qint64> &faulty() const { return m_faulty; } ///< numbers of all

    /// Writes the rows with the \a numbers, which are in order, to a file that appears when it is
    /// whole; the line of titles first. Io; Refused when the file is another one by now.
    base::Result<base::Done> keep(const QList<qint64> &numbers, const QString &path);

private:
    void add(const rows::CsvRecord &record, const QList<StagedColumn> &columns, QByteArray &piece);
    void note(const rows::CsvRecord &record, const QString &reason, const QString &value);
    base::Result<bool> skipTitles(rows::CsvRecord &record);

    const ImportRequest &m_request;
    ImportProgress *m_progress;
    std::unique_ptr<QFile> m_file;
    std::unique_ptr<rows::CsvReader> m_reader;
    qint64 m_number = 0;
    qint64 m_size = -1;
    QDateTime m_changed;
    QList<BadRow> m_faults;
    QList<qint64> m_faulty;
};

} // namespace session
