// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

namespace
{
const QString sourceFolder = QStringLiteral(SLUICE_SOURCE_DIR "/src");

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}
} // namespace

/// Enforces the dependency table of src/README.md on every include under src/.
class TestLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void checker_data();
    void checker();
    void rooms_data();
    void rooms();

private:
    house::Layers m_layers;
};

void TestLayers::initTestCase()
{
    m_layers.rooms = house::roomsOf(read(sourceFolder + QStringLiteral("/README.md")));
    QCOMPARE(m_layers.rooms.size(), 17);
    QCOMPARE(m_layers.rooms.value(QStringLiteral("base")).mayInclude, QStringList());
    QCOMPARE(m_layers.rooms.value(QStringLiteral("tenant")).mayInclude.join(u' '),
             QStringLiteral("schema sql query base"));

    QVERIFY(house::showsPrivateLibrary(QStringLiteral("#include <nlohmann/json.hpp>\n")));
    QVERIFY(!house::showsPrivateLibrary(QStringLiteral("#include <nlohmann/json_fwd.hpp>\n")));
    QDirIterator it(sourceFolder, {QStringLiteral("*.h")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        if (house::showsPrivateLibrary(read(path)))
            m_layers.innerHeaders.insert(QDir(sourceFolder).relativeFilePath(path));
    }
}

void TestLayers::checker_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("allowed");

    const auto row = [](const char *name, const char *path, const char *line, bool allowed) {
        QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(line) << allowed;
    };
    row("itself", "diff/a.cpp", "#include \"diff/change.h\"", true);
    row("an edge of the table", "diff/a.cpp", "#include \"schema/table.h\"", true);
    row("base sees nothing", "base/a.h", "#include \"schema/table.h\"", false);
    row("an edge backwards", "schema/a.h", "#include \"diff/change.h\"", false);
    row("studio never sees pg", "studio/grid/a.cpp", "#include \"pg/pool.h\"", false);
    row("studio never sees load", "studio/shell/a.cpp", "#include \"load/project.h\"", false);
    row("cli never sees studio", "cli/a.cpp", "#include \"studio/widgets/colors.h\"", false);
    row("a room that is not in the table", "lint/a.cpp", "#include \"base/error.h\"", false);
    row("with spaces", "base/a.h", "  #  include  \"schema/table.h\"", false);
    row("without a room", "diff/a.cpp", "#include \"change.h\"", false);
    row("upwards", "diff/a.cpp", "#include \"../pg/pool.h\"", false);
    row("commented out", "base/a.h", "// #include \"schema/table.h\"", true);
    row("a form", "studio/grid/a.cpp", "#include \"ui_gridpage.h\"", true);
    row("a moc file", "pg/a.cpp", "#include \"a.moc\"", true);

    row("a feature and widgets", "studio/grid/a.cpp", "#include \"studio/widgets/a.h\"", true);
    row("widgets and a feature", "studio/widgets/a.cpp", "#include \"studio/grid/a.h\"", false);
    row("two features", "studio/grid/a.cpp", "#include \"studio/builder/a.h\"", false);
    row("the shell and a feature", "studio/shell/a.cpp", "#include \"studio/grid/a.h\"", true);
    row("a feature and the shell", "studio/grid/a.cpp", "#include \"studio/shell/a.h\"", false);
    row("main and the shell", "studio/main.cpp", "#include \"studio/shell/a.h\"", true);

    row("libpq in pg", "pg/a.cpp", "#include <libpq-fe.h>", true);
    row("libpq in a header of pg", "pg/a.h", "#include <libpq-fe.h>", false);
    row("libpq elsewhere", "runner/a.cpp", "#include <libpq-fe.h>", false);
    row("the parser in sql", "sql/a.cpp", "#include <pg_query.h>", true);
    row("the parser in a header", "sql/a.h", "#include <pg_query.h>", false);
    row("the parser elsewhere", "query/a.cpp", "#include <pg_query.h>", false);
    row("mozjs in the evaluator", "evaluator/a.h", "#include <js/Context.h>", true);
    row("mozjs elsewhere", "load/a.cpp", "#include <jsapi.h>", false);
    row("Qt Sql in store", "store/a.cpp", "#include <QSqlDatabase>", true);
    row("Qt Sql in a header", "store/a.h", "#include <QSqlDatabase>", false);
    row("Qt Sql elsewhere", "session/a.cpp", "#include <QSqlQuery>", false);
    row("nlohmann in an inner header", "load/a.h", "#include <nlohmann/json.hpp>", true);
    row("nlohmann elsewhere", "session/a.cpp", "#include <nlohmann/json.hpp>", false);
    row("an inner header in its room", "load/a.cpp", "#include \"load/inner.h\"", true);
    row("an inner header elsewhere", "session/a.cpp", "#include \"load/inner.h\"", false);
    row("threads below their rooms", "diff/a.cpp", "#include <QtConcurrentRun>", false);
    row("threads in session", "session/a.cpp", "#include <QtConcurrentRun>", true);
    row("widgets below studio", "session/a.h", "#include <QWidget>", false);
    row("pictures below studio", "cli/a.cpp", "#include <QImage>", false);
    row("widgets in studio", "studio/grid/a.h", "#include <QWidget>", true);
}

void TestLayers::checker()
{
    QFETCH(QString, path);
    QFETCH(QString, line);
    QFETCH(bool, allowed);
    const QString content = QStringLiteral("#pragma once\n\n%1\n\nint a;\n").arg(line);
    house::Layers layers = m_layers;
    layers.innerHeaders.insert(QStringLiteral("load/inner.h"));
    const QStringList found = house::offences(layers, path, content);
    QVERIFY2(found.isEmpty() == allowed, qPrintable(found.join(u'\n')));
}

void TestLayers::rooms_data()
{
    QTest::addColumn<QString>("room");
    for (const QString &room : QDir(sourceFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(room)) << room;
}

void TestLayers::rooms()
{
    QFETCH(QString, room);
    QStringList found;
    int files = 0;
    QDirIterator it(sourceFolder + u'/' + room, {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                    QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        found += house::offences(m_layers, QDir(sourceFolder).relativeFilePath(path), read(path));
        ++files;
    }
    QVERIFY(files > 0);
    found.sort();
    QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
