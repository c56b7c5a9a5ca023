// SPDX-License-Identifier: GPL-3.0-or-later
#include "casefile.h"

#include <QTest>

/// The cases of the file under cases/ that SLUICE_CASES names, on a real server. Without it only
/// whether all cases are of use.
class TestChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCaseIsRecorded();
    void cases_data();
    void cases();

private:
    const QString m_file = qEnvironmentVariable("SLUICE_CASES");
    QHash<QString, changes::Case> m_cases;
    std::unique_ptr<changes::Judge> m_judge;
};

void TestChanges::everyCaseIsRecorded()
{
    QStringList names, complaints;
    for (const QString &file : changes::caseFiles()) {
        for (const changes::Case &item : changes::casesOf(file)) {
            if (!item.complaint.isEmpty())
                complaints << item.name + QStringLiteral(": ") + item.complaint;
            names << item.name;
        }
    }
    QCOMPARE(complaints.join(u'\n'), QString());
    QCOMPARE(names.removeDuplicates(), qsizetype(0));
    QVERIFY2(names.size() >= 200, qPrintable(QString::number(names.size())));
}

void TestChanges::cases_data()
{
    QTest::addColumn<QString>("name");
    if (m_file.isEmpty())
        return;
    for (const changes::Case &item : changes::casesOf(m_file)) {
        m_cases.insert(item.name, item);
        QTest::newRow(qPrintable(item.name)) << item.name;
    }
    QVERIFY2(!m_cases.isEmpty(), qPrintable(m_file));
    m_judge = std::make_unique<changes::Judge>();
    QVERIFY2(m_judge->error().isEmpty(), qPrintable(m_judge->error()));
}

void TestChanges::cases()
{
    if (m_file.isEmpty())
        return;
    QFETCH(QString, name);
    const changes::Case item = m_cases.value(name);
    QVERIFY2(item.complaint.isEmpty(), qPrintable(item.complaint));
    const QString complaints = m_judge->verdict(item.trial).join(QStringLiteral("\n\n"));
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints));
}

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"
