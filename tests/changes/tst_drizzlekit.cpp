// SPDX-License-Identifier: GPL-3.0-or-later
#include "casefile.h"
#include "migrate/folder.h"
#include "oracle/drizzlekit.h"
#include "readcode.h"
#include "written.h"

#include <QTest>

/// The real drizzle-kit goes on from the folders that our plans are written into: a sample of the
/// cases, or with SLUICE_ALL all of them.
class TestDrizzleKit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOn_data();
    void goesOn();

private:
    QHash<QString, changes::Case> m_cases;
};

namespace
{

using changes::write;

/// What drizzle-kit says to a command in \a project.
QString ask(const QTemporaryDir &project, const QStringList &arguments)
{
    return testsupport::drizzleKit(project.path(), arguments).output;
}

const QStringList generate{QStringLiteral("generate"), QStringLiteral("--name"),
                           QStringLiteral("theirs")};

} // namespace

void TestDrizzleKit::goesOn_data()
{
    QTest::addColumn<QString>("name");
    const QStringList sample{QStringLiteral("type_text_to_uuid"),
                             QStringLiteral("type_under_index"),
                             QStringLiteral("column_added_boolean"),
                             QStringLiteral("reference_added_cascade"),
                             QStringLiteral("unique_changed"),
                             QStringLiteral("index_other_predicate"),
                             QStringLiteral("enum_value_added_between"),
                             QStringLiteral("name_capitals"),
                             QStringLiteral("table_create"),
                             QStringLiteral("table_drop_that_a_key_points_at")};
    const bool all = qEnvironmentVariableIsSet("SLUICE_ALL");
    for (const QString &file : changes::caseFiles()) {
        for (const changes::Case &item : changes::casesOf(file)) {
            if (!all && !sample.contains(item.name))
                continue;
            m_cases.insert(item.name, item);
            QTest::newRow(qPrintable(item.name)) << item.name;
        }
    }
    QVERIFY(m_cases.size() >= sample.size());
}

void TestDrizzleKit::goesOn()
{
    QFETCH(QString, name);
    const changes::Case item = m_cases.value(name);
    QVERIFY2(item.complaint.isEmpty(), qPrintable(item.complaint));
    const QTemporaryDir project;
    QVERIFY(testsupport::linkNodeModules(project.path()));
    QVERIFY(write(project.filePath(QStringLiteral("drizzle.config.json")), item.config));
    const QString schema = project.filePath(QStringLiteral("schema.ts"));
    QVERIFY(write(schema, item.afterCode));
    const QString path = project.filePath(QStringLiteral("drizzle"));
    const QString failure = changes::writeBoth(path, item.trial);
    if (item.trial.refused && !failure.isEmpty())
        return; // nothing is written
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    const auto ours = migrate::readFolder(path);
    QVERIFY(ours.ok());

    const QString nothing = ask(project, generate);
    QVERIFY2(nothing.contains(QLatin1String("No schema changes")), qPrintable(nothing));
    const QString fine = ask(project, {QStringLiteral("check")});
    QVERIFY2(fine.contains(QLatin1String("Everything's fine")), qPrintable(fine));

    QVERIFY(write(schema, item.afterCode + "export const later = pgTable('later', { id: "
                                           "integer('id') });\n"));
    const QString later = ask(project, generate);
    const auto theirs = migrate::readFolder(path);
    QVERIFY(theirs.ok());
    QCOMPARE(theirs->notices, QStringList());
    QVERIFY2(theirs->migrations.size() == ours->migrations.size() + 1, qPrintable(later));
    QCOMPARE(theirs->migrations.last().sql,
             QByteArray("CREATE TABLE \"later\" (\n\t\"id\" integer\n);\n"));
}

QTEST_GUILESS_MAIN(TestDrizzleKit)
#include "tst_drizzlekit.moc"
