// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "session/editing.h"
#include "studio/grid/nestedstrip.h"
#include "studio/shell/tabstrip.h"
#include "studio/shellonserver.h"
#include "studio/widgets/rowsgutter.h"
#include "tenant/rowsecurity.h"

#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QUrl>

using namespace studio;

namespace
{
const QByteArray script = R"sql(
create table plans (code text primary key);
insert into plans values ('free');
create schema acme;
create table acme.contacts (id int primary key, name text);
insert into acme.contacts values (1, 'Ada');
create table acme.visits (id int primary key, contact_id int);
insert into acme.visits values (1, 1);
create schema globex;
create table globex.visits (id int primary key, contact_id int);
create table globex.contacts (id int primary key, name text);
insert into globex.contacts values (1, 'Grace'), (2, 'Alan');
insert into globex.visits values (1, 2);
create view acme.names as select name from acme.contacts;
create view acme.peek as select name from globex.contacts;
create schema initech;
create table initech.visits (id int primary key, contact_id int);
create table initech.contacts (id int primary key, name text);
)sql";

/// The tables are declared once, and know each other without a foreign key.
const char *const code = R"ts(
import { relations } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
export const contacts = pgTable('contacts', { id: integer().primaryKey(), name: text() });
export const visits = pgTable('visits', { id: integer().primaryKey(), contactId: integer('contact_id') });
export const ofContacts = relations(contacts, ({ many }) => ({ visits: many(visits) }));
export const ofVisits = relations(visits, ({ one }) => ({
  contact: one(contacts, { fields: [visits.contactId], references: [contacts.id] }),
}));
)ts";

const schema::Name contacts{{}, QStringLiteral("contacts")};
const schema::Name visits{{}, QStringLiteral("visits")};
} // namespace

/// The window on a project in which each tenant has a schema of its own.
class TestShellSchemas : public ShellOnServer
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void suggests();
    void tabFollowsTheTenant();
    void othersTableIsEmpty();
    void relationsOfTheCode();
    void viewsAsAnotherRole_data();
    void viewsAsAnotherRole();
    void allTenants();
    void schemaMadeLater();

private:
    void choose(const char *schema);
    QStringList shown() const { return shownIn(1); }
    int tabs() const { return m_window->findChild<TabStrip *>()->count(); }
};

void TestShellSchemas::initTestCase()
{
    make("each", script, {{"schema.ts", code}});
    openWindow();
}

void TestShellSchemas::choose(const char *schema)
{
    for (const session::Tenant &tenant : *m_project->tenants().value) {
        if (tenant.id == QLatin1String(schema))
            m_project->setTenant(tenant);
    }
}

/// Nothing is taken for a tenant's by itself; the menu of a table offers it, and keeps it.
void TestShellSchemas::suggests()
{
    QVERIFY(!m_project->hasTenants());
    QCOMPARE(m_project->schemasAlike().size(), 3);
    QVERIFY(std::ranges::any_of(m_project->problems(), [](const schema::Problem &problem) {
        return problem.text.contains(QLatin1String("acme, globex, initech"));
    }));
    QMenu menu;
    Q_EMIT m_window->findChild<TreePanel *>()->tableMenuOpens(
        &menu, {QStringLiteral("acme"), QStringLiteral("contacts")});
    auto *action = menu.findChild<QAction *>(QStringLiteral("schemasAlike"));
    QVERIFY(action);
    QVERIFY(!action->isChecked());
    action->trigger();
    QVERIFY(m_project->hasTenants());
    QCOMPARE(m_project->tenants().value->size(), 3);
    QFile kept(m_folder.filePath(QStringLiteral("sluice.json")));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY(kept.readAll().contains("\"globex\""));
    QVERIFY(m_project->isTenantWanted());
}

void TestShellSchemas::tabFollowsTheTenant()
{
    choose("acme");
    open(contacts);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(QStringLiteral("Ada")), patience);
    const int before = tabs();
    // The tenant's own table is the same tab.
    open({QStringLiteral("acme"), QStringLiteral("contacts")});
    QCOMPARE(tabs(), before);
    choose("globex");
    QTRY_COMPARE_WITH_TIMEOUT(
        shown(), QStringList({QStringLiteral("Grace"), QStringLiteral("Alan")}), patience);
    QCOMPARE(tabs(), before);
    choose("initech");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(), patience);
}

void TestShellSchemas::othersTableIsEmpty()
{
    choose("acme");
    const schema::Name others{QStringLiteral("globex"), QStringLiteral("contacts")};
    QVERIFY(m_project->isForeign(others));
    open(others);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(), patience);
    QVERIFY(m_project->editing().whyClosed(others));
    const auto *bar = m_window->findChild<TabStrip *>();
    QCOMPARE(bar->tabText(bar->currentIndex()), QStringLiteral("globex.contacts"));
    choose("globex");
    QTRY_COMPARE_WITH_TIMEOUT(
        shown(), QStringList({QStringLiteral("Grace"), QStringLiteral("Alan")}), patience);
}

/// What only the code knows leads from the tenant's own tables to its own.
void TestShellSchemas::relationsOfTheCode()
{
    const auto label = [this](int column) {
        const auto *view =
            front() ? front()->findChild<RowsView *>(QStringLiteral("rowsView")) : nullptr;
        return view ? view->model()->index(0, column).data(RowsModel::LabelRole).toString()
                    : QString();
    };
    choose("acme");
    open(visits);
    QTRY_COMPARE_WITH_TIMEOUT(label(1), QStringLiteral("Ada"), patience);
    choose("globex");
    QTRY_COMPARE_WITH_TIMEOUT(label(1), QStringLiteral("Alan"), patience);
    open(contacts);
    QTRY_COMPARE_WITH_TIMEOUT(
        shown(), QStringList({QStringLiteral("Grace"), QStringLiteral("Alan")}), patience);
    auto *view = front()->findChild<RowsView *>(QStringLiteral("rowsView"));
    QTRY_VERIFY_WITH_TIMEOUT(!view->gutter().isHidden(), patience);
    QMenu menu;
    Q_EMIT view->menuRequested(&menu, view->model()->index(1, 0));
    auto *action = menu.findChild<QAction *>(QStringLiteral("nested_visits"));
    QVERIFY(action);
    action->trigger();
    const auto inLine = [&] {
        const auto *strip = view->findChild<NestedStrip *>();
        return strip && strip->isVisible() ? const_cast<NestedStrip *>(strip)
                                                 ->rows()
                                                 .index(0, 0)
                                                 .data(RowsModel::RawTextRole)
                                                 .toString()
                                           : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(inLine(), QStringLiteral("1"), patience);
}

/// Deliberately unlocked, each table is what it is.
void TestShellSchemas::viewsAsAnotherRole_data()
{
    QTest::addColumn<QByteArray>("tenant");
    QTest::addColumn<QString>("view");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("its own") << QByteArray("acme") << "names" << QStringList(QStringLiteral("Ada"));
    QTest::newRow("another's") << QByteArray("globex") << "names" << QStringList();
    QTest::newRow("of another's rows")
        << QByteArray("acme") << "peek" << QStringList(QStringLiteral("it reads rows in globex"));
}

/// A view that reads nothing but what lies in its own schema is shown as another role sees it.
void TestShellSchemas::viewsAsAnotherRole()
{
    QFETCH(QByteArray, tenant);
    QFETCH(QString, view);
    const auto before = m_project->tenant();
    choose(tenant.constData());
    const auto page = base::await(m_project->fetchAs(
        {.from = {.table = {QStringLiteral("acme"), view}, .alias = QStringLiteral("v")},
         .columns = {{QStringLiteral("v"), QStringLiteral("name")}}},
        {.role = QUrl(m_project->server().url).userName(), .settings = {}}));
    QStringList rows;
    if (!page)
        rows << page.error().detail;
    for (qsizetype row = 0; page && row < page->rowCount(); ++row)
        rows << page->text(row, 0);
    QTEST(rows, "rows");
    m_project->setTenant(before);
}

void TestShellSchemas::allTenants()
{
    m_project->allowAllTenants();
    open({QStringLiteral("acme"), QStringLiteral("contacts")});
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(QStringLiteral("Ada")), patience);
    QCOMPARE(m_project->placed(contacts), contacts);
    m_project->endAllTenants();
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(), patience);
}

/// Nobody listed it: it is said, offered, and not everybody's before.
void TestShellSchemas::schemaMadeLater()
{
    const schema::Name later{QStringLiteral("umbrella"), QStringLiteral("contacts")};
    QCOMPARE(m_server.run(m_database, "create schema umbrella; create table "
                                      "umbrella.contacts (id int primary key, name text);"
                                      "insert into umbrella.contacts values (1, 'Una')"),
             QString());
    m_project->connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->database().value->table(later), patience);
    choose("acme");
    open(later);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(), patience);
    QVERIFY(std::ranges::any_of(m_project->problems(), [](const schema::Problem &problem) {
        return problem.text.contains(QLatin1String("of the tenants' names: umbrella"));
    }));
    const auto closed = m_project->editing().whyClosed(later);
    QVERIFY(closed);
    QVERIFY2(base::toLine(*closed).contains(QLatin1String("whether the schema umbrella is")),
             qPrintable(base::toLine(*closed)));
    QMenu menu;
    Q_EMIT m_window->findChild<TreePanel *>()->tableMenuOpens(&menu, later);
    auto *action = menu.findChild<QAction *>(QStringLiteral("schemasLater"));
    QVERIFY(action);
    action->trigger();
    QCOMPARE(m_project->tenants().value->size(), 4);
    choose("umbrella");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(QStringLiteral("Una")), patience);
}

QTEST_MAIN(TestShellSchemas)
#include "tst_shell_schemas.moc"
