// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"
#include "oracle/drizzlekit.h"
#include "support/server.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using testsupport::Run;

/// The real program on a copy of the sample that goes through a change: each state has its answer.
class TestStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aChangeFromCodeToDatabase();
    void withoutDatabase();
    void diffWithDatabase();

private:
    Run sluice(const QStringList &arguments);
    /// state of the pair and the next action, as `status --format json` says it
    QString state(const char *pair);

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<testsupport::ProjectCopy> m_project;
    QString m_url;
};

void TestStatus::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_project = std::make_unique<testsupport::ProjectCopy>(
        QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample"));
    QVERIFY(m_project->isValid());
}

Run TestStatus::sluice(const QStringList &arguments)
{
    return testsupport::sluice(arguments, m_url);
}

QString TestStatus::state(const char *pair)
{
    const Run run = sluice({QStringLiteral("status"), m_project->path(), QStringLiteral("--format"),
                            QStringLiteral("json")});
    const QJsonObject answer = QJsonDocument::fromJson(run.output.toUtf8()).object();
    for (const QJsonValue &entry : answer.value(QLatin1String("pairs")).toArray()) {
        const QJsonObject object = entry.toObject();
        if (object.value(QLatin1String("pair")) == QLatin1String(pair))
            return QStringLiteral("%1, %2, %3")
                .arg(object.value(QLatin1String("state")).toString())
                .arg(run.exitCode)
                .arg(answer.value(QLatin1String("next")).toString());
    }
    return run.error;
}

void TestStatus::aChangeFromCodeToDatabase()
{
    const pg::Settings database = m_server->createDatabase(QStringLiteral("status"));
    m_url = m_server->tcpUrl(database);
    QCOMPARE(state("folder-ledger"), QStringLiteral("differs, 1, sluice migrate"));
    QCOMPARE(state("ledger-database"), QStringLiteral("in-step, 1, sluice migrate"));
    QCOMPARE(sluice({QStringLiteral("migrate"), m_project->path()}).error, QString());

    const Run healthy = sluice({QStringLiteral("status"), m_project->path()});
    QCOMPARE(healthy.error, QString());
    QCOMPARE(healthy.output.section(u'\n', 1), QStringLiteral("code ↔ folder: in step\n"
                                                              "folder ↔ ledger: in step\n"
                                                              "ledger ↔ database: in step\n"));
    QCOMPARE(healthy.exitCode, 0);

    QFile index(m_project->filePath(QStringLiteral("schema/index.ts")));
    QVERIFY(index.open(QIODevice::Append));
    index.write("\nimport { pgTable as table, integer as int } from 'drizzle-orm/pg-core';\n"
                "export const gauges = table('gauges', { id: int().primaryKey() });\n");
    index.close();
    QCOMPARE(state("code-folder"), QStringLiteral("differs, 1, sluice generate"));
    QCOMPARE(sluice({QStringLiteral("generate"), m_project->path()}).exitCode, 0);
    QCOMPARE(state("code-folder"), QStringLiteral("in-step, 1, sluice migrate"));
    // What is applied is still what is there.
    QCOMPARE(state("ledger-database"), QStringLiteral("in-step, 1, sluice migrate"));
    QCOMPARE(sluice({QStringLiteral("migrate"), m_project->path()}).exitCode, 0);
    QCOMPARE(state("folder-ledger"), QStringLiteral("in-step, 0, "));

    QCOMPARE(m_server->run(database, "alter table gauges add column note text default 'x'"),
             QString());
    const Run drift = sluice({QStringLiteral("status"), m_project->path()});
    QCOMPARE(drift.exitCode, 1);
    QVERIFY2(drift.output.contains(
                 QStringLiteral("ledger ↔ database: differs\n"
                                "  add column public.gauges.note: text DEFAULT 'x'\n")),
             qPrintable(drift.output));
}

/// What can be known without a database is said; the rest is not taken for agreement.
void TestStatus::withoutDatabase()
{
    m_url.clear();
    const Run run = sluice({QStringLiteral("status"), m_project->path()});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.output.startsWith(QStringLiteral("code ↔ folder: in step\n")),
             qPrintable(run.output));
    QVERIFY2(run.error.contains(QLatin1String("DATABASE_URL")), qPrintable(run.error));
    m_url = QStringLiteral("postgres://nobody@127.0.0.1:1/none");
    const Run nobody = sluice({QStringLiteral("status"), m_project->path()});
    QCOMPARE(nobody.exitCode, 2);
    QVERIFY2(nobody.output.contains(QStringLiteral("folder ↔ ledger: not known\n")),
             qPrintable(nobody.output));
}

void TestStatus::diffWithDatabase()
{
    const pg::Settings database = m_server->createDatabase(QStringLiteral("live"));
    m_url = m_server->tcpUrl(database);
    QCOMPARE(sluice({QStringLiteral("migrate"), m_project->path()}).exitCode, 0);
    for (const QStringList &sides :
         {QStringList{m_project->path(), m_url}, QStringList{m_url, m_project->path()},
          QStringList{QStringLiteral("folder:") + m_project->path(), m_url}}) {
        const Run same = sluice(QStringList{QStringLiteral("diff")} + sides);
        QCOMPARE(same.error, QString());
        QCOMPARE(same.output, QString());
        QCOMPARE(same.exitCode, 0);
    }
    // Under a new name everything else is still the same.
    QFile code(m_project->filePath(QStringLiteral("schema/contacts.ts")));
    QVERIFY(code.open(QIODevice::ReadWrite));
    const QByteArray text = code.readAll();
    QByteArray edited = text;
    edited.replace("phone: varchar('phone'", "telephone: varchar('telephone'");
    const auto write = [&code](const QByteArray &content) {
        code.resize(0);
        code.seek(0);
        code.write(content);
        code.flush();
    };
    write(edited);
    const QStringList tree{QStringLiteral("--format"), QStringLiteral("tree"),
                           QStringLiteral("--rename")};
    const Run renamed =
        sluice(QStringList{QStringLiteral("diff"), m_url, m_project->path()} + tree +
               QStringList{QStringLiteral("column:contacts.phone=telephone")});
    QCOMPARE(renamed.error, QString());
    QCOMPARE(renamed.output,
             QStringLiteral("rename column public.contacts.phone → public.contacts.telephone\n"));
    const Run back = sluice(QStringList{QStringLiteral("diff"), m_project->path(), m_url} + tree +
                            QStringList{QStringLiteral("column:contacts.telephone=phone")});
    QCOMPARE(back.output,
             QStringLiteral("rename column public.contacts.telephone → public.contacts.phone\n"));
    write(text);

    QCOMPARE(m_server->run(database,
                           "alter table gauges add column note text;"
                           "create schema elsewhere; create table elsewhere.own (id int)"),
             QString());
    const Run forth = sluice({QStringLiteral("diff"), m_url, m_project->path()});
    QCOMPARE(forth.output, QStringLiteral("ALTER TABLE \"gauges\" DROP COLUMN \"note\";\n"));
    QCOMPARE(forth.exitCode, 1);
}

QTEST_GUILESS_MAIN(TestStatus)
#include "tst_status.moc"
