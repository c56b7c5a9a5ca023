// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/configtext.h"
#include "load/project.h"
#include "writtenfolder.h"

#include <QTest>

/// Where configs are found, and what is read from one that is not evaluated.
class TestConfigs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void places_data();
    void places();
    void choices();
    void folders_data();
    void folders();
    void plain_data();
    void plain();
    void literals_data();
    void literals();
    void decoded_data();
    void decoded();
    void refused_data();
    void refused();
    void fallbackIsNoticed();
};

namespace
{

const QByteArray pgConfig = "export default { dialect: 'postgresql', schema: './s.ts' };\n";
const QByteArray mysqlConfig = "export default { dialect: 'mysql', schema: './s.ts' };\n";
const QByteArray tables = "import { pgTable } from 'drizzle-orm/pg-core';\n"
                          "export const t = pgTable('t', {});\n";

base::Result<load::Config> configOf(const QString &path)
{
    return base::await(
        load::config(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), path));
}

} // namespace

void TestConfigs::places_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected"); // a config, "schema <files>", or the kind of error
    const auto row = [](const char *name, const Files &files, const char *expected) {
        QTest::newRow(name) << files << QString::fromUtf8(expected);
    };
    row("one below", {{"apps/api/drizzle.config.ts", pgConfig}, {"apps/api/s.ts", tables}},
        "apps/api/drizzle.config.ts");
    row("one below with another name",
        {{"packages/db/crm.drizzle.config.mts", pgConfig}, {"packages/db/s.ts", tables}},
        "packages/db/crm.drizzle.config.mts");
    row("several below", {{"a/drizzle.config.ts", pgConfig}, {"b/drizzle.config.ts", pgConfig}},
        "ambiguous a/drizzle.config.ts, b/drizzle.config.ts");
    row("one of them for MySQL",
        {{"a/drizzle.config.ts", mysqlConfig},
         {"b/drizzle.config.ts", pgConfig},
         {"b/s.ts", tables}},
        "b/drizzle.config.ts");
    row("the usual name for MySQL, another one for PostgreSQL",
        {{"drizzle.config.ts", mysqlConfig}, {"drizzle.pg.config.ts", pgConfig}, {"s.ts", tables}},
        "drizzle.pg.config.ts");
    row("its own before those below",
        {{"drizzle.config.ts", pgConfig}, {"s.ts", tables}, {"a/drizzle.config.ts", pgConfig}},
        "drizzle.config.ts");
    row("not in node_modules, dist and hidden folders",
        {{"node_modules/x/drizzle.config.ts", pgConfig},
         {"dist/drizzle.config.js", pgConfig},
         {".cache/drizzle.config.ts", pgConfig}},
        "not found");
    row("a loop of links",
        {{"a/b/loop", "-> ../../a"}, {"a/drizzle.config.ts", pgConfig}, {"a/s.ts", tables}},
        "a/drizzle.config.ts");
    row("one that only its text shows to be drizzle-kit's",
        {{"db/configs/pg.config.ts",
          "import type { Config } from 'drizzle-kit';\n"
          "export default { dialect: 'postgresql', schema: './s.ts' } satisfies Config;\n"},
         {"db/configs/lite.config.ts", "import type { Config } from 'drizzle-kit';\n"
                                       "export default { dialect: 'sqlite', schema: './s.ts' };\n"},
         {"db/s.ts", tables},
         {"knip.config.ts", "export default { ignoreDependencies: ['drizzle-kit'] };\n"}},
        "db/configs/pg.config.ts");
    row("one with the usual name before one with another",
        {{"a/configs/pg.config.ts", "import { defineConfig } from 'drizzle-kit';\n"},
         {"b/drizzle.config.ts", pgConfig},
         {"b/s.ts", tables}},
        "b/drizzle.config.ts");
    row("no config: a usual place", {{"src/db/schema.ts", tables}}, "schema src/db/schema.ts");
    row("no config: a usual folder",
        {{"src/server/db/schema/index.ts", "export * from './t';"},
         {"src/server/db/schema/t.ts", tables}},
        "schema src/server/db/schema/index.ts");
    row("no config: the only file with tables",
        {{"lib/things/model.ts", tables},
         {"lib/other.ts", "export {};"},
         {"lib/things/model.test.ts", tables}},
        "schema lib/things/model.ts");
    row("no config: the files of one folder",
        {{"lib/things/b.ts", tables}, {"lib/things/a.ts", tables}},
        "schema lib/things/a.ts lib/things/b.ts");
    row("no config: tables all over", {{"a/x.ts", tables}, {"b/y.ts", tables}}, "not found");
    row("no config: no tables", {{"a/x.ts", "export {};"}}, "not found");
}

void TestConfigs::places()
{
    QFETCH(Files, files);
    QFETCH(QString, expected);
    files.insert("package.json", "{\"workspaces\": []}");
    const WrittenFolder folder(files);
    const auto config = configOf(folder.path());
    const QDir dir(folder.path());
    QString found;
    if (!config.ok())
        found = config.error().kind == base::ErrorKind::Ambiguous
                    ? QStringLiteral("ambiguous ") + config.error().detail
                : config.error().kind == base::ErrorKind::NotFound ? QStringLiteral("not found")
                                                                   : base::toLine(config.error());
    else if (!config->file.isEmpty())
        found = dir.relativeFilePath(config->file);
    else {
        found = QStringLiteral("schema");
        for (const QString &file : config->schemaFiles)
            found += u' ' + dir.relativeFilePath(file);
        QCOMPARE(config->root, folder.path());
    }
    QCOMPARE(found, expected);
}

void TestConfigs::choices()
{
    const WrittenFolder folder({{"drizzle.config.ts", pgConfig},
                                {"drizzle-crm.config.ts", pgConfig},
                                {"drizzle-old.config.ts", mysqlConfig},
                                {"vite.config.ts", ""},
                                {"b/drizzle.config.json", "{\"dialect\": \"postgresql\"}"},
                                {"a/c/drizzle.config.js", pgConfig}});
    QStringList names;
    for (const QString &path : load::findConfigs(folder.path()))
        names.append(QDir(folder.path()).relativeFilePath(path));
    QCOMPARE(names.join(u' '),
             QStringLiteral("drizzle.config.ts drizzle-crm.config.ts b/drizzle.config.json "
                            "a/c/drizzle.config.js"));
}

void TestConfigs::folders_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QByteArray>("opened");
    QTest::addColumn<QString>("expected"); // the schema's files and `out`, or the error
    const QByteArray workspace = "{\"workspaces\": [\"libs/*\"]}";
    const auto config = [](const QByteArray &schema) -> QByteArray {
        return "export default { dialect: 'postgresql', out: './moves', schema: " + schema +
               " };\n";
    };
    const auto row = [](const char *name, Files files, const char *opened, const char *expected) {
        QTest::newRow(name) << files << QByteArray(opened) << QString::fromUtf8(expected);
    };
    row("run in the workspace's folder",
        {{"package.json", workspace},
         {"libs/db/package.json", "{}"},
         {"libs/db/drizzle.config.ts", config("'./libs/db/src/s.ts'")},
         {"libs/db/src/s.ts", tables}},
        "libs/db", "libs/db/src/s.ts > moves");
    row("run in the package's folder",
        {{"package.json", workspace},
         {"libs/db/package.json", "{}"},
         {"libs/db/configs/drizzle.config.ts", config("['src/*.ts', './more/s.ts']")},
         {"libs/db/src/s.ts", tables},
         {"libs/db/more/s.ts", tables}},
        "", "libs/db/src/s.ts libs/db/more/s.ts > libs/db/moves");
    row("run in its own folder, as ever, when that fits",
        {{"package.json", workspace},
         {"libs/db/drizzle.config.ts", config("'./src/s.ts'")},
         {"libs/db/src/s.ts", tables},
         {"src/s.ts", tables}},
        "libs/db", "libs/db/src/s.ts > libs/db/moves");
    row("all of a list before some of it",
        {{"package.json", workspace},
         {"libs/db/drizzle.config.ts", config("['./a.ts', './b.ts']")},
         {"libs/db/a.ts", tables},
         {"a.ts", tables},
         {"b.ts", tables}},
        "libs/db", "a.ts b.ts > moves");
    row("some of a list before nothing",
        {{"package.json", workspace},
         {"libs/db/drizzle.config.ts", config("['./a.ts', './b.ts']")},
         {"libs/db/a.ts", tables}},
        "libs/db", "libs/db/a.ts > libs/db/moves");
    row("a package without a workspace",
        {{"package.json", "{}"},
         {"src/db/drizzle.config.ts", config("'./src/db/s.ts'")},
         {"src/db/s.ts", tables}},
        "src/db", "src/db/s.ts > moves");
    row("computed from the folder it is run in",
        {{"package.json", workspace},
         {"tools/drizzle.config.ts",
          "import path from 'node:path';\n" +
              config("path.resolve('libs', 'db/s.ts'), casing: process.cwd() && 'snake_case'")},
         {"libs/db/s.ts", tables}},
        "tools", "libs/db/s.ts > moves");
    row("files that the config lists by itself",
        {{"package.json", workspace},
         {"libs/db/drizzle.config.ts",
          "import fs, { globSync } from 'node:fs';\nimport fg from 'fast-glob';\n"
          "import path from 'path';\nfs.existsSync('x');\n" +
              config("[...globSync('src/**/*.ts'), ...fg.sync('*.ts', { cwd: path.join(__dirname, "
                     "'more') })]")},
         {"libs/db/src/a/b/s.ts", tables},
         {"libs/db/more/s.ts", tables}},
        "libs/db", "libs/db/src/a/b/s.ts libs/db/more/s.ts > libs/db/moves");
    row("stars beside letters stay in their folder",
        {{"package.json", workspace},
         {"drizzle.config.ts", config("'./db/**.schema.ts'")},
         {"db/a.schema.ts", tables},
         {"db/deep/b.schema.ts", tables}},
        "", "db/a.schema.ts > moves");
    row("what a build would make, of its source",
        {{"package.json", workspace},
         {"libs/db/drizzle.config.ts", config("['./dist/db/*.js', '../more/build/s.js']")},
         {"libs/db/src/db/s.ts", tables},
         {"libs/more/s.ts", tables}},
        "libs/db", "libs/db/src/db/s.ts libs/more/s.ts > libs/db/moves");
    row("what a build has made",
        {{"package.json", workspace},
         {"libs/db/drizzle.config.ts", config("'./dist/s.js'")},
         {"libs/db/dist/s.js", tables},
         {"libs/db/src/s.ts", tables}},
        "libs/db", "libs/db/dist/s.js > libs/db/moves");
    row("nowhere", {{"package.json", workspace}, {"libs/db/drizzle.config.ts", config("'./s.ts'")}},
        "libs/db", "nothing in libs/db matches, nor in a folder above it");
}

/// drizzle-kit takes a config's paths from where it is run.
void TestConfigs::folders()
{
    QFETCH(Files, files);
    QFETCH(QByteArray, opened);
    QFETCH(QString, expected);
    const WrittenFolder folder(files);
    const QDir dir(folder.path());
    const auto config = configOf(folder.filePath(opened));
    if (!config.ok()) {
        QCOMPARE(QString(config.error().detail).remove(folder.path() + u'/'), expected);
        return;
    }
    QStringList found;
    for (const QString &file : config->schemaFiles)
        found.append(dir.relativeFilePath(file));
    QCOMPARE(found.join(u' ') + QStringLiteral(" > ") + dir.relativeFilePath(config->out),
             expected);
    QCOMPARE(QFileInfo(config->file).path(), config->root);
}

void TestConfigs::plain_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("expected"); // empty: it has to be evaluated
    const auto row = [](const char *name, const QByteArray &code, const char *expected) {
        QTest::newRow(name) << code << QString::fromUtf8(expected);
    };
    const QByteArray define = "import { defineConfig } from 'drizzle-kit';\n";
    row("an object", "export default { schema: \"./s.ts\", \"strict\": true, n: 2, };",
        R"({"schema":"./s.ts","strict":true,"n":2})");
    row("defineConfig", define + "export default defineConfig({ a: ['x', `y`,], b: { c: null } })",
        R"({"a":["x","y"],"b":{"c":null}})");
    row("with types",
        "import type { Config } from 'drizzle-kit';\nexport default { a: 'b' } "
        "satisfies Config;",
        R"({"a":"b"})");
    row("comments", "// first\nexport default { /* a: 1, */ b: 'c' // d\n} as Config",
        R"({"b":"c"})");
    row("variables",
        "import 'dotenv/config';\nexport default { a: process.env.SET!, b: process.env['SET'], c: "
        "process.env.UNSET!, d: process.env.UNSET ?? 'e', f: process.env.EMPTY || 'g', h: "
        "process.env.EMPTY ?? 'i' }",
        R"({"a":"set","b":"set","d":"e","f":"g","h":""} UNSET)");
    row("a name twice", "export default { a: 1, b: 2, a: 3 }", R"({"b":2,"a":3})");
    row("escapes", "export default { a: 'it\\'s \\u00e4\\n' }", R"({"a":"it's ä\n"})");
    row("a call", "import path from 'path';\nexport default { a: path.join('x') }", "");
    row("another import", "import './env';\nexport default { a: 'x' }", "");
    row("a template with a hole", "export default { a: `x${1}` }", "");
    row("a spread", "export default { ...base }", "");
    row("shorthand", "export default { schema }", "");
    row("a condition", "export default { a: true ? 'b' : 'c' }", "");
    row("a sum", "export default { a: 'b' + 'c' }", "");
    row("statements behind", "export default { a: 'b' };\nthrow new Error();", "");
    row("statements before", "const x = 1;\nexport default { a: 'b' };", "");
    row("defineConfig of someone else",
        "import { defineConfig } from './own';\nexport default defineConfig({ a: 'b' });", "");
    row("defineConfig under another name",
        "import { defineConfig as d } from 'drizzle-kit';\nexport default d({ a: 'b' });", "");
    row("CommonJS", "module.exports = { a: 'b' };", "");
    row("a list", "export default [{ a: 'b' }];", "");
    row("a method", "export default { a() { return 'b' } };", "");
}

void TestConfigs::plain()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, expected);
    load::Environment environment;
    environment.values = {{QStringLiteral("SET"), QStringLiteral("set")},
                          {QStringLiteral("EMPTY"), QString()}};
    const auto config = load::plainConfig(code, environment);
    QCOMPARE(config.has_value(), !expected.isEmpty());
    if (config)
        QCOMPARE(
            (QString::fromStdString(config->config.dump()) + u' ' + config->namesRead.join(u','))
                .trimmed(),
            expected);
}

void TestConfigs::literals_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &code, const char *expected) {
        QTest::newRow(name) << code << QString::fromUtf8(expected);
    };
    row("texts", "export default defineConfig({ schema: './s.ts', out: `./o`, url: 'secret' })",
        R"({"schema":"./s.ts","out":"./o"})");
    row("a list", "const c = { schema: ['./a.ts', \"./b.ts\", ] }",
        R"({"schema":["./a.ts","./b.ts"]})");
    row("joined",
        "x = { schema: path.join(__dirname, 'src', '../db/s.ts'), out: "
        "resolve(process.cwd(), './o') }",
        R"({"schema":"db/s.ts","out":"o"})");
    row("computed", "x = { schema: dir + '/s.ts', out: `${dir}/o` }", "{}");
    row("a schema of migrations is another one",
        "x = { migrations: { schema: 'm', table: 't', prefix: 'unix' }, schema: './s.ts' }",
        R"({"migrations":{"schema":"m","table":"t","prefix":"unix"},"schema":"./s.ts"})");
    row("commented out",
        "x = { // schema: './old.ts',\n /* schema: './older.ts', */ schema: "
        "'./s.ts' }",
        R"({"schema":"./s.ts"})");
    row("in a text", "x = \"schema: './no.ts'\"; y = { schema: './s.ts' }",
        R"({"schema":"./s.ts"})");
    row("the first one", "a = { schema: './a.ts' }; b = { schema: './b.ts' }",
        R"({"schema":"./a.ts"})");
    row("cut off", "x = { schema: ['./a.ts", "{}");
    row("nothing", "", "{}");
}

void TestConfigs::literals()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(load::configLiterals(code).dump()), expected);
}

void TestConfigs::decoded_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &members, const char *expected) {
        QTest::newRow(name) << members << QString::fromUtf8(expected);
    };
    row("none", "", "[] no roles  + -   ");
    row("extensions", "extensionsFilters: ['postgis']", "[postgis] no roles  + -   ");
    row("roles", "entities: { roles: true }", "[] roles  + -   ");
    row("no roles", "entities: { roles: false }", "[] no roles  + -   ");
    row("some roles", "entities: { roles: { provider: 'neon', include: ['a'], exclude: ['b'] } }",
        "[] roles neon +a -b   ");
    row("ssl: a mode", "dbCredentials: { host: 'h', database: 'd', ssl: 'verify-full' }",
        "[] no roles  + -  postgres://h/d?sslmode=verify-full ");
    row("ssl: options",
        "dbCredentials: { host: 'h', database: 'd', ssl: { rejectUnauthorized: false } }",
        "[] no roles  + -  postgres://h/d?sslmode=require ");
    row("ssl: off", "dbCredentials: { host: 'h', database: 'd', ssl: false }",
        "[] no roles  + -  postgres://h/d?sslmode=disable ");
    row("ssl: a text that would be more",
        "dbCredentials: { host: 'h', database: 'd', ssl: 'require&host=evil' }",
        "[] no roles  + -  postgres://h/d?sslmode=require%26host%3Devil ");
    row("pglite", "driver: 'pglite', dbCredentials: { url: './data' }",
        "[] no roles  + - pglite  pglite");
    row("Amazon",
        "driver: 'aws-data-api', dbCredentials: { database: 'd', secretArn: 's', resourceArn: 'r' "
        "}",
        "[] no roles  + - aws-data-api  aws-data-api");
    row("another kind of url", "dbCredentials: { url: 'file:./x.db' }",
        "[] no roles  + -   postgres://");
}

void TestConfigs::decoded()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, expected);
    const WrittenFolder folder(
        {{"package.json", "{\"workspaces\": []}"},
         {"s.ts", tables},
         {"drizzle.config.ts",
          "export default { dialect: 'postgresql', schema: './s.ts', " + members + " };\n"}});
    const auto config = configOf(folder.path());
    QVERIFY2(config.ok(), config.ok() ? "" : qPrintable(base::toLine(config.error())));
    static const QStringList words{QStringLiteral("pglite"), QStringLiteral("aws-data-api"),
                                   QStringLiteral("postgres://")};
    QString reason;
    for (const QString &word : words) {
        if (config->noConnection.contains(word))
            reason = word;
    }
    QCOMPARE(QStringLiteral("[%1] %2 %3 +%4 -%5 %6 %7 %8")
                 .arg(config->extensionsFilters.join(u','),
                      config->roles.wanted ? QStringLiteral("roles") : QStringLiteral("no roles"),
                      config->roles.provider, config->roles.include.join(u','),
                      config->roles.exclude.join(u','), config->driver, config->url, reason),
             expected);
}

void TestConfigs::refused_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("said");
    QTest::newRow("a list") << QByteArray("export default [{ dialect: 'postgresql' }];")
                            << QStringLiteral("it is a list");
    QTest::newRow("a function") << QByteArray("export default () => ({ dialect: 'postgresql' });")
                                << QStringLiteral("it is a function");
    QTest::newRow("made by a package")
        << QByteArray("import { make } from '@acme/config';\nexport default make();")
        << QStringLiteral("@acme/config.make()");
    QTest::newRow("a syntax error")
        << QByteArray("export default {\n  schema: ,\n};") << QStringLiteral("config.ts:2:11");
    QTest::newRow("throws and says nothing")
        << QByteArray("throw new Error('no luck');") << QStringLiteral("no luck");
}

void TestConfigs::refused()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, said);
    const WrittenFolder folder(
        {{"package.json", "{\"workspaces\": []}"}, {"s.ts", tables}, {"drizzle.config.ts", code}});
    const auto config = configOf(folder.path());
    QVERIFY(!config.ok());
    const QString line = base::toLine(config.error());
    QVERIFY2(line.contains(said), qPrintable(line));
}

void TestConfigs::fallbackIsNoticed()
{
    const WrittenFolder folder(
        {{"package.json", "{\"workspaces\": []}"},
         {"s.ts", tables},
         {"drizzle.config.ts", "const c = { dialect: 'postgresql', schema: ['./s.ts'], out: './o' "
                               "};\nthrow new Error('DB_URL is missing');\n"}});
    const auto config = configOf(folder.path());
    QVERIFY2(config.ok(), config.ok() ? "" : qPrintable(base::toLine(config.error())));
    QCOMPARE(config->out, folder.filePath("o"));
    QCOMPARE(config->problems.size(), 1);
    QVERIFY(config->problems.first().text.contains(QLatin1String("DB_URL is missing")));
    QCOMPARE(config->problems.first().location.file, QStringLiteral("drizzle.config.ts"));
}

QTEST_GUILESS_MAIN(TestConfigs)
#include "tst_configs.moc"
