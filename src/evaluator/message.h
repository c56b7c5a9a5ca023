// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/limits.h"

#include <map>
#include <optional>
#include <string>

namespace evaluator
{

/// JavaScript of Sluice's own.
struct Script {
    std::string source;
    std::string bytecode; ///< of the file <name>c beside <name>; may be empty
};

/// What the command line says: `<heap MiB> <data MiB> <cpu s> <prelude> [<name>=<file>]…`. The
/// files are read before anything of a project is there.
struct Work {
    Limits limits;
    Script prelude;                      ///< its value is the function to call with the request
    std::map<std::string, Script> parts; ///< bodies of modules by name, compiled when asked for
};

/// Nothing when an argument is malformed or a file cannot be read.
std::optional<Work> readWork(int count, char **arguments);

/// The bytes of a file; empty when it cannot be read.
std::string readFile(const std::string &path);

/// The request: the text on \a descriptor up to its end. Nothing when reading fails or the text is
/// longer than 256 MiB.
std::optional<std::string> readRequest(int descriptor);

/// Writes all of \a text to \a descriptor; false when the reader is gone.
bool writeAll(int descriptor, const std::string &text);

/// \a text as a JSON string with its quotes. Invalid UTF-8 is passed through.
std::string jsonString(const std::string &text);

} // namespace evaluator
