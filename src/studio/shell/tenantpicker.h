// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace studio
{

class Preferences;
class SearchPopup;

/// The list from which the tenant is chosen, that of the tenants within it, and the memory of what
/// was chosen last.
class TenantPicker final : public QObject
{
    Q_OBJECT

public:
    TenantPicker(session::Project &project, Preferences &preferences, QWidget *window);

    void popUp(const QWidget *anchor); ///< below \a anchor; reads the tenants when they are unknown
    void popUpNested(const QWidget *anchor); ///< those within the chosen tenant

Q_SIGNALS:
    void allWanted(); ///< the rows of all of them: to be asked about

private:
    void fill();
    void restore();
    void fillNested();
    void choose(const session::Tenant &tenant,
                const std::optional<session::Tenant> &nested = std::nullopt);

    session::Project &m_project;
    Preferences &m_preferences;
    SearchPopup *m_popup;
    SearchPopup *m_nested;
};

} // namespace studio
