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

/// The list from which the tenant is chosen, and the memory of what was chosen last.
class TenantPicker final : public QObject
{
    Q_OBJECT

public:
    TenantPicker(session::Project &project, Preferences &preferences, QWidget *window);

    void popUp(const QWidget *anchor); ///< below \a anchor; reads the tenants when they are unknown

Q_SIGNALS:
    void allWanted(); ///< the rows of all of them: to be asked about

private:
    void fill();
    void restore();
    void choose(const session::Tenant &tenant);

    session::Project &m_project;
    Preferences &m_preferences;
    SearchPopup *m_popup;
};

} // namespace studio
