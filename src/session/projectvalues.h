// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "diff/change.h"
#include "diff/overlay.h"
#include "schema/database.h"
#include "schema/problem.h"

#include <optional>

namespace session
{

/// A source that is read asynchronously: nothing yet, being read, read, or failed. The last good
/// value stays while a newer one is read or has failed.
template <typename T> struct Loaded {
    enum class State { None, Loading, Ready, Failed };
    State state = State::None;
    std::optional<T> value;
    std::optional<base::Error> error;
};

struct Tenant {
    QString id;
    QString label; ///< organizations.name
    bool operator==(const Tenant &) const = default;
};

/// Code of the project, with what its loader noticed.
struct CodeState {
    schema::Database schema;
    QList<schema::Problem> problems;
};

/// The schema before and after a migration, and what lies between.
struct MigrationPicture {
    schema::Database before, after;
    diff::Difference difference;
};

} // namespace session
