// SPDX-License-Identifier: GPL-3.0-or-later
#include "smallproject.h"

#include <QTest>

using testsupport::Files;
using testsupport::SmallProject;
Q_DECLARE_METATYPE(Files)

/// Where each part of a schema is used, and where it is defined when that is in a helper.
class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void places_data();
    void places();
};

namespace
{

const QByteArray pg =
    "import { pgTable, pgTableCreator, pgSchema, pgEnum, customType, pgView, pgSequence, pgRole, "
    "pgPolicy, "
    "integer, text, timestamp, index, unique, check, primaryKey, foreignKey } from "
    "'drizzle-orm/pg-core'; import { sql, relations } from 'drizzle-orm';\n";

/// "name file:line" with " < file:line" for a definition somewhere else.
QString line(const char *kind, const QString &name, const schema::Origin &origin)
{
    QString text = QLatin1String(kind) + u' ' + name + u' ' + testsupport::printed(origin.location);
    if (!origin.definition.file.isEmpty())
        text += QStringLiteral(" < ") + testsupport::printed(origin.definition);
    return text;
}

QString printed(const schema::Database &database)
{
    QStringList lines;
    const auto add = [&](const char *kind, const auto &items) {
        for (const auto &item : items)
            lines.append(line(kind, item.name, item.origin));
    };
    for (const schema::Table &table : database.tables) {
        lines.append(line("table", table.name.name, table.origin));
        add(" column", table.columns);
        add(" index", table.indexes);
        add(" fk", table.foreignKeys);
        add(" pk", table.primaryKeys);
        add(" unique", table.uniques);
        add(" check", table.checks);
        add(" policy", table.policies);
    }
    for (const schema::Enum &type : database.enums)
        lines.append(line("enum", type.name.name, type.origin));
    for (const schema::Sequence &sequence : database.sequences)
        lines.append(line("sequence", sequence.name.name, sequence.origin));
    add("role", database.roles);
    for (const schema::View &view : database.views) {
        lines.append(line("view", view.name.name, view.origin));
        add(" column", view.columns);
    }
    add("relation", database.relations);
    return lines.join(u'\n');
}

} // namespace

void TestPlaces::places_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &schema, const char *expected,
                        const Files &others = {}) {
        Files files = others;
        files.insert("schema.ts", pg + schema);
        QTest::newRow(name) << files << QString::fromUtf8(expected);
    };
    row("a file that was compiled before: its own lines, not those of its source map",
        "export { t } from './compiled.js';\n", "table t compiled.js:2\n column x compiled.js:2",
        {{"compiled.js", "const { pgTable, integer } = require('drizzle-orm/pg-core');\n"
                         "exports.t = pgTable('t', { x: integer() });\n"
                         "//# sourceMappingURL=data:application/json;base64,"
                         "eyJ2ZXJzaW9uIjogMywgInNvdXJjZXMiOiBbIngudHMiXSwgIm5hbWVzIjogW10sICJtYXBwa"
                         "W5ncyI6ICJBQW9DQTtBQUNBO0FBQ0EifQ==\n"}});
    row("written in place",
        "export const a = pgTable(\n  'a',\n  {\n    x: integer(),\n    y: text()\n      "
        ".notNull()\n      .unique(),\n"
        "    z: integer()\n      .references((): any => a.x),\n  },\n  (t) => [\n"
        "    index('i').on(t.x),\n    primaryKey({ columns: [t.x, t.y] }),\n    unique('u')\n      "
        ".on(t.z),\n    check('c', sql`true`),\n    pgPolicy('p'),\n"
        "    foreignKey({ columns: [t.x], foreignColumns: [t.z] }),\n  ],\n);\n",
        "table a schema.ts:2\n column x schema.ts:5\n column y schema.ts:6\n column z "
        "schema.ts:9\n"
        " index i schema.ts:13\n fk a_z_a_x_fk schema.ts:10\n fk a_x_a_z_fk schema.ts:19\n"
        " pk a_x_y_pk schema.ts:14\n unique a_y_unique schema.ts:6\n unique u schema.ts:16\n"
        " check c schema.ts:17\n policy p schema.ts:18");
    row("columns from a callback",
        "export const a = pgTable('a', (t) => ({\n  x: t.integer(),\n}));\n",
        "table a schema.ts:2\n column x schema.ts:3");
    row("a helper in another file",
        "import { timestamps } from './helpers';\nexport const a = pgTable('a', {\n  x: "
        "integer(),\n  ...timestamps(),\n});\n",
        "table a schema.ts:3\n column x schema.ts:4\n column made schema.ts:5 < helpers.ts:3",
        {{"helpers.ts",
          pg + "export const timestamps = () => ({\n  made: timestamp().notNull(),\n});\n"}});
    row("a constant in another file",
        "import { shared } from './helpers';\nexport const a = pgTable('a', {\n  x: integer(),\n"
        "  ...shared,\n});\n",
        "table a schema.ts:3\n column x schema.ts:4\n column made schema.ts:3 < helpers.ts:3",
        {{"helpers.ts", pg + "export const shared = {\n  made: timestamp().notNull(),\n};\n"}});
    row("a helper and a constant in the same file",
        "const id = () => integer().primaryKey();\nconst shared = { s: text() };\n"
        "export const a = pgTable('a', {\n  id: id(),\n  ...shared,\n});\n",
        "table a schema.ts:4\n column id schema.ts:5 < schema.ts:2\n column s schema.ts:4 < "
        "schema.ts:3");
    row("a factory in another file",
        "import { make } from './helpers';\nexport const a = make('a', { own: text() });\n"
        "export const b = make('b', {});\n",
        "table a schema.ts:3 < helpers.ts:3\n column id schema.ts:3 < helpers.ts:4\n column own "
        "schema.ts:3\n index a_i schema.ts:3 < helpers.ts:6\n"
        "table b schema.ts:4 < helpers.ts:3\n column id schema.ts:4 < helpers.ts:4\n"
        " index b_i schema.ts:4 < helpers.ts:6",
        {{"helpers.ts", pg + "export const make = (name: string, more: any) =>\n  pgTable(name, "
                             "{\n    id: integer(),\n    ...more,\n  }, (t) => [index(name + "
                             "'_i').on(t.id)]);\n"}});
    row("a shared callback for indexes",
        "import { indexed } from './helpers';\nexport const a = pgTable('a', { x: integer() }, "
        "indexed);\n"
        "export const b = pgTable('b', { x: integer() }, (t) => [\n  ...indexed(t),\n]);\n",
        "table a schema.ts:3\n column x schema.ts:3\n index i0 schema.ts:3 < helpers.ts:3\n"
        "table b schema.ts:4\n column x schema.ts:4\n index i1 schema.ts:5 < helpers.ts:3",
        {{"helpers.ts", pg + "let n = 0;\nexport const indexed = (t: any) => [index('i' + "
                             "n++).on(t.x)];\n"}});
    row("a loop and a creator",
        "const create = pgTableCreator((name) => 'p_' + name);\n"
        "export const [a, b] = ['a', 'b'].map((name) =>\n  create(name, { x: integer() }));\n",
        "table p_a schema.ts:3 < schema.ts:4\n column x schema.ts:3 < schema.ts:4\n"
        "table p_b schema.ts:3 < schema.ts:4\n column x schema.ts:3 < schema.ts:4");
    row("everything else",
        "export const s = pgSchema('s');\nexport const e = pgEnum('e', ['x']);\nexport const f = "
        "s.enum('f', ['x']);\n"
        "export const q = pgSequence('q');\nexport const r = s.sequence('r');\nexport const o = "
        "pgRole('o');\n"
        "export const a = s.table('a', { x: integer() });\n"
        "export const v = pgView('v', {\n  x: integer(),\n}).as(sql`select 1`);\n"
        "export const ar = relations(a, ({ one }) => ({\n  up: one(a, { fields: [a.x], references: "
        "[a.x] }),\n}));\n",
        "table a schema.ts:8\n column x schema.ts:8\nenum e schema.ts:3\nenum f schema.ts:4\n"
        "sequence q schema.ts:5\nsequence r schema.ts:6\nrole o schema.ts:7\nview v schema.ts:9\n"
        " column x schema.ts:10\nrelation up schema.ts:13");
    row("callbacks that call others",
        "const on = (column: any) => index('i').on(column); let n = 0;\nconst keyed = (t: any) => "
        "[\n"
        "  index('k' + n++).on(t.x),\n];\nexport const a = pgTable('a', { x: integer() }, (t) => "
        "[\n"
        "  on(t.x),\n  ...['m'].map((name) => index(name).on(t.x)),\n"
        "  ...['n'].map((name) => {\n    const it = index(name);\n    return it.on(t.x);\n  }),\n"
        "  ...keyed(t),\n  index('z')\n    .on(\n      t.x,\n    ),\n]);\n"
        "export const b = pgTable('b', { x: integer() }, keyed);\n",
        "table a schema.ts:6\n column x schema.ts:6\n index i schema.ts:7 < schema.ts:2\n"
        " index m schema.ts:8 < schema.ts:8\n index n schema.ts:9 < schema.ts:11\n"
        " index k0 schema.ts:13 < schema.ts:4\n index z schema.ts:15\ntable b schema.ts:19\n"
        " column x schema.ts:19\n index k1 schema.ts:19 < schema.ts:4");
    row("functions that are made",
        "const type = customType<{ data: string }>({ dataType: () => 'citext' });\n"
        "const create = pgTableCreator((name) => 'p_' + name);\n"
        "export const other = pgSchema('other');\n"
        "export const a = create('a', { x: type(),\n  y: type('y').notNull() });\n"
        "export const b = other.table('b', {\n  x: type() });\n",
        "table p_a schema.ts:5\n column x schema.ts:5\n column y schema.ts:6\n"
        "table b schema.ts:7\n column x schema.ts:8");
    row("relations from a helper",
        "import { up } from './helpers';\nexport const a = pgTable('a', { x: integer() });\n"
        "export const ar = relations(a, ({ one }) => ({\n  up: up(one, a),\n}));\n",
        "table a schema.ts:3\n column x schema.ts:3\nrelation up schema.ts:5 < helpers.ts:3",
        {{"helpers.ts", pg + "export const up = (one: any, a: any) =>\n  one(a, { fields: [a.x], "
                             "references: [a.x] });\n"}});
}

void TestPlaces::places()
{
    QFETCH(Files, files);
    QFETCH(QString, expected);
    const SmallProject project(files);
    const auto code = project.code();
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    const QStringList found = printed(code->schema).split(u'\n');
    const QStringList wanted = expected.split(u'\n');
    for (qsizetype i = 0; i < std::min(found.size(), wanted.size()); ++i)
        QCOMPARE(found.at(i), wanted.at(i));
    QCOMPARE(found.size(), wanted.size());
}

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
