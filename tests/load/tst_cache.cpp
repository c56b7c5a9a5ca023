// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/project.h"
#include "schema/json.h"
#include "writtenfolder.h"

#include <QDirIterator>
#include <QTest>

/// What is kept of a project for the next time that it is opened.
class TestCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void same();
    void changes_data();
    void changes();
    void incomplete();

private:
    QTemporaryDir m_cache;
};

namespace
{

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

base::Installation installation()
{
    return base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin"));
}

} // namespace

void TestCache::init()
{
    qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8());
}

void TestCache::same()
{
    const WrittenFolder folder(project);
    QVERIFY(!load::cachedCode(installation(), folder.path()));
    const auto code = base::await(load::code(installation(), folder.path()));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    load::rememberCode(installation(), folder.path(), *code);
    const auto cached = load::cachedCode(installation(), folder.path());
    QVERIFY(cached);
    QCOMPARE(schema::toJson(cached->schema), schema::toJson(code->schema));
    QCOMPARE(cached->files, code->files);
    QCOMPARE(cached->config.out, folder.filePath("o"));
    QCOMPARE(cached->config.casing, QStringLiteral("snake_case"));
    QCOMPARE(cached->config.breakpoints, false);
    QCOMPARE(cached->config.roles.wanted, true);
    QVERIFY(cached->problems == code->problems);
    QVERIFY(!cached->problems.isEmpty());
    for (qsizetype i = 0; i < cached->problems.size(); ++i) {
        QCOMPARE(cached->problems.at(i).location.line, code->problems.at(i).location.line);
        QCOMPARE(cached->problems.at(i).hint, code->problems.at(i).hint);
        QCOMPARE(cached->problems.at(i).importChain, QStringList{QStringLiteral("schema.ts")});
    }
    // The password stays where it is.
    QCOMPARE(code->config.url, QStringLiteral("postgres://ann:veryhush@db/crm"));
    QCOMPARE(cached->config.url, QString());
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
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a file of the schema") << QByteArray("tables.ts") << QByteArray("export {};\n");
    QTest::newRow("the config") << QByteArray("drizzle.config.ts")
                                << project["drizzle.config.ts"] + "// more\n";
    QTest::newRow("a variable") << QByteArray(".env") << QByteArray("MODE=two\n");
    QTest::newRow("another file of variables") << QByteArray(".env.local") << QByteArray("A=b\n");
}

void TestCache::changes()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    const WrittenFolder folder(project);
    const auto code = base::await(load::code(installation(), folder.path()));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    load::rememberCode(installation(), folder.path(), *code);
    QVERIFY(load::cachedCode(installation(), folder.path()));
    folder.write(name, text);
    QVERIFY(!load::cachedCode(installation(), folder.path()));
}

/// A schema that lacks something is not shown as if it were all.
void TestCache::incomplete()
{
    const WrittenFolder folder(project);
    auto code = base::await(load::code(installation(), folder.path()));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    code->problems.append({.severity = schema::Problem::Severity::Error});
    load::rememberCode(installation(), folder.path(), *code);
    QVERIFY(!load::cachedCode(installation(), folder.path()));
}

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
