// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"

#include <optional>

namespace session
{

/// What is known of a transaction that was to be committed.
enum class Outcome { Written, Nothing, Unknown };

struct CommitEnd {
    Outcome outcome = Outcome::Nothing;
    std::optional<base::Error> error; ///< why it is not Written
};

/// Says COMMIT. When the answer is missing, because the connection was lost or the work was
/// cancelled in that moment, one of \a others is asked what became of the transaction.
CommitEnd commit(pg::Transaction &transaction, pg::Pool &others);

} // namespace session
