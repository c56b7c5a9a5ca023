// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/colors.h"

#include <QPalette>

namespace studio
{

const Colors &colors(const QPalette &palette)
{
    static const Colors light{
        .background = 0xf6f7f9,
        .panel = 0xffffff,
        .raised = 0xf1f3f6,
        .line = 0xdfe3e8,
        .text = 0x1d2530,
        .dim = 0x6b7685,
        .faint = 0x9aa4b1,
        .accent = 0x0f766e,
        .accentSoft = 0xd9f0ed,
        .onAccent = 0xffffff,
        .added = 0x1a7f45,
        .addedSoft = 0xe2f5e8,
        .removed = 0xb42318,
        .removedSoft = 0xfde8e6,
        .changed = 0x9a5b00,
        .changedSoft = 0xfdf1d8,
        .tenant = 0x6d28d9,
        .tenantSoft = 0xefe7fd,
        .link = 0x1d4ed8,
        .selection = 0xdcebfb,
        .keyword = 0x1d4ed8,
        .stringText = 0x1a7f45,
        .number = 0x6d28d9,
    };
    static const Colors dark{
        .background = 0x14181d,
        .panel = 0x1b2027,
        .raised = 0x20262e,
        .line = 0x2e3640,
        .text = 0xe4e9ef,
        .dim = 0x98a4b3,
        .faint = 0x66727f,
        .accent = 0x2dd4bf,
        .accentSoft = 0x123c39,
        .onAccent = 0x06201d,
        .added = 0x5fd38d,
        .addedSoft = 0x15351f,
        .removed = 0xff8f85,
        .removedSoft = 0x43191a,
        .changed = 0xf2c063,
        .changedSoft = 0x3b2c0d,
        .tenant = 0xc4a5ff,
        .tenantSoft = 0x2c2146,
        .link = 0x7fb0ff,
        .selection = 0x1f3a57,
        .keyword = 0x7fb0ff,
        .stringText = 0x5fd38d,
        .number = 0xc4a5ff,
    };
    // A style sheet's transparent ground makes the window colour a clear black: then the text
    // tells.
    const QColor ground = palette.color(QPalette::Window);
    const bool isDark = ground.alpha() > 0 ? ground.lightness() < 128
                                           : palette.color(QPalette::WindowText).lightness() > 128;
    return isDark ? dark : light;
}

} // namespace studio
