// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/change.h"
#include "oracle/drizzlekit.h"
#include "random/code.h"
#include "random/random.h"
#include "readcode.h"
#include "state.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <algorithm>

/// Schemas and changes by chance: SLUICE_SEED is the first seed, SLUICE_ROUNDS how many. What our
/// loader reads in code of the same schema is that schema, and drizzle-kit sees nothing that the
/// folder with the change leaves out: every tenth time, or with SLUICE_ALL always.
namespace
{
/// The text of the last migration in \a folder.
QString newest(const QString &folder)
{
    const QStringList files =
        QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    QFile file(files.isEmpty() ? QString() : folder + u'/' + files.last());
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}
} // namespace

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rounds_data();
    void rounds();

private:
    /// The least of \a found that still fails, by leaving steps out one by one.
    changes::RandomCase shrunk(changes::RandomCase found);
    QStringList complaints(const changes::RandomCase &chosen);
    QString ofLoader(const changes::Trial &trial) const;
    QString ofDrizzleKit(const changes::Trial &trial) const;
    bool leaveOut(changes::RandomCase &found, QList<int> changes::RandomCase::*steps);

    std::unique_ptr<changes::Judge> m_judge;
    int m_attempts = 0;
};

void TestRandom::initTestCase()
{
    qputenv("SLUICE_NO_CACHE", "1");
    m_judge = std::make_unique<changes::Judge>();
    QVERIFY2(m_judge->error().isEmpty(), qPrintable(m_judge->error()));
}

void TestRandom::rounds_data()
{
    QTest::addColumn<quint64>("seed");
    bool given = false;
    const quint64 first = qEnvironmentVariable("SLUICE_SEED").toULongLong(&given);
    bool counted = false;
    const int asked = qEnvironmentVariableIntValue("SLUICE_ROUNDS", &counted);
    const int rounds = counted ? asked : given ? 1 : 50;
    for (int i = 0; i < rounds; ++i) {
        const quint64 seed = (given ? first : 1) + quint64(i);
        QTest::addRow("SLUICE_SEED=%llu", seed) << seed;
    }
}

QStringList TestRandom::complaints(const changes::RandomCase &chosen)
{
    const changes::Trial trial = changes::trialOf(chosen);
    QStringList found = m_judge->verdict(trial);
    if (const QString loader = ofLoader(trial); !loader.isEmpty())
        found << loader;
    constexpr int sample = 10;
    const bool isAsked = qEnvironmentVariableIsSet("SLUICE_ALL") || chosen.seed % sample == 0;
    const bool isWritten = QFileInfo::exists(m_judge->folder());
    if (const QString theirs =
            isAsked && isWritten && found.isEmpty() ? ofDrizzleKit(trial) : QString();
        !theirs.isEmpty())
        found << theirs;
    return found;
}

QString TestRandom::ofLoader(const changes::Trial &trial) const
{
    const auto read = changes::readCode(changes::codeOf(trial.after));
    if (!read)
        return base::toLine(read.error());
    QStringList words;
    for (const diff::Change &change : diff::compare(*read, trial.after).changes)
        words << diff::describe(change);
    return words.isEmpty() ? QString() : QStringLiteral("The code says:\n") + words.join(u'\n');
}

QString TestRandom::ofDrizzleKit(const changes::Trial &trial) const
{
    // It takes the end of such a name for its own mark of what is new, and makes the view
    // "undefined" although nothing has changed.
    const bool isBeyondIt = std::ranges::any_of(trial.after.views, [](const schema::View &view) {
        return view.name.name.endsWith(QLatin1String("__added"));
    });
    if (isBeyondIt)
        return {};
    const QTemporaryDir project;
    const QByteArray code = changes::codeOf(trial.after);
    const auto config = [&](const QString &name, const QByteArray &out) {
        return changes::write(project.filePath(name),
                              R"({ "dialect": "postgresql", "schema": "./schema.ts", "out": ")" +
                                  out + "\" }");
    };
    const bool ready =
        testsupport::linkNodeModules(project.path()) &&
        testsupport::copyFolder(m_judge->folder(), project.filePath(QStringLiteral("ours"))) &&
        config(QStringLiteral("ours.json"), "./ours") &&
        config(QStringLiteral("fresh.json"), "./fresh") &&
        changes::write(project.filePath(QStringLiteral("schema.ts")), code);
    if (!ready)
        return QStringLiteral("drizzle-kit's project cannot be written");
    const auto generate = [&](const QString &name) {
        return testsupport::drizzleKit(
                   project.path(), {QStringLiteral("generate"), QStringLiteral("--config"), name})
            .output;
    };
    const QString said = generate(QStringLiteral("ours.json"));
    if (!said.contains(QLatin1String("No schema changes")))
        return QStringLiteral("drizzle-kit: ") + said +
               newest(project.filePath(QStringLiteral("ours")));
    generate(QStringLiteral("fresh.json"));
    const QString snapshot = project.filePath(QStringLiteral("fresh/meta/0000_snapshot.json"));
    if (!QFileInfo::exists(snapshot))
        return {}; // an empty schema
    const auto read = changes::readCode(code);
    return read ? changes::snapshotDifference(changes::snapshotOf(*read), snapshot)
                : base::toLine(read.error());
}

bool TestRandom::leaveOut(changes::RandomCase &found, QList<int> changes::RandomCase::*steps)
{
    constexpr int mostAttempts = 60;
    bool less = false;
    for (qsizetype i = (found.*steps).size(); i-- > 0 && m_attempts < mostAttempts;) {
        changes::RandomCase smaller = found;
        (smaller.*steps).removeAt(i);
        ++m_attempts;
        if (!complaints(smaller).isEmpty()) {
            found = smaller;
            less = true;
        }
    }
    return less;
}

changes::RandomCase TestRandom::shrunk(changes::RandomCase found)
{
    m_attempts = 0;
    while (leaveOut(found, &changes::RandomCase::edits) ||
           leaveOut(found, &changes::RandomCase::creations)) {
    }
    return found;
}

void TestRandom::rounds()
{
    QFETCH(quint64, seed);
    const changes::RandomCase drawn = changes::randomCase(seed);
    if (complaints(drawn).isEmpty())
        return;
    QStringList words;
    const changes::RandomCase least = shrunk(drawn);
    const changes::Trial trial = changes::trialOf(least, &words);
    words << complaints(least) << QStringLiteral("before:")
          << QString::fromUtf8(changes::codeOf(trial.before)) << QStringLiteral("rows:")
          << QString::fromUtf8(trial.rows);
    QFAIL(qPrintable(QStringLiteral("SLUICE_SEED=%1\n").arg(seed) + words.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"
