// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "session/project.h"
#include "session/sample.h"
#include "studio/builder/builderpage.h"
#include "studio/connect/preferences.h"
#include "studio/grid/gridpage.h"
#include "studio/migrations/migrationspage.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/shell/sampleopener.h"
#include "studio/tree/treemodel.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <unistd.h>

using namespace studio;

namespace
{
constexpr int patience = 20'000;    // ms; a signal ends the wait
constexpr int firstStart = 240'000; // ms; loads the sample's data

/// A cluster folder that the server's user can reach, short, and this build tree's own.
QString clusterFolder()
{
    const QByteArray key = QCryptographicHash::hash(QByteArray(SLUICE_BUILD_DIR "/mainjob"),
                                                    QCryptographicHash::Sha256)
                               .toHex()
                               .left(10);
    return QStringLiteral("/var/tmp/sluice-mainjob-%1-%2")
        .arg(geteuid())
        .arg(QString::fromLatin1(key));
}

session::Sample sampleIn(const QString &project)
{
    return session::Sample(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")),
                           {.project = project, .cluster = clusterFolder(), .firstPort = 54'830});
}
} // namespace

/// The main job from end to end, with mouse and keyboard, in the real window on the real sample:
/// each step goes on where the one before it ended.
class TestMainJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void opensWithoutAConnection();
    void filtersTheTree();
    void opensATable();
    void choosesATenant();
    void scrolls();
    void buildsAJoinedQuery();
    void runsTheQuery();
    void showsTheDifference();
    void generates();
    void applies();

private:
    template <typename T> T *find(const char *name, const QWidget *in = nullptr) const
    {
        T *found = (in ? in : m_window.get())->findChild<T *>(QLatin1String(name));
        if (!found)
            qWarning("There is no %s", name);
        return found;
    }
    void click(QWidget *widget)
    {
        QVERIFY(widget);
        QTRY_VERIFY2(widget->isVisible(),
                     qPrintable(widget->objectName())); // a layout shows what is new later
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    const QWidget *gridPage() const { return m_window->findChild<GridPage *>(); }
    void showTab(const QString &title);
    QModelIndex treeRow(const QString &table, const QString &child = {}) const;
    diff::Presence presence(const QString &table, const QString &child = {}) const;

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<session::Project> m_project;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SampleOpener> m_opener;
};

void TestMainJob::initTestCase()
{
    const session::Sample sample = sampleIn(m_folder.filePath(QStringLiteral("acme-crm")));
    QVERIFY(sample.stop().ok());
    QVERIFY(QDir(clusterFolder()).removeRecursively());
    m_theme = std::make_unique<Theme>(*qApp);
    m_preferences =
        std::make_unique<Preferences>(m_folder.filePath(QStringLiteral("workspace.sqlite")));
    m_project = std::make_unique<session::Project>(
        base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_window = std::make_unique<MainWindow>(*m_project, *m_theme, *m_preferences,
                                            pagesOf(*m_project, *m_preferences));
    m_opener = std::make_unique<SampleOpener>(sample, *m_project, *m_window);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMainJob::cleanupTestCase()
{
    m_opener.reset();
    m_window.reset();
    m_project.reset();
    QVERIFY(sampleIn(m_folder.filePath(QStringLiteral("acme-crm"))).stop().ok());
    QVERIFY(QDir(clusterFolder()).removeRecursively());
}

void TestMainJob::showTab(const QString &title)
{
    auto *tabs = find<QTabBar>("pageTabs");
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->tabText(i).startsWith(title)) {
            QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center() - QPoint(12, 0));
            QCOMPARE(tabs->currentIndex(), i);
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("There is no tab %1").arg(title)));
}

QModelIndex TestMainJob::treeRow(const QString &table, const QString &child) const
{
    const QAbstractItemModel *model = find<QTreeView>("schemaTree")->model();
    const auto below = [model](const QModelIndex &parent, const QString &name) {
        for (int row = 0; row < model->rowCount(parent); ++row) {
            const QModelIndex index = model->index(row, 0, parent);
            if (index.data(TreeModel::NameRole).toString() == name)
                return index;
        }
        return QModelIndex();
    };
    const QModelIndex found = below(below({}, QStringLiteral("public")), table);
    return child.isEmpty() ? found : below(found, child);
}

diff::Presence TestMainJob::presence(const QString &table, const QString &child) const
{
    const QModelIndex index = treeRow(table, child);
    return index.isValid() ? diff::Presence(index.data(TreeModel::PresenceRole).toInt())
                           : diff::Presence::Unknown;
}

void TestMainJob::opensWithoutAConnection()
{
    m_opener->open();
    QTRY_VERIFY_WITH_TIMEOUT(treeRow(QStringLiteral("contacts")).isValid(), patience);
    QCOMPARE(m_project->openConnections(), 0);
    QCOMPARE(presence(QStringLiteral("contacts"), QStringLiteral("nickname")),
             diff::Presence::Unknown);
    // The server gets ready meanwhile; even then nothing connects by itself.
    QTRY_VERIFY_WITH_TIMEOUT(m_project->serverText().startsWith(QLatin1String("local")),
                             firstStart);
    QCOMPARE(m_project->openConnections(), 0);
    QVERIFY(!m_project->writable());
}

void TestMainJob::filtersTheTree()
{
    auto *filter = find<QLineEdit>("treeFilter");
    click(filter);
    QTest::keyClicks(filter, QStringLiteral("contacts"));
    QTRY_VERIFY(!treeRow(QStringLiteral("products")).isValid());
    QVERIFY(treeRow(QStringLiteral("contacts")).isValid());
}

void TestMainJob::opensATable()
{
    auto *tree = find<QTreeView>("schemaTree");
    const QModelIndex row = treeRow(QStringLiteral("contacts"));
    tree->scrollTo(row);
    const QPoint place = tree->visualRect(row).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, place);
    auto *rows = find<QTableView>("rowsView", gridPage());
    QTRY_VERIFY_WITH_TIMEOUT(rows->model() && rows->model()->rowCount() > 50, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_project->tenants().value.has_value(), patience);

    QTest::keyClick(find<QLineEdit>("treeFilter"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(find<QLineEdit>("treeFilter"), Qt::Key_Backspace);
    QTRY_COMPARE(presence(QStringLiteral("contacts")), diff::Presence::Differs);
    QCOMPARE(presence(QStringLiteral("contacts"), QStringLiteral("nickname")),
             diff::Presence::InCode);
    QCOMPARE(presence(QStringLiteral("payment_terms")), diff::Presence::InCode);
    QCOMPARE(presence(QStringLiteral("orders")), diff::Presence::Both);
}

void TestMainJob::choosesATenant()
{
    click(find<QAbstractButton>("tenantButton"));
    auto *picker = find<QWidget>("tenantPicker");
    QTRY_VERIFY(picker->isVisible());
    const auto *note = find<QLabel>("scopeNote", picker);
    QVERIFY(note->isVisible() && note->height() >= note->heightForWidth(note->width()));
    QCOMPARE(note->text(), QStringLiteral("A guard against mistakes, not a security boundary"));
    auto *line = find<QLineEdit>("searchLine", picker);
    QTest::keyClicks(line, QStringLiteral("globex"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(m_project->tenant() && m_project->tenant()->label == QLatin1String("Globex"));
    QTRY_VERIFY(find<QWidget>("scopePill", gridPage())->isVisible());

    const auto *rows = find<QTableView>("rowsView", gridPage());
    int column = -1;
    for (int i = 0; i < rows->model()->columnCount(); ++i) {
        if (rows->model()->headerData(i, Qt::Horizontal).toString() ==
            QLatin1String("organization_id"))
            column = i;
    }
    QVERIFY(column >= 0);
    const auto allOfTenant = [&] {
        for (int row = 0; row < 100; ++row) {
            if (rows->model()->index(row, column).data(RowsModel::RawTextRole).toString() !=
                m_project->tenant()->id)
                return false;
        }
        return true;
    };
    QTRY_VERIFY_WITH_TIMEOUT(rows->model()->rowCount() > 100 && allOfTenant(), patience);
}

void TestMainJob::scrolls()
{
    auto *rows = find<RowsView>("rowsView", gridPage());
    const auto &model = *static_cast<RowsModel *>(rows->model());
    rows->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(model.total().kind == RowsTotal::Kind::Exact, patience);
    QTest::keyClick(rows, Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(rows->currentRow(), model.total().rows - 1, patience);
    QVERIFY2(model.rowCount() < 2'000, "a page, not the whole table");
    QTest::keyClick(rows, Qt::Key_Home, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(rows->currentRow(), 0, patience);
}

void TestMainJob::buildsAJoinedQuery()
{
    showTab(QStringLiteral("Query"));
    const auto *page = m_window->findChild<BuilderPage *>();
    auto *from = find<QComboBox>("fromTable", page);
    QTest::mouseClick(from, Qt::LeftButton);
    QTest::keyClicks(from->view(), QStringLiteral("orders"));
    QTest::keyClick(from->view(), Qt::Key_Return);
    QTRY_COMPARE(from->currentText(), QStringLiteral("orders"));
    click(find<QAbstractButton>("relation_contact", page));
    const auto sql = [this, page] { return find<CodeView>("sqlView", page)->text(); };
    QTRY_VERIFY(sql().contains(QLatin1String("JOIN \"contacts\"")));
    QVERIFY2(sql().contains(QLatin1String("\"organization_id\" = $")), qPrintable(sql()));

    QAbstractButton *add = find<QAbstractButton>("addFilter", page);
    click(add);
    auto *column = find<QComboBox>("filterColumn_0", page);
    const int number = column->findText(QStringLiteral("number"));
    QVERIFY(number >= 0);
    column->setFocus();
    while (column->currentIndex() < number)
        QTest::keyClick(column, Qt::Key_Down);
    while (column->currentIndex() > number)
        QTest::keyClick(column, Qt::Key_Up);
    // Every keystroke is in the SQL's parameters at once.
    auto *value = find<QLineEdit>("filterValue_0", page);
    value->setFocus();
    QString typed;
    const auto *parameters = find<QLabel>("parameters", page);
    for (const QChar character : QStringLiteral("1024")) {
        QTest::keyClick(value, character.toLatin1());
        typed += character;
        QVERIFY2(parameters->text().contains(typed), qPrintable(parameters->text()));
    }
    QVERIFY2(!sql().contains(typed), "a value is a parameter, never text");
    QTest::keyClick(value, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(value, Qt::Key_Backspace);
    click(find<QAbstractButton>("removeFilter_0", page));
    QTRY_VERIFY(!parameters->text().contains(QLatin1String("1024")));
    QVERIFY(find<CodeView>("drizzleView", page)->text().contains(QLatin1String(".from(orders)")));
}

void TestMainJob::runsTheQuery()
{
    const auto *page = m_window->findChild<BuilderPage *>();
    click(find<QAbstractButton>("runQuery", page));
    const auto *rows = find<QTableView>("rowsView", page);
    QTRY_VERIFY_WITH_TIMEOUT(rows->model() && rows->model()->rowCount() == 50, patience);
}

void TestMainJob::showsTheDifference()
{
    showTab(QStringLiteral("Migrations"));
    const auto *page = m_window->findChild<MigrationsPage *>();
    const QString picture = find<QWidget>("diffCards", page)->accessibleDescription();
    for (const char *part : {"contacts", "nickname", "payment_terms", "varchar(320)"})
        QVERIFY2(picture.contains(QLatin1String(part)), qPrintable(picture));
    const auto *statements = find<QListView>("statements", page);
    QCOMPARE(statements->model()->rowCount(), 5);
}

void TestMainJob::generates()
{
    const auto *page = m_window->findChild<MigrationsPage *>();
    const auto *timeline = find<QListView>("timeline", page);
    const int before = timeline->model()->rowCount();
    auto *name = find<QLineEdit>("migrationName", page);
    click(name);
    QTest::keyClicks(name, QStringLiteral("payment_terms"));
    click(find<QAbstractButton>("generate", page));
    QTRY_VERIFY_WITH_TIMEOUT(m_project->folder().value->migrations.size() == 7, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_project->pendingPlan() && m_project->pendingDifference().empty(),
                             patience);
    QVERIFY(timeline->model()->rowCount() >= before);
    QVERIFY(
        QFile::exists(m_project->folder().value->path + QStringLiteral("/0006_payment_terms.sql")));
}

void TestMainJob::applies()
{
    const auto *page = m_window->findChild<MigrationsPage *>();
    auto *apply = find<QAbstractButton>("apply", page);
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), patience);
    click(apply); // read-only: it asks for the lease first
    auto *allow = find<QAbstractButton>("leaseAllow");
    if (!allow->isVisible())
        click(find<QAbstractButton>("writesButton"));
    QTRY_VERIFY(allow->isVisible());
    QVERIFY(!m_project->writable());
    click(allow);
    QTRY_VERIFY(m_project->writable());
    QCOMPARE(presence(QStringLiteral("contacts"), QStringLiteral("nickname")),
             diff::Presence::InCode);

    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), patience);
    click(apply);
    QTRY_COMPARE_WITH_TIMEOUT(presence(QStringLiteral("contacts"), QStringLiteral("nickname")),
                              diff::Presence::Both, patience);
    QTRY_COMPARE(presence(QStringLiteral("payment_terms")), diff::Presence::Both);
    QTRY_COMPARE(m_project->ledger().value->states.last(), runner::MigrationState::Applied);
}

QTEST_MAIN(TestMainJob)
#include "tst_mainjob.moc"
