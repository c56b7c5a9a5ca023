// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace sql
{

/// Text::tr("…"): this room's texts for people, in the translations' context `sql`.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(sql)
};

} // namespace sql
