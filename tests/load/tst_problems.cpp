// SPDX-License-Identifier: GPL-3.0-or-later
#include "smallproject.h"

#include <QTest>

using testsupport::Files;
using testsupport::SmallProject;
Q_DECLARE_METATYPE(Files)

/// What cannot be read costs the smallest part of the schema that can be left out, and is said with
/// its place.
class TestProblems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parts_data();
    void parts();
    void standIns_data();
    void standIns();
    void relations_data();
    void relations();
    void files_data();
    void files();
    void refused_data();
    void refused();
};

namespace
{

const QByteArray pg = "import { pgTable, pgEnum, integer, text, index, unique, check, primaryKey, "
                      "foreignKey, pgPolicy, pgView, pgSchema } from 'drizzle-orm/pg-core';\n"
                      "import { sql, relations } from 'drizzle-orm';\n"
                      "import * as other from 'other';\n";

/// "t(a,b) i:name fk:name …": which parts are there.
QString printed(const schema::Database &database)
{
    QStringList lines;
    for (const schema::Table &table : database.tables) {
        QStringList columns;
        for (const schema::Column &column : table.columns)
            columns.append(column.name);
        QString line = table.name.name + u'(' + columns.join(u',') + u')';
        const auto add = [&](const char *kind, const auto &items) {
            for (const auto &item : items)
                line += u' ' + QLatin1String(kind) + u':' + item.name;
        };
        add("i", table.indexes);
        add("fk", table.foreignKeys);
        add("pk", table.primaryKeys);
        add("u", table.uniques);
        add("c", table.checks);
        add("p", table.policies);
        lines.append(line);
    }
    for (const schema::Enum &type : database.enums)
        lines.append(QStringLiteral("enum ") + type.name.name + u' ' + type.values.join(u'|'));
    for (const schema::View &view : database.views)
        lines.append(QStringLiteral("view ") + view.name.name);
    for (const schema::Relation &relation : database.relations)
        lines.append(relation.table.name + u'.' + relation.name);
    return lines.join(u'\n');
}

void compare(const Files &files, const QString &schema, const QString &problems)
{
    const SmallProject project(files);
    const auto code = project.code();
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QCOMPARE(testsupport::printed(code->problems), problems);
    QCOMPARE(printed(code->schema), schema);
}

/// Rows of one schema file behind the imports, whose first line is number 4.
void addRows()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("problems");
}

void row(const char *name, const QByteArray &schema, const char *expected, const char *problems)
{
    QTest::newRow(name) << schema << QString::fromUtf8(expected) << QString::fromUtf8(problems);
}

void compareRow()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, expected);
    QFETCH(QString, problems);
    compare({{"schema.ts", pg + schema}}, expected, problems);
}

} // namespace

void TestProblems::parts_data()
{
    addRows();
    row("a foreign key to nothing",
        "export const a = pgTable('a', { id: integer().references(() => (b as any).id), n: "
        "integer() });\n"
        "const b = undefined;\n",
        "a(id,n)",
        "error schema.ts:4 A foreign key of a points at nothing: TypeError: b is undefined");
    row("a foreign key to no column",
        "export const b = pgTable('b', { id: integer() });\n"
        "export const a = pgTable('a', {\n"
        "  id: integer().references(() => b.id),\n"
        "  n: integer()\n    .references(() => (b as any).nope),\n"
        "});\n",
        "a(id,n) fk:a_id_b_id_fk\nb(id)",
        "error schema.ts:8 A foreign key of a points at a column that is not there");
    row("a composite key to nothing next to an index",
        "export const a = pgTable('a', { x: integer(), y: integer() }, (t) => [\n"
        "  index('i').on(t.x),\n"
        "  foreignKey({ columns: [t.x, t.y], foreignColumns: [undefined, undefined] as any }),\n"
        "]);\n",
        "a(x,y) i:i", "error schema.ts:6 A foreign key of a points at a column that is not there");
    row("a foreign key to a table that is not exported",
        "const b = pgTable('b', { id: integer() });\n"
        "export const a = pgTable('a', { id: integer().references(() => b.id) });\n",
        "a(id) fk:a_id_b_id_fk",
        "error schema.ts:5 A foreign key of a points at b, a table that no schema file exports");
    row("a foreign key to a table of another program's schema",
        "const b = pgSchema('other').table('b', { id: integer() });\n"
        "export const a = pgTable('a', { id: integer().references(() => b.id) });\n",
        "a(id) fk:a_id_b_id_fk",
        "notice schema.ts:5 A foreign key of a points at other.b, a table of a schema that the "
        "project does not export: it has to be there already");
    row("a foreign key to a forgotten table of a schema that is exported",
        "export const other = pgSchema('other');\n"
        "const b = other.table('b', { id: integer() });\n"
        "export const a = pgTable('a', { id: integer().references(() => b.id) });\n",
        "a(id) fk:a_id_b_id_fk",
        "error schema.ts:6 A foreign key of a points at other.b, a table that no schema file "
        "exports");
    row("a foreign key to a forgotten table of a schema in use",
        "const other = pgSchema('other');\n"
        "const b = other.table('b', { id: integer() });\n"
        "export const a = other.table('a', { id: integer().references(() => b.id) });\n",
        "a(id) fk:a_id_b_id_fk",
        "error schema.ts:6 A foreign key of a points at other.b, a table that no schema file "
        "exports");
    row("extras that throw",
        "export const a = pgTable('a', { x: integer() }, (t) => [\n"
        "  index('i').on((t as any).y.desc()),\n]);\n",
        "a(x)",
        "error schema.ts:5 The indexes and constraints of a cannot be read and are left out: "
        "TypeError: t.y is undefined");
    row("one bad index",
        "export const a = pgTable('a', { x: integer() }, (t) => [\n"
        "  index('i').on(t.x),\n  index().on(sql`lower(x)`),\n  index('j').on(t.x),\n]);\n",
        "a(x) i:i i:j", "error schema.ts:6 An index of a on an expression has no name");
    row("a default that cannot be read",
        "export const a = pgTable('a', {\n  x: integer(),\n"
        "  y: text().default(sql`${'a'}`),\n"
        "}, (t) => [index('i').on(t.x, t.y), index('j').on(t.x), unique('u').on(t.y)]);\n",
        "a(x) i:j",
        "error schema.ts:6 The SQL default of a.y holds a parameter, which drizzle-kit refuses\n"
        "error schema.ts:7 i is left out, because the column a.y is\n"
        "error schema.ts:7 unique constraint is left out, because the column a.y is");
    row("two indexes of one name",
        "export const a = pgTable('a', { a: text() }, (t) => [index('i').on(t.a)]);\n"
        "export const b = pgTable('b', { a: text() }, (t) => [index('i').on(t.a)]);\n",
        "a(a) i:i\nb(a)",
        "error schema.ts:5 Index i of b has a name that another index of the schema has");
    row("two unique constraints of one name",
        "export const a = pgTable('a', { a: text().unique('u'), b: text() }, (t) => [\n"
        "  unique('u').on(t.b),\n]);\n",
        "a(a,b) u:u", "error schema.ts:5 Unique constraint u appears twice in a");
    row("two checks of one name",
        "export const a = pgTable('a', { a: text() }, (t) => [\n"
        "  check('c', sql`true`),\n  check('c', sql`false`),\n]);\n",
        "a(a) c:c", "error schema.ts:6 Check c appears twice in a");
    row("two policies of one name",
        "export const a = pgTable('a', { a: text() }, (t) => [\n"
        "  pgPolicy('p'),\n  pgPolicy('p', { for: 'select' }),\n]);\n",
        "a(a) p:p", "error schema.ts:6 Policy p appears twice on a");
    row("two views of one name",
        "export const v = pgView('v', { a: text() }).as(sql`select 1`);\n"
        "export const w = pgView('v', { a: text() }).as(sql`select 2`);\n",
        "view v", "error schema.ts:5 View v appears twice");
    row("two tables of one name",
        "export const a = pgTable('t', { a: text() });\n"
        "export const b = pgTable('u', { a: text() });\n"
        "export const c = pgTable('t', { c: text() });\n",
        "t(c)\nu(a)",
        "error schema.ts:4 t is declared again as c, which takes the place of this declaration\n"
        "error schema.ts:6 t is already declared as a; this declaration takes its place");
    row("two enums of one name",
        "export const a = pgEnum('e', ['x']);\nexport const b = pgEnum('e', ['y']);\n", "enum e y",
        "error schema.ts:4 e is declared again as b, which takes the place of this declaration\n"
        "error schema.ts:5 e is already declared as a; this declaration takes its place");
    row("an enum that is not exported",
        "const mood = pgEnum('mood', ['ok']);\n"
        "export const a = pgTable('a', { m: mood() });\n",
        "a(m)",
        "notice schema.ts:4 Enum mood is declared and not exported: drizzle-kit does not create "
        "it");
    row("changes that do no harm",
        "(globalThis as any).sluiceEvaluate = () => 'x';\n"
        "(Error as any).prepareStackTrace = () => '';\n"
        "(BigInt.prototype as any).toJSON = () => 'big';\n"
        "(String.prototype as any).own = function () { return this + '_own'; };\n"
        "const name = (0, eval)(\"'e'\") + new Function('return 1')();\n"
        "export const t = pgTable(name, { a: text() }, (t) => [index(('i' as "
        "any).own()).on(t.a)]);\n",
        "e1(a) i:i_own", "");
    row("a check with a value",
        "export const a = pgTable('a', { a: text() }, (t) => [\n"
        "  check('c', sql`${t.a} <> ${'x'}`),\n]);\n",
        "a(a) c:c",
        "notice schema.ts:5 The SQL of a holds a parameter ($1), which a database does not accept "
        "in a definition");
}

void TestProblems::parts()
{
    compareRow();
}

void TestProblems::standIns_data()
{
    addRows();
    row("as a name",
        "export const t = pgTable(other.names.table, {});\nexport const u = "
        "pgTable('u', {});\n",
        "u()",
        "error schema.ts:4 other.names.table lands in the schema (t), but its package is not "
        "evaluated");
    row("in a text of a default",
        "export const t = pgTable('t', { a: text().default(`${other.prefix}_x`), b: text() });\n",
        "t(b)",
        "error schema.ts:4 other.prefix lands in the schema (t.a), but its package is not "
        "evaluated");
    row("as a default", "export const t = pgTable('t', { a: integer().default(other.n) });\n",
        "t()",
        "error schema.ts:4 other.n lands in the schema (t.a), but its package is not evaluated");
    row("as a column", "export const t = pgTable('t', { a: other.column(), b: text() });\n", "t(b)",
        "error schema.ts:4 other.column().build() lands in the schema (t.a), but its package is "
        "not "
        "evaluated");
    row("spread into the columns",
        "export const t = pgTable('t', { a: text(), ...other.columns });\n", "",
        "error schema.ts:4 other.columns lands in the schema (t), but its package is not "
        "evaluated");
    row("as an index",
        "export const t = pgTable('t', { a: text() }, (t) => [index('i').on(t.a), "
        "other.index('x')]);\n",
        "t(a) i:i",
        "error schema.ts:4 other.index() lands in the schema (t), but its package is not "
        "evaluated");
    row("spread into the indexes",
        "export const t = pgTable('t', { a: text() }, (t) => [...other.all, "
        "index('i').on(t.a)]);\n",
        "t(a) i:i",
        "error schema.ts:4 other.all.[] lands in the schema (t), but its package is not "
        "evaluated");
    row("computed into a default",
        "export const t = pgTable('t', { a: integer().default(other.n * 2), b: text() });\n",
        "t(b)",
        "error schema.ts:4 other.n lands in the schema (t.a), but its package is not evaluated");
    row("computed into a type",
        "export const t = pgTable('t', { a: require('drizzle-orm/pg-core').char({ length: other.n "
        "- 1 }), b: text() });\n",
        "t(b)",
        "error schema.ts:4 other.n lands in the schema (t.a), but its package is not evaluated");
    row("as the count of enum values",
        "export const e = pgEnum('e', Array.from({ length: other.n }, (_, i) => `v${i}`) as "
        "any);\n",
        "", "error schema.ts:4 other.n lands in the schema (e), but its package is not evaluated");
    row("compared as a number",
        "export const t = pgTable('t', other.n > 1 ? { a: text() } : { b: text() });\n", "t(b)",
        "notice schema.ts:4 other.n is computed with as a number, and its package is not "
        "evaluated: what is counted or compared by it may be wrong");
    row("as the target of a key",
        "export const t = pgTable('t', { a: integer().references(() => other.users.id) });\n",
        "t(a)",
        "error schema.ts:4 other.users.id.table lands in the schema (t), but its package is not "
        "evaluated");
    row("as the columns of an index",
        "export const t = pgTable('t', { a: text() }, (t) => [index('i').on(other.column)]);\n",
        "t(a)",
        "error schema.ts:4 other.column.name lands in the schema (t), but its package is not "
        "evaluated");
    row("in the SQL of a check",
        "export const t = pgTable('t', { a: text() }, (t) => [\n"
        "  check('c', sql.raw(`a = ${other.x}`)),\n  check('d', sql`a = ${other.x}`),\n]);\n",
        "t(a)",
        "error schema.ts:5 other.x lands in the schema (t), but its package is not evaluated\n"
        "error schema.ts:6 other.x lands in the schema (t), but its package is not evaluated");
    row("as enum values", "export const e = pgEnum('e', other.values);\n", "",
        "error schema.ts:4 other.values.* lands in the schema (e), but its package is not "
        "evaluated");
    row("spread into enum values", "export const e = pgEnum('e', ['a', ...other.values]);\n", "",
        "error schema.ts:4 other.values.[] lands in the schema (e), but its package is not "
        "evaluated");
    row("everything of a package, exported again",
        "export const t = pgTable('t', {});\nexport * from '@acme/tables';\n", "t()",
        "error schema.ts The schema re-exports all of @acme/tables, a package that is not "
        "evaluated: tables in it would be lost");
    row("used, and not in the schema",
        "import pino from 'pino';\nimport { readFileSync } from 'fs';\n"
        "import { createId } from '@paralleldrive/cuid2';\n"
        "const log = pino();\nlog.info('x');\nlog.info('y');\n"
        "try { fetch('http://localhost'); } catch {}\n"
        "readFileSync('x');\n"
        "export const t = pgTable('t', { a: text().$defaultFn(() => createId()) });\n",
        "t(a)",
        "notice schema.ts:7 pino is used, but Sluice does not evaluate it; none of its values is "
        "in the schema, and conditions on it may turn out differently\n"
        "notice schema.ts:10 fetch is used, but Sluice does not evaluate it; none of its values is "
        "in the schema, and conditions on it may turn out differently\n"
        "notice schema.ts:11 fs is used, but Sluice does not evaluate it; none of its values is "
        "in the schema, and conditions on it may turn out differently");
    row("a file's text as a default",
        "import { readFileSync } from 'node:fs';\n"
        "export const t = pgTable('t', { a: text().default(readFileSync('x', 'utf8')) });\n",
        "t()",
        "error schema.ts:5 node:fs.readFileSync() lands in the schema (t.a), but its package is "
        "not evaluated");
}

void TestProblems::standIns()
{
    compareRow();
}

void TestProblems::relations_data()
{
    addRows();
    const QByteArray tables = "export const us = pgTable('us', { id: integer(), p: integer() });\n"
                              "export const ps = pgTable('ps', { id: integer(), u: integer() });\n";
    const char *both = "ps(id,u)\nus(id,p)"; // exports come in the order of their names
    const auto with = [&](const char *name, const QByteArray &code, const char *found,
                          const char *problems) {
        row(name, tables + code, (QByteArray(both) + found).constData(), problems);
    };
    with("good",
         "export const r = relations(us, ({ many }) => ({ ps: many(ps) }));\n"
         "export const s = relations(ps, ({ one }) => ({ u: one(us, { fields: [ps.u], references: "
         "[us.id] }) }));\n",
         "\nus.ps\nps.u", "");
    with("lengths",
         "export const s = relations(ps, ({ one }) => ({\n"
         "  u: one(us, { fields: [ps.u, ps.id], references: [us.id] } as any),\n"
         "  v: one(us, { fields: [ps.u], references: [us.id] }),\n}));\n",
         "\nps.v", "error schema.ts:7 The relation ps.u has 2 fields and 1 references");
    with("a column of another table",
         "export const s = relations(ps, ({ one }) => ({\n"
         "  u: one(us, { fields: [us.p], references: [us.id] } as any),\n}));\n",
         "", "error schema.ts:7 The relation ps.u names the column p, which is not a column of ps");
    with("no column",
         "export const s = relations(ps, ({ one }) => ({\n"
         "  u: one(us, { fields: [(ps as any).nope], references: [us.id] } as any),\n}));\n",
         "",
         "error schema.ts:7 The relation ps.u cannot be read and is left out: TypeError: f is "
         "undefined");
    with("a target without the column",
         "export const s = relations(ps, ({ one }) => ({\n"
         "  u: one(us, { fields: [ps.u], references: [(us as any).nope] }),\n}));\n",
         "", "error schema.ts:7 The relation ps.u names something that is no column");
    with("no way back", "export const r = relations(us, ({ many }) => ({ ps: many(ps) }));\n",
         "\nus.ps",
         "error schema.ts:6 The relation us.ps has no columns, and ps has no relation back that "
         "has them: a query cannot follow it");
    with("two ways back",
         "export const r = relations(us, ({ many }) => ({ ps: many(ps) }));\n"
         "export const s = relations(ps, ({ one }) => ({\n"
         "  u: one(us, { fields: [ps.u], references: [us.id] }),\n"
         "  v: one(us, { fields: [ps.id], references: [us.id] }),\n}));\n",
         "\nus.ps\nps.u\nps.v",
         "error schema.ts:6 The relation us.ps has several relations of ps as its other side: a "
         "query cannot follow it");
    with("a target that is not exported",
         "const hidden = pgTable('hidden', { id: integer() });\n"
         "export const s = relations(ps, ({ one }) => ({\n"
         "  h: one(hidden, { fields: [ps.u], references: [hidden.id] }),\n}));\n",
         "",
         "error schema.ts:8 The relation ps.h needs the table hidden, which is not in the schema\n"
         "notice schema.ts:6 Table hidden is declared and not exported: drizzle-kit does not see "
         "it");
    with("one that throws",
         "export const s = relations(ps, ({ one }) => ({\n"
         "  u: one(us, { fields: [ps.u], references: [us.id] }),\n"
         "  v: one(undefined as any, { fields: [ps.u], references: [us.id] }),\n}));\n",
         "\nps.u",
         "error schema.ts:8 The relation ps.v cannot be read and is left out: TypeError: "
         "referencedTable is undefined");
    with("all throw",
         "export const r = relations(us, () => {\n  throw new RangeError('no');\n});\n"
         "export const s = relations(ps, ({ one }) => ({ u: one(us, { fields: [ps.u], references: "
         "[us.id] }) }));\n",
         "\nps.u", "error schema.ts:7 Relations cannot be read and are left out: RangeError: no");
}

void TestProblems::relations()
{
    compareRow();
}

void TestProblems::files_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("problems");
    const QByteArray folder =
        "export default { dialect: 'postgresql', schema: './schema/*.ts' };\n";
    const QByteArray table = "import { pgTable } from 'drizzle-orm/pg-core';\n"
                             "export const t = pgTable('t', {});\n";
    QTest::newRow("one of several throws")
        << Files{{"drizzle.config.ts", folder},
                 {"schema/a.ts", "interface A { a: 1 }\n\nthrow new TypeError('no way');\n"},
                 {"schema/b.ts", table}}
        << QStringLiteral("t()")
        << QStringLiteral("error schema/a.ts:3 schema/a.ts throws when it is loaded, and what it "
                          "declares from there on is left out: TypeError: no way");
    QTest::newRow("one of several throws behind its table")
        << Files{{"drizzle.config.ts", folder},
                 {"schema/a.ts", "import { pgTable } from 'drizzle-orm/pg-core';\n"
                                 "export const a = pgTable('a', {});\nthrow 'no';\n"},
                 {"schema/b.ts", table}}
        << QStringLiteral("a()\nt()")
        << QStringLiteral("error schema/a.ts schema/a.ts throws when it is loaded, and what it "
                          "declares from there on is left out: no");
    QTest::newRow("a class with a package's decorators")
        << Files{{"tsconfig.json", "{ \"compilerOptions\": { \"experimentalDecorators\": true } }"},
                 {"schema.ts", "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                               "import { Entity, IsText } from 'decorators';\n"
                               "@Entity({ name: 't' })\nexport class T {\n"
                               "  @IsText() a = '';\n  @IsText b() {}\n"
                               "  static columns = { a: text() };\n}\n"
                               "export const t = pgTable('t', T.columns);\n"}}
        << QStringLiteral("t(a)")
        << QStringLiteral("notice schema.ts:5 decorators is used, but Sluice does not evaluate it; "
                          "none of its values is in the schema, and conditions on it may turn out "
                          "differently");
    QTest::newRow("an alias that nothing explains")
        << Files{{"schema.ts", "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                               "import { id } from '~~/shared/id';\n"
                               "export const t = pgTable('t', { id: id(), a: text() });\n"}}
        << QStringLiteral("t(a)")
        << QStringLiteral("error schema.ts:3 ~~/shared/id.id().build() lands in the schema (t.id), "
                          "and no tsconfig.json says which file that is");
    QTest::newRow("SvelteKit's own alias before its tsconfig.json is made")
        << Files{{"tsconfig.json", "{ \"extends\": \"./.svelte-kit/tsconfig.json\" }"},
                 {"src/lib/db/schema.ts", "import { pgTable } from 'drizzle-orm/pg-core';\n"
                                          "import { columns } from '$lib/columns';\n"
                                          "export const t = pgTable('t', columns);\n"},
                 {"src/lib/columns.ts", "import { text } from 'drizzle-orm/pg-core';\n"
                                        "export const columns = { a: text() };\n"},
                 {"drizzle.config.ts", "export default { dialect: 'postgresql', schema: "
                                       "'./src/lib/db/schema.ts' };\n"}}
        << QStringLiteral("t(a)") << QString();
    QTest::newRow("what one of several imports throws")
        << Files{{"drizzle.config.ts", folder},
                 {"schema/a.ts", "import '../lib';\n"},
                 {"lib.ts", "\nconst x: any = undefined;\nx.y;\n"},
                 {"schema/b.ts", table}}
        << QStringLiteral("t()")
        << QStringLiteral("error lib.ts:3 lib.ts throws when it is loaded, and what it "
                          "declares from there on is left out: TypeError: x is undefined");
    const QByteArray one = "export default { dialect: 'postgresql', schema: './schema.ts' };\n";
    QTest::newRow("an import that throws costs no table but its own")
        << Files{{"schema.ts", "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                               "import { limits } from './settings';\n"
                               "export const t = pgTable('t', { a: text() });\n"
                               "export const u = pgTable(limits.name, { a: text() });\n"},
                 {"settings.ts", "import { z } from 'zod';\n"
                                 "export const limits = z.object({ NAME: z.string() })"
                                 ".parse(process.env);\n"}}
        << QStringLiteral("t(a)")
        << QStringLiteral(
               "error settings.ts:2 settings.ts throws when it is loaded, and what it "
               "declares from there on is left out: ZodError: NAME: Invalid input: expected "
               "string, "
               "received undefined\n"
               "error schema.ts:4 What needs settings.ts is left out, from here on: that "
               "file cannot be read");
    const QByteArray t3 =
        "import { createEnv } from '@t3-oss/env-nextjs';\n"
        "import { z } from 'zod';\n"
        "export const env = createEnv({ server: { PREFIX: z.string().default('p'), SPACE: "
        "z.string().min(1), SIZE: z.coerce.number().default(3), URL: z.string().url() },\n"
        "  client: {}, experimental__runtimeEnv: {}, emptyStringAsUndefined: true });\n";
    const QByteArray named =
        "import { pgTable, pgTableCreator, varchar } from "
        "'drizzle-orm/pg-core';\n"
        "import { env } from './env';\n"
        "const table = pgTableCreator((name) => `${env.PREFIX}_${name}`);\n"
        "export const t = table('t', { [env.SPACE]: varchar({ length: env.SIZE "
        "}) });\n";
    QTest::newRow("t3-env: values of .env, and defaults")
        << Files{{"schema.ts", named},
                 {"env.ts", t3},
                 {".env", "SPACE=s\nSIZE=\n"},
                 {"drizzle.config.ts",
                  "import { env } from './env';\nexport default { dialect: 'postgresql', schema: "
                  "'./schema.ts', tablesFilter: [`${env.PREFIX}_*`], dbCredentials: { url: env.URL "
                  "} };\n"}}
        << QStringLiteral("p_t(s)") << QString();
    QTest::newRow("t3-env: what is not set and lands in the schema")
        << Files{{"schema.ts", named}, {"env.ts", t3}, {"drizzle.config.ts", one}} << QString()
        << QStringLiteral(
               "error schema.ts:4 process.env.SPACE lands in the schema (p_t), and it is "
               "not set");
    QTest::newRow("what a file declares before it throws")
        << Files{{"schema.ts", "import { pgEnum, pgTable, text } from 'drizzle-orm/pg-core';\n"
                               "import { kinds } from './kinds';\n"
                               "export const kind = pgEnum('kind', kinds);\n"
                               "export const t = pgTable('t', { a: text(), k: kind() });\n"
                               "const wrong: any = undefined;\nwrong.x;\n"
                               "export const u = pgTable('u', {});\n"},
                 {"kinds.ts", "export const kinds = ['a'];\nconst gone: any = null;\ngone.x;\n"
                              "export const other = ['b'];\n"},
                 {"drizzle.config.ts", one}}
        << QStringLiteral("t(a,k)\nenum kind a")
        << QStringLiteral(
               "error kinds.ts:3 kinds.ts throws when it is loaded, and what it declares "
               "from there on is left out: TypeError: gone is null\n"
               "error schema.ts:6 schema.ts throws when it is loaded, and what it "
               "declares from there on is left out: TypeError: wrong is undefined");
    QTest::newRow("columns given to a package")
        << Files{{"schema.ts", "import { text, pgTable } from 'drizzle-orm/pg-core';\n"
                               "import { createTable, check } from '@acme/kit';\n"
                               "export const lost = createTable('lost', { a: text() });\n"
                               "export const t = pgTable('t', { a: text() });\n"
                               "export const checked = check(t, { a: 'text' });\n"},
                 {"drizzle.config.ts", one}}
        << QStringLiteral("t(a)")
        << QStringLiteral(
               "error schema.ts:3 @acme/kit.createTable is given columns, but its package "
               "is not evaluated: what it makes of them is missing\n"
               "notice schema.ts:3 @acme/kit is used, but Sluice does not evaluate it; "
               "none of its values is in the schema, and conditions on it may turn out "
               "differently");
    const auto withZod = [&](const QByteArray &zod, const QByteArray &drizzleZod) {
        return Files{{"drizzle.config.ts", one},
                     {"schema.ts",
                      "import { integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';\n"
                      "import { createInsertSchema, createSelectSchema } from '" +
                          drizzleZod + "';\nimport { z } from '" + zod +
                          "';\n"
                          "const kind = pgEnum('kind', ['a', 'b']);\n"
                          "const base = pgTable('base', { kind: kind().notNull(), n: "
                          "integer().notNull(), g: integer().generatedAlwaysAsIdentity() });\n"
                          "const insert = createInsertSchema(base, { n: (s) => s.min(1), kind: "
                          "z.enum(['c', 'd']) });\nconst select = createSelectSchema(base);\n"
                          "export const both = z.object({ x: insert.shape.n "
                          "}).extend(select.shape).merge(insert);\n"
                          "export const one = z.discriminatedUnion('k', [insert.extend({ k: "
                          "z.literal('a') }), insert.extend({ k: z.literal('b') })]);\n"
                          "export const said = z.string().openapi({ example: 'x' });\n"
                          "const names = [...select.shape.kind.options, "
                          "...insert.shape.kind.options, ...Object.keys(insert.shape), "
                          "...createSelectSchema(kind).options.map((o: string) => o + o)];\n"
                          "export const t = pgTable('t', Object.fromEntries(names.map((n) => [n, "
                          "text()])));\n"}};
    };
    const QString made = QStringLiteral("t(a,b,c,d,kind,n,aa,bb)");
    const QString hidden = QStringLiteral(
        "notice schema.ts:5 Table base is declared and not exported: drizzle-kit does not see it\n"
        "notice schema.ts:4 Enum kind is declared and not exported: drizzle-kit does not create "
        "it");
    QTest::newRow("schemas of drizzle-zod within zod's")
        << withZod("zod", "drizzle-zod") << made << hidden;
    QTest::newRow("the same with zod 3") << withZod("zod/v3", "drizzle-zod") << made << hidden;
    QTest::newRow("drizzle-orm as Payload hands it on")
        << Files{{"drizzle.config.ts", one},
                 {"schema.ts",
                  "import { relations } from '@payloadcms/db-vercel-postgres/drizzle';\n"
                  "import { pgTable, text } from "
                  "'@payloadcms/db-vercel-postgres/drizzle/pg-core';\n"
                  "export const t = pgTable('t', { a: text() });\n"
                  "export const r = relations(t, () => ({}));\n"}}
        << QStringLiteral("t(a)") << QString();
    const QByteArray events = "import { pgTable } from 'drizzle-orm/pg-core';\n"
                              "export const e = pgTable('e', {});\n";
    QTest::newRow("tables of another config beside this one are not forgotten")
        << Files{{"drizzle.config.ts",
                  "export default { dialect: 'postgresql', schema: './db/schema.ts' };\n"},
                 {"drizzle-events.config.ts",
                  "export default { dialect: 'postgresql', schema: './db/events.ts' };\n"},
                 {"db/schema.ts", "import { pgTable } from 'drizzle-orm/pg-core';\n"
                                  "export const t = pgTable('t', {});\n"},
                 {"db/events.ts", events},
                 {"db/lost.ts", events}}
        << QStringLiteral("t()")
        << QStringLiteral(
               "notice db/lost.ts:2 e is declared here, and no file of the schema imports "
               "this one");
    QTest::newRow("a schema that a variable names which is not set")
        << Files{{"drizzle.config.ts", one},
                 {"schema.ts", "import { pgSchema, pgTable } from 'drizzle-orm/pg-core';\n"
                               "export const t = pgTable('t', {});\n"
                               "export const space = pgSchema(process.env.SPACE!);\n"}}
        << QStringLiteral("t()")
        << QStringLiteral(
               "error schema.ts:3 A schema has no name: the value it is given is undefined");
    QTest::newRow("a schema that is not built")
        << Files{{"drizzle.config.ts",
                  "export default { dialect: 'postgresql', schema: './dist/schema.js' };\n"},
                 {"src/schema.ts", events}}
        << QStringLiteral("e()")
        << QStringLiteral("notice drizzle.config.ts The schema ./dist/schema.js is not built; its "
                          "source is read");
    QTest::newRow("Deno's imports and variables")
        << Files{{"deno.json", "{ \"imports\": { \"@db/\": \"./src/db/\", \"$kinds\": "
                               "\"./src/kinds.ts\", \"zod\": \"npm:zod@4\" } }"},
                 {"drizzle.config.ts",
                  "import { defineConfig } from 'npm:drizzle-kit';\n"
                  "export default defineConfig({ dialect: 'postgresql', schema: './src/schema.ts',"
                  "\n  dbCredentials: { url: Deno.env.get('URL')! } });\n"},
                 {"src/schema.ts",
                  "import { pgTable, text } from 'npm:drizzle-orm@^0.36.1/pg-core';"
                  "\nimport { stamps } from '@db/stamps.ts';\n"
                  "import { kinds } from '$kinds';\n"
                  "export const t = pgTable('t', { [kinds[0]]: text(), ...stamps "
                  "});\n"},
                 {"src/db/stamps.ts",
                  "import { text } from 'https://esm.sh/v135/drizzle-orm@0.36/pg-core?pin';\n"
                  "export const stamps = { b: text(), ...(Deno.env.has('X') ? { c: text() } : {}) "
                  "};\n"},
                 {"src/kinds.ts", "export const kinds = ['a'];\n"}}
        << QStringLiteral("t(a,b)") << QString();
    QTest::newRow("variables as Bun and Vite call them")
        << Files{{".env", "A=a\nB=b\n"},
                 {"schema.ts", "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                               "export const t = pgTable('t', { [Bun.env.A!]: text(), "
                               "[import.meta.env.B]: text() });\n"}}
        << QStringLiteral("t(a,b)") << QString();
    const QByteArray aliased = "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                               "import { own } from '$own/own';\nimport { lib } from "
                               "'$lib/lib';\nimport { kit } from '$kit';\n"
                               "export const t = pgTable('t', { [own]: text(), [lib]: text(), "
                               "[kit]: text() });\n";
    QTest::newRow("aliases of svelte.config.js, without the file that SvelteKit makes")
        << Files{{"tsconfig.json", "{ \"extends\": \"./.svelte-kit/tsconfig.json\" }"},
                 {"svelte.config.js", "import path from 'path';\nexport default { kit: { alias: {\n"
                                      "  // what is computed is not read\n"
                                      "  $x: path.resolve({ a: 'b' }, 'c'), $own: 'src/own', "
                                      "'$kit': './src/kit.ts' } } "
                                      "};\n"},
                 {"schema.ts", aliased},
                 {"src/own/own.ts", "export const own = 'a';\n"},
                 {"src/lib/lib.ts", "export const lib = 'b';\n"},
                 {"src/kit.ts", "export const kit = 'c';\n"}}
        << QStringLiteral("t(a,b,c)") << QString();
    const QByteArray nuxt = "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                            "import { a } from '~/a';\nimport { b } from '~~/shared/b';\n"
                            "import { c } from '#shared/c';\nimport { d } from 'own/d';\n"
                            "export const t = pgTable('t', { [a]: text(), [b]: text(), [c]: "
                            "text(), [d]: text() });\n";
    const auto withNuxt = [&](const QByteArray &tsconfig, const QByteArray &sources) {
        return Files{{"tsconfig.json", tsconfig},
                     {"nuxt.config.ts", "export default defineNuxtConfig({ alias: { own: "
                                        "'~~/server/own' } });\n"},
                     {"schema.ts", nuxt},
                     {sources + "a.ts", "export const a = 'a';\n"},
                     {"shared/b.ts", "export const b = 'b';\n"},
                     {"shared/c.ts", "export const c = 'c';\n"},
                     {"server/own/d.ts", "export const d = 'd';\n"}};
    };
    QTest::newRow("Nuxt's aliases, without the file that it makes")
        << withNuxt("{ \"extends\": \"./.nuxt/tsconfig.json\" }", "")
        << QStringLiteral("t(a,b,c,d)") << QString();
    QTest::newRow("the same of Nuxt 4")
        << withNuxt("{ \"files\": [], \"references\": [{ \"path\": \"./.nuxt/tsconfig.app.json\" "
                    "}, { \"path\": \"./.nuxt/tsconfig.server.json\" }] }",
                    "app/")
        << QStringLiteral("t(a,b,c,d)") << QString();
    QTest::newRow("one of several throws no error")
        << Files{{"drizzle.config.ts", folder},
                 {"schema/a.ts", "throw { toString: null };\n"},
                 {"schema/b.ts", table}}
        << QStringLiteral("t()")
        << QStringLiteral("error schema/a.ts schema/a.ts throws when it is loaded, and what it "
                          "declares from there on is left out: {\"toString\":null}");
    QTest::newRow("an exit in one of several")
        << Files{{"drizzle.config.ts", folder},
                 {"schema/a.ts", "process.exit(3);\n"},
                 {"schema/b.ts", table}}
        << QStringLiteral("t()")
        << QStringLiteral("error schema/a.ts:1 schema/a.ts throws when it is loaded, and what it "
                          "declares from there on is left out: Error: process.exit(3) was called");
    QTest::newRow("a getter that throws")
        << Files{{"schema.ts",
                  "const { pgTable } = require('drizzle-orm/pg-core');\n"
                  "module.exports = { t: pgTable('t', {}), get bad() { throw new Error('no'); } "
                  "};\n"}}
        << QStringLiteral("t()")
        << QStringLiteral("error schema.ts:2 The export bad cannot be read and is left out: "
                          "Error: no");
    QTest::newRow("frozen and wrapped exports")
        << Files{{"schema.ts",
                  "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                  "export const t = Object.freeze(pgTable('t', { a: text() }));\n"
                  "export const u = new Proxy(pgTable('u', { a: text() }), {});\n"
                  "export const v = new Proxy(pgTable('v', { a: text() }), { get() { throw new "
                  "Error('no'); } });\n"
                  "export const w = new Proxy({}, { getPrototypeOf() { throw 'no'; } });\n"}}
        << QStringLiteral("t(a)\nu(a)")
        << QStringLiteral(
               "error schema.ts The export w cannot be read and is left out: no\n"
               "error schema.ts:4 v cannot be read and is left out: Error: no\n"
               "notice schema.ts:4 Table v is declared and not exported: drizzle-kit does not see "
               "it");
}

void TestProblems::files()
{
    QFETCH(Files, files);
    QFETCH(QString, expected);
    QFETCH(QString, problems);
    compare(files, expected, problems);
}

void TestProblems::refused_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const QByteArray &schema, const char *where,
                        const char *said) {
        QTest::newRow(name) << schema << QString::fromUtf8(where) << QString::fromUtf8(said);
    };
    row("deep recursion", "const f = (n: number): number => f(n + 1) + 1;\nf(0);\n", "schema.ts:1",
        "too much recursion");
    row("objects without end", "const a: object[] = [];\nfor (;;)\n  a.push({ a });\n", "",
        "memory");
    row("an exit", "\nprocess.exit(1);\n", "schema.ts:2", "process.exit(1) was called");
    row("await at the top", "export const a = 1;\nawait fetch('http://localhost');\n",
        "schema.ts:2:1", "Top-level await");
    row("throws nothing", "throw undefined;\n", "", "undefined");
    row("throws what cannot be read",
        "throw new Proxy({}, { has() { throw 1; }, get() { throw 2; }, getPrototypeOf() { throw "
        "3; } });\n",
        "", "?");
    row("a replaced method of arrays", "\n(Array.prototype as any).map = () => [];\n",
        "schema.ts:2", "replaces Array.prototype.map");
    row("a replaced JSON.stringify", "JSON.stringify = () => '{}';\n", "schema.ts:1",
        "replaces JSON.stringify");
    row("a replaced Map", "(globalThis as any).Map = class {};\n", "schema.ts:1",
        "replaces globalThis.Map");
    row("a replaced Proxy", "(globalThis as any).Proxy = function () {};\n", "schema.ts:1",
        "replaces globalThis.Proxy");
    row("a replaced iterator",
        "Object.defineProperty(Array.prototype, Symbol.iterator, { value: function* () {} });\n",
        "", "replaces Array.prototype[Symbol.iterator]");
    row("an addition to all objects", "(Object.prototype as any).where = 'x';\n", "schema.ts:1",
        "replaces Object.prototype.where");
    row("toJSON of all arrays", "(Array.prototype as any).toJSON = () => 1;\n", "schema.ts:1",
        "replaces Array.prototype.toJSON");
    row("replaced while the schema is read",
        "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
        "export const t = pgTable('t', { a: text() }, () => {\n"
        "  String.prototype.replaceAll = () => '';\n  return [];\n});\n",
        "schema.ts:3", "replaces String.prototype.replaceAll");
}

void TestProblems::refused()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, where);
    QFETCH(QString, said);
    const SmallProject project({{"schema.ts", schema}});
    const auto code = project.code();
    QVERIFY(!code.ok());
    const QString line = base::toLine(code.error());
    QVERIFY2(code.error().where.contains(where), qPrintable(line));
    QVERIFY2(line.contains(said), qPrintable(line));
}

QTEST_GUILESS_MAIN(TestProblems)
#include "tst_problems.moc"
