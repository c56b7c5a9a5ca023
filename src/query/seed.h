// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "sql/statement.h"

#include <QList>

namespace query
{

/// Rows as a drizzle-orm insert with imports: `await db.insert(contacts).values([…])`. \a columns
/// names the values of each row; computed columns are left out, as drizzle-orm does not take them.
/// What a JavaScript value would round (bigint, microseconds, numbers inside json) or has no form
/// for is written as SQL. The export's names come from \a code, the types from \a table.
QString renderSeed(const schema::Table &table, const schema::Database &code,
                   const QStringList &columns, const QList<QList<sql::Parameter>> &rows);

} // namespace query
