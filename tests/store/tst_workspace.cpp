// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workspace.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using store::Workspace;

namespace
{

const QString crm = QStringLiteral("/home/ada/crm");
const QString shop = QStringLiteral("/home/ada/shop");

} // namespace

class tst_workspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void valuesStay_data();
    void valuesStay();
    void valuesAreApart();
    void recentProjects();
    void forgetting();
    void damagedFilesAreMovedAside_data();
    void damagedFilesAreMovedAside();
    void newerFilesAreLeftAlone();
    void unwritableFolder();
    void twoProgramsShareIt();
    void onlyTheOwnerReadsIt();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("data/workspace.sqlite")); }
    std::unique_ptr<Workspace> opened() const
    {
        auto workspace = Workspace::open(path());
        if (!workspace)
            QTest::qFail(qPrintable(toLine(workspace.error())), __FILE__, __LINE__);
        return workspace ? std::move(*workspace) : nullptr;
    }
    QStringList files() const
    {
        return QDir(m_folder->filePath(QStringLiteral("data"))).entryList(QDir::Files, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_workspace::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_workspace::valuesStay_data()
{
    QTest::addColumn<QString>("project");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("text") << crm << QStringLiteral("tenant") << QByteArray("7f2a");
    QTest::newRow("bytes") << crm << QStringLiteral("layout") << QByteArray("\0\xff;'\n", 5);
    QTest::newRow("empty") << crm << QStringLiteral("tenant") << QByteArray("");
    QTest::newRow("null is empty") << crm << QStringLiteral("tenant") << QByteArray();
    QTest::newRow("the program's own")
        << QStringLiteral("") << QStringLiteral("theme") << QByteArray("dark");
    QTest::newRow("beyond ASCII") << QStringLiteral("/home/\u00e4/\U0001F600")
                                  << QStringLiteral("'; --") << QByteArray("1");
}

void tst_workspace::valuesStay()
{
    QFETCH(QString, project);
    QFETCH(QString, key);
    QFETCH(QByteArray, value);
    {
        const auto workspace = opened();
        QVERIFY(!workspace->value(project, key));
        QVERIFY(workspace->setValue(project, key, "before"));
        QVERIFY(workspace->setValue(project, key, value));
    }
    const auto workspace = opened();
    QVERIFY(workspace->notices().isEmpty());
    const std::optional<QByteArray> found = workspace->value(project, key);
    QVERIFY(found);
    QCOMPARE(*found, value);
    QVERIFY(workspace->removeValue(project, key));
    QVERIFY(!workspace->value(project, key));
}

void tst_workspace::valuesAreApart()
{
    const auto workspace = opened();
    const QString key = QStringLiteral("tenant");
    QVERIFY(workspace->setValue(crm, key, "a"));
    QVERIFY(workspace->setValue(shop, key, "b"));
    QVERIFY(workspace->setValue(QString(), key, "c"));
    QCOMPARE(workspace->value(crm, key), std::optional<QByteArray>("a"));
    QCOMPARE(workspace->value(shop, key), std::optional<QByteArray>("b"));
    QCOMPARE(workspace->value(QStringLiteral(""), key), std::optional<QByteArray>("c"));
    QCOMPARE(workspace->value(QString(), key), std::optional<QByteArray>("c"));
}

void tst_workspace::recentProjects()
{
    const auto workspace = opened();
    QCOMPARE(workspace->recentProjects(), QStringList());
    for (const QString &project : {crm, shop, crm})
        QVERIFY(workspace->projectOpened(project));
    QCOMPARE(workspace->recentProjects(), (QStringList{crm, shop}));
    QCOMPARE(workspace->recentProjects(1), QStringList{crm});
}

void tst_workspace::forgetting()
{
    const auto workspace = opened();
    for (const QString &project : {crm, shop}) {
        QVERIFY(workspace->projectOpened(project));
        QVERIFY(workspace->setValue(project, QStringLiteral("k"), "v"));
    }
    QVERIFY(workspace->forgetProject(crm));
    QCOMPARE(workspace->recentProjects(), QStringList{shop});
    QVERIFY(!workspace->value(crm, QStringLiteral("k")));
    QVERIFY(workspace->value(shop, QStringLiteral("k")));
}

void tst_workspace::damagedFilesAreMovedAside_data()
{
    QTest::addColumn<bool>("wasDatabase");
    QTest::newRow("no database") << false;
    QTest::newRow("a damaged one") << true;
}

void tst_workspace::damagedFilesAreMovedAside()
{
    QFETCH(bool, wasDatabase);
    QByteArray content = QByteArray("not a database at all; my notes").repeated(100);
    if (wasDatabase) {
        {
            const auto workspace = opened();
            for (int i = 0; i < 200; ++i)
                QVERIFY(workspace->setValue(crm, QString::number(i), QByteArray(500, 'x')));
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        content = file.readAll();
        QVERIFY(content.size() > 20'000);
        content.replace(4'096, 8'192, QByteArray(8'192, '\x55'));
    }
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("data"))));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();

    for (int round = 1; round <= 2; ++round) {
        const auto workspace = opened();
        QCOMPARE(workspace->notices().size(), round == 1 ? 1 : 0);
        QVERIFY(workspace->setValue(crm, QStringLiteral("k"), "v"));
    }
    QCOMPARE(files().size(), 2);
    QVERIFY(files().last().startsWith(QStringLiteral("workspace.sqlite.unusable-")));
    QFile aside(m_folder->filePath(QStringLiteral("data/") + files().last()));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content);
}

void tst_workspace::newerFilesAreLeftAlone()
{
    opened().reset();
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(60); // user_version in SQLite's header, big-endian
    file.write(QByteArray::fromHex("000003e7"));
    file.close();
    const auto workspace = Workspace::open(path());
    QVERIFY(!workspace);
    QCOMPARE(workspace.error().kind, base::ErrorKind::Unsupported);
    QCOMPARE(files(), QStringList{QStringLiteral("workspace.sqlite")});
}

void tst_workspace::unwritableFolder()
{
    const QString file = m_folder->filePath(QStringLiteral("file"));
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    const auto workspace = Workspace::open(file + QStringLiteral("/workspace.sqlite"));
    QVERIFY(!workspace);
    QCOMPARE(workspace.error().kind, base::ErrorKind::Io);
}

void tst_workspace::twoProgramsShareIt()
{
    const auto one = opened();
    const auto other = opened();
    QVERIFY(one->setValue(crm, QStringLiteral("a"), "1"));
    QVERIFY(other->setValue(crm, QStringLiteral("a"), "2"));
    QCOMPARE(one->value(crm, QStringLiteral("a")), std::optional<QByteArray>("2"));
}

void tst_workspace::onlyTheOwnerReadsIt()
{
    opened().reset();
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path()) & others));
}

QTEST_GUILESS_MAIN(tst_workspace)
#include "tst_workspace.moc"
