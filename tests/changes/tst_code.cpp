// SPDX-License-Identifier: GPL-3.0-or-later
#include "casefile.h"
#include "readcode.h"
#include "state.h"

#include <QTest>

/// What we read in the code of every case is what drizzle-kit read when it was asked: the snapshots
/// are equal, byte for byte. The state after the change of every sixth case, or with SLUICE_ALL
/// both states of all.
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

void TestCode::initTestCase()
{
    qputenv("SLUICE_NO_CACHE", "1");
}

void TestCode::snapshots_data()
{
    QTest::addColumn<QString>("name");
    const int step = qEnvironmentVariableIsSet("SLUICE_ALL") ? 1 : 6;
    int number = 0;
    for (const QString &file : changes::caseFiles()) {
        for (const changes::Case &item : changes::casesOf(file)) {
            if (number++ % step)
                continue;
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
    // A config is evaluated like the schema, which takes as long again.
    const auto read = changes::readCode(code, config.contains("casing") ? config : QByteArray());
    if (!read)
        return base::toLine(read.error());
    const QByteArray ours = changes::snapshotOf(*read);
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
