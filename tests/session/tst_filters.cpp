// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/project.h"
#include "session/filters.h"

#include <QtTest>

namespace
{

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// Tables named "schema.table", public's without a schema.
schema::Database tables(const char *names)
{
    schema::Database database;
    for (const QString &name : words(names)) {
        schema::Table table;
        table.name.name = name.section(QLatin1Char('.'), -1);
        if (name.contains(QLatin1Char('.')))
            table.name.schema = name.section(QLatin1Char('.'), 0, 0);
        database.tables << table;
    }
    return database;
}

} // namespace

/// The config's filters, against what drizzle-kit's push leaves alone.
class TestFilters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void taken_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("taken"); // of app_a app_b users
        const auto row = [](const char *filter, const char *taken) {
            QTest::newRow(*filter ? filter : "none")
                << QString::fromLatin1(filter) << QString::fromLatin1(taken);
        };
        row("", "app_a app_b users");
        row("app_*", "app_a app_b");
        row("app_?", "app_a app_b");
        row("app_[a]", "app_a");
        row("{app_a,users}", "app_a users");
        row("!users", "app_a app_b");
        row("app_* !app_b", "app_a users"); // what is not excluded is let in
        row("!app_b !app_a", "users");
        row("APP_*", "");
    }

    void taken()
    {
        QFETCH(QString, filter);
        QStringList taken;
        for (const QString &name : words("app_a app_b users"))
            if (session::isTaken(filter.split(QLatin1Char(' '), Qt::SkipEmptyParts), name))
                taken << name;
        QTEST(taken.join(QLatin1Char(' ')), "taken");
    }

    void catalog_data()
    {
        QTest::addColumn<QStringList>("schemaFilter");
        QTest::addColumn<QStringList>("tablesFilter");
        QTest::addColumn<QStringList>("read");
        QTest::addColumn<QString>("left");
        const auto row = [](const char *name, const char *schemas, const char *filter,
                            const char *read, const char *left) {
            QTest::newRow(name) << words(schemas) << words(filter) << words(read)
                                << QString::fromLatin1(left);
        };
        // The code declares users and auth.keys.
        row("no filter", "", "", "", "users orders auth.keys jobs.queue");
        row("named schemas", "jobs", "", "jobs auth public", "users orders auth.keys jobs.queue");
        row("a schema excluded", "!jobs", "", "", "users orders auth.keys");
        row("what the code declares stays", "!auth !public", "o*", "", "users auth.keys");
        row("tables", "", "o*", "", "users orders auth.keys");
    }

    /// What another program keeps in the same database is not looked at, whatever it is.
    void schemas_data()
    {
        QTest::addColumn<QStringList>("schemaFilter");
        QTest::addColumn<QString>("left");
        QTest::newRow("none") << QStringList() << QStringLiteral("auth public.users");
        QTest::newRow("one is named") << words("public") << QStringLiteral("auth public.users");
        QTest::newRow("one is excluded") << words("!jobs") << QStringLiteral("auth public.users");
        QTest::newRow("the other is named")
            << words("jobs")
            << QStringLiteral("auth jobs public.users jobs.queue jobs.state jobs.number jobs.view");
    }

    void schemas()
    {
        QFETCH(QStringList, schemaFilter);
        load::Config config;
        config.schemaFilter = schemaFilter;
        config.ledgerSchema = QStringLiteral("public");
        config.ledgerTable = QStringLiteral("done");
        schema::Database code = tables("users");
        code.schemas = words("auth");
        schema::Database live = tables("users done jobs.queue");
        const QString jobs = QStringLiteral("jobs");
        live.schemas = words("auth jobs");
        live.enums << schema::Enum{.name = {jobs, QStringLiteral("state")}};
        live.sequences << schema::Sequence{.name = {jobs, QStringLiteral("number")}};
        live.views << schema::View{.name = {jobs, QStringLiteral("view")}};
        const schema::Database kept =
            session::withoutForeign(session::ofProjectSchemas(live, config, code), config, code);
        QStringList left = kept.schemas;
        const auto add = [&left](const auto &entries) {
            for (const auto &entry : entries)
                left << entry.name.qualified();
        };
        add(kept.tables);
        add(kept.enums);
        add(kept.sequences);
        add(kept.views);
        QTEST(left.join(QLatin1Char(' ')), "left");
    }

    void undeclarable()
    {
        const schema::Database live = tables("plain parts parts_1 child declared");
        const auto name = [](const char *text) {
            return schema::Name{{}, QString::fromLatin1(text)};
        };
        schema::Surroundings surroundings;
        surroundings.tables[name("parts")].partitionKey = QStringLiteral("RANGE (at)");
        surroundings.tables[name("parts_1")].partitionOf = name("parts");
        surroundings.tables[name("child")].inherits = {name("plain")};
        surroundings.tables[name("declared")].partitionKey = QStringLiteral("LIST (a)");
        QStringList notices;
        const schema::Database kept =
            session::withoutUndeclarable(live, surroundings, tables("declared"), notices);
        QStringList left;
        for (const schema::Table &table : kept.tables)
            left << table.name.name;
        QCOMPARE(left, words("plain declared"));
        QCOMPARE(notices.size(), 3);
    }

    void extensions()
    {
        load::Config config;
        const schema::Database catalog = tables("users spatial_ref_sys");
        QCOMPARE(session::withoutForeign(catalog, config, {}).tables.size(), 2);
        config.extensionsFilters = words("postgis");
        QCOMPARE(session::withoutForeign(catalog, config, {}).tables.size(), 1);
    }

    void catalog()
    {
        QFETCH(QStringList, schemaFilter);
        QFETCH(QStringList, tablesFilter);
        load::Config config;
        config.schemaFilter = schemaFilter;
        config.tablesFilter = tablesFilter;
        schema::Database code = tables("users auth.keys");
        code.schemas = words("auth");
        QTEST(session::schemasToRead(config, code), "read");
        QStringList left;
        const schema::Database kept =
            session::withoutForeign(tables("users orders auth.keys jobs.queue"), config, code);
        for (const schema::Table &table : kept.tables)
            left << (table.name.schema.isEmpty() ? table.name.name : table.name.qualified());
        QTEST(left.join(QLatin1Char(' ')), "left");
    }
};

QTEST_GUILESS_MAIN(TestFilters)
#include "tst_filters.moc"
