// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/project.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

using Files = QMap<QByteArray, QByteArray>; ///< name → text
Q_DECLARE_METATYPE(Files)

/// What is read from drizzle.config.* and the project's environment files.
class TestConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void values_data();
    void values();
    void fallbacks_data();
    void fallbacks();
    void urls_data();
    void urls();
    void unknownUrl();
    void found_data();
    void found();
    void bareSchemaFile();
    void unsure_data();
    void unsure();
};

namespace
{

class Folder
{
public:
    explicit Folder(const Files &files)
    {
        write("package.json", "{\"workspaces\": []}");
        write("schema.ts", "export {};\n");
        for (auto it = files.cbegin(); it != files.cend(); ++it)
            write(it.key(), it.value());
    }
    QString filePath(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QString path() const { return m_folder.path(); }

private:
    void write(const QByteArray &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        QDir().mkpath(QFileInfo(file.fileName()).path());
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", name.constData());
    }
    QTemporaryDir m_folder;
};

base::Result<load::Config> configOf(const QString &path)
{
    return base::await(
        load::config(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")), path));
}

QByteArray typescript(const QByteArray &members)
{
    return "import { defineConfig } from 'drizzle-kit';\nimport path from 'node:path';\n"
           "export default defineConfig({ dialect: 'postgresql', schema: './schema.ts', " +
           members + " });\n";
}

} // namespace

void TestConfig::initTestCase()
{
    // The variables of whoever runs the test are visible to a project: none may decide a row.
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (name.startsWith(QLatin1String("PG")) || name.startsWith(QLatin1String("POSTGRES_")) ||
            name.startsWith(QLatin1String("DATABASE_")))
            qunsetenv(name.toLatin1().constData());
    }
    qputenv("SLUICE_TEST_SECRET", "visible");
}

void TestConfig::values_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &members, const char *expected) {
        QTest::newRow(name) << members << QString::fromUtf8(expected);
    };
    row("defaults", "", "drizzle drizzle.__drizzle_migrations index breakpoints '' [] []");
    row("all",
        "out: './db/out/', casing: 'snake_case', breakpoints: false, schemaFilter: ['a', 'b'], "
        "tablesFilter: '!x', migrations: { schema: 's', table: 't', prefix: 'timestamp' }",
        "db/out s.t timestamp no 'snake_case' [a,b] [!x]");
    row("computed", "out: path.join(__dirname, 'x', '../y'), casing: ['snake', 'case'].join('_')",
        "y drizzle.__drizzle_migrations index breakpoints 'snake_case' [] []");
    row("no secrets of the person", "out: process.env.SLUICE_TEST_SECRET ?? 'hidden'",
        "hidden drizzle.__drizzle_migrations index breakpoints '' [] []");
}

void TestConfig::values()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, expected);
    const Folder folder({{"drizzle.config.ts", typescript(members)}});
    const auto config = configOf(folder.path());
    QVERIFY2(config.ok(), config.ok() ? "" : qPrintable(base::toLine(config.error())));
    QCOMPARE(config->schemaFiles, QStringList{folder.filePath("schema.ts")});
    const QString printed =
        QStringLiteral("%1 %2.%3 %4 %5 '%6' [%7] [%8]")
            .arg(QDir(folder.path()).relativeFilePath(config->out), config->ledgerSchema,
                 config->ledgerTable, config->prefix,
                 config->breakpoints ? QStringLiteral("breakpoints") : QStringLiteral("no"),
                 config->casing, config->schemaFilter.join(u','), config->tablesFilter.join(u','));
    QCOMPARE(printed, expected);
}

void TestConfig::fallbacks_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("throws without its variable")
        << QByteArray("if (!process.env.DB) throw new Error('DB is missing');\n"
                      "export default { dialect: 'postgresql', schema: './schema.ts', out: './o', "
                      "dbCredentials: { url: process.env.DB } };\n");
    QTest::newRow("an environment package")
        << QByteArray("import { env } from '@t3-oss/env-nextjs';\n"
                      "export default { dialect: 'postgresql', schema: './schema.ts', out: './o', "
                      "dbCredentials: { url: env.DB } };\n");
    QTest::newRow("throws in any case: the literals") << QByteArray(
        "export const c = { dialect: 'postgresql', schema: \"./schema.ts\", out: './o' "
        "};\nthrow new Error('always');\n");
    QTest::newRow("CommonJS") << QByteArray("module.exports = { dialect: 'postgresql', schema: "
                                            "'./schema.ts', out: './o' };\n");
    QTest::newRow("the form of version 0.19")
        << QByteArray("export default { driver: 'pg', schema: './schema.ts', out: './o', "
                      "dbCredentials: { connectionString: '' } } as any;\n");
}

void TestConfig::fallbacks()
{
    QFETCH(QByteArray, code);
    const Folder folder({{"drizzle.config.ts", code}});
    const auto config = configOf(folder.path());
    QVERIFY2(config.ok(), config.ok() ? "" : qPrintable(base::toLine(config.error())));
    QCOMPARE(config->out, folder.filePath("o"));
    QCOMPARE(config->url, QString());
}

void TestConfig::urls_data()
{
    QTest::addColumn<QByteArray>("credentials");
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected");
    const Files none;
    const auto row = [](const char *name, const QByteArray &credentials, const Files &files,
                        const char *expected) {
        QTest::newRow(name) << credentials << files << QString::fromUtf8(expected);
    };
    row("a url", "{ url: 'postgres://u:p@h/d' }", none, "postgres://u:p@h/d");
    row("parts",
        "{ host: 'h', port: 5433, user: 'u@x', password: 'p/w', database: 'd b', ssl: true }", none,
        "postgres://u%40x:p%2Fw@h:5433/d%20b?sslmode=require");
    row("fewer parts", "{ host: '::1', database: 'd', ssl: 'verify-full' }", none,
        "postgres://[::1]/d?sslmode=verify-full");
    row("from .env", "{ url: process.env.MY_URL! }", {{".env", "MY_URL='postgres://e/d'\n"}},
        "postgres://e/d");
    row("a file that Node reads", "(process.loadEnvFile(), { url: process.env.MY_URL! })",
        {{".env", "MY_URL='postgres://e/d'\n"}}, "postgres://e/d");
    row(".env.local comes first", "{ url: process.env.MY_URL! }",
        {{".env", "MY_URL=postgres://a/d\n"},
         {".env.local", "export MY_URL = postgres://b/d # b\n"}},
        "postgres://b/d");
    row("as configs before 0.20 had it",
        "undefined, driver: 'pg', connectionString: process.env.OLD",
        {{".env", "OLD=postgres://o/d\n"}}, "postgres://o/d");
    row("a package's variable by its name", "{ url: require('./env-package').env.MY_URL }",
        {{".env", "MY_URL=postgres://e/d\n"},
         {"env-package.ts", "export { env } from '@t3-oss/env-core';\n"}},
        "postgres://e/d");
    row("DATABASE_URL without credentials", "undefined", {{".env", "DATABASE_URL=postgres://f/d"}},
        "postgres://f/d");
    row("never production's", "undefined", {{".env.production", "DATABASE_URL=postgres://live/d"}},
        "");
}

void TestConfig::urls()
{
    QFETCH(QByteArray, credentials);
    QFETCH(Files, files);
    QFETCH(QString, expected);
    files.insert("drizzle.config.ts", typescript("dbCredentials: " + credentials));
    const Folder folder(files);
    const auto config = configOf(folder.path());
    QVERIFY2(config.ok(), config.ok() ? "" : qPrintable(base::toLine(config.error())));
    QCOMPARE(config->url, expected);
}

void TestConfig::unknownUrl()
{
    const Folder folder(
        {{"drizzle.config.ts", typescript("dbCredentials: { url: process.env.CRM_DB_URL! }")},
         {".env", "OTHER=1\n"}});
    const auto config = configOf(folder.path());
    QVERIFY2(config.ok(), config.ok() ? "" : qPrintable(base::toLine(config.error())));
    QCOMPARE(config->url, QString());
    QCOMPARE(config->urlNamesTried.size(), 2);
    QVERIFY(config->urlNamesTried.at(0).startsWith(QLatin1String("CRM_DB_URL (in ")));
    QVERIFY(config->urlNamesTried.at(0).contains(folder.filePath(".env")));
    QVERIFY(config->urlNamesTried.at(1).startsWith(QLatin1String("DATABASE_URL")));
}

void TestConfig::found_data()
{
    using Kind = base::ErrorKind;
    QTest::addColumn<Files>("files");
    QTest::addColumn<QByteArray>("opened");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<Kind>("kind");
    const QByteArray ts = typescript("");
    const QByteArray json = "{\"dialect\": \"postgresql\", \"schema\": \"./schema.ts\"}";
    QTest::newRow("TypeScript before JSON")
        << Files{{"drizzle.config.ts", ts}, {"drizzle.config.json", json}} << QByteArray("")
        << QStringLiteral("drizzle.config.ts") << Kind::NotFound;
    QTest::newRow("JSON") << Files{{"drizzle.config.json", json}} << QByteArray("")
                          << QStringLiteral("drizzle.config.json") << Kind::NotFound;
    QTest::newRow("a file that is named")
        << Files{{"drizzle.config.ts", ts}, {"db.config.ts", ts}} << QByteArray("db.config.ts")
        << QStringLiteral("db.config.ts") << Kind::NotFound;
    QTest::newRow("the only one of another name")
        << Files{{"drizzle-crm.config.ts", ts}} << QByteArray("")
        << QStringLiteral("drizzle-crm.config.ts") << Kind::NotFound;
    QTest::newRow("several of other names")
        << Files{{"drizzle-a.config.ts", ts}, {"drizzle-b.config.ts", ts}} << QByteArray("")
        << QString() << Kind::Ambiguous;
    QTest::newRow("none") << Files{} << QByteArray("") << QString() << Kind::NotFound;
    QTest::newRow("no such folder")
        << Files{} << QByteArray("missing") << QString() << Kind::NotFound;
}

void TestConfig::found()
{
    QFETCH(Files, files);
    QFETCH(QByteArray, opened);
    QFETCH(QString, expected);
    QFETCH(base::ErrorKind, kind);
    const Folder folder(files);
    const auto config = configOf(folder.filePath(opened.constData()));
    QCOMPARE(config.ok(), !expected.isEmpty());
    if (config.ok()) {
        QCOMPARE(QFileInfo(config->file).fileName(), expected);
        QCOMPARE(config->root, folder.path());
    } else {
        QVERIFY(config.error().kind == kind);
        QVERIFY(!config.error().hint.isEmpty());
        QVERIFY(!config.error().where.isEmpty());
    }
}

void TestConfig::bareSchemaFile()
{
    const Folder folder({});
    const auto config = configOf(folder.filePath("schema.ts"));
    QVERIFY(config.ok());
    QCOMPARE(config->file, QString());
    QCOMPARE(config->schemaFiles, QStringList{folder.filePath("schema.ts")});
}

void TestConfig::unsure_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("expected"); // the error, or the severity of the one problem
    const QByteArray needy = "if (!process.env.NEEDED) throw new Error('no');\n";
    const QByteArray throws = "throw new Error('always');\n";
    const QByteArray head = "export default { dialect: 'postgresql', schema: './schema.ts', ";
    const auto row = [&](const char *name, const QByteArray &code, const char *expected) {
        QTest::newRow(name) << code << QString::fromUtf8(expected);
    };
    row("a casing that no variable says", needy + head + "casing: process.env.CASING };",
        "A value of the drizzle config is not known");
    row("a ledger that no variable names",
        needy + head + "migrations: { table: process.env.LEDGER } };",
        "A value of the drizzle config is not known");
    row("a casing that is none", head + "casing: 'kebab' };",
        "The drizzle config names an unknown casing");
    row("literals without a casing", throws + head + "};", "notice");
    row("literals with a casing", throws + head + "casing: 'snake_case' };", "notice");
    row("a casing that is computed", throws + head + "casing: mode };", "error");
    row("a casing in quotes", throws + head + "'casing': mode };", "error");
    row("a spread, which may hold a casing", throws + head + "...base };", "error");
}

/// What the names of the schema depend on is never guessed.
void TestConfig::unsure()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, expected);
    const Folder folder({{"drizzle.config.ts", code}});
    const auto config = configOf(folder.path());
    if (!config.ok()) {
        QCOMPARE(config.error().text, expected);
        return;
    }
    QCOMPARE(config->problems.size(), 1);
    const bool isError = config->problems.first().severity == schema::Problem::Severity::Error;
    QCOMPARE(isError ? QStringLiteral("error") : QStringLiteral("notice"), expected);
}

QTEST_GUILESS_MAIN(TestConfig)
#include "tst_config.moc"
