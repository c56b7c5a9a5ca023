// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/scriptstate.h"

namespace migrate
{

/// The locks and the work of \a action, added to \a effect; measured on PostgreSQL 15.
void addEffect(const sql::Action &action, const ScriptState &state, Effect &effect);

/// The rules that the text of a statement shows.
QList<Hazard> rulesOf(const sql::Action &action, const ScriptState &state);

/// Whether setting the type of \a action writes every row anew.
bool rewritesRows(const sql::Action &action, const ScriptState &state);

/// Whether adding the column of \a action writes every row.
bool fillsColumn(const sql::Action &action);

} // namespace migrate
