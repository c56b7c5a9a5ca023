// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"
#include "migrate/renames.h"

#include <QDir>
#include <QtTest>

#include <algorithm>

using diff::Kind;

namespace
{
const QString cases = QStringLiteral(SLUICE_SOURCE_DIR "/tests/load/cases");

QString listOf(const QList<diff::Change> &changes)
{
    QStringList lines;
    for (const diff::Change &change : changes)
        lines << diff::describe(change);
    return lines.join(u'\n');
}

/// Everything in \a database that can get another name by a question, and that name.
QList<diff::Rename> renamesOf(const schema::Database &database)
{
    const QString more = QStringLiteral(".");
    QList<diff::Rename> renames;
    const auto object = [&](Kind kind, const schema::Name &name) {
        renames << diff::Rename{kind, {}, name, {name.schema, name.name + more}};
    };
    const auto inside = [&](Kind kind, const schema::Name &owner, const QString &name) {
        renames << diff::Rename{kind, owner, {{}, name}, {{}, name + more}};
    };
    for (const QString &name : database.schemas)
        inside(Kind::Schema, {}, name);
    for (const schema::Role &role : database.roles)
        inside(Kind::Role, {}, role.name);
    for (const schema::Sequence &sequence : database.sequences)
        object(Kind::Sequence, sequence.name);
    for (const schema::View &view : database.views) {
        if (!view.existing)
            object(Kind::View, view.name);
    }
    for (const schema::Enum &type : database.enums) {
        object(Kind::Enum, type.name);
        for (const QString &value : type.values)
            inside(Kind::EnumValue, type.name, value);
    }
    for (const schema::Table &table : database.tables) {
        object(Kind::Table, table.name);
        for (const schema::Column &column : table.columns)
            inside(Kind::Column, table.name, column.name);
        for (const schema::Index &index : table.indexes)
            inside(Kind::Index, table.name, index.name);
        for (const schema::Policy &policy : table.policies)
            inside(Kind::Policy, table.name, policy.name);
    }
    return renames;
}
} // namespace

/// What must hold for any schema, on all of those that drizzle-kit recorded.
class TestRecorded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data();
    void holds();
};

void TestRecorded::holds_data()
{
    QTest::addColumn<QString>("snapshot");
    const QDir folder(cases);
    for (const QString &file : folder.entryList({QStringLiteral("*.json")}, QDir::Files))
        QTest::newRow(qPrintable(file.chopped(5))) << folder.filePath(file);
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString file = folder.filePath(name + QStringLiteral("/expected.json"));
        if (QFile::exists(file))
            QTest::newRow(qPrintable(name)) << file;
    }
}

void TestRecorded::holds()
{
    QFETCH(QString, snapshot);
    const auto read = migrate::readSnapshotFile(snapshot);
    const auto again = migrate::readSnapshotFile(snapshot);
    QVERIFY(read && again);
    QCOMPARE(listOf(diff::compare(*read, *again).changes), QString());
    const schema::Database nothing;
    QVERIFY(diff::compare(nothing, *read).questions.isEmpty());
    QVERIFY(diff::compare(*read, nothing).questions.isEmpty());

    for (const diff::Rename &rename : renamesOf(*read)) {
        if (rename.from.name.isEmpty())
            continue; // no name to PostgreSQL
        const schema::Database after = diff::renamed(*read, {rename});
        const diff::RenameAnswer answer{rename.kind, rename.table, rename.from, rename.to};
        // The answer as it is typed and kept says the same.
        const auto parsed = migrate::parseAnswer(migrate::answerText(answer));
        QVERIFY2(parsed && *parsed == answer, qPrintable(migrate::answerText(answer)));
        const diff::Difference answered = diff::compare(*read, after, {answer});
        QVERIFY2(answered.questions.isEmpty(), qPrintable(diff::describe(rename)));
        const bool onlyRenames = std::ranges::all_of(answered.changes, [](const auto &change) {
            return std::holds_alternative<diff::Rename>(change);
        });
        QVERIFY2(!answered.changes.isEmpty() && onlyRenames, qPrintable(listOf(answered.changes)));
        // Without it nothing is guessed: what has a value to lose is asked about.
        const bool isPart = rename.kind == Kind::Index || rename.kind == Kind::Policy;
        const QList<diff::RenameCandidate> asked = diff::compare(*read, after).questions;
        const bool isAsked = std::ranges::any_of(asked, [&](const diff::RenameCandidate &question) {
            return question.kind == rename.kind && question.from == rename.from &&
                   question.to == rename.to;
        });
        QVERIFY2(isPart || isAsked, qPrintable(diff::describe(rename)));
    }
}

QTEST_GUILESS_MAIN(TestRecorded)
#include "tst_recorded.moc"
