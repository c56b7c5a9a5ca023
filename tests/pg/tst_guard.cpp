// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/guard.h"

#include <QTest>

class TestGuard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statement_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("reads");
        const auto row = [](const char *text, bool reads) {
            QTest::newRow(text) << QString::fromLatin1(text) << reads;
        };
        row("SELECT 1", true);
        row("select 1", true);
        row("  ((SELECT 1) UNION SELECT 2)", true);
        row("-- a remark\nSELECT 1", true);
        row("/* one /* two */ three */ SELECT 1", true);
        row("WITH a AS (SELECT 1) TABLE a", true);
        row("VALUES (1)", true);
        row("TABLE a", true);
        row("SHOW server_version", true);
        row("EXPLAIN ANALYZE SELECT 1", true);
        row("COPY a TO PROGRAM 'rm -rf /'", false);
        row("/* SELECT */ COPY a TO PROGRAM 'x'", false);
        row("/* /* */ SELECT */ COPY a TO '/x'", false);
        row("-- SELECT\rCOPY a TO '/x'", false);
        row("-- SELECT\rCOPY (\nSELECT 1) TO PROGRAM 'x'", false);
        row("-- a remark\rSELECT 1", true);
        row("DO $$ BEGIN END $$", false);
        row("CALL p()", false);
        row("BEGIN READ WRITE", false);
        row("SET TRANSACTION READ WRITE", false);
        row("COMMIT", false);
        row("ROLLBACK", false);
        row("INSERT INTO a VALUES (1)", false);
        row("SELECTED", false);
        row("SELECT_1", false);
        row("; DROP TABLE a", false);
        row("", false);
        row("-- nothing", false);
        row("/* not closed SELECT 1", false);
    }
    void statement()
    {
        QFETCH(QString, text);
        QFETCH(bool, reads);
        const auto refusal = pg::refusedForReading(text);
        QCOMPARE(!refusal.has_value(), reads);
        if (refusal)
            QCOMPARE(refusal->kind, base::ErrorKind::Refused);
    }
};

QTEST_GUILESS_MAIN(TestGuard)
#include "tst_guard.moc"
