// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace cli
{

/// Text::tr("…"): this room's texts for people, in the translations' context `cli`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(cli)
};

} // namespace cli
