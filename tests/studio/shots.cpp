// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "base/language.h"
#include "session/editing.h"
#include "session/project.h"
#include "session/sample.h"
#include "studio/builder/builderpage.h"
#include "studio/connect/keychain.h"
#include "studio/connect/preferences.h"
#include "studio/connect/serverdialog.h"
#include "studio/grid/filterbar.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/widgets/rowsheader.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <cstdio>

using namespace studio;

namespace
{

struct Target {
    QString project;
    QString url;
    QString systemIdentifier;
};

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

template <typename Condition> bool wait(const char *what, Condition condition)
{
    if (QTest::qWaitFor(condition, 60'000))
        return true;
    std::fprintf(stderr, "Gave up waiting for %s\n", what);
    return false;
}

/// Lets what is under way be shown.
void rest(int milliseconds)
{
    (void)QTest::qWaitFor([] { return false; }, milliseconds);
}

/// The picture of the whole window once it has drawn everything that is under way.
void grab(QWidget &window, const QString &file)
{
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    if (window.grab().save(file))
        std::printf("%s\n", qPrintable(file));
}

bool hasRows(const QWidget *page)
{
    const auto views = page->findChildren<QTableView *>();
    return std::any_of(views.cbegin(), views.cend(), [](const QTableView *view) {
        return view->model() && view->model()->rowCount() > 0;
    });
}

void click(const QWidget *page, const char *name)
{
    if (auto *button = page->findChild<QAbstractButton *>(text(name)))
        button->click();
    else
        std::fprintf(stderr, "There is no %s\n", name);
}

/// Orders with their contacts, as somebody would build it by clicks.
bool shootBuilder(MainWindow &window, const QString &file)
{
    auto *tabs = window.findChild<QTabBar *>(text("pageTabs"));
    for (int i = 0; i < tabs->count(); ++i)
        if (tabs->tabText(i) == MainWindow::tr("Query %1").arg(1))
            tabs->setCurrentIndex(i);
    auto *page = window.findChild<BuilderPage *>(); // which is made when it is looked at
    if (!page)
        return false;
    page->setTable({QString(), text("orders")});
    click(page, "relation_contact");
    click(page, "runQuery");
    if (!wait("the rows of the query", [page] { return hasRows(page); }))
        return false;
    grab(window, file);
    return true;
}

/// What lies between database and code, with one of them chosen.
bool shootDifferences(MainWindow &window, const QString &file)
{
    auto *action = window.findChild<QAction *>(text("differences"));
    action->trigger();
    auto *panel = window.findChild<QWidget *>(text("bottomPanel"));
    const auto *list = panel->findChild<QListView *>(text("differenceList"));
    if (!list || !wait("the differences", [list] { return list->model()->rowCount() > 0; }))
        return false;
    grab(window, file);
    action->trigger();
    return true;
}

/// Cells that are edited and not saved, a new row, and the panel with their SQL.
bool shootEditing(MainWindow &window, session::Project &project, const QString &prefix)
{
    QWidget *contacts = window.openTable({QString(), text("contacts")}, true);
    auto *view = contacts->findChild<QTableView *>(text("rowsView"));
    if (!wait("the rows of contacts", [contacts] { return hasRows(contacts); }))
        return false;
    for (int column = 1; column < view->model()->columnCount(); ++column) {
        const QString name = view->model()->headerData(column, Qt::Horizontal).toString();
        if (name != text("name") && name != text("email"))
            continue;
        view->setCurrentIndex(view->model()->index(column % 3, column));
        QTest::keyClick(view, Qt::Key_F2);
        if (QWidget *editor = QApplication::activePopupWidget()) {
            grab(*editor, prefix + text("-celleditor.png"));
            QTest::keyClicks(editor->focusWidget(), text("Ada Byron"));
            QTest::keyClick(editor->focusWidget(), Qt::Key_Return);
        }
    }
    click(contacts, "addRow");
    window.findChild<QAction *>(text("pending"))->trigger();
    rest(300);
    grab(window, prefix + text("-edits.png"));
    project.editing().revertAll();
    return true;
}

/// The rows of a relation below two rows of the grid; columns that stay beside those that are
/// scrolled.
bool shootNested(MainWindow &window, const QString &prefix)
{
    QWidget *orders = window.openTable({QString(), text("orders")}, true);
    auto *view = orders->findChild<QTableView *>(text("rowsView"));
    if (!wait("the rows of orders", [orders] { return hasRows(orders); }))
        return false;
    for (const int row : {0, 2}) {
        view->setCurrentIndex(view->model()->index(row, 0));
        QTest::keyClick(view, Qt::Key_Right, Qt::ControlModifier);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            if (action->text().contains(text("items")))
                action->trigger();
        }
        if (menu)
            menu->close();
    }
    rest(800);
    grab(window, prefix + text("-nested.png"));
    auto *rows = qobject_cast<RowsView *>(view);
    rows->titles().pin(2);
    rows->titles().pin(0);
    Q_EMIT rows->sortRequested(4, RowsSort::Descending);
    Q_EMIT rows->sortRequested(2, RowsSort::Then);
    rest(800);
    rows->horizontalScrollBar()->setValue(rows->horizontalScrollBar()->maximum());
    rest(300);
    grab(window, prefix + text("-pinned.png"));
    Q_EMIT rows->titles().customContextMenuRequested({30, 5});
    rest(200);
    if (QWidget *menu = QApplication::activePopupWidget()) {
        grab(*menu, prefix + text("-titlemenu.png"));
        menu->close();
    }
    Q_EMIT rows->sortRequested(4, RowsSort::None);
    Q_EMIT rows->sortRequested(2, RowsSort::None);
    rows->titles().setPinned(0);
    return true;
}

/// Filters, a condition in SQL, a search and what is selected, with the popups that ask for them.
bool shootFinding(MainWindow &window, QWidget *contacts, const QString &prefix)
{
    auto *pills = contacts->findChild<FilterBar *>();
    const QString table = text("contacts");
    pills->add({.filter = {.column = {table, text("type")},
                           .op = query::Operator::In,
                           .values = {text("company"), text("partner")}}});
    pills->add({.filter = {}, .written = text("length(name) > 5")});
    pills->add({.filter = {.column = {table, text("name")}, .op = query::Operator::IsNull},
                .isOn = false});
    auto *search = contacts->findChild<QLineEdit *>(text("searchText"));
    search->setText(text("a"));
    Q_EMIT search->returnPressed();
    if (!wait("the rows that are found", [contacts] { return hasRows(contacts); }))
        return false;
    auto *view = contacts->findChild<QTableView *>(text("rowsView"));
    view->selectionModel()->select(
        QItemSelection(view->model()->index(0, 1), view->model()->index(3, 3)),
        QItemSelectionModel::ClearAndSelect);
    rest(300);
    grab(window, prefix + text("-finding.png"));
    const auto shootPopup = [&](const char *chip, const char *file) {
        click(contacts, chip);
        rest(600);
        if (QWidget *popup = QApplication::activePopupWidget()) {
            grab(*popup, prefix + text(file));
            popup->close();
        }
    };
    shootPopup("filterPill_0", "-filter.png");
    shootPopup("filterPill_1", "-condition.png");
    pills->setFilters({});
    Q_EMIT pills->changed();
    search->clear();
    return wait("all rows", [contacts] { return hasRows(contacts); });
}

/// The main pages in one theme and size.
bool shoot(MainWindow &window, session::Project &project, const QString &prefix)
{
    window.openTable({QString(), text("orders")}, false);
    QWidget *contacts = window.openTable({QString(), text("contacts")}, true);
    if (!wait("the rows of contacts", [contacts] { return hasRows(contacts); }))
        return false;
    if (auto *tree = window.findChild<QTreeView *>(text("schemaTree")))
        tree->expand(tree->currentIndex());
    grab(window, prefix + text("-window.png"));
    if (!shootNested(window, prefix))
        return false;
    contacts = window.openTable({QString(), text("contacts")}, true);
    if (!shootFinding(window, contacts, prefix))
        return false;
    if (!shootBuilder(window, prefix + text("-builder.png")))
        return false;
    window.openMigrations();
    grab(window, prefix + text("-migrations.png"));
    QWidget *audit = window.openAudit();
    if (!wait("the audit", [audit] {
            const auto *keys = audit->findChild<QListView *>(text("keys"));
            return keys && keys->model()->rowCount() > 0;
        }))
        return false;
    auto *keys = audit->findChild<QListView *>(text("keys"));
    keys->setCurrentIndex(keys->model()->index(keys->model()->rowCount() - 1, 0));
    rest(300);
    grab(window, prefix + text("-audit.png"));
    QWidget *security = window.openSecurity();
    if (!wait("the row security", [security] {
            const auto *matrix = security->findChild<QTableView *>(text("matrix"));
            return matrix && matrix->model()->rowCount() > 0;
        }))
        return false;
    grab(window, prefix + text("-security.png"));
    window.openMigrations();
    if (!shootDifferences(window, prefix + text("-differences.png")))
        return false;
    return shootEditing(window, project, prefix);
}

void write(const QString &file, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile made(file);
    if (made.open(QIODevice::WriteOnly))
        made.write(content);
}

const char *const crm =
    R"(import { pgTable, uuid, text, integer, timestamp, index } from 'drizzle-orm/pg-core';
import { createId } from '@acme/ids';

/** People and companies that orders come from. */
export const contacts = pgTable('contacts', {
  id: uuid().primaryKey().defaultRandom(),
  token: text().$defaultFn(() => createId()),
  // shown in lists
  name: text().notNull(),
  updatedAt: timestamp().$onUpdate(() => new Date()),
}, (t) => [index('contacts_name_idx').on(t.name)]);

export const orders = pgTable('orders', {
  id: uuid().primaryKey(),
  contactId: uuid().references(() => contacts.id),
  warehouseId: uuid().references(() => warehouses.id),
  total: integer().notNull(),
});
)";

/// What is wrong with a small project of our own: the panel, a broken save, the editor's dialog.
bool shootProblems(const base::Installation &installation, const QString &prefix, const QSize &size,
                   Theme &theme)
{
    QTemporaryDir scratch;
    const QString root = scratch.filePath(text("acme-crm"));
    write(root + text("/drizzle.config.ts"),
          "export default { dialect: 'postgresql', schema: './schema/*.ts', out: './drizzle' };\n");
    write(root + text("/schema/crm.ts"), crm);
    Preferences preferences(scratch.filePath(text("workspace.sqlite")));
    session::Project project(installation);
    MainWindow window(project, theme, preferences, pagesOf(project, preferences));
    window.resize(size);
    window.show();
    window.openFolder(root);
    const auto settled = [&project] {
        using State = session::Loaded<session::CodeState>::State;
        return project.code().state == State::Ready || project.code().state == State::Failed;
    };
    if (!wait("the small project", settled))
        return false;
    window.openMigrations();
    window.findChild<QAction *>(text("problems"))->trigger();
    if (auto *list = window.findChild<QTreeView *>(text("problemList"))) {
        list->expandAll();
        list->setCurrentIndex(list->model()->index(0, 0));
    }
    if (auto *tree = window.findChild<QTreeView *>(text("schemaTree")))
        tree->expandToDepth(1);
    grab(window, prefix + text("-problems.png"));
    write(root + text("/schema/crm.ts"), QByteArray(crm).replace("total: integer()", "total: ;"));
    project.reload();
    if (!wait("the error", [&project] { return project.code().error.has_value(); }))
        return false;
    grab(window, prefix + text("-brokensave.png"));
    window.findChild<QAction *>(text("chooseEditor"))->trigger();
    QApplication::processEvents();
    if (auto *dialog = window.findChild<QWidget *>(text("editorDialog")))
        grab(*dialog, prefix + text("-editor.png"));
    return true;
}

const char *const shopBefore =
    R"(import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgPolicy, pgSequence, pgTable, pgView, text, uuid, varchar } from 'drizzle-orm/pg-core';
export const kind = pgEnum('kind', ['person', 'company']);
export const numbers = pgSequence('invoice_numbers', { startWith: 1, increment: 1 });
export const contacts = pgTable('contacts', {
  id: uuid().primaryKey().defaultRandom(),
  name: varchar({ length: 120 }).notNull(),
  fax: varchar({ length: 40 }),
  kind: kind().notNull().default('person'),
  score: integer(),
}, (t) => [
  check('named', sql`length(${t.name}) > 1`),
  index('contacts_name_idx').on(t.name),
  pgPolicy('mine', { for: 'select', to: 'public', using: sql`name <> current_user` }),
]);
export const big = pgView('big_contacts').as((qb) => qb.select({ id: contacts.id, name: contacts.name }).from(contacts).where(sql`${contacts.score} > 3`));
)";
const char *const shopAfter =
    R"(import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgPolicy, pgRole, pgSequence, pgTable, pgView, text, uuid, varchar } from 'drizzle-orm/pg-core';
export const auditor = pgRole('auditor', { createDb: true });
export const kind = pgEnum('kind', ['person', 'company', 'partner']);
export const numbers = pgSequence('invoice_numbers', { startWith: 1, increment: 10 });
export const contacts = pgTable('contacts', {
  id: uuid().primaryKey().defaultRandom(),
  name: varchar({ length: 120 }).notNull(),
  nickname: text(),
  kind: kind().notNull().default('partner'),
  score: integer().notNull(),
}, (t) => [
  check('named', sql`length(${t.name}) > 1 and ${t.name} <> 'nobody'`),
  index('contacts_name_idx').on(t.name.desc()),
  pgPolicy('mine', { for: 'select', to: 'public', using: sql`name = current_user or score > 10` }),
]);
export const big = pgView('big_contacts').as((qb) => qb.select({ id: contacts.id, name: contacts.name, score: contacts.score }).from(contacts).where(sql`${contacts.score} > 5`));
)";

/// Every kind of change as a card, and the same plan with the statements that keep nobody waiting.
bool shootPending(const base::Installation &installation, const QString &prefix, const QSize &size,
                  Theme &theme)
{
    QTemporaryDir scratch;
    const QString root = scratch.filePath(text("acme-shop"));
    write(root + text("/drizzle.config.ts"),
          "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle', "
          "entities: { roles: true } };\n");
    write(root + text("/schema.ts"), shopBefore);
    Preferences preferences(scratch.filePath(text("workspace.sqlite")));
    session::Project project(installation);
    MainWindow window(project, theme, preferences, pagesOf(project, preferences));
    window.resize(size);
    window.show();
    window.openFolder(root);
    const auto pending = [&project] {
        return project.pendingPlan() && !project.pendingDifference().empty();
    };
    if (!wait("the shop", pending))
        return false;
    project.generate(text("init"));
    if (!wait("the first migration",
              [&] { return project.pendingPlan() && project.pendingDifference().empty(); }))
        return false;
    write(root + text("/schema.ts"), shopAfter);
    project.reload();
    if (!wait("the changes", pending))
        return false;
    window.openMigrations();
    rest(300);
    grab(window, prefix + text("-pending.png"));
    for (const diff::RenameCandidate &question : project.pendingDifference().questions)
        project.answerRename({question.kind, question.table, question.from, question.to});
    project.setSafe(true);
    if (!wait("the safe variant", [&] { return project.pendingPlan() && project.isSafe(); }))
        return false;
    rest(300);
    grab(window, prefix + text("-safe.png"));
    return true;
}

/// The connection's dialog: as it opens, with one that works, and with one that does not.
bool shootConnection(const QString &url, const QString &prefix)
{
    Keychain keychain;
    const auto shootTest = [&](const QString &address, const char *name) {
        ServerDialog dialog({.address = {.url = address}, .isOwn = false}, keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        rest(200);
        click(&dialog, "serverTest");
        const auto *button = dialog.findChild<QAbstractButton *>(text("serverTest"));
        const QString test = ServerDialog::tr("Test");
        if (!wait("the connection's test", [&] { return button->text() == test; }))
            return false;
        rest(100);
        grab(dialog, prefix + QStringLiteral("-connection-%1.png").arg(text(name)));
        return true;
    };
    ServerDialog fresh({.environmentFile = text("/acme/.env")}, keychain);
    fresh.setAttribute(Qt::WA_DeleteOnClose, false);
    fresh.show();
    rest(200);
    grab(fresh, prefix + text("-connection-new.png"));
    return shootTest(text("postgres://ada:secret@db.staging.acme.invalid/crm?sslmode=verify-full"),
                     "name") &&
           shootTest(text("postgres://ada:secret@localhost:1/crm"), "port") &&
           (url.isEmpty() || shootTest(url, "works"));
}

/// A repository of two apps asks which one is meant.
bool shootChooser(const base::Installation &installation, const QString &prefix, const QSize &size,
                  Theme &theme)
{
    QTemporaryDir scratch;
    const QString root = scratch.filePath(text("acme"));
    for (const char *app : {"apps/web", "apps/worker", "packages/db"})
        write(QStringLiteral("%1/%2/drizzle.config.ts").arg(root, text(app)),
              "export default { dialect: 'postgresql', schema: './src/schema/*.ts' };\n");
    Preferences preferences(scratch.filePath(text("workspace.sqlite")));
    session::Project project(installation);
    MainWindow window(project, theme, preferences, pagesOf(project, preferences));
    window.resize(size);
    window.show();
    window.openFolder(root);
    auto *chooser = window.findChild<QWidget *>(text("configChooser"));
    if (!wait("the chooser", [chooser] { return chooser->isVisible(); }))
        return false;
    grab(window, prefix + text("-configs.png"));
    grab(*chooser, prefix + text("-chooser.png"));
    return true;
}

bool shootAll(const base::Installation &installation, const Target &target, const QString &folder)
{
    QTemporaryDir scratch;
    Theme theme(*qApp);
    for (const Mode mode : {Mode::Light, Mode::Dark}) {
        for (const QSize size : {QSize(1600, 1000), QSize(1280, 800)}) {
            theme.setMode(mode);
            const QString prefix =
                QStringLiteral("%1/%2-%3")
                    .arg(folder, mode == Mode::Dark ? text("dark") : text("light"))
                    .arg(size.width());
            if (!shootProblems(installation, prefix, size, theme) ||
                !shootPending(installation, prefix, size, theme) ||
                !shootChooser(installation, prefix, size, theme) ||
                !shootConnection(target.url, prefix))
                return false;
            if (target.project.isEmpty())
                continue;
            Preferences preferences(scratch.filePath(text("workspace.sqlite")));
            session::Project project(installation);
            MainWindow window(project, theme, preferences, pagesOf(project, preferences));
            window.resize(size);
            window.show();
            window.openFolder(target.project);
            if (!target.url.isEmpty())
                project.setUrl(target.url, target.systemIdentifier);
            if (!wait("code and folder", [&project] { return project.pendingPlan().has_value(); }))
                return false;
            project.connectDatabase();
            if (!wait("the tenants", [&project] { return project.tenants().value.has_value(); }) ||
                !wait("the ledger", [&project] { return project.ledger().value.has_value(); }))
                return false;
            const auto &tenants = *project.tenants().value;
            const auto globex = std::ranges::find(tenants, text("Globex"), &session::Tenant::label);
            if (globex != tenants.cend()) // the sample's largest
                project.setTenant(*globex);
            else if (!tenants.isEmpty())
                project.setTenant(tenants.first());
            if (!shoot(window, project, prefix))
                return false;
        }
    }
    return true;
}

} // namespace

/// Renders the main pages of the real window into PNG files: studio_shots FOLDER [--project DIR
/// --url URL]. Without a project it is the sample. They speak the environment's language.
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(text("folder"), text("Where the pictures go."));
    parser.addOptions({{text("project"), text("The project to show."), text("folder")},
                       {text("url"), text("Its database."), text("url")},
                       {text("small"), text("Only the small project that needs no server.")}});
    parser.process(application);
    const QString folder = parser.positionalArguments().value(0, text("."));
    QDir().mkpath(folder);

    const base::Installation installation = base::installationOf(text(SLUICE_BUILD_DIR "/bin"));
    base::installTranslations(application, installation.translations());
    Target target{.project = parser.value(text("project")),
                  .url = parser.value(text("url")),
                  .systemIdentifier = {}};
    std::optional<session::SampleReady> ready;
    if (target.project.isEmpty() && !parser.isSet(text("small"))) {
        const auto result = base::await(session::Sample(installation).prepare());
        if (!result) {
            std::fprintf(stderr, "%s\n", qPrintable(base::toLine(result.error())));
            return 1;
        }
        ready = *result;
        target = {.project = ready->projectPath,
                  .url = ready->url,
                  .systemIdentifier = ready->systemIdentifier};
    }
    return shootAll(installation, target, folder) ? 0 : 1;
}
