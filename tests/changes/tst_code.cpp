// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "casefile.h"
#include "load/project.h"
#include "migrate/folder.h"
#include "state.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

/// What we read in the code of every case is what drizzle-kit read when it was asked: the snapshots
/// are equal, byte for byte. The state after the change, or with SLUICE_ALL both.
class TestCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void snapshots_data();
    void snapshots();

private:
    /// Where the snapshot of \a code differs from \a recorded; empty: nowhere.
    QString difference(const QByteArray &code, const QByteArray &config,
                       const QByteArray &recorded);

    QHash<QString, changes::Case> m_cases;
    QSet<QByteArray> m_seen; ///< many cases begin with the same code
};

namespace
{

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

void TestCode::initTestCase()
{
    qputenv("SLUICE_NO_CACHE", "1");
}

void TestCode::snapshots_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &file : changes::caseFiles()) {
        for (const changes::Case &item : changes::casesOf(file)) {
            m_cases.insert(item.name, item);
            QTest::newRow(qPrintable(item.name)) << item.name;
        }
    }
    QVERIFY(!m_cases.isEmpty());
}

QString TestCode::difference(const QByteArray &code, const QByteArray &config,
                             const QByteArray &recorded)
{
    if (code.isEmpty() || m_seen.contains(config + code))
        return {};
    m_seen.insert(config + code);
    const QTemporaryDir project;
    const QString schema = project.filePath(QStringLiteral("schema.ts"));
    if (!write(schema, code))
        return QStringLiteral("cannot write");
    // A config is evaluated like the schema, which takes as long again.
    const bool needsConfig = config.contains("casing");
    if (needsConfig && !write(project.filePath(QStringLiteral("drizzle.config.json")), config))
        return QStringLiteral("cannot write");
    const auto read =
        base::await(load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")),
                               needsConfig ? project.path() : schema));
    if (!read)
        return base::toLine(read.error());
    const QString zero = QStringLiteral("00000000-0000-0000-0000-000000000000");
    const QByteArray ours = migrate::writeSnapshot(read->schema, zero, zero);
    return ours == recorded ? QString()
                            : changes::firstDifference(QStringLiteral("The snapshot"),
                                                       QStringLiteral("ours has"), ours,
                                                       QStringLiteral("drizzle-kit's"), recorded);
}

void TestCode::snapshots()
{
    QFETCH(QString, name);
    const changes::Case item = m_cases.value(name);
    QVERIFY2(item.complaint.isEmpty(), qPrintable(item.complaint));
    if (qEnvironmentVariableIsSet("SLUICE_ALL")) {
        const QString before = difference(item.beforeCode, item.config, item.trial.beforeSnapshot);
        QVERIFY2(before.isEmpty(), qPrintable(before));
    }
    const QString after = difference(item.afterCode, item.config, item.trial.afterSnapshot);
    QVERIFY2(after.isEmpty(), qPrintable(after));
}

QTEST_GUILESS_MAIN(TestCode)
#include "tst_code.moc"
