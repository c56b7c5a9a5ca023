// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: json.h is its face.
#pragma once

#include "schema/database.h"
#include "schema/jsontree.h"

namespace schema::json
{

/// Throws a JsonValue::Mismatch for a missing member or one of another kind.
Database readDatabase(const JsonValue &json);

} // namespace schema::json
