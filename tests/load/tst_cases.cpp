// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "diff/change.h"
#include "load/archiveparts.h"
#include "migrate/folder.h"
#include "schema/json.h"
#include "schema/place.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

namespace
{

const QString cases = QStringLiteral(SLUICE_SOURCE_DIR "/tests/load/cases");

struct Case {
    QString name;
    QString source; ///< a schema file, or a folder with a config
    QString answer; ///< the snapshot that was recorded
};

QList<Case> casesIn(const QDir &folder)
{
    QList<Case> found;
    for (const QFileInfo &entry :
         folder.entryInfoList({}, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QDir inside(entry.filePath());
        if (entry.isDir() && !inside.entryList({QStringLiteral("drizzle.config.*")}).isEmpty())
            found << Case{entry.fileName(), entry.filePath(),
                          inside.filePath(QStringLiteral("expected.json"))};
        else if (entry.suffix() == QLatin1String("ts"))
            found << Case{entry.completeBaseName(), entry.filePath(),
                          folder.filePath(entry.completeBaseName() + QStringLiteral(".json"))};
    }
    return found;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The first lines in which two texts differ, each with its number; empty when they are equal.
QByteArray difference(const QByteArray &ours, const QByteArray &theirs)
{
    if (ours == theirs)
        return {};
    const QList<QByteArray> mine = ours.split('\n'), other = theirs.split('\n');
    qsizetype line = 0;
    while (line < mine.size() && line < other.size() && mine.at(line) == other.at(line))
        ++line;
    const QByteArray number = "\nline " + QByteArray::number(line + 1);
    return number + " of ours:\n" + mine.mid(line, 5).join('\n') + number + " of drizzle-kit:\n" +
           other.mid(line, 5).join('\n');
}

} // namespace

/// What we read is what the drizzle-kit command reads: our snapshots of the cases equal its own,
/// byte for byte; what it refuses, we refuse, with the place.
class TestCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void snapshots_data();
    void snapshots();
    void folders_data();
    void folders();
    void kept_data();
    void kept();
    void refusals_data();
    void refusals();
    void nothingToNotice_data();
    void nothingToNotice();

private:
    QTemporaryDir m_alone;
    QHash<QString, QFuture<base::Result<load::Code>>> m_loaded; ///< by source
};

void TestCases::initTestCase()
{
    // All at once: as many run at a time as the machine has cores.
    const auto installation = base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin"));
    for (const Case &item : casesIn(cases) + casesIn(cases + QStringLiteral("/refused"))) {
        QString path = item.source;
        if (QFileInfo(path).isFile()) {
            // In a folder of its own: the loader looks at the files beside a schema, too.
            QVERIFY(QDir(m_alone.path()).mkpath(item.name));
            path = m_alone.filePath(item.name + u'/' + QFileInfo(path).fileName());
            QVERIFY(QFile::copy(item.source, path));
        }
        m_loaded.insert(item.source, load::code(installation, path));
    }
}

void TestCases::snapshots_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("answer");
    const QList<Case> found = casesIn(cases);
    QVERIFY(found.size() >= 150);
    for (const Case &item : found)
        QTest::newRow(qPrintable(item.name)) << item.source << item.answer;
}

void TestCases::snapshots()
{
    QFETCH(QString, source);
    QFETCH(QString, answer);
    const auto code = base::await(m_loaded.value(source));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    const QByteArray expected = contentOf(answer);
    QVERIFY2(!expected.isEmpty(), qPrintable(answer + QStringLiteral(" is not there")));
    const QString zero = QUuid().toString(QUuid::WithoutBraces);
    const QByteArray differs =
        difference(migrate::writeSnapshot(code->schema, zero, zero), expected);
    QVERIFY2(differs.isEmpty(), differs.constData());
}

void TestCases::folders_data()
{
    snapshots_data();
}

/// A snapshot that is read and written again stays as it is, and code that has not changed since
/// has no changes.
void TestCases::folders()
{
    QFETCH(QString, source);
    QFETCH(QString, answer);
    const auto code = base::await(m_loaded.value(source));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    const auto folder = migrate::readSnapshotFile(answer);
    QVERIFY2(folder.ok(), folder.ok() ? "" : qPrintable(base::toLine(folder.error())));
    const QString zero = QUuid().toString(QUuid::WithoutBraces);
    const QByteArray differs =
        difference(migrate::writeSnapshot(*folder, zero, zero), contentOf(answer));
    QVERIFY2(differs.isEmpty(), differs.constData());
    QStringList changes;
    for (const diff::Change &change : diff::compare(*folder, code->schema).changes)
        changes << diff::describe(change);
    QCOMPARE(changes.join(u'\n'), QString());
}

void TestCases::kept_data()
{
    snapshots_data();
}

/// What is kept of a schema is all of it: places, descriptions, relations and problems too.
void TestCases::kept()
{
    QFETCH(QString, source);
    const auto code = base::await(m_loaded.value(source));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    schema::Writer writer;
    writer(code->schema, code->problems);
    const QByteArray packed = writer.finish();
    schema::Database database;
    QList<schema::Problem> problems;
    schema::Reader reader(packed);
    reader(database, problems);
    QVERIFY(reader.isGood());
    QVERIFY(reader.isAtEnd());
    QVERIFY(database == code->schema);
    QCOMPARE(schema::toJson(database), schema::toJson(code->schema));
    QCOMPARE(problems.size(), code->problems.size());
    for (qsizetype i = 0; i < problems.size(); ++i) {
        const schema::Problem &problem = problems.at(i), &known = code->problems.at(i);
        QVERIFY(problem == known);
        QCOMPARE(problem.hint, known.hint);
        QCOMPARE(toText(problem.location), toText(known.location));
        QCOMPARE(problem.importChain, known.importChain);
    }
    // One byte of it less is none of it.
    QVERIFY(!schema::Reader(packed.chopped(1)).isGood());
}

void TestCases::refusals_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, int line, const char *what) {
        QTest::newRow(name) << line << QString::fromLatin1(what);
    };
    row("default_big_in_json", 5, "The default of a.x cannot be written as SQL");
    row("default_invalid_date", 5, "The default of a.x cannot be written as SQL");
    row("duplicate_check", 6, "Check same appears twice in a");
    row("duplicate_index", 5, "Index same of b");
    row("duplicate_linked_policy", 4, "Policy same appears twice on a");
    row("duplicate_policy", 5, "Policy same appears twice on a");
    row("duplicate_unique", 5, "Unique constraint a_x_unique appears twice in a");
    row("duplicate_unique_extras", 4, "Unique constraint a_x_unique appears twice in a");
    row("duplicate_view", 5, "View same appears twice");
    row("parameter_in_default", 5, "a.x holds a parameter");
    row("public_schema", 3, "its code throws");
    row("unnamed_expression_index", 5, "An index of a on an expression has no name");
    row("vector_index_without_operator_class", 4, "names no operator class");
}

void TestCases::refusals()
{
    QFETCH(int, line);
    QFETCH(QString, what);
    const QString file = QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".ts");
    const auto code = base::await(m_loaded.value(cases + QStringLiteral("/refused/") + file));
    // What drizzle-kit refuses costs us the part and is said; what throws leaves nothing to load.
    QString text, where;
    if (!code.ok()) {
        text = code.error().text;
        where = code.error().where;
    }
    for (const schema::Problem &problem : code.ok() ? code->problems : QList<schema::Problem>()) {
        if (problem.severity != schema::Problem::Severity::Error || !text.isEmpty())
            continue;
        text = problem.text;
        where = QStringLiteral("%1:%2").arg(problem.location.file).arg(problem.location.line);
    }
    QVERIFY2(text.contains(what), qPrintable(text));
    const QString place = QStringLiteral("%1:%2").arg(file).arg(line);
    QVERIFY2((where + u':').contains(place + u':'), qPrintable(where));
}

void TestCases::nothingToNotice_data()
{
    QTest::addColumn<QString>("source");
    for (const char *name :
         {"schema_objects.ts", "view_manual.ts", "view_with.ts", "matview_options.ts",
          "view_same_name_in_schemas.ts", "view_of_view.ts", "relations_plain.ts", "fk_circular.ts",
          "policy_supabase.ts", "policy_neon.ts", "code_shared_builders.ts", "code_loops.ts",
          "module_barrel_cycle", "module_twice_exported", "module_cycle_of_values",
          "casing_names_inside_names"})
        QTest::newRow(name) << cases + u'/' + QLatin1String(name);
}

/// A schema without a fault is read without a word.
void TestCases::nothingToNotice()
{
    QFETCH(QString, source);
    const auto code = base::await(m_loaded.value(source));
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QStringList texts;
    for (const schema::Problem &problem : code->problems)
        texts << problem.text;
    QCOMPARE(texts.join(u'\n'), QString());
}

QTEST_GUILESS_MAIN(TestCases)
#include "tst_cases.moc"
