// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/cluster.h"
#include "schema/database.h"
#include "session/ground.h"

#include <QStringList>

#include <memory>

namespace pg
{
class Pool;
}

namespace session
{

/// A throw-away database of the private cluster. Parts of a schema are put there to learn how
/// PostgreSQL itself writes them; nothing stays, since everything is rolled back. What is put there
/// runs as a role that may do nothing elsewhere. The server starts with the first question.
class Scratch
{
public:
    explicit Scratch(pg::Cluster cluster);

    /// What the server did not take, as table.part, and its reason.
    struct Refusal {
        QString what, why;
    };
    struct ReadBack {
        schema::Database schema;
        QList<Refusal> refused;
    };

    /// \a part on \a ground as the server reads it back. Of it are made: enums, tables with
    /// columns, defaults, generated expressions, checks, indexes, policies, sequences by their
    /// names, and views; of the extensions those that are there and may be made.
    base::Result<ReadBack> readBack(const schema::Database &part, const Ground &ground);

private:
    base::Result<std::shared_ptr<pg::Pool>> pool();

    pg::Cluster m_cluster;
    std::shared_ptr<pg::ClusterLease> m_lease;
    std::shared_ptr<pg::Pool> m_pool;
};

} // namespace session
