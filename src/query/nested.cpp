// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/nested.h"

#include "query/cuts.h"

namespace query
{

Select nestedOf(const Relation &relation, const schema::Table &target,
                const schema::Database &database, qint64 most, Storage storage)
{
    const QString alias = target.name.name;
    Select select = pageOf(target, alias, {}, storage);
    select.among = Among{};
    for (const QString &column : relation.keyTargetColumns)
        select.among->columns << ColumnRef{alias, column};
    select.limit = most;
    select.cuts = cutsOf(select, target, database);
    return select;
}

} // namespace query
