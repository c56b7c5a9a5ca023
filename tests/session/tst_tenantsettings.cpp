// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "oracle/drizzlekit.h"
#include "session/project.h"
#include "session/tenantsettings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using session::Project;
using tenant::Scoping;
using testsupport::ProjectCopy;

namespace
{
constexpr int loadTime = 30'000; // ms; generous, a signal ends the wait

schema::Name table(const char *name)
{
    return {{}, QString::fromLatin1(name)};
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly | QIODevice::Truncate), qPrintable(path));
    file.write(text);
}
} // namespace

/// What is said of a project's tenants: kept in its sluice.json, and gone by at once.
class TestTenantSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_project.reset(); }
    void saidInTheWindow();
    void savedByHand();
    void chosenTenantStaysChosen();
    void brokenFile();
    void brokenFromTheStart();
    void whatIsNotThere();
    void fileThatCannotBeWritten();

private:
    QString file() const { return session::tenantSettingsPath(m_copy->path()); }

    QTemporaryDir m_cache;
    std::unique_ptr<ProjectCopy> m_copy;
    std::unique_ptr<Project> m_project;
};

void TestTenantSettings::initTestCase()
{
    qunsetenv("DATABASE_URL");
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache.path()));
}

void TestTenantSettings::init()
{
    m_copy = std::make_unique<ProjectCopy>(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    m_project =
        std::make_unique<Project>(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_project->open(m_copy->path());
    QTRY_VERIFY_WITH_TIMEOUT(m_project->pendingPlan().has_value(), loadTime);
    QCOMPARE(m_project->scoping(table("contacts")), Scoping::Direct);
    QCOMPARE(m_project->scoping(table("plans")), Scoping::Global);
    QCOMPARE(m_project->problems(), QList<schema::Problem>());
}

void TestTenantSettings::saidInTheWindow()
{
    const QSignalSpy shown(m_project.get(), &Project::codeChanged);
    m_project->setTenant(session::Tenant{QStringLiteral("1"), QStringLiteral("Globex")});
    const QSignalSpy rows(m_project.get(), &Project::tenantChanged);
    tenant::Settings settings = m_project->tenantSettings();
    settings.tables.insert(table("contacts"), {Scoping::Global, {}});
    settings.tables.insert(table("plans"), {Scoping::Unscoped, {}});
    const auto kept = m_project->keepTenantSettings(settings);
    QVERIFY2(kept.ok(), kept ? "" : qPrintable(base::toLine(kept.error())));
    QCOMPARE(m_project->scoping(table("contacts")), Scoping::Global);
    QCOMPARE(m_project->scoping(table("plans")), Scoping::Unscoped);
    QCOMPARE(m_project->scoping(table("orders")), Scoping::Direct);
    QVERIFY(shown.size() >= 1);
    QCOMPARE(rows.size(), 1);
    // Whoever opens the folder next finds it.
    const auto read = session::readTenantSettings(m_copy->path());
    QVERIFY(read.ok());
    QCOMPARE(*read, settings);
}

void TestTenantSettings::savedByHand()
{
    write(file(), R"({"tenant": {"tables": {"contacts": "unknown"}}})");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->scoping(table("contacts")), Scoping::Unscoped, loadTime);
    // As long as before.
    write(file(), R"({"tenant": {"tables": {"invoices": "unknown"}}})");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->scoping(table("invoices")), Scoping::Unscoped, loadTime);
    QCOMPARE(m_project->scoping(table("contacts")), Scoping::Direct);
    write(file(), "{}");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->scoping(table("invoices")), Scoping::Direct, loadTime);
    QVERIFY(QFile::remove(file()));
}

/// Without a tenant everybody's rows would be shown, which nobody asked for.
void TestTenantSettings::chosenTenantStaysChosen()
{
    const session::Tenant globex{QStringLiteral("1"), QStringLiteral("Globex")};
    m_project->setTenant(globex);
    const QSignalSpy rows(m_project.get(), &Project::tenantChanged);
    for (const char *said : {R"({"tenant": {"label": "id"}})", R"({"tenant": {"root": "users"}})",
                             R"({"tenant": {"column": "contact_id", "root": "contacts"}})"}) {
        const qsizetype before = rows.size();
        write(file(), said);
        QTRY_COMPARE_WITH_TIMEOUT(rows.size(), before + 1, loadTime);
        QCOMPARE(m_project->tenant(), globex);
        const auto scope = m_project->scopeFor(table("orders"), QStringLiteral("o"));
        QVERIFY(scope && scope->tenant == globex.id);
    }
}

/// Nobody knows what a file said that cannot be read: a table that it called a tenant's must not
/// be shown as everybody's.
void TestTenantSettings::brokenFile()
{
    write(file(), "{\n  \"tenant\": {\"tables\": {\"plans\": {\"column\": \"id\"}}\n");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->scoping(table("plans")), Scoping::Unscoped, loadTime);
    QCOMPARE(m_project->scoping(table("contacts")), Scoping::Direct);
    QCOMPARE(m_project->problems().size(), 1);
    const schema::Problem problem = m_project->problems().first();
    QCOMPARE(m_project->fileOf(problem.location), file());
    QCOMPARE(problem.location.line, 3);
    QVERIFY(!m_project->keepTenantSettings({}).ok());
    QVERIFY(!session::classified({}, m_copy->path()).ok());

    write(file(), R"({"tenant": {"tables": {"plans": {"column": "id"}}}})");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->scoping(table("plans")), Scoping::Direct, loadTime);
    QCOMPARE(m_project->problems(), QList<schema::Problem>());
}

/// It could say that each tenant has a schema: before it was read once nobody's rows are shown.
void TestTenantSettings::brokenFromTheStart()
{
    write(file(), "<<<<<<< HEAD\n{\"tenant\": {\"schemas\": \"t_*\"}}\n=======\n");
    m_project =
        std::make_unique<Project>(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_project->requireTenant();
    m_project->open(m_copy->path());
    QTRY_VERIFY_WITH_TIMEOUT(m_project->pendingPlan().has_value(), loadTime);
    const query::Select select{.from = {table("plans"), QStringLiteral("t")}};
    const auto why = [&](const QFuture<base::Result<rows::Page>> &answer) {
        const auto page = base::await(answer);
        return page ? base::Error{} : page.error();
    };
    const auto isRefused = [&](const base::Error &error) {
        return error.where.startsWith(file()) && error.hint.contains(QLatin1String("correct the"));
    };
    QVERIFY(isRefused(why(m_project->fetch(select))));
    QVERIFY(isRefused(why(m_project->count(select))));
    QVERIFY(isRefused(why(m_project->statistics(select, QStringLiteral("text")))));
    // Also of who was chosen before.
    m_project->setTenant(session::Tenant{QStringLiteral("1"), QStringLiteral("Globex")});
    QVERIFY(isRefused(why(m_project->fetch(select))));

    write(file(), "{}");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->scoping(table("plans")), Scoping::Global, loadTime);
    QVERIFY(!isRefused(why(m_project->fetch(select)))); // but for want of a server
    // What it said before holds where it cannot be read later.
    write(file(), "<<<<<<<");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->scoping(table("plans")), Scoping::Unscoped, loadTime);
    QVERIFY(!isRefused(why(m_project->fetch(select))));
}

void TestTenantSettings::whatIsNotThere()
{
    write(file(), R"({"tenant": {"tables": {"gone": "global"}}})");
    QTRY_COMPARE_WITH_TIMEOUT(m_project->problems().size(), 1, loadTime);
    QCOMPARE(m_project->problems().first().text,
             QStringLiteral("sluice.json says whose rows are in gone, which is not there"));
}

void TestTenantSettings::fileThatCannotBeWritten()
{
    QVERIFY(QDir().mkpath(file()));
    const auto kept = m_project->keepTenantSettings({});
    QVERIFY(!kept.ok());
    QCOMPARE(kept.error().where, file());
    QCOMPARE(m_project->scoping(table("contacts")), Scoping::Direct);
}

QTEST_GUILESS_MAIN(TestTenantSettings)
#include "tst_tenantsettings.moc"
