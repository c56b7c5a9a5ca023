// SPDX-License-Identifier: GPL-3.0-or-later
#include "files.h"

#include <QDirIterator>
#include <QTest>

using house::File;

namespace
{
const QDir root(QStringLiteral(SLUICE_SOURCE_DIR));

File read(const QString &path)
{
    QFile file(root.filePath(path));
    return {path, file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString()};
}

/// The repository's files under \a folder with one of these names; not what was built or fetched.
QList<File> files(const QString &folder, const QStringList &names)
{
    QList<File> found;
    QDirIterator it(root.filePath(folder), names, QDir::Files | QDir::Hidden,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = root.relativeFilePath(it.next());
        if (!path.startsWith(QLatin1String("build/")) && !path.startsWith(QLatin1String(".git/")) &&
            !path.contains(QLatin1String("node_modules/")))
            found.append(read(path));
    }
    return found;
}

template <typename Rule> QString offences(const QList<File> &checked, Rule rule)
{
    QStringList found;
    for (const File &file : checked) {
        if (const QString offence = rule(file); !offence.isEmpty())
            found.append(offence);
    }
    found.sort();
    return found.join(u'\n');
}

const QStringList code{QStringLiteral("*.h"), QStringLiteral("*.cpp")};
} // namespace

/// What we care about in every file of the repository, as a check.
class TestFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void licence();
    void size();
    void guard();
    void lockFiles();
    void forms();
    void lists();
};

void TestFiles::rules_data()
{
    QTest::addColumn<QString>("offence");
    QTest::addColumn<QString>("expected");

    const QString spdx = QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later\n");
    const QString header = QStringLiteral("src/diff/a.h");
    const File list{QStringLiteral("src/diff/CMakeLists.txt"),
                    QStringLiteral("SOURCES a.h ab.cpp)")};
    const File lock{QStringLiteral("package-lock.json"),
                    QStringLiteral("{\n \"funding\": \"https://example.org\"\n}")};

    QTest::newRow("licence") << house::licenceOffence({header, spdx}) << QString();
    QTest::newRow("licence missing")
        << house::licenceOffence({header, QStringLiteral("\n\n\n") + spdx})
        << QStringLiteral("src/diff/a.h: no SPDX line in the first three lines");
    QTest::newRow("600 lines") << house::sizeOffence({header, QString(600, u'\n')}) << QString();
    QTest::newRow("601 lines") << house::sizeOffence({header, QString(601, u'\n')})
                               << QStringLiteral("src/diff/a.h: 601 lines; split it at 500");
    QTest::newRow("guard") << house::guardOffence({header, spdx + QStringLiteral("#pragma once\n")})
                           << QString();
    QTest::newRow("guard missing")
        << house::guardOffence({header, spdx}) << QStringLiteral("src/diff/a.h: no #pragma once");
    QTest::newRow("lock file") << house::addressOffence(lock) << QString();
    QTest::newRow("lock file with an address")
        << house::addressOffence({lock.path, QStringLiteral("{\n\"resolved\": \"x\"\n}")})
        << QStringLiteral("package-lock.json:2: an address to download from: \"resolved\":");
    const QString form = QStringLiteral("ui/a.ui");
    const QString word = QStringLiteral("\n<property name=\"pill\" stdset=\"0\"><string%1>dim");
    QTest::newRow("style word in a form")
        << house::styleOffence({form, word.arg(QStringLiteral(" notr=\"true\""))}) << QString();
    QTest::newRow("style word that would be translated")
        << house::styleOffence({form, word.arg(QString())})
        << QStringLiteral(
               "ui/a.ui:2: a style word would be translated; write <string notr=\"true\">");
    QTest::newRow("listed") << house::listOffence({header, {}}, list) << QString();
    QTest::newRow("listed only as the end of another name")
        << house::listOffence({QStringLiteral("src/diff/b.cpp"), {}}, list)
        << QStringLiteral("src/diff/b.cpp: not listed in src/diff/CMakeLists.txt");
}

void TestFiles::rules()
{
    QFETCH(QString, offence);
    QTEST(offence, "expected");
}

void TestFiles::licence()
{
    const QStringList lists = code + QStringList{QStringLiteral("CMakeLists.txt")};
    QList<File> checked = files(QStringLiteral("."), lists);
    checked += files(QStringLiteral("resources/evaluator"), {QStringLiteral("*.js")});
    for (const char *program : {"dev", ".ci/run"}) {
        if (root.exists(QLatin1String(program)))
            checked.append(read(QLatin1String(program)));
    }
    QVERIFY(checked.size() > 40);
    const QString found = offences(checked, house::licenceOffence);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestFiles::size()
{
    const QList<File> checked = files(QStringLiteral("src"), {QStringLiteral("*")});
    const QString found = offences(checked, house::sizeOffence);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestFiles::guard()
{
    const QList<File> checked = files(QStringLiteral("."), {QStringLiteral("*.h")});
    const QString found = offences(checked, house::guardOffence);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestFiles::lockFiles()
{
    const QStringList names{QStringLiteral("package-lock.json"),
                            QStringLiteral("npm-shrinkwrap.json"), QStringLiteral(".npmrc")};
    const QString found = offences(files(QStringLiteral("."), names), house::addressOffence);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestFiles::forms()
{
    const QList<File> checked = files(QStringLiteral("ui"), {QStringLiteral("*.ui")});
    QVERIFY(!checked.isEmpty());
    const QString found = offences(checked, house::styleOffence);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestFiles::lists()
{
    const auto rule = [](const File &file) {
        QString folder = file.path.section(u'/', 0, -2);
        while (!root.exists(folder + QStringLiteral("/CMakeLists.txt")) &&
               folder != QLatin1String("src"))
            folder = folder.section(u'/', 0, -2);
        if (folder == QLatin1String("src"))
            return QString(); // its room is not built yet
        return house::listOffence(file, read(folder + QStringLiteral("/CMakeLists.txt")));
    };
    const QString found = offences(files(QStringLiteral("src"), code), rule);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
