// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace store
{

/// Text::tr("…"): this room's texts for people, in the translations' context `store`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(store)
};

} // namespace store
