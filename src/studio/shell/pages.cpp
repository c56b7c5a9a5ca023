// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/pages.h"

#include "session/project.h"
#include "studio/audit/auditpage.h"
#include "studio/builder/builderpage.h"
#include "studio/connect/preferences.h"
#include "studio/grid/gridpage.h"
#include "studio/migrations/migrationspage.h"
#include "studio/security/securitypage.h"

namespace studio
{

namespace
{

template <typename Page> Page *tie(PageHost &host, Page *page)
{
    QObject::connect(page, &Page::failed, page,
                     [&host](const base::Error &error) { host.pageFailed(error); });
    QObject::connect(page, &Page::statusChanged, page,
                     [&host, page](const QString &text) { host.pageStatus(page, text); });
    return page;
}

std::shared_ptr<RowsZoneChoice> zoneOf(session::Project &project, Preferences &preferences)
{
    return std::make_shared<RowsZoneChoice>(
        [&project, &preferences] { return preferences.timeZone(project.path()); },
        [&project, &preferences](const QByteArray &zone) {
            preferences.setTimeZone(project.path(), zone);
        });
}

GridMemory memoryOf(session::Project &project, Preferences &preferences,
                    const std::shared_ptr<RowsZoneChoice> &zone,
                    const std::shared_ptr<GridTrail> &trail)
{
    trail->begin(project.path());
    return {
        .read =
            [&project, &preferences](const schema::Name &table) {
                return preferences.gridChoice(project.path(), table.qualified());
            },
        .write =
            [&project, &preferences](const schema::Name &table, const QByteArray &choice) {
                preferences.setGridChoice(project.path(), table.qualified(), choice);
            },
        .readColumns =
            [&project, &preferences](const schema::Name &table) {
                return preferences.gridColumns(project.path(), table.qualified());
            },
        .writeColumns =
            [&project, &preferences](const schema::Name &table, const QByteArray &layout) {
                preferences.setGridColumns(project.path(), table.qualified(), layout);
            },
        .readPlace =
            [&project, &preferences](const schema::Name &table) {
                return preferences.gridPlace(project.path(), table.qualified());
            },
        .writePlace =
            [&project, &preferences](const schema::Name &table, const QByteArray &place) {
                preferences.setGridPlace(project.path(), table.qualified(), place);
            },
        .zone = zone,
        .trail = trail,
    };
}

void go(PageHost &host, const GridPlace &place)
{
    if (auto *page = qobject_cast<GridPage *>(host.tableWanted(place.table)))
        page->showPlace(place);
}

GridPage *tieGrid(PageHost &host, GridPage *page, const GridTrail &trail)
{
    QObject::connect(page, &GridPage::mended, page, [&host] { host.pageMended(); });
    QObject::connect(page, &GridPage::leaseWanted, page, [&host] { host.leaseWanted(); });
    QObject::connect(page, &GridPage::tenantWanted, page, [&host] { host.tenantWanted(); });
    QObject::connect(page, &GridPage::placeWanted, page,
                     [&host](const GridPlace &place) { go(host, place); });
    QObject::connect(&trail, &GridTrail::changed, page,
                     [&host, &trail] { host.waysChanged(trail.canStep(-1), trail.canStep(1)); });
    return tie(host, page);
}

} // namespace

PageMaker pagesOf(session::Project &project, Preferences &preferences)
{
    const std::shared_ptr<RowsZoneChoice> zone = zoneOf(project, preferences);
    const auto trail = std::make_shared<GridTrail>();
    QObject::connect(&project, &session::Project::tenantChanged, trail.get(),
                     &GridTrail::startAgain);
    return {
        .table =
            [&project, &preferences, zone, trail](PageHost &host, const schema::Name &table,
                                                  QWidget *parent) {
                auto *page = new GridPage(project, table, parent,
                                          memoryOf(project, preferences, zone, trail));
                return tieGrid(host, page, *trail);
            },
        .query =
            [&project](PageHost &host, const std::optional<schema::Name> &table, QWidget *parent) {
                auto *page = tie(host, new BuilderPage(project, parent));
                if (table)
                    page->setTable(*table);
                return page;
            },
        .migrations =
            [&project](PageHost &host, QWidget *parent) {
                auto *page = tie(host, new MigrationsPage(project, parent));
                QObject::connect(page, &MigrationsPage::leaseWanted, page,
                                 [&host] { host.leaseWanted(); });
                return page;
            },
        .audit = [&project](PageHost &host,
                            QWidget *parent) { return tie(host, new AuditPage(project, parent)); },
        .security =
            [&project](PageHost &host, QWidget *parent) {
                return tie(host, new SecurityPage(project, parent));
            },
        .walk =
            [trail](PageHost &host, int by) {
                if (const std::optional<GridPlace> place = trail->step(by))
                    go(host, *place);
            },
    };
}

} // namespace studio
