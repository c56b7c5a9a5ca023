// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.h"
#include "migrate/folder.h"
#include "support/server.h"

namespace
{
schema::Database stateOf(const QString &path)
{
    const auto state = migrate::readSnapshotFile(path);
    return state ? *state : schema::Database();
}

migrate::Plan planOf(const schema::Database &before, const schema::Database &after)
{
    return migrate::plan(diff::compare(before, after), before, after);
}
} // namespace

/// PostgreSQL takes the statements of every recorded case.
class TestApplies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void statements_data();
    void statements();

private:
    /// The first statement that fails with the server's words, or nothing.
    QString run(const pg::Settings &database, const migrate::Plan &plan);

    std::unique_ptr<testsupport::Server> m_server;
};

void TestApplies::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

QString TestApplies::run(const pg::Settings &database, const migrate::Plan &plan)
{
    for (const migrate::PlanLine &line : plan.lines) {
        const QString error = m_server->run(database, line.statement.toUtf8());
        if (!error.isEmpty())
            return error + u'\n' + line.statement;
    }
    return {};
}

void TestApplies::statements_data()
{
    QTest::addColumn<QString>("name");
    // Its roles, views and sequences cannot be created from nothing yet.
    const QString notCreated = QStringLiteral("objects_kept");
    for (const QString &name : cases::names()) {
        if (name != notCreated)
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestApplies::statements()
{
    QFETCH(QString, name);
    const schema::Database before = stateOf(cases::file(name, "before.json"));
    const schema::Database after = stateOf(cases::file(name, "after.json"));
    const QByteArray extension =
        name.contains(QLatin1String("custom_type")) ? "CREATE EXTENSION citext;" : "SELECT 1;";
    const pg::Settings database = m_server->createDatabase(
        name,
        extension + "DO $$ BEGIN CREATE ROLE app; EXCEPTION WHEN duplicate_object THEN END $$;");
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    const QString early = run(database, planOf({}, before));
    QVERIFY2(early.isEmpty(), qPrintable(early));
    const QString error = run(database, planOf(before, after));
    QVERIFY2(error.isEmpty(), qPrintable(error));
}

QTEST_GUILESS_MAIN(TestApplies)
#include "tst_applies.moc"
