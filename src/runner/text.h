// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace runner
{

/// Text::tr("…"): this room's texts for people, in the translations' context `runner`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(runner)
};

} // namespace runner
