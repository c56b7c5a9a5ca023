// SPDX-License-Identifier: GPL-3.0-or-later
#include "../diff/fixture.h"
#include "migrate/plan.h"
#include "support/server.h"

#include <QtTest>

#include <functional>

using namespace fixture;

using Edit = std::function<void(schema::Database &)>;
Q_DECLARE_METATYPE(Edit)

namespace
{
schema::Default sqlDefault(const char *text)
{
    return {schema::Default::Form::Sql, q(text)};
}

schema::Column enumColumn(const char *name, const char *type)
{
    schema::Column made = column(name, type);
    made.typeSchema = q("public");
    return made;
}

schema::View view(const char *name, const char *definition)
{
    schema::View made;
    made.name = {{}, q(name)};
    made.definition = q(definition);
    return made;
}

schema::Policy policy(const char *name, const char *uses)
{
    schema::Policy made;
    made.name = q(name);
    made.roles << q("public");
    made.usingExpression = q(uses);
    return made;
}

schema::Identity identity(const char *sequence)
{
    schema::Identity made;
    made.sequenceName = q(sequence);
    made.options = {q("1"), q("1"), q("1"), q("2147483647"), q("1"), false};
    return made;
}

schema::Column integerKey(const char *type)
{
    schema::Column made = column("id", type, true);
    made.primaryKey = true;
    return made;
}

/// The files of \a plan, cut at drizzle's breakpoints as a migrator does.
QList<QStringList> files(const migrate::Plan &plan)
{
    QList<QStringList> parts;
    for (const migrate::PlanStep &step : plan.steps)
        parts << migrate::fileText(plan, step, true).split(q("--> statement-breakpoint"));
    return parts;
}
} // namespace

/// Plans that drizzle-kit's order or wording does not survive, with rows in the tables: there and
/// back again.
class TestHardCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void thereAndBack_data();
    void thereAndBack();
    void refusesNamesThatBecomeOne();

private:
    void enums();
    void types();
    void numbers();
    void keys();
    void others();
    void safely();
    void row(const char *name, const schema::Database &before, const Edit &edit, const char *rows,
             const char *afterwards, bool safe = false);
    QString run(const pg::Settings &database, const migrate::Plan &plan);

    std::unique_ptr<testsupport::Server> m_server;
};

void TestHardCases::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestHardCases::row(const char *name, const schema::Database &before, const Edit &edit,
                        const char *rows, const char *afterwards, bool safe)
{
    schema::Database after = before;
    edit(after);
    QTest::newRow(name) << before << after << QByteArray(rows) << QByteArray(afterwards) << safe;
}

void TestHardCases::thereAndBack_data()
{
    QTest::addColumn<schema::Database>("before");
    QTest::addColumn<schema::Database>("after");
    QTest::addColumn<QByteArray>("rows");       ///< SQL that runs before the plan
    QTest::addColumn<QByteArray>("afterwards"); ///< SQL that fails when something is not right
    QTest::addColumn<bool>("safe");
    enums();
    types();
    numbers();
    keys();
    others();
    safely();
}

void TestHardCases::enums()
{
    schema::Database plain;
    plain.enums << schema::Enum{{{}, q("mood")}, {q("ok"), q("sad"), q("odd")}, {}};
    plain.tables << table("t", {column("id", "integer"), enumColumn("m", "mood")});
    columnOf(plain, "t", "m").defaultValue = sqlDefault("'ok'");
    const Edit withoutOdd = [](auto &db) { db.enums[0].values.removeAll(q("odd")); };
    const char *rows = "INSERT INTO t VALUES (1, 'ok'), (2, 'sad');";
    const char *kept = "DO $$ BEGIN ASSERT (SELECT string_agg(m::text, ',' ORDER BY id) FROM t) = "
                       "'ok,sad'; INSERT INTO t(id) VALUES (3); END $$;";
    row("enum value dropped", plain, withoutOdd, rows, kept);

    schema::Database deep = plain;
    tableOf(deep, "t").columns << enumColumn("all", "mood[]");
    columnOf(deep, "t", "all").defaultValue = sqlDefault("'{sad}'::mood[]");
    tableOf(deep, "t").checks << schema::Check{q("not_sad"), q("\"t\".\"m\" <> 'odd'"), {}};
    tableOf(deep, "t").indexes << index("oks", "id");
    tableOf(deep, "t").indexes[0].where = q("\"t\".\"m\" = 'ok'");
    tableOf(deep, "t").policies << policy("only_ok", "\"m\" = 'ok'");
    deep.views << view("v", "select \"id\", \"m\" from \"t\" where \"m\" = 'ok'");
    deep.views << view("w", "select \"id\" from \"v\"");
    row(
        "enum value dropped under everything", deep,
        [](auto &db) {
            db.enums[0].values.removeAll(q("odd"));
            tableOf(db, "t").checks[0].expression = q("\"t\".\"m\" <> 'sad' or true");
        },
        rows, kept);
    row(
        "enum values change places", deep,
        [](auto &db) {
            db.enums[0].values = {q("odd"), q("sad"), q("ok")};
        },
        rows, kept);
    row(
        "enum value added and used", plain,
        [](auto &db) {
            db.enums[0].values << q("new");
            columnOf(db, "t", "m").defaultValue = sqlDefault("'new'");
        },
        rows,
        "DO $$ BEGIN INSERT INTO t(id) VALUES (3); ASSERT (SELECT m::text FROM t WHERE id = 3) = "
        "'new'; END $$;");
    row(
        "enum dropped with the column that had it", plain,
        [](auto &db) {
            removeColumn(db, "t", "m");
            db.enums.clear();
        },
        rows, "SELECT id FROM t;");
}

void TestHardCases::types()
{
    schema::Database base;
    schema::Table made = table("t", {column("id", "integer"), column("a", "text")});
    schema::Column twice = column("b", "text");
    twice.generated = schema::Generated{q("\"a\" || 'x'"), true};
    made.columns << twice;
    made.indexes << index("on_b", "b");
    made.policies << policy("p", "\"a\" is not null");
    base.tables << made;
    base.views << view("v", "select \"a\", \"id\" from \"t\"");
    base.views << view("w", "select \"a\" from \"v\"");
    row(
        "type under view, policy and generated column", base,
        [](auto &db) {
            columnOf(db, "t", "a").type = q("integer");
            columnOf(db, "t", "b").generated = schema::Generated{q("\"a\"::text"), true};
        },
        "INSERT INTO t VALUES (1, '12');",
        "DO $$ BEGIN ASSERT (SELECT a + 1 FROM w) = 13; ASSERT (SELECT b FROM t) = '12'; ASSERT "
        "(SELECT count(*) FROM pg_indexes WHERE indexname = 'on_b') = 1; END $$;");
    row(
        "generated expression changes", base,
        [](auto &db) { columnOf(db, "t", "b").generated->expression = q("\"a\" || 'y'"); },
        "INSERT INTO t VALUES (1, '12');",
        "DO $$ BEGIN ASSERT (SELECT b FROM t) = '12y'; ASSERT (SELECT count(*) FROM pg_indexes "
        "WHERE indexname = 'on_b') = 1; END $$;");

    schema::Database two;
    two.tables << table("a", {key("id")}) << table("b", {column("a_id", "uuid")});
    tableOf(two, "b").foreignKeys << foreignKey("b_a", "a_id", "a", "id");
    row(
        "both ends of a foreign key", two,
        [](auto &db) {
            columnOf(db, "a", "id").type = q("text");
            columnOf(db, "b", "a_id").type = q("text");
        },
        "INSERT INTO a VALUES (gen_random_uuid()); INSERT INTO b SELECT id FROM a;",
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM a JOIN b ON a.id = b.a_id) = 1; END $$;");
}

void TestHardCases::numbers()
{
    const auto of = [](const char *type) {
        schema::Database made;
        made.tables << table("t", {integerKey(type), column("note", "text")});
        return made;
    };
    schema::Database identities = of("integer");
    columnOf(identities, "t", "id").identity = identity("t_id_seq");
    const auto toIdentity = [](auto &db) {
        columnOf(db, "t", "id").type = q("integer");
        columnOf(db, "t", "id").identity = identity("t_id_seq");
    };
    const auto toType = [](const char *type) -> Edit {
        return [=](schema::Database &db) {
            columnOf(db, "t", "id").type = q(type);
            columnOf(db, "t", "id").identity.reset();
        };
    };
    const char *rows = "INSERT INTO t(id, note) VALUES (1, 'a'), (7, 'b');";
    const char *next = "DO $$ BEGIN INSERT INTO t(note) VALUES ('c'); ASSERT (SELECT max(id) FROM "
                       "t) = 8; END $$;";
    const char *first = "DO $$ BEGIN INSERT INTO t(note) VALUES ('c'); ASSERT (SELECT max(id) FROM "
                        "t) = 1; END $$;";
    const char *none = "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_sequences) = 0; END $$;";
    row("integer to serial", of("integer"), toType("serial"), rows, next);
    row("integer to serial, empty", of("integer"), toType("serial"), "", first);
    row("integer to bigserial", of("integer"), toType("bigserial"), rows, next);
    row("serial to integer", of("serial"), toType("integer"), rows, none);
    row("serial to bigserial", of("serial"), toType("bigserial"),
        "INSERT INTO t(note) VALUES ('a');",
        "DO $$ BEGIN ASSERT (SELECT data_type::text FROM pg_sequences) = 'bigint'; END $$;");
    row("serial to identity", of("serial"), toIdentity, rows, next);
    row("serial to identity, empty", of("serial"), toIdentity, "", first);
    row("integer to identity", of("integer"), toIdentity, rows, next);
    row("identity to serial", identities, toType("serial"), rows, next);
    row("identity to integer", identities, toType("integer"), rows, none);
    row("identity to text", identities, toType("text"), rows, none);
    row(
        "identity with other bounds", identities,
        [](auto &db) {
            columnOf(db, "t", "id").identity->options.minValue = q("100");
            columnOf(db, "t", "id").identity->options.startWith = q("100");
        },
        rows,
        "DO $$ BEGIN INSERT INTO t(note) VALUES ('c'); ASSERT (SELECT max(id) FROM t) = 100; END "
        "$$;");

    schema::Database sequences;
    sequences.sequences << schema::Sequence{
        {{}, q("s")}, {q("1"), q("1"), q("1"), q("1000"), q("1"), true}, {}};
    row(
        "sequence without CYCLE, higher", sequences,
        [](auto &db) {
            db.sequences[0].options.cycle = false;
            db.sequences[0].options.minValue = q("50");
            db.sequences[0].options.startWith = q("50");
        },
        "SELECT nextval('s');",
        "DO $$ BEGIN ASSERT nextval('s') = 50; ASSERT NOT (SELECT cycle FROM pg_sequences); END "
        "$$;");
}

void TestHardCases::keys()
{
    schema::Database base;
    base.tables << table("a", {integerKey("integer"), column("x", "integer", true)});
    base.tables << table("b", {column("a_id", "integer")});
    tableOf(base, "b").foreignKeys << foreignKey("b_a", "a_id", "a", "id");
    const Edit composite = [](auto &db) {
        columnOf(db, "a", "id").primaryKey = false;
        tableOf(db, "a").primaryKeys << schema::PrimaryKey{q("a_id_x_pk"), {q("id"), q("x")}};
        tableOf(db, "a").uniques << schema::Unique{q("a_id_unique"), {q("id")}, false, {}};
    };
    const char *rows = "INSERT INTO a VALUES (1, 1), (2, 1); INSERT INTO b VALUES (1);";
    const char *joined = "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_constraint WHERE conname = "
                         "'b_a') = 1; ASSERT (SELECT count(*) FROM a) = 2; END $$;";
    row("primary key of one column to two", base, composite, rows, joined);
    schema::Database two = base;
    composite(two);
    row(
        "primary key of two columns to one", two,
        [&](auto &db) {
            columnOf(db, "a", "id").primaryKey = true;
            tableOf(db, "a").primaryKeys.clear();
            tableOf(db, "a").uniques.clear();
        },
        rows, joined);
    row(
        "a unique and a foreign key to it", base,
        [](auto &db) {
            tableOf(db, "a").uniques << schema::Unique{q("a_x_id"), {q("id"), q("x")}, false, {}};
            schema::ForeignKey made = foreignKey("b_ax", "a_id", "a", "id");
            made.columns << q("y");
            made.targetColumns << q("x");
            tableOf(db, "b").columns << column("y", "integer");
            tableOf(db, "b").foreignKeys << made;
        },
        rows, joined);
    row(
        "dropped table with a foreign key at it", base,
        [](auto &db) {
            db.tables.removeFirst();
            tableOf(db, "b").foreignKeys.clear();
        },
        rows, "SELECT a_id FROM b;");
    row(
        "two new tables that point at each other", schema::Database{},
        [](auto &db) {
            db.tables << table("c", {integerKey("integer"), column("d_id", "integer")});
            db.tables << table("d", {integerKey("integer"), column("c_id", "integer")});
            tableOf(db, "c").foreignKeys << foreignKey("c_d", "d_id", "d", "id");
            tableOf(db, "d").foreignKeys << foreignKey("d_c", "c_id", "c", "id");
        },
        "", "SELECT 1 FROM c, d;");
}

void TestHardCases::others()
{
    schema::Database base;
    base.tables << table("t", {column("id", "integer"), column("a", "text")});
    tableOf(base, "t").policies << policy("p", "\"a\" is not null");
    tableOf(base, "t").policies[0].withCheck = q("true");
    base.views << view("a_last", "select \"id\" from \"b_first\"");
    base.views << view("b_first", "select \"id\", \"a\" from \"t\"");
    const char *rows = "INSERT INTO t VALUES (1, 'x');";
    row(
        "policy loses a clause", base,
        [](auto &db) { tableOf(db, "t").policies[0].withCheck.reset(); }, rows,
        "DO $$ BEGIN ASSERT (SELECT with_check IS NULL FROM pg_policies); END $$;");
    row(
        "view grows at its end", base,
        [](auto &db) { db.views[1].definition = q("select \"id\", \"a\", 1 as \"n\" from \"t\""); },
        rows, "DO $$ BEGIN ASSERT (SELECT n FROM b_first) = 1; END $$;");
    row(
        "view changes under another", base,
        [](auto &db) { db.views[1].definition = q("select \"a\", \"id\" from \"t\""); }, rows,
        "DO $$ BEGIN ASSERT (SELECT id FROM a_last) = 1; END $$;");
    row(
        "column goes with its policy and out of a view", base,
        [](auto &db) {
            tableOf(db, "t").policies.clear();
            removeColumn(db, "t", "a");
            db.views[1].definition = q("select \"id\" from \"t\"");
        },
        rows, "SELECT id FROM a_last;");
    row(
        "views go in the order they came", base, [](auto &db) { db.views.clear(); }, rows,
        "SELECT 1;");
    row(
        "breakpoints, quotes and semicolons", schema::Database{},
        [](auto &db) {
            db.enums << schema::Enum{
                {{}, q("e")}, {q("a--> statement-breakpoint"), q("b;c,d--"), q("it's")}, {}};
            schema::Table made =
                table("x;y", {column("a\"b--> statement-breakpoint", "text"), column("c", "text")});
            made.columns[1].defaultValue =
                sqlDefault("'back\\slash --> statement-breakpoint; it''s'");
            made.checks << schema::Check{
                q("c;,--"), q("\"c\" <> 'x;--> statement-breakpoint' -- why\n"), {}};
            db.tables << made;
        },
        "",
        "DO $$ BEGIN INSERT INTO \"x;y\" DEFAULT VALUES; ASSERT (SELECT c FROM \"x;y\") = "
        "'back\\slash --' || '> statement-breakpoint; it''s'; ASSERT (SELECT "
        "enum_first(NULL::e)::text) = 'a--' || '> statement-breakpoint'; END $$;");
    row(
        "long names", base,
        [](auto &db) {
            const QString tail(70, u'z');
            tableOf(db, "t").checks << schema::Check{q("c_") + tail, q("true"), {}};
            tableOf(db, "t").indexes << index("i", "id");
            tableOf(db, "t").indexes[0].name = q("i_") + tail;
        },
        rows, "SELECT 1;");
}

void TestHardCases::safely()
{
    schema::Database base;
    base.tables << table("a", {integerKey("integer")});
    base.tables << table("t", {integerKey("integer"), column("n", "integer"), column("s", "text")});
    const char *rows = "INSERT INTO a VALUES (1); INSERT INTO t VALUES (1, 1, '5'), (2, 1, '6');";
    row(
        "NOT NULL, safely", base, [](auto &db) { columnOf(db, "t", "n").notNull = true; }, rows,
        "DO $$ BEGIN ASSERT (SELECT attnotnull FROM pg_attribute WHERE attrelid = 't'::regclass "
        "AND attname = 'n'); ASSERT (SELECT count(*) FROM pg_constraint WHERE conrelid = "
        "'t'::regclass AND contype = 'c') = 0; "
        "END $$;",
        true);
    row(
        "foreign key, check, unique and index, safely", base,
        [](auto &db) {
            tableOf(db, "t").foreignKeys << foreignKey("t_n", "n", "a", "id");
            tableOf(db, "t").checks << schema::Check{q("some"), q("\"s\" <> ''"), {}};
            tableOf(db, "t").uniques << schema::Unique{q("t_s"), {q("s")}, false, {}};
            tableOf(db, "t").indexes << index("t_n_index", "n");
        },
        rows,
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_constraint WHERE conrelid = 't'::regclass AND "
        "convalidated) = 4; ASSERT (SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass "
        "AND indisvalid) = 3; END $$;",
        true);
    row(
        "type, safely", base, [](auto &db) { columnOf(db, "t", "s").type = q("integer"); }, rows,
        "DO $$ BEGIN ASSERT (SELECT sum(s) FROM t) = 11; ASSERT (SELECT count(*) FROM pg_trigger "
        "WHERE NOT tgisinternal) = 0; END $$;",
        true);
    row(
        "type of a table whose parts are larger than itself, safely", base,
        [](auto &db) { columnOf(db, "t", "s").type = q("integer"); },
        "CREATE TABLE part () INHERITS (t) WITH (fillfactor = 10); INSERT INTO part SELECT g, 1, g "
        "FROM generate_series(1, 30000) AS g;",
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM t WHERE s = id) = 30000; END $$;", true);
    row(
        "types that do not come back by their texts, safely", base,
        [](auto &db) {
            columnOf(db, "t", "n").type = q("integer[]");
            columnOf(db, "t", "s").type = q("jsonb");
        },
        rows, "SELECT 1;", true);
    row(
        "primary key, safely", base,
        [](auto &db) {
            columnOf(db, "t", "id").primaryKey = false;
            tableOf(db, "t").primaryKeys << schema::PrimaryKey{q("t_pk"), {q("id"), q("s")}};
            columnOf(db, "t", "s").notNull = true;
        },
        rows,
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_constraint WHERE conname = 't_pk') = 1; END "
        "$$;",
        true);
    row(
        "primary key whose old column takes NULLs then, safely", base,
        [](auto &db) {
            columnOf(db, "t", "id").primaryKey = false;
            columnOf(db, "t", "id").notNull = false;
            columnOf(db, "t", "s").primaryKey = true;
            columnOf(db, "t", "s").notNull = true;
        },
        rows,
        "DO $$ BEGIN ASSERT (SELECT array_agg(attname::text ORDER BY attname) = '{s}' FROM "
        "pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 AND attnotnull); END $$;",
        true);
}

QString TestHardCases::run(const pg::Settings &database, const migrate::Plan &plan)
{
    for (const QStringList &file : files(plan)) {
        const bool together = file.size() > 1;
        QString script = together ? q("BEGIN;") : QString();
        script += file.join(QString());
        script += together ? q("COMMIT;") : QString();
        const QString error = m_server->run(database, script.toUtf8());
        if (!error.isEmpty())
            return error + u'\n' + file.join(u'\n');
    }
    return {};
}

void TestHardCases::thereAndBack()
{
    QFETCH(schema::Database, before);
    QFETCH(schema::Database, after);
    QFETCH(QByteArray, rows);
    QFETCH(QByteArray, afterwards);
    QFETCH(bool, safe);
    const schema::Database nothing;
    const pg::Settings database = m_server->createDatabase(q("hard"));
    const migrate::Plan first = migrate::plan(diff::compare(nothing, before), nothing, before);
    QString error = run(database, first);
    QVERIFY2(error.isEmpty(), qPrintable(error));
    error = rows.isEmpty() ? QString() : m_server->run(database, rows);
    QVERIFY2(error.isEmpty(), qPrintable(error));

    const diff::Difference difference = diff::compare(before, after);
    const migrate::Plan plan = migrate::plan(difference, before, after, {.safe = safe});
    QVERIFY(plan.errors.isEmpty());
    error = run(database, plan);
    QVERIFY2(error.isEmpty(), qPrintable(error));
    QVERIFY(plan.steps.isEmpty() || plan.steps.last().after == after);
    error = m_server->run(database, afterwards);
    QVERIFY2(error.isEmpty(), qPrintable(error + u'\n' + migrate::fileText(plan, false)));

    QString script;
    for (auto step = plan.steps.crbegin(); step != plan.steps.crend(); ++step) {
        for (const migrate::ReverseStatement &back : migrate::reverse(plan, *step))
            script += back.sql + u'\n';
    }
    error = script.isEmpty() ? QString() : m_server->run(database, script.toUtf8());
    QVERIFY2(error.isEmpty(), qPrintable(error + u'\n' + script));
}

void TestHardCases::refusesNamesThatBecomeOne()
{
    const QString tail(63, u'n');
    schema::Database after;
    after.tables << table("t", {column("a", "text"), column("b", "text")});
    after.tables[0].columns[0].name = tail + u'1';
    after.tables[0].columns[1].name = tail + u'2';
    const migrate::Plan plan = migrate::plan(diff::compare({}, after), {}, after);
    QCOMPARE(plan.errors.size(), 1);
    QVERIFY(plan.errors[0].detail.contains(tail));
}

QTEST_GUILESS_MAIN(TestHardCases)
#include "tst_hardcases.moc"
