// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/preferences.h"

#include "store/workspace.h"

#include <QCoreApplication>

namespace studio
{

namespace
{
const auto themeKey = QStringLiteral("theme");
const auto geometryKey = QStringLiteral("window/geometry");
const auto splitterKey = QStringLiteral("window/splitter");
const auto panelKey = QStringLiteral("window/panel");
const auto editorKey = QStringLiteral("editor");
const auto configKey = QStringLiteral("config");
const auto gridKey = QStringLiteral("grid/");
const auto columnsKey = QStringLiteral("columns/");
const auto placeKey = QStringLiteral("place/");
const auto pagesKey = QStringLiteral("pages");
const auto zoneKey = QStringLiteral("timezone");
const auto serverKey = QStringLiteral("server");
const auto sshKey = QStringLiteral("server/ssh");
const auto tenantKey = QStringLiteral("tenant");
const auto nestedKey = QStringLiteral("tenant/nested");
const auto nestedLabelKey = QStringLiteral("tenant/nestedLabel");
const auto nestedLevelKey = QStringLiteral("tenant/nestedLevel");
const auto editsKey = QStringLiteral("edits/");
} // namespace

Preferences::Preferences(const QString &file)
{
    base::Result<std::unique_ptr<store::Workspace>> opened = store::Workspace::open(file);
    if (!opened) {
        m_problem = opened.error();
        return;
    }
    m_workspace = std::move(*opened);
    if (!m_workspace->notices().isEmpty())
        m_problem = base::Error{
            .kind = base::ErrorKind::Io,
            .text = QCoreApplication::translate("studio::Preferences", "The settings begin anew"),
            .where = file,
            .detail = m_workspace->notices().join(QStringLiteral("; "))};
}

Preferences::~Preferences() = default;

QByteArray Preferences::value(const QString &project, const QString &key) const
{
    return m_workspace ? m_workspace->value(project, key).value_or(QByteArray()) : QByteArray();
}

void Preferences::setValue(const QString &project, const QString &key, const QByteArray &value)
{
    if (!m_workspace)
        return;
    if (const base::Result<base::Done> kept = m_workspace->setValue(project, key, value); !kept)
        m_problem = kept.error();
}

QStringList Preferences::recentProjects() const
{
    return m_workspace ? m_workspace->recentProjects() : QStringList();
}

void Preferences::addRecentProject(const QString &folder)
{
    if (!m_workspace)
        return;
    if (const base::Result<base::Done> kept = m_workspace->projectOpened(folder); !kept)
        m_problem = kept.error();
}

Mode Preferences::theme() const
{
    const QByteArray name = value({}, themeKey);
    if (name == "light")
        return Mode::Light;
    return name == "dark" ? Mode::Dark : Mode::System;
}

void Preferences::setTheme(Mode mode)
{
    setValue({}, themeKey, mode == Mode::Light ? "light" : mode == Mode::Dark ? "dark" : "system");
}

QByteArray Preferences::geometry() const
{
    return value({}, geometryKey);
}

QByteArray Preferences::splitter() const
{
    return value({}, splitterKey);
}

QByteArray Preferences::panel() const
{
    return value({}, panelKey);
}

void Preferences::setWindow(const QByteArray &geometry, const QByteArray &splitter,
                            const QByteArray &panel)
{
    setValue({}, geometryKey, geometry);
    setValue({}, splitterKey, splitter);
    setValue({}, panelKey, panel);
}

QString Preferences::editor() const
{
    return QString::fromUtf8(value({}, editorKey));
}

void Preferences::setEditor(const QString &command)
{
    setValue({}, editorKey, command.toUtf8());
}

QString Preferences::config(const QString &folder) const
{
    return QString::fromUtf8(value(folder, configKey));
}

void Preferences::setConfig(const QString &folder, const QString &file)
{
    setValue(folder, configKey, file.toUtf8());
}

QString Preferences::tenant(const QString &project) const
{
    return QString::fromUtf8(value(project, tenantKey));
}

std::optional<Preferences::NestedTenant> Preferences::nestedTenant(const QString &project) const
{
    const QString id = QString::fromUtf8(value(project, nestedKey));
    if (id.isEmpty())
        return std::nullopt;
    return NestedTenant{id, QString::fromUtf8(value(project, nestedLabelKey)),
                        QString::fromUtf8(value(project, nestedLevelKey))};
}

void Preferences::setTenant(const QString &project, const QString &id,
                            const std::optional<NestedTenant> &nested)
{
    setValue(project, tenantKey, id.toUtf8());
    setValue(project, nestedKey, nested ? nested->id.toUtf8() : QByteArray());
    setValue(project, nestedLabelKey, nested ? nested->label.toUtf8() : QByteArray());
    setValue(project, nestedLevelKey, nested ? nested->level.toUtf8() : QByteArray());
}

QByteArray Preferences::gridChoice(const QString &project, const QString &table) const
{
    return value(project, gridKey + table);
}

void Preferences::setGridChoice(const QString &project, const QString &table,
                                const QByteArray &choice)
{
    setValue(project, gridKey + table, choice);
}

QByteArray Preferences::gridColumns(const QString &project, const QString &table) const
{
    return value(project, columnsKey + table);
}

void Preferences::setGridColumns(const QString &project, const QString &table,
                                 const QByteArray &layout)
{
    setValue(project, columnsKey + table, layout);
}

QByteArray Preferences::gridPlace(const QString &project, const QString &table) const
{
    return value(project, placeKey + table);
}

void Preferences::setGridPlace(const QString &project, const QString &table,
                               const QByteArray &place)
{
    setValue(project, placeKey + table, place);
}

QByteArray Preferences::pages(const QString &project) const
{
    return value(project, pagesKey);
}

void Preferences::setPages(const QString &project, const QByteArray &pages)
{
    setValue(project, pagesKey, pages);
}

QByteArray Preferences::timeZone(const QString &project) const
{
    return value(project, zoneKey);
}

void Preferences::setTimeZone(const QString &project, const QByteArray &zone)
{
    setValue(project, zoneKey, zone);
}

QByteArray Preferences::edits(const QString &project, const QString &database) const
{
    return value(project, editsKey + database);
}

void Preferences::setEdits(const QString &project, const QString &database, const QByteArray &edits)
{
    setValue(project, editsKey + database, edits);
}

std::optional<session::ServerAddress> Preferences::server(const QString &project) const
{
    const QString url = QString::fromUtf8(value(project, serverKey));
    if (url.isEmpty())
        return std::nullopt;
    return session::ServerAddress{.url = url, .ssh = QString::fromUtf8(value(project, sshKey))};
}

void Preferences::setServer(const QString &project,
                            const std::optional<session::ServerAddress> &address)
{
    setValue(project, serverKey, address ? address->url.toUtf8() : QByteArray());
    setValue(project, sshKey, address ? address->ssh.toUtf8() : QByteArray());
}

} // namespace studio
