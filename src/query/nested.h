// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/paging.h"
#include "query/relations.h"

namespace query
{

/// The last two columns of what renderNested() asks for: which key a row belongs to, by its
/// position, and how many rows that has in all.
inline const QString nestedKeyColumn = QStringLiteral("sluice_key");
inline const QString nestedCountColumn = QStringLiteral("sluice_count");
/// Counting goes no further; one more stands for "more than that".
inline constexpr qint64 mostNestedCounted = 1'000;

/// The rows of \a target, to which \a relation leads, for the rows whose values in
/// relation.keyColumns are put into `among`: for each \a most rows in the order of the target's
/// key. The tenant's scope is the caller's to add, as of any query.
Select nestedOf(const Relation &relation, const schema::Table &target,
                const schema::Database &database, qint64 most, Storage storage = Storage::OneFile);

/// One statement for up to select.limit rows of \a select for each key of select.among, in the
/// order of the keys and then of the sorts: each key is sought for itself, so that an index finds
/// its first rows however many it has.
Rendered renderNested(const Select &select);

} // namespace query
