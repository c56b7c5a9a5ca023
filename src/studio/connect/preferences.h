// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/colors.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace studio
{

/// What the program remembers of the person between runs: the look, the window, the last projects.
/// Never a URL.
class Preferences final
{
public:
    explicit Preferences(const QString &file); ///< an INI file, made when something is first set

    QStringList recentProjects() const;
    void addRecentProject(const QString &folder); ///< moves it to the front; ten are kept
    Mode theme() const;
    void setTheme(Mode mode);
    QByteArray geometry() const;
    QByteArray splitter() const;
    void setWindow(const QByteArray &geometry, const QByteArray &splitter);

private:
    QSettings m_settings;
};

} // namespace studio
