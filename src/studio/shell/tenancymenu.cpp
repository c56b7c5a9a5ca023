// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/tenancymenu.h"

#include "session/project.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

namespace studio
{

namespace
{
using tenant::Scoping;
using tenant::Settings;
using tenant::TableSetting;

struct TenancyMenu {
    Q_DECLARE_TR_FUNCTIONS(TenancyMenu)
};

const schema::Table *tableOf(const session::Project &project, const schema::Name &name)
{
    const schema::Table *table =
        project.database().value ? project.database().value->table(name) : nullptr;
    return table || !project.code().value ? table : project.code().value->schema.table(name);
}

/// Columns that can hold what the root's key holds; all of them where nobody knows the root.
QStringList candidates(const session::Project &project, const schema::Table &table)
{
    const Settings &settings = project.tenantSettings();
    QString type;
    for (const schema::Table &other : project.database().value
                                          ? project.database().value->tables
                                          : project.code().value->schema.tables) {
        const schema::Column *column = other.column(project.tenantColumn());
        if (column && project.scoping(other.name) == Scoping::Direct)
            type = column->type;
    }
    QStringList names;
    for (const schema::Column &column : table.columns) {
        const bool chosen = settings.tables.value(table.name).column == column.name;
        if (type.isEmpty() || column.type == type || chosen)
            names << column.name;
    }
    return names;
}
} // namespace

void addTenancy(QMenu &menu, const session::Project &project, const schema::Name &table,
                std::function<void(const Settings &)> said)
{
    const schema::Table *found = tableOf(project, table);
    if (!found)
        return;
    const Settings settings = project.tenantSettings();
    const auto present = settings.tables.constFind(table);
    const bool isSaid = present != settings.tables.cend();
    auto *tenancy = new QMenu(TenancyMenu::tr("Whose rows these are"), &menu);
    tenancy->setObjectName(QStringLiteral("tenancyMenu"));
    auto *group = new QActionGroup(tenancy);
    const auto offer = [&](const QString &text, bool checked, const Settings &answer) {
        QAction *action = tenancy->addAction(text, tenancy, [said, answer] { said(answer); });
        action->setCheckable(true);
        action->setChecked(checked);
        group->addAction(action);
    };
    const auto with = [&](const TableSetting &setting) {
        Settings answer = settings;
        answer.tables.insert(table, setting);
        return answer;
    };
    Settings guessed = settings;
    guessed.tables.remove(table);
    offer(TenancyMenu::tr("As Sluice recognises it"), !isSaid, guessed);
    for (const Scoping scoping : {Scoping::Global, Scoping::Unscoped})
        offer(scoping == Scoping::Global ? TenancyMenu::tr("The same for every tenant")
                                         : TenancyMenu::tr("Not known"),
              isSaid && present->scoping == scoping, with({scoping, {}}));
    tenancy->addSection(TenancyMenu::tr("The tenant is in"));
    for (const QString &column : candidates(project, *found)) {
        Settings answer = with({Scoping::Direct, column});
        if (project.tenantColumn().isEmpty()) {
            answer = settings; // the first that is said names the tenant everywhere
            answer.column = column;
        }
        offer(column, isSaid && present->scoping == Scoping::Direct && present->column == column,
              answer);
    }
    tenancy->addSeparator();
    const bool isRoot = settings.root == table;
    Settings rooted = settings;
    rooted.root = isRoot ? schema::Name() : table;
    QAction *root = tenancy->addAction(TenancyMenu::tr("Every row is a tenant"), tenancy,
                                       [said, rooted] { said(rooted); });
    root->setCheckable(true);
    root->setChecked(isRoot);
    menu.addMenu(tenancy);
}

} // namespace studio
