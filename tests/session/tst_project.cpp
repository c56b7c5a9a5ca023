// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/project.h"
#include "migrate/renames.h"
#include "oracle/drizzlekit.h"
#include "session/project.h"
#include "support/server.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using session::CodeState;
using session::Loaded;
using session::Project;
using testsupport::ProjectCopy;

/// One project from opening to applied migrations: the real evaluator, a real server.
class TestProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void codeWithoutAConnection();
    void keptCodeIsThereFirst();
    void keptCodeKeepsTheServer();
    void savedFileReloads();
    void brokenSaveKeepsTheLastGoodSchema();
    void withoutADatabase();
    void downServer();
    void renameIsAnswered();
    void generateApplyAndScope();
    void ledgerBeforeTheFolder();
    void nothingCarriesOver();
    void configWithAnotherServer();
    void awaitedServer();
    void leaseEnds();

private:
    static base::Installation installation()
    {
        return base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin"));
    }
    static bool isLoaded(const Project &project)
    {
        return project.code().state == Loaded<CodeState>::State::Ready &&
               project.pendingPlan().has_value();
    }
    static void append(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY2(file.open(QIODevice::Append), qPrintable(path));
        file.write(text);
    }

    std::unique_ptr<testsupport::Server> m_server;
    QTemporaryDir m_cache;
};

namespace
{
const QByteArray newTable =
    "\nimport { integer as int, pgTable as table } from 'drizzle-orm/pg-core';\n"
    "export const gauges = table('gauges', { id: int().primaryKey(), level: "
    "int().notNull().default(3) });\n";
constexpr int loadTime = 30'000; // ms; generous, a signal ends the wait
} // namespace

void TestProject::initTestCase()
{
    qunsetenv("DATABASE_URL");
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache.path()));
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestProject::codeWithoutAConnection()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    Project project(installation());
    project.open(copy.path());
    // Nobody listens there: whoever connected would fail.
    project.setUrl(QStringLiteral("postgres://ada@127.0.0.1:1/crm"));
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    QVERIFY(project.code().value->schema.tables.size() >= 30);
    QVERIFY(project.folder().value->migrations.size() >= 3);
    QVERIFY(project.pendingDifference().empty());
    QCOMPARE(project.tenantColumn(), QStringLiteral("organization_id"));
    QVERIFY(project.database().state == Loaded<schema::Database>::State::None);
    QCOMPARE(project.openConnections(), 0);
    QCOMPARE(project.serverText(), QStringLiteral("local · 1"));
}

/// An unchanged project is there before its code was evaluated again; a changed one is not taken
/// for what it was.
void TestProject::keptCodeIsThereFirst()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    // Open it and say in which state the code was when it was there first.
    const auto firstState = [&copy](const char *table) -> std::optional<Loaded<CodeState>::State> {
        Project project(installation());
        std::optional<Loaded<CodeState>::State> first;
        connect(&project, &Project::codeChanged, &project, [&project, &first, table] {
            const auto &code = project.code();
            if (!first && code.value && code.value->schema.table({{}, QString::fromUtf8(table)}))
                first = code.state;
        });
        project.open(copy.path());
        if (!QTest::qWaitFor([&project] { return isLoaded(project); }, loadTime))
            return std::nullopt;
        return first;
    };
    using State = Loaded<CodeState>::State;
    QCOMPARE(firstState("contacts"), State::Ready);
    QTRY_VERIFY_WITH_TIMEOUT(firstState("contacts") == State::Loading, loadTime);
    append(copy.filePath(QStringLiteral("schema/products.ts")), newTable);
    QCOMPARE(firstState("gauges"), State::Ready);
}

/// The kept config has no url; a project that has failed and is mended knows its server all the
/// same.
void TestProject::keptCodeKeepsTheServer()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    append(copy.filePath(QStringLiteral(".env")),
           "\nDATABASE_URL=postgres://ada:s3cret@127.0.0.1:1/crm\n");
    const auto open = [&copy](Project &project) { project.open(copy.path()); };
    {
        Project project(installation());
        open(project);
        QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    }
    QTRY_VERIFY_WITH_TIMEOUT(load::keptCode(copy.path()).has_value(), loadTime);
    QFile file(copy.filePath(QStringLiteral("schema/index.ts")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    file.close();
    const auto write = [&file](const QByteArray &text) {
        return file.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
               file.write(text) == text.size() && (file.close(), true);
    };
    QVERIFY(write("export const broken = ;\n"));
    Project project(installation());
    open(project);
    const QString none = QStringLiteral("no database");
    QTRY_VERIFY_WITH_TIMEOUT(project.code().error && project.serverText() != none, loadTime);
    bool lost = false;
    connect(&project, &Project::connectionChanged, &project,
            [&] { lost = lost || project.serverText() == none; });
    QVERIFY(write(good));
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    QVERIFY(!lost);
}

void TestProject::savedFileReloads()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    Project project(installation());
    project.open(copy.path());
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    append(copy.filePath(QStringLiteral("schema/products.ts")), newTable);
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project) && !project.pendingDifference().empty(), loadTime);
    QCOMPARE(project.pendingDifference().changes.size(), 1);
    QVERIFY(std::holds_alternative<diff::AddTable>(project.pendingDifference().changes.first()));
}

void TestProject::brokenSaveKeepsTheLastGoodSchema()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    Project project(installation());
    project.open(copy.path());
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    const qsizetype tables = project.code().value->schema.tables.size();
    QFile file(copy.filePath(QStringLiteral("schema/products.ts")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    file.close();
    append(file.fileName(), "\nexport const broken = ;\n");
    const auto saysWhere = [&project] {
        const QList<schema::Problem> problems = project.problems();
        return std::ranges::any_of(problems, [](const schema::Problem &problem) {
            return problem.severity == schema::Problem::Severity::Error &&
                   problem.location.file == QLatin1String("schema/products.ts") &&
                   problem.location.line > 1;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(saysWhere(), loadTime);
    QCOMPARE(project.code().value->schema.tables.size(), tables);
    QVERIFY(!project.pendingPlan());
    QVERIFY(!base::await(project.generate(QStringLiteral("half"))).ok());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(good);
    file.close();
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    QVERIFY(!project.code().error);
    QVERIFY(!project.code().value->stale);
    QVERIFY(!saysWhere());
}

void TestProject::withoutADatabase()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    Project project(installation());
    project.open(copy.path());
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    project.connectDatabase();
    QTRY_VERIFY(project.database().state == Loaded<schema::Database>::State::Failed);
    QVERIFY2(base::toLine(*project.database().error).contains(QLatin1String("DATABASE_URL")),
             qPrintable(base::toLine(*project.database().error)));
    QCOMPARE(project.serverText(), QStringLiteral("no database"));
}

void TestProject::downServer()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    Project project(installation());
    project.open(copy.path());
    project.setUrl(QStringLiteral("postgres://ada:s3cret@127.0.0.1:1/crm"));
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    project.connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(project.database().state == Loaded<schema::Database>::State::Failed,
                             loadTime);
    QCOMPARE(project.database().error->kind, base::ErrorKind::Connection);
    QVERIFY(!base::toLine(*project.database().error).contains(QLatin1String("s3cret")));
    QVERIFY(isLoaded(project)); // the code part goes on
}

/// A question stays until it is answered; the answer holds for the next migration and the team.
void TestProject::renameIsAnswered()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    QFile file(copy.filePath(QStringLiteral("schema/contacts.ts")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray text = file.readAll();
    text.replace("phone: varchar('phone'", "telephone: varchar('telephone'");
    file.resize(0);
    file.seek(0);
    file.write(text);
    file.close();
    Project project(installation());
    project.open(copy.path());
    const auto questions = [&project] {
        return project.pendingPlan() ? project.pendingPlan()->questions.size() : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(questions(), 1, loadTime);
    QVERIFY(!base::await(project.generate(QStringLiteral("open"))).ok());

    const diff::RenameCandidate asked = project.pendingPlan()->questions.first();
    diff::RenameAnswer answer{asked.kind, asked.table, asked.from, asked.to};
    project.answerRename(answer);
    QTRY_COMPARE_WITH_TIMEOUT(questions(), 0, loadTime);
    QCOMPARE(project.pendingDifference().changes.size(), 1);
    QVERIFY(std::holds_alternative<diff::Rename>(project.pendingDifference().changes.first()));
    project.takeBackRename(answer);
    QTRY_COMPARE_WITH_TIMEOUT(questions(), 1, loadTime);

    answer.to = {};
    project.answerRename(answer);
    QTRY_COMPARE_WITH_TIMEOUT(questions(), 0, loadTime);
    const auto generated = base::await(project.generate(QStringLiteral("telephone")));
    QVERIFY2(generated.ok(), qPrintable(generated ? QString() : base::toLine(generated.error())));
    const auto kept = migrate::readAnswers(project.folder().value->path);
    QVERIFY(kept);
    QCOMPARE(*kept, QList{answer});
}

void TestProject::generateApplyAndScope()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    append(copy.filePath(QStringLiteral("schema/products.ts")), newTable);
    Project project(installation());
    project.open(copy.path());
    project.setUrl(m_server->tcpUrl(m_server->createDatabase(QStringLiteral("project"))));
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);

    const auto generated = base::await(project.generate(QStringLiteral("gauges")));
    QVERIFY2(generated.ok(), qPrintable(generated ? QString() : base::toLine(generated.error())));
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project) && project.pendingDifference().empty(), loadTime);

    const base::Result<int> refused = base::await(project.apply());
    QCOMPARE(refused.error().kind, base::ErrorKind::Refused);
    project.grantLease();
    QFuture<base::Result<int>> applying = project.apply();
    QTRY_VERIFY_WITH_TIMEOUT(applying.isFinished(), loadTime);
    QVERIFY2(applying.result().ok(),
             qPrintable(applying.result() ? QString() : base::toLine(applying.result().error())));
    QCOMPARE(*applying.result(), int(project.folder().value->migrations.size()));
    QTRY_VERIFY_WITH_TIMEOUT(
        project.ledger().value.has_value() && project.database().value.has_value(), loadTime);
    for (const runner::MigrationState state : project.ledger().value->states)
        QCOMPARE(state, runner::MigrationState::Applied);
    QVERIFY(project.database().value->table({{}, QStringLiteral("gauges")}));

    QCOMPARE(project.scoping({{}, QStringLiteral("contacts")}), tenant::Scoping::Direct);
    project.setTenant(session::Tenant{QStringLiteral("00000000-0000-0000-0000-000000000001"),
                                      QStringLiteral("Globex")});
    const query::Select scoped =
        project.scoped({.from = {{{}, QStringLiteral("contacts")}, QStringLiteral("c")}});
    QCOMPARE(scoped.scopes.size(), 1);
    QFuture<base::Result<rows::Page>> page = project.fetch(scoped);
    QTRY_VERIFY_WITH_TIMEOUT(page.isFinished(), loadTime);
    QVERIFY2(page.result().ok(),
             qPrintable(page.result() ? QString() : base::toLine(page.result().error())));
    QCOMPARE(page.result()->rowCount(), 0);
}

/// Asked for before the folder is read, the ledger is read as soon as it can be.
void TestProject::ledgerBeforeTheFolder()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    Project project(installation());
    project.open(copy.path());
    project.setUrl(m_server->tcpUrl(m_server->createDatabase(QStringLiteral("early"))));
    project.connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(
        project.ledger().value.has_value() && project.folder().value.has_value(), loadTime);
    QCOMPARE(project.ledger().value->states.size(), project.folder().value->migrations.size());
}

/// A lease, a tenant and a URL are given for one project and server.
void TestProject::nothingCarriesOver()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    Project project(installation());
    project.open(copy.path());
    project.setUrl(QStringLiteral("postgres://ada@127.0.0.1:1/crm"));
    project.grantLease();
    project.setTenant(session::Tenant{QStringLiteral("1"), QStringLiteral("Globex")});
    project.setUrl(QStringLiteral("postgres://ada@127.0.0.1:2/crm"));
    QVERIFY(!project.writable());
    QVERIFY(!project.tenant());
    project.grantLease();
    project.open(copy.path());
    QVERIFY(!project.writable());
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    QCOMPARE(project.serverText(), QStringLiteral("no database"));
}

/// What the title names is what is read from and written to, also after an edit of .env.
void TestProject::configWithAnotherServer()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    const QString file = copy.filePath(QStringLiteral(".env"));
    append(file, "DATABASE_URL=postgres://ada@127.0.0.1:1/crm\n");
    Project project(installation());
    project.open(copy.path());
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    QCOMPARE(project.serverText(), QStringLiteral("local · 1"));
    project.connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(project.database().error.has_value(), loadTime);
    project.grantLease();
    project.setTenant(session::Tenant{QStringLiteral("1"), QStringLiteral("Globex")});

    project.reload(); // of the same server: nothing is taken away
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    QVERIFY(project.writable());
    QVERIFY(project.tenant());

    QVERIFY(QFile::remove(file));
    append(file, "DATABASE_URL=postgres://ada@127.0.0.1:2/crm\n");
    project.reload();
    QTRY_COMPARE_WITH_TIMEOUT(project.serverText(), QStringLiteral("local · 2"), loadTime);
    QVERIFY(!project.writable());
    QVERIFY(!project.tenant());
    QVERIFY(project.database().state == Loaded<schema::Database>::State::None);
    project.connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(project.database().error.has_value(), loadTime);
    QVERIFY2(project.database().error->where.contains(QLatin1String(":2/")),
             qPrintable(base::toLine(*project.database().error)));
}

/// Rows asked for while the server is being made come when it is there; without it, the reason
/// does.
void TestProject::awaitedServer()
{
    const ProjectCopy copy(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    const query::Select organizations{
        .from = {{{}, QStringLiteral("organizations")}, QStringLiteral("o")}};
    Project project(installation());
    project.open(copy.path());
    project.awaitServer();
    auto rows = project.fetch(organizations);
    project.connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(project), loadTime);
    QVERIFY(!rows.isFinished());
    QVERIFY(project.database().state == Loaded<schema::Database>::State::None);
    project.setUrl(m_server->tcpUrl(m_server->createDatabase(
        QStringLiteral("awaited"), "create table organizations (id int primary key)")));
    QTRY_VERIFY_WITH_TIMEOUT(rows.isFinished() && project.database().value.has_value(), loadTime);
    QCOMPARE(rows.result()->rowCount(), 0);

    project.open(copy.path());
    project.awaitServer();
    rows = project.fetch(organizations);
    project.giveUpServer();
    QTRY_VERIFY(rows.isFinished());
    QCOMPARE(rows.result().error().kind, base::ErrorKind::NotFound);
}

void TestProject::leaseEnds()
{
    Project project(installation());
    QSignalSpy changed(&project, &Project::leaseChanged);
    QVERIFY(!project.writable());
    project.grantLease();
    QVERIFY(project.writable());
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(project.leaseEnd());
    QVERIFY2(left > 14 * 60 && left <= 15 * 60, qPrintable(QString::number(left)));
    project.endLease();
    QVERIFY(!project.writable());
    QCOMPARE(changed.size(), 2);
}

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
