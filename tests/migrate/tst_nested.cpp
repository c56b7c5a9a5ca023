// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.h"
#include "migrate/folder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace
{
const QString nested = QStringLiteral(SLUICE_SOURCE_DIR "/tests/migrate/nested/");

void copyTree(const QString &from, const QString &to)
{
    QVERIFY(QDir().mkpath(to));
    for (const QFileInfo &info :
         QDir(from).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
        if (info.isDir())
            copyTree(info.filePath(), to + u'/' + info.fileName());
        else
            QVERIFY(QFile::copy(info.filePath(), to + u'/' + info.fileName()));
    }
}

/// The same code's snapshot of drizzle-kit 0.31.
schema::Database recorded(const QString &name, const char *file)
{
    const auto state = migrate::readSnapshotFile(cases::file(name, file));
    return state ? *state : schema::Database();
}

QString differences(const schema::Database &from, const schema::Database &to)
{
    QStringList lines;
    for (const diff::Change &change : diff::compare(from, to).changes)
        lines << diff::describe(change);
    return lines.join(u'\n');
}

QJsonObject snapshotOf(const migrate::Folder &folder, const migrate::Migration &migration)
{
    return QJsonDocument::fromJson(cases::content(folder.path + u'/' + migration.tag +
                                                  QStringLiteral("/snapshot.json")))
        .object();
}

/// What the real drizzle-kit 1.0 says in a project with \a schema and the folder \a drizzle; empty
/// when SLUICE_DRIZZLE_1_0 names no folder with its node_modules.
QString ask(const QString &project, const QString &schema, const QStringList &arguments)
{
    const QString modules = qEnvironmentVariable("SLUICE_DRIZZLE_1_0");
    QFile::link(modules, project + QStringLiteral("/node_modules"));
    QFile::remove(project + QStringLiteral("/schema.ts"));
    QFile::copy(schema, project + QStringLiteral("/schema.ts"));
    QFile config(project + QStringLiteral("/drizzle.config.ts"));
    if (config.open(QIODevice::WriteOnly))
        config.write("export default { dialect: 'postgresql', schema: './schema.ts', out: "
                     "'./drizzle' };\n");
    config.close();
    QProcess kit;
    kit.setWorkingDirectory(project);
    kit.setProcessChannelMode(QProcess::MergedChannels);
    kit.start(QStringLiteral("node"),
              QStringList{modules + QStringLiteral("/drizzle-kit/bin.cjs")} + arguments);
    kit.waitForFinished(60'000);
    return QString::fromUtf8(kit.readAll());
}
} // namespace

/// Folders as drizzle-kit 1.0 keeps them, recorded with the real tool.
class TestNested : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void renamesAreFollowed();
    void branchesAreMerged();
    void openBranches();
    void writes_data();
    void writes();
    void firstMigration();
    void renamesAreRecorded();
    void severalAndCustom();
    void drizzleKitGoesOn_data();
    void drizzleKitGoesOn();
    void drizzleKitBeginsBehindOurs();
};

void TestNested::reads_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("name");
    for (const char *tool : {"beta21", "rc5"}) {
        for (const char *name : {"create_everything", "objects_kept", "fk_added",
                                 "new_table_with_policy", "unique_added", "alter_type"})
            QTest::addRow("%s %s", tool, name)
                << QString::fromLatin1(tool) << QString::fromLatin1(name);
    }
}

void TestNested::reads()
{
    QFETCH(QString, tool);
    QFETCH(QString, name);
    const auto folder = migrate::readFolder(nested + tool + u'/' + name);
    QVERIFY(folder.ok());
    QCOMPARE(folder->layout, migrate::Layout::Folders);
    // Version 8 is only read: drizzle-kit itself refuses to go on from it.
    QCOMPARE(folder->obstacle.isEmpty(), tool == QLatin1String("rc5"));
    QCOMPARE(folder->notices.size(), tool == QLatin1String("rc5") ? 0 : 1);
    QVERIFY(!folder->schema.tables.isEmpty());
    for (const migrate::Migration &migration : folder->migrations) {
        QVERIFY(migration.hasSql && migration.hasSnapshot && migration.when > 0);
        const auto state = migrate::readSnapshot(*folder, migration);
        QVERIFY2(state.ok(), state ? "" : qPrintable(toLine(state.error())));
        const QByteArray file = migration.tag.section(u'_', 1).toLatin1() + ".json";
        migrate::Folder then = *folder;
        QCOMPARE(differences(*state, migrate::adapted(then, recorded(name, file.constData()))),
                 QString());
    }
    QVERIFY(folder->schema == *migrate::readSnapshot(*folder, folder->migrations.last()));
}

void TestNested::renamesAreFollowed()
{
    const auto folder = migrate::readFolder(nested + QStringLiteral("rc5/renames"));
    QVERIFY(folder.ok());
    QCOMPARE(folder->notices, QStringList());
    QCOMPARE(folder->schema.schemas, QStringList({QStringLiteral("store")}));
    const schema::Table *companies = folder->schema.table({{}, QStringLiteral("companies")});
    const schema::Table *items =
        folder->schema.table({QStringLiteral("store"), QStringLiteral("items")});
    QVERIFY(companies && items);
    QCOMPARE(companies->keyColumns(), QStringList({QStringLiteral("key")}));
    QCOMPARE(companies->column(QStringLiteral("mood"))->type, QStringLiteral("feeling"));
    QCOMPARE(items->foreignKeys.first().targetTable, QStringLiteral("companies"));
    QCOMPARE(items->foreignKeys.first().targetColumns, QStringList({QStringLiteral("key")}));
    QCOMPARE(items->indexes.first().columns.first().expression, QStringLiteral("remark"));
    QCOMPARE(items->uniques.first().columns,
             QStringList({QStringLiteral("remark"), QStringLiteral("seat")}));
    // The first migration's state is what it was.
    const auto before = migrate::readSnapshot(*folder, folder->migrations.first());
    QVERIFY(before.ok() && before->table({{}, QStringLiteral("orgs")}));
}

void TestNested::branchesAreMerged()
{
    const auto folder = migrate::readFolder(nested + QStringLiteral("rc5/merge"));
    QVERIFY(folder.ok());
    QCOMPARE(folder->notices, QStringList());
    QStringList names;
    for (const schema::Table &table : folder->schema.tables)
        names << table.name.name;
    names.sort();
    QCOMPARE(names, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                                 QStringLiteral("orgs")}));
    QCOMPARE(folder->openBranches.size(), 1);
}

void TestNested::openBranches()
{
    QTemporaryDir project;
    const QString path = project.filePath(QStringLiteral("drizzle"));
    copyTree(nested + QStringLiteral("rc5/merge"), path);
    QVERIFY(QDir(path + QStringLiteral("/20260101000003_both")).removeRecursively());
    const auto folder = migrate::readFolder(path);
    QVERIFY(folder.ok());
    QCOMPARE(folder->openBranches.size(), 2);
    QCOMPARE(folder->schema.tables.size(), 3);
    // What comes next merges them.
    schema::Database after = folder->schema;
    after.tables << schema::Table{.name = {{}, QStringLiteral("later")}};
    const auto written = migrate::writeMigrations(
        *folder, {{.sql = QStringLiteral("CREATE TABLE \"later\" ();"), .after = after}}, {});
    QVERIFY2(written.ok(), written ? "" : qPrintable(toLine(written.error())));
    const QJsonObject snapshot = snapshotOf(*folder, written->first());
    QCOMPARE(snapshot.value(QLatin1String("prevIds")).toArray(),
             QJsonArray::fromStringList(folder->openBranches));
    const auto again = migrate::readFolder(path);
    QCOMPARE(again->openBranches.size(), 1);
    QCOMPARE(again->schema.tables.size(), 4);
}

void TestNested::writes_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"objects_kept", "fk_added", "new_table_with_policy", "unique_added", "alter_type"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

namespace
{
/// A folder with the case's first migration by drizzle-kit and the second by us.
migrate::Folder writeSecond(const QString &name, const QString &path)
{
    copyTree(nested + QStringLiteral("rc5/") + name, path);
    QDir(path + QStringLiteral("/20260101000001_after")).removeRecursively();
    const auto folder = migrate::readFolder(path);
    const schema::Database after = migrate::adapted(*folder, recorded(name, "after.json"));
    const auto written = migrate::writeMigration(
        *folder, migrate::plan(diff::compare(folder->schema, after), folder->schema, after), after,
        {.name = QStringLiteral("ours")});
    if (!written)
        qWarning("%s", qPrintable(toLine(written.error())));
    return *migrate::readFolder(path);
}
} // namespace

void TestNested::writes()
{
    QFETCH(QString, name);
    QTemporaryDir project;
    const migrate::Folder ours = writeSecond(name, project.filePath(QStringLiteral("drizzle")));
    QCOMPARE(ours.notices, QStringList());
    QCOMPARE(ours.migrations.size(), 2);
    const auto theirs = migrate::readFolder(nested + QStringLiteral("rc5/") + name);
    QCOMPARE(differences(ours.schema, theirs->schema), QString());
    // The same changes and the same footprints, apart from the hashes of statements, in any order.
    const QJsonObject our = snapshotOf(ours, ours.migrations.last());
    const QJsonObject their = snapshotOf(*theirs, theirs->migrations.last());
    for (const char *member : {"deltas", "footprints"}) {
        const auto sorted = [&](const QJsonObject &snapshot) {
            QStringList entries;
            for (const QJsonValue &value : snapshot.value(QLatin1String(member)).toArray()) {
                QJsonObject entry = value.toObject();
                entry.remove(QStringLiteral("sqlHash"));
                entries << QString::fromUtf8(QJsonDocument(entry).toJson(QJsonDocument::Compact));
            }
            entries.sort();
            return entries;
        };
        QCOMPARE(sorted(our), sorted(their));
    }
}

void TestNested::firstMigration()
{
    QTemporaryDir project;
    migrate::Folder folder = *migrate::readFolder(project.filePath(QStringLiteral("drizzle")));
    folder.layout = migrate::Layout::Folders;
    const schema::Database after =
        migrate::adapted(folder, recorded(QStringLiteral("create_everything"), "after.json"));
    const auto written = migrate::writeMigrations(
        folder, {{.sql = QStringLiteral("SELECT 1;"), .after = after, .name = QStringLiteral("x")}},
        {});
    QVERIFY(written.ok());
    const QJsonObject our = snapshotOf(folder, written->first());
    QCOMPARE(our.value(QLatin1String("type")).toString(), QStringLiteral("base"));
    const auto theirs = migrate::readFolder(nested + QStringLiteral("rc5/create_everything"));
    const QJsonObject their = snapshotOf(*theirs, theirs->migrations.last());
    const auto sorted = [](const QJsonObject &snapshot) {
        QStringList rows;
        for (const QJsonValue &value : snapshot.value(QLatin1String("ddl")).toArray())
            rows << QString::fromUtf8(
                QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
        rows.sort();
        return rows;
    };
    QCOMPARE(sorted(our), sorted(their));
}

void TestNested::renamesAreRecorded()
{
    QTemporaryDir project;
    const QString path = project.filePath(QStringLiteral("drizzle"));
    copyTree(nested + QStringLiteral("rc5/renames"), path);
    QVERIFY(QDir(path + QStringLiteral("/20260101000001_after")).removeRecursively());
    const auto folder = migrate::readFolder(path);
    const auto theirs = migrate::readFolder(nested + QStringLiteral("rc5/renames"));
    using diff::Kind;
    const auto text = [](const char *latin) { return QString::fromLatin1(latin); };
    const QList<diff::Rename> renames = {
        {Kind::Schema, {}, {{}, text("shop")}, {{}, text("store")}},
        {Kind::Enum, {}, {{}, text("mood")}, {{}, text("feeling")}},
        {Kind::Table, {}, {{}, text("orgs")}, {{}, text("companies")}},
        {Kind::Column, {text("store"), text("items")}, {{}, text("note")}, {{}, text("remark")}},
        {Kind::Column, {{}, text("companies")}, {{}, text("id")}, {{}, text("key")}}};
    const auto written = migrate::writeMigrations(
        *folder,
        {{.sql = QStringLiteral("SELECT 1;"), .after = theirs->schema, .renames = renames}}, {});
    QVERIFY(written.ok());
    const QJsonObject our = snapshotOf(*folder, written->first());
    const QJsonObject their = snapshotOf(*theirs, theirs->migrations.last());
    QCOMPARE(our.value(QLatin1String("deltas")), their.value(QLatin1String("deltas")));
    QCOMPARE(our.value(QLatin1String("footprints")), their.value(QLatin1String("footprints")));
    QVERIFY(migrate::readFolder(path)->schema == theirs->schema);
}

void TestNested::severalAndCustom()
{
    QTemporaryDir project;
    const QString path = project.filePath(QStringLiteral("drizzle"));
    copyTree(nested + QStringLiteral("rc5/fk_added"), path);
    const auto folder = migrate::readFolder(path);
    schema::Database after = folder->schema;
    after.tables << schema::Table{.name = {{}, QStringLiteral("later")}};
    const auto written = migrate::writeMigrations(
        *folder,
        {{.sql = {}, .after = folder->schema, .name = QStringLiteral("hand"), .custom = true},
         {.sql = QStringLiteral("CREATE TABLE \"later\" ();"),
          .after = after,
          .name = QStringLiteral("later")}},
        {});
    QVERIFY(written.ok());
    const auto again = migrate::readFolder(path);
    QCOMPARE(again->notices, QStringList());
    QCOMPARE(again->migrations.size(), 4);
    QCOMPARE(
        again->migrations[2].sql,
        cases::content(nested + QStringLiteral("rc5/custom/20260101000001_hand/migration.sql")));
    QCOMPARE(snapshotOf(*again, again->migrations[2]).value(QLatin1String("deltas")).toArray(),
             QJsonArray());
    QVERIFY(again->migrations[3].when >= again->migrations[2].when + 1000);
    QVERIFY(again->schema.table({{}, QStringLiteral("later")}));
}

void TestNested::drizzleKitGoesOn_data()
{
    writes_data();
}

void TestNested::drizzleKitGoesOn()
{
    if (qEnvironmentVariableIsEmpty("SLUICE_DRIZZLE_1_0"))
        QSKIP("SLUICE_DRIZZLE_1_0 names no folder with the modules of drizzle-kit 1.0");
    QFETCH(QString, name);
    QTemporaryDir project;
    writeSecond(name, project.filePath(QStringLiteral("drizzle")));
    const QString schema = cases::file(name, "after.ts");
    const QString said = ask(project.path(), schema, {QStringLiteral("generate")});
    QVERIFY2(said.contains(QLatin1String("No schema changes")), qPrintable(said));
    const QString checked = ask(project.path(), schema, {QStringLiteral("check")});
    QVERIFY2(checked.contains(QLatin1String("Everything's fine")), qPrintable(checked));
    // It goes on from ours: back to what was before.
    const QString back =
        ask(project.path(), cases::file(name, "before.ts"),
            {QStringLiteral("generate"), QStringLiteral("--name"), QStringLiteral("back")});
    const auto folder = migrate::readFolder(project.filePath(QStringLiteral("drizzle")));
    QVERIFY2(folder->migrations.size() == 3, qPrintable(back));
    QCOMPARE(folder->notices, QStringList());
    const auto before = migrate::readSnapshot(*folder, folder->migrations.first());
    QCOMPARE(differences(folder->schema, *before), QString());
}

void TestNested::drizzleKitBeginsBehindOurs()
{
    if (qEnvironmentVariableIsEmpty("SLUICE_DRIZZLE_1_0"))
        QSKIP("SLUICE_DRIZZLE_1_0 names no folder with the modules of drizzle-kit 1.0");
    for (const char *name : {"create_everything", "objects_kept", "mixed", "names_with_capitals"}) {
        QTemporaryDir project;
        const QString wanted = QString::fromLatin1(name);
        migrate::Folder folder = *migrate::readFolder(project.filePath(QStringLiteral("drizzle")));
        folder.layout = migrate::Layout::Folders;
        const schema::Database after = migrate::adapted(folder, recorded(wanted, "after.json"));
        const auto written = migrate::writeMigrations(
            folder, {{.sql = QStringLiteral("SELECT 1;"), .after = after}}, {});
        QVERIFY(written.ok());
        const QString schema = cases::file(wanted, "after.ts");
        const QString said = ask(project.path(), schema, {QStringLiteral("generate")});
        QVERIFY2(said.contains(QLatin1String("No schema changes")), qPrintable(said));
        const QString checked = ask(project.path(), schema, {QStringLiteral("check")});
        QVERIFY2(checked.contains(QLatin1String("Everything's fine")), qPrintable(checked));
    }
}

QTEST_GUILESS_MAIN(TestNested)
#include "tst_nested.moc"
