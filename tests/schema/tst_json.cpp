// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/json.h"

#include <QTest>

using namespace schema;

namespace
{

Origin origin(const char *name, int line)
{
    return {QString::fromUtf8(name), {QStringLiteral("schema/a.ts"), line, 7}};
}

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// Every member of every struct with a value that is not its default.
Database everything()
{
    const SequenceOptions options{s("2"), s("5"), s("-9"), s("9223372036854775807"), s("10"), true};
    const Column plain{.name = s("näme"),
                       .type = s("mood[]"),
                       .typeSchema = s("public"),
                       .primaryKey = true,
                       .notNull = true,
                       .defaultValue = Default{Default::Form::Sql, s("'it''s'")},
                       .origin = origin("naeme", 3)};
    const Column counted{.name = s("id"),
                         .type = s("bigint"),
                         .defaultValue = Default{Default::Form::Number, s("9007199254740993")},
                         .identity = Identity{Identity::Kind::Always, s("seq"), s("auth"), options},
                         .origin = origin("id", 4)};
    const Column given{.name = s("spot"),
                       .type = s("point"),
                       .defaultValue = Default{Default::Form::Json, s("{\"x\":[1,null]}")},
                       .origin = origin("spot", 4)};
    const Column made{.name = s("up"),
                      .type = s("text"),
                      .defaultValue = Default{Default::Form::Boolean, s("true")},
                      .generated = Generated{s("upper(a)"), false},
                      .origin = origin("up", 5)};
    const Policy policy{.name = s("own"),
                        .as = s("RESTRICTIVE"),
                        .command = s("SELECT"),
                        .roles = {s("a"), s("b")},
                        .usingExpression = s("true"),
                        .withCheck = s(""),
                        .onSchema = s("auth"),
                        .on = s("\"auth\".\"t\""),
                        .origin = origin("", 6)};
    const Table table{
        .name = {s("auth"), s("users")},
        .columns = {plain, counted, given, made},
        .indexes = {{.name = s("i"),
                     .columns = {{s("lower(\"a\")"), true, false, s("first"), s("text_ops")}},
                     .isUnique = true,
                     .where = s("a > 1"),
                     .concurrently = true,
                     .method = s("gin"),
                     .with = {{s("fastupdate"), s("false")}},
                     .invalid = true,
                     .origin = origin("", 8)}},
        .foreignKeys = {{s("fk"),
                         {s("a"), s("b")},
                         s("x"),
                         s("t"),
                         {s("c"), s("d")},
                         s("cascade"),
                         s("set null"),
                         origin("", 9)}},
        .primaryKeys = {{s("pk"), {s("a"), s("b")}}},
        .uniques = {{s("u"), {s("a")}, true, origin("", 10)}},
        .checks = {{s("c"), s("a > 0"), origin("", 11)}},
        .policies = {policy},
        .rowLevelSecurity = true,
        .policiesInactive = true,
        .origin = origin("users", 2),
    };
    const View view{.name = {QString(), s("v")},
                    .materialized = true,
                    .existing = true,
                    .definition = s("select 1"),
                    .columns = {plain},
                    .with = {{s("fillfactor"), s("90")}},
                    .withNoData = false,
                    .accessMethod = s("heap"),
                    .tablespace = s("fast"),
                    .origin = origin("v", 12)};
    const Relation relation{.table = {s("auth"), s("users")},
                            .name = s("posts"),
                            .kind = Relation::Kind::Many,
                            .target = {QString(), s("posts")},
                            .columns = {s("a")},
                            .targetColumns = {s("b")},
                            .relationName = s("author"),
                            .origin = origin("posts", 13)};
    return {
        .schemas = {s("auth")},
        .tables = {table},
        .enums = {{{QString(), s("mood")}, {s("ok"), s("it's")}, origin("mood", 14)}},
        .sequences = {{{s("auth"), s("seq")}, options, origin("seq", 15)}},
        .roles = {{s("admin"), true, true, false, origin("admin", 16)}},
        .views = {view},
        .linkedPolicies = {policy},
        .relations = {relation},
    };
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip_data();
    void roundTrip();
    void origins();
    void refusals_data();
    void refusals();
};

void TestJson::roundTrip_data()
{
    QTest::addColumn<Database>("database");
    QTest::newRow("empty") << Database{};
    QTest::newRow("everything") << everything();
    Database defaults;
    defaults.tables = {Table{}};
    defaults.tables.first().columns = {Column{}};
    defaults.tables.first().indexes = {Index{}};
    defaults.tables.first().policies = {Policy{}};
    QTest::newRow("defaults") << defaults;
}

void TestJson::roundTrip()
{
    QFETCH(Database, database);
    const QByteArray json = toJson(database);
    const auto read = fromJson(json);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().detail));
    QVERIFY(*read == database);
    // Comparison of values leaves origins out, the text does not.
    QCOMPARE(QString::fromUtf8(toJson(*read)), QString::fromUtf8(json));
}

void TestJson::origins()
{
    const auto read = fromJson(toJson(everything()));
    QVERIFY(read.ok());
    const Origin &column = read->tables.first().columns.first().origin;
    QCOMPARE(column.name, s("naeme"));
    QCOMPARE(column.location.file, s("schema/a.ts"));
    QCOMPARE(column.location.line, 3);
    QCOMPARE(column.location.column, 7);
}

void TestJson::refusals_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    QTest::newRow("no JSON") << QByteArray("{") << s("parse error");
    QTest::newRow("no list of tables") << QByteArray("{\"schemas\":[]}") << s("tables");
    QTest::newRow("a table without a name")
        << QByteArray("{\"schemas\":[],\"tables\":[{\"schema\":\"\"}]}") << s("name");
    QTest::newRow("a number for a text") << QByteArray("{\"schemas\":[1]}") << s("number");
}

void TestJson::refusals()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const auto read = fromJson(json);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, base::ErrorKind::InvalidInput);
    QVERIFY2(read.error().detail.contains(named), qPrintable(read.error().detail));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
