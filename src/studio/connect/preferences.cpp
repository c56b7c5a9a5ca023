// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/preferences.h"

namespace studio
{

namespace
{
const auto recentKey = QStringLiteral("recentProjects");
const auto themeKey = QStringLiteral("theme");
const auto geometryKey = QStringLiteral("window/geometry");
const auto splitterKey = QStringLiteral("window/splitter");
constexpr int recentKept = 10;
} // namespace

Preferences::Preferences(const QString &file)
    : m_settings(file, QSettings::IniFormat)
{
}

QStringList Preferences::recentProjects() const
{
    return m_settings.value(recentKey).toStringList();
}

void Preferences::addRecentProject(const QString &folder)
{
    QStringList recent = recentProjects();
    recent.removeAll(folder);
    recent.prepend(folder);
    m_settings.setValue(recentKey, QStringList(recent.mid(0, recentKept)));
}

Mode Preferences::theme() const
{
    const QString name = m_settings.value(themeKey).toString();
    if (name == QLatin1String("light"))
        return Mode::Light;
    return name == QLatin1String("dark") ? Mode::Dark : Mode::System;
}

void Preferences::setTheme(Mode mode)
{
    m_settings.setValue(themeKey, mode == Mode::Light  ? QStringLiteral("light")
                                  : mode == Mode::Dark ? QStringLiteral("dark")
                                                       : QStringLiteral("system"));
}

QByteArray Preferences::geometry() const
{
    return m_settings.value(geometryKey).toByteArray();
}

QByteArray Preferences::splitter() const
{
    return m_settings.value(splitterKey).toByteArray();
}

void Preferences::setWindow(const QByteArray &geometry, const QByteArray &splitter)
{
    m_settings.setValue(geometryKey, geometry);
    m_settings.setValue(splitterKey, splitter);
}

} // namespace studio
