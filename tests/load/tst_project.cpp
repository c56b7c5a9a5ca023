// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/project.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using Files = QMap<QByteArray, QByteArray>; ///< name → text
Q_DECLARE_METATYPE(Files)

/// Small projects with the real esbuild, the real evaluator and the real drizzle-orm.
class TestProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sample();
    void schemas_data();
    void schemas();
    void refusals_data();
    void refusals();
    void secretsStayOut_data();
    void secretsStayOut();
    void places();
    void notices();
    void cancelled();
};

namespace
{

base::Installation installation()
{
    return base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin"));
}

const QByteArray config =
    "import { defineConfig } from 'drizzle-kit';\n"
    "export default defineConfig({ dialect: 'postgresql', schema: './schema.ts' });\n";

const QByteArray pg = "import { pgTable, integer, text } from 'drizzle-orm/pg-core';\n";

/// A project folder inside a workspace folder that a test may put more files into.
class Project
{
public:
    explicit Project(const Files &files)
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("work/app"));
        // The workspace ends here, whatever lies above the temporary folder.
        write("../package.json", "{\"workspaces\": [\"app\"]}");
        if (!files.contains("drizzle.config.ts"))
            write("drizzle.config.ts", config);
        for (auto it = files.cbegin(); it != files.cend(); ++it)
            write(it.key(), it.value());
    }

    QString path() const { return m_folder.filePath(QStringLiteral("work/app")); }

private:
    void write(const QByteArray &name, const QByteArray &text) const
    {
        const QString path = QDir::cleanPath(this->path() + u'/' + QString::fromUtf8(name));
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (text.isNull() || !file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
    }

    QTemporaryDir m_folder;
};

QString printed(const schema::Default &value)
{
    return value.form == schema::Default::Form::Sql ? value.text : u'<' + value.text + u'>';
}

/// "table(column type default, …) …": what the rows below expect.
QString printed(const schema::Database &database)
{
    QStringList lines;
    for (const schema::Table &table : database.tables) {
        QStringList columns;
        for (const schema::Column &column : table.columns)
            columns.append(
                column.name + u' ' + column.type +
                (column.primaryKey ? QStringLiteral(" pk") : QString()) +
                (column.notNull ? QStringLiteral(" not null") : QString()) +
                (column.defaultValue ? u' ' + printed(*column.defaultValue) : QString()));
        lines.append(table.name.name + u'(' + columns.join(QLatin1String(", ")) + u')');
    }
    for (const schema::Enum &type : database.enums)
        lines.append(QStringLiteral("enum ") + type.name.name + u' ' + type.values.join(u'|'));
    for (const schema::Relation &relation : database.relations)
        lines.append(relation.table.name + u'.' + relation.name +
                     (relation.kind == schema::Relation::Kind::One ? QStringLiteral(" one ")
                                                                   : QStringLiteral(" many ")) +
                     relation.target.name + u' ' + relation.columns.join(u',') + u'>' +
                     relation.targetColumns.join(u',') + u' ' + relation.relationName);
    return lines.join(u'\n');
}

base::Result<load::Code> codeOf(const Project &project)
{
    return base::await(load::code(installation(), project.path()));
}

} // namespace

void TestProject::sample()
{
    const auto code = base::await(
        load::code(installation(), QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample")));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QVERIFY(code->schema.tables.size() >= 30);
    QVERIFY(code->schema.relations.size() >= 30);
    QVERIFY(!code->schema.enums.isEmpty());
    for (const schema::Table &table : code->schema.tables) {
        QVERIFY2(table.origin.location.line > 0, qPrintable(table.name.name));
        for (const schema::Column &column : table.columns)
            QVERIFY2(column.origin.location.line > 0, qPrintable(column.name));
    }
}

void TestProject::schemas_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected");

    QTest::newRow("spread helpers and functions")
        << Files{{"schema.ts", pg + "import { shared, id } from './shared';\n"
                                    "export const a = pgTable('a', { id: id(), ...shared });\n"
                                    "export const b = pgTable('b', { ...shared, id: id() });\n"},
                 {"shared.ts", pg + "export const shared = { made: text('made').notNull() };\n"
                                    "export const id = () => integer().primaryKey();\n"}}
        << QStringLiteral("a(id integer pk not null, made text not null)\n"
                          "b(made text not null, id integer pk not null)");
    QTest::newRow("a barrel: own exports first, then the stars in their order")
        << Files{{"schema.ts", pg + "export * from './z';\nexport * from './a';\n"
                                    "export const y = pgTable('y', {});\n"
                                    "export const b = pgTable('b', {});\n"},
                 {"a.ts", pg + "export const t = pgTable('t', {}), s = pgTable('s', {});\n"},
                 {"z.ts", pg + "export const r = pgTable('r', {});\n"}}
        << QStringLiteral("b()\ny()\nr()\ns()\nt()");
    QTest::newRow("names like integers come first")
        << Files{{"schema.ts", pg + "export const t = pgTable('t', { b: text(), '10': text(), "
                                    "'9': text() });\n"}}
        << QStringLiteral("t(9 text, 10 text, b text)");
    QTest::newRow("tsconfig paths, .js for .ts, JSON, directories")
        << Files{{"tsconfig.json",
                  "{\"compilerOptions\":{\"baseUrl\":\".\",\"paths\":{\"@/*\":[\"./lib/*\"]}}}"},
                 {"schema.ts",
                  pg + "import { name } from '@/names';\nimport v from './v.json';\n"
                       "import { dir } from './dir';\n"
                       "export const t = pgTable(name, { [v.key]: text(), [dir]: text() "
                       "});\n"},
                 {"lib/names.ts", "export { name } from './deep/name.js';\n"},
                 {"lib/deep/name.ts", "export const name: string = 'aliased';\n"},
                 {"dir/index.ts", "export const dir = 'folder' as const;\n"},
                 {"v.json", "{\"key\": \"fromJson\"}"}}
        << QStringLiteral("aliased(fromJson text, folder text)");
    QTest::newRow("a cycle of imports")
        << Files{{"schema.ts", "export * from './a';\nexport * from './b';\n"},
                 {"a.ts", pg + "import { b } from './b';\nexport const a = pgTable('a', { id: "
                               "integer().primaryKey(), b: integer().references(() => b.id) });\n"},
                 {"b.ts", pg + "import { a } from './a';\nexport const b = pgTable('b', { id: "
                               "integer().primaryKey(), a: integer().references(() => a.id) });\n"}}
        << QStringLiteral("a(id integer pk not null, b integer)\nb(id integer pk not null, a "
                          "integer)");
    QTest::newRow("loops and default exports")
        << Files{{"schema.ts", pg + "const make = (n: number) => pgTable('t' + n, {});\n"
                                    "export const [one, two] = [1, 2].map(make);\n"
                                    "export default make(3);\n"}}
        << QStringLiteral("t3()\nt1()\nt2()");
    QTest::newRow("an enum from zod")
        << Files{{"schema.ts", "import { pgEnum } from 'drizzle-orm/pg-core';\nimport { z } from "
                               "'zod';\nexport const e = pgEnum('e', z.enum(['x', "
                               "'y']).options);\n"}}
        << QStringLiteral("enum e x|y");
    QTest::newRow("relations with casing")
        << Files{{"drizzle.config.ts", "export default { dialect: 'postgresql', schema: "
                                       "['./schema.ts'], casing: 'snake_case' };\n"},
                 {"schema.ts",
                  pg + "import { relations } from 'drizzle-orm';\n"
                       "export const us = pgTable('us', { theId: integer().primaryKey() });\n"
                       "export const ps = pgTable('ps', { byId: integer() });\n"
                       "export const r1 = relations(ps, ({ one }) => ({ by: one(us, { fields: "
                       "[ps.byId], references: [us.theId], relationName: 'x' }) }));\n"
                       "export const r2 = relations(us, ({ many }) => ({ ps: many(ps) }));\n"}}
        << QStringLiteral("ps(by_id integer)\nus(the_id integer pk not null)\n"
                          "ps.by one us by_id>the_id x\nus.ps many ps > ");
    QTest::newRow("packages that the schema does not need")
        << Files{{"schema.ts",
                  pg +
                      "import { createId } from '@paralleldrive/cuid2';\n"
                      "import crypto from 'node:crypto';\nimport pino from 'pino';\n"
                      "const log = pino({ level: 'info' }).child({});\nlog.info('hello');\n"
                      "export const t = pgTable('t', { id: text().$defaultFn(() => createId()), k: "
                      "text().$default(() => crypto.randomUUID()) });\n"}}
        << QStringLiteral("t(id text, k text)");
    QTest::newRow("globals")
        << Files{{"schema.ts",
                  pg + "const u = new URL('postgres://h/x?y=1');\n"
                       "const c = structuredClone({ n: [1] });\n"
                       "const s = [3, 1].toSorted().findLast((n) => n > 1);\n"
                       "const b = Buffer.from('hi').toString('base64') + atob('YQ==');\n"
                       "const e = new TextEncoder().encode('ä').length;\n"
                       "console.log(process.env.HOME, process.cwd());\n"
                       "setTimeout(() => {}, 1);\n"
                       "export const t = pgTable([u.hostname, u.searchParams.get('y'), c.n[0], s, "
                       "b, "
                       "e, typeof process.env.HOME].join('_'), {});\n"}}
        << QStringLiteral("h_1_1_3_aGk=a_2_undefined()");
    // The expected line is what core-js and Node 20 answer.
    QTest::newRow("what the engine lacks of the language") << Files{{"schema.ts", pg + R"(
const a: any[] = [3, , 1, 2];
const fails = (f: () => any) => { try { return f() } catch (e: any) { return e.name } };
const results = [
  a.toSorted(), a.toSorted((x, y) => y - x), a.toReversed(), a.toSpliced(1), (a as any).toSpliced(),
  (a as any).toSpliced(1, undefined, 5), a.toSpliced(1, 2, 9, 8), a.with(-1, 7), 1 in a.with(0, 0),
  fails(() => a.with(4, 0)), fails(() => a.with(-5, 0)), fails(() => a.toSorted(1 as any)),
  a.findLast((x) => x > 1), a.findLast((x, i) => i < 2), a.findLastIndex((x) => x > 9),
  fails(() => a.findLast(1 as any)),
  Array.prototype.with.call({ length: 2, 0: 'p', 1: 'q' }, '1' as any, 'r'),
  JSON.stringify(Object.groupBy([1, 2, 3], (n, i) => String(i > 0))),
  Object.getPrototypeOf(Object.groupBy('', String)), fails(() => Object.groupBy(null!, String)),
  fails(() => Map.groupBy([], 1 as any)), [...Map.groupBy([1, 2, -0], (n) => n % 2)],
  typeof Promise.withResolvers().resolve, Promise.withResolvers().promise instanceof Promise,
  Object.keys(Array.prototype).length, a.toSpliced.length, a.with.length, a.findLast.length,
  Map.groupBy.length, a.findLast.name].join(';');
const expected = '1,2,3,;3,2,1,;2,1,,3;3;3,,1,2;3,5,,1,2;3,9,8,2;3,,1,7;true;RangeError;RangeError;' +
  'TypeError;2;;-1;TypeError;p,r;{"false":[1],"true":[2,3]};;TypeError;TypeError;' +
  '1,1,0,2,0;function;true;0;2;2;1;2;findLast';
export const t = pgTable(results === expected ? 'same' : results, {});
)"}} << QStringLiteral("same()");
    QTest::newRow("variables of the project's files")
        << Files{{".env", "T=from_env\nDOUBLE=\"quoted\" # not this\n"},
                 {".env.production", "SECRET=never\n"},
                 {"schema.ts", pg + "export const t = pgTable(process.env.T!, { "
                                    "[process.env.DOUBLE!]: text(), [String(process.env.SECRET)]: "
                                    "text() });\n"}}
        << QStringLiteral("from_env(quoted text, undefined text)");
    QTest::newRow("nothing to reach: no files, no network, no processes")
        << Files{{"schema.ts",
                  pg + "import fs from 'fs';\nimport * as net from 'node:net';\n"
                       "import { execSync } from 'child_process';\n"
                       "let got = 0;\n"
                       "try { if (typeof fs.readFileSync('/etc/passwd', 'utf8') === 'string') "
                       "got++ } "
                       "catch {}\n"
                       "try { if (`${execSync('id')}`.includes('uid')) got++ } catch {}\n"
                       "try { net.connect(5432); fetch('http://localhost') } catch { got++ }\n"
                       "try { if (new Function('return typeof require')() !== 'undefined') got++ } "
                       "catch {}\n"
                       "export const t = pgTable('got_' + got, {});\n"}}
        << QStringLiteral("got_0()");
}

void TestProject::schemas()
{
    QFETCH(Files, files);
    QFETCH(QString, expected);
    const Project project(files);
    const auto code = codeOf(project);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QCOMPARE(printed(code->schema), expected);
}

void TestProject::refusals_data()
{
    using Kind = base::ErrorKind;
    QTest::addColumn<Files>("files");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("said");

    QTest::newRow("syntax error") << Files{{"schema.ts", "\nexport const = 1;\n"}}
                                  << Kind::InvalidInput << QStringLiteral("schema.ts:2:14")
                                  << QStringLiteral("Expected identifier");
    QTest::newRow("an import that is not there")
        << Files{{"schema.ts", "\n\nimport { a } from './missing';\nexport const b = a;\n"}}
        << Kind::InvalidInput << QStringLiteral("schema.ts:3:19") << QStringLiteral("./missing");
    QTest::newRow("throws")
        << Files{{"schema.ts", "import { f } from './f';\nf();\n"},
                 {"f.ts", "interface Nothing { a: string }\n\nexport function f(): void {\n  throw "
                          "new RangeError('too far');\n}\n"}}
        << Kind::InvalidInput << QStringLiteral("f.ts:4") << QStringLiteral("RangeError: too far");
    QTest::newRow("what another drizzle-orm has, which is not installed")
        << Files{{"package.json", "{ \"dependencies\": { \"drizzle-orm\": \"^1.0.0\" } }"},
                 {"schema.ts", "import { pgTable } from 'drizzle-orm/pg-core';\n"
                               "export const t = pgTable.withRLS('t', {});\n"}}
        << Kind::InvalidInput << QStringLiteral("schema.ts:2")
        << QStringLiteral("wants drizzle-orm ^1.0.0, which is not installed");
    QTest::newRow("throws no error")
        << Files{{"schema.ts", "throw 'just a text';\n"}} << Kind::InvalidInput << QString()
        << QStringLiteral("just a text");
    QTest::newRow("loops for ever")
        << Files{{"schema.ts", "let n = 0;\nfor (;;)\n  n++;\n"}} << Kind::Limit
        << QStringLiteral("schema.ts:") << QStringLiteral("6 seconds");
    QTest::newRow("allocates without end")
        << Files{{"schema.ts", "const all: Uint8Array[] = [];\nfor (;;) all.push(new "
                               "Uint8Array(64_000_000));\n"}}
        << Kind::Limit << QStringLiteral("schema.ts:2") << QStringLiteral("memory");
    QTest::newRow("a file outside of the workspace")
        << Files{{"schema.ts", "export * from '../../outside';\n"},
                 {"../../outside.ts", "export const a = 1;\n"}}
        << Kind::Refused << QStringLiteral("schema.ts") << QStringLiteral("outside.ts");
    QTest::newRow("a schema file that is not there")
        << Files{{"readme.md", "x"}} << Kind::NotFound << QStringLiteral("./schema.ts")
        << QStringLiteral("nothing in");
    QTest::newRow("another database")
        << Files{{"drizzle.config.ts", "export default { dialect: 'mysql', schema: './schema.ts' "
                                       "}\n"}}
        << Kind::Unsupported << QStringLiteral("drizzle.config.ts") << QStringLiteral("mysql");
    QTest::newRow("a config without a schema")
        << Files{{"drizzle.config.ts", "export default { dialect: 'postgresql' }\n"}}
        << Kind::InvalidInput << QStringLiteral("drizzle.config.ts") << QStringLiteral("names no");
}

void TestProject::refusals()
{
    QFETCH(Files, files);
    QFETCH(base::ErrorKind, kind);
    QFETCH(QString, where);
    QFETCH(QString, said);
    const Project project(files);
    const auto code = codeOf(project);
    QVERIFY(!code.ok());
    const QString line = base::toLine(code.error());
    QVERIFY2(code.error().kind == kind, qPrintable(line));
    QVERIFY2(code.error().where.contains(where), qPrintable(line));
    QVERIFY2(line.contains(said), qPrintable(line));
}

void TestProject::secretsStayOut_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("said");
    QTest::newRow("the URL") << QByteArray(
                                    "throw new Error(`bad: ${process.env.DATABASE_URL}!`);\n")
                             << QStringLiteral("Error: bad: <DATABASE_URL>!");
    QTest::newRow("its password")
        << QByteArray("throw new Error(process.env.DATABASE_URL!.split(/[:@]/)[2] + '!');\n")
        << QStringLiteral("Error: <DATABASE_URL>!");
    QTest::newRow("a URL made of parts")
        << QByteArray("throw `postgres://bob:${'very' + 'hush'}@far/crm`;\n")
        << QStringLiteral("postgres://bob:…@far/crm");
    QTest::newRow("a token") << QByteArray("throw process.env.API_TOKEN;\n")
                             << QStringLiteral("<API_TOKEN>");
    QTest::newRow("what is no secret")
        << QByteArray("throw `on ${process.env.MODE}`;\n") << QStringLiteral("on development");
}

/// A schema's code often says what is wrong with a variable by printing it.
void TestProject::secretsStayOut()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, said);
    const Project project(
        {{"schema.ts", schema},
         {".env", "DATABASE_URL=postgres://ann:veryhush@db/crm\nAPI_TOKEN=hushhush\n"
                  "MODE=development\n"}});
    const auto code = codeOf(project);
    QVERIFY(!code.ok());
    const QString line = base::toLine(code.error());
    QVERIFY2(line.contains(said), qPrintable(line));
    QVERIFY2(!line.contains(QLatin1String("hush")), qPrintable(line));
}

void TestProject::places()
{
    const Project project({{"schema.ts", "import { pgTable, pgEnum, text, index, check } from "
                                         "'drizzle-orm/pg-core';\n"
                                         "import { sql, relations } from 'drizzle-orm';\n"
                                         "type Unused = { a: string;\n b: string };\n"
                                         "export const mood = pgEnum('mood', ['ok']);\n"
                                         "export const users = pgTable(\n"
                                         "  'users',\n"
                                         "  {\n"
                                         "    fullName: text('full_name'),\n"
                                         "    note:\n"
                                         "      text().notNull(),\n"
                                         "  },\n"
                                         "  (t) => [\n"
                                         "    index('i').on(t.note),\n"
                                         "    check('c', sql`true`),\n"
                                         "  ],\n"
                                         ");\n"
                                         "export const r = relations(users, ({ many }) => ({\n"
                                         "  all: many(users),\n"
                                         "}));\n"}});
    const auto code = codeOf(project);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    const schema::Table &table = code->schema.tables.first();
    QCOMPARE(table.origin.name, QStringLiteral("users"));
    QCOMPARE(table.origin.location.file, QStringLiteral("schema.ts"));
    QCOMPARE(table.origin.location.line, 6);
    QCOMPARE(table.columns.at(0).origin.name, QStringLiteral("fullName"));
    QCOMPARE(table.columns.at(0).origin.location.line, 9);
    QCOMPARE(table.columns.at(1).origin.location.line, 11);
    QCOMPARE(table.indexes.first().origin.location.line, 14);
    QCOMPARE(table.checks.first().origin.location.line, 15);
    QCOMPARE(code->schema.enums.first().origin.location.line, 5);
    QCOMPARE(code->schema.relations.first().origin.location.line, 19);
}

void TestProject::notices()
{
    const Project project(
        {{"schema.ts", "import { pgTable, text, check } from 'drizzle-orm/pg-core';\n"
                       "import { sql } from 'drizzle-orm';\n\n"
                       "export const a = pgTable('a', { a: text() },\n"
                       "  (t) => [check('c', sql`${t.a} <> ${'x'}`)]);\n"}});
    const auto code = codeOf(project);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QStringList found;
    for (const schema::Problem &notice : code->problems)
        found.append(QStringLiteral("%1: %2").arg(notice.location.line).arg(notice.text.left(12)));
    QCOMPARE(found.join(u'\n'), QStringLiteral("5: The SQL of a"));
}

void TestProject::cancelled()
{
    const Project project({{"schema.ts", "for (;;) {}\n"}});
    auto future = load::code(installation(), project.path());
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY(future.isStarted());
    future.cancel();
    future.waitForFinished();
    QVERIFY(timer.elapsed() < 5'000);
    QCOMPARE(base::await(future).error().kind, base::ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
