// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/spelling.h"

#include <QTest>

using Form = schema::Default::Form;

class TestSpelling final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void type_data()
    {
        QTest::addColumn<QString>("formatted");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *formatted, const char *expected) {
            QTest::newRow(formatted)
                << QString::fromLatin1(formatted) << QString::fromLatin1(expected);
        };
        row("text", "text");
        row("character varying(40)", "varchar(40)");
        row("character varying", "varchar");
        row("character(2)", "char(2)");
        row("timestamp without time zone", "timestamp");
        row("timestamp(3) without time zone", "timestamp(3)");
        row("timestamp(3) with time zone", "timestamp(3) with time zone");
        row("time without time zone", "time");
        row("numeric(10,2)", "numeric(10, 2)");
        row("numeric(10,0)", "numeric(10)");
        row("interval day to second(3)", "interval day to second(3)");
        row("bit varying(5)", "bit varying(5)");
        row("double precision", "double precision");
    }
    void type()
    {
        QFETCH(QString, formatted);
        QTEST(load::kitType(formatted), "expected");
    }

    void defaultValue_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("type");
        QTest::addColumn<Form>("form");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *expression, const char *type, Form form, const char *text) {
            QTest::newRow(expression)
                << QString::fromLatin1(expression) << QString::fromLatin1(type) << form
                << QString::fromLatin1(text);
        };
        row("now()", "timestamp", Form::Sql, "now()");
        row("true", "boolean", Form::Boolean, "true");
        row("42", "integer", Form::Number, "42");
        row("'-5'::integer", "integer", Form::Number, "-5");
        row("(-5)", "integer", Form::Number, "-5");
        row("'9007199254740993'::bigint", "bigint", Form::Number, "9007199254740993");
        row("1.5", "numeric(10, 2)", Form::Sql, "1.5");
        row("'ok'::text", "text", Form::Sql, "'ok'");
        row("'it''s'::character varying(9)", "varchar(9)", Form::Sql, "'it''s'");
        row("'ok'::public.mood", "mood", Form::Sql, "'ok'");
        row("'{}'::text[]", "text[]", Form::Sql, "'{}'");
        row("'{}'::jsonb", "jsonb", Form::Sql, "'{}'::jsonb");
        row("'now'::text || 'x'::text", "text", Form::Sql, "'now'::text || 'x'::text");
        row("upper('a'::text)", "text", Form::Sql, "upper('a'::text)");
        row("gen_random_uuid()", "uuid", Form::Sql, "gen_random_uuid()");
    }
    void defaultValue()
    {
        QFETCH(QString, expression);
        QFETCH(QString, type);
        QFETCH(Form, form);
        const schema::Default value = load::kitDefault(expression, type);
        QCOMPARE(value.form, form);
        QTEST(value.text, "text");
    }
};

QTEST_GUILESS_MAIN(TestSpelling)
#include "tst_spelling.moc"
