// SPDX-License-Identifier: GPL-3.0-or-later
#include "oracle/drizzlekit.h"
#include "studio/migrations/migrationspage.h"
#include "support/server.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 30'000; // ms; a signal ends the wait
} // namespace

/// The page on a real project: the sample's code, its folder and a real server.
class TestMigrationsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void mainJob();
    void brokenCode();
    void brokenJournal();
    void safeVariant();

private:
    QPushButton *button(const MigrationsPage &page, const char *name) const
    {
        return page.findChild<QPushButton *>(QLatin1String(name));
    }
    QString rowText(const MigrationsPage &page, int row) const
    {
        const auto *timeline = page.findChild<QListView *>(QStringLiteral("timeline"));
        return timeline->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    QString picture(const MigrationsPage &page) const
    {
        return page.findChild<DiffView *>(QStringLiteral("diffCards"))->accessibleDescription();
    }
    static void append(const QString &path, const QByteArray &text);

    std::unique_ptr<testsupport::Server> m_server;
};

void TestMigrationsPage::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestMigrationsPage::append(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::Append), qPrintable(path));
    file.write(text);
}

void TestMigrationsPage::mainJob()
{
    const testsupport::ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    append(copy.filePath(QStringLiteral("schema/products.ts")),
           "\nimport { integer as int, pgTable as table } from 'drizzle-orm/pg-core';\n"
           "export const gauges = table('gauges', { id: int().primaryKey(), level: int() });\n");
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    MigrationsPage page(project);
    QSignalSpy failed(&page, &MigrationsPage::failed);
    QSignalSpy lease(&page, &MigrationsPage::leaseWanted);
    QSignalSpy status(&page, &MigrationsPage::statusChanged);
    page.resize(1000, 700);
    page.show();
    QCOMPARE(picture(page), QStringLiteral("No project is open"));

    project.open(copy.path());
    project.setUrl(m_server->tcpUrl(m_server->createDatabase(QStringLiteral("page"))));
    QTRY_COMPARE_WITH_TIMEOUT(rowText(page, 0), QStringLiteral("not yet generated, 1 change, +1"),
                              patience);
    QVERIFY2(picture(page).startsWith(QStringLiteral("gauges: new")), qPrintable(picture(page)));
    const qsizetype migrations = project.folder().value->migrations.size();
    QTRY_VERIFY(rowText(page, 1).contains(QStringLiteral("not checked")));

    QVERIFY(button(page, "generate")->isEnabled());
    QTest::keyClicks(page.findChild<QLineEdit *>(QStringLiteral("migrationName")),
                     QStringLiteral("gauges"));
    QTest::mouseClick(button(page, "generate"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(project.folder().value->migrations.size(), migrations + 1, patience);
    QTRY_VERIFY(rowText(page, 1).contains(QStringLiteral("_gauges")));
    QTRY_VERIFY(rowText(page, 0).contains(QStringLiteral("in step")));
    QTRY_VERIFY2(picture(page).startsWith(QStringLiteral("gauges: new")),
                 qPrintable(picture(page)));

    // While the folder is read again, which is watched, nothing can be checked.
    QTRY_VERIFY_WITH_TIMEOUT(button(page, "apply")->isEnabled(), patience);
    QTest::mouseClick(button(page, "apply"), Qt::LeftButton);
    const QString pending = QStringLiteral("Apply %1 pending").arg(migrations + 1);
    QTRY_COMPARE_WITH_TIMEOUT(button(page, "apply")->text(), pending, patience);
    QTest::mouseClick(button(page, "apply"), Qt::LeftButton);
    QCOMPARE(lease.size(), 1);
    project.grantLease();
    QTest::mouseClick(button(page, "apply"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(button(page, "apply")->text(), QStringLiteral("Apply"), patience);
    QVERIFY(!button(page, "apply")->isEnabled());
    QVERIFY(rowText(page, 1).contains(QStringLiteral("applied")));
    QTRY_COMPARE(status.size(), 2);
    QCOMPARE(failed.size(), 0);
}

void TestMigrationsPage::brokenCode()
{
    const testsupport::ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    MigrationsPage page(project);
    page.show();
    project.open(copy.path());
    QTRY_COMPARE_WITH_TIMEOUT(picture(page), QStringLiteral("Code and folder are in step"),
                              patience);
    const auto *notice = page.findChild<QLabel *>(QStringLiteral("notice"));
    QVERIFY(!notice->isVisible());

    append(copy.filePath(QStringLiteral("schema/products.ts")), "\nexport const broken = ;\n");
    QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible(), patience);
    QVERIFY2(notice->text().contains(QStringLiteral("products.ts")), qPrintable(notice->text()));
    QCOMPARE(picture(page), QStringLiteral("Code and folder are in step"));
    QVERIFY(!button(page, "generate")->isEnabled());
}

/// One error, and nothing to press, while nobody knows what the journal would have said.
void TestMigrationsPage::brokenJournal()
{
    const testsupport::ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    MigrationsPage page(project);
    page.show();
    const QString journal = copy.filePath(QStringLiteral("drizzle/meta/_journal.json"));
    QFile file(journal);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(file.size() / 2));
    file.close();
    project.open(copy.path());
    QTRY_COMPARE_WITH_TIMEOUT(
        picture(page), QStringLiteral("The migrations folder cannot be relied on"), patience);
    const auto *notice = page.findChild<QLabel *>(QStringLiteral("notice"));
    QVERIFY(notice->isVisible());
    QVERIFY2(notice->text().startsWith(QStringLiteral("meta/_journal.json cannot be read")) &&
                 !notice->text().contains(QStringLiteral(" · ")),
             qPrintable(notice->text()));
    QTRY_VERIFY_WITH_TIMEOUT(project.code().value.has_value(), patience);
    QVERIFY(!button(page, "generate")->isEnabled());
    QCOMPARE(button(page, "generate")->text(), QStringLiteral("Generate"));
}

/// A plan that keeps nobody waiting comes as several migrations, and rows that would make a
/// statement fail are shown as soon as the database is known.
void TestMigrationsPage::safeVariant()
{
    const testsupport::ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    MigrationsPage page(project);
    page.resize(1100, 800);
    page.show();
    project.open(copy.path());
    const pg::Settings database = m_server->createDatabase(QStringLiteral("safe"));
    project.setUrl(m_server->tcpUrl(database));
    QTRY_VERIFY_WITH_TIMEOUT(project.pendingPlan().has_value(), patience);
    QVERIFY(!button(page, "safe")->isEnabled());
    project.grantLease();
    const auto applied = project.apply();
    QTRY_VERIFY_WITH_TIMEOUT(applied.isFinished(), patience);
    QCOMPARE(m_server->run(database, "INSERT INTO plans (id, name, monthly_price) SELECT i, "
                                     "'Plan ' || i, 1 FROM generate_series(1, 7) i"),
             QString());

    // What was left out so far has to be there from now on.
    QFile schema(copy.filePath(QStringLiteral("schema/reference.ts")));
    QVERIFY(schema.open(QIODevice::ReadWrite));
    const QByteArray code = schema.readAll();
    schema.seek(0);
    schema.write(QByteArray(code).replace("integer('seats')", "integer('seats').notNull()"));
    schema.close();
    const auto *statements = page.findChild<QListView *>(QStringLiteral("statements"));
    QTRY_COMPARE_WITH_TIMEOUT(statements->model()->rowCount(), 1, patience);
    const auto blocking = [&page] {
        return page.findChild<QFrame *>(QStringLiteral("blockingRows"));
    };
    QTRY_VERIFY_WITH_TIMEOUT(blocking(), patience);
    QStringList words;
    for (const QLabel *label : blocking()->findChildren<QLabel *>())
        words << label->text();
    QVERIFY2(words.contains(QStringLiteral("2 more rows like these")),
             qPrintable(words.join(u'\n')));

    QTest::mouseClick(button(page, "safe"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(project.pendingPlan() && project.pendingPlan()->steps.size() > 1,
                             patience);
    QTRY_VERIFY(statements->model()->rowCount() > 1);
    QCOMPARE(statements->model()->index(0, 0).data(StatementModel::SectionRole).toString().left(15),
             QStringLiteral("Migration 1 of "));
    QVERIFY(button(page, "safe")->isChecked());
    QTest::mouseClick(button(page, "safe"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(project.pendingPlan() && project.pendingPlan()->steps.size() == 1,
                             patience);
    QTRY_COMPARE(statements->model()->rowCount(), 1);
}

QTEST_MAIN(TestMigrationsPage)
#include "tst_migrations_page.moc"
