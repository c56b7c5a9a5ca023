// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/tenancymenu.h"

#include "edits/statements.h"
#include "session/project.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

#include <optional>

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

/// A table, or a view as one.
struct Subject {
    schema::Name name;
    QList<schema::Column> columns;
    enum class Kind { Table, View, MaterializedView } kind = Kind::Table;
};

std::optional<Subject> subjectIn(const schema::Database &database, const schema::Name &name)
{
    if (const schema::Table *table = database.table(name))
        return Subject{name, table->columns};
    for (const schema::View &view : database.views) {
        if (view.name == name)
            return Subject{name, view.columns,
                           view.materialized ? Subject::Kind::MaterializedView
                                             : Subject::Kind::View};
    }
    return std::nullopt;
}

std::optional<Subject> subjectOf(const session::Project &project, const schema::Name &name)
{
    std::optional<Subject> found;
    if (project.database().value)
        found = subjectIn(*project.database().value, name);
    if (!found && project.code().value)
        found = subjectIn(project.code().value->schema, name);
    return found;
}

/// Columns that can hold what the root's key holds; all of them where nobody knows the root.
QStringList candidates(const session::Project &project, const Subject &table)
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

/// Where rows can be without a tenant: whether they are everybody's.
void addShared(QMenu &tenancy, const session::Project &project, const schema::Name &table,
               const std::function<void(const Settings &)> &said)
{
    using tenant::SharedRows;
    const SharedRows present = project.sharedRows(table);
    if (present == SharedRows::None)
        return;
    tenancy.addSection(TenancyMenu::tr("Rows without a tenant"));
    auto *group = new QActionGroup(&tenancy);
    for (const SharedRows choice : {SharedRows::Hidden, SharedRows::Shown}) {
        Settings answer = project.tenantSettings();
        answer.shared.insert(table, choice);
        QAction *action = tenancy.addAction(
            choice == SharedRows::Shown ? TenancyMenu::tr("Shown to every tenant, changed by none")
                                        : TenancyMenu::tr("Hidden from every tenant"),
            &tenancy, [said, answer] { said(answer); });
        action->setCheckable(true);
        action->setChecked(present == choice);
        group->addAction(action);
    }
}
} // namespace

/// Where schemas hold the same tables, or were said to be tenants': whether each is one's own.
void addSchemas(QMenu &tenancy, const session::Project &project,
                const std::function<void(const Settings &)> &said)
{
    const Settings &settings = project.tenantSettings();
    const QStringList alike = project.schemasAlike();
    const bool isSaid = !settings.schemas.isEmpty();
    if (!isSaid && alike.isEmpty())
        return;
    Settings answer = settings;
    answer.schemas = isSaid ? QStringList() : alike;
    if (isSaid)
        answer.declared.clear();
    QAction *action = tenancy.addAction(
        TenancyMenu::tr("Each tenant has a schema of its own: %1")
            .arg(QStringList((isSaid ? settings.schemas : alike).mid(0, 3))
                     .join(QStringLiteral(", ")) +
                 ((isSaid ? settings.schemas : alike).size() > 3 ? QStringLiteral(", …")
                                                                 : QString())),
        &tenancy, [said, answer] { said(answer); });
    action->setObjectName(QStringLiteral("schemasAlike"));
    action->setCheckable(true);
    action->setChecked(isSaid);
    if (const QStringList later = project.reach().classification.unlisted; !later.isEmpty()) {
        Settings longer = settings;
        longer.schemas += later;
        tenancy
            .addAction(TenancyMenu::tr("These are tenants' schemas, too: %1")
                           .arg(QStringList(later.mid(0, 3)).join(QStringLiteral(", ")) +
                                (later.size() > 3 ? QStringLiteral(", …") : QString())),
                       &tenancy, [said, longer] { said(longer); })
            ->setObjectName(QStringLiteral("schemasLater"));
    }
    tenancy.addSeparator();
}

void addTenancy(QMenu &menu, const session::Project &project, const schema::Name &table,
                std::function<void(const Settings &)> said)
{
    const std::optional<Subject> found = subjectOf(project, table);
    if (!found)
        return;
    const Settings settings = project.tenantSettings();
    const auto present = settings.tables.constFind(table);
    const bool isSaid = present != settings.tables.cend();
    auto *tenancy = new QMenu(TenancyMenu::tr("Whose rows these are"), &menu);
    tenancy->setObjectName(QStringLiteral("tenancyMenu"));
    menu.addMenu(tenancy);
    addSchemas(*tenancy, project, said);
    if (found->kind == Subject::Kind::View) {
        tenancy->addAction(TenancyMenu::tr("Its query runs over the tenant's rows alone"))
            ->setEnabled(false);
        return;
    }
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
    const bool hasSchemas = !settings.schemas.isEmpty();
    if (!hasSchemas)
        tenancy->addSection(TenancyMenu::tr("The tenant is in"));
    for (const QString &column : hasSchemas ? QStringList() : candidates(project, *found)) {
        Settings answer = with({Scoping::Direct, column});
        if (project.tenantColumn().isEmpty()) {
            answer = settings; // the first that is said names the tenant everywhere
            answer.column = column;
        }
        offer(column, isSaid && present->scoping == Scoping::Direct && present->column == column,
              answer);
    }
    addShared(*tenancy, project, table, said);
    if (found->kind != Subject::Kind::Table || hasSchemas)
        return;
    tenancy->addSeparator();
    const bool isRoot = settings.root == table;
    Settings rooted = settings;
    rooted.root = isRoot ? schema::Name() : table;
    QAction *root = tenancy->addAction(TenancyMenu::tr("Every row is a tenant"), tenancy,
                                       [said, rooted] { said(rooted); });
    root->setCheckable(true);
    root->setChecked(isRoot);
}

} // namespace studio
