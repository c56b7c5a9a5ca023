// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tenant/splice.h"

namespace tenant
{

/// Asks for triggers and rules on \a tables that run code of the project's own. Rows of what, on
/// which table, whether it is a plain BEFORE … FOR EACH ROW trigger in plpgsql, the extension that
/// its function is from, the function's definition.
sql::Statement triggersQuestion(const QList<schema::Name> &tables);

/// Why nothing is written where one of these \a rows runs: its code could change any row, and
/// nothing shows beforehand that it does not. Nothing where all of them only set columns of the row
/// that is written, with functions of the closed list; \a named then gets what they are written
/// with, for ownCodeQuestion().
std::optional<base::Error> triggerRefusal(const QList<QStringList> &rows, Scoped &named);

/// The same where rows of other tenants may come through the trigger of \a row: an error would
/// quote them.
base::Error triggerRefusal(const QStringList &row, const QString &why);

} // namespace tenant
