// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: json.h is its face.
#pragma once

#include "schema/database.h"

#include <nlohmann/json.hpp>

namespace schema::json
{

/// Throws nlohmann's exceptions for a missing member or a wrong type.
Database readDatabase(const nlohmann::ordered_json &json);

} // namespace schema::json
