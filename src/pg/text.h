// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace pg
{

/// Text::tr("…"): this room's texts for people, in the translations' context `pg`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(pg)
};

} // namespace pg
