// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/message.h"

struct JSContext;

namespace JS
{
class Value;
template <typename T> class MutableHandle;
} // namespace JS

namespace evaluator
{

/// How a script of Sluice's own is compiled: as it is, or as the body of a CommonJS module, whose
/// value is the function (exports, require, module, __filename, __dirname).
enum class Form { Script, Module };

/// Makes what this engine has of its own language, from \a kept, which keepBuiltIns() made; without
/// that or with another engine's it is compiled, which is a third of the engine's start.
bool makeBuiltIns(JSContext *context, std::string_view kept);

/// Makes it and writes it into \a file.
bool keepBuiltIns(JSContext *context, const std::string &file);

/// Evaluates \a script, called sluice:<name> in stacks, to its value; from its bytecode when that
/// is there and of this engine, which saves a quarter of its start. False with a pending exception.
bool evaluateOwn(JSContext *context, const std::string &name, const Script &script, Form form,
                 JS::MutableHandle<JS::Value> value);

/// The bytecode of \a source for evaluateOwn(); empty when it cannot be compiled.
std::string bytecodeOf(JSContext *context, const std::string &name, std::string_view source,
                       Form form);

/// Makes both of them possible in this process.
void useBytecode();

} // namespace evaluator
