// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluator/limits.h"

namespace evaluator
{

/// Bounds memory and processor time and ties this process to its parent's life. False when the
/// kernel refuses one of them: then nothing may be evaluated.
bool applyLimits(const Limits &limits);

/// Takes every system call away but those of a computation: memory, time, futexes, reading the
/// standard input and writing to the standard streams. Opening files answers EPERM; sockets, new
/// processes and tracing end the process. It cannot be undone and holds for all threads. False when
/// the kernel refuses.
bool enterSandbox();

} // namespace evaluator
