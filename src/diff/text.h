// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace diff
{

/// Text::tr("…"): this room's texts for people, in the translations' context `diff`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(diff)
};

} // namespace diff
