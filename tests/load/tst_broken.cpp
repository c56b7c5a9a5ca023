// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/project.h"
#include "writtenfolder.h"

#include <QElapsedTimer>
#include <QTest>

/// Files that cannot be used: what they cost, and what is said of them.
class TestBroken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives_data();
    void survives();
    void fails_data();
    void fails();
    void hugeFile();
    void endlessFile_data();
    void endlessFile();
    void hiddenImport();
    void amongMany_data();
    void amongMany();
};

namespace
{

QByteArray table(const QByteArray &name)
{
    return "import { pgTable } from 'drizzle-orm/pg-core';\nexport const " + name + " = pgTable('" +
           name + "', {});\n";
}

const QByteArray config = "export default { dialect: 'postgresql', schema: ['./a.ts', './b.ts'] "
                          "};\n";

base::Result<load::Code> codeOf(const WrittenFolder &folder)
{
    return base::await(load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")),
                                  folder.filePath("work")));
}

Files inWork(const Files &files)
{
    Files all{{"work/.git", ""}};
    for (auto it = files.cbegin(); it != files.cend(); ++it)
        all.insert("work/" + it.key(), it.value());
    if (!files.contains("drizzle.config.ts"))
        all.insert("work/drizzle.config.ts", config);
    return all;
}

/// "file:line:column < importer text".
QString printed(const schema::Problem &problem)
{
    QStringList chain = problem.importChain;
    std::reverse(chain.begin(), chain.end());
    return QStringLiteral("%1:%2:%3 %4 %5")
        .arg(problem.location.file)
        .arg(problem.location.line)
        .arg(problem.location.column)
        .arg(chain.mid(1).join(u' '), problem.text);
}

} // namespace

void TestBroken::survives_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("tables");
    QTest::addColumn<QString>("problem"); // one a line, without its end; empty for none
    const auto row = [](const char *name, const Files &files, const char *tables,
                        const char *problem) {
        QTest::newRow(name) << files << QString::fromUtf8(tables) << QString::fromUtf8(problem);
    };
    row("a syntax error in one of several", {{"a.ts", table("a")}, {"b.ts", "\nexport const = 1;"}},
        "a", "b.ts:2:14  Expected identifier");
    row("what others need",
        {{"a.ts", "export const u = ;\n"},
         {"b.ts",
          "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
          "import { column, kind, u } from './a';\n"
          "export const b = pgTable('b', { k: kind(), u: text().references(() => u.id) });\n"
          "export const c = pgTable('c', { ...column, u: text().references(() => u.id) });\n"}},
        "b,c",
        "a.ts:1:18  Unexpected\nb.ts:3:18  What needs a.ts is left out, from here on: that file");
    row("behind a barrel",
        {{"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './index.ts' };"},
         {"index.ts", "export * from './a';\nexport * from './deep';\n"},
         {"deep.ts", "export * from './b';\n"},
         {"a.ts", table("a")},
         {"b.ts", "export const b = [;\n"}},
        "a", "b.ts:1:19 deep.ts index.ts Unexpected");
    row("an import that is not there", {{"a.ts", table("a")}, {"b.ts", "\n import './gone';\n"}},
        "a", "b.ts:2:9  It imports \"./gone\"");
    row("one that is not needed",
        {{"a.ts", table("a")},
         {"b.ts",
          "try { require('./gone') } catch {}\nimport type { X } from './types';\n" + table("b")}},
        "a,b", "");
    row("a file outside of the workspace",
        {{"a.ts", table("a")}, {"b.ts", "export * from '../out';\n"}, {"../out.ts", table("out")}},
        "a", "b.ts:1:15  It imports /");
    row("a link that leads out of the workspace",
        {{"a.ts", table("a")},
         {"b.ts", "export * from './link';\n"},
         {"link.ts", "-> ../out.ts"},
         {"../out.ts", table("out")}},
        "a", "b.ts:1:15  It imports /");
    row("a schema file outside of the workspace",
        {{"drizzle.config.ts",
          "export default { dialect: 'postgresql', schema: ['./a.ts', '../out.ts'] };"},
         {"a.ts", table("a")},
         {"../out.ts", table("out")}},
        "a", "../out.ts:0:0  The schema names it, and it is not inside of /");
    row("a name that is not UTF-8",
        {{"a.ts", table("a")},
         {"b.ts", "import { pgTable } from 'drizzle-orm/pg-core';\n"
                  "export const b = pgTable('b\xE4', {});\n"}},
        "a", "b.ts:2:26  The file is not UTF-8");
    row("a comment that is not UTF-8", {{"a.ts", table("a")}, {"b.ts", "// \xE4\n" + table("b")}},
        "a,b", "");
    row("a link to itself", {{"a.ts", table("a")}, {"b.ts", "import './c';"}, {"c.ts", "-> c.ts"}},
        "a", "b.ts:1:8  It imports \"./c\"");
    row("empty files", {{"a.ts", table("a")}, {"b.ts", ""}}, "a", "");
    row("a tsconfig that is no JSON",
        {{"a.ts", table("a")}, {"b.ts", table("b")}, {"tsconfig.json", "{ no"}}, "a,b",
        "tsconfig.json:1:3  It cannot be read");
    row("a tsconfig that extends nothing",
        {{"a.ts", table("a")},
         {"b.ts", "export * from '@/c';\n"},
         {"c.ts", table("b")},
         {"tsconfig.json", "{\"extends\": \"./gone.json\", \"compilerOptions\": {\"paths\": "
                           "{\"@/*\": [\"./*\"]}}}"}},
        "a,b", "tsconfig.json:0:0  It extends \"./gone.json\"");
    row("loops of links under a glob",
        {{"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './**/*.db.ts' };"},
         {"x/a.db.ts", table("a")},
         {"x/loop", "-> ../x"}},
        "a", "");
    row("a folder with files that are none",
        {{"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './db' };"},
         {"db/a.ts", table("a")},
         {"db/README.md", "# The tables\n"}},
        "a", "db/README.md:0:0  drizzle-kit would run this file");
    row("top-level await", {{"a.ts", table("a")}, {"b.ts", "const x = await 1;\n"}}, "a",
        "b.ts:1:11  Top-level await");
}

void TestBroken::survives()
{
    QFETCH(Files, files);
    QFETCH(QString, tables);
    QFETCH(QString, problem);
    const WrittenFolder folder(inWork(files));
    const auto code = codeOf(folder);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QStringList names;
    for (const schema::Table &one : code->schema.tables)
        names.append(one.name.name);
    QCOMPARE(names.join(u','), tables);
    QStringList problems;
    for (const schema::Problem &one : code->problems)
        problems.append(printed(one));
    const QStringList wanted = problem.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(problems.size(), wanted.size());
    for (int i = 0; i < wanted.size(); ++i)
        QVERIFY2(problems.at(i).startsWith(wanted.at(i)), qPrintable(problems.join(u'\n')));
}

void TestBroken::fails_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const Files &files, const char *where, const char *said) {
        QTest::newRow(name) << files << QString::fromUtf8(where) << QString::fromUtf8(said);
    };
    row("every file", {{"a.ts", "export const = 1;"}, {"b.ts", "["}}, "a.ts:1:14",
        "Expected identifier");
    row("a link as schema that leads out of the workspace",
        {{"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './link.ts' };"},
         {"link.ts", "-> ../out.ts"},
         {"../out.ts", table("out")}},
        "../out.ts", "not inside of");
    row("a secret in what is thrown",
        {{"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './a.ts' };"},
         {".env", "SMTP_PWD=hunter2222\n"},
         {"a.ts", "throw new Error('with ' + process.env.SMTP_PWD);\n"}},
        "a.ts:1:7", "with <SMTP_PWD>");
    row("code that throws, two imports away",
        {{"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './a.ts' };"},
         {"a.ts", "export * from './c';\n"},
         {"c.ts", "import './d';\n"},
         {"d.ts", "\nthrow new Error('oh');\n"}},
        "d.ts:2:7", "imported by a.ts → c.ts → d.ts");
}

void TestBroken::fails()
{
    QFETCH(Files, files);
    QFETCH(QString, where);
    QFETCH(QString, said);
    const WrittenFolder folder(inWork(files));
    const auto code = codeOf(folder);
    QVERIFY(!code.ok());
    QCOMPARE(code.error().where, where);
    QVERIFY2(code.error().detail.contains(said), qPrintable(code.error().detail));
}

void TestBroken::hugeFile()
{
    const WrittenFolder folder(
        inWork({{"a.ts", table("a")}, {"b.ts", "import d from './data.json';\nexport { d };\n"}}));
    QFile file(folder.filePath("work/data.json"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(50 << 20));
    QElapsedTimer timer;
    timer.start();
    const auto code = codeOf(folder);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QVERIFY(timer.elapsed() < 5'000);
    QCOMPARE(code->problems.size(), 1);
    const QString problem = printed(code->problems.first());
    QVERIFY2(problem.startsWith(
                 QLatin1String("data.json:0:0 b.ts The file is too large for a schema: 50 MB")),
             qPrintable(problem));
}

void TestBroken::endlessFile_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("error"); // empty: it loads
    QTest::newRow("a tsconfig.json that extends one")
        << Files{{"tsconfig.json", "{ \"extends\": \"/dev/zero\" }"}}
        << QStringLiteral("esbuild needs more memory");
    QTest::newRow("as package.json")
        << Files{{"package.json", "-> /dev/zero"}} << QStringLiteral("esbuild needs more memory");
    QTest::newRow("as package.json above the project")
        << Files{{"../package.json", "-> /dev/zero"}} << QStringLiteral("esbuild needs");
    QTest::newRow("as .env") << Files{{".env", "-> /dev/zero"}} << QString();
}

/// Neither Sluice nor esbuild reads one until the machine has no memory left.
void TestBroken::endlessFile()
{
    QFETCH(Files, files);
    QFETCH(QString, error);
    files.insert("a.ts", table("a"));
    files.insert("b.ts", table("b"));
    const WrittenFolder folder(inWork(files));
    QElapsedTimer timer;
    timer.start();
    const auto code = codeOf(folder);
    QVERIFY(timer.elapsed() < 10'000);
    QCOMPARE(code.ok(), error.isEmpty());
    QVERIFY2(code.ok() || code.error().text.startsWith(error),
             code.ok() ? "" : qPrintable(base::toLine(code.error())));
}

/// esbuild finds an import that a look at the text does not: what is behind the quote in the
/// regular expression seems to be a text.
void TestBroken::hiddenImport()
{
    const WrittenFolder folder(inWork({{"a.ts", table("a")}, {"../out.json", "{ \"x\": 1 }"}}));
    folder.write("work/b.ts", "let x = {};\nif (x) /'/.test('y'); x = require(\"" +
                                  folder.filePath("out.json").toUtf8() + "\");\n" + table("b"));
    const auto code = codeOf(folder);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QCOMPARE(code->schema.tables.size(), 1);
    QCOMPARE(code->problems.size(), 1);
    const QString problem = printed(code->problems.first());
    QVERIFY2(problem.startsWith(QLatin1String("b.ts:")) &&
                 problem.contains(QLatin1String("not inside of")),
             qPrintable(problem));
}

void TestBroken::amongMany_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem"); // without its end
    QTest::newRow("none") << table("t299") << QString();
    QTest::newRow("a syntax error")
        << QByteArray("export const = 1;") << "t299.ts:1:14 b.ts Expected identifier";
    QTest::newRow("a missing file")
        << QByteArray("import './gone';") << "t299.ts:1:8 b.ts It imports \"./gone\"";
    QTest::newRow("what throws when it runs")
        << QByteArray("throw new Error('no');")
        << "t299.ts:1:7 b.ts t299.ts throws when it is loaded";
    QTest::newRow("zod in a late one")
        << "import { z } from 'zod';\n" + table("t299") + "export const x = z.string();\n"
        << QString();
}

/// Of many files the first ones run before the last ones are transformed.
void TestBroken::amongMany()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    constexpr int count = 300;
    Files files{{"a.ts", table("a")}};
    QByteArray barrel;
    QStringList names{QStringLiteral("a")};
    for (int i = 0; i < count; ++i) {
        const QByteArray name = 't' + QByteArray::number(i);
        files.insert(name + ".ts", i == count - 1 ? text : table(name));
        barrel += "export * from './" + name + "';\n";
        if (text.contains("'" + name + "'") || i < count - 1)
            names << QString::fromUtf8(name);
    }
    files.insert("b.ts", barrel);
    const WrittenFolder folder(inWork(files));
    const auto code = codeOf(folder);
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QStringList found;
    for (const schema::Table &table : code->schema.tables)
        found << table.name.name;
    QCOMPARE(found, names);
    QCOMPARE(code->problems.isEmpty(), problem.isEmpty());
    if (!problem.isEmpty())
        QVERIFY2(printed(code->problems.first()).startsWith(problem),
                 qPrintable(printed(code->problems.first())));
}

QTEST_GUILESS_MAIN(TestBroken)
#include "tst_broken.moc"
