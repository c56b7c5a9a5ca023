// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/project.h"
#include "writtenfolder.h"

#include <QTest>

/// Which file an import means: packages of the workspace, their exports, tsconfig's aliases.
class TestWorkspaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imports_data();
    void imports();
    void notices();
};

namespace
{

const QByteArray config = "export default { dialect: 'postgresql', schema: './schema.ts' };\n";

/// A file whose table says which one it is.
QByteArray table(const QByteArray &name)
{
    return "import { pgTable } from 'drizzle-orm/pg-core';\nexport const t = pgTable('" + name +
           "', {});\n";
}

/// A package with \a members besides its name.
QByteArray package(const QByteArray &name, const QByteArray &members = "")
{
    return "{\"name\": \"" + name + "\"" + (members.isEmpty() ? "" : ", " + members) + "}";
}

base::Result<load::Code> codeOf(const WrittenFolder &folder)
{
    return base::await(load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")),
                                  folder.filePath("apps/web")));
}

const Files npm{{"package.json", "{\"workspaces\": [\"apps/*\", \"packages/*\"]}"}};

Files with(Files files, const Files &more)
{
    files.insert(more);
    return files;
}

} // namespace

void TestWorkspaces::imports_data()
{
    QTest::addColumn<QByteArray>("specifier");
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected"); // the table's name, or the stand-in's
    const auto row = [](const char *name, const QByteArray &specifier, const Files &files,
                        const char *expected) {
        QTest::newRow(name) << specifier << files << QString::fromUtf8(expected);
    };
    const auto db = [](const QByteArray &members, const Files &more) {
        return with(npm, with(more, {{"packages/db/package.json", package("@acme/db", members)}}));
    };
    const auto src = [](const char *name) { return Files{{name, table(name)}}; };

    // Where a workspace lists its packages.
    const Files sources{{"packages/db/package.json", package("@acme/db")},
                        {"packages/db/src/index.ts", table("found")}};
    row("npm: a list", "@acme/db", with(npm, sources), "found");
    row("yarn: an object", "@acme/db",
        with({{"package.json", "{\"workspaces\": {\"packages\": [\"./packages/**\"]}}"}}, sources),
        "found");
    row("pnpm", "@acme/db",
        with(
            {{"pnpm-workspace.yaml", "# ours\npackages:\n  - \"apps/*\"\n  - packages/*  # all\n"}},
            sources),
        "found");
    row("pnpm: in one line", "@acme/db",
        with({{"pnpm-workspace.yaml", "packages: ['packages/*']\n"}}, sources), "found");
    row("pnpm: left out by !", "@acme/db",
        with({{"pnpm-workspace.yaml", "packages: ['packages/*', '!packages/d*']\n"}}, sources),
        "@acme/db");
    row("pnpm: a file that is no YAML", "@acme/db",
        with({{"pnpm-workspace.yaml", "packages: ['packages/*\n\t]: {"}}, sources), "@acme/db");
    row("lerna", "@acme/db", with({{"lerna.json", "{\"packages\": [\"packages/*\"]}"}}, sources),
        "found");
    row("nx: an alias", "@acme/db",
        with({{"nx.json", "{}"},
              {"apps/web/tsconfig.json", "{\"extends\": \"../../tsconfig.base.json\"}"},
              {"tsconfig.base.json", "{\"compilerOptions\": {\"paths\": {\"@acme/db\": "
                                     "[\"./packages/db/src/index.ts\"]}}}"}},
             sources),
        "found");
    row("a package of another name", "@acme/other", with(npm, sources), "@acme/other");
    row("linked by a package manager, not listed", "@acme/db",
        with({{".git", ""}, {"apps/web/node_modules/@acme/db", "-> ../../../../packages/db"}},
             sources),
        "found");
    const auto needs = [&](const QByteArray &version) {
        return with(sources,
                    {{".git/HEAD", ""},
                     {"apps/web/package.json",
                      package("web", "\"dependencies\": {\"@acme/db\": \"" + version + "\"}")}});
    };
    row("a dependency by its path", "@acme/db", needs("file:../../packages/db"), "found");
    row("a dependency by a link", "@acme/db", needs("link:../../packages/db"), "found");
    row("a dependency of the workspace that another tool lists", "@acme/db", needs("workspace:^"),
        "found");
    row("a dependency of a registry", "@acme/db", needs("^1.0.0"), "@acme/db");
    row("a dependency outside of the workspace", "@acme/db", needs("file:../../../db"), "@acme/db");
    row("installed, not linked", "@acme/db",
        with({{".git", ""}, {"node_modules/@acme/db/index.js", "module.exports = {};"}}, sources),
        "@acme/db");

    // What a package gives.
    row("exports: a text", "@acme/db",
        db("\"exports\": \"./src/a.ts\"", src("packages/db/src/a.ts")), "packages/db/src/a.ts");
    row("exports: conditions", "@acme/db",
        db("\"exports\": {\".\": {\"types\": \"./dist/a.d.ts\", \"import\": \"./dist/a.mjs\"}}",
           src("packages/db/src/a.ts")),
        "packages/db/src/a.ts");
    row("exports: nested conditions without a dot", "@acme/db",
        db("\"exports\": {\"node\": {\"import\": {\"default\": \"./lib/a.js\"}}}",
           src("packages/db/src/a.ts")),
        "packages/db/src/a.ts");
    row("exports: the development condition first", "@acme/db",
        db("\"exports\": {\".\": {\"default\": \"./b.js\", \"development\": \"./ts/a.ts\"}}",
           with(src("packages/db/ts/a.ts"), {{"packages/db/b.js", "exports.t = 1;"}})),
        "packages/db/ts/a.ts");
    row("exports: a subpath", "@acme/db/schema",
        db("\"exports\": {\".\": \"./index.ts\", \"./schema\": \"./src/schema/index.ts\"}",
           src("packages/db/src/schema/index.ts")),
        "packages/db/src/schema/index.ts");
    row("exports: a pattern", "@acme/db/deep/x",
        db("\"exports\": {\"./*\": \"./dist/*.js\"}", src("packages/db/src/deep/x.ts")),
        "packages/db/src/deep/x.ts");
    row("exports: the longest pattern", "@acme/db/deep/x",
        db("\"exports\": {\"./*\": \"./no/*.ts\", \"./deep/*\": \"./yes/*.ts\"}",
           with(src("packages/db/yes/x.ts"), src("packages/db/no/deep/x.ts"))),
        "packages/db/yes/x.ts");
    row("exports: null is not there", "@acme/db/internal/x",
        db("\"exports\": {\"./*\": \"./src/*.ts\", \"./internal/*\": null}",
           src("packages/db/src/internal/x.ts")),
        "@acme/db/internal/x");
    row("exports: an array", "@acme/db",
        db("\"exports\": {\".\": [\"./missing.ts\", \"./src/a.ts\"]}", src("packages/db/src/a.ts")),
        "packages/db/src/a.ts");
    row("exports that lead out", "@acme/db",
        db("\"exports\": \"../secret/a.ts\"", src("packages/secret/a.ts")), "@acme/db");
    row("main", "@acme/db", db("\"main\": \"dist/index.js\"", src("packages/db/src/index.ts")),
        "packages/db/src/index.ts");
    row("main written by hand", "@acme/db",
        db("\"main\": \"./lib/a.js\"", src("packages/db/lib/a.js")), "packages/db/lib/a.js");
    row("built and source: the source", "@acme/db",
        db("\"main\": \"./dist/a.js\"",
           with(src("packages/db/dist/a.js"), src("packages/db/src/a.ts"))),
        "packages/db/src/a.ts");
    row("built under its own path", "@acme/db",
        db("\"main\": \"./dist/packages/db/src/a.js\"", src("packages/db/src/a.ts")),
        "packages/db/src/a.ts");
    row("types only", "@acme/db", db("\"types\": \"./dist/a.d.ts\"", src("packages/db/src/a.ts")),
        "packages/db/src/a.ts");
    row("a main that is its own folder", "@acme/db",
        db("\"main\": \".\"", src("packages/db/index.ts")), "packages/db/index.ts");
    row("a path inside without exports", "@acme/db/src/deep",
        db("", src("packages/db/src/deep.ts")), "packages/db/src/deep.ts");
    row("built and not there", "@acme/db", db("\"main\": \"dist/index.js\"", {}), "@acme/db");

    // A package's own names.
    row("itself", "web/tables",
        with(npm,
             {{"apps/web/package.json", package("web", "\"exports\": {\"./*\": \"./lib/*.ts\"}")},
              {"apps/web/lib/tables.ts", table("own")}}),
        "own");
    row("imports", "#db/tables",
        with(npm, {{"apps/web/package.json",
                    package("web", "\"imports\": {\"#db/*\": {\"default\": \"./lib/*.js\"}}")},
                   {"apps/web/lib/tables.ts", table("own")}}),
        "own");
    row("imports of a package", "#db",
        with(db("", src("packages/db/index.ts")),
             {{"apps/web/package.json", package("web", "\"imports\": {\"#db\": \"@acme/db\"}")}}),
        "packages/db/index.ts");

    // tsconfig.json
    const auto tsconfig = [](const QByteArray &options, const Files &more) {
        return with(npm, with(more, {{"apps/web/tsconfig.json", options}}));
    };
    row("paths before a package of that name", "@acme/db",
        with(db("", src("packages/db/index.ts")),
             tsconfig("{\"compilerOptions\": {\"paths\": {\"@acme/db\": [\"./own.ts\"]}}}",
                      {{"apps/web/own.ts", table("own")}})),
        "own");
    row("paths into another package", "@acme/db/x",
        tsconfig("{\"compilerOptions\": {\"paths\": {\"@acme/*\": [\"../../packages/*\"]}}}",
                 src("packages/db/x.ts")),
        "packages/db/x.ts");
    row("several targets", "~/x",
        tsconfig("{\"compilerOptions\": {\"paths\": {\"~/*\": [\"./no/*\", \"./yes/*\"]}}}",
                 {{"apps/web/yes/x.ts", table("yes")}}),
        "yes");
    row("the longest pattern", "@/db/x",
        tsconfig(
            "{\"compilerOptions\": {\"baseUrl\": \"src\", \"paths\": {\"@/*\": [\"./*\"], "
            "\"@/db/*\": [\"./data/*\"]}}}",
            {{"apps/web/src/data/x.ts", table("data")}, {"apps/web/src/db/x.ts", table("db")}}),
        "data");
    row("baseUrl", "lib/x",
        tsconfig("{\"compilerOptions\": {\"baseUrl\": \"./src\"}}",
                 {{"apps/web/src/lib/x.ts", table("lib")}}),
        "lib");
    row("comments and trailing commas", "@/x",
        tsconfig("\xEF\xBB\xBF{ // a\n \"compilerOptions\": { /* b */ \"paths\": {\"@/*\": "
                 "[\"./lib/*\",], }, },\n}\n",
                 {{"apps/web/lib/x.ts", table("lib")}}),
        "lib");
    row("extends: paths are relative to their file", "@/x",
        tsconfig("{\"extends\": \"../../configs/base\"}",
                 {{"configs/base.json",
                   "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"../shared/*\"]}}}"},
                  {"shared/x.ts", table("shared")}}),
        "shared");
    row("extends: a package of the workspace", "@/x",
        tsconfig("{\"extends\": \"@acme/tsconfig/base.json\"}",
                 {{"packages/tsconfig/package.json", package("@acme/tsconfig")},
                  {"packages/tsconfig/base.json",
                   "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"${configDir}/lib/*\"]}}}"},
                  {"apps/web/lib/x.ts", table("lib")}}),
        "lib");
    row("extends: a list, the last one counts", "@/x",
        tsconfig("{\"extends\": [\"./a.json\", \"./b.json\"]}",
                 {{"apps/web/a.json", "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./a/*\"]}}}"},
                  {"apps/web/b.json", "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./b/*\"]}}}"},
                  {"apps/web/a/x.ts", table("a")},
                  {"apps/web/b/x.ts", table("b")}}),
        "b");
    row("extends: itself", "@/x",
        tsconfig("{\"extends\": \"./tsconfig.json\", \"compilerOptions\": {\"paths\": {\"@/*\": "
                 "[\"./lib/*\"]}}}",
                 {{"apps/web/lib/x.ts", table("lib")}}),
        "lib");
    row("references", "@/x",
        tsconfig("{\"files\": [], \"references\": [{\"path\": \"./tsconfig.app.json\"}]}",
                 {{"apps/web/tsconfig.app.json",
                   "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./lib/*\"]}}}"},
                  {"apps/web/lib/x.ts", table("lib")}}),
        "lib");
    row("that of the folder above", "@/x",
        with(npm,
             {{"tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./lib/*\"]}}}"},
              {"lib/x.ts", table("lib")}}),
        "lib");

    // Files.
    row("a name with two endings", "./x.sql", with(npm, {{"apps/web/x.sql.ts", table("two")}}),
        "two");
    row("spaces, quotes, @ and what is not ASCII", "./a b/it's \xC3\xA4 @2x",
        with(npm, {{"apps/web/a b/it's \xC3\xA4 @2x.ts", table("odd")}}), "odd");
    row("a line break in a name", "./a\\nb", with(npm, {{"apps/web/a\nb.ts", table("odd")}}),
        "odd");
    row("a star in a name", "./a*b", with(npm, {{"apps/web/a*b.ts", table("star")}}), "star");
    row("a folder in brackets", "./[id]/x", with(npm, {{"apps/web/[id]/x.ts", table("id")}}), "id");
    // In a folder of their own: a table beside the schema that is not imported is noticed.
    const Files cases{{"apps/web/x/User.ts", table("large")},
                      {"apps/web/x/user.ts", table("small")}};
    row("another case", "./x/User", with(npm, cases), "large");
    row("the other case", "./x/user", with(npm, cases), "small");
    row("a query behind it", "./x.ts?raw", with(npm, {{"apps/web/x.ts", table("raw")}}), "raw");
}

void TestWorkspaces::imports()
{
    QFETCH(QByteArray, specifier);
    QFETCH(Files, files);
    QFETCH(QString, expected);
    files.insert("apps/web/drizzle.config.ts", config);
    files.insert("apps/web/schema.ts", "export { t } from \"" + specifier + "\";\n");
    const WrittenFolder folder(files);
    const auto code = codeOf(folder);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QStringList names;
    for (const schema::Table &one : code->schema.tables)
        names.append(one.name.name);
    const bool isStandIn = expected == QString::fromUtf8(specifier);
    QCOMPARE(names.join(u','), isStandIn ? QString() : expected);
    // A stand-in that is exported has been used.
    QCOMPARE(code->problems.size(), isStandIn ? 1 : 0);
}

void TestWorkspaces::notices()
{
    const WrittenFolder folder(with(
        npm,
        {{"apps/web/tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./lib/*\"]}}}"},
         {"apps/web/drizzle.config.ts", config},
         {"apps/web/schema.ts", "export * from './inner';\n"},
         {"apps/web/inner.ts", "import { a } from '@/gone';\nexport const b = () => [a];\n"}}));
    const auto code = codeOf(folder);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QCOMPARE(code->problems.size(), 1);
    const schema::Problem &problem = code->problems.first();
    QCOMPARE(problem.severity, schema::Problem::Severity::Notice);
    QVERIFY2(problem.text.contains(QLatin1String("@/gone")), qPrintable(problem.text));
    QCOMPARE(problem.location.file, QStringLiteral("inner.ts"));
    QCOMPARE(problem.location.line, 1);
    QCOMPARE(problem.location.column, 19);
    QCOMPARE(problem.importChain,
             (QStringList{QStringLiteral("schema.ts"), QStringLiteral("inner.ts")}));
}

QTEST_GUILESS_MAIN(TestWorkspaces)
#include "tst_workspaces.moc"
