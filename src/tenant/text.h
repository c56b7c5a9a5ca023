// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace tenant
{

/// Text::tr("…"): this room's texts for people, in the translations' context `tenant`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(tenant)
};

} // namespace tenant
