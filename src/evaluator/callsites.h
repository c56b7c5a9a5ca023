// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

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

/// calledFrom(kind, start) → the place of the call of the innermost located function, when it is of
/// that kind, nobody has asked for it, and a module itself does it or the function that begins at
/// \a start does; else undefined. Places are numbers: (file · 2^20 + line) · 2^16 + column, lines
/// and columns from 1.
bool calledFrom(JSContext *context, unsigned count, JS::Value *values);

/// startOf(function) → the place where the code of \a function begins, with column 0; undefined for
/// one that is not of a module.
bool startOf(JSContext *context, unsigned count, JS::Value *values);

/// fileNumbered(number) → the name of the file that places give that number.
bool fileNumbered(JSContext *context, unsigned count, JS::Value *values);

/// The code of a module that is about to run, for the functions above.
void knowModule(const std::string &name, std::string source);

} // namespace evaluator
