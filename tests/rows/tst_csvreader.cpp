// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/csvreader.h"

#include <QBuffer>
#include <QStringEncoder>
#include <QTest>

using rows::CsvFormat;
using rows::CsvReader;
using rows::CsvRecord;

namespace
{
/// Every record as `line: field|field`, NULL as -, a fault as `line! raw`.
QString told(QByteArray text, const CsvFormat &format)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, format);
    CsvRecord record;
    QStringList lines;
    while (true) {
        const base::Result<bool> more = reader.next(record);
        if (!more)
            return base::toLine(more.error());
        if (!*more)
            return lines.join(QLatin1Char('\n'));
        QStringList fields;
        for (const auto &field : record.fields)
            fields << (field ? QString::fromUtf8(*field) : QStringLiteral("-"));
        lines
            << (record.fault.isEmpty()
                    ? QStringLiteral("%1: %2").arg(record.line).arg(fields.join(u'|'))
                    : QStringLiteral("%1! %2").arg(record.line).arg(QString::fromUtf8(record.raw)));
    }
}

QByteArray utf16(const char *text, QStringConverter::Encoding encoding)
{
    QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
    return encoder.encode(QString::fromUtf8(text));
}
} // namespace

class TestCsvReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void guesses_data();
    void guesses();
    void pieces();
    void endlessQuote();
};

void TestCsvReader::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<CsvFormat>("format");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &text, const char *expected,
                        const CsvFormat &format = {.delimiter = ','}) {
        QTest::newRow(name) << text << format << QString::fromUtf8(expected);
    };
    row("plain", "a,b\n1,2\n", "1: a|b\n2: 1|2");
    row("without the last line end", "a,b\n1,2", "1: a|b\n2: 1|2");
    row("line ends of Windows", "a,b\r\n1,2\r\n", "1: a|b\n2: 1|2");
    row("line ends of the old Macintosh", "a,b\r1,2\r", "1: a|b\n2: 1|2");
    row("NULL and empty", "a,,\"\"\n,,\n", "1: a|-|\n2: -|-|-");
    row("quotes", "\"a,b\",\"c\"\"d\"\n", "1: a,b|c\"d");
    row("line ends inside", "1,\"a\nb\r\nc\"\n2,d\n", "1: 1|a\nb\r\nc\n4: 2|d");
    row("the last field is quoted and nothing follows", "1,\"a\"", "1: 1|a");
    row("spaces belong to the field", " a , b\n", "1:  a | b");
    row("blank lines are none", "a,b\n\n\r\n1,2\n", "1: a|b\n4: 1|2");
    row("but rows of a single column", "a\n\n1\n", "1: a\n2: -\n3: 1");
    row("a mark of UTF-8",
        "\xef\xbb\xbf"
        "\xc3\xa4,b\n",
        "1: \xc3\xa4|b");
    row("UTF-16", utf16("\xc3\xa4,\xf0\x9f\x98\x80\n1,2\n", QStringConverter::Utf16LE),
        "1: \xc3\xa4|\xf0\x9f\x98\x80\n2: 1|2");
    row("UTF-16, the other way round", utf16("\xc3\xa4,b\n", QStringConverter::Utf16BE),
        "1: \xc3\xa4|b");
    row("Latin-1", "\xe4,b\n", "1: \xc3\xa4|b",
        {.delimiter = ',', .encoding = rows::CsvEncoding::Latin1});
    row("Latin-1 taken for UTF-8", "a,b\n\xe4,b\n1,2\n", "1: a|b\n2! \xef\xbf\xbd,b\n3: 1|2");
    row("a zero byte", QByteArray("a,b\n1,\0\n3,4\n", 12), "1: a|b\n2! 1,");
    row("a quote inside a field", "a,b\n5\" pipe,1\n3,4\n", "1: a|b\n2! 5\" pipe,1\n3: 3|4");
    row("text behind a quote", "a,b\n\"x\"y,1\n3,4\n", "1: a|b\n2! \"x\"y,1\n3: 3|4");
    row("a quote that is never closed", "a,b\n1,\"x\n2,3\n", "1: a|b\n2! 1,\"x\n2,3");
    row("NULL is spelled", "\\N,,\"\"\n", "1: -||", {.delimiter = ',', .nullText = "\\N"});
    row("tabs", "a\t\"b\tc\"\n", "1: a|b\tc", {.delimiter = '\t'});
    row("nothing", "", "");
    row("only blank lines", "\n\n", "");
}

void TestCsvReader::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(CsvFormat, format);
    QFETCH(QString, expected);
    const QString found = told(text, format);
    if (QByteArray(QTest::currentDataTag()) == "a zero byte")
        QVERIFY2(found.startsWith(expected) && found.endsWith(QStringLiteral("3: 3|4")),
                 qPrintable(found));
    else
        QCOMPARE(found, expected);
}

void TestCsvReader::guesses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("expected");
    const auto row = [](const char *name, const char *text, char expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    row("comma", "a,b,c\n1,2,3\n", ',');
    row("semicolon with decimal commas", "name;price\nx;1,5\ny;2,25\n", ';');
    row("tab", "a\tb\n1, 2\t3\n", '\t');
    row("bar", "a|b|c\n1|2|3\n", '|');
    row("commas in quotes", "a;b\n\"x,y\";1\n\"z,w\";2\n", ';');
    row("one column", "a\n1\n2\n", ',');
    row("nothing", "", ',');
    row("one ragged row", "a;b\n1;2\n3;4;5\n6;7\n8;9\n", ';');
}

void TestCsvReader::guesses()
{
    QFETCH(QByteArray, text);
    QFETCH(char, expected);
    QCOMPARE(rows::guessDelimiter(text), expected);
}

/// Records and characters of several bytes lie across the pieces in which a file is read.
void TestCsvReader::pieces()
{
    QString text;
    for (int i = 0; text.size() < 1'500'000; ++i)
        text += QStringLiteral("%1,\"\u00e4\n%2\",\U0001F600\n").arg(i).arg(i);
    for (const bool isWide : {false, true}) {
        QByteArray bytes = text.toUtf8();
        if (isWide) {
            QStringEncoder encoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
            bytes = encoder.encode(text);
        }
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::ReadOnly));
        CsvReader reader(buffer, {.delimiter = ','});
        CsvRecord record;
        qint64 number = 0;
        while (true) {
            const base::Result<bool> more = reader.next(record);
            QVERIFY(more.ok());
            if (!*more)
                break;
            const QByteArray n = QByteArray::number(number);
            QVERIFY(record.fault.isEmpty());
            QCOMPARE(record.line, 2 * number + 1);
            QCOMPARE(record.fields.size(), 3);
            QCOMPARE(record.fields.at(0)->toByteArray(), n);
            QCOMPARE(record.fields.at(1)->toByteArray(), "\xc3\xa4\n" + n);
            QCOMPARE(record.fields.at(2)->toByteArray(), QByteArray("\xf0\x9f\x98\x80"));
            ++number;
        }
        QCOMPARE(reader.bytesRead(), qint64(bytes.size()));
        QVERIFY(number > 50'000);
    }
}

/// A quote that is never closed does not bring a file of any size into memory.
void TestCsvReader::endlessQuote()
{
    QByteArray text = "a,b\n1,\"" + QByteArray(80 << 20, 'x');
    QBuffer buffer(&text);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    CsvReader reader(buffer, {.delimiter = ','});
    CsvRecord record;
    QVERIFY(reader.next(record).ok());
    const base::Result<bool> more = reader.next(record);
    QVERIFY(!more);
    QCOMPARE(more.error().kind, base::ErrorKind::Limit);
    QCOMPARE(more.error().where, QStringLiteral("line 2"));
}

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csvreader.moc"
