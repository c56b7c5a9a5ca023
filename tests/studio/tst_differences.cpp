// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "oracle/generatedproject.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/differences/differencesmodel.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/tree/treemodel.h"
#include "studio/widgets/theme.h"
#include "support/server.h"
#include "watched.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QListView>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace studio;

namespace
{

constexpr int patience = 30'000; // ms; a signal ends the wait

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

void save(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

/// Much of it PostgreSQL writes in words of its own.
const QByteArray crm =
    R"(import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgPolicy, pgTable, pgView, serial, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const kind = pgEnum('kind', ['person', 'company']);
export const contacts = pgTable('contacts', {
  id: serial().primaryKey(),
  name: varchar({ length: 120 }).notNull().default('nobody'),
  kind: kind().notNull().default('person'),
  total: integer().generatedAlwaysAs(sql`length(name) + 1`),
  at: timestamp({ withTimezone: true }).notNull().defaultNow(),
}, (t) => [
  check('named', sql`${t.name} in ('a', 'b') or length(${t.name}) > 1`),
  index('contacts_at').on(t.at.desc()).where(sql`${t.kind} = 'person'`),
  pgPolicy('mine', { for: 'select', using: sql`name <> 'root' and true` }),
]);
export const busy = pgView('busy').as((qb) => qb.select({ total: contacts.total }).from(contacts).where(sql`${contacts.total} > 3`));
)";

/// The real window on a project of its own.
struct Stage {
    QTemporaryDir folder;
    session::Project project{base::installationOf(text(SLUICE_BUILD_DIR "/bin"))};
    Theme theme{*qApp};
    Preferences preferences{folder.filePath(text("workspace.sqlite"))};
    MainWindow window{project, theme, preferences, pagesOf(project, preferences)};

    QString root() const { return folder.filePath(text("shop")); }
    void write(const QByteArray &schema) const
    {
        save(root() + text("/drizzle.config.ts"),
             "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' };");
        save(root() + text("/schema.ts"), schema);
    }
    void start()
    {
        window.resize(1280, 800);
        window.show();
        window.openFolder(root());
    }
    bool isCompared() const
    {
        return project.comparison().state == session::Loaded<session::Comparison>::State::Ready;
    }
    template <typename W> W *part(const char *name) const
    {
        return window.findChild<W *>(QLatin1String(name));
    }
    QStringList differences() const
    {
        const QAbstractItemModel *model = part<QListView>("differenceList")->model();
        QStringList lines;
        for (int row = 0; row < model->rowCount(); ++row)
            lines << model->index(row, 0).data(Qt::AccessibleTextRole).toString();
        return lines;
    }
    /// The marked rows of the tree: "contacts differs".
    QStringList marks() const
    {
        QStringList found;
        collect(part<QTreeView>("schemaTree")->model(), {}, found);
        return found;
    }
    QString status() const { return part<QPushButton>("statusCodeDatabase")->text(); }

private:
    static void collect(const QAbstractItemModel *model, const QModelIndex &parent,
                        QStringList &found)
    {
        for (int row = 0; row < model->rowCount(parent); ++row) {
            const QModelIndex index = model->index(row, 0, parent);
            const auto presence = diff::Presence(index.data(TreeModel::PresenceRole).toInt());
            const auto kind = diff::OverlayNode::Kind(index.data(TreeModel::KindRole).toInt());
            // A relation is knowledge of the code alone.
            if (presence != diff::Presence::Both && kind != diff::OverlayNode::Kind::Relation)
                found << index.data().toString() + u' ' +
                             (presence == diff::Presence::Unknown ? text("unknown")
                                                                  : presenceWord(presence));
            collect(model, index, found);
        }
    }
};

} // namespace

/// Marks and the list of differences, from one comparison, in the real window with a real server.
class TestDifferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void marksFollow();
    void failure();
    void neverStalls();

private:
    /// Writes what is pending and applies it.
    static void migrate(Stage &stage);

    std::unique_ptr<testsupport::Server> m_server;
    QTemporaryDir m_cache;
};

void TestDifferences::initTestCase()
{
    qunsetenv("DATABASE_URL");
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache.path()));
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestDifferences::migrate(Stage &stage)
{
    session::Project &project = stage.project;
    QTRY_VERIFY_WITH_TIMEOUT(project.pendingPlan() && !project.pendingDifference().empty(),
                             patience);
    project.generate(text("init"));
    QTRY_VERIFY_WITH_TIMEOUT(project.pendingPlan() && project.pendingDifference().empty(),
                             patience);
    project.grantLease();
    const auto applied = project.apply();
    QTRY_VERIFY_WITH_TIMEOUT(applied.isFinished(), patience);
    const base::Result<int> result = applied.result();
    QVERIFY2(result.ok(), result ? "" : qPrintable(base::toLine(result.error())));
}

void TestDifferences::marksFollow()
{
    Stage stage;
    stage.write(crm);
    stage.start();
    QTRY_VERIFY_WITH_TIMEOUT(stage.project.pendingPlan().has_value(), patience);
    const pg::Settings database = m_server->createDatabase(text("differences"));
    stage.project.setUrl(m_server->tcpUrl(database));
    // Nothing is compared, and nothing connects, before somebody asks for the database.
    QCOMPARE(stage.project.openConnections(), 0);
    QVERIFY(stage.status().isEmpty());
    QVERIFY(!stage.marks().isEmpty() &&
            stage.marks().filter(text("unknown")).size() == stage.marks().size());

    migrate(stage);
    QTRY_VERIFY_WITH_TIMEOUT(stage.isCompared(), patience);
    QCOMPARE(stage.differences(), QStringList());
    QCOMPARE(stage.marks(), QStringList());
    QCOMPARE(stage.status(), text("code ↔ database: in step"));

    // Somebody changes the database, and somebody the code.
    QCOMPARE(m_server->run(database, "ALTER TABLE contacts ALTER name DROP DEFAULT;"
                                     "ALTER TABLE contacts DROP CONSTRAINT named;"
                                     "CREATE TABLE tmp_import (line text);"),
             QString());
    stage.write(QByteArray(crm).replace("  at: timestamp", "  nickname: text(),\n  at: timestamp"));
    QTRY_COMPARE_WITH_TIMEOUT(stage.differences().size(), 1, patience);
    stage.project.connectDatabase();
    QTRY_COMPARE_WITH_TIMEOUT(stage.differences().size(), 4, patience);
    const QStringList lines = stage.differences();
    QVERIFY(lines.contains(text("only in the database: drop table public.tmp_import")));
    QVERIFY(lines.contains(text("only in the code: add column public.contacts.nickname: text")));
    QCOMPARE(stage.status(), text("code ↔ database: 4 differences"));
    QCOMPARE(stage.marks(),
             QStringList({text("public differs"), text("contacts differs"), text("name differs"),
                          text("nickname code"), text("named code"), text("tmp_import database"),
                          text("line database")}));
    // The list leads to the tree.
    stage.part<QAction>("differences")->trigger();
    auto *list = stage.part<QListView>("differenceList");
    QVERIFY(list->isVisible());
    list->setCurrentIndex(list->model()->index(
        int(lines.indexOf(text("only in the database: drop table public.tmp_import"))), 0));
    QCOMPARE(stage.part<QTreeView>("schemaTree")->currentIndex().data().toString(),
             text("tmp_import"));
}

/// Without a scratch server nothing is claimed, and the reason is said.
void TestDifferences::failure()
{
    Stage stage;
    stage.write(crm);
    stage.start();
    QTRY_VERIFY_WITH_TIMEOUT(stage.project.pendingPlan().has_value(), patience);
    const pg::Settings database = m_server->createDatabase(
        text("failure"), "CREATE TABLE contacts (id serial PRIMARY KEY, name varchar(120) NOT NULL "
                         "DEFAULT upper('nobody'))");
    const QByteArray folder = qgetenv("SLUICE_SCRATCH_CLUSTER");
    qputenv("SLUICE_SCRATCH_CLUSTER", "/proc/nowhere");
    stage.project.setUrl(m_server->tcpUrl(database));
    stage.project.connectDatabase();
    using State = session::Loaded<session::Comparison>::State;
    QTRY_VERIFY_WITH_TIMEOUT(stage.project.comparison().state == State::Failed, patience);
    qputenv("SLUICE_SCRATCH_CLUSTER", folder);
    QCOMPARE(stage.status(), text("code ↔ database: not compared"));
    QVERIFY(!stage.marks().isEmpty());
    QCOMPARE(stage.marks().filter(text("unknown")).size(), stage.marks().size());
}

/// A database of many tables is compared while the window goes on.
void TestDifferences::neverStalls()
{
    constexpr int tables = 200;
    Stage stage;
    QVERIFY(testsupport::writeGeneratedProject(stage.root(), tables));
    stage.start();
    stage.project.setUrl(m_server->tcpUrl(m_server->createDatabase(text("stall"))));
    migrate(stage);
    QTRY_VERIFY_WITH_TIMEOUT(stage.isCompared() && stage.marks().isEmpty(), patience);
    auto *application = static_cast<Watched *>(qApp);
    application->longest = 0;
    stage.project.connectDatabase();
    QVERIFY(!stage.isCompared() ||
            stage.project.database().state == session::Loaded<schema::Database>::State::Loading);
    QTRY_VERIFY_WITH_TIMEOUT(stage.isCompared() &&
                                 stage.project.database().state ==
                                     session::Loaded<schema::Database>::State::Ready,
                             patience);
    const double longest = double(application->longest) / 1e6;
    qInfo("longest piece on the GUI thread, %d tables: %.1f ms", tables, longest);
    QVERIFY2(longest < 16, "a frame is lost");
    QCOMPARE(stage.differences(), QStringList());
}

int main(int argc, char **argv)
{
    Watched application(argc, argv);
    TestDifferences test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_differences.moc"
