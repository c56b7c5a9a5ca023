// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/renames.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using diff::Kind;

namespace
{
QString q(const char *text)
{
    return QString::fromUtf8(text);
}

diff::RenameAnswer answer(const char *text)
{
    const auto parsed = migrate::parseAnswer(q(text));
    return parsed ? *parsed : diff::RenameAnswer();
}

schema::Database contacts(const QStringList &columns)
{
    schema::Database database;
    schema::Table table;
    table.name = {{}, q("contacts")};
    for (const QString &name : columns) {
        schema::Column column;
        column.name = name;
        column.type = q("text");
        table.columns << column;
    }
    database.tables << table;
    return database;
}
} // namespace

class TestRenames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
    void refused_data();
    void refused();
    void options();
    void keeps();
    void branchesMerge();
    void keepsWhatItDoesNotKnow();
    void broken_data();
    void broken();
    void compares();
};

void TestRenames::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical");
    QTest::addColumn<QString>("names"); // table | from | to, with their schemas
    const auto row = [](const char *text, const char *canonical, const char *names) {
        QTest::newRow(text) << q(text) << q(canonical) << q(names);
    };
    row("column:contacts.nickname=alias", "column:public.contacts.nickname=alias",
        "public.contacts | public.nickname | public.alias");
    row("column:auth.users.Name=fullName", "column:auth.users.Name=fullName",
        "auth.users | public.Name | public.fullName");
    row("column:\"a.b\".\"c\"\"d=\".e=\"f g\"", "column:\"a.b\".\"c\"\"d=\".e=\"f g\"",
        "a.b.c\"d= | public.e | public.f g");
    row("column:contacts.fax=", "column:public.contacts.fax=",
        "public.contacts | public.fax | public.");
    row("table:contacts=people", "table:public.contacts=people",
        "public. | public.contacts | public.people");
    row("table:contacts=auth.people", "table:public.contacts=auth.people",
        "public. | public.contacts | auth.people");
    row("table:auth.users=public.users", "table:auth.users=public.users",
        "public. | auth.users | public.users");
    row("table:auth.users=people", "table:auth.users=people", "public. | auth.users | auth.people");
    row("schema:auth=login", "schema:auth=login", "public. | public.auth | public.login");
    row("role:app=service", "role:app=service", "public. | public.app | public.service");
    row("enum:kind=auth.sort", "enum:public.kind=auth.sort", "public. | public.kind | auth.sort");
    row("enum-value:kind.\"a person\"=human", "enum-value:public.kind.\"a person\"=human",
        "public.kind | public.a person | public.human");
    row("view:people=everybody", "view:public.people=everybody",
        "public. | public.people | public.everybody");
    row("sequence:s=t", "sequence:public.s=t", "public. | public.s | public.t");
    row("policy:contacts.own=mine", "policy:public.contacts.own=mine",
        "public.contacts | public.own | public.mine");
    row("index:contacts.a=b", "index:public.contacts.a=b", "public.contacts | public.a | public.b");
    row("primary-key:contacts.a=b", "primary-key:public.contacts.a=b",
        "public.contacts | public.a | public.b");
    row("foreign-key:contacts.a=b", "foreign-key:public.contacts.a=b",
        "public.contacts | public.a | public.b");
    row("unique:contacts.a=b", "unique:public.contacts.a=b",
        "public.contacts | public.a | public.b");
    row("check:contacts.a=b", "check:public.contacts.a=b", "public.contacts | public.a | public.b");
}

void TestRenames::texts()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    const auto parsed = migrate::parseAnswer(text);
    QVERIFY2(parsed, parsed ? "" : qPrintable(base::toLine(parsed.error())));
    QCOMPARE(migrate::answerText(*parsed), canonical);
    QCOMPARE(*migrate::parseAnswer(canonical), *parsed);
    QTEST((QStringList{parsed->table.qualified(), parsed->from.qualified(), parsed->to.qualified()}
               .join(q(" | "))),
          "names");
}

void TestRenames::refused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "contacts=people", "table:contacts", "tables:a=b", "column:a=b", "column:a.b.c.d=e",
          "column:t.a=u.b", "schema:a.b=c", "table:a..b=c", "table:=b", "column:t.=b"})
        QTest::newRow(text) << q(text);
}

void TestRenames::refused()
{
    QFETCH(QString, text);
    const auto parsed = migrate::parseAnswer(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().where, text);
    QVERIFY(!parsed.error().hint.isEmpty());
}

void TestRenames::options()
{
    const auto option = [](const char *from, const char *to) {
        return migrate::renameOption({.kind = Kind::Column,
                                      .table = {{}, q("contacts")},
                                      .from = {{}, q(from)},
                                      .to = {{}, q(to)}});
    };
    QCOMPARE(option("fax", "nickname"), q("--rename column:public.contacts.fax=nickname"));
    QCOMPARE(option("it's", "a.b"), q("--rename 'column:public.contacts.\"it'\\''s\"=\"a.b\"'"));
}

void TestRenames::keeps()
{
    QTemporaryDir folder;
    QVERIFY(migrate::readAnswers(folder.path())->isEmpty());
    QVERIFY(migrate::keepAnswers(folder.path(), {}));
    QVERIFY(!QFile::exists(migrate::answersPath(folder.path())));

    QVERIFY(migrate::keepAnswers(
        folder.path(), {answer("table:contacts=people"), answer("column:contacts.fax=")}));
    QVERIFY(migrate::keepAnswers(folder.path(), {answer("column:contacts.fax=nickname"),
                                                 answer("column:contacts.\"a.b\"=c")}));
    QFile file(migrate::answersPath(folder.path()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()),
             q("{\n"
               "  \"version\": 1,\n"
               "  \"renames\": [\n"
               "    {\"kind\":\"column\",\"from\":\"public.contacts.\\\"a.b\\\"\",\"to\":\"c\"},\n"
               "    {\"kind\":\"column\",\"from\":\"public.contacts.fax\",\"to\":\"nickname\"},\n"
               "    {\"kind\":\"table\",\"from\":\"public.contacts\",\"to\":\"people\"}\n"
               "  ]\n"
               "}\n"));
    const auto read = migrate::readAnswers(folder.path());
    QCOMPARE(read->size(), 3);
    QCOMPARE(read->at(1), answer("column:contacts.fax=nickname"));
}

/// Two branches that add one answer each give lines that git puts together.
void TestRenames::branchesMerge()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(q("meta"));
    QFile file(migrate::answersPath(folder.path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\":1,\"renames\":[{\"kind\":\"table\",\"from\":\"a\",\"to\":\"b\"},"
               "{\"kind\":\"table\",\"from\":\"a\",\"to\":\"c\"}]}");
    file.close();
    const auto read = migrate::readAnswers(folder.path());
    QCOMPARE(read->size(), 2);
    const auto named = [](const char *name) {
        schema::Database database = contacts({q("x"), q("y")});
        database.tables[0].name.name = q(name);
        return database;
    };
    for (const char *name : {"b", "c"})
        QVERIFY(diff::compare(named("a"), named(name), *read).questions.isEmpty());
}

void TestRenames::keepsWhatItDoesNotKnow()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(q("meta"));
    QFile file(migrate::answersPath(folder.path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "{\"version\":1,\"more\":[1,2],\"renames\":[{\"kind\":\"function\",\"from\":\"f\","
        "\"to\":\"g\"},{\"kind\":\"table\",\"from\":\"public.a\",\"to\":\"b\",\"by\":\"me\"}]}");
    file.close();
    QVERIFY(migrate::keepAnswers(folder.path(), {answer("table:a=c")}));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()),
             q("{\n"
               "  \"version\": 1,\n"
               "  \"more\": [1,2],\n"
               "  \"renames\": [\n"
               "    {\"kind\":\"function\",\"from\":\"f\",\"to\":\"g\"},\n"
               "    {\"kind\":\"table\",\"from\":\"public.a\",\"to\":\"c\",\"by\":\"me\"}\n"
               "  ]\n"
               "}\n"));
}

void TestRenames::broken_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("cut off") << QByteArray("{\"version\":1,");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no version") << QByteArray("{}");
    QTest::newRow("a newer one") << QByteArray("{\"version\":2}");
}

void TestRenames::broken()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(q("meta"));
    QFile file(migrate::answersPath(folder.path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto read = migrate::readAnswers(folder.path());
    QVERIFY(!read);
    QVERIFY(read.error().where.startsWith(file.fileName()));
    QVERIFY(!migrate::keepAnswers(folder.path(), {answer("table:a=c")}));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void TestRenames::compares()
{
    const schema::Database before = contacts({q("id"), q("fax"), q("note")});
    const schema::Database after = contacts({q("id"), q("nickname"), q("remark")});
    const auto open = migrate::compareAnswered(before, after, {}, {});
    QCOMPARE(open->difference.questions.size(), 4);

    const auto some =
        migrate::compareAnswered(before, after, {answer("column:contacts.fax=nickname")},
                                 {.renames = {q("column:contacts.note=")}});
    QVERIFY(some->difference.questions.isEmpty());
    QCOMPARE(some->difference.changes.size(), 3);
    QCOMPARE(some->given, QList{answer("column:contacts.note=")});

    const auto drops = migrate::compareAnswered(before, after, {}, {.acceptDrops = true});
    QVERIFY(drops->difference.questions.isEmpty());
    QCOMPARE(drops->given.size(), 2);

    const auto wrong = migrate::compareAnswered(before, after, {},
                                                {.renames = {q("column:contacts.fix=nickname")}});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().where, q("column:public.contacts.fix=nickname"));
}

QTEST_GUILESS_MAIN(TestRenames)
#include "tst_renames.moc"
