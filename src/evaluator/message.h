// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/limits.h"

#include <map>
#include <optional>
#include <string>

namespace evaluator
{

/// What the command line says: `<heap MiB> <data MiB> <cpu s> <prelude> [<name>=<file>]…`. The
/// files, Sluice's own JavaScript, are read before anything of a project is there.
struct Work {
    Limits limits;
    std::string prelude; ///< a script whose value is the function to call with the request
    std::map<std::string, std::string> parts; ///< further scripts by name, compiled when asked for
};

/// Nothing when an argument is malformed or a file cannot be read.
std::optional<Work> readWork(int count, char **arguments);

/// The request: the text on \a descriptor up to its end. Nothing when reading fails or the text is
/// longer than 256 MiB.
std::optional<std::string> readRequest(int descriptor);

/// Writes all of \a text to \a descriptor; false when the reader is gone.
bool writeAll(int descriptor, const std::string &text);

/// \a text as a JSON string with its quotes. Invalid UTF-8 is passed through.
std::string jsonString(const std::string &text);

} // namespace evaluator
