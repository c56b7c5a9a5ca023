// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QString>

namespace studio
{

/// What is shown in the place of the values that came from the server: what a person has staged.
class RowsOverlay
{
public:
    enum class Mark { None, Changed, Added, Removed };
    struct Shown {
        std::optional<QByteArray> value;
        QString placeholder; ///< words in the value's place: DEFAULT
        Mark mark = Mark::Changed;
    };

    virtual ~RowsOverlay() = default;
    /// Nothing where the cell is shown as it came.
    virtual std::optional<Shown> cell(const rows::Page &page, qsizetype row, int column) const = 0;
    virtual Mark mark(const rows::Page &page, qsizetype row) const = 0;
};

} // namespace studio
