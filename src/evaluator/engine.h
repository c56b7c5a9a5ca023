// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/message.h"

#include <string>

namespace evaluator
{

/// Evaluates a message in SpiderMonkey and returns the answer for standard output.
///
/// The prelude runs first and then the sandbox closes; only after that the request, which carries
/// the project's code, is handed over. The answer is the function's text, or, when the engine
/// itself had to stop, one line `{"failure": "time" | "memory" | "internal", "message": …, "stack":
/// …}`.
std::string evaluate(const Message &message);

} // namespace evaluator
