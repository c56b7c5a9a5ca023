// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

QT_BEGIN_NAMESPACE
class QPalette;
QT_END_NAMESPACE

namespace studio
{

/// The studio's colours by meaning. Every colour of the program comes from here.
struct Colors {
    QColor background, panel, raised, line;
    QColor text, dim, faint;
    QColor accent, accentSoft, onAccent;
    QColor added, addedSoft;
    QColor removed, removedSoft;
    QColor changed, changedSoft;
    QColor tenant, tenantSoft;
    QColor link; ///< leads to another row
    QColor selection;
    QColor keyword, stringText, number; ///< in SQL and TypeScript
};

/// The light or the dark set, by how light the palette's window colour is.
const Colors &colors(const QPalette &palette);

enum class Mode { System, Light, Dark };

} // namespace studio
