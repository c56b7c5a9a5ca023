// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace base
{

/// A half-open range in a text, counted in UTF-16 code units (QString's) from 0.
struct TextSpan {
    qsizetype offset = 0;
    qsizetype length = 0;
    bool operator==(const TextSpan &) const = default;
};

} // namespace base
