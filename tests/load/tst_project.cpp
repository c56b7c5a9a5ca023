// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/project.h"

#include <QTest>

/// Projects with the real esbuild, the real evaluator and the real drizzle-orm.
class TestProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sample();
};

void TestProject::sample()
{
    const auto installation = base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin"));
    const auto code =
        base::await(load::code(installation, QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample")));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QVERIFY(code->schema.tables.size() >= 30);
    const schema::Table *contacts = code->schema.table({QString(), QStringLiteral("contacts")});
    QVERIFY(contacts);
    QCOMPARE(contacts->origin.name, QStringLiteral("contacts"));
    QCOMPARE(contacts->origin.location.file, QStringLiteral("schema/contacts.ts"));
    QVERIFY(contacts->origin.location.line > 1);
    QVERIFY(contacts->column(QStringLiteral("organization_id")));
    for (const schema::Table &table : code->schema.tables) {
        QVERIFY2(table.origin.location.line > 0, qPrintable(table.name.name));
        for (const schema::Column &column : table.columns)
            QVERIFY2(column.origin.location.line > 0, qPrintable(column.name));
    }
}

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
