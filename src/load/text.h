// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace load
{

/// Gives the room's free functions tr(), under the room's own context.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(load)
};

} // namespace load
