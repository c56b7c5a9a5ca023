// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/keychain.h"
#include "studio/connect/serverdialog.h"
#include "support/oddserver.h"
#include "support/server.h"

#include "load/project.h"
#include "session/environmentfile.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace studio;

namespace
{
QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

template <typename W> W *part(const QWidget &whole, const char *name)
{
    return whole.findChild<W *>(QLatin1String(name));
}

/// Types as a person does, over what is there.
void type(const QWidget &whole, const char *name, const char *words)
{
    auto *edit = part<QLineEdit>(whole, name);
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text(words));
}

void paste(const QWidget &whole, const char *words)
{
    auto *edit = part<QLineEdit>(whole, "serverAddress");
    edit->selectAll();
    edit->insert(text(words));
}

/// Every text that the dialog shows, but in the masked field.
QString shown(const QWidget &whole)
{
    QString all;
    for (const QLabel *label : whole.findChildren<QLabel *>())
        all += label->text() + u'\n';
    for (const QLineEdit *edit : whole.findChildren<QLineEdit *>())
        all += edit->displayText() + u'\n';
    return all;
}

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}
} // namespace

/// The connection dialog, where there is no keychain.
class ConnectTest final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_settings;
    Keychain m_keychain;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        for (const char *name : {"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD"})
            qunsetenv(name);
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        m_settings = m_server->createDatabase(text("connect"));
    }
    void cleanupTestCase() { m_server.reset(); }

    void addressFillsFields_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("left"); // in its field
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("summary");
        const auto row = [](const char *name, const char *address, const char *left,
                            const char *fields, const char *summary) {
            QTest::newRow(name) << text(address) << text(left) << text(fields) << text(summary);
        };
        row("URL", "postgres://ada:s3%40cret@db.example.com:6543/crm",
            "postgres://ada@db.example.com:6543/crm", "db.example.com 6543 crm ada s3@cret",
            "ada@db.example.com:6543/crm · remote, opens read-only");
        row("local", "postgres://ada@localhost/crm", "postgres://ada@localhost/crm",
            "localhost  crm ada ", "ada@localhost:5432/crm · local");
        row("production", "postgres://ada@prod-db/crm?sslmode=require",
            "postgres://ada@prod-db/crm?sslmode=require", "prod-db  crm ada ",
            "ada@prod-db:5432/crm · production, opens read-only");
        row("key and value", "host=db user=ada password=s3@cret dbname=crm",
            "postgres://ada@db/crm", "db  crm ada s3@cret",
            "ada@db:5432/crm · remote, opens read-only");
        row("socket", "host=/run/pg dbname=crm user=ada", "host=/run/pg dbname=crm user=ada",
            "/run/pg  crm ada ", "ada@/run/pg:5432/crm · local");
    }
    void addressFillsFields()
    {
        QFETCH(QString, address);
        ServerDialog dialog({}, m_keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        paste(dialog, qPrintable(address));
        // Inserting is no typing: tell it as the keyboard would.
        Q_EMIT part<QLineEdit>(dialog, "serverAddress")->textEdited(address);
        QTEST(part<QLineEdit>(dialog, "serverAddress")->text(), "left");
        QStringList fields;
        for (const char *name :
             {"serverHost", "serverPort", "serverDatabase", "serverUser", "serverPassword"})
            fields << part<QLineEdit>(dialog, name)->text();
        QTEST(fields.join(u' '), "fields");
        QTEST(part<QLabel>(dialog, "summary")->text(), "summary");
        QVERIFY2(!shown(dialog).contains(text("cret")), qPrintable(shown(dialog)));
        QCOMPARE(part<QLineEdit>(dialog, "serverPassword")->echoMode(), QLineEdit::Password);
    }

    void typedPassword_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("URL") << text("postgres://ada:s3cret@db/crm");
        QTest::newRow("key and value") << text("host=db user=ada password=s3cret dbname=crm");
        QTest::newRow("at the end") << text("host=db user=ada dbname=crm password=s3cret");
        QTest::newRow("parameter") << text("postgres://ada@db/crm?password=s3cret");
    }
    /// It is whole only when @ follows it, or the field is left.
    void typedPassword()
    {
        QFETCH(QString, typed);
        ServerDialog dialog({}, m_keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy chosen(&dialog, &ServerDialog::chosen);
        auto *address = part<QLineEdit>(dialog, "serverAddress");
        QTest::keyClicks(address, typed);
        QTest::mouseClick(part<QPushButton>(dialog, "serverConnect"), Qt::LeftButton);
        QCOMPARE(part<QLineEdit>(dialog, "serverPassword")->text(), text("s3cret"));
        QVERIFY2(!shown(dialog).contains(text("cret")), qPrintable(shown(dialog)));
        QCOMPARE(chosen.size(), 1);
        const auto server = chosen.at(0).at(0).value<session::ServerAddress>();
        QCOMPARE(session::partsOf(server.url),
                 session::partsOf(text("host=db user=ada dbname=crm")));
        QCOMPARE(server.password, text("s3cret"));
    }

    void fieldsFillAddress()
    {
        ServerDialog dialog({}, m_keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy chosen(&dialog, &ServerDialog::chosen);
        type(dialog, "serverHost", "db.example.com");
        type(dialog, "serverUser", "ada l");
        type(dialog, "serverDatabase", "crm");
        type(dialog, "serverPort", "6543");
        type(dialog, "serverPassword", "s3@cret");
        auto *mode = part<QComboBox>(dialog, "serverMode");
        mode->setCurrentIndex(mode->findData(text("verify-full")));
        Q_EMIT mode->activated(mode->currentIndex());
        QCOMPARE(part<QLineEdit>(dialog, "serverAddress")->text(),
                 text("postgres://ada%20l@db.example.com:6543/crm?sslmode=verify-full"));
        QTest::mouseClick(part<QPushButton>(dialog, "serverConnect"), Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        const auto address = chosen.at(0).at(0).value<session::ServerAddress>();
        QCOMPARE(address.password, text("s3@cret"));
        QVERIFY(!address.url.contains(text("cret")));
        QCOMPARE(chosen.at(0).at(1).value<Keep>(), Keep::Session);
    }

    void refusesNonsense_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("empty") << QString();
        QTest::newRow("a word") << text("nonsense");
        QTest::newRow("another scheme") << text("mysql://ada:s3cret@db/crm");
        QTest::newRow("a bad port") << text("postgres://db:99999/crm");
        QTest::newRow("an unknown service") << text("service=nowhere");
    }
    void refusesNonsense()
    {
        QFETCH(QString, address);
        ServerDialog dialog({}, m_keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy chosen(&dialog, &ServerDialog::chosen);
        type(dialog, "serverAddress", qPrintable(address));
        QTest::mouseClick(part<QPushButton>(dialog, "serverConnect"), Qt::LeftButton);
        QCOMPARE(chosen.size(), 0);
        QVERIFY(!part<QLabel>(dialog, "problem")->isHidden());
        QTest::mouseClick(part<QPushButton>(dialog, "serverTest"), Qt::LeftButton);
        QVERIFY(part<QWidget>(dialog, "stepsCard")->isHidden());
    }

    void test_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("last"); // what the login says
        const QString works = m_server->tcpUrl(m_settings);
        QTest::newRow("works") << works << text("The connection works") << text("Login: done. ");
        QTest::newRow("wrong password")
            << QString(works).replace(text(":") + QUrl(works).password(), text(":s3cret"))
            << text("The connection does not work") << text("Login: failed. ");
        QTest::newRow("closed port")
            << text("postgres://ada:s3cret@127.0.0.1:1/crm") << text("The connection does not work")
            << text("Login: not reached. ");
    }
    void test()
    {
        QFETCH(QString, url);
        QFETCH(QString, title);
        QFETCH(QString, last);
        ServerDialog dialog({.address = {.url = url}}, m_keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTest::mouseClick(part<QPushButton>(dialog, "serverTest"), Qt::LeftButton);
        auto *said = part<QLabel>(dialog, "stepsTitle");
        QTRY_VERIFY2(said->text().startsWith(title), qPrintable(said->text()));
        const QString login = part<QLabel>(dialog, "step_3")->accessibleName();
        QVERIFY2(login.startsWith(last), qPrintable(login));
        QVERIFY2(!shown(dialog).contains(text("s3cret")), qPrintable(shown(dialog)));
        QCOMPARE(part<QLabel>(dialog, "stepsHint")->isVisible(),
                 title == text("The connection does not work"));
        // What was tried says nothing about another address.
        type(dialog, "serverDatabase", "other");
        QVERIFY(part<QWidget>(dialog, "stepsCard")->isHidden());
    }

    void testIsStopped()
    {
        const testsupport::OddServer silent(testsupport::OddServer::Kind::Silent);
        const QString url = text("postgres://ada@127.0.0.1:%1/crm").arg(silent.port());
        ServerDialog dialog({.address = {.url = url}}, m_keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto *button = part<QPushButton>(dialog, "serverTest");
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(button->text(), text("Stop"));
        QTRY_VERIFY(
            part<QLabel>(dialog, "step_1") &&
            part<QLabel>(dialog, "step_1")->accessibleName().startsWith(text("Port: under way")));
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(button->text(), text("Test"));
    }

    void noKeychain()
    {
        QElapsedTimer clock;
        clock.start();
        ServerDialog dialog(
            {.address = {.url = text("postgres://ada:s3cret@db/crm")}, .keep = Keep::Keychain},
            m_keychain);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *connects = part<QPushButton>(dialog, "serverConnect");
        auto *note = part<QLabel>(dialog, "keepNote");
        QTRY_VERIFY2(note->text().contains(text("keychain does not answer")),
                     qPrintable(note->text()));
        QVERIFY(clock.elapsed() < 5'000);
        QVERIFY(!connects->isEnabled());
        auto *keep = part<QComboBox>(dialog, "serverKeep");
        keep->setCurrentIndex(keep->findData(int(Keep::Session)));
        QVERIFY(connects->isEnabled());
        // Without a password there is nothing to keep in it.
        keep->setCurrentIndex(keep->findData(int(Keep::Keychain)));
        QVERIFY(!connects->isEnabled());
        part<QLineEdit>(dialog, "serverPassword")->clear();
        QVERIFY(connects->isEnabled());
    }

    void environmentFile_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("url"); // the config's
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("none") << QByteArray() << QString() << QByteArray("DATABASE_URL=\"U\"\n");
        QTest::newRow("others") << QByteArray("A=1\n# note\nB=2") << QString()
                                << QByteArray("A=1\n# note\nB=2\nDATABASE_URL=\"U\"\n");
        QTest::newRow("replaced") << QByteArray("A=1\nexport DATABASE_URL='postgres://x'\nB=2\n")
                                  << text("postgres://x")
                                  << QByteArray("A=1\nDATABASE_URL=\"U\"\nB=2\n");
        // The last one counts, as for dotenv.
        QTest::newRow("twice") << QByteArray("DATABASE_URL=y\nDATABASE_URL=x\nB=2\n") << text("x")
                               << QByteArray("DATABASE_URL=y\nDATABASE_URL=\"U\"\nB=2\n");
        QTest::newRow("other encoding") << QByteArray("# M\xfcller\nDATABASE_URL=x\n") << text("x")
                                        << QByteArray("# M\xfcller\nDATABASE_URL=\"U\"\n");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "DATABASE_URL=x\nB=2\n")
                                         << text("x") << QByteArray("DATABASE_URL=\"U\"\nB=2\n");
    }
    void environmentFile()
    {
        QFETCH(QByteArray, before);
        QFETCH(QString, url);
        QTemporaryDir folder;
        const QString path = folder.filePath(text(".env"));
        if (!before.isEmpty()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(before);
        }
        load::Config config;
        config.root = folder.path();
        config.url = url;
        if (url.isEmpty())
            config.urlNamesTried = {text("DATABASE_URL (in the environment)")};
        QCOMPARE(session::environmentFileOf(config), path);
        QVERIFY(session::writeDatabaseUrl(path, text("U")));
        QTEST(content(path), "after");
        if (before.isEmpty())
            QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
                     QFile::Permissions());
        // An address from elsewhere would stay what it is.
        config.url = text("postgres://elsewhere");
        QCOMPARE(session::environmentFileOf(config), QString());
    }
};

QTEST_MAIN(ConnectTest)
#include "tst_connect.moc"
