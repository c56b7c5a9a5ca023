// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace edits
{

/// Text::tr("…"): this room's texts for people, in the translations' context `edits`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(edits)
};

} // namespace edits
