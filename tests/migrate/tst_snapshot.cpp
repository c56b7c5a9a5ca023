// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.h"
#include "migrate/folder.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>

class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackByteForByte_data();
    void comesBackByteForByte();
    void namesLikeNumbersComeFirst();
    void numbersAsJavaScriptPrintsThem_data();
    void numbersAsJavaScriptPrintsThem();
    void otherDefaultsStayJson_data();
    void otherDefaultsStayJson();
    void refuses_data();
    void refuses();
};

void TestSnapshot::comesBackByteForByte_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("sameOrder");
    for (const QString &name : cases::names()) {
        for (const char *state : {"before.json", "after.json"}) {
            const QString path = cases::file(name, state);
            if (QFile::exists(path))
                QTest::addRow("%s/%s", qPrintable(name), state) << path << true;
        }
    }
    // "generate --custom" copies the snapshot before it with keys in another order (0004).
    const QDir sample(QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample/drizzle/meta"));
    for (const QString &name : sample.entryList({QStringLiteral("*_snapshot.json")}))
        QTest::addRow("sample/%s", qPrintable(name))
            << sample.filePath(name) << !name.startsWith(QLatin1String("0004"));
}

void TestSnapshot::comesBackByteForByte()
{
    QFETCH(QString, path);
    QFETCH(bool, sameOrder);
    const QByteArray recorded = cases::content(path);
    static const QRegularExpression ids(
        QStringLiteral("^\\{\\s*\"id\": \"([^\"]+)\",\\s*\"prevId\": \"([^\"]+)\""));
    const QRegularExpressionMatch match = ids.match(QString::fromUtf8(recorded));
    QVERIFY(match.hasMatch());
    const auto database = migrate::readSnapshotFile(path);
    QVERIFY(database.ok());
    const QByteArray written =
        migrate::writeSnapshot(*database, match.captured(1), match.captured(2));
    QCOMPARE(QJsonDocument::fromJson(written), QJsonDocument::fromJson(recorded));
    if (sameOrder)
        QCOMPARE(QString::fromUtf8(written), QString::fromUtf8(recorded));
}

void TestSnapshot::namesLikeNumbersComeFirst()
{
    schema::Table table;
    table.name.name = QStringLiteral("t");
    for (const char *name : {"b", "2024", "007", "10", "4294967295", "-1"}) {
        schema::Column column;
        column.name = QLatin1String(name);
        table.columns << column;
    }
    schema::Database database;
    database.tables << table;
    const QString text = QString::fromUtf8(migrate::writeSnapshot(database, {}, {}));
    static const QRegularExpression key(QStringLiteral("\n        \"([^\"]+)\": \\{"));
    QStringList order;
    for (auto it = key.globalMatch(text); it.hasNext();)
        order << it.next().captured(1);
    QCOMPARE(order.join(u' '), QStringLiteral("10 2024 b 007 4294967295 -1"));
}

void TestSnapshot::numbersAsJavaScriptPrintsThem_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("expected");
    for (const char *number : {"0", "7", "-3", "0.5", "-0.25", "1e-7", "1.5e-7", "0.000001",
                               "123456789.125", "1e+21", "1.25e+21", "9007199254740991"})
        QTest::newRow(number) << QString::fromLatin1(number) << QString::fromLatin1(number);
    QTest::newRow("whole float") << QStringLiteral("100.0") << QStringLiteral("100");
    QTest::newRow("big whole float")
        << QStringLiteral("1e20") << QStringLiteral("100000000000000000000");
}

void TestSnapshot::numbersAsJavaScriptPrintsThem()
{
    QFETCH(QString, json);
    QFETCH(QString, expected);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("snapshot.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\":\"7\",\"dialect\":\"postgresql\",\"tables\":{\"public.t\":{\"name\":"
               "\"t\",\"columns\":{\"a\":{\"name\":\"a\",\"default\":" +
               json.toLatin1() + "}}}}}");
    file.close();
    const auto database = migrate::readSnapshotFile(file.fileName());
    QVERIFY(database.ok());
    const auto value = database->tables.first().columns.first().defaultValue;
    QVERIFY(value.has_value());
    QCOMPARE(value->text, expected);
    QVERIFY(value->form == schema::Default::Form::Number);
    QVERIFY(migrate::writeSnapshot(*database, {}, {})
                .contains("\"default\": " + expected.toLatin1() + '\n'));
}

void TestSnapshot::otherDefaultsStayJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("statement");
    QTest::newRow("null") << QByteArray("null") << QStringLiteral("null")
                          << QStringLiteral("DEFAULT null");
    QTest::newRow("array") << QByteArray("[\n            1,\n            \"it's\"\n          ]")
                           << QStringLiteral("[1,\"it's\"]")
                           << QStringLiteral("DEFAULT '[1,\"it''s\"]'");
    QTest::newRow("object") << QByteArray("{\n            \"b\": 1,\n            \"a\": 2\n"
                                          "          }")
                            << QStringLiteral("{\"b\":1,\"a\":2}")
                            << QStringLiteral("DEFAULT '{\"b\":1,\"a\":2}'");
}

void TestSnapshot::otherDefaultsStayJson()
{
    QFETCH(QByteArray, json);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("snapshot.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\":\"7\",\"dialect\":\"postgresql\",\"tables\":{\"public.t\":{\"name\":"
               "\"t\",\"columns\":{\"a\":{\"name\":\"a\",\"type\":\"point\",\"default\":" +
               json + "}}}}}");
    file.close();
    const auto database = migrate::readSnapshotFile(file.fileName());
    QVERIFY(database.ok());
    const auto value = database->tables.first().columns.first().defaultValue;
    QVERIFY(value.has_value());
    QVERIFY(value->form == schema::Default::Form::Json);
    QTEST(value->text, "text");
    QVERIFY(migrate::writeSnapshot(*database, {}, {}).contains("\"default\": " + json + '\n'));
    const migrate::Plan plan = migrate::plan(diff::compare({}, *database), {}, *database);
    QFETCH(QString, statement);
    QVERIFY2(plan.lines.first().statement.contains(statement),
             qPrintable(plan.lines.first().statement));
}

void TestSnapshot::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<base::ErrorKind>("kind");
    using Kind = base::ErrorKind;
    QTest::newRow("no JSON") << QByteArray("{") << Kind::InvalidInput;
    QTest::newRow("another JSON") << QByteArray("[1]") << Kind::InvalidInput;
    QTest::newRow("version 6") << QByteArray(
                                      R"({"version":"6","dialect":"postgresql","tables":{}})")
                               << Kind::Unsupported;
    QTest::newRow("version 8") << QByteArray(
                                      R"({"version":"8","dialect":"postgresql","tables":{}})")
                               << Kind::Unsupported;
    QTest::newRow("mysql") << QByteArray(R"({"version":"5","dialect":"mysql","tables":{}})")
                           << Kind::Unsupported;
}

void TestSnapshot::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(base::ErrorKind, kind);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("snapshot.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto database = migrate::readSnapshotFile(file.fileName());
    QVERIFY(!database.ok());
    QVERIFY(database.error().kind == kind);
    QVERIFY(database.error().where.startsWith(file.fileName()));
}

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
