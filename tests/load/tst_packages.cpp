// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/archiveparts.h"
#include "writtenfolder.h"

#include <QDirIterator>
#include <QTest>

/// Which drizzle-orm and zod a project is evaluated with: its own copies, else Sluice's.
class TestPackages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void drizzle_data();
    void drizzle();
    void zod_data();
    void zod();
    void changed();
    void cached();

private:
    QTemporaryDir m_cache;
};

namespace
{

const QByteArray config = "export default { dialect: 'postgresql', schema: './schema.ts' };\n";

const QByteArray drizzleSchema = "import * as pg from 'drizzle-orm/pg-core';\n"
                                 "export const t = pg.pgTable((pg as any).marker ?? 'ours', {});\n";

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A drizzle-orm of version \a version in \a folder whose pg-core exports a marker.
Files drizzleIn(const QByteArray &folder, const QByteArray &version)
{
    const QString source =
        QStringLiteral(SLUICE_BUILD_DIR "/evaluator-packages/node_modules/drizzle-orm");
    Files files;
    QDirIterator it(source, {QStringLiteral("*.js"), QStringLiteral("package.json")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        const QString name = path.sliced(source.size() + 1);
        const QString part = name.section(u'/', 0, 0);
        const QStringList parts{QStringLiteral("pg-core"),  QStringLiteral("sql"),
                                QStringLiteral("cache"),    QStringLiteral("query-builders"),
                                QStringLiteral("supabase"), QStringLiteral("neon")};
        if (!name.contains(u'/') || parts.contains(part))
            files.insert(folder + "/" + name.toUtf8(), readFile(path));
    }
    files[folder + "/package.json"].replace("\"version\": \"0.45.4\"",
                                            "\"version\": \"" + version + "\"");
    files[folder + "/pg-core/index.js"] += "\nexport const marker = 'own';\n";
    return files;
}

QString namesOf(const base::Result<load::Code> &code)
{
    if (!code.ok())
        return base::toLine(code.error());
    QStringList names;
    for (const schema::Table &table : code->schema.tables)
        names.append(table.name.name);
    for (const schema::Problem &problem : code->problems)
        names.append(problem.text);
    return names.join(u',');
}

base::Result<load::Code> codeOf(const QString &path)
{
    return base::await(
        load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), path));
}

Files with(Files files, const Files &more)
{
    files.insert(more);
    return files;
}

} // namespace

void TestPackages::initTestCase()
{
    qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8());
}

void TestPackages::drizzle_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("noticed");
    const auto row = [](const char *name, const Files &files, const char *expected,
                        const char *noticed = "") {
        QTest::newRow(name) << files << QString::fromUtf8(expected) << QString::fromUtf8(noticed);
    };
    row("not installed", {}, "ours");
    row("installed in the version that Sluice has",
        drizzleIn("app/node_modules/drizzle-orm", "0.45.4"), "ours");
    row("installed", drizzleIn("app/node_modules/drizzle-orm", "0.45.3"), "own");
    row("installed at the root of the workspace", drizzleIn("node_modules/drizzle-orm", "0.45.3"),
        "own");
    row("in pnpm's store",
        with(drizzleIn("node_modules/.pnpm/drizzle-orm@0.45.3/node_modules/drizzle-orm", "0.45.3"),
             {{"app/node_modules/drizzle-orm",
               "-> ../../node_modules/.pnpm/drizzle-orm@0.45.3/node_modules/drizzle-orm"}}),
        "own");
    row("above the workspace", drizzleIn("../node_modules/drizzle-orm", "0.45.3"), "ours");
    row("a copy that reaches out of its folder",
        with(drizzleIn("app/node_modules/drizzle-orm", "0.45.3"),
             {{"app/node_modules/drizzle-orm/pg-core/index.js", "export * from '../../../x.js';"},
              {"app/x.js", "export const marker = 'outside';"}}),
        "ours", "drizzle-orm 0.45.3 cannot be bundled");
    row("a copy that is broken",
        with(drizzleIn("app/node_modules/drizzle-orm", "0.45.3"),
             {{"app/node_modules/drizzle-orm/pg-core/index.js", "export * from './missing.js';"}}),
        "ours", "drizzle-orm 0.45.3 cannot be bundled");
    row("a package.json that is none",
        {{"app/node_modules/drizzle-orm/package.json", "{\"version\": "}}, "ours");
    const QByteArray wants = "{\"name\": \"app\", \"dependencies\": {\"drizzle-orm\": \"";
    row("wanted in another version", {{"app/package.json", wants + "^0.30.1\"}}"}}, "ours");
    row("wanted in version 1", {{"app/package.json", wants + "1.0.0-rc.5\"}}"}}, "ours",
        "wants drizzle-orm 1.0.0-rc.5");
    row("wanted in version 1 by pnpm's catalog",
        {{"app/package.json", wants + "catalog:\"}}"},
         {"pnpm-workspace.yaml", "packages: [app]\ncatalog:\n  drizzle-orm: ^1.2.0\n"}},
        "ours", "wants drizzle-orm ^1.2.0");
    row("wanted in version 1 by Bun's catalog",
        {{"app/package.json", wants + "catalog:\"}}"},
         {"package.json", "{\"workspaces\": {\"packages\": [\"app\"], \"catalog\": "
                          "{\"drizzle-orm\": \"1.3.0\"}}}"}},
        "ours", "wants drizzle-orm 1.3.0");
    row("wanted in version 1 by a catalog of Bun with a name",
        {{"app/package.json", wants + "catalog:db\"}}"},
         {"package.json", "{\"workspaces\": [\"app\"], \"catalogs\": {\"db\": "
                          "{\"drizzle-orm\": \"1.4.0\"}}}"}},
        "ours", "wants drizzle-orm 1.4.0");
}

void TestPackages::drizzle()
{
    QFETCH(Files, files);
    QFETCH(QString, expected);
    QFETCH(QString, noticed);
    Files inner{{"work/package.json", "{\"workspaces\": [\"app\"]}"},
                {"work/app/drizzle.config.ts", config},
                {"work/app/schema.ts", drizzleSchema}};
    for (auto it = files.cbegin(); it != files.cend(); ++it)
        inner.insert("work/" + it.key(), it.value());
    const WrittenFolder folder(inner);
    const auto code = codeOf(folder.filePath("work/app"));
    const QString names = namesOf(code);
    QCOMPARE(names.section(u',', 0, 0), expected);
    QVERIFY2(noticed.isEmpty() ? names == expected : names.contains(noticed), qPrintable(names));
}

void TestPackages::zod_data()
{
    QTest::addColumn<QByteArray>("specifier");
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &specifier, const Files &files,
                        const char *expected) {
        QTest::newRow(name) << specifier << files << QString::fromUtf8(expected);
    };
    // Version 4's objects know what version they are of; those of 3 do not.
    const Files own{{"node_modules/zod/package.json",
                     "{\"version\": \"3.1.0\", \"exports\": {\".\": {\"import\": \"./z.mjs\"}}}"},
                    {"node_modules/zod/z.mjs", "export const z = { string: () => ({ _zod: { "
                                               "version: { major: 'own' } } }) };"}};
    row("ours", "zod", {}, "4");
    row("ours, both versions", "zod/v3", {}, "3");
    row("ours, a part", "zod/v4", {}, "4");
    row("version 3 is wanted", "zod",
        {{"package.json", "{\"dependencies\": {\"zod\": \"^3.22\"}}"}}, "3");
    row("version 4 is wanted", "zod", {{"package.json", "{\"dependencies\": {\"zod\": \"~4\"}}"}},
        "4");
    row("the project's", "zod", own, "own");
}

void TestPackages::zod()
{
    QFETCH(QByteArray, specifier);
    QFETCH(Files, files);
    QFETCH(QString, expected);
    files.insert(".git", "");
    files.insert("drizzle.config.ts", config);
    files.insert("schema.ts", "import { pgTable } from 'drizzle-orm/pg-core';\n"
                              "import { z } from '" +
                                  specifier +
                                  "';\n"
                                  "const s = z.string() as any;\n"
                                  "export const t = pgTable(String(s._zod?.version.major ?? 3), "
                                  "{});\n");
    const WrittenFolder folder(files);
    QCOMPARE(namesOf(codeOf(folder.path())), expected);
}

/// A copy that appears or changes is used, and what was kept of the project holds no longer.
void TestPackages::changed()
{
    const Files drizzle = drizzleIn("node_modules/drizzle-orm", "0.45.3");
    const WrittenFolder folder(
        {{".git", ""}, {"drizzle.config.ts", config}, {"schema.ts", drizzleSchema}});
    const QByteArray name = "node_modules/drizzle-orm/pg-core/index.js";
    const QByteArray package = "node_modules/drizzle-orm/package.json";
    const QList<std::pair<Files, QString>> steps{
        {{}, QStringLiteral("ours")},
        {drizzle, QStringLiteral("own")},
        {{{name, QByteArray(drizzle[name]).replace("'own'", "'two'")}}, QStringLiteral("two")},
        {{{package, QByteArray(drizzle[package]).replace("0.45.3", "0.45.4")}},
         QStringLiteral("ours")}};
    for (const auto &[files, expected] : steps) {
        for (auto it = files.cbegin(); it != files.cend(); ++it)
            folder.write(it.key(), it.value());
        QVERIFY2(!load::keptCode(folder.path()), qPrintable(expected));
        const auto inputs = std::make_shared<load::Inputs>();
        const auto code = base::await(load::code(
            base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), folder.path(), inputs));
        QCOMPARE(namesOf(code), expected);
        load::keepCode(folder.path(), *code, *inputs).waitForFinished();
        QVERIFY2(load::keptCode(folder.path()), qPrintable(expected));
    }
}

/// The second time no file of the package is read: a record in the cache answers.
void TestPackages::cached()
{
    Files files = drizzleIn("node_modules/drizzle-orm", "0.45.3");
    files.insert({{".git", ""}, {"drizzle.config.ts", config}, {"schema.ts", drizzleSchema}});
    const WrittenFolder folder(files);
    QCOMPARE(namesOf(codeOf(folder.path())), QStringLiteral("own"));
    const QDir cache(m_cache.filePath(QStringLiteral("sluice/packages")));
    bool found = false;
    for (const QFileInfo &info : cache.entryInfoList(QDir::Files)) {
        load::Inputs inputs;
        QByteArray code;
        schema::Reader(readFile(info.filePath()))(inputs, code);
        if (!inputs.lines().join(u' ').contains(folder.path()))
            continue;
        found = true;
        QVERIFY(!(info.permissions() & QFile::ReadOther));
        schema::Writer writer;
        writer(inputs, code.replace("\"own\"", "\"kept\""));
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(writer.finish()) > 0);
    }
    QVERIFY(found);
    QCOMPARE(namesOf(codeOf(folder.path())), QStringLiteral("kept"));
}

QTEST_GUILESS_MAIN(TestPackages)
#include "tst_packages.moc"
