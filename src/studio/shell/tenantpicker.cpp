// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/tenantpicker.h"

#include "studio/connect/preferences.h"
#include "studio/widgets/icon.h"
#include "studio/widgets/searchpopup.h"

#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace studio
{

namespace
{
/// What the choice of a tenant is, so that nobody takes it for more.
QLabel *scopeNote(QWidget *parent)
{
    auto *note =
        new QLabel(TenantPicker::tr("A guard against mistakes, not a security boundary"), parent);
    note->setObjectName(QStringLiteral("scopeNote"));
    note->setProperty("tone", QStringLiteral("dim"));
    note->setWordWrap(true);
    note->setToolTip(TenantPicker::tr(
        "Sluice keeps what it reads and writes to the tenant. Who can connect to the database by "
        "other ways can read every tenant's rows: against that stands row-level security."));
    return note;
}
} // namespace

TenantPicker::TenantPicker(session::Project &project, Preferences &preferences, QWidget *window)
    : QObject(window)
    , m_project(project)
    , m_preferences(preferences)
    , m_popup(new SearchPopup(tr("Find a tenant"), window))
    , m_nested(new SearchPopup(tr("Find one within the tenant"), window))
{
    m_nested->setObjectName(QStringLiteral("nestedPicker"));
    m_popup->setObjectName(QStringLiteral("tenantPicker"));
    auto *everyone = new QPushButton(tr("All tenants, for 15 minutes…"), m_popup);
    everyone->setObjectName(QStringLiteral("allTenants"));
    everyone->setAccessibleName(tr("All tenants"));
    everyone->setIcon(icon(QStringLiteral("warning"), Tint::Changed));
    everyone->setToolTip(tr("Nothing is filtered by tenant any more, on any page"));
    m_popup->setFooter(scopeNote(m_popup));
    m_popup->setFooter(everyone);
    connect(everyone, &QPushButton::clicked, this, [this] {
        m_popup->close();
        Q_EMIT allWanted();
    });
    connect(&project, &session::Project::tenantsChanged, this, [this] {
        restore();
        fill();
        fillNested();
    });
    connect(&project, &session::Project::databaseChanged, this, &TenantPicker::fill);
}

void TenantPicker::popUp(const QWidget *anchor)
{
    const auto state = m_project.tenants().state;
    using State = session::Loaded<QList<session::Tenant>>::State;
    if (state == State::None || state == State::Failed)
        m_project.connectDatabase();
    fill();
    m_popup->popUp(anchor->mapToGlobal(QPoint(0, anchor->height() + 6)), {340, 420});
}

void TenantPicker::popUpNested(const QWidget *anchor)
{
    fillNested();
    m_nested->popUp(anchor->mapToGlobal(QPoint(0, anchor->height() + 6)), {340, 420});
}

namespace
{
/// What the tenants within a tenant are: an id is one of these.
QString levelOf(const session::Project &project)
{
    return project.nestedColumn() + u' ' + project.nestedRoot().qualified();
}
} // namespace

void TenantPicker::choose(const session::Tenant &tenant,
                          const std::optional<session::Tenant> &nested)
{
    using Nested = Preferences::NestedTenant;
    m_preferences.setTenant(
        m_project.path(), tenant.id,
        nested ? std::optional(Nested{nested->id, nested->label, levelOf(m_project)})
               : std::nullopt);
    m_project.setTenant(tenant, nested);
}

/// The tenant that was chosen when the project was open last, if it is still there.
void TenantPicker::restore()
{
    const QString id = m_preferences.tenant(m_project.path());
    const auto &tenants = m_project.tenants();
    if (id.isEmpty() || m_project.tenant() || m_project.allTenantsEnd().isValid() || !tenants.value)
        return;
    const auto found = std::ranges::find(*tenants.value, id, &session::Tenant::id);
    if (found == tenants.value->end())
        return;
    const auto nested = m_preferences.nestedTenant(m_project.path());
    // What is divided otherwise by now has others under its id, and without it there would be all
    // that are the tenant's: whose rows they shall be is asked again.
    if (nested && nested->level != levelOf(m_project))
        return;
    // Both at once: no row of the others is shown meanwhile.
    m_project.setTenant(*found, nested ? std::optional(session::Tenant{nested->id, nested->label})
                                       : std::nullopt);
}

namespace
{
SearchEntry entryOf(const session::Tenant &tenant, bool isChosen, std::function<void()> run)
{
    return {.title = tenant.text(),
            .detail = tenant.id.size() > 12
                          ? tenant.id.left(2) + QStringLiteral("…") + tenant.id.right(2)
                          : tenant.id,
            .tip = tenant.id,
            .icon =
                icon(isChosen ? QStringLiteral("done") : QStringLiteral("tenant"), Tint::Tenant),
            .run = std::move(run)};
}
} // namespace

void TenantPicker::fill()
{
    QList<SearchEntry> entries;
    const auto &tenants = m_project.tenants();
    if (tenants.value) {
        for (const session::Tenant &tenant : *tenants.value)
            entries.append(
                entryOf(tenant, m_project.tenant() == tenant, [this, tenant] { choose(tenant); }));
    }
    // Without a connection they are not read at all.
    const std::optional<base::Error> error =
        tenants.error ? tenants.error : m_project.database().error;
    m_popup->setEmptyText(error ? error->text
                                : tr("The tenants are being read from the database…"));
    m_popup->setEntries(std::move(entries));
}

void TenantPicker::fillNested()
{
    QList<SearchEntry> entries;
    const auto &nested = m_project.nestedTenants();
    const std::optional<session::Tenant> tenant = m_project.tenant();
    const QString what = m_project.nestedRoot().name;
    if (tenant && (nested.value || what.isEmpty())) {
        entries.append(
            {.title = what.isEmpty() ? tr("All of %1").arg(tenant->text()) : tr("All %1").arg(what),
             .detail = {},
             .tip = tr("Rows of all of %1").arg(tenant->text()),
             .icon = icon(m_project.nested() ? QStringLiteral("tenant") : QStringLiteral("done"),
                          Tint::Dim),
             .run = [this, tenant] { choose(*tenant); }});
        const QList<session::Tenant> among = nested.value.value_or(QList<session::Tenant>());
        for (const session::Tenant &one : among)
            entries.append(entryOf(one, m_project.nested() == one,
                                   [this, tenant, one] { choose(*tenant, one); }));
    }
    m_nested->setEmptyText(nested.error ? nested.error->text
                                        : tr("They are being read from the database…"));
    m_nested->setEntries(std::move(entries));
}

} // namespace studio
