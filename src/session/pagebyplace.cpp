// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/pagebyplace.h"

#include "query/paging.h"
#include "sql/identifier.h"

#include <algorithm>
#include <cmath>

namespace session
{

using base::Result;

namespace
{
struct File {
    qint64 blocks = 0;
    double rowsInBlock = 1;
};

Result<File> fileOf(pg::Transaction &transaction, const schema::Name &table)
{
    const sql::Statement statement{
        QStringLiteral("SELECT pg_catalog.pg_relation_size(oid) /"
                       " pg_catalog.current_setting('block_size')::bigint,"
                       " greatest(reltuples, 1) / greatest(relpages, 1)"
                       " FROM pg_catalog.pg_class WHERE oid = $1::pg_catalog.regclass"),
        {sql::parameter(sql::identifier(table.schema, table.name))}};
    const Result<rows::Page> page = transaction.run(statement);
    if (!page)
        return page.error();
    if (page->rowCount() != 1)
        return File();
    return File{page->text(0, 0).toLongLong(), std::max(1.0, page->text(0, 1).toDouble())};
}
} // namespace

Result<rows::Page> pageByPlace(pg::Transaction &transaction, query::Select select)
{
    constexpr qint64 widening = 4;
    const Result<File> file = fileOf(transaction, select.from.table);
    if (!file)
        return file.error();
    const bool hasKey = select.after && !select.after->values.isEmpty();
    const bool isUpwards = (select.after && select.after->backwards) == select.sorts[0].descending;
    const qint64 from =
        hasKey ? query::blockOf(select.after->values.first()) : (isUpwards ? 0 : file->blocks - 1);
    const double wanted = double(*select.limit + select.offset);
    qint64 span = qint64(std::ceil(wanted / file->rowsInBlock * 1.25)) + 1;
    while (true) {
        const qint64 first = isUpwards ? from : std::max<qint64>(0, from - span + 1);
        const qint64 end = isUpwards ? std::min(file->blocks, from + span) : from + 1;
        select.blocks = query::Blocks{first, std::max<qint64>(0, end - first)};
        const Result<rows::Page> page = transaction.run(query::render(select).statement);
        const bool isEdge = isUpwards ? end >= file->blocks : first == 0;
        if (!page || isEdge || page->rowCount() >= *select.limit)
            return page;
        span *= widening;
    }
}

} // namespace session
