// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.h"
#include "folders.h"
#include "migrate/examine.h"

#include <QCryptographicHash>
#include <QTemporaryDir>

#include <functional>

namespace
{
using migrate::Finding;
using Kind = Finding::Kind;

constexpr qint64 now = 4'000'000'000'000; // all that is written here is older

struct Place {
    QString path; ///< of the folder, with a slash
    QList<migrate::AppliedRow> rows{};
    bool asked = false; ///< a database's rows are known
    QString file(const char *name) const { return path + QLatin1String(name); }
    void replace(const char *name, const QByteArray &from, const QByteArray &to) const
    {
        const QByteArray before = folders::get(file(name));
        QVERIFY(before.contains(from));
        folders::put(file(name), QByteArray(before).replace(from, to));
    }
    void apply(int count)
    {
        asked = true;
        const migrate::Folder folder = *migrate::readFolder(path);
        for (int i = 0; i < count; ++i)
            rows << migrate::AppliedRow{folder.migrations[i].hash, folder.migrations[i].when};
    }
};

using Mess = std::function<void(Place &)>;

QByteArray conflicted(const QByteArray &ours, const QByteArray &theirs)
{
    return "<<<<<<< HEAD\n" + ours + "\n=======\n" + theirs + "\n>>>>>>> other\n";
}
} // namespace

Q_DECLARE_METATYPE(Mess)
Q_DECLARE_METATYPE(migrate::Finding::Kind)

class TestExamine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void healthy_data();
    void healthy();
    void finds_data();
    void finds();
    void onlyTheJournal_data();
    void onlyTheJournal();
    void missingSnapshots();
    void findsInNested_data();
    void findsInNested();
    void wordsAreDistinct();
};

void TestExamine::healthy_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("sample") << QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample/drizzle");
    const QString nested = QStringLiteral(SLUICE_SOURCE_DIR "/tests/migrate/nested/rc5/");
    for (const QString &name : QDir(nested).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(name)) << nested + name;
    QTest::newRow("none") << QStringLiteral("/nonexistent/drizzle");
}

void TestExamine::healthy()
{
    QFETCH(QString, path);
    const auto folder = migrate::readFolder(path);
    QVERIFY(folder.ok());
    QStringList said;
    for (const Finding &finding : migrate::examine(*folder, {.now = now}))
        said << finding.what;
    QCOMPARE(said, QStringList());
}

void TestExamine::finds_data()
{
    QTest::addColumn<Mess>("mess");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("place"); ///< file:line:column
    const auto row = [](const char *name, Kind kind, const char *place, const Mess &mess) {
        QTest::newRow(name) << mess << kind << QString::fromLatin1(place);
    };
    row("missing file", Kind::MissingSql, "0001_b.sql",
        [](Place &p) { QFile::remove(p.file("0001_b.sql")); });
    row("missing snapshot", Kind::MissingSnapshot, "meta/0001_snapshot.json",
        [](Place &p) { QFile::remove(p.file("meta/0001_snapshot.json")); });
    row("written by hand", Kind::MissingSnapshot, "meta/0003_snapshot.json", [](Place &p) {
        folders::put(p.file("0003_hand.sql"), "SELECT 1;");
        p.replace("meta/_journal.json", "\n  ]",
                  ",\n{\"idx\":3,\"version\":\"7\",\"when\":3999999999999,\"tag\":\"0003_hand\","
                  "\"breakpoints\":true}\n  ]");
    });
    row("stray file", Kind::OrphanSql, "0009_x.sql",
        [](Place &p) { folders::put(p.file("0009_x.sql"), "SELECT 1;"); });
    row("stray snapshot", Kind::OrphanSnapshot, "meta/0001a_snapshot.json", [](Place &p) {
        QFile::copy(p.file("meta/0001_snapshot.json"), p.file("meta/0001a_snapshot.json"));
    });
    row("chain broken", Kind::BrokenChain, "meta/0001_snapshot.json",
        [](Place &p) { QFile::remove(p.file("meta/0000_snapshot.json")); });
    row("two branches", Kind::TwoBranches, "meta/0002_snapshot.json", [](Place &p) {
        const QByteArray first = folders::get(p.file("meta/0001_snapshot.json"));
        const QByteArray base = first.mid(first.indexOf("prevId\": \"") + 10, 36);
        const QByteArray third = folders::get(p.file("meta/0002_snapshot.json"));
        p.replace("meta/0002_snapshot.json", third.mid(third.indexOf("prevId\": \"") + 10, 36),
                  base);
    });
    row("one number twice", Kind::DuplicateNumber, "meta/_journal.json",
        [](Place &p) { p.replace("meta/_journal.json", "\"idx\": 1", "\"idx\": 0"); });
    row("one tag twice", Kind::DuplicateTag, "meta/_journal.json",
        [](Place &p) { p.replace("meta/_journal.json", "0001_b", "0000_a"); });
    row("time goes back", Kind::TimeNotIncreasing, "meta/_journal.json", [](Place &p) {
        p.replace("meta/_journal.json",
                  QByteArray::number(migrate::readFolder(p.path)->migrations[1].when), "5");
    });
    row("time in the future", Kind::TimeInFuture, "meta/_journal.json", [](Place &p) {
        p.replace("meta/_journal.json",
                  QByteArray::number(migrate::readFolder(p.path)->migrations[2].when),
                  "4000000999999");
    });
    row("journal with conflict", Kind::ConflictMarkers, "meta/_journal.json:1:1", [](Place &p) {
        const QByteArray text = folders::get(p.file("meta/_journal.json"));
        folders::put(p.file("meta/_journal.json"), conflicted(text, text));
    });
    row("snapshot with conflict", Kind::ConflictMarkers, "meta/0001_snapshot.json:1:1",
        [](Place &p) {
            const QByteArray text = folders::get(p.file("meta/0001_snapshot.json"));
            folders::put(p.file("meta/0001_snapshot.json"), conflicted(text, text));
        });
    row("last snapshot with conflict", Kind::ConflictMarkers, "meta/0002_snapshot.json:3:1",
        [](Place &p) {
            folders::put(p.file("meta/0002_snapshot.json"), "{\n\n<<<<<<< HEAD\n}\n");
        });
    row("SQL with conflict", Kind::ConflictMarkers, "0001_b.sql:2",
        [](Place &p) { folders::put(p.file("0001_b.sql"), "SELECT 1;\n<<<<<<< HEAD\n"); });
    row("snapshot cut off", Kind::Unreadable, "meta/0000_snapshot.json", [](Place &p) {
        const QByteArray text = folders::get(p.file("meta/0000_snapshot.json"));
        folders::put(p.file("meta/0000_snapshot.json"), text.left(text.size() / 2));
    });
    row("snapshot empty", Kind::Unreadable, "meta/0000_snapshot.json:1:1",
        [](Place &p) { folders::put(p.file("meta/0000_snapshot.json"), "\n"); });
    row("comma too many", Kind::Unreadable, "meta/_journal.json:3:1",
        [](Place &p) { folders::put(p.file("meta/_journal.json"), "{\n\"version\": 7,\n}"); });
    row("not UTF-8", Kind::Unreadable, "0001_b.sql:2:6",
        [](Place &p) { folders::put(p.file("0001_b.sql"), "-- ok\n-- gr\xFC\xDF\n"); });
    row("snapshot not UTF-8", Kind::Unreadable, "meta/0001_snapshot.json",
        [](Place &p) { p.replace("meta/0001_snapshot.json", "\"b\"", "\"\xFC\""); });
    row("unknown version", Kind::NotOurs, "meta/0001_snapshot.json", [](Place &p) {
        p.replace("meta/0001_snapshot.json", "\"version\": \"7\"", "\"version\": \"11\"");
    });
    row("another dialect", Kind::NotOurs, "meta/_journal.json",
        [](Place &p) { p.replace("meta/_journal.json", "postgresql", "mysql"); });
    row("unknown member", Kind::UnknownKey, "meta/0001_snapshot.json", [](Place &p) {
        p.replace("meta/0001_snapshot.json", "\"notNull\": false",
                  "\"notNull\": false, \"comment\": \"x\"");
    });
    row("name with _", Kind::UnderscoreName, "meta/_snapshot.json", [](Place &p) {
        QFile::rename(p.file("meta/0002_snapshot.json"), p.file("meta/_snapshot.json"));
    });
    row("foreign file", Kind::ForeignFile, "meta/notes.txt",
        [](Place &p) { folders::put(p.file("meta/notes.txt"), "x"); });
    row("folder in meta", Kind::NotAFile, "meta/old",
        [](Place &p) { QVERIFY(QDir().mkpath(p.file("meta/old"))); });
    row("folder where a file is", Kind::NotAFile, "0001_b.sql", [](Place &p) {
        QFile::remove(p.file("0001_b.sql"));
        QVERIFY(QDir().mkpath(p.file("0001_b.sql")));
    });
    row("link to nowhere", Kind::MissingSql, "0001_b.sql", [](Place &p) {
        QFile::remove(p.file("0001_b.sql"));
        QVERIFY(QFile::link(QStringLiteral("gone.sql"), p.file("0001_b.sql")));
    });
    row("journal is a folder", Kind::NotAFile, "meta/_journal.json", [](Place &p) {
        QFile::remove(p.file("meta/_journal.json"));
        QVERIFY(QDir().mkpath(p.file("meta/_journal.json")));
    });
    row("a huge file", Kind::Unreadable, "0001_b.sql", [](Place &p) {
        QFile file(p.file("0001_b.sql"));
        QVERIFY(file.resize(400LL * 1024 * 1024)); // sparse
    });
    row("BEGIN in a file", Kind::TransactionControl, "0001_b.sql:2", [](Place &p) {
        folders::put(p.file("0001_b.sql"), "SELECT 'begin';\nBEGIN;\nSELECT 1;\nCOMMIT;\n");
    });
    row("COMMIT behind another outsider", Kind::TransactionControl, "0001_b.sql:3",
        [](Place &p) { folders::put(p.file("0001_b.sql"), "SELECT 1;\nVACUUM;\nCOMMIT;\n"); });
    row("pulled", Kind::PulledBaseline, "0000_a.sql", [](Place &p) {
        folders::put(p.file("0000_a.sql"),
                     "-- Current sql file was generated after introspecting the database\n"
                     "/*\nCREATE TABLE \"a\" ();\n--> statement-breakpoint\nSELECT 1;\n*/\n");
    });
    row("edited", Kind::Edited, "0000_a.sql", [](Place &p) {
        p.apply(3);
        p.replace("0000_a.sql", "integer", "bigint");
    });
    row("other line ends", Kind::LineEndsChanged, "0000_a.sql", [](Place &p) {
        p.apply(3);
        p.replace("0000_a.sql", "\n", "\r\n");
    });
    row("would be skipped", Kind::WouldBeSkipped, "0001_b.sql", [](Place &p) {
        p.apply(3);
        p.rows.removeAt(1);
    });
    row("row without file", Kind::RowWithoutFile, "", [](Place &p) {
        p.apply(3);
        p.rows << migrate::AppliedRow{"abc", 7};
    });
    row("interrupted", Kind::UnfinishedWrite, ".sluice-write",
        [](Place &p) { folders::put(p.file(".sluice-write/manifest.json"), "{"); });
}

void TestExamine::finds()
{
    QFETCH(Mess, mess);
    QFETCH(Kind, kind);
    QFETCH(QString, place);
    QTemporaryDir project;
    Place at{.path = project.filePath(QStringLiteral("drizzle/"))};
    for (const char *name : {"a", "b", "c"})
        folders::generate(at.path, QString::fromLatin1(name));
    QCOMPARE(migrate::examine(*migrate::readFolder(at.path), {.now = now}).size(), 0);
    mess(at);
    const auto before = folders::contentsOf(at.path);
    const auto folder = migrate::readFolder(at.path);
    QVERIFY(folder.ok());
    migrate::Examination examination{.now = now};
    if (at.asked)
        examination.applied = at.rows;
    const QList<Finding> findings = migrate::examine(*folder, examination);
    QStringList said;
    bool found = false;
    for (const Finding &finding : findings) {
        said << migrate::toWord(finding.kind) + u' ' + migrate::placeOf(finding) + u' ' +
                    finding.what;
        found = found || (finding.kind == kind &&
                          (place.isEmpty() || migrate::placeOf(finding).startsWith(place)));
        QVERIFY(!finding.what.isEmpty() && !finding.hint.isEmpty());
    }
    QVERIFY2(found, qPrintable(said.join(u'\n')));
    QCOMPARE(folders::contentsOf(at.path), before);
}

void TestExamine::onlyTheJournal_data()
{
    QTest::addColumn<Mess>("mess");
    QTest::addColumn<QString>("said");
    const auto journal = [](const QByteArray &text) {
        return Mess([text](Place &p) { folders::put(p.file("meta/_journal.json"), text); });
    };
    QTest::newRow("conflict") << Mess([](Place &p) {
        const QByteArray text = folders::get(p.file("meta/_journal.json"));
        folders::put(p.file("meta/_journal.json"), conflicted(text, text));
    }) << QStringLiteral("conflict-markers meta/_journal.json:1:1");
    QTest::newRow("cut off") << journal("{\n  \"entries\": [")
                             << QStringLiteral("unreadable meta/_journal.json:2:15");
    QTest::newRow("no entries") << journal(R"({"version": "7", "dialect": "postgresql"})")
                                << QStringLiteral("bad-entry meta/_journal.json");
    QTest::newRow("gone") << Mess([](Place &p) { QFile::remove(p.file("meta/_journal.json")); })
                          << QStringLiteral("no-journal meta/_journal.json");
}

/// What a journal would have said is not concluded from one that cannot be read.
void TestExamine::onlyTheJournal()
{
    QFETCH(Mess, mess);
    QFETCH(QString, said);
    QTemporaryDir project;
    Place at{.path = project.filePath(QStringLiteral("drizzle/"))};
    for (const char *name : {"a", "b", "c"})
        folders::generate(at.path, QString::fromLatin1(name));
    at.apply(3);
    mess(at);
    QStringList found;
    for (const Finding &finding :
         migrate::examine(*migrate::readFolder(at.path), {.applied = at.rows, .now = now}))
        found << migrate::toWord(finding.kind) + u' ' + migrate::placeOf(finding);
    QCOMPARE(found, QStringList{said});
}

/// drizzle-kit goes on from the last snapshot: only when that one is missing, changes come again.
void TestExamine::missingSnapshots()
{
    QTemporaryDir project;
    Place at{.path = project.filePath(QStringLiteral("drizzle/"))};
    for (const char *name : {"a", "b", "c"})
        folders::generate(at.path, QString::fromLatin1(name));
    const auto finding = [&] {
        const QList<Finding> findings =
            migrate::examine(*migrate::readFolder(at.path), {.now = now});
        const auto found = std::ranges::find(findings, Kind::MissingSnapshot, &Finding::kind);
        return found == findings.end() ? Finding() : *found;
    };
    const QByteArray middle = folders::get(at.file("meta/0001_snapshot.json"));
    QFile::remove(at.file("meta/0001_snapshot.json"));
    QCOMPARE(finding().what, QStringLiteral("0001_b has no snapshot"));
    QCOMPARE(finding().severity, Finding::Severity::Warning);
    QVERIFY2(finding().why.contains(QLatin1String("goes on from 0002_snapshot.json")),
             qPrintable(finding().why));
    folders::put(at.file("meta/0001_snapshot.json"), middle);
    QFile::remove(at.file("meta/0002_snapshot.json"));
    QCOMPARE(finding().what,
             QStringLiteral("0002_c has no snapshot: drizzle-kit will generate its changes again"));
    QCOMPARE(finding().severity, Finding::Severity::Error);
}

void TestExamine::findsInNested_data()
{
    QTest::addColumn<Mess>("mess");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("file");
    const auto row = [](const char *name, Kind kind, const char *file, const Mess &mess) {
        QTest::newRow(name) << mess << kind << QString::fromLatin1(file);
    };
    row("missing file", Kind::MissingSql, "20260101000001_a/migration.sql",
        [](Place &p) { QFile::remove(p.file("20260101000001_a/migration.sql")); });
    row("missing snapshot", Kind::MissingSnapshot, "20260101000003_both/snapshot.json",
        [](Place &p) { QFile::remove(p.file("20260101000003_both/snapshot.json")); });
    row("parent gone", Kind::BrokenChain, "20260101000003_both/snapshot.json",
        [](Place &p) { QDir(p.file("20260101000001_a")).removeRecursively(); });
    row("two first ones", Kind::TwoBranches, "20260101000001_a/snapshot.json", [](Place &p) {
        p.replace("20260101000001_a/snapshot.json", "00000000-0000-4000-8000-000000000001",
                  "00000000-0000-0000-0000-000000000000");
    });
    row("before its parent", Kind::WrongOrder, "20250101000001_a/snapshot.json",
        [](Place &p) { QFile::rename(p.file("20260101000001_a"), p.file("20250101000001_a")); });
    row("cut off", Kind::Unreadable, "20260101000001_a/snapshot.json",
        [](Place &p) { folders::put(p.file("20260101000001_a/snapshot.json"), "{\"id\": "); });
    row("conflict", Kind::ConflictMarkers, "20260101000001_a/snapshot.json", [](Place &p) {
        folders::put(p.file("20260101000001_a/snapshot.json"), conflicted("{}", "{}"));
    });
    row("unknown version", Kind::NotOurs, "20260101000001_a/snapshot.json", [](Place &p) {
        p.replace("20260101000001_a/snapshot.json", "\"version\": \"9\"", "\"version\": \"10\"");
    });
    row("both layouts", Kind::NotOurs, "meta/_journal.json",
        [](Place &p) { folders::put(p.file("meta/_journal.json"), "{}"); });
    row("unknown row", Kind::Unreadable, "20260101000001_a/snapshot.json", [](Place &p) {
        p.replace("20260101000001_a/snapshot.json", "\"entityType\": \"tables\"",
                  "\"entityType\": \"triggers\"");
    });
}

void TestExamine::findsInNested()
{
    QFETCH(Mess, mess);
    QFETCH(Kind, kind);
    QFETCH(QString, file);
    QTemporaryDir project;
    Place at{.path = project.filePath(QStringLiteral("drizzle/"))};
    folders::copyTree(QStringLiteral(SLUICE_SOURCE_DIR "/tests/migrate/nested/rc5/merge"),
                      at.path.chopped(1));
    mess(at);
    const auto folder = migrate::readFolder(at.path);
    QVERIFY(folder.ok());
    QStringList said;
    bool found = false;
    for (const Finding &finding : migrate::examine(*folder, {.now = now})) {
        said << migrate::toWord(finding.kind) + u' ' + finding.file + u' ' + finding.what;
        found = found || (finding.kind == kind && finding.file == file);
    }
    QVERIFY2(found, qPrintable(said.join(u'\n')));
}

void TestExamine::wordsAreDistinct()
{
    QSet<QString> words;
    for (int kind = 0; kind <= int(Kind::RowWithoutFile); ++kind) {
        const QString word = migrate::toWord(Kind(kind));
        QVERIFY2(!word.isEmpty() && !words.contains(word), qPrintable(QString::number(kind)));
        words << word;
    }
}

QTEST_GUILESS_MAIN(TestExamine)
#include "tst_examine.moc"
