// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/triggerbody.h"

#include <QTest>

/// Which trigger functions do nothing but set columns of the new row.
class TestTriggerBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void takesTextsOnly();
};

void TestTriggerBody::reads_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected"); // expressions, or a part of the refusal
    const auto row = [](const char *body, const char *expected) {
        QTest::newRow(body) << QString::fromLatin1(body) << QString::fromLatin1(expected);
    };
    const char *const more = "more than to set columns";
    row("begin return new; end", "");
    row("begin new.updated_at := now(); return new; end", "SELECT  now()");
    row("BEGIN NEW.\"updatedAt\" = now(); RETURN NEW; END;", "SELECT  now()");
    row("<<f>> begin begin new.a := 1; end; return old; end", "SELECT  1");
    row("begin if new is distinct from old then new.a := 1; elsif tg_op = 'INSERT' then new.b := "
        "2; "
        "else new.c := 3; end if; return new; end",
        "SELECT new is distinct from old|SELECT tg_op = 'INSERT'|SELECT  2|SELECT  1|SELECT  3");
    row("begin new.a := max(name) from others; return new; end", "SELECT  max(name) from others");
    row("begin return null; end", "");
    row("begin null; return new; end", "");
    row("begin new := spy(); return new; end", more);
    row("begin old.a := 1; return new; end", more);
    row("begin new.a[1] := 1; return new; end", more);
    row("begin return spy(); end", "another row than NEW");
    row("begin return (select o from others o limit 1); end", "another row than NEW");
    row("begin perform spy(); return new; end", more);
    row("begin update others set a = 1; return new; end", more);
    row("begin insert into log values (new.id); return new; end", more);
    row("begin execute 'drop table x'; return new; end", more);
    row("begin select 1 into new.a; return new; end", "variables of its own");
    row("begin raise notice '%', spy(); return new; end", more);
    row("begin raise exception 'no'; end", more);
    row("begin assert spy(); return new; end", more);
    row("begin call spy(); return new; end", more);
    row("begin commit; return new; end", more);
    row("begin loop exit; end loop; return new; end", more);
    row("begin while true loop new.a := 1; end loop; return new; end", more);
    row("begin case when true then new.a := 1; end case; return new; end", more);
    row("begin for x in 1..spy() loop new.a := 1; end loop; return new; end",
        "variables of its own");
    row("begin notify x; return new; end", more);
    row("begin get diagnostics new.a = row_count; return new; end", more);
    row("begin new.a := 1; return new; exception when others then return old; end",
        "variables of its own");
    row("declare x int := spy(); begin new.a := 1; return new; end", "variables of its own");
    row("declare x int; begin new.a := 1; return new; end", "variables of its own");
    row("declare c cursor for select 1; begin return new; end", "variables of its own");
    row("declare new int; begin return new; end", "variables of its own");
    row("declare a alias for new; begin a.x := 1; return new; end", more);
    row("begin if spy() then perform 1; end if; return new; end", more);
    row("begin if true then null; else delete from others; end if; return new; end", more);
    row("begin if true then null; elsif true then delete from others; end if; return new; end",
        more);
    row("begin this is no plpgsql end", "cannot be read");
}

void TestTriggerBody::reads()
{
    QFETCH(QString, body);
    QFETCH(QString, expected);
    const auto found = sql::newRowExpressions(
        QStringLiteral(
            "CREATE OR REPLACE FUNCTION public.f()\n RETURNS trigger\n LANGUAGE plpgsql\n "
            "SECURITY DEFINER\n SET search_path TO ''\nAS $function$ %1 $function$\n")
            .arg(body));
    const QString given = found ? found->join(u'|') : found.error().text;
    QVERIFY2(given == expected || (!found && given.contains(expected) && !expected.isEmpty()),
             qPrintable(given));
}

void TestTriggerBody::takesTextsOnly()
{
    QVERIFY(!sql::newRowExpressions({}));
    QVERIFY(!sql::newRowExpressions(QStringLiteral("SELECT 1")));
    const QString one = QStringLiteral(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$");
    QVERIFY(sql::newRowExpressions(one));
    QVERIFY(!sql::newRowExpressions(one + u';' + one));
    QVERIFY(!sql::newRowExpressions(QString(100'000, u' ') + one));
}

QTEST_APPLESS_MAIN(TestTriggerBody)
#include "tst_triggerbody.moc"
