// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.h"
#include "migrate/folder.h"
#include "oracle/drizzlekit.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace
{
/// A project whose schema is one of a recorded case's two files.
class Project
{
public:
    explicit Project(const QString &name)
        : m_name(name)
    {
        testsupport::linkNodeModules(m_folder.path());
        write(QStringLiteral("drizzle.config.ts"),
              "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' "
              "};\n");
    }

    void useSchema(const char *file)
    {
        write(QStringLiteral("schema.ts"), cases::content(cases::file(m_name, file)));
    }
    void appendToSchema(const QByteArray &text)
    {
        write(QStringLiteral("schema.ts"),
              cases::content(m_folder.filePath(QStringLiteral("schema.ts"))) + text);
    }

    migrate::Folder folder() const
    {
        return *migrate::readFolder(m_folder.filePath(QStringLiteral("drizzle")));
    }

    /// Writes the migration to \a state ourselves.
    bool generate(const schema::Database &state, const QString &name)
    {
        const migrate::Folder current = folder();
        const migrate::Plan plan =
            migrate::plan(diff::compare(current.schema, state), current.schema, state);
        migrate::NewMigration options;
        options.name = name;
        const auto written = migrate::writeMigration(current, plan, state, options);
        if (!written)
            qWarning("%s", qPrintable(toLine(written.error())));
        return written.ok();
    }

    /// What drizzle-kit says to a command.
    QString ask(const QStringList &arguments) const
    {
        return testsupport::drizzleKit(m_folder.path(), arguments).output;
    }

private:
    void write(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    QString m_name;
    QTemporaryDir m_folder;
};

schema::Database stateOf(const QString &name, const char *file)
{
    const auto state = migrate::readSnapshotFile(cases::file(name, file));
    return state ? *state : schema::Database();
}

const QStringList generate = {QStringLiteral("generate"), QStringLiteral("--name"),
                              QStringLiteral("theirs")};
} // namespace

/// The real drizzle-kit goes on from a folder that we have written into.
class TestDrizzleKit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesNothingLeftToDo_data();
    void seesNothingLeftToDo();
    void goesOnFromOurs();
    void weGoOnFromTheirs();
};

void TestDrizzleKit::seesNothingLeftToDo_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"create_everything", "integer_like_columns", "new_table_with_policy",
                             "mixed", "deviation_type_to_zero_default"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestDrizzleKit::seesNothingLeftToDo()
{
    QFETCH(QString, name);
    Project project(name);
    if (QFile::exists(cases::file(name, "before.json")))
        QVERIFY(project.generate(stateOf(name, "before.json"), QStringLiteral("before")));
    QVERIFY(project.generate(stateOf(name, "after.json"), QStringLiteral("after")));
    project.useSchema("after.ts");
    const QString said = project.ask(generate);
    QVERIFY2(said.contains(QLatin1String("No schema changes")), qPrintable(said));
    const QString checked = project.ask({QStringLiteral("check")});
    QVERIFY2(checked.contains(QLatin1String("Everything's fine")), qPrintable(checked));
}

void TestDrizzleKit::goesOnFromOurs()
{
    const QString name = QStringLiteral("create_everything");
    Project project(name);
    QVERIFY(project.generate(stateOf(name, "after.json"), QStringLiteral("ours")));
    const QString ourId = project.folder().lastSnapshotId;
    project.useSchema("after.ts");
    project.appendToSchema("export const later = pgTable('later', { id: integer('id') });\n");
    const QString said = project.ask(generate);
    const migrate::Folder folder = project.folder();
    QVERIFY2(folder.migrations.size() == 2, qPrintable(said));
    QCOMPARE(folder.notices, QStringList());
    QCOMPARE(folder.migrations[1].tag, QStringLiteral("0001_theirs"));
    QCOMPARE(folder.migrations[1].sql,
             QByteArray("CREATE TABLE \"later\" (\n\t\"id\" integer\n);\n"));
    const QByteArray snapshot =
        cases::content(folder.path + QStringLiteral("/meta/0001_snapshot.json"));
    QCOMPARE(QJsonDocument::fromJson(snapshot).object().value(QStringLiteral("prevId")).toString(),
             ourId);

    // And we go on from theirs: the table goes again.
    QVERIFY(project.generate(stateOf(name, "after.json"), QStringLiteral("again")));
    QCOMPARE(project.folder().migrations.last().tag, QStringLiteral("0002_again"));
    project.useSchema("after.ts");
    const QString last = project.ask(generate);
    QVERIFY2(last.contains(QLatin1String("No schema changes")), qPrintable(last));
}

void TestDrizzleKit::weGoOnFromTheirs()
{
    // Roles, sequences, views and linked policies are only carried along.
    const QString name = QStringLiteral("objects_kept");
    Project project(name);
    project.useSchema("before.ts");
    const QString said = project.ask(generate);
    QVERIFY2(project.folder().migrations.size() == 1, qPrintable(said));
    QVERIFY(project.generate(stateOf(name, "after.json"), QStringLiteral("ours")));
    QCOMPARE(project.folder().migrations.last().sql,
             QByteArray("CREATE TABLE \"extra\" (\n\t\"id\" integer\n);\n"));
    project.useSchema("after.ts");
    const QString last = project.ask(generate);
    QVERIFY2(last.contains(QLatin1String("No schema changes")), qPrintable(last));
}

QTEST_GUILESS_MAIN(TestDrizzleKit)
#include "tst_drizzlekit.moc"
