// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace rows
{

/// Text::tr("…"): this room's texts for people, in the translations' context `rows`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(rows)
};

} // namespace rows
