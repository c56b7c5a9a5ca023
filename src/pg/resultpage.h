// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <memory>

typedef struct pg_result PGresult;

namespace pg
{

struct ClearResult {
    void operator()(PGresult *result) const;
};
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

/// The rows of \a result where they are: the page keeps the PGresult and cells point into it.
rows::Page pageOf(ResultHandle result);

} // namespace pg
