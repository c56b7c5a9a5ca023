// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct JSContext;

namespace JS
{
class Value;
}

namespace evaluator
{

// Native functions that say where in the project's code something is done.

/// trace() → the innermost frames of the stack, as objects with source, line, column and parent.
/// Far cheaper than an Error's text.
bool trace(JSContext *context, unsigned count, JS::Value *values);

/// located(function, kind) → a function that calls it, and until it returns lets
/// calledFrom(kind) know its own caller. A tenth of a trace, and a large schema has tens of
/// thousands of columns. Kinds, integers above 0, tell a call from one that happens within it.
bool located(JSContext *context, unsigned count, JS::Value *values);

/// calledFrom(kind) → {file, line, column} of the call of the innermost located function, when it
/// is of that kind and nobody has asked for it; else undefined. Line and column count from 1.
bool calledFrom(JSContext *context, unsigned count, JS::Value *values);

/// startOf(function) → {file, line} where the code of \a function begins; null for one of the
/// engine's own.
bool startOf(JSContext *context, unsigned count, JS::Value *values);

} // namespace evaluator
