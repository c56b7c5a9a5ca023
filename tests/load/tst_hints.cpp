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

QTEST_GUILESS_MAIN(TestHints)
#include "tst_hints.moc"
