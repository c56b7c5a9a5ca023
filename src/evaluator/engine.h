// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/message.h"
#include "evaluator/scripts.h"

#include <string>

namespace evaluator
{

/// Evaluates the request that comes on \a descriptor in SpiderMonkey and returns the answer for
/// standard output.
///
/// The prelude runs first and then the sandbox closes; only after that the request, which carries
/// the project's code, is read and handed over: its first line, and the others when the prelude
/// asks for them. All that may happen long before there is a request: starting the engine takes as
/// long as bundling a small project. The answer is the function's text, or, when the engine itself
/// had to stop, one line `{"failure": "time" | "memory" | "internal", "message": …, "stack": …}`.
std::string evaluate(const Work &work, int descriptor);

/// The bytecode of one of Sluice's scripts, made when Sluice is built: see evaluateOwn(). Empty
/// when the script cannot be compiled.
std::string bytecode(const std::string &name, std::string_view source, Form form);

/// Writes the engine's own language into \a file, made along with the bytecode: see makeBuiltIns().
bool writeBuiltIns(const std::string &file);

} // namespace evaluator
