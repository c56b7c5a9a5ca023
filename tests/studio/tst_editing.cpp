// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "session/editing.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/grid/deletedialog.h"
#include "studio/grid/gridpage.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/widgets/chip.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/rowsgutter.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"
#include "support/server.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace studio;

namespace
{
constexpr int patience = 30'000; // ms; a signal ends the wait

const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech');
CREATE TYPE kind AS ENUM ('company', 'person');
CREATE TABLE contacts (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    kind kind NOT NULL DEFAULT 'person',
    active boolean,
    extra jsonb,
    note text,
    twice text GENERATED ALWAYS AS (name || name) STORED
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    contact_id integer REFERENCES contacts (id),
    total numeric(12, 2),
    due date,
    token uuid,
    updated_at timestamptz,
    is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE items (
    order_id integer NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line integer NOT NULL,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE logs (organization_id integer NOT NULL REFERENCES organizations (id), line text);
INSERT INTO contacts (id, organization_id, name, active, extra)
SELECT n, CASE WHEN n <= 40 THEN 1 ELSE 2 END, 'name ' || n, true, '{"a": 1.10}'
FROM generate_series(1, 50) AS n;
INSERT INTO orders (id, organization_id, contact_id, total)
SELECT n, 1, n, 1.10 FROM generate_series(1, 20) AS n;
INSERT INTO items VALUES (3, 1), (3, 2);
INSERT INTO logs VALUES (1, 'a');
ANALYZE;
)sql";

const QByteArray code = R"(import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
export const organizations = pgTable('organizations', { id: integer().primaryKey(), name: text().notNull() });
export const orders = pgTable('orders', {
  id: integer().primaryKey(),
  organizationId: integer('organization_id').notNull().references(() => organizations.id),
  updatedAt: timestamp('updated_at', { withTimezone: true }).$onUpdate(() => new Date()),
});
)";

void write(const QString &file, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile made(file);
    if (made.open(QIODevice::WriteOnly))
        made.write(content);
}

/// That cell alone, whatever keys a test has pressed last.
void choose(const RowsView *view, const QModelIndex &cell)
{
    view->selectionModel()->setCurrentIndex(cell, QItemSelectionModel::ClearAndSelect);
}
} // namespace

/// A day of somebody who edits rows, in the real window on a real database: each function goes on
/// where the one before has ended.
class EditingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsAndFilters();
    void readsAgain();
    void editsContacts();
    void undoesAndRedoes();
    void editsOrders();
    void survivesTheEnd();
    void meetsAConflict();
    void commits();
    void takesTheCommitBack();
    void followsAndComesBack();
    void exports();
    void addsARow();
    void duplicates();
    void copiesKeepTheirLabels();
    void pastes();
    void asksBeforeDeleting();
    void revertsWhatIsStaged();
    void settlesDeletions();
    void setsTheDefault();
    void saysWhatADeletionTakes_data();
    void saysWhatADeletionTakes();
    void changesManyAtOnce();
    void saysWhyNot();
    void cleanupTestCase();

private:
    void makeWindow();
    QString ask(const QString &sql);
    template <typename T> T *find(const char *name, const QObject *in = nullptr) const
    {
        return (in ? in : m_window.get())->findChild<T *>(QLatin1String(name));
    }
    void click(const char *name, const QObject *in = nullptr) const
    {
        auto *button = find<QAbstractButton>(name, in);
        QVERIFY2(button, name);
        QVERIFY2(button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    GridPage *page(const char *table);
    QModelIndex cell(GridPage *page, const char *key, const char *column) const;
    QWidget *openEditor(GridPage *page, const char *key, const char *column);
    void typeInto(GridPage *page, const char *key, const char *column, const char *text);
    session::Editing &editing() { return m_project->editing(); }

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_database;
    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<session::Project> m_project;
    std::unique_ptr<MainWindow> m_window;
    QString m_before;
};

void EditingTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_database = m_server->createDatabase(QStringLiteral("editing"), script);
    write(m_folder.filePath(QStringLiteral("acme/drizzle.config.ts")),
          "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' };\n");
    write(m_folder.filePath(QStringLiteral("acme/schema.ts")), code);
    m_theme = std::make_unique<Theme>(*qApp);
    m_before = ask(QStringLiteral("select * from contacts order by id")) +
               ask(QStringLiteral("select * from orders order by id"));
    makeWindow();
}

void EditingTest::makeWindow()
{
    m_window.reset();
    m_project.reset();
    m_preferences = std::make_unique<Preferences>(m_folder.filePath(QStringLiteral("w.sqlite")));
    m_project = std::make_unique<session::Project>(
        base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_window = std::make_unique<MainWindow>(*m_project, *m_theme, *m_preferences,
                                            pagesOf(*m_project, *m_preferences));
    m_window->resize(1280, 800);
    m_window->show();
    m_window->openFolder(m_folder.filePath(QStringLiteral("acme")));
    m_project->setUrl(m_server->tcpUrl(m_database));
    m_project->connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->tenants().value.has_value(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_project->code().value.has_value(), patience);
    m_project->setTenant(m_project->tenants().value->first());
}

QString EditingTest::ask(const QString &sql)
{
    pg::Pool pool(m_database);
    const auto page = base::await(pool.run({sql, {}}, pg::Access::Write));
    if (!page)
        return base::toLine(page.error());
    QStringList rows;
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        QStringList cells;
        for (qsizetype column = 0; column < page->columns().size(); ++column)
            cells << (page->cell(row, column) ? page->text(row, column) : QStringLiteral("NULL"));
        rows << cells.join(u',');
    }
    return rows.join(u'|');
}

GridPage *EditingTest::page(const char *table)
{
    return static_cast<GridPage *>(
        m_window->openTable({.schema = {}, .name = QString::fromLatin1(table)}, true));
}

QModelIndex EditingTest::cell(GridPage *page, const char *key, const char *column) const
{
    const QAbstractItemModel *model = find<RowsView>("rowsView", page)->model();
    for (int i = 0; i < model->columnCount(); ++i) {
        if (model->headerData(i, Qt::Horizontal).toString() != QLatin1String(column))
            continue;
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data(RowsModel::RawTextRole).toString() == QLatin1String(key))
                return model->index(row, i);
        }
    }
    return {};
}

QWidget *EditingTest::openEditor(GridPage *page, const char *key, const char *column)
{
    auto *view = find<RowsView>("rowsView", page);
    const QModelIndex index = cell(page, key, column);
    if (!index.isValid())
        return nullptr;
    view->setCurrentIndex(index);
    QTest::keyClick(view, Qt::Key_F2);
    return QApplication::activePopupWidget();
}

void EditingTest::typeInto(GridPage *page, const char *key, const char *column, const char *text)
{
    QWidget *editor = openEditor(page, key, column);
    QVERIFY2(editor, column);
    QWidget *field = find<QWidget>("editorLine", editor);
    if (!field)
        field = find<QWidget>("editorText", editor);
    QVERIFY(field);
    QTest::keyClicks(field, QString::fromUtf8(text)); // what was there is selected
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!QApplication::activePopupWidget());
}

void EditingTest::findsAndFilters()
{
    auto *filter = find<QLineEdit>("treeFilter");
    QTest::keyClicks(filter, QStringLiteral("contacts"));
    GridPage *contacts = page("contacts");
    QTRY_VERIFY_WITH_TIMEOUT(cell(contacts, "1", "name").isValid(), patience);
    auto *view = find<RowsView>("rowsView", contacts);
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 40, patience);
    QTest::mouseClick(find<Chip>("addFilter", contacts), Qt::LeftButton);
    QTRY_VERIFY(QApplication::activePopupWidget());
    QWidget *popup = QApplication::activePopupWidget();
    find<QComboBox>("filterColumn", popup)->setCurrentText(QStringLiteral("id"));
    find<QComboBox>("filterOperator", popup)->setCurrentText(QStringLiteral("<"));
    QTest::keyClicks(find<QLineEdit>("filterValue", popup), QStringLiteral("10"));
    QTest::keyClick(find<QLineEdit>("filterValue", popup), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 9, patience);
}

/// F5 in the window, where other things can be read again, too.
void EditingTest::readsAgain()
{
    GridPage *contacts = page("contacts");
    auto *view = find<RowsView>("rowsView", contacts);
    QVERIFY(ask(QStringLiteral("update contacts set note = 'fresh' where id = 7")).isEmpty());
    m_window->activateWindow();
    view->setFocus();
    QTRY_VERIFY(view->hasFocus());
    QTest::keyClick(view, Qt::Key_F5);
    const auto note = [&] { return cell(contacts, "7", "note").data().toString(); };
    QTRY_COMPARE_WITH_TIMEOUT(note(), QStringLiteral("fresh"), patience);
    QVERIFY(ask(QStringLiteral("update contacts set note = null where id = 7")).isEmpty());
    auto *search = find<QLineEdit>("searchText", contacts);
    QTest::keyClick(view, Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(search->hasFocus());
}

/// Six cells, each by its type's editor.
void EditingTest::editsContacts()
{
    GridPage *contacts = page("contacts");
    typeInto(contacts, "1", "name", "Ada");
    QCOMPARE(cell(contacts, "1", "name").data().toString(), QStringLiteral("Ada"));
    QCOMPARE(cell(contacts, "1", "name").data(RowsModel::MarkRole).toInt(),
             int(RowsOverlay::Mark::Changed));
    QCOMPARE(cell(contacts, "2", "name").data(RowsModel::MarkRole).toInt(),
             int(RowsOverlay::Mark::None));

    QWidget *editor = openEditor(contacts, "1", "kind");
    auto *list = find<QListWidget>("editorList", editor);
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->currentItem()->text(), QStringLiteral("person"));
    QVERIFY(!find<QPushButton>("setNull", editor)->isEnabled());
    QTest::keyClick(list, Qt::Key_Up);
    QTest::keyClick(list, Qt::Key_Return);

    editor = openEditor(contacts, "2", "active");
    click("setNull", editor);
    editor = openEditor(contacts, "3", "note");
    click("setEmpty", editor);
    QCOMPARE(cell(contacts, "3", "note").data(RowsModel::CellRole).toInt(),
             int(RowsModel::Cell::EmptyText));

    editor = openEditor(contacts, "3", "extra");
    auto *json = find<QPlainTextEdit>("editorText", editor);
    QTest::keyClicks(json, QStringLiteral("{\"b\": 1.10"));
    QVERIFY(!find<QPushButton>("setValue", editor)->isEnabled());
    QVERIFY2(find<QLabel>("editorProblem", editor)->text().startsWith(QStringLiteral("Line 1")),
             qPrintable(find<QLabel>("editorProblem", editor)->text()));
    QTest::keyClicks(json, QStringLiteral("}"));
    QTest::keyClick(json, Qt::Key_Return);

    // Two lines; Escape leaves a cell as it was.
    editor = openEditor(contacts, "4", "note");
    auto *lines = find<QPlainTextEdit>("editorText", editor);
    QTest::keyClicks(lines, QStringLiteral("one"));
    QTest::keyClick(lines, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(lines, QStringLiteral("two"));
    QTest::keyClick(lines, Qt::Key_Return);
    QCOMPARE(cell(contacts, "4", "note").data(RowsModel::RawTextRole).toString(),
             QStringLiteral("one\ntwo"));
    editor = openEditor(contacts, "5", "note");
    QTest::keyClicks(find<QWidget>("editorText", editor), QStringLiteral("x"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    QCOMPARE(editing().staged().rows.size(), 4);

    editor = openEditor(contacts, "1", "twice");
    QVERIFY(!editor);
    QVERIFY2(contacts->statusText().contains(QStringLiteral("generated")),
             qPrintable(contacts->statusText()));
    // What would leave the tenant is refused at once.
    typeInto(contacts, "1", "organization_id", "2");
    QCOMPARE(editing().staged().rows.size(), 4);
    QVERIFY(contacts->statusText().contains(QStringLiteral("not belong to the chosen tenant")));
    QCOMPARE(cell(contacts, "1", "organization_id").data(RowsModel::RawTextRole).toString(),
             QStringLiteral("1"));
}

void EditingTest::undoesAndRedoes()
{
    GridPage *contacts = page("contacts");
    auto *view = find<RowsView>("rowsView", contacts);
    m_window->activateWindow();
    view->setFocus();
    QTRY_VERIFY(view->hasFocus());
    QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(editing().staged().rows.size(), 3);
    QCOMPARE(cell(contacts, "4", "note").data(RowsModel::CellRole).toInt(),
             int(RowsModel::Cell::Null));
    QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(editing().staged().rows.size(), 4);
    // Another order and filter do not lose them.
    auto *pill = find<Chip>("filterPill_0", contacts);
    QTest::mouseClick(pill, Qt::LeftButton, {}, QPoint(pill->width() - 15, pill->height() / 2));
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 40, patience);
    QCOMPARE(cell(contacts, "1", "name").data().toString(), QStringLiteral("Ada"));
}

/// Four cells of another table; one of its columns is the code's.
void EditingTest::editsOrders()
{
    GridPage *orders = page("orders");
    QTRY_VERIFY_WITH_TIMEOUT(cell(orders, "1", "total").isValid(), patience);
    QWidget *editor = openEditor(orders, "1", "total");
    auto *line = find<QLineEdit>("editorLine", editor);
    QTest::keyClicks(line, QStringLiteral("much"));
    QVERIFY(!find<QPushButton>("setValue", editor)->isEnabled());
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("9007199254.99"));
    QTest::keyClick(line, Qt::Key_Return);
    typeInto(orders, "1", "due", "2026-03-01");
    editor = openEditor(orders, "2", "token");
    click("generateUuid", editor);
    click("setValue", editor);
    // Typing begins an edit, Tab goes on to the next column.
    auto *view = find<RowsView>("rowsView", orders);
    view->setCurrentIndex(cell(orders, "2", "contact_id"));
    QTest::keyClick(view, Qt::Key_3);
    editor = QApplication::activePopupWidget();
    QVERIFY(editor);
    QCOMPARE(find<QLineEdit>("pickerLine", editor)->text(), QStringLiteral("3"));
    QTest::keyClick(find<QLineEdit>("pickerLine", editor), Qt::Key_Tab);
    QTRY_COMPARE_WITH_TIMEOUT(view->currentIndex(), cell(orders, "2", "total"), patience);
    // The offscreen platform may have closed it with the one before.
    if (QWidget *next = QApplication::activePopupWidget())
        QTest::keyClick(next, Qt::Key_Escape);
    QCOMPARE(editing().staged().rows.size(), 6);

    // What is not saved is said where one sees it without the panel, and leads there.
    const auto *panel = find<QWidget>("pendingPanel");
    QVERIFY(!panel->isVisible());
    QCOMPARE(find<QPushButton>("statusEdits")->text(), QStringLiteral("not saved: 6"));
    click("statusEdits");
    QVERIFY(panel->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!find<CodeView>("pendingSql", panel)->text().isEmpty(), patience);
    const QString sql = find<CodeView>("pendingSql", panel)->text();
    QVERIFY2(sql.contains(QStringLiteral("\"organization_id\" = '1'")), qPrintable(sql));
    QVERIFY(sql.contains(QStringLiteral("9007199254.99")));
    QVERIFY(find<QLabel>("codeNote", panel)->text().contains(QStringLiteral("orders.updated_at")));
    const edits::Staged before = editing().staged();
    click("fillByCode", panel);
    QVERIFY(find<QLabel>("codeNote", panel)->isHidden());
    // Two rows, one step.
    const edits::Staged filled = editing().staged();
    click("undoEdit", panel);
    QVERIFY(editing().staged() == before);
    QVERIFY(find<QLabel>("codeNote", panel)->isVisible());
    click("redoEdit", panel);
    QVERIFY(editing().staged() == filled);
}

/// The program ends without a word, and all is there again.
void EditingTest::survivesTheEnd()
{
    const edits::Staged staged = editing().staged();
    makeWindow();
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged() == staged, patience);
    GridPage *contacts = page("contacts");
    QTRY_COMPARE_WITH_TIMEOUT(cell(contacts, "1", "name").data().toString(), QStringLiteral("Ada"),
                              patience);
    QVERIFY(!editing().canUndo());
}

void EditingTest::meetsAConflict()
{
    ask(QStringLiteral("update contacts set name = 'Theirs' || repeat('.', 69994), "
                       "kind = 'company' where id = 1"));
    ask(QStringLiteral("update orders set due = '2020-01-01' where id = 1"));
    find<QAction>("commit")->trigger(); // read-only: asks for the lease
    QTRY_VERIFY(find<QAbstractButton>("leaseAllow")->isVisible());
    click("leaseAllow");
    QTRY_VERIFY(m_project->writable());
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(!editing().conflicts().isEmpty(), patience);
    QCOMPARE(editing().conflicts().size(), 2);
    QCOMPARE(ask(QStringLiteral("select count(*) from contacts where note is not null")),
             QStringLiteral("0"));
    auto *view = find<QWidget>("conflictView");
    QVERIFY(view->isVisible());
    // Of a long value its beginning and its size.
    const QString theirs = find<QRadioButton>("theirs_0_name", view)->text();
    QVERIFY2(theirs.startsWith(QStringLiteral("Theirs...")) && theirs.size() < 150 &&
                 theirs.endsWith(sizeText(70'000) + QStringLiteral(" in all")),
             qPrintable(theirs));
    QVERIFY(find<QRadioButton>("theirs_0_name", view)->isChecked());
    QVERIFY(!find<QRadioButton>("mine_0_kind", view)->isEnabled()); // both wrote the same
    QVERIFY(!find<QPushButton>("commitEdits")->isEnabled());
    find<QRadioButton>("mine_0_name", view)->setChecked(true);
    click("takeChoice_0", view);
    QTRY_VERIFY(find<QRadioButton>("theirs_0_due", view)); // the other one is the first now
    QVERIFY(find<QRadioButton>("mine_0_total", view)->isChecked());
    click("takeChoice_0", view);
    QVERIFY(editing().conflicts().isEmpty());
}

void EditingTest::commits()
{
    GridPage *contacts = page("contacts");
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    QVERIFY(find<QPushButton>("statusEdits")->isHidden());
    QCOMPARE(ask(QStringLiteral("select name, kind from contacts where id = 1")),
             QStringLiteral("Ada,company"));
    QCOMPARE(ask(QStringLiteral(
                 "select active, note, extra from contacts where id in (2, 3) order by id")),
             QStringLiteral("NULL,NULL,{\"a\": 1.10}|t,,{\"b\": 1.10}"));
    QCOMPARE(ask(QStringLiteral("select total, due from orders where id = 1")),
             QStringLiteral("9007199254.99,2020-01-01"));
    QCOMPARE(ask(QStringLiteral(
                 "select contact_id, token is null, updated_at is null from orders where id = 2")),
             QStringLiteral("3,f,f"));
    QTRY_COMPARE_WITH_TIMEOUT(cell(contacts, "1", "name").data(RowsModel::RawTextRole).toString(),
                              QStringLiteral("Ada"), patience);
    QCOMPARE(cell(contacts, "1", "name").data(RowsModel::MarkRole).toInt(), 0);
}

void EditingTest::takesTheCommitBack()
{
    click("undoCommit");
    QCOMPARE(editing().staged().rows.size(), 6);
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    // As it was, but for what somebody else has written.
    ask(QStringLiteral("update contacts set name = 'name 1', kind = 'person' where id = 1"));
    ask(QStringLiteral("update orders set due = null where id = 1"));
    QCOMPARE(ask(QStringLiteral("select * from contacts order by id")) +
                 ask(QStringLiteral("select * from orders order by id")),
             m_before);
}

/// From an order to its contact, and back.
void EditingTest::followsAndComesBack()
{
    GridPage *orders = page("orders");
    QTRY_VERIFY_WITH_TIMEOUT(cell(orders, "5", "contact_id").isValid(), patience);
    auto *view = find<RowsView>("rowsView", orders);
    QTRY_COMPARE_WITH_TIMEOUT(cell(orders, "5", "contact_id").data(RowsModel::LabelRole).toString(),
                              QStringLiteral("name 5"), patience);
    view->setCurrentIndex(cell(orders, "5", "contact_id"));
    m_window->activateWindow();
    view->setFocus();
    QTRY_COMPARE(QApplication::activeWindow(), m_window.get());
    QTest::keyClick(view, Qt::Key_Return);
    // "contacts 5": the table in front, and the key of its current row.
    const auto place = [this] {
        for (GridPage *page : m_window->findChildren<GridPage *>()) {
            const auto *rows = find<RowsView>("rowsView", page);
            if (page->isVisible())
                return page->table().name + u' ' +
                       rows->currentIndex().siblingAtColumn(0).data().toString();
        }
        return QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(place(), QStringLiteral("contacts 5"), patience);
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(place(), QStringLiteral("orders 5"), patience);
}

/// The tenant's contacts, and nobody else's.
void EditingTest::exports()
{
    GridPage *contacts = page("contacts");
    const QString path = m_folder.filePath(QStringLiteral("contacts.csv"));
    click("exportRows", contacts);
    find<QMenu>("exportMenu", contacts)->actions().first()->trigger();
    auto *dialog = find<QFileDialog>("exportDialog", contacts);
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    const auto *said = find<QLabel>("exportText", contacts);
    QTRY_VERIFY2_WITH_TIMEOUT(said->text().startsWith(QStringLiteral("Exported: 40 rows to ")),
                              qPrintable(said->text()), patience);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 41);
    QCOMPARE(lines.at(1), QByteArray("1,1,name 1,person,t,\"{\"\"a\"\": 1.10}\",,name 1name 1"));
    for (const QByteArray &line : lines.sliced(1))
        QVERIFY2(line.split(',').at(1) == "1", line.constData());
}

void EditingTest::addsARow()
{
    GridPage *contacts = page("contacts");
    click("addRow", contacts);
    auto *view = find<RowsView>("newRowsView", contacts);
    QTRY_COMPARE(view->model()->rowCount(), 1);
    QTRY_COMPARE(view->currentIndex(), view->model()->index(0, 0));
    const auto columnOf = [&](RowsView *of) {
        return of->viewport()->mapTo(contacts, QPoint(of->columnViewportPosition(1), 0)).x();
    };
    auto *above = find<RowsView>("rowsView", contacts);
    QVERIFY(above->gutter().isVisible());
    QTRY_COMPARE(columnOf(view), columnOf(above));
    const int width = above->columnWidth(2);
    above->setColumnWidth(2, 3000);
    QTRY_VERIFY(view->horizontalScrollBar()->maximum() > 200);
    view->horizontalScrollBar()->setValue(200); // as the keys do
    QCOMPARE(columnOf(view), columnOf(above));
    QCOMPARE(above->horizontalScrollBar()->value(), 200);
    above->horizontalScrollBar()->setValue(0);
    above->setColumnWidth(2, width);
    QCOMPARE(view->model()->index(0, 1).data(RowsModel::RawTextRole).toString(),
             QStringLiteral("1")); // the tenant
    QCOMPARE(view->model()->index(0, 3).data().toString(), QStringLiteral("DEFAULT"));
    QTRY_VERIFY_WITH_TIMEOUT(
        find<QLabel>("pendingProblem")->text().contains(QStringLiteral("a value is needed")),
        patience);
    const auto type = [view](int column, const char *value) {
        view->setCurrentIndex(view->model()->index(0, column));
        QTest::keyClick(view, Qt::Key_F2);
        QVERIFY(QApplication::activePopupWidget());
        QWidget *field = QApplication::activePopupWidget()->focusWidget();
        QTest::keyClicks(field, QString::fromLatin1(value));
        QTest::keyClick(field, Qt::Key_Return);
    };
    type(0, "100");
    type(2, "New");
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("pendingProblem")->isHidden(), patience);
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    QCOMPARE(ask(QStringLiteral("select organization_id, name, kind from contacts where id = 100")),
             QStringLiteral("1,New,person"));
    QTRY_VERIFY(find<QWidget>("newRows", contacts)->isHidden());
}

/// What a copy refers to is named as in the row that it was made of.
void EditingTest::copiesKeepTheirLabels()
{
    const qsizetype before = editing().staged().rows.size();
    GridPage *orders = page("orders");
    auto *view = find<RowsView>("rowsView", orders);
    QTRY_VERIFY_WITH_TIMEOUT(cell(orders, "5", "contact_id").isValid(), patience);
    const QModelIndex refers = cell(orders, "5", "contact_id");
    const auto labelOf = [](const QModelIndex &index) {
        return index.data(RowsModel::LabelRole).toString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!labelOf(refers).isEmpty(), patience);
    choose(view, refers);
    QTest::keyClick(view, Qt::Key_D, Qt::ControlModifier);
    auto *copies = find<RowsView>("newRowsView", orders);
    QTRY_COMPARE_WITH_TIMEOUT(copies->model()->rowCount(), 1, patience);
    QTRY_COMPARE(labelOf(copies->model()->index(0, refers.column())), labelOf(refers));
    editing().undo();
    QCOMPARE(editing().staged().rows.size(), before);
}

/// Two rows in one step, as they are seen now, but for what must be their own.
void EditingTest::duplicates()
{
    GridPage *contacts = page("contacts");
    auto *view = find<RowsView>("rowsView", contacts);
    QTRY_VERIFY_WITH_TIMEOUT(cell(contacts, "6", "name").isValid(), patience);
    typeInto(contacts, "6", "name", "Seen");
    choose(view, cell(contacts, "6", "name"));
    view->selectionModel()->select(cell(contacts, "7", "name"), QItemSelectionModel::Select);
    QTest::keyClick(view, Qt::Key_D, Qt::ControlModifier);
    auto *copies = find<RowsView>("newRowsView", contacts);
    QTRY_COMPARE_WITH_TIMEOUT(copies->model()->rowCount(), 2, patience);
    const auto copy = [copies](int row, int column) {
        return copies->model()->index(row, column).data(RowsModel::RawTextRole).toString();
    };
    QCOMPARE(copies->model()->index(0, 0).data().toString(), QStringLiteral("needed"));
    QCOMPARE(copy(0, 1), QStringLiteral("1"));
    QCOMPARE(copy(0, 2), QStringLiteral("Seen"));
    QCOMPARE(copy(1, 2), QStringLiteral("name 7"));
    QCOMPARE(copy(1, 5), QStringLiteral("{\"a\": 1.10}"));
    QCOMPARE(editing().staged().rows.size(), 3);
    editing().undo();
    QCOMPARE(editing().staged().rows.size(), 1);

    // A copy of a copy has what was given to that one.
    editing().redo();
    QTRY_COMPARE_WITH_TIMEOUT(copies->model()->rowCount(), 2, patience);
    m_window->activateWindow();
    copies->setFocus();
    QTRY_VERIFY(copies->hasFocus());
    choose(copies, copies->model()->index(1, 2));
    QTest::keyClick(copies, Qt::Key_D, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(copies->model()->rowCount(), 3, patience);
    QCOMPARE(copy(2, 2), QStringLiteral("name 7"));
    editing().revertAll();
}

/// Several cells in one step: from the clipboard, and by a command.
void EditingTest::pastes()
{
    GridPage *contacts = page("contacts");
    auto *view = find<RowsView>("rowsView", contacts);
    QTRY_VERIFY_WITH_TIMEOUT(cell(contacts, "9", "name").isValid(), patience);
    m_window->activateWindow();
    view->setFocus();
    QTRY_VERIFY(view->hasFocus());
    const auto paste = [&](const char *key, const char *column, const char *text) {
        choose(view, cell(contacts, key, column));
        QGuiApplication::clipboard()->setText(QString::fromLatin1(text));
        QTest::keyClick(view, Qt::Key_V, Qt::ControlModifier);
    };
    const auto raw = [&](const char *key, const char *column) {
        return cell(contacts, key, column).data(RowsModel::RawTextRole).toString();
    };
    const auto isNull = [&](const char *key, const char *column) {
        return cell(contacts, key, column).data(RowsModel::CellRole).toInt() ==
               int(RowsModel::Cell::Null);
    };
    // As a spreadsheet writes it: a line each, a field with line ends in quotes.
    paste("8", "name", "P 8\tcompany\t\n\"P\n9\"\tperson\tf\n");
    QVERIFY2(raw("8", "name") == QStringLiteral("P 8"), qPrintable(contacts->statusText()));
    QCOMPARE(raw("8", "kind"), QStringLiteral("company"));
    QVERIFY(isNull("8", "active"));
    QCOMPARE(raw("9", "name"), QStringLiteral("P\n9"));
    QCOMPARE(editing().staged().rows.size(), 2);
    // A field that its column cannot take keeps all of them out.
    paste("8", "name", "X\tcompany\tperhaps");
    QVERIFY2(contacts->statusText().contains(QStringLiteral("active cannot take \"perhaps\"")),
             qPrintable(contacts->statusText()));
    QCOMPARE(raw("8", "name"), QStringLiteral("P 8"));
    paste("8", "extra", "1, 2");
    QVERIFY2(contacts->statusText().contains(QStringLiteral("extra cannot take \"1, 2\"")),
             qPrintable(contacts->statusText()));
    // What is no table of fields is one text.
    paste("8", "name", "Ada \"the first\"");
    QCOMPARE(raw("8", "name"), QStringLiteral("Ada \"the first\""));

    // One value goes into all chosen cells, and so does a command.
    choose(view, cell(contacts, "8", "note"));
    for (const char *key : {"9", "10"})
        view->selectionModel()->select(cell(contacts, key, "note"), QItemSelectionModel::Select);
    QGuiApplication::clipboard()->setText(QStringLiteral("same"));
    QTest::keyClick(view, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(raw("10", "note"), QStringLiteral("same"));
    editing().undo();
    QVERIFY(isNull("8", "note") && isNull("10", "note"));
    editing().redo();
    QContextMenuEvent wanted(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(view->viewport(), &wanted);
    auto *menu = find<QMenu>("rowsMenu", contacts);
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    const auto command = std::ranges::find(actions, QStringLiteral("Set 3 cells to NULL"),
                                           [](const QAction *action) { return action->text(); });
    QVERIFY(command != actions.end());
    (*command)->trigger();
    delete menu;
    QVERIFY(isNull("8", "note") && isNull("9", "note") && isNull("10", "note"));
    editing().revertAll();
}

void EditingTest::asksBeforeDeleting()
{
    GridPage *orders = page("orders");
    auto *view = find<RowsView>("rowsView", orders);
    QTRY_VERIFY_WITH_TIMEOUT(cell(orders, "3", "id").isValid(), patience);
    choose(view, cell(orders, "3", "id"));
    view->selectionModel()->select(cell(orders, "4", "id"), QItemSelectionModel::Select);
    QTest::keyClick(view, Qt::Key_Delete);
    auto *dialog = find<QDialog>("deleteDialog");
    QVERIFY(dialog);
    QTRY_COMPARE_WITH_TIMEOUT(find<QTreeWidget>("deleteImpact", dialog)->topLevelItemCount(), 1,
                              patience);
    QCOMPARE(find<QTreeWidget>("deleteImpact", dialog)->topLevelItem(0)->text(1),
             QStringLiteral("2"));
    QVERIFY(find<QLabel>("deleteSummary", dialog)
                ->text()
                .contains(QStringLiteral("Undoing the commit brings them back")));
    QVERIFY(editing().staged().isEmpty());
    click("deleteSoftly", dialog);
    QCOMPARE(cell(orders, "3", "is_active").data(RowsModel::RawTextRole).toString(),
             QStringLiteral("f"));
    QCOMPARE(cell(orders, "4", "is_active").data(RowsModel::RawTextRole).toString(),
             QStringLiteral("f"));
    editing().undo();
    QVERIFY(editing().staged().isEmpty());

    choose(view, cell(orders, "3", "id"));
    QTest::keyClick(view, Qt::Key_Delete);
    QTRY_VERIFY(find<QDialog>("deleteDialog") && find<QDialog>("deleteDialog")->isVisible());
    dialog = find<QDialog>("deleteDialog");
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("deleteRows", dialog)->isEnabled(), patience);
    click("deleteRows", dialog);
    QCOMPARE(cell(orders, "3", "id").data(RowsModel::RowMarkRole).toInt(),
             int(RowsOverlay::Mark::Removed));
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    QCOMPARE(ask(QStringLiteral("select count(*) from items")), QStringLiteral("0"));
    QTRY_VERIFY_WITH_TIMEOUT(
        cell(orders, "2", "id").isValid() && !cell(orders, "3", "id").isValid(), patience);

    // With the row comes back what went with it.
    click("undoCommit");
    QCOMPARE(editing().staged().rows.size(), 3);
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    QCOMPARE(ask(QStringLiteral("select count(*) from items where order_id = 3")),
             QStringLiteral("2"));
    QTRY_VERIFY_WITH_TIMEOUT(cell(orders, "3", "id").isValid(), patience);
}

/// The tree takes back a cell, a row and a table, the button all; each is a step.
void EditingTest::revertsWhatIsStaged()
{
    QVERIFY(editing().staged().isEmpty());
    GridPage *contacts = page("contacts");
    QTRY_VERIFY_WITH_TIMEOUT(cell(contacts, "13", "name").isValid(), patience);
    typeInto(contacts, "11", "name", "A");
    typeInto(contacts, "11", "note", "B");
    typeInto(contacts, "12", "name", "C");
    typeInto(contacts, "13", "name", "D");
    GridPage *orders = page("orders");
    QTRY_VERIFY_WITH_TIMEOUT(cell(orders, "6", "total").isValid(), patience);
    typeInto(orders, "6", "total", "9");
    const auto rows = [this] { return editing().staged().rows; };
    QCOMPARE(rows().size(), 4);
    auto *tree = find<QTreeWidget>("pendingTree");
    QVERIFY(tree->isVisible());
    QCOMPARE(tree->topLevelItemCount(), 2);
    const auto byMenu = [&](QTreeWidgetItem *item, const char *text) {
        tree->setCurrentItem(item);
        QContextMenuEvent wanted(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(tree->viewport(), &wanted);
        auto *menu = find<QMenu>("pendingMenu");
        QVERIFY(menu);
        QCOMPARE(menu->actions().first()->text(), QString::fromLatin1(text));
        menu->actions().first()->trigger();
        delete menu;
    };
    tree->setCurrentItem(tree->topLevelItem(0)->child(0)->child(1));
    QTest::keyClick(tree, Qt::Key_Delete);
    QCOMPARE(rows().size(), 4);
    QCOMPARE(rows().first().cells.size(), 1);
    QVERIFY(rows().first().cell(QStringLiteral("name")));
    byMenu(tree->topLevelItem(0)->child(0)->child(0), "Revert the cell");
    QCOMPARE(rows().size(), 3); // nothing was left of the row
    byMenu(tree->topLevelItem(0)->child(0), "Revert the row");
    QCOMPARE(rows().size(), 2);
    QCOMPARE(rows().first().id.key, QList<QByteArray>{"13"});
    byMenu(tree->topLevelItem(0), "Revert the table");
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().first().id.table.name, QStringLiteral("orders"));
    click("undoEdit");
    QCOMPARE(rows().size(), 2);
    click("discardEdits");
    QVERIFY(rows().isEmpty());
    QVERIFY(!find<QPushButton>("discardEdits")->isEnabled());
    click("undoEdit");
    QCOMPARE(rows().size(), 2);
    click("discardEdits");
    QVERIFY(rows().isEmpty());
}

/// Rows that are to be deleted and that somebody has changed, and an edit of one that is gone.
void EditingTest::settlesDeletions()
{
    GridPage *orders = page("orders");
    auto *view = find<RowsView>("rowsView", orders);
    QTRY_VERIFY_WITH_TIMEOUT(cell(orders, "9", "total").isValid(), patience);
    choose(view, cell(orders, "7", "id"));
    view->selectionModel()->select(cell(orders, "8", "id"), QItemSelectionModel::Select);
    QTest::keyClick(view, Qt::Key_Delete);
    auto *dialog = find<QDialog>("deleteDialog");
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("deleteRows", dialog)->isEnabled(), patience);
    click("deleteRows", dialog);
    typeInto(orders, "9", "total", "9");
    QCOMPARE(editing().staged().rows.size(), 3);
    ask(QStringLiteral("update orders set total = 7 where id in (7, 8)"));
    ask(QStringLiteral("delete from orders where id = 9"));
    click("commitEdits");
    QTRY_COMPARE_WITH_TIMEOUT(editing().conflicts().size(), 3, patience);
    const auto key = [this] { return editing().conflicts().first().edit.id.key.first(); };
    const auto *conflicts = find<QWidget>("conflictView");
    QVERIFY(conflicts->isVisible());
    QCOMPARE(key(), QByteArray("7"));
    click("keepRow_0", conflicts);
    QTRY_COMPARE(editing().conflicts().size(), 2);
    QCOMPARE(key(), QByteArray("8"));
    click("deleteAnyway_0", conflicts);
    QTRY_COMPARE(editing().conflicts().size(), 1);
    QCOMPARE(key(), QByteArray("9"));
    click("dropEdit_0", conflicts);
    QVERIFY(editing().conflicts().isEmpty());
    QCOMPARE(editing().staged().rows.size(), 1);
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    QCOMPARE(ask(QStringLiteral("select id, total from orders where id between 7 and 9")),
             QStringLiteral("7,7.00"));
}

void EditingTest::setsTheDefault()
{
    GridPage *contacts = page("contacts");
    QTRY_VERIFY_WITH_TIMEOUT(cell(contacts, "14", "kind").isValid(), patience);
    const auto raw = [&] {
        return cell(contacts, "14", "kind").data(RowsModel::RawTextRole).toString();
    };
    const auto commit = [&](const char *kind) {
        click("commitEdits");
        QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(raw(), QString::fromLatin1(kind), patience);
        QCOMPARE(ask(QStringLiteral("select kind from contacts where id = 14")),
                 QString::fromLatin1(kind));
    };
    auto *list = find<QListWidget>("editorList", openEditor(contacts, "14", "kind"));
    QTest::keyClick(list, Qt::Key_Up);
    QTest::keyClick(list, Qt::Key_Return);
    commit("company");
    QWidget *editor = openEditor(contacts, "14", "kind");
    QCOMPARE(find<QPushButton>("setDefault", editor)->toolTip(), QStringLiteral("'person'"));
    click("setDefault", editor);
    QVERIFY(editing().staged().rows.first().cells.first().after.kind ==
            edits::NewValue::Kind::Default);
    QCOMPARE(cell(contacts, "14", "kind").data().toString(), QStringLiteral("DEFAULT"));
    commit("person");
}

void EditingTest::saysWhatADeletionTakes_data()
{
    using session::DeleteImpact;
    QTest::addColumn<QList<DeleteImpact>>("impact");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("fate");
    const DeleteImpact items{.table = {{}, QStringLiteral("items")},
                             .columns = {QStringLiteral("order_id")},
                             .action = QStringLiteral("cascade"),
                             .rows = 2,
                             .hasOthers = false,
                             .hasKey = true,
                             .below = {}};
    const auto row = [&](const char *title, auto change, const char *said, const char *fate) {
        DeleteImpact impact = items;
        change(impact);
        QTest::newRow(title) << QList<DeleteImpact>{impact} << QString::fromUtf8(said)
                             << QString::fromUtf8(fate);
    };
    row(
        "come back", [](DeleteImpact &) {}, "with them: 2. Undoing the commit brings them back.",
        "are deleted, too");
    row(
        "too many", [](DeleteImpact &i) { i.rows = 1'001; }, "more than 1,000 are not kept",
        "are deleted, too");
    row(
        "without a key", [](DeleteImpact &i) { i.hasKey = false; },
        "but for those of public.items: they have no key", "are deleted, too");
    row(
        "of others, too", [](DeleteImpact &i) { i.hasOthers = true; },
        "Rows of public.items refer to them that are not the chosen tenant's: the commit will be "
        "refused",
        "refused: not the tenant's alone");
    row(
        "in a circle", [](DeleteImpact &i) { i.isCircular = true; },
        "in two steps only where they and rows of public.items point at each other",
        "are deleted, too");
    row(
        "perhaps more", [](DeleteImpact &i) { i.isCutOff = true; }, "with them: at least 2.",
        "are deleted, too");
    row(
        "lose their reference", [](DeleteImpact &i) { i.action = QStringLiteral("set null"); },
        "lose their reference: 2. Undoing the commit gives it back.", "lose the reference (NULL)");
    row(
        "get the default", [](DeleteImpact &i) { i.action = QStringLiteral("set default"); },
        "Undoing the commit does not give it back.", "get the default");
    row(
        "in the way", [](DeleteImpact &i) { i.action = QStringLiteral("restrict"); },
        "Rows that stand in the way: 2", "stand in the way");
}

void EditingTest::saysWhatADeletionTakes()
{
    QFETCH(QString, said);
    DeleteDialog dialog(QStringLiteral("orders"), 1, {}, nullptr);
    QFETCH(QList<session::DeleteImpact>, impact);
    const base::Error refusal{.text = QStringLiteral("Not for this tenant")};
    dialog.setImpact(session::Deletion{impact, refusal});
    const QString summary = find<QLabel>("deleteSummary", &dialog)->text();
    QVERIFY2(summary.contains(said), qPrintable(summary));
    QVERIFY2(summary.contains(QStringLiteral("will be refused: Not for this tenant")),
             qPrintable(summary));
    QTEST(find<QTreeWidget>("deleteImpact", &dialog)->topLevelItem(0)->text(2), "fate");
}

/// Thousands of cells are changed in one step; their statements are made beside the window.
void EditingTest::changesManyAtOnce()
{
    const auto *sql = find<CodeView>("pendingSql");
    QVERIFY(find<QWidget>("pendingPanel")->isVisible() && editing().staged().isEmpty());
    QList<session::CellChange> changes;
    for (int i = 0; i < 2'000; ++i)
        changes << session::CellChange{{.table = {{}, QStringLiteral("contacts")},
                                        .keyColumns = {QStringLiteral("id")},
                                        .key = {QByteArray::number(i)}},
                                       {QStringLiteral("note"), {}, edits::NewValue::of("many")}};
    QVERIFY(!editing().setCells(changes));
    QCOMPARE(editing().staged().rows.size(), 2'000);
    QVERIFY(!sql->text().contains(QStringLiteral("many")));
    QTRY_COMPARE_WITH_TIMEOUT(sql->text().count(QStringLiteral("= 'many'")), 2'000, patience);
    editing().revertAll();
    QVERIFY(sql->text().isEmpty());
}

void EditingTest::saysWhyNot()
{
    GridPage *logs = page("logs");
    auto *view = find<RowsView>("rowsView", logs);
    QTRY_VERIFY_WITH_TIMEOUT(view->model()->rowCount() == 1, patience);
    QVERIFY(!find<QPushButton>("addRow", logs)->isEnabled());
    QVERIFY(find<QPushButton>("addRow", logs)->toolTip().contains(QStringLiteral("told apart")));
    view->setCurrentIndex(view->model()->index(0, 1));
    QTest::keyClick(view, Qt::Key_F2);
    QVERIFY(!QApplication::activePopupWidget());
    QVERIFY2(logs->statusText().contains(QStringLiteral("told apart")),
             qPrintable(logs->statusText()));
}

void EditingTest::cleanupTestCase()
{
    m_window.reset();
    m_project.reset();
    m_server.reset();
}

QTEST_MAIN(EditingTest)
#include "tst_editing.moc"
