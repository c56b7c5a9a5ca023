// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalog.h"

#include "base/receive.h"
#include "pg/pool.h"
#include "support/server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

namespace
{
QStringList names(const auto &list)
{
    QStringList result;
    for (const auto &entry : list) {
        if constexpr (requires { entry.name.qualified(); })
            result << entry.name.qualified();
        else
            result << entry.name;
    }
    return result;
}
} // namespace

class TestCatalog final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    std::shared_ptr<pg::Pool> m_pool;
    load::Catalog m_catalog;

    const schema::Table &table(const char *schema, const char *name) const
    {
        static const schema::Table none;
        const schema::Table *found =
            m_catalog.schema.table({QString::fromLatin1(schema), QString::fromLatin1(name)});
        return found ? *found : none;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        QFile script(QStringLiteral(SLUICE_SOURCE_DIR "/tests/load/catalog.sql"));
        QVERIFY(script.open(QIODevice::ReadOnly));
        m_pool = std::make_shared<pg::Pool>(
            m_server->createDatabase(QStringLiteral("catalog"), script.readAll()));
        const auto read = base::await(load::catalog(m_pool, {}));
        QVERIFY2(read.ok(), read ? "" : qPrintable(base::toLine(read.error())));
        m_catalog = *read;
    }
    void cleanupTestCase()
    {
        m_pool.reset();
        m_server.reset();
    }

    void whatIsThere()
    {
        const schema::Database &database = m_catalog.schema;
        QCOMPARE(database.schemas, QStringList{QStringLiteral("auth")});
        QCOMPARE(names(database.tables),
                 (QStringList{QStringLiteral("auth.team"), QStringLiteral("public.empty_one"),
                              QStringLiteral("public.member"), QStringLiteral("public.split")}));
        QCOMPARE(names(database.enums),
                 (QStringList{QStringLiteral("auth.Level"), QStringLiteral("public.mood")}));
        QCOMPARE(names(database.views), (QStringList{QStringLiteral("public.active_member"),
                                                     QStringLiteral("public.moods")}));
        QCOMPARE(names(database.sequences), QStringList{QStringLiteral("public.ticket")});
        QCOMPARE(
            database.enums.last().values,
            (QStringList{QStringLiteral("sad"), QStringLiteral("fine"), QStringLiteral("ok")}));
    }

    void column_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("typeSchema");
        QTest::addColumn<bool>("notNull");
        QTest::addColumn<QString>("defaultText");
        const auto row = [](const char *name, const char *type, bool notNull,
                            const char *defaultText = "", const char *typeSchema = "") {
            QTest::newRow(name) << QString::fromLatin1(type) << QString::fromLatin1(typeSchema)
                                << notNull << QString::fromLatin1(defaultText);
        };
        row("id", "serial", true);
        row("counter", "bigint", true);
        row("name", "varchar(40)", true);
        row("code", "char(2)", false, "'EU'");
        row("score", "numeric(10, 2)", false, "1.5");
        row("whole", "numeric(8)", false);
        row("born", "date", false);
        row("seen", "timestamp(3) with time zone", true, "now()");
        row("made", "timestamp", false);
        row("mood", "mood", true, "'ok'", "public");
        row("moods", "mood[]", false, "", "public");
        row("level", "Level", false, "", "auth");
        row("tags", "text[]", false, "'{}'");
        row("grid", "integer[][]", false);
        row("extra", "jsonb", false, "'{}'::jsonb");
        row("contact", "email", false);
        row("active", "boolean", false, "true");
        row("upper_name", "text", false);
        row("Odd Name", "text", false);
    }
    void column()
    {
        const schema::Column *column =
            table("", "member").column(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(column);
        QTEST(column->type, "type");
        QTEST(column->typeSchema, "typeSchema");
        QTEST(column->notNull, "notNull");
        QTEST(column->defaultValue ? column->defaultValue->text : QString(), "defaultText");
    }

    void identityAndGenerated()
    {
        const schema::Table &member = table("", "member");
        const auto identity = member.column(QStringLiteral("counter"))->identity;
        QVERIFY(identity.has_value());
        QCOMPARE(identity->kind, schema::Identity::Kind::Always);
        QCOMPARE(identity->sequenceName, QStringLiteral("member_counter_seq"));
        QCOMPARE(identity->options.startWith, QStringLiteral("5"));
        QCOMPARE(identity->options.increment, QStringLiteral("2"));
        const auto generated = member.column(QStringLiteral("upper_name"))->generated;
        QVERIFY(generated.has_value() && generated->stored);
        QCOMPARE(generated->expression, QStringLiteral("upper((name)::text)"));
    }

    void keys()
    {
        QVERIFY(table("", "member").column(QStringLiteral("id"))->primaryKey);
        QVERIFY(table("", "member").primaryKeys.isEmpty());
        const schema::PrimaryKey expected{QStringLiteral("team_pk"),
                                          {QStringLiteral("number"), QStringLiteral("region")}};
        QCOMPARE(table("auth", "team").primaryKeys, QList{expected});
        QVERIFY(!table("auth", "team").column(QStringLiteral("number"))->primaryKey);
        const auto &foreignKeys = table("", "member").foreignKeys;
        QCOMPARE(foreignKeys.size(), 1);
        const schema::ForeignKey key{
            .name = QStringLiteral("member_team"),
            .columns = {QStringLiteral("team_region"), QStringLiteral("team_number")},
            .targetSchema = QStringLiteral("auth"),
            .targetTable = QStringLiteral("team"),
            .targetColumns = {QStringLiteral("region"), QStringLiteral("number")},
            .onDelete = QStringLiteral("cascade"),
            .onUpdate = QStringLiteral("set null")};
        QCOMPARE(foreignKeys.first(), key);
    }

    void uniquesAndChecks()
    {
        const auto &member = table("", "member");
        const schema::Unique unique{.name = QStringLiteral("member_name_code"),
                                    .columns = {QStringLiteral("code"), QStringLiteral("name")},
                                    .nullsNotDistinct = true};
        QCOMPARE(member.uniques, QList{unique});
        QCOMPARE(member.checks.size(), 1);
        QCOMPARE(member.checks.first().name, QStringLiteral("member_seats"));
        QVERIFY(member.checks.first().expression.contains(QLatin1String("score >")));
    }

    void indexes()
    {
        const QList<schema::Index> &indexes = table("", "member").indexes;
        QCOMPARE(names(indexes),
                 (QStringList{QStringLiteral("member_lower"), QStringLiteral("member_seen"),
                              QStringLiteral("member_tags"), QStringLiteral("member_trgm")}));
        const schema::Index &lower = indexes.at(0);
        QVERIFY(lower.isUnique && lower.where.isEmpty());
        QCOMPARE(lower.columns.at(0),
                 (schema::IndexColumn{.expression = QStringLiteral("lower(name::text)"),
                                      .isExpression = true}));
        QCOMPARE(lower.columns.at(1),
                 (schema::IndexColumn{.expression = QStringLiteral("code"),
                                      .nulls = QStringLiteral("first"),
                                      .operatorClass = QStringLiteral("bpchar_pattern_ops")}));
        QCOMPARE(lower.with.size(), 1);
        QCOMPARE(lower.with.first(), std::pair(QStringLiteral("fillfactor"), QStringLiteral("70")));
        const schema::Index &seen = indexes.at(1);
        QCOMPARE(seen.where, QStringLiteral("active"));
        QCOMPARE(seen.columns.at(0),
                 (schema::IndexColumn{.expression = QStringLiteral("seen"), .ascending = false}));
        QCOMPARE(seen.columns.at(1), (schema::IndexColumn{.expression = QStringLiteral("name")}));
        QCOMPARE(indexes.at(2).method, QStringLiteral("gin"));
        QVERIFY(indexes.at(2).columns.first().operatorClass.isEmpty());
        QCOMPARE(indexes.at(3).columns.first().operatorClass, QStringLiteral("gin_trgm_ops"));
    }

    void policies()
    {
        QVERIFY(table("", "member").rowLevelSecurity);
        QVERIFY(!table("auth", "team").rowLevelSecurity);
        const schema::Policy expected{.name = QStringLiteral("own"),
                                      .as = QStringLiteral("RESTRICTIVE"),
                                      .command = QStringLiteral("UPDATE"),
                                      .roles = {QStringLiteral("public")},
                                      .usingExpression = QStringLiteral("active"),
                                      .withCheck = QStringLiteral("(score > (1)::numeric)")};
        QCOMPARE(table("", "member").policies, QList{expected});
    }

    void viewsAndSequences()
    {
        const schema::View &view = m_catalog.schema.views.first();
        QVERIFY(!view.materialized);
        QVERIFY(view.definition.contains(QLatin1String("FROM public.member")));
        QVERIFY(!view.definition.endsWith(u';'));
        QCOMPARE(names(view.columns), (QStringList{QStringLiteral("id"), QStringLiteral("name")}));
        QCOMPARE(view.with.first(),
                 std::pair(QStringLiteral("securityInvoker"), QStringLiteral("true")));
        QVERIFY(m_catalog.schema.views.last().materialized);
        const schema::SequenceOptions &options = m_catalog.schema.sequences.first().options;
        QCOMPARE(options.startWith, QStringLiteral("100"));
        QCOMPARE(options.increment, QStringLiteral("10"));
        QVERIFY(options.cycle);
    }

    void estimates()
    {
        QCOMPARE(m_catalog.rowEstimates.value({QStringLiteral("auth"), QStringLiteral("team")}),
                 500);
        QCOMPARE(m_catalog.rowEstimates.value({QString(), QStringLiteral("member")}), -1);
    }

    void chosenSchemas_data()
    {
        QTest::addColumn<QStringList>("schemas");
        QTest::addColumn<QStringList>("tables");
        QTest::newRow("auth") << QStringList{QStringLiteral("auth")}
                              << QStringList{QStringLiteral("auth.team")};
        QTest::newRow("public") << QStringList{QStringLiteral("public")}
                                << QStringList{QStringLiteral("public.empty_one"),
                                               QStringLiteral("public.member"),
                                               QStringLiteral("public.split")};
        QTest::newRow("ledger's") << QStringList{QStringLiteral("drizzle")} << QStringList{};
        QTest::newRow("none such") << QStringList{QStringLiteral("x\"},{\\")} << QStringList{};
    }
    void chosenSchemas()
    {
        QFETCH(QStringList, schemas);
        const auto read = base::await(load::catalog(m_pool, schemas));
        QVERIFY2(read.ok(), read ? "" : qPrintable(base::toLine(read.error())));
        QTEST(names(read->schema.tables), "tables");
    }

    void poolMayGoMeanwhile()
    {
        auto future = load::catalog(std::make_shared<pg::Pool>(m_pool->settings()), {});
        const auto read = base::await(future);
        QVERIFY(read.ok());
        QCOMPARE(read->schema, m_catalog.schema);
    }

    /// A view is dropped after its row was read, and while the server writes its definition, which
    /// is about what is there now: the second attempt reads what is left.
    void droppedMeanwhile()
    {
        const pg::Settings database =
            m_server->createDatabase(QStringLiteral("moving"), "CREATE VIEW one AS SELECT 1 AS a;"
                                                               "CREATE VIEW two AS SELECT 2 AS b");
        const auto reader = std::make_shared<pg::Pool>(database);
        pg::Pool other(database);
        QFuture<base::Result<load::Catalog>> reading;
        bool wasWaiting = false;
        const auto dropped = base::await(other.transaction(
            pg::Access::Write, [&](pg::Transaction &transaction) -> base::Result<base::Done> {
                (void)transaction.runScript("BEGIN; DROP VIEW two");
                reading = load::catalog(reader, {});
                QElapsedTimer timer;
                timer.start();
                while (!wasWaiting && timer.elapsed() < 20'000) {
                    const auto waiting = transaction.run(
                        {.text = QStringLiteral("SELECT count(*) FROM pg_locks WHERE NOT granted "
                                                "AND relation = (SELECT l.relation FROM pg_locks l "
                                                "WHERE l.pid = pg_backend_pid() AND l.mode = "
                                                "'AccessExclusiveLock' AND l.locktype = 'relation' "
                                                "LIMIT 1)"),
                         .parameters = {}});
                    wasWaiting = waiting && waiting->text(0, 0) == QLatin1String("1");
                }
                return transaction.runScript("COMMIT");
            }));
        QVERIFY(dropped.ok());
        QVERIFY(wasWaiting);
        const auto read = base::await(reading);
        QVERIFY2(read.ok(), read ? "" : qPrintable(base::toLine(read.error())));
        QCOMPARE(read->schema.views.size(), 1);
        QCOMPARE(read->schema.views.first().name.name, QStringLiteral("one"));
    }

    void serverDown()
    {
        auto pool = std::make_shared<pg::Pool>(
            pg::Settings{.url = QStringLiteral("postgres://ann:s3cret@127.0.0.1:1/crm")});
        const auto read = base::await(load::catalog(pool, {}));
        QCOMPARE(read.error().kind, base::ErrorKind::Connection);
    }
};

QTEST_GUILESS_MAIN(TestCatalog)
#include "tst_catalog.moc"
