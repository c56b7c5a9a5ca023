// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/descriptions.h"
#include "load/project.h"
#include "writtenfolder.h"

#include <QTest>

/// What the text of a schema says beside its code.
class TestHints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comments_data();
    void comments();
    void descriptions();
    void unreached_data();
    void unreached();
    void relations_data();
    void relations();
};

void TestHints::comments_data()
{
    QTest::addColumn<QByteArray>("source"); // the place is at §, which is taken out
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &source, const char *expected) {
        QTest::newRow(name) << source << QString::fromUtf8(expected);
    };
    row("none", "export const t = §pgTable('t', {});", "");
    row("a line above", "// People.\nexport const t = §pgTable('t', {});", "People.");
    row("two lines above", "// People\n// and others.\nconst t = §pgTable('t', {});",
        "People and others.");
    row("a blank line between", "// People.\n\nexport const t = §pgTable('t', {});", "");
    row("JSDoc", "/**\n * People, and\n *   others.\n * @see x\n */\nexport const t = §pgTable();",
        "People, and others.");
    row("JSDoc in one line", "/** People. */\nexport const t = §pgTable();", "People.");
    row("behind", "export const t = §pgTable('t', {}); // People.", "People.");
    row("behind the line before", "const s = 1; // Not this.\nexport const t = §pgTable('t', {});",
        "");
    row("of the statement before",
        "const s = pgTable('s', { // Not.\n});\nexport const t = "
        "§pgTable('t', {});",
        "");
    row("without semicolons", "const s = pgTable('s', {})\n// This.\nexport const t = §pgTable()",
        "This.");
    row("a column", "pgTable('t', {\n  // The key.\n  id: §text(),\n  b: text() })", "The key.");
    row("a column behind", "pgTable('t', {\n  id: §text(), // The key.\n  b: text() })",
        "The key.");
    row("a column whose neighbour has one",
        "pgTable('t', {\n  id: text(), // The key.\n  b: §text()\n})", "");
    row("a column on two lines", "pgTable('t', {\n  /** The key. */\n  id:\n    §text(),\n})",
        "The key.");
    row("a column behind calls", "({ a: f(x, { y: 1 }),\n  // The key.\n  id: §text() })",
        "The key.");
    row("text that looks like one", "const a = '// no';\nexport const t = §pgTable(`\n// no\n`);",
        "");
    row("an address", "export const t = §pgTable('http://x');", "");
    row("a regular expression", "const r = /[/*]/;\nexport const t = §pgTable(); // Yes.", "Yes.");
    row("for tools",
        "// eslint-disable-next-line x\nexport const t = §pgTable(); // @ts-expect-error", "");
    row("for tools and people", "// People.\n// biome-ignore lint: x\nexport const t = §pgTable();",
        "People.");
    row("code taken out", "({\n  // old: text('old').notNull(),\n  id: §text() })", "");
    row("code taken out behind", "({ id: §text() }) // .notNull(),", "");
    row("a line of dashes", "// ------\n// People\n// ------\nexport const t = §pgTable();",
        "People");
    row("what is not ASCII",
        "({ \xC3\xA4: '\xF0\x9F\x90\x98', /* \xC3\x9C"
        "ber */ id: §text() })",
        "");
    row("what is not ASCII, above",
        "// \xC3\x9C"
        "ber \xF0\x9F\x90\x98\n({ \xC3\xA4: §text() })",
        "");
    row("Windows lines", "// People.\r\nexport const t = §pgTable();\r\n", "People.");
    row("open to the end", "export const t = §pgTable(); /* for ever", "for ever");
}

void TestHints::comments()
{
    QFETCH(QByteArray, source);
    QFETCH(QString, expected);
    const QByteArray mark = "\xC2\xA7";
    const qsizetype offset = source.indexOf(mark);
    source.remove(offset, mark.size());
    const schema::SourceLocation place = load::placeAt(QString(), source, offset);
    const load::Comments comments(source);
    QCOMPARE(comments.at(place.line, place.column), expected);
}

/// Comments reach the parts of a schema through the places that the evaluator notes.
void TestHints::descriptions()
{
    const WrittenFolder folder(
        {{".git", ""},
         {"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './s.ts' };\n"},
         {"s.ts", "import { pgTable, pgEnum, text, index } from 'drizzle-orm/pg-core';\n"
                  "import { shared } from './shared';\n"
                  "/** How people feel. */\n"
                  "export const mood = pgEnum('mood', ['ok']);\n"
                  "// People.\n"
                  "export const people = pgTable(\n"
                  "  'people',\n"
                  "  {\n"
                  "    // The full one.\n"
                  "    name: text().notNull(),\n"
                  "    feels: mood(), // today\n"
                  "    plain: text(),\n"
                  "    ...shared,\n"
                  "  },\n"
                  "  (t) => [\n"
                  "    // for the search\n"
                  "    index('i').on(t.name),\n"
                  "  ],\n"
                  ");\n"},
         {"shared.ts", "import { text } from 'drizzle-orm/pg-core';\n"
                       "export const shared = {\n"
                       "  /** Who made it. */\n"
                       "  by: text(),\n"
                       "};\n"}});
    const auto code = base::await(
        load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), folder.path()));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    const schema::Table &table = code->schema.tables.first();
    QStringList found{code->schema.enums.first().origin.description, table.origin.description};
    for (const schema::Column &column : table.columns)
        found.append(column.origin.description);
    found.append(table.indexes.first().origin.description);
    QCOMPARE(found.join(u'|'), QStringLiteral("How people feel.|People.|The full one.|today||Who "
                                              "made it.|for the search"));
}

void TestHints::unreached_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected"); // file:line name
    const QByteArray pg = "import { pgTable, pgEnum, pgSchema } from 'drizzle-orm/pg-core';\n";
    const QByteArray tables = pg + "export const a = pgTable('a', {});\n"
                                   "// pgTable('no', {})\n"
                                   "export const e = pgEnum('e', ['x']);\n"
                                   "export const b = pgSchema('own').table(\n  'b', {});\n";
    const auto row = [](const char *name, const QByteArray &schema, const Files &files,
                        const char *expected) {
        QTest::newRow(name) << schema << files << QString::fromUtf8(expected);
    };
    row("beside the entry", "db/schema/index.ts",
        {{"db/schema/index.ts", pg}, {"db/schema/more.ts", tables}},
        "db/schema/more.ts:2 a, db/schema/more.ts:4 e, db/schema/more.ts:5 b");
    row("below it", "db/schema/index.ts",
        {{"db/schema/index.ts", pg}, {"db/schema/deep/er/more.ts", pg + "pgTable('x', {});"}},
        "db/schema/deep/er/more.ts:2 x");
    row("reached", "db/schema/index.ts",
        {{"db/schema/index.ts", "export * from './more';\n"}, {"db/schema/more.ts", tables}}, "");
    row("of a test", "db/schema/index.ts",
        {{"db/schema/index.ts", pg}, {"db/schema/more.test.ts", tables}}, "");
    row("in a folder of the application", "src/schema.ts",
        {{"src/schema.ts", pg}, {"src/features/other/tables.ts", tables}}, "");
    row("another database's", "db/schema/index.ts",
        {{"db/schema/index.ts", pg},
         {"db/schema/my.ts", "import { mysqlTable } from 'drizzle-orm/mysql-core';\n"
                             "export const m = mysqlTable('m', {});\n"}},
        "");
    row("in a package", "db/schema/index.ts",
        {{"db/schema/index.ts", pg}, {"db/schema/node_modules/x/more.ts", tables}}, "");
}

void TestHints::unreached()
{
    QFETCH(QByteArray, schema);
    QFETCH(Files, files);
    QFETCH(QString, expected);
    files.insert(".git", "");
    files.insert("drizzle.config.ts",
                 "export default { dialect: 'postgresql', schema: './" + schema + "' };\n");
    const WrittenFolder folder(files);
    const auto code = base::await(
        load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), folder.path()));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QStringList found;
    for (const schema::Problem &problem : code->problems) {
        QCOMPARE(problem.severity, schema::Problem::Severity::Notice);
        if (problem.text.contains(QLatin1String("no file of the schema imports")))
            found.append(QStringLiteral("%1:%2 %3")
                             .arg(problem.location.file)
                             .arg(problem.location.line)
                             .arg(problem.text.section(u' ', 0, 0)));
    }
    QCOMPARE(found.join(QLatin1String(", ")), expected);
}

void TestHints::relations_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected"); // relations, and behind them notices
    const QByteArray tables =
        "import { pgTable, integer } from 'drizzle-orm/pg-core';\n"
        "export const users = pgTable('users', { id: integer().primaryKey() });\n"
        "export const posts = pgTable('posts', { by: integer() });\n";
    const QByteArray relations =
        "import { relations } from 'drizzle-orm';\n"
        "import { users, posts } from './schema';\n"
        "export const r = relations(posts, ({ one }) => ({ by: one(users, { fields: [posts.by], "
        "references: [users.id] }) }));\n";
    const auto row = [](const char *name, const Files &files, const char *expected) {
        QTest::newRow(name) << files << QString::fromUtf8(expected);
    };
    row("beside the schema", {{"db/schema.ts", tables}, {"db/relations.ts", relations}},
        "posts.by>users");
    row("elsewhere by name",
        {{"db/schema.ts", tables},
         {"src/lib/my-relations.ts", QByteArray(relations).replace("./schema", "../../db/schema")}},
        "posts.by>users");
    row("in the folder above",
        {{"db/schema.ts", "export * from './schema/tables';\n"},
         {"db/schema/tables.ts", tables},
         {"db/index.ts", QByteArray(relations).replace("./schema", "./schema/tables")}},
        "posts.by>users");
    row("in the schema as well",
        {{"db/schema.ts", tables + "import { relations } from 'drizzle-orm';\n"
                                   "export const a = relations(users, ({ many }) => ({ posts: "
                                   "many(posts) }));\n"},
         {"db/relations.ts", relations}},
        "users.posts>posts posts.by>users");
    row("the same ones again",
        {{"db/schema.ts", "export * from './tables';\nexport * from './relations';\n"},
         {"db/tables.ts", tables},
         {"db/relations.ts", QByteArray(relations).replace("./schema", "./tables")}},
        "posts.by>users");
    row("of another schema",
        {{"db/schema.ts", tables},
         {"db/other.ts", tables},
         {"db/relations.ts", QByteArray(relations).replace("./schema", "./other")}},
        "");
    row("that throw",
        {{"db/schema.ts", tables}, {"db/relations.ts", relations + "throw new Error('no');\n"}},
        " ! db/relations.ts:4 Error: no");
    row("that cannot be compiled",
        {{"db/schema.ts", tables}, {"db/relations.ts", relations + "const = 1;\n"}},
        " ! db/relations.ts:0 Expected identifier");
    row("to a table that is not in the schema",
        {{"db/schema.ts", tables},
         {"db/x.ts", "import { pgTable, integer } from 'drizzle-orm/pg-core';\nexport const x = "
                     "pgTable('x', { id: integer() });\n"},
         {"db/relations.ts",
          relations + "import { x } from './x';\nexport const s = relations(x, ({ one }) => ({ u: "
                      "one(users, { fields: [x.id], references: [users.id] }) }));\n"}},
        "posts.by>users ! db/relations.ts:5 x");
}

void TestHints::relations()
{
    QFETCH(Files, files);
    QFETCH(QString, expected);
    files.insert(".git", "");
    files.insert("drizzle.config.ts",
                 "export default { dialect: 'postgresql', schema: './db/schema.ts' };\n");
    const WrittenFolder folder(files);
    const auto code = base::await(
        load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), folder.path()));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QStringList found, words;
    for (const schema::Relation &relation : code->schema.relations)
        found.append(relation.table.name + u'.' + relation.name + u'>' + relation.target.name);
    for (const schema::Problem &problem : code->problems) {
        QVERIFY2(problem.severity == schema::Problem::Severity::Notice, qPrintable(problem.text));
        if (problem.location.file == u"db/relations.ts")
            words.append(QStringLiteral("%1:%2 %3")
                             .arg(problem.location.file)
                             .arg(problem.location.line)
                             .arg(problem.text));
    }
    QCOMPARE(found.join(u' '), expected.section(QLatin1String(" ! "), 0, 0));
    const QString notice = expected.section(QLatin1String(" ! "), 1);
    QCOMPARE(words.size(), notice.isEmpty() ? 0 : 1);
    if (!notice.isEmpty()) {
        QVERIFY2(words.first().startsWith(notice.section(u' ', 0, 0)), qPrintable(words.first()));
        QVERIFY2(words.first().contains(notice.section(u' ', 1)), qPrintable(words.first()));
    }
}

QTEST_GUILESS_MAIN(TestHints)
#include "tst_hints.moc"
