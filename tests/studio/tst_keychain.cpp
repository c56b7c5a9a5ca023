// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "base/receive.h"
#include "session/project.h"
#include "studio/connect/keychain.h"
#include "studio/connect/preferences.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/widgets/theme.h"
#include "support/server.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace studio;
using State = session::Loaded<schema::Database>::State;

namespace
{
QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// The future's answer while the event loop runs, which a keychain needs.
template <typename T> base::Result<T> answer(QFuture<base::Result<T>> future)
{
    (void)QTest::qWaitFor([&] { return future.isFinished(); }, 20'000);
    return base::await(future);
}

bool anyFileHolds(const QString &folder, const QByteArray &words)
{
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(words))
            return true;
    }
    return false;
}

/// The window on a project whose server was chosen earlier, its password in the keychain.
struct Kept {
    explicit Kept(const QString &folder)
        : project(folder)
        , preferences(folder + text(".sqlite"))
        , theme(*qApp)
        , opened(base::installationOf(text(SLUICE_BUILD_DIR "/bin")))
        , window(opened, theme, preferences, pagesOf(opened, preferences))
    {
        isKept = QDir().mkpath(project) && answer(keychain.write(kept, text("s3cret"))).ok();
        preferences.setServer(project, session::ServerAddress{.url = kept});
        window.show();
        window.openFolder(project);
    }
    /// Another server, or the same again, in the dialog; \a keep is where its password is kept.
    void choose(const QString &url, int keep)
    {
        window.findChild<QAction *>(text("chooseServer"))->trigger();
        auto *dialog = window.findChild<QWidget *>(text("ServerDialog"));
        QVERIFY(dialog);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(text("serverAddress")), url);
        dialog->findChild<QComboBox *>(text("serverKeep"))->setCurrentIndex(keep);
        QTest::mouseClick(dialog->findChild<QPushButton *>(text("serverConnect")), Qt::LeftButton);
    }

    const QString kept = text("postgres://ada@127.0.0.1:1/kept");
    const QString project;
    Keychain keychain;
    Preferences preferences;
    Theme theme;
    session::Project opened;
    MainWindow window;
    bool isKept = false;
};
} // namespace

/// Passwords in a real secret service, on a bus of its own.
class KeychainTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    QProcess m_bus, m_keyring;
    std::unique_ptr<testsupport::Server> m_server;

    /// Without the machine's services: one of them would start a keyring that is locked.
    QString startBus()
    {
        QFile config(m_home.filePath(text("bus.conf")));
        if (!config.open(QIODevice::WriteOnly))
            return {};
        config.write(QStringLiteral("<busconfig><type>session</type><listen>unix:dir=%1</listen>"
                                    "<policy context='default'><allow send_destination='*'/>"
                                    "<allow receive_sender='*'/><allow own='*'/></policy>"
                                    "</busconfig>")
                         .arg(m_home.path())
                         .toUtf8());
        config.close();
        m_bus.start(text("dbus-daemon"), {text("--config-file=") + config.fileName(),
                                          text("--nofork"), text("--print-address")});
        if (!m_bus.waitForStarted() || !m_bus.waitForReadyRead())
            return {};
        return QString::fromLocal8Bit(m_bus.readLine()).trimmed();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(text("gnome-keyring-daemon")).isEmpty() ||
            QStandardPaths::findExecutable(text("dbus-daemon")).isEmpty())
            QSKIP("there is no secret service to test with");
        qputenv("HOME", m_home.path().toUtf8());
        qputenv("XDG_DATA_HOME", m_home.filePath(text("data")).toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_home.path().toUtf8());
        const QString address = startBus();
        QVERIFY(!address.isEmpty());
        qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
        m_keyring.start(text("gnome-keyring-daemon"),
                        {text("--foreground"), text("--unlock"), text("--components=secrets")});
        QVERIFY(m_keyring.waitForStarted());
        m_keyring.write("login\n");
        m_keyring.closeWriteChannel();
        Keychain keychain;
        QTRY_VERIFY_WITH_TIMEOUT(answer(keychain.probe()).ok(), 20'000);
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    }
    void cleanupTestCase()
    {
        m_server.reset();
        for (QProcess *process : {&m_keyring, &m_bus}) {
            process->terminate();
            process->waitForFinished();
        }
    }

    void keeps()
    {
        Keychain keychain;
        const QString name = text("postgres://ada@db/crm");
        QCOMPARE(answer(keychain.read(name)).error().kind, base::ErrorKind::NotFound);
        QVERIFY(answer(keychain.write(name, text("größe s3cret"))));
        QCOMPARE(answer(keychain.read(name)).value(), text("größe s3cret"));
        QVERIFY(answer(keychain.write(name, text("another"))));
        QCOMPARE(answer(keychain.read(name)).value(), text("another"));
        QVERIFY(answer(keychain.remove(name)));
        QCOMPARE(answer(keychain.read(name)).error().kind, base::ErrorKind::NotFound);
    }

    /// Entered once, the password is there when the project is opened again, and in no file.
    void window()
    {
        const pg::Settings database =
            m_server->createDatabase(text("keychain"), "CREATE TABLE kept (id int primary key)");
        QUrl url(m_server->tcpUrl(database));
        const QString password = url.password();
        url.setPassword({});
        const QString project = m_home.filePath(text("project"));
        QVERIFY(QDir().mkpath(project));
        QFile config(project + text("/drizzle.config.json"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(R"({"dialect": "postgresql", "schema": "./schema.ts", "out": "./drizzle"})");
        config.close();
        QFile schema(project + text("/schema.ts"));
        QVERIFY(schema.open(QIODevice::WriteOnly));
        schema.write("export {};\n");
        schema.close();

        Theme theme(*qApp);
        const base::Installation installation = base::installationOf(text(SLUICE_BUILD_DIR "/bin"));
        const QString settings = m_home.filePath(text("workspace.sqlite"));
        for (const bool isFirst : {true, false}) {
            Preferences preferences(settings);
            session::Project opened(installation);
            MainWindow window(opened, theme, preferences, pagesOf(opened, preferences));
            window.show();
            window.openFolder(project);
            if (isFirst) {
                window.findChild<QAction *>(text("chooseServer"))->trigger();
                auto *dialog = window.findChild<QWidget *>(text("ServerDialog"));
                QVERIFY(dialog);
                auto *address = dialog->findChild<QLineEdit *>(text("serverAddress"));
                QTest::keyClicks(address, url.toString());
                QTest::keyClicks(dialog->findChild<QLineEdit *>(text("serverPassword")), password);
                auto *keep = dialog->findChild<QComboBox *>(text("serverKeep"));
                keep->setCurrentIndex(1);
                QTest::mouseClick(dialog->findChild<QPushButton *>(text("serverConnect")),
                                  Qt::LeftButton);
            } else {
                opened.connectDatabase();
            }
            QTRY_COMPARE_WITH_TIMEOUT(opened.database().state, State::Ready, 20'000);
            QCOMPARE(opened.database().value->tables.size(), 1);
            Keychain keychain;
            const auto kept = [&] {
                const base::Result<QString> read = answer(keychain.read(url.toString()));
                return read ? *read : base::toLine(read.error());
            };
            QTRY_COMPARE(kept(), password);
        }
        QVERIFY(!anyFileHolds(m_home.path(), password.toUtf8()));

        // Back to the project's own: it is forgotten.
        Preferences preferences(settings);
        session::Project opened(installation);
        MainWindow window(opened, theme, preferences, pagesOf(opened, preferences));
        window.show();
        window.openFolder(project);
        QTRY_VERIFY(!opened.isOwnServer());
        window.findChild<QAction *>(text("chooseServer"))->trigger();
        auto *dialog = window.findChild<QWidget *>(text("ServerDialog"));
        QTest::mouseClick(dialog->findChild<QPushButton *>(text("serverOwn")), Qt::LeftButton);
        QVERIFY(opened.isOwnServer());
        Keychain keychain;
        QTRY_VERIFY(!answer(keychain.read(url.toString())));
        QVERIFY(!preferences.server(project));
    }

    /// An empty field takes nothing back that the keychain had not given.
    void unreadStays()
    {
        Kept k(m_home.filePath(text("unread")));
        QVERIFY(k.isKept);
        k.choose(k.kept, 1);
        QCOMPARE(k.opened.server().url, k.kept);
        QCOMPARE(answer(k.keychain.read(k.kept)).value(), text("s3cret"));
    }

    /// Whoever chooses another server before the keychain has answered stays there.
    void chosenMeanwhile()
    {
        Kept k(m_home.filePath(text("meanwhile")));
        QVERIFY(k.isKept);
        const QString chosen = text("postgres://ada@127.0.0.1:1/chosen");
        k.choose(chosen, 0);
        QCOMPARE(k.opened.server().url, chosen);
        // The keychain answers one after the other: what was asked before has been answered then.
        (void)answer(k.keychain.read(k.kept));
        QCoreApplication::processEvents();
        QCOMPARE(k.opened.server().url, chosen);
        QVERIFY(!k.preferences.server(k.project));
    }
};

QTEST_MAIN(KeychainTest)
#include "tst_keychain.moc"
