// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tenant/classification.h"

namespace tenant
{

/// The tenant column and the table of tenants, as far as a schema shows them.
struct Guess {
    QString column;    ///< empty: none recognised
    schema::Name root; ///< empty: no table lists the tenants
    QString rootKey;
    QString labelColumn;
};

/// \a settings come first, as far as the schema has what they name.
Guess guess(const schema::Database &database, const Settings &settings);

/// Whether \a column looks like a reference to \a table that is not declared: order_id, orderId,
/// orders_id.
bool namesTable(const QString &column, const QString &table);

} // namespace tenant
