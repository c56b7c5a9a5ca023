// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"

#include <QtTest>

using namespace fixture;
using diff::Kind;

/// What an answer means for others: those that are alike, that have the new name, that name it.
class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAlike_data();
    void partsAlike();
    void intoAPlace_data();
    void intoAPlace();
    void relationsInARow();
    void inQueries_data();
    void inQueries();
};

void TestAnswers::partsAlike_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<Answers>("given");
    QTest::addColumn<QStringList>("expected");
    const auto to = [](const char *from, const char *after) {
        return answer(Kind::Index, name(from), name(after), name("t"));
    };
    // The letters before the dot are the name, those behind it the column.
    QTest::newRow("the other one is like the new one")
        << QStringList{q("a.x"), q("b.y")} << QStringList{q("c.y")} << Answers{to("a", "c")}
        << QStringList{q("rename index public.t.a → public.t.c"), q("drop index public.t.b"),
                       q("drop index public.t.c"), q("add index public.t.c")};
    QTest::newRow("two that are alike, of which one is answered")
        << QStringList{q("a.x"), q("b.x")} << QStringList{q("c.x"), q("d.x")}
        << Answers{to("a", "d")}
        << QStringList{q("rename index public.t.a → public.t.d"),
                       q("rename index public.t.b → public.t.c")};
    QTest::newRow("two that are alike, of which one is dropped")
        << QStringList{q("a.x"), q("b.x")} << QStringList{q("c.x")} << Answers{to("a", "")}
        << QStringList{q("rename index public.t.b → public.t.c"), q("drop index public.t.a")};
    QTest::newRow("two that cannot be told apart")
        << QStringList{q("a.x"), q("b.x")} << QStringList{q("c.x")} << Answers{}
        << QStringList{q("drop index public.t.a"), q("drop index public.t.b"),
                       q("add index public.t.c")};
    QTest::newRow("two answers for one name")
        << QStringList{q("a.x"), q("b.x")} << QStringList{q("c.x")}
        << Answers{to("a", "c"), to("b", "c")}
        << QStringList{q("rename index public.t.a → public.t.c"), q("drop index public.t.b")};
    QTest::newRow("to the name of one that is dropped")
        << QStringList{q("a.x"), q("b.y")} << QStringList{q("b.x")} << Answers{to("a", "b")}
        << QStringList{q("rename index public.t.b → public.t.b_dropped"),
                       q("rename index public.t.a → public.t.b"),
                       q("drop index public.t.b_dropped")};
}

/// Indexes are told apart by their answers first.
void TestAnswers::partsAlike()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    QFETCH(Answers, given);
    const auto databaseOf = [](const QStringList &texts) {
        schema::Database made;
        made.tables << table("t", {key("id"), column("x", "text"), column("y", "text")});
        for (const QString &text : texts)
            made.tables[0].indexes
                << index(qPrintable(text.section(u'.', 0, 0)), qPrintable(text.section(u'.', 1)));
        return made;
    };
    const auto difference = diff::compare(databaseOf(before), databaseOf(after), given);
    QTEST(listOf(difference).split(u'\n'), "expected");
}

void TestAnswers::intoAPlace_data()
{
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<Answers>("given");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<int>("questions");
    const auto to = [](const char *from, const char *after) {
        return answer(Kind::Table, name(from), name(after));
    };
    const QStringList moved{q("rename table public.b → public.b_dropped"),
                            q("rename primary key public.b_dropped.b_pkey → "
                              "public.b_dropped.b_dropped_pkey"),
                            q("rename table public.a → public.b"),
                            q("rename primary key public.b.a_pkey → public.b.b_pkey")};
    QTest::newRow("drops what is there")
        << QStringList{q("b")} << Answers{to("a", "b")}
        << moved + QStringList{q("drop table public.b_dropped")} << 0;
    QTest::newRow("asks whether that is what is new")
        << QStringList{q("b"), q("c")} << Answers{to("a", "b")}
        << moved + QStringList{q("drop table public.b_dropped"), q("add table public.c")} << 1;
    QTest::newRow("which it is not")
        << QStringList{q("b"), q("c")} << Answers{to("a", "b"), to("b", "")}
        << moved + QStringList{q("drop table public.b_dropped"), q("add table public.c")} << 0;
    QTest::newRow("which it is")
        << QStringList{q("b"), q("c")} << Answers{to("a", "b"), to("b", "c")}
        << QStringList{q("rename table public.b → public.c"),
                       q("rename primary key public.c.b_pkey → public.c.c_pkey")} +
               moved.mid(2)
        << 0;
    Answers kept{to("a", "b")};
    kept[0].kept = true;
    QTest::newRow("not by an answer from before")
        << QStringList{q("b")} << kept << QStringList{q("drop table public.a")} << 0;
}

/// A new name that something else has, which is not there any more.
void TestAnswers::intoAPlace()
{
    QFETCH(QStringList, after);
    QFETCH(Answers, given);
    schema::Database from, to;
    from.tables << table("a", {key("id"), column("x", "text")})
                << table("b", {key("id"), column("y", "text")});
    for (const QString &one : after)
        to.tables << table(
            qPrintable(one),
            {key("id"), column(one == q("b") && !given[0].kept ? "x" : "y", "text")});
    const auto difference = diff::compare(from, to, given);
    QTEST(listOf(difference).split(u'\n'), "expected");
    QTEST(int(difference.questions.size()), "questions");
}

/// Each of many tables takes the name of the next, and so do their keys and indexes.
void TestAnswers::relationsInARow()
{
    schema::Database from, to;
    Answers given;
    constexpr int count = 300;
    for (int i = 0; i < count; ++i) {
        const QByteArray now = "t" + QByteArray::number(i);
        const QByteArray next = "t" + QByteArray::number((i + 1) % count);
        for (const auto &[database, own] : {std::pair(&from, now), std::pair(&to, next)}) {
            database->tables << table(own,
                                      {key("id"), column("c" + QByteArray::number(i), "text")});
            database->tables.last().indexes << index(own + "_index", "id");
        }
        given << answer(Kind::Table, name(now), name(next));
    }
    const auto difference = diff::compare(from, to, given);
    QSet<QString> tables, relations;
    for (const schema::Table &one : from.tables) {
        tables << one.name.name;
        relations << one.name.name + q("_pkey") << one.indexes[0].name;
    }
    for (const diff::Change &change : difference.changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        QVERIFY2(rename, qPrintable(diff::describe(change)));
        QSet<QString> &names = rename->kind == Kind::Table ? tables : relations;
        QVERIFY2(names.remove(rename->from.name), qPrintable(diff::describe(change)));
        QVERIFY2(!names.contains(rename->to.name), qPrintable(diff::describe(change)));
        names << rename->to.name;
    }
    QCOMPARE(difference.changes.size(), 3 * (count + 1));
}

void TestAnswers::inQueries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: stays
    const auto row = [](const char *title, const char *text, const char *expected = "") {
        QTest::newRow(title) << q(text) << q(expected);
    };
    // members (org, uid) is renamed of uid to who; the text is about docs (id, org, owner).
    row("alone", "org in (select org from members where uid = 1)",
        "org in (select org from members where who = 1)");
    row("by an alias", "exists (select 1 from members m where m.uid = docs.owner and \"uid\" > 0)",
        "exists (select 1 from members m where m.who = docs.owner and \"who\" > 0)");
    row("by an alias with AS, and its schema",
        "exists (select 1 from public.members as m where public.members.uid = m.uid)",
        "exists (select 1 from public.members as m where public.members.who = m.who)");
    row("joined", "exists (select 1 from docs d join members m on m.org = d.org and uid = 2)",
        "exists (select 1 from docs d join members m on m.org = d.org and who = 2)");
    row("behind a comma", "exists (select from docs d, members where uid = d.owner)",
        "exists (select from docs d, members where who = d.owner)");
    row("from within another query",
        "exists (select from members where exists (select from docs d where d.owner = uid))",
        "exists (select from members where exists (select from docs d where d.owner = who))");
    row("in the second of two queries",
        "owner in (select owner from docs union select uid from members)",
        "owner in (select owner from docs union select who from members)");
    row("not the alias of what is shown", "exists (select org as uid from members)");
    row("not of a function that is called so", "exists (select uid() from members)");
    row("not what is distinct from it", "owner is distinct from uid");
    row("not of another relation with that column", "exists (select from users where uid = 1)");
    row("not where two have it", "exists (select from users, members where uid = 1)");
    row("not by the alias of another one",
        "exists (select from users members where members.uid = 1)");
    row("not of another schema", "exists (select from app.members where app.members.uid = 1)");
    row("not where a relation is unknown", "exists (select from f(1), members where uid = 1)");
    row("not a constant", "exists (select from members where org = E'it\\'s uid')");
    row("not a moment's field", "exists (select extract(uid from org) from members)");
}

/// Columns are found where the server would find them.
void TestAnswers::inQueries()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    schema::Database database;
    database.tables << table("members", {column("org", "text"), column("uid", "uuid")})
                    << table("users", {column("uid", "uuid")})
                    << table("members", {column("uid", "uuid")}, "app")
                    << table("docs", {key("id"), column("org", "text"), column("owner", "uuid")});
    schema::Policy policy;
    policy.name = q("p");
    policy.usingExpression = text;
    database.tables.last().policies << policy;
    const diff::Rename rename{Kind::Column, name("members"), name("uid"), name("who")};
    const schema::Database after = diff::renamed(database, {rename});
    QCOMPARE(*after.tables.last().policies[0].usingExpression,
             expected.isEmpty() ? text : expected);
}

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
