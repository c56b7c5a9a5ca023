// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace sql
{

/// A relation as a statement names it, always with its schema.
struct RelationName {
    QString schema;
    QString name;
};

// New names in a statement as pg_get_viewdef() writes it: every relation with its schema. What the
// query yields keeps its names. Errors as for collectTables(); Unsupported where the text cannot be
// written under the new names.

/// The relation \a from is called \a to from now on; columns that it qualifies follow.
base::Result<QString> renameRelation(const QString &statement, const RelationName &from,
                                     const RelationName &to);

/// The column \a from of \a relation is called \a to from now on.
base::Result<QString> renameColumn(const QString &statement, const RelationName &relation,
                                   const QString &from, const QString &to);

} // namespace sql
