// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/colors.h"

#include <QFont>
#include <QObject>
#include <QVariant>

QT_BEGIN_NAMESPACE
class QApplication;
class QWidget;
QT_END_NAMESPACE

namespace studio
{

/// The look of the program: Fusion, one palette and one style sheet (resources/theme/studio.qss),
/// made from Colors.
///
/// Widgets say what they are with dynamic properties, and the sheet does the rest:
/// - QPushButton `primary` (true): the one main action of a page; `quiet` (true): no frame until
/// hovered
/// - QLabel, QPushButton, QToolButton `pill`: neutral, accent, added, removed, changed, tenant,
/// dashed
/// - QLabel `tone`: dim, faint, accent, added, removed, changed, tenant, heading, caption; `badge`:
/// added, removed,
///   changed, neutral (a small word on a soft ground)
/// - QWidget `surface`: background, panel, raised; QFrame `card` (true): a panel with a thin
/// rounded line
/// - any text `mono` (true): the code font
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// Applies the system's brightness; remembers no choice.
    explicit Theme(QApplication &application, QObject *parent = nullptr);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    bool isDark() const;

Q_SIGNALS:
    void changed(); ///< the palette is another one; item views and icons repaint by themselves

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    QApplication &m_application;
    Mode m_mode = Mode::System;
    bool m_systemIsDark = false;
    bool m_applying = false;
};

/// The code font, JetBrains Mono or the system's fixed one, 12 px.
QFont monoFont();

/// Sets a property that the style sheet looks at, and styles the widget anew if it changed.
void setStyleProperty(QWidget *widget, const char *name, const QVariant &value);

constexpr int rowHeight = 24; ///< px, of trees and grids

} // namespace studio
