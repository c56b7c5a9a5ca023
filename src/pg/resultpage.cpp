// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/resultpage.h"

#include <libpq-fe.h>

namespace pg
{

namespace
{
class ResultStorage final : public rows::Storage
{
public:
    explicit ResultStorage(ResultHandle result)
        : m_result(std::move(result))
    {
    }

    qsizetype rowCount() const override { return PQntuples(m_result.get()); }

    std::optional<QByteArrayView> cell(qsizetype row, qsizetype column) const override
    {
        const int r = int(row);
        const int c = int(column);
        if (PQgetisnull(m_result.get(), r, c))
            return std::nullopt;
        return QByteArrayView(PQgetvalue(m_result.get(), r, c), PQgetlength(m_result.get(), r, c));
    }

    qint64 bytes() const override { return qint64(PQresultMemorySize(m_result.get())); }

private:
    ResultHandle m_result;
};

/// libpq counts the rows of a SELECT as well; only what changed rows is of interest.
qint64 affectedRows(PGresult *result)
{
    const QByteArrayView command(PQcmdStatus(result));
    for (const char *verb : {"INSERT", "UPDATE", "DELETE", "MERGE"}) {
        if (command.startsWith(verb))
            return QByteArray(PQcmdTuples(result)).toLongLong();
    }
    return -1;
}
} // namespace

void ClearResult::operator()(PGresult *result) const
{
    PQclear(result);
}

rows::Page pageOf(ResultHandle result)
{
    QList<rows::ResultColumn> columns;
    const int count = PQnfields(result.get());
    columns.reserve(count);
    for (int i = 0; i < count; ++i)
        columns.append({.name = QString::fromUtf8(PQfname(result.get(), i)),
                        .typeOid = PQftype(result.get(), i),
                        .typeModifier = PQfmod(result.get(), i)});
    const qint64 affected = affectedRows(result.get());
    auto storage = std::make_shared<ResultStorage>(std::move(result));
    return rows::Page(std::move(columns), std::move(storage), affected);
}

} // namespace pg
