// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/limits.h"

#include <optional>
#include <string>

namespace evaluator
{

/// What the parent sends on standard input.
///
/// One line `sluice-evaluator 1 <prelude bytes> <request bytes> <heap MiB> <data MiB> <cpu s>`,
/// then the bytes of the prelude (a script whose value is the function to call) and of the request
/// (the text that function is called with).
struct Message {
    std::string prelude;
    std::string request;
    Limits limits;
};

/// Reads a message from \a descriptor to its end; nothing when it is malformed or cut.
std::optional<Message> readMessage(int descriptor);

/// Writes all of \a text to \a descriptor; false when the reader is gone.
bool writeAll(int descriptor, const std::string &text);

/// \a text as a JSON string with its quotes. Invalid UTF-8 is passed through.
std::string jsonString(const std::string &text);

} // namespace evaluator
