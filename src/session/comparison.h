// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "load/catalog.h"
#include "migrate/renames.h"
#include "session/projectvalues.h"

#include <functional>
#include <memory>

namespace session
{

class Scratch;

/// What of an open project is compared.
struct ComparedSides {
    std::optional<schema::Database> code;
    std::optional<schema::Database> database; ///< what the project looks at of `catalog`
    std::shared_ptr<const load::Catalog> catalog;
    load::Config config;
    migrate::RenameAnswers answers; ///< not kept in the folder yet
    bool incomplete = false;        ///< parts of the code could not be read
};

/// Code and database laid over each other, with what lies between them.
struct LaidOver {
    QList<diff::OverlayNode> tree;
    std::optional<base::Result<Comparison>> comparison; ///< nothing: a side is not known
};

/// The tree of what is known, nothing compared.
LaidOver layOver(const ComparedSides &sides);

/// Compares the two sides of \a sides, both known, as `sluice diff` does, with \a scratch. Blocks.
/// Comes back without an answer as soon as \a isStopped says so between two pieces of work.
std::optional<LaidOver> compareAndLayOver(const ComparedSides &sides, Scratch &scratch,
                                          const std::function<bool()> &isStopped);

} // namespace session
