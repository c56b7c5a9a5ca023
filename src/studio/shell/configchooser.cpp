// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/configchooser.h"

#include "base/receive.h"
#include "studio/connect/preferences.h"
#include "studio/widgets/icon.h"
#include "studio/widgets/searchpopup.h"

#include <QFileInfo>
#include <QWidget>

namespace studio
{

ConfigChooser::ConfigChooser(Preferences &preferences, QWidget *window)
    : QObject(window)
    , m_preferences(preferences)
    , m_window(window)
    , m_popup(new SearchPopup(tr("Which drizzle config of this repository?"), window))
{
    m_popup->setObjectName(QStringLiteral("configChooser"));
    m_popup->setEmptyText(tr("The repository holds no drizzle config."));
}

void ConfigChooser::look(const QString &folder)
{
    m_folder = folder;
    m_choices.clear();
    base::disregard(m_looking);
    const QFileInfo opened(folder);
    m_looking = base::receive(this, session::configsIn(opened.isDir() ? folder : opened.path()),
                              [this](const base::Result<QList<session::ConfigChoice>> &found) {
                                  m_looking = nullptr;
                                  if (found)
                                      m_choices = *found;
                                  Q_EMIT changed();
                              });
    Q_EMIT changed();
}

QString ConfigChooser::toOpen(const QString &folder) const
{
    const QString chosen = m_preferences.config(folder);
    return QFileInfo(chosen).isFile() ? chosen : folder;
}

void ConfigChooser::popUp(const QString &current)
{
    QList<SearchEntry> entries;
    for (const session::ConfigChoice &choice : std::as_const(m_choices)) {
        const bool open = choice.file == current;
        entries.append({.title = choice.relative,
                        .detail = choice.schema,
                        .tip = choice.file,
                        .icon = icon(open ? QStringLiteral("done") : QStringLiteral("open"),
                                     open ? Tint::Accent : Tint::Dim),
                        .run = [this, choice] { choose(choice); }});
    }
    m_popup->setEntries(std::move(entries));
    constexpr int line = 28;
    const int wanted = qBound(140, 64 + line * int(m_choices.size()), 420);
    const QSize size(qMin(640, m_window->width() - 40), qMin(wanted, m_window->height() - 100));
    m_popup->popUp(m_window->mapToGlobal(QPoint((m_window->width() - size.width()) / 2, 60)), size);
}

void ConfigChooser::choose(const session::ConfigChoice &choice)
{
    m_preferences.setConfig(m_folder, choice.file);
    Q_EMIT chosen(m_folder);
}

} // namespace studio
