// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>

namespace store
{

using Row = QVariantList;

/// One connection to an SQLite file, brought to the newest layout. Closed when it dies.
class Database
{
public:
    enum class Condition { Usable, Unreadable };

    /// Opens \a path and applies the migrations that it lacks. \a condition tells a file that is
    /// none of SQLite's, or damaged, from one that cannot be opened.
    static base::Result<std::unique_ptr<Database>> open(const QString &path, Condition *condition);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    base::Result<QList<Row>> run(const QString &statement, const QVariantList &values = {});
    /// Everything in \a work or nothing of it.
    base::Result<base::Done> transaction(const std::function<base::Result<base::Done>()> &work);

private:
    explicit Database(QString path);
    base::Result<base::Done> check();
    base::Result<base::Done> prepare();
    base::Result<base::Done> migrate();

    QString m_path;
    QString m_name; ///< of the Qt Sql connection
};

} // namespace store
