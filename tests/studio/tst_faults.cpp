// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "pg/cluster.h"
#include "pg/pool.h"
#include "session/editing.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/grid/gridpage.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"
#include "support/relay.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 30'000; // ms; a signal ends the wait

const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech');
CREATE TABLE contacts (
    id integer PRIMARY KEY,
    organization_id integer NOT NULL REFERENCES organizations (id),
    name text NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO contacts SELECT n, 1 + n % 2, 'name ' || n FROM generate_series(1, 60) AS n;
ANALYZE;
)sql";

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
}

enum class Fault { Backend, Server, Network };
} // namespace

Q_DECLARE_METATYPE(Fault)

/// The backend, the server and the network go away in the middle of what somebody does in the real
/// window, and come back: nothing that was done is lost, nothing is half done, and work goes on.
class WindowFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();

    void isShown_data() { faults(); }
    void isShown();
    void browse_data() { faults(); }
    void browse();
    void edit_data() { faults(); }
    void edit();
    void commit_data() { faults(); }
    void commit();
    void commitIsLost_data();
    void commitIsLost();
    void commitTakesLong_data();
    void commitTakesLong();
    void exportRows_data() { faults(); }
    void exportRows();
    void exportEndsByEscape();

private:
    static void faults()
    {
        QTest::addColumn<Fault>("fault");
        QTest::newRow("the backend ends") << Fault::Backend;
        QTest::newRow("the server stops") << Fault::Server;
        QTest::newRow("the network is cut") << Fault::Network;
    }
    void goAway(Fault fault);
    void comeBack(Fault fault);
    QString ask(const QString &sql);
    /// Does \a work in a transaction that stays open until letGo().
    void hold(const char *work);
    /// Until letGo() nobody else can read or write the contacts.
    void lockContacts() { hold("LOCK TABLE contacts"); }
    enum class Held { Undone, Done };
    void letGo(Held held = Held::Undone);
    bool somebodyWaits()
    {
        return ask(QStringLiteral("SELECT count(*) > 0 FROM pg_stat_activity WHERE datname ="
                                  " current_database() AND wait_event_type = 'Lock'")) ==
               QStringLiteral("t");
    }
    template <typename T> T *find(const char *name, const QObject *in = nullptr) const
    {
        return (in ? in : m_window.get())->findChild<T *>(QLatin1String(name));
    }
    void click(const char *name, const QObject *in = nullptr) const
    {
        auto *button = find<QAbstractButton>(name, in);
        QVERIFY2(button && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    /// What the window says above its pages.
    QString messages() const
    {
        QStringList words;
        for (const QLabel *label : find<QWidget>("messageBar")->findChildren<QLabel *>())
            words << label->text();
        return words.join(u'|');
    }
    RowsView *view() const { return find<RowsView>("rowsView", m_page); }
    int rows() const { return view()->model()->rowCount(); }
    void stageName(const char *name);
    session::Editing &editing() { return m_project->editing(); }

    QTemporaryDir m_folder{QStringLiteral("/var/tmp/sluice-faults-XXXXXX")};
    std::unique_ptr<pg::Cluster> m_cluster;
    std::shared_ptr<pg::ClusterLease> m_lease;
    int m_databases = 0;
    QString m_database;
    std::unique_ptr<testsupport::Relay> m_relay;
    QProcess m_holder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<session::Project> m_project;
    std::unique_ptr<MainWindow> m_window;
    GridPage *m_page = nullptr;
};

void WindowFaultsTest::initTestCase()
{
    constexpr int firstPort = 54'480;
    // The server's user has to come through it.
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                               QFile::ExeGroup | QFile::ExeOther);
    m_cluster = std::make_unique<pg::Cluster>(m_folder.filePath(QStringLiteral("cluster")),
                                              firstPort, pg::Durability::Volatile);
    const auto lease = base::await(m_cluster->acquire());
    QVERIFY2(lease, lease ? "" : qPrintable(base::toLine(lease.error())));
    m_lease = *lease;
    m_theme = std::make_unique<Theme>(*qApp);
    write(m_folder.filePath(QStringLiteral("acme/drizzle.config.ts")),
          "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' };\n");
    write(m_folder.filePath(QStringLiteral("acme/schema.ts")), "export {};\n");
}

void WindowFaultsTest::cleanupTestCase()
{
    m_lease.reset();
}

/// A database, a window on it by way of the relay, and its contacts of the first tenant.
void WindowFaultsTest::init()
{
    m_database = QStringLiteral("postgres");
    const QString name = QStringLiteral("window_%1").arg(++m_databases);
    ask(QStringLiteral("CREATE DATABASE ") + name);
    m_database = name;
    for (const QByteArray &statement : script.split(';')) {
        if (!statement.trimmed().isEmpty())
            QCOMPARE(ask(QString::fromUtf8(statement)), QString());
    }
    m_relay = std::make_unique<testsupport::Relay>(m_lease->port());
    const QString workspace = m_folder.filePath(name + QStringLiteral(".sqlite"));
    m_preferences = std::make_unique<Preferences>(workspace);
    m_project = std::make_unique<session::Project>(
        base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_window = std::make_unique<MainWindow>(*m_project, *m_theme, *m_preferences,
                                            pagesOf(*m_project, *m_preferences));
    m_window->resize(1280, 800);
    m_window->show();
    m_window->openFolder(m_folder.filePath(QStringLiteral("acme")));
    m_project->setUrl(m_lease->url(m_database)
                          .replace(u':' + QString::number(m_lease->port()),
                                   u':' + QString::number(m_relay->port())));
    m_project->connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->tenants().value.has_value(), patience);
    m_project->setTenant(m_project->tenants().value->first());
    m_project->grantLease();
    m_page = static_cast<GridPage *>(
        m_window->openTable({.schema = {}, .name = QStringLiteral("contacts")}, true));
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 30, patience);
    // What is asked in the background has its answer.
    QTRY_VERIFY_WITH_TIMEOUT(m_page->statusText().contains(QStringLiteral("30")), patience);
}

void WindowFaultsTest::cleanup()
{
    letGo();
    m_window.reset();
    m_project.reset();
    m_preferences.reset();
    comeBack(Fault::Server); // also after a failure in the midst
    m_relay.reset();
}

QString WindowFaultsTest::ask(const QString &sql)
{
    pg::Pool pool(m_lease->settings(m_database));
    const auto page = base::await(pool.run({sql, {}}, pg::Access::Write));
    if (!page)
        return base::toLine(page.error());
    QStringList cells;
    for (qsizetype row = 0; row < page->rowCount(); ++row)
        cells << page->text(row, 0);
    return cells.join(u',');
}

void WindowFaultsTest::goAway(Fault fault)
{
    switch (fault) {
    case Fault::Backend:
        QVERIFY(ask(QStringLiteral("SELECT count(pg_terminate_backend(pid, 5000)) FROM"
                                   " pg_stat_activity WHERE datname = current_database() AND"
                                   " application_name = 'sluice' AND pid <> pg_backend_pid()"))
                    .toInt() > 0);
        return;
    case Fault::Server:
        QVERIFY(m_cluster->stop().ok());
        return;
    case Fault::Network:
        m_relay->cut();
        QTRY_COMPARE_WITH_TIMEOUT(m_relay->connections(), 0, patience);
        return;
    }
}

void WindowFaultsTest::comeBack(Fault fault)
{
    if (fault == Fault::Server) {
        const int port = m_lease->port();
        m_lease.reset();
        const auto lease = base::await(m_cluster->acquire());
        QVERIFY2(lease, lease ? "" : qPrintable(base::toLine(lease.error())));
        m_lease = *lease;
        QCOMPARE(m_lease->port(), port);
    }
    m_relay->mend();
}

void WindowFaultsTest::hold(const char *work)
{
    m_holder.start(QStringLiteral("psql"), {QStringLiteral("-XqAt"), m_lease->url(m_database)});
    QVERIFY(m_holder.waitForStarted());
    m_holder.write(QByteArray("BEGIN; ") + work + "; SELECT 'held';\n");
    QVERIFY(m_holder.waitForReadyRead(patience));
    QCOMPARE(m_holder.readAllStandardOutput().trimmed(), QByteArray("held"));
}

void WindowFaultsTest::letGo(Held held)
{
    if (held == Held::Done)
        m_holder.write("COMMIT;\n");
    m_holder.closeWriteChannel();
    m_holder.waitForFinished();
}

/// Also when nobody asks for anything: the window says so at once, and that it is over with the
/// next rows that come.
void WindowFaultsTest::isShown()
{
    QFETCH(Fault, fault);
    const auto *pill = find<QPushButton>("environmentButton");
    const auto *server = find<QLabel>("statusServer");
    const auto isThere = [&] {
        return pill->text().startsWith(u'●') && pill->property("pill") == QLatin1String("added") &&
               server->text().contains(QStringLiteral("connection")) &&
               !server->text().contains(QStringLiteral("no connection"));
    };
    const auto isAway = [&] {
        return pill->text().startsWith(u'○') &&
               pill->text().endsWith(QStringLiteral("no connection")) &&
               pill->property("pill") == QLatin1String("neutral") &&
               server->text().startsWith(QStringLiteral("no connection · PostgreSQL"));
    };
    QVERIFY2(isThere(), qPrintable(pill->text() + u'|' + server->text()));
    goAway(fault);
    QTRY_VERIFY2_WITH_TIMEOUT(isAway(), qPrintable(pill->text() + u'|' + server->text()), patience);
    QVERIFY(pill->toolTip().contains(QStringLiteral("next read")));
    comeBack(fault);
    QVERIFY(isAway());
    click("reloadRows", m_page);
    QTRY_VERIFY2_WITH_TIMEOUT(isThere(), qPrintable(pill->text() + u'|' + server->text()),
                              patience);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 30, patience);
}

/// Rows that are waited for when it happens come by themselves, or it is said that they do not; in
/// either case the next look shows them. A server that stops may end whom they wait for first, and
/// still give them.
void WindowFaultsTest::browse()
{
    QFETCH(Fault, fault);
    lockContacts();
    click("reloadRows", m_page);
    QTRY_VERIFY_WITH_TIMEOUT(somebodyWaits(), patience);
    goAway(fault);
    letGo();
    if (fault != Fault::Backend) {
        const auto *message = find<QLabel>("rowsMessageTitle", m_page);
        const auto isTold = [&] { return message->isVisible() && !message->text().isEmpty(); };
        const auto isGiven = [&] { return fault == Fault::Server && rows() == 30; };
        QTRY_VERIFY_WITH_TIMEOUT(isTold() || isGiven(), patience);
        QVERIFY2(!m_window->isHidden() && m_page->isVisible(), qPrintable(message->text()));
        comeBack(fault);
        click("reloadRows", m_page);
    }
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 30, patience);
    // What was said of it is over, too.
    QTRY_VERIFY2_WITH_TIMEOUT(!messages().contains(QStringLiteral("Cannot connect")),
                              qPrintable(messages()), patience);
    QCOMPARE(m_project->tenant()->label, QStringLiteral("Globex"));
}

void WindowFaultsTest::stageName(const char *name)
{
    const auto index = view()->model()->index(0, 2);
    QCOMPARE(view()->model()->index(0, 0).data(RowsModel::RawTextRole).toString(),
             QStringLiteral("2"));
    view()->setCurrentIndex(index);
    QTest::keyClick(view(), Qt::Key_F2);
    QWidget *editor = QApplication::activePopupWidget();
    QVERIFY(editor);
    auto *field = find<QWidget>("editorText", editor);
    QVERIFY(field);
    QTest::keyClicks(field, QLatin1String(name));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(editing().staged().rows.size(), 1);
}

/// One goes on editing without a server, and what was edited is written when there is one again.
void WindowFaultsTest::edit()
{
    QFETCH(Fault, fault);
    goAway(fault);
    stageName("Ada");
    comeBack(fault);
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    QCOMPARE(ask(QStringLiteral("SELECT name FROM contacts WHERE id = 2")), QStringLiteral("Ada"));
}

/// In the middle of a commit: nothing is written, everything is still staged, and goes the next
/// time.
void WindowFaultsTest::commit()
{
    QFETCH(Fault, fault);
    stageName("Ada");
    const edits::Staged staged = editing().staged();
    lockContacts();
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(somebodyWaits(), patience);
    goAway(fault);
    QTRY_VERIFY_WITH_TIMEOUT(!editing().isCommitting(), patience);
    letGo();
    QVERIFY(editing().staged() == staged);
    QTRY_VERIFY2_WITH_TIMEOUT(messages().contains(QStringLiteral("lost")), qPrintable(messages()),
                              patience);
    comeBack(fault);
    QCOMPARE(ask(QStringLiteral("SELECT name FROM contacts WHERE id = 2")),
             QStringLiteral("name 2"));
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(editing().staged().isEmpty(), patience);
    QCOMPARE(ask(QStringLiteral("SELECT name FROM contacts WHERE id = 2")), QStringLiteral("Ada"));
}

void WindowFaultsTest::commitIsLost_data()
{
    QTest::addColumn<bool>("isHeard");
    QTest::newRow("the server has heard it") << true;
    QTest::newRow("the server has not heard it") << false;
}

/// The connection ends with COMMIT: the window finds out which of the two it was.
void WindowFaultsTest::commitIsLost()
{
    QFETCH(bool, isHeard);
    stageName("Ada");
    m_relay->cutAt("COMMIT", isHeard);
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(!editing().isCommitting(), patience);
    QCOMPARE(ask(QStringLiteral("SELECT name FROM contacts WHERE id = 2")),
             isHeard ? QStringLiteral("Ada") : QStringLiteral("name 2"));
    QCOMPARE(editing().staged().isEmpty(), isHeard);
}

void WindowFaultsTest::commitTakesLong_data()
{
    QTest::addColumn<bool>("isWritten");
    QTest::newRow("and is done") << true;
    QTest::newRow("and is refused") << false;
}

/// The connection ends with COMMIT, at which the server still is when the window asks what became
/// of it: it waits for whoever gave another the same name.
void WindowFaultsTest::commitTakesLong()
{
    QFETCH(bool, isWritten);
    hold("UPDATE contacts SET name = 'Ada' WHERE id = 4");
    stageName("Ada");
    m_relay->cutAt("COMMIT", true);
    click("commitEdits");
    QTRY_VERIFY_WITH_TIMEOUT(somebodyWaits(), patience);
    const QString asks = QStringLiteral("SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = "
                                        "current_database() AND wait_event = 'PgSleep'");
    QTRY_VERIFY_WITH_TIMEOUT(!editing().isCommitting() || ask(asks) == QStringLiteral("t"),
                             patience);
    letGo(isWritten ? Held::Undone : Held::Done);
    QTRY_VERIFY_WITH_TIMEOUT(!editing().isCommitting(), patience);
    QCOMPARE(ask(QStringLiteral("SELECT name FROM contacts WHERE id = 2")),
             isWritten ? QStringLiteral("Ada") : QStringLiteral("name 2"));
    QCOMPARE(editing().staged().isEmpty(), isWritten);
    QVERIFY2(!messages().contains(QStringLiteral("not known")), qPrintable(messages()));
}

/// In the middle of an export: no file, nor a part of one, and it is said.
void WindowFaultsTest::exportRows()
{
    QFETCH(Fault, fault);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("contacts.csv"));
    const auto start = [&] {
        click("exportRows", m_page);
        find<QMenu>("exportMenu", m_page)->actions().first()->trigger();
        auto *dialog = find<QFileDialog>("exportDialog", m_page);
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
    };
    lockContacts();
    start();
    const auto *text = find<QLabel>("exportText", m_page);
    QTRY_VERIFY_WITH_TIMEOUT(somebodyWaits(), patience);
    goAway(fault);
    QTRY_VERIFY2_WITH_TIMEOUT(text->text().contains(QStringLiteral("was not written")),
                              qPrintable(text->text()), patience);
    letGo();
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    comeBack(fault);
    click("stopExport", m_page);
    start();
    QTRY_VERIFY2_WITH_TIMEOUT(text->text().startsWith(QStringLiteral("Exported: 30 rows")),
                              qPrintable(text->text()), patience);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 31);
}

/// From the rows, where the focus is.
void WindowFaultsTest::exportEndsByEscape()
{
    const QTemporaryDir folder;
    lockContacts();
    click("exportRows", m_page);
    find<QMenu>("exportMenu", m_page)->actions().first()->trigger();
    auto *dialog = find<QFileDialog>("exportDialog", m_page);
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(folder.filePath(QStringLiteral("contacts.csv")));
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(somebodyWaits(), patience);
    QTest::keyClick(find<RowsView>("rowsView", m_page), Qt::Key_Escape);
    const auto *text = find<QLabel>("exportText", m_page);
    QTRY_VERIFY2_WITH_TIMEOUT(text->text().startsWith(QStringLiteral("Cancelled:")),
                              qPrintable(text->text()), patience);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    letGo();
}

QTEST_MAIN(WindowFaultsTest)
#include "tst_faults.moc"
