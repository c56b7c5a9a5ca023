// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace migrate
{

/// Text::tr("…"): this room's texts for people, in the translations' context `migrate`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(migrate)
};

} // namespace migrate
