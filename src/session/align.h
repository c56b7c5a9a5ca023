// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "diff/change.h"
#include "schema/database.h"
#include "schema/surroundings.h"

#include <QStringList>

namespace session
{

class Scratch;

/// Where the live side of an alignment comes from. What its doubtful parts stand on is taken from
/// there: extensions, functions, types and sequences that no schema declares, and tables that are
/// not the project's. Null where there is no such thing.
struct LiveContext {
    const schema::Surroundings *surroundings = nullptr;
    const schema::Database *whole = nullptr; ///< the catalog before anything was left out of it
    /// Functions of extensions, as load::Catalog has them.
    const QList<schema::LiveObject> *ofExtensions = nullptr;
};

struct Aligned {
    schema::Database schema;
    QStringList notices; ///< what could only be compared as text, and why
};

/// A live \a catalog with everything that means the same as in \a declared written as it is there,
/// so that only true differences are left to diff::compare: types, defaults, generated expressions,
/// checks, indexes, policies and views by what PostgreSQL makes of both in \a scratch, and what the
/// two notations cannot share (names cut at 63 bytes, forms of a primary key, actions, options that
/// have their default). Equal texts need no server.
base::Result<Aligned> align(const schema::Database &catalog, const schema::Database &declared,
                            Scratch &scratch, const LiveContext &context);

/// The same where parts have another name in \a declared: what an answered rename among \a changes,
/// which turn \a catalog into \a declared, is about is compared under its new name and keeps its
/// old one.
base::Result<Aligned> alignRenamed(const schema::Database &catalog,
                                   const schema::Database &declared,
                                   const QList<diff::Change> &changes, Scratch &scratch,
                                   const LiveContext &context);

/// The renames among \a changes that were answered or follow from an answer. Parts that merely have
/// another name are not among them: before the alignment that may be the notation.
QList<diff::Change> answeredRenames(const QList<diff::Change> &changes);

} // namespace session
