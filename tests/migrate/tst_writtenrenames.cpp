// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/writtenrenames.h"

#include <QTest>

namespace
{

/// A table of \a columns, all text, with the key id.
schema::Table table(const schema::Name &name, const QStringList &columns)
{
    schema::Table made;
    made.name = name;
    for (const QString &text : columns) {
        schema::Column column;
        column.name = text;
        column.type = QStringLiteral("text");
        column.primaryKey = text == QLatin1String("id");
        column.notNull = column.primaryKey;
        made.columns << column;
    }
    return made;
}

/// "app.customers(id, name); mood{calm, glad}": tables and enums; without a schema they are in
/// public.
schema::Database databaseOf(const QString &text)
{
    schema::Database database;
    for (const QString &part : text.split(QStringLiteral("; "), Qt::SkipEmptyParts)) {
        const bool isEnum = part.endsWith(u'}');
        const QString name = part.section(isEnum ? u'{' : u'(', 0, 0);
        const QStringList inner =
            part.section(isEnum ? u'{' : u'(', 1).chopped(1).split(QStringLiteral(", "));
        const schema::Name full{name.contains(u'.') ? name.section(u'.', 0, 0) : QString(),
                                name.section(u'.', -1)};
        if (!full.schema.isEmpty() && !database.schemas.contains(full.schema))
            database.schemas << full.schema;
        if (isEnum)
            database.enums << schema::Enum{.name = full, .values = inner, .origin = {}};
        else
            database.tables << table(full, inner);
    }
    return database;
}
} // namespace

/// A migration that is written says itself what it renames.
class TestWrittenRenames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QStringList>("changes");
        const auto row = [](const char *name, const char *before, const char *after,
                            const char *sql, const QStringList &changes) {
            QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after)
                                << QByteArray(sql) << changes;
        };
        row("a column", "t(id, a)", "t(id, b)", "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"b\";",
            {QStringLiteral("rename column public.t.a → public.t.b")});
        row("one of two", "t(id, a, c)", "t(id, b, d)",
            "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"b\";--> statement-breakpoint\n"
            "ALTER TABLE \"t\" ADD COLUMN \"d\" text;--> statement-breakpoint\n"
            "ALTER TABLE \"t\" DROP COLUMN \"c\";",
            {QStringLiteral("rename column public.t.a → public.t.b"),
             QStringLiteral("drop column public.t.c: text"),
             QStringLiteral("add column public.t.d: text")});
        row("dropped and added", "t(id, a)", "t(id, b)",
            "ALTER TABLE \"t\" ADD COLUMN \"b\" text;--> statement-breakpoint\n"
            "ALTER TABLE \"t\" DROP COLUMN \"a\";",
            {QStringLiteral("drop column public.t.a: text"),
             QStringLiteral("add column public.t.b: text")});
        row("a table and its column", "t(id, a)", "u(id, b)",
            "ALTER TABLE \"t\" RENAME TO \"u\";--> statement-breakpoint\n"
            "ALTER TABLE \"u\" RENAME COLUMN \"a\" TO \"b\";",
            {QStringLiteral("rename table public.t → public.u"),
             QStringLiteral("rename primary key public.u.t_pkey → public.u.u_pkey"),
             QStringLiteral("rename column public.u.a → public.u.b")});
        row("to another schema", "t(id, a); app.x(id)", "app.x(id); app.t(id, a)",
            "ALTER TABLE \"t\" SET SCHEMA \"app\";",
            {QStringLiteral("rename table public.t → app.t")});
        row("a value of an enum", "mood{calm, sad}", "mood{calm, glad}",
            "ALTER TYPE \"public\".\"mood\" RENAME VALUE 'sad' TO 'glad';",
            {QStringLiteral("rename enum value public.mood.sad → public.mood.glad")});
        row("what is no SQL", "t(id, a)", "t(id, b)", "This is a note.",
            {QStringLiteral("drop column public.t.a: text"),
             QStringLiteral("add column public.t.b: text")});
    }

    void changes()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QByteArray, sql);
        const migrate::Migration migration{
            .tag = QStringLiteral("0001"), .sql = sql, .hasSql = true};
        QStringList found;
        for (const diff::Change &change :
             migrate::compareWritten(databaseOf(before), databaseOf(after), migration).changes)
            found << diff::describe(change);
        QTEST(found, "changes");
    }
};

QTEST_APPLESS_MAIN(TestWrittenRenames)

#include "tst_writtenrenames.moc"
