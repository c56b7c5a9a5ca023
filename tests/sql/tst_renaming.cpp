// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/renaming.h"

#include <QtTest>

/// New names in the definitions that a server writes.
class TestRenaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void relation_data();
    void relation();
    void column_data();
    void column();
    void joinByName();
};

namespace
{
void addRow(const char *name, const char *before, const char *after)
{
    QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after);
}
} // namespace

void TestRenaming::relation_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    addRow("with its columns", "SELECT people.age FROM public.people WHERE people.age > 1",
           "SELECT \"staff\".age FROM \"hr\".\"staff\" WHERE \"staff\".age > 1");
    addRow("under an alias", "SELECT p.age FROM public.people p",
           "SELECT p.age FROM \"hr\".\"staff\" p");
    addRow("another of the name", "SELECT people.age FROM other.people",
           "SELECT people.age FROM other.people");
    addRow("a query of the name", "WITH people AS (SELECT 1 AS age) SELECT people.age FROM people",
           "WITH people AS (SELECT 1 AS age) SELECT people.age FROM people");
    addRow("in a subquery of another",
           "SELECT pets.id FROM public.pets WHERE EXISTS (SELECT 1 FROM public.people WHERE "
           "people.id = pets.owner)",
           "SELECT pets.id FROM public.pets WHERE EXISTS (SELECT 1 FROM \"hr\".\"staff\" WHERE "
           "\"staff\".id = pets.owner)");
    addRow("from inside of a subquery",
           "SELECT people.id FROM public.people WHERE EXISTS (SELECT 1 FROM public.pets WHERE "
           "pets.owner = people.id)",
           "SELECT \"staff\".id FROM \"hr\".\"staff\" WHERE EXISTS (SELECT 1 FROM public.pets "
           "WHERE pets.owner = \"staff\".id)");
    addRow("the whole row, letters of more bytes and constants",
           "SELECT 'people é' AS é, people.* FROM public.people",
           "SELECT 'people é' AS é, \"staff\".* FROM \"hr\".\"staff\"");
    addRow("both parts of a union",
           "SELECT people.id FROM public.people UNION SELECT people.id FROM public.people",
           "SELECT \"staff\".id FROM \"hr\".\"staff\" UNION SELECT \"staff\".id FROM "
           "\"hr\".\"staff\"");
}

void TestRenaming::relation()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto renamed =
        sql::renameRelation(before, {QStringLiteral("public"), QStringLiteral("people")},
                            {QStringLiteral("hr"), QStringLiteral("staff")});
    QVERIFY(renamed);
    QCOMPARE(*renamed, after);
}

void TestRenaming::column_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    addRow("the result keeps its name", "SELECT people.age FROM public.people",
           "SELECT people.\"years\" AS \"age\" FROM public.people");
    addRow("one that has a name", "SELECT people.age AS a FROM public.people",
           "SELECT people.\"years\" AS a FROM public.people");
    addRow("alone", "SELECT age FROM public.people WHERE age > 1",
           "SELECT \"years\" AS \"age\" FROM public.people WHERE \"years\" > 1");
    addRow("under an alias, of another one not",
           "SELECT p.age, q.age AS b FROM public.people p JOIN public.pets q ON q.age = p.age",
           "SELECT p.\"years\" AS \"age\", q.age AS b FROM public.people p JOIN public.pets q ON "
           "q.age = p.\"years\"");
    addRow("inside of a function",
           "SELECT max(people.age) AS m FROM public.people GROUP BY "
           "people.age",
           "SELECT max(people.\"years\") AS m FROM public.people GROUP BY people.\"years\"");
    addRow("what a subquery yields", "SELECT s.age FROM (SELECT people.age FROM public.people) s",
           "SELECT s.age FROM (SELECT people.\"years\" AS \"age\" FROM public.people) s");
}

void TestRenaming::column()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto renamed =
        sql::renameColumn(before, {QStringLiteral("public"), QStringLiteral("people")},
                          QStringLiteral("age"), QStringLiteral("years"));
    QVERIFY(renamed);
    QCOMPARE(*renamed, after);
}

void TestRenaming::joinByName()
{
    const auto renamed = sql::renameColumn(
        QStringLiteral("SELECT a.x FROM public.people a JOIN public.pets b USING (age)"),
        {QStringLiteral("public"), QStringLiteral("people")}, QStringLiteral("age"),
        QStringLiteral("years"));
    QVERIFY(!renamed);
    QCOMPARE(renamed.error().kind, base::ErrorKind::Unsupported);
}

QTEST_GUILESS_MAIN(TestRenaming)
#include "tst_renaming.moc"
