// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: json.h is its face.
#pragma once

#include "schema/database.h"

#include <nlohmann/json.hpp>

namespace schema::json
{

nlohmann::ordered_json write(const Database &database);

} // namespace schema::json
