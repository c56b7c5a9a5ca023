// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"
#include "query/select.h"

namespace session
{

/// A page of a table that has no key, in the order of its file: as many blocks around the key are
/// read as are needed for select.limit rows, and no more. Blocks; \a select is by place and has a
/// limit.
base::Result<rows::Page> pageByPlace(pg::Transaction &transaction, query::Select select);

} // namespace session
