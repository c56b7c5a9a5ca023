// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/disk.h"
#include "load/project.h"
#include "schema/json.h"
#include "writtenfolder.h"

#include <QDirIterator>
#include <QTest>

#include <functional>

#include <fcntl.h>
#include <sys/stat.h>

/// What is kept of a project for the next time that it is read, and when it still holds.
class TestCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void same();
    void changes_data();
    void changes();
    void chance_data();
    void chance();
    void outside_data();
    void outside();
    void incomplete();
    void unreadableRecord();
    void around();
    void stampsFirst();

private:
    QTemporaryDir m_cache;
};

namespace
{

using Change = std::function<void(const WrittenFolder &)>;

const Files project{{".git", ""},
                    {".env", "DATABASE_URL=postgres://ann:veryhush@db/crm\nMODE=one\n"},
                    {"drizzle.config.ts",
                     "export default { dialect: 'postgresql', schema: './schema.ts', out: "
                     "'./o', casing: 'snake_case', breakpoints: false, entities: { roles: "
                     "true }, dbCredentials: { url: process.env.DATABASE_URL } };\n"},
                    {"schema.ts", "export * from './tables';\nimport { gone } from '@/gone';\n"
                                  "export const x = gone;\n"},
                    {"tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./*\"]}}}"},
                    {"tables.ts", "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
                                  "export const t = pgTable('t', { aB: text() });\n"}};

const QByteArray config = "export default { dialect: 'postgresql', schema: './schema.ts' };\n";
const QByteArray globbed = "export default { dialect: 'postgresql', schema: './*.sql.ts' };\n";

QByteArray table(const QByteArray &name)
{
    return "import { pgTable } from 'drizzle-orm/pg-core';\nexport const " + name + " = pgTable('" +
           name + "', {});\n";
}

Files with(Files files, const Files &more)
{
    files.insert(more);
    return files;
}

base::Installation installation()
{
    return base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin"));
}

/// Loads \a folder and keeps what came out.
std::optional<load::Code> keep(const WrittenFolder &folder)
{
    const auto inputs = std::make_shared<load::Inputs>();
    const auto code = base::await(load::code(installation(), folder.path(), inputs));
    if (!code) {
        qWarning("%s", qPrintable(base::toLine(code.error())));
        return std::nullopt;
    }
    load::keepCode(folder.path(), *code, *inputs).waitForFinished();
    return *code;
}

Change writes(const QByteArray &name, const QByteArray &text)
{
    return [=](const WrittenFolder &folder) { folder.write(name, text); };
}

/// Over it and not into it, as links have to be.
Change replaces(const QByteArray &name, const QByteArray &text)
{
    return [=](const WrittenFolder &folder) {
        QFile::remove(folder.filePath(name));
        folder.write(name, text);
    };
}

/// Writes as many bytes, and sets the time of change to what it was.
Change rewritesUnseen(const QByteArray &name, const QByteArray &text)
{
    return [=](const WrittenFolder &folder) {
        const QByteArray path = QFile::encodeName(folder.filePath(name));
        struct stat before {
        };
        QCOMPARE(::stat(path.constData(), &before), 0);
        folder.write(name, text);
        const timespec times[] = {before.st_atim, before.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, path.constData(), times, 0), 0);
        struct stat after {
        };
        QCOMPARE(::stat(path.constData(), &after), 0);
        QCOMPARE(after.st_size, before.st_size);
        QCOMPARE(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
    };
}

QString namesOf(const load::Code &code)
{
    QStringList names;
    for (const schema::Table &one : code.schema.tables)
        names.append(one.name.name);
    names.sort();
    return names.join(u',');
}

} // namespace

Q_DECLARE_METATYPE(Change)

void TestCache::init()
{
    qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8());
    qunsetenv("SLUICE_NO_CACHE");
    qunsetenv("DATABASE_CRM");
}

void TestCache::same()
{
    const WrittenFolder folder(project);
    QVERIFY(!load::keptCode(folder.path()));
    const auto code = keep(folder);
    QVERIFY(code);
    const auto kept = load::keptCode(folder.path());
    QVERIFY(kept);
    QVERIFY(kept->isExact);
    QCOMPARE(schema::toJson(kept->code.schema), schema::toJson(code->schema));
    const load::Config &known = kept->code.config;
    QCOMPARE(known.out, folder.filePath("o"));
    QCOMPARE(known.casing, QStringLiteral("snake_case"));
    QCOMPARE(known.breakpoints, false);
    QCOMPARE(known.roles.wanted, true);
    const QList<schema::Problem> &problems = kept->code.problems;
    QVERIFY(problems == code->problems);
    QVERIFY(!problems.isEmpty());
    for (qsizetype i = 0; i < problems.size(); ++i) {
        QCOMPARE(problems.at(i).location.line, code->problems.at(i).location.line);
        QCOMPARE(problems.at(i).hint, code->problems.at(i).hint);
        QCOMPARE(problems.at(i).importChain, QStringList{QStringLiteral("schema.ts")});
    }
    // The password stays where it is.
    QCOMPARE(code->config.url, QStringLiteral("postgres://ann:veryhush@db/crm"));
    QCOMPARE(known.url, QString());
    QDirIterator it(m_cache.path(), QDir::Files, QDirIterator::Subdirectories);
    int files = 0;
    for (; it.hasNext(); ++files) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("veryhush"));
        QVERIFY(!(file.permissions() & QFile::ReadOther));
    }
    QCOMPARE(files, 1);
}

void TestCache::changes_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("names"); // of the tables then; "=" when it holds
    const auto row = [](const char *name, const Files &files, const Change &change,
                        const char *names) {
        QTest::newRow(name) << files << change << QString::fromUtf8(names);
    };
    row("a file of the schema", project, writes("tables.ts", table("other")), "other");
    row("the config", project, writes("drizzle.config.ts", project["drizzle.config.ts"] + "//\n"),
        "t");
    row("another config that comes first",
        {{".git", ""}, {"drizzle.config.js", config}, {"schema.ts", table("a")}},
        writes("drizzle.config.ts", "export default { dialect: 'postgresql', schema: './b.ts' };"),
        "!");
    row("a variable", project, writes(".env", "MODE=two\n"), "t");
    row(
        "a variable of the person", project,
        [](const WrittenFolder &) { qputenv("DATABASE_CRM", "postgres://db/x"); }, "t");
    row("another file of variables", project, writes(".env.local", "A=b\n"), "t");
    row("a file of variables that the config names",
        {{".git", ""},
         {"one.env", "PREFIX=a\n"},
         {"drizzle.config.ts", "import { config } from 'dotenv';\nconfig({ path: 'one.env' });\n"
                               "export default { dialect: 'postgresql', schema: "
                               "`./${process.env.PREFIX}.ts` };\n"},
         {"a.ts", table("a")},
         {"b.ts", table("b")}},
        writes("one.env", "PREFIX=b\n"), "b");
    const Files aliased{{".git", ""},
                        {"app/drizzle.config.ts", config},
                        {"app/schema.ts", "export * from '@t';\n"},
                        {"app/one.ts", table("one")},
                        {"app/two.ts", table("two")}};
    row("what a tsconfig extends",
        with(aliased, {{"app/tsconfig.json", "{\"extends\": \"../base.json\"}"},
                       {"base.json", "{\"compilerOptions\": {\"baseUrl\": \"app\", \"paths\": "
                                     "{\"@t\": [\"one.ts\"]}}}"}}),
        writes("base.json",
               "{\"compilerOptions\": {\"baseUrl\": \"app\", \"paths\": {\"@t\": [\"two.ts\"]}}}"),
        "two");
    row("a tsconfig between folder and workspace",
        with(aliased, {{"tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@t\": "
                                         "[\"./app/one.ts\"]}}}"}}),
        writes("app/tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@t\": [\"./two.ts\"]}}}"),
        "two");
    const Files glob{{".git", ""}, {"drizzle.config.ts", globbed}, {"a.sql.ts", table("a")}};
    row("a new file under a glob", glob, writes("b.sql.ts", table("b")), "a,b");
    row(
        "a file under a glob that goes", with(glob, {{"b.sql.ts", table("b")}}),
        [](const WrittenFolder &folder) { QFile::remove(folder.filePath("b.sql.ts")); }, "a");
    const Files plain{
        {".git", ""}, {"drizzle.config.ts", config}, {"schema.ts", table("a")}, {"note.md", "a"}};
    const Files shadowed{{".git", ""},
                         {"drizzle.config.ts", config},
                         {"schema.ts", "export * from './foo';\n"},
                         {"foo/index.ts", table("index")}};
    row("a file that wins over a folder's index", shadowed, writes("foo.ts", table("foo")), "foo");
    const Files workspace{
        {"package.json", "{\"workspaces\": [\"packages/*\"]}"},
        {"app/drizzle.config.ts", config},
        {"app/schema.ts", "export * from '@acme/db';\n"},
        {"packages/db/package.json", "{\"name\": \"@acme/db\", \"exports\": \"./one.ts\"}"},
        {"packages/db/one.ts", table("one")},
        {"packages/db/two.ts", table("two")}};
    row("exports of a package", workspace,
        writes("packages/db/package.json", "{\"name\": \"@acme/db\", \"exports\": \"./two.ts\"}"),
        "two");
    row("a new package of the workspace", workspace,
        writes("packages/more/package.json", "{\"name\": \"@acme/more\"}"), "one");
    row("a link to a file that leads elsewhere",
        with(plain,
             {{"schema.ts", "-> one.ts"}, {"one.ts", table("one")}, {"two.ts", table("two")}}),
        replaces("schema.ts", "-> two.ts"), "two");
    row("a link to a folder that leads elsewhere",
        with(plain, {{"schema.ts", "export * from './db/t';\n"},
                     {"db", "-> one"},
                     {"one/t.ts", table("one")},
                     {"two/t.ts", table("two")}}),
        replaces("db", "-> two"), "two");
    row("as many bytes at the same time", plain, rewritesUnseen("schema.ts", table("b")), "b");
    row("relations beside the schema",
        with(plain, {{"db/schema.ts", table("a")},
                     {"drizzle.config.ts",
                      "export default { dialect: 'postgresql', schema: './db/schema.ts' };"}}),
        writes("db/relations.ts",
               "import { relations } from 'drizzle-orm';\nimport { a } from './schema';\n"
               "export const r = relations(a, () => ({}));\n"),
        "a");
    row("a settings file above", with(plain, {{"package.json", "{}"}}),
        writes("package.json", "{\"type\": \"module\"}"), "a");
    row("touched", plain, replaces("schema.ts", plain["schema.ts"]), "=");
    row("a file that nobody asked for", plain, writes("note.md", "b"), "=");
    row("a new one", with(plain, {{"docs/a.md", "a"}}), writes("docs/b.md", "b"), "=");
}

void TestCache::changes()
{
    QFETCH(Files, files);
    QFETCH(Change, change);
    QFETCH(QString, names);
    const WrittenFolder written(files);
    const bool inApp = files.contains("app/drizzle.config.ts");
    const QString path = inApp ? written.filePath("app") : written.path();
    const auto load = [&] {
        const auto inputs = std::make_shared<load::Inputs>();
        auto code = base::await(load::code(installation(), path, inputs));
        if (code)
            load::keepCode(path, *code, *inputs).waitForFinished();
        return code;
    };
    const auto before = load();
    QVERIFY2(before.ok(), before.ok() ? "" : qPrintable(base::toLine(before.error())));
    QVERIFY(load::keptCode(path));
    change(written);
    const auto kept = load::keptCode(path);
    QCOMPARE(kept.has_value(), names == u"=");
    if (kept)
        return;
    const auto after = load();
    QCOMPARE(after.ok(), names != u"!");
    if (after)
        QCOMPARE(namesOf(*after), names);
}

void TestCache::chance_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("exact");
    QTest::newRow("Date.now()") << QByteArray("Date.now()") << false;
    QTest::newRow("new Date()") << QByteArray("new Date().getTime()") << false;
    QTest::newRow("Date()") << QByteArray("Date().length") << false;
    QTest::newRow("by way of another date")
        << QByteArray("new (new Date(0).constructor)().getTime()") << false;
    QTest::newRow("Math.random()") << QByteArray("Math.random() < 2 ? 1 : 0") << false;
    QTest::newRow("today, written out")
        << QByteArray("new Intl.DateTimeFormat().format().length") << false;
    QTest::newRow("a date that is written") << QByteArray("new Date(0).getTime()") << true;
    QTest::newRow("a date that is parsed") << QByteArray("Date.parse('2020-01-01')") << true;
    QTest::newRow("a class") << QByteArray("new Date(0) instanceof Date ? 1 : 0") << true;
}

/// What another evaluation may answer otherwise is kept to be shown, and not as the answer.
void TestCache::chance()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, exact);
    const WrittenFolder folder(
        {{".git", ""},
         {"drizzle.config.ts", config},
         {"schema.ts", "import { bigint, pgTable, timestamp } from 'drizzle-orm/pg-core';\n"
                       "export const t = pgTable('t', { a: bigint({ mode: 'number' }).default(" +
                           value + "), b: timestamp().$defaultFn(() => new Date()) });\n"}});
    const auto code = keep(folder);
    QVERIFY(code);
    QVERIFY(code->problems.isEmpty());
    const auto kept = load::keptCode(folder.path());
    QVERIFY(kept);
    QCOMPARE(kept->isExact, exact);
    // Without being asked for it, the command line answers anew.
    const auto current = load::currentCode(installation(), folder.path());
    QVERIFY(current.ok());
    QCOMPARE(current->config.url.isEmpty(), true);
}

void TestCache::outside_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("notice");
    const auto named = [](const QByteArray &path) {
        return Files{{"out.env", "A=b\n"},
                     {"work/prod.env", "A=b\n"},
                     {"work/drizzle.config.ts",
                      "import { config } from 'dotenv';\nconfig({ path: '" + path +
                          "' });\nexport default { dialect: 'postgresql', schema: './schema.ts' "
                          "};\n"}};
    };
    QTest::newRow("a file of variables")
        << named("../out.env") << QStringLiteral("it is not inside of");
    QTest::newRow("one of production")
        << named("prod.env") << QStringLiteral("must not lead to production");
    QTest::newRow("one that is not there") << named("none.env") << QString();
    QTest::newRow("drizzle-orm") << Files{{"work/drizzle.config.ts", config},
                                          {"store/drizzle-orm/package.json",
                                           "{\"name\": \"drizzle-orm\", \"version\": \"9.9.9\"}"},
                                          {"work/node_modules/drizzle-orm",
                                           "-> ../../store/drizzle-orm"}}
                                 << QStringLiteral("drizzle-orm 9.9.9 is not used");
}

/// What a project names and Sluice does not use is said.
void TestCache::outside()
{
    QFETCH(Files, files);
    QFETCH(QString, notice);
    files.insert({{"work/.git", ""}, {"work/schema.ts", table("a")}});
    const WrittenFolder folder(files);
    const auto code = base::await(load::code(installation(), folder.filePath("work")));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QCOMPARE(namesOf(*code), QStringLiteral("a"));
    QCOMPARE(code->problems.size(), notice.isEmpty() ? 0 : 1);
    if (!notice.isEmpty())
        QVERIFY2(code->problems.first().text.contains(notice),
                 qPrintable(code->problems.first().text));
}

/// A schema that lacks something is not shown as if it were all.
void TestCache::incomplete()
{
    const WrittenFolder folder(project);
    const auto inputs = std::make_shared<load::Inputs>();
    auto code = base::await(load::code(installation(), folder.path(), inputs));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    code->problems.append({.severity = schema::Problem::Severity::Error});
    load::keepCode(folder.path(), *code, *inputs).waitForFinished();
    QVERIFY(!load::keptCode(folder.path()));
}

/// Whatever is in the cache folder, the project is read.
void TestCache::unreadableRecord()
{
    const WrittenFolder folder(project);
    QVERIFY(keep(folder));
    QVERIFY(load::keptCode(folder.path()));
    QDirIterator it(m_cache.path(), QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray record = file.readAll();
        record[record.size() / 2] = char(record[record.size() / 2] + 1);
        QVERIFY(file.seek(0));
        file.write(record);
    }
    QVERIFY(!load::keptCode(folder.path()));
    const auto current = load::currentCode(installation(), folder.path());
    QVERIFY(current.ok());
    QCOMPARE(namesOf(*current), QStringLiteral("t"));
}

void TestCache::around()
{
    const WrittenFolder folder(project);
    QVERIFY(keep(folder));
    qputenv("SLUICE_NO_CACHE", "1");
    QVERIFY(!load::keptCode(folder.path()));
    qunsetenv("SLUICE_NO_CACHE");
    QVERIFY(load::keptCode(folder.path()));
}

/// Contents are compared only where the stamp differs or is too young to tell.
void TestCache::stampsFirst()
{
    const WrittenFolder folder({{"a", "one"}, {"b", "two"}, {"c/d", "three"}});
    load::Inputs inputs;
    {
        load::Disk disk;
        for (const char *name : {"a", "b", "c/d"})
            QVERIFY(!disk.read(folder.filePath(name)).isEmpty());
        QVERIFY(!disk.isFile(folder.filePath("c/e")));
        inputs = disk.inputs();
    }
    constexpr qint64 later = 60'000'000'000; // ns: as if the files were written long before
    inputs.begun = load::disk::now() + later;
    load::Inputs::Check check = load::Inputs(inputs).check();
    QVERIFY(check.holds);
    QCOMPARE(check.compared, 0);
    inputs.begun = 0; // as if they were written after
    check = inputs.check();
    QVERIFY(check.holds);
    QCOMPARE(check.compared, 3);
    inputs.begun = load::disk::now() + later;
    QCOMPARE(load::Inputs(inputs).check().compared, 0);
    replaces("a", "one")(folder);
    check = load::Inputs(inputs).check();
    QVERIFY(check.holds);
    QCOMPARE(check.compared, 1);
    folder.write("c/e", "");
    QVERIFY(!load::Inputs(inputs).check().holds);
}

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
