// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace session
{

/// Text::tr("…"): this room's texts for people, in the translations' context `session`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(session)
};

} // namespace session
