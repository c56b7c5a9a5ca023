// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace studio
{

/// Puts the title of a pane at the left of \a head, whose layout is a QHBoxLayout; it looks like
/// the tabs of the window.
void addPaneTitle(QWidget *head, const QString &title);

} // namespace studio
