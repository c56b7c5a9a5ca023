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
/// value stays while a newer one is read or has failed. While the first one is read, the value may
/// be what was kept of the same files from an earlier run.
template <typename T> struct Loaded {
    enum class State { None, Loading, Ready, Failed };
    State state = State::None;
    std::optional<T> value;
    std::optional<base::Error> error;
};

struct Tenant {
    QString id;
    QString label; ///< organizations.name
    QString text() const { return label.isEmpty() ? id : label; }
    bool operator==(const Tenant &) const = default;
};

/// Code of the project, with what its loader noticed.
struct CodeState {
    schema::Database schema;
    QList<schema::Problem> problems; ///< of the newest reading
    bool stale =
        false; ///< parts of the newest reading are missing: the schema is the last whole one
};

/// What lies between the database and the code: the changes that turn it into what the code says.
struct Comparison {
    diff::Difference difference;
    QStringList notices; ///< what could not be read, or only be compared as text, and why
};

/// The schema before and after a migration, and what lies between.
struct MigrationPicture {
    schema::Database before, after;
    diff::Difference difference;
};

} // namespace session
