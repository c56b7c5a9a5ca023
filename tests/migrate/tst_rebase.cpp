// SPDX-License-Identifier: GPL-3.0-or-later
#include "folders.h"
#include "migrate/branches.h"
#include "migrate/rebase.h"

#include <QProcess>
#include <QTemporaryDir>

namespace
{
/// One migration that leaves \a after.
void write(const QString &path, const QString &name, const schema::Database &after,
           migrate::Prefix prefix)
{
    const auto written = migrate::writeMigrations(
        *migrate::readFolder(path),
        {{.sql = QStringLiteral("-- %1\nSELECT 1;").arg(name), .after = after, .name = name}},
        {.prefix = prefix});
    QVERIFY2(written.ok(), written ? "" : qPrintable(toLine(written.error())));
}

schema::Database stateOf(const QString &path)
{
    return migrate::readFolder(path)->schema;
}

/// What git leaves of a file that two branches have.
QByteArray merged(const QString &base, const QString &ours, const QString &theirs)
{
    QProcess git;
    git.start(QStringLiteral("git"),
              {QStringLiteral("merge-file"), QStringLiteral("-p"), ours, base, theirs});
    git.waitForFinished();
    return git.readAllStandardOutput();
}

/// A folder that two branches were begun from, and what git makes of them.
class Fork
{
public:
    explicit Fork(migrate::Prefix prefix = migrate::Prefix::Index)
        : m_prefix(prefix)
    {
        schema::Database state;
        state.tables << folders::oneTable(QStringLiteral("orgs"))
                     << folders::oneTable(QStringLiteral("users"));
        write(path("base"), QStringLiteral("init"), state, prefix);
        for (const char *side : {"ours", "theirs"})
            folders::copyTree(path("base"), path(side));
    }

    QString path(const char *side) const { return m_folder.filePath(QString::fromLatin1(side)); }

    void add(const char *side, const QString &name, const schema::Database &after) const
    {
        write(path(side), name, after, m_prefix);
    }

    /// Merges as git does: new files are there, what both changed has markers.
    QString merge() const
    {
        const QString target = path("merged");
        folders::copyTree(path("ours"), target);
        for (const QString &file : folders::contentsOf(path("theirs")).keys()) {
            const QString name = QDir(path("theirs")).relativeFilePath(file);
            if (QFileInfo(file).isDir())
                continue;
            if (!QFile::exists(target + u'/' + name))
                QFile::copy(file, target + u'/' + name);
            else if (folders::get(file) != folders::get(target + u'/' + name))
                folders::put(target + u'/' + name, merged(QFile::exists(path("base") + u'/' + name)
                                                              ? path("base") + u'/' + name
                                                              : QStringLiteral("/dev/null"),
                                                          target + u'/' + name, file));
        }
        return target;
    }

private:
    QTemporaryDir m_folder;
    migrate::Prefix m_prefix;
};

QStringList tagsOf(const migrate::Folder &folder)
{
    QStringList tags;
    for (const migrate::Migration &migration : folder.migrations)
        tags << migration.tag;
    return tags;
}

QStringList tablesOf(const schema::Database &database)
{
    QStringList names;
    for (const schema::Table &table : database.tables)
        names << table.name.name;
    names.sort();
    return names;
}
} // namespace

class TestRebase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sides();
    void putsOursOnTop_data();
    void putsOursOnTop();
    void mergedByHand();
    void movesWhatIsNotApplied_data();
    void movesWhatIsNotApplied();
    void saysWhatWouldRunAgain();
    void refusals_data();
    void refusals();
};

void TestRebase::sides()
{
    const auto [one, other] = migrate::sidesOf("a\n<<<<<<< x\nb\n||||||| base\nq\n=======\nc\nd\n"
                                               ">>>>>>> y\ne");
    QCOMPARE(one, QByteArray("a\nb\ne"));
    QCOMPARE(other, QByteArray("a\nc\nd\ne"));
    QCOMPARE(migrate::sidesOf("x\n=======\ny").first, QByteArray("x\n=======\ny"));
}

void TestRebase::putsOursOnTop_data()
{
    QTest::addColumn<int>("prefix");
    QTest::newRow("numbers") << int(migrate::Prefix::Index);
    QTest::newRow("times") << int(migrate::Prefix::Timestamp);
}

void TestRebase::putsOursOnTop()
{
    QFETCH(int, prefix);
    const Fork fork{migrate::Prefix(prefix)};
    schema::Database theirs = stateOf(fork.path("theirs"));
    theirs.tables[0].columns << schema::Column{.name = QStringLiteral("name"),
                                               .type = QStringLiteral("text")};
    theirs.tables << folders::oneTable(QStringLiteral("theirs"));
    fork.add("theirs", QStringLiteral("theirs"), theirs);
    // Ours was begun later: it is moved, both of its migrations.
    schema::Database ours = stateOf(fork.path("ours"));
    ours.tables[0].columns << schema::Column{.name = QStringLiteral("slug"),
                                             .type = QStringLiteral("text")};
    fork.add("ours", QStringLiteral("one"), ours);
    ours.tables << folders::oneTable(QStringLiteral("ours"));
    ours.tables.removeAt(1);
    fork.add("ours", QStringLiteral("two"), ours);
    const QString path = fork.merge();
    QVERIFY(!migrate::examine(*migrate::readFolder(path)).isEmpty());

    const auto rebased = migrate::rebase(path, {.prefix = migrate::Prefix(prefix)});
    QVERIFY2(rebased.ok(), rebased ? "" : qPrintable(toLine(rebased.error())));
    QCOMPARE(rebased->size(), 2);
    const migrate::Folder folder = *migrate::readFolder(path);
    QStringList said;
    for (const migrate::Finding &finding : migrate::examine(folder))
        said << finding.what;
    QCOMPARE(said, QStringList());
    QCOMPARE(folder.migrations.size(), 4);
    QCOMPARE(tablesOf(folder.schema), QStringList({QStringLiteral("orgs"), QStringLiteral("ours"),
                                                   QStringLiteral("theirs")}));
    QCOMPARE(folder.schema.tables[0].columns.size(), 3);
    QCOMPARE(folder.migrations[2].sql, QByteArray("-- one\nSELECT 1;"));
    QCOMPARE(folder.migrations[3].sql, QByteArray("-- two\nSELECT 1;"));
    // In between: theirs and the first of ours.
    QCOMPARE(
        tablesOf(*migrate::readSnapshot(folder, folder.migrations[2])),
        QStringList({QStringLiteral("orgs"), QStringLiteral("theirs"), QStringLiteral("users")}));
    // Theirs stays as it was.
    QCOMPARE(folder.migrations[1].tag, migrate::readFolder(fork.path("theirs"))->migrations[1].tag);
    QVERIFY(*migrate::readSnapshot(folder, folder.migrations[1]) == theirs);
    if (prefix == int(migrate::Prefix::Index))
        QCOMPARE(tagsOf(folder),
                 QStringList({QStringLiteral("0000_init"), QStringLiteral("0001_theirs"),
                              QStringLiteral("0002_one"), QStringLiteral("0003_two")}));
}

void TestRebase::mergedByHand()
{
    // Times as names: no file is in both branches but the journal, which somebody has merged.
    const Fork fork{migrate::Prefix::Timestamp};
    schema::Database theirs = stateOf(fork.path("theirs"));
    theirs.tables << folders::oneTable(QStringLiteral("x"));
    fork.add("theirs", QStringLiteral("theirs"), theirs);
    schema::Database ours = stateOf(fork.path("ours"));
    ours.tables << folders::oneTable(QStringLiteral("y"));
    // Another second, so that the files differ in their names.
    QTRY_VERIFY(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmss")) >
                migrate::readFolder(fork.path("theirs"))->migrations.last().tag.left(14));
    fork.add("ours", QStringLiteral("ours"), ours);
    const QString path = fork.merge();
    const QString journal = path + QStringLiteral("/meta/_journal.json");
    const auto [one, other] = migrate::sidesOf(folders::get(journal));
    QByteArray both = other;
    const qsizetype begin = one.indexOf("{", one.indexOf("_init"));
    both.insert(both.lastIndexOf("}", both.lastIndexOf("]")) + 1,
                "," + one.mid(begin, one.indexOf("}", begin) - begin + 1));
    folders::put(journal, both);
    const auto rebased = migrate::rebase(path, {.prefix = migrate::Prefix::Timestamp});
    QVERIFY2(rebased.ok(), rebased ? "" : qPrintable(toLine(rebased.error())));
    const migrate::Folder folder = *migrate::readFolder(path);
    QCOMPARE(folder.notices, QStringList());
    QCOMPARE(tablesOf(folder.schema), QStringList({QStringLiteral("orgs"), QStringLiteral("users"),
                                                   QStringLiteral("x"), QStringLiteral("y")}));
}

void TestRebase::movesWhatIsNotApplied_data()
{
    QTest::addColumn<QStringList>("applied");
    QTest::addColumn<QStringList>("ours"); ///< that were named
    QTest::addColumn<QString>("moved");    ///< or what is refused
    const QString first = QStringLiteral("0001_first"), second = QStringLiteral("0001_second");
    QTest::newRow("neither: the later one") << QStringList() << QStringList() << second;
    QTest::newRow("the earlier one") << QStringList{first} << QStringList() << second;
    QTest::newRow("the later one") << QStringList{second} << QStringList() << first;
    QTest::newRow("the later one, and the other named")
        << QStringList{second} << QStringList{first} << first;
    QTest::newRow("the later one, and named")
        << QStringList{second} << QStringList{second} << QStringLiteral("would be moved");
    QTest::newRow("both") << QStringList{first, second} << QStringList()
                          << QStringLiteral("Both branches have been applied (0001_first, "
                                            "0001_second)");
}

void TestRebase::movesWhatIsNotApplied()
{
    QFETCH(QStringList, applied);
    QFETCH(QStringList, ours);
    QFETCH(QString, moved);
    const Fork fork;
    schema::Database state = stateOf(fork.path("theirs"));
    schema::Database first = state, second = state;
    first.tables << folders::oneTable(QStringLiteral("x"));
    second.tables << folders::oneTable(QStringLiteral("y"));
    fork.add("theirs", QStringLiteral("first"), first);
    fork.add("ours", QStringLiteral("second"), second);
    const QString path = fork.merge();
    migrate::RebaseOptions options{.applied = {}, .ours = ours};
    qint64 newest = 0;
    for (const char *side : {"theirs", "ours"}) {
        const migrate::Migration one = migrate::readFolder(fork.path(side))->migrations.last();
        if (applied.contains(one.tag)) {
            options.applied << migrate::AppliedRow{one.hash, one.when};
            newest = std::max(newest, one.when);
        }
    }
    const auto before = folders::contentsOf(path);
    const auto rebased = migrate::rebase(path, options);
    if (moved.contains(u' ')) {
        QVERIFY(!rebased.ok());
        QVERIFY2(toLine(rebased.error()).contains(moved), qPrintable(toLine(rebased.error())));
        QCOMPARE(folders::contentsOf(path), before);
        return;
    }
    QVERIFY2(rebased.ok(), rebased ? "" : qPrintable(toLine(rebased.error())));
    const QString stayed = moved == QLatin1String("0001_first") ? QStringLiteral("0001_second")
                                                                : QStringLiteral("0001_first");
    QCOMPARE(tagsOf(*migrate::readFolder(path)),
             QStringList({QStringLiteral("0000_init"), stayed,
                          QStringLiteral("0002_") + moved.section(u'_', 1)}));
    QVERIFY(migrate::readFolder(path)->migrations.last().when > newest);
    QCOMPARE(tablesOf(stateOf(path)), QStringList({QStringLiteral("orgs"), QStringLiteral("users"),
                                                   QStringLiteral("x"), QStringLiteral("y")}));
}

/// A database that has run what was moved would run it again with drizzle-kit.
void TestRebase::saysWhatWouldRunAgain()
{
    const Fork fork;
    schema::Database state = stateOf(fork.path("theirs"));
    schema::Database first = state, second = state;
    first.tables << folders::oneTable(QStringLiteral("x"));
    second.tables << folders::oneTable(QStringLiteral("y"));
    fork.add("theirs", QStringLiteral("first"), first);
    fork.add("ours", QStringLiteral("second"), second);
    QList<migrate::AppliedRow> rows;
    const migrate::Folder applied = *migrate::readFolder(fork.path("ours"));
    for (const migrate::Migration &one : applied.migrations)
        rows << migrate::AppliedRow{one.hash, one.when};
    const QString path = fork.merge();
    QVERIFY(migrate::rebase(path, {}).ok());
    const auto said = [&] {
        QStringList findings;
        const migrate::Folder folder = *migrate::readFolder(path);
        for (const migrate::Finding &finding : migrate::examine(folder, {.applied = rows}))
            findings << migrate::toWord(finding.kind) + u' ' + finding.tag;
        return findings;
    };
    QCOMPARE(said(), QStringList({QStringLiteral("would-run-again 0002_second"),
                                  QStringLiteral("would-be-skipped 0001_first")}));
    // Once something newer is applied, drizzle-kit leaves it alone.
    rows << migrate::AppliedRow{"another", migrate::readFolder(path)->migrations.last().when + 1};
    QVERIFY(!said().contains(QStringLiteral("would-run-again 0002_second")));
}

void TestRebase::refusals_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("named");
    QTest::newRow("one column, two types")
        << QStringLiteral("alter") << QStringLiteral("public.orgs.id");
    QTest::newRow("a table that theirs drops")
        << QStringLiteral("drop") << QStringLiteral("public.orgs");
    QTest::newRow("one table from both") << QStringLiteral("add") << QStringLiteral("public.same");
    QTest::newRow("nothing to rebase") << QStringLiteral("none") << QString();
    QTest::newRow("one side taken") << QStringLiteral("lost") << QStringLiteral("share the file");
}

void TestRebase::refusals()
{
    QFETCH(QString, what);
    QFETCH(QString, named);
    const Fork fork;
    schema::Database theirs = stateOf(fork.path("theirs")), ours = theirs;
    if (what == QLatin1String("alter")) {
        theirs.tables[0].columns[0].type = QStringLiteral("bigint");
        ours.tables[0].columns[0].type = QStringLiteral("text");
    } else if (what == QLatin1String("drop")) {
        theirs.tables.removeFirst();
        ours.tables[0].columns[0].notNull = true;
    } else if (what == QLatin1String("add")) {
        theirs.tables << folders::oneTable(QStringLiteral("same"));
        ours.tables << folders::oneTable(QStringLiteral("same"));
    } else {
        theirs.tables << folders::oneTable(QStringLiteral("x"));
        ours.tables << folders::oneTable(QStringLiteral("y"));
    }
    fork.add("theirs", QStringLiteral("theirs"), theirs);
    fork.add("ours", QStringLiteral("ours"), ours);
    QString path = fork.merge();
    if (what == QLatin1String("none"))
        path = fork.path("ours");
    if (what == QLatin1String("lost")) {
        const QString file = path + QStringLiteral("/meta/0001_snapshot.json");
        folders::put(file, migrate::sidesOf(folders::get(file)).first);
    }
    const auto before = folders::contentsOf(path);
    const auto rebased = migrate::rebase(path, {});
    QVERIFY(!rebased.ok());
    QVERIFY2(toLine(rebased.error()).contains(named), qPrintable(toLine(rebased.error())));
    QCOMPARE(folders::contentsOf(path), before);
}

QTEST_GUILESS_MAIN(TestRebase)
#include "tst_rebase.moc"
