// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace evaluator
{

/// What one evaluation may use. The parent's deadline in wall-clock time comes on top of these.
struct Limits {
    std::size_t heapMiB = 512;  ///< the engine's garbage-collected heap
    std::size_t dataMiB = 1024; ///< RLIMIT_DATA: typed arrays and strings live outside the heap
    unsigned cpuSeconds = 6;    ///< after these the running script is interrupted
};

} // namespace evaluator
