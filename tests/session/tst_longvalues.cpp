// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/longvalues.h"

#include "base/receive.h"
#include "pg/pool.h"
#include "session/project.h"
#include "support/server.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

namespace
{
/// What of a long value is kept outside the row can hardly be compressed.
const char *const script = R"(
CREATE FUNCTION noise(length int) RETURNS text LANGUAGE sql AS
  $$ SELECT string_agg(md5(i::text), '') FROM generate_series(1, length / 32) i $$;
CREATE TABLE empty (id int PRIMARY KEY, body text);
CREATE TABLE numbers (id int PRIMARY KEY);
INSERT INTO numbers SELECT generate_series(1, 100);
CREATE TABLE shorter (id int PRIMARY KEY, body text);
INSERT INTO shorter SELECT i, noise(600) FROM generate_series(1, 100) i;
CREATE TABLE longer (id int PRIMARY KEY, body text);
INSERT INTO longer VALUES (1, 'a'), (2, noise(64000));
CREATE TABLE parts (id int PRIMARY KEY, body text) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
INSERT INTO parts VALUES (1, 'a'), (11, noise(64000));
CREATE TABLE short_parts (id int PRIMARY KEY, body text) PARTITION BY RANGE (id);
CREATE TABLE short_part PARTITION OF short_parts FOR VALUES FROM (0) TO (10);
CREATE TABLE parent (id int, body text);
CREATE TABLE child () INHERITS (parent);
INSERT INTO child VALUES (1, noise(64000));
CREATE SCHEMA "Other one";
CREATE TABLE "Other one"."Its table" (id int PRIMARY KEY, body text);
CREATE VIEW seen AS SELECT * FROM longer;
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE elsewhere (line text) SERVER files OPTIONS (filename '/nowhere');
)";

const QList<schema::Name> shortNames{
    {QStringLiteral("Other one"), QStringLiteral("Its table")},
    {{}, QStringLiteral("empty")},
    {{}, QStringLiteral("numbers")},
    {{}, QStringLiteral("part_1")},
    {{}, QStringLiteral("short_part")},
    {{}, QStringLiteral("short_parts")},
    {{}, QStringLiteral("shorter")},
};
} // namespace

class LongValuesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tablesOfShortValues();
    void oneTable();
    void aProjectKnows();
    void namesOfTenants();

private:
    QList<schema::Name> asked(const std::optional<schema::Name> &only)
    {
        const auto page = base::await(m_pool->run(session::shortTables(only)));
        if (!page)
            qFatal("%s", qPrintable(base::toLine(page.error())));
        QList<schema::Name> names;
        for (qsizetype row = 0; row < page->rowCount(); ++row)
            names << schema::Name{page->text(row, 0), page->text(row, 1)};
        std::ranges::sort(names, {}, &schema::Name::qualified);
        return names;
    }

    testsupport::Server m_server;
    pg::Settings m_database;
    std::unique_ptr<pg::Pool> m_pool;
};

void LongValuesTest::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_database = m_server.createDatabase(QStringLiteral("longvalues"), script);
    m_pool = std::make_unique<pg::Pool>(m_database);
}

void LongValuesTest::tablesOfShortValues()
{
    QCOMPARE(asked({}), shortNames);
}

void LongValuesTest::oneTable()
{
    for (const char *name :
         {"empty", "shorter", "longer", "parts", "parent", "seen", "elsewhere"}) {
        const schema::Name table{{}, QString::fromLatin1(name)};
        const QList<schema::Name> expected =
            shortNames.contains(table) ? QList{table} : QList<schema::Name>();
        QCOMPARE(asked(table), expected);
    }
    QCOMPARE(asked(shortNames.first()), shortNames.first(1));
    QCOMPARE(asked(schema::Name{{}, QStringLiteral("nowhere")}), QList<schema::Name>());
}

/// Nothing is known at first; what others write is known after the next look.
void LongValuesTest::aProjectKnows()
{
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    const schema::Name table{{}, QStringLiteral("shorter")};
    QVERIFY(project.mayHoldLongValues(table));
    project.lookForLongValues(table); // without a server nothing happens
    project.setUrl(m_server.tcpUrl(m_database));
    project.connectDatabase();
    QTRY_VERIFY(!project.mayHoldLongValues(table));
    QVERIFY(project.mayHoldLongValues({{}, QStringLiteral("longer")}));
    QVERIFY(project.mayHoldLongValues({{}, QStringLiteral("seen")}));

    QCOMPARE(m_server.run(m_database, "INSERT INTO shorter VALUES (200, noise(64000))"), QString());
    QVERIFY(!project.mayHoldLongValues(table));
    project.lookForLongValues(table);
    QTRY_VERIFY(project.mayHoldLongValues(table));
    QVERIFY(!project.mayHoldLongValues({{}, QStringLiteral("empty")}));
    project.setUrl(QStringLiteral("postgres://localhost:1/none"));
    QVERIFY(project.mayHoldLongValues({{}, QStringLiteral("empty")}));
}

/// The list of tenants is of their names' beginnings: one of them may be a whole book.
void LongValuesTest::namesOfTenants()
{
    const pg::Settings database = m_server.createDatabase(
        QStringLiteral("longnames"),
        "CREATE TABLE organizations (id int PRIMARY KEY, name text);"
        "CREATE TABLE contacts (id int PRIMARY KEY, organization_id int NOT NULL REFERENCES "
        "organizations);"
        "INSERT INTO organizations VALUES (1, repeat('long ', 200000)), (2, 'short'), (3, NULL)");
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    project.setUrl(m_server.tcpUrl(database));
    project.connectDatabase();
    QTRY_VERIFY(project.tenants().value.has_value());
    const QList<session::Tenant> &tenants = *project.tenants().value;
    QCOMPARE(tenants.size(), 3);
    QVERIFY(tenants.at(0).label.startsWith(QLatin1String("long long ")));
    QVERIFY2(tenants.at(0).label.endsWith(u'…') && tenants.at(0).label.size() < 600,
             qPrintable(QString::number(tenants.at(0).label.size())));
    QCOMPARE(tenants.at(1), (session::Tenant{QStringLiteral("2"), QStringLiteral("short")}));
    QCOMPARE(tenants.at(2).label, QString());
}

QTEST_GUILESS_MAIN(LongValuesTest)
#include "tst_longvalues.moc"
