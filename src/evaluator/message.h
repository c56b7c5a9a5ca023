// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/limits.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace evaluator
{

/// JavaScript of Sluice's own, in files that stay mapped as long as the process lives: most is
/// never looked at.
struct Script {
    std::string_view source;
    std::string_view bytecode; ///< of the file <name>c beside <name>; may be empty
};

/// What the command line says: `<heap MiB> <data MiB> <cpu s> <prelude> [<name>=<file>]…`. The
/// files are opened before anything of a project is there.
struct Work {
    Limits limits;
    std::string_view builtIns; ///< of the file builtins.bin beside the prelude; may be empty
    Script prelude;            ///< its value is the function to call with the request
    std::map<std::string, Script> parts; ///< bodies of modules by name, compiled when asked for
};

/// Nothing when an argument is malformed or a file cannot be read.
std::optional<Work> readWork(int count, char **arguments);

/// The bytes of a file, mapped; empty when it cannot be read.
std::string_view mapFile(const std::string &path);

/// The lines on \a descriptor, one after the other: the request, and behind it what belongs to it
/// and was not known yet when it was sent.
class Lines
{
public:
    explicit Lines(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    /// The next line without its end, waited for; an empty one behind the last. Nothing when
    /// reading fails or all of them are longer than 256 MiB.
    std::optional<std::string> next();
    /// Those that have been read so far.
    std::size_t bytes() const { return m_bytes; }

private:
    int m_descriptor;
    std::string m_waiting; ///< read, and behind the line that was asked for
    std::size_t m_bytes = 0;
    bool m_atEnd = false;
};

/// Writes all of \a text to \a descriptor; false when the reader is gone.
bool writeAll(int descriptor, const std::string &text);

/// \a text as a JSON string with its quotes. Invalid UTF-8 is passed through.
std::string jsonString(const std::string &text);

} // namespace evaluator
