// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "session/editing.h"
#include "session/project.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/gridquery.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"
#include "watched.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

/// A column a type, named by it in `kinds`; what is not written here is the server's own text.
struct Kind {
    const char *type;
    const char *sql;       ///< an expression
    const char *shown;     ///< nullptr: as the server prints it
    const char *note = ""; ///< beside it
    RowsModel::Cell cell = RowsModel::Cell::Value;
};

using enum RowsModel::Cell;

const Kind kinds[]{
    {"smallint", "-32768", nullptr},
    {"integer", "2147483647", nullptr},
    {"bigint", "9223372036854775807", nullptr},
    {"numeric", "123456789012345678901234567890.123456789012345678901234567890",
     "123,456,789,012,345,678,901,234,567,890.123456789012345678901234567890"},
    {"numeric(12,2)", "-1234567.10", "-1,234,567.10"},
    {"numeric", "'NaN'", nullptr},
    {"numeric", "'-Infinity'", nullptr},
    {"numeric", "1.10", "1.10"},
    {"real", "0.1", nullptr},
    {"double precision", "0.1::float8 + 0.2", "0.30000000000000004"},
    {"double precision", "1e300", nullptr},
    {"double precision", "'Infinity'", nullptr},
    {"money", "1234.5", nullptr},
    {"boolean", "true", "✓"},
    {"boolean", "false", "–"},
    {"boolean", "NULL", "NULL", "", Null},
    {"text", "'Ada'", nullptr},
    {"text", "NULL", "NULL", "", Null},
    {"text", "'NULL'", "NULL"},
    {"text", "''", "empty", "", EmptyText},
    {"text", "'   '", "␣␣␣", "", Blank},
    {"text", "E' \\n'", "␣↵", "", Blank},
    {"text", "U&'\\00A0'", "⟨U+00A0⟩", "", Blank},
    {"text", "' a b  '", "␣a b␣␣"},
    {"text", "E'a\\tb\\r\\nc\\x01\\x7f'", "a⇥b␍↵c␁␡"},
    {"text", "U&'a\\200Bb\\202Ec\\2028d\\FEFF'", "a⟨U+200B⟩b⟨U+202E⟩c⟨U+2028⟩d⟨U+FEFF⟩"},
    {"text", "'日本語 😀'", nullptr},
    {"character varying(20)", "'short'", nullptr},
    {"character(5)", "'ab'", "ab␣␣␣"},
    {"name", "'a_name'", nullptr},
    {"\"char\"", "'x'", nullptr},
    {"date", "'2026-02-28'", nullptr},
    {"date", "'infinity'", nullptr},
    {"date", "'0044-03-15 BC'", nullptr},
    {"time", "'23:59:59.999999'", nullptr},
    {"time with time zone", "'23:59:59.000001+05:30'", nullptr},
    {"timestamp", "'2026-02-28 12:00:00.000001'", "2026-02-28 12:00:00.000001"},
    {"timestamp with time zone", "'2026-02-28 12:00:00.123456+00'", nullptr},
    {"timestamp with time zone", "'-infinity'", "-infinity"},
    {"timestamp with time zone", "'0044-03-15 12:00:00+00 BC'", nullptr},
    {"interval", "'1 year 2 mons -3 days 04:05:06.000007'",
     "1 year 2 mons -3 days +04:05:06.000007"},
    {"uuid", "'7f2a1c00-1234-4abc-8def-0123456789ab'", nullptr},
    {"json", "E'{\"b\" : 1.0,\\n  \"a\": [1e999, 2],\\t\"b\":\" x  y\\\\n\"}'",
     "{\"b\": 1.0, \"a\": [1e999, 2], \"b\": \" x  y\\n\"}"},
    {"json", "'\"a\\\"  b\"'", "\"a\\\"  b\""},
    {"jsonb", "'{\"b\": 12345678901234567890.10, \"a\": null}'",
     "{\"a\": null, \"b\": 12345678901234567890.10}"},
    {"bytea", "'\\x00ff10'", "\\x00ff10", "3 bytes"},
    {"bytea", "''", "\\x", "0 bytes"},
    {"bytea", "decode(repeat('ab', 1500), 'hex')", nullptr, "1.5 kB"},
    {"inet", "'10.0.0.1/8'", nullptr},
    {"cidr", "'10.0.0.0/8'", nullptr},
    {"macaddr", "'08:00:2b:01:02:03'", nullptr},
    {"macaddr8", "'08:00:2b:01:02:03:04:05'", nullptr},
    {"point", "'(1.5,-2)'", nullptr},
    {"line", "'{1,2,3}'", nullptr},
    {"lseg", "'[(0,0),(1,1)]'", nullptr},
    {"box", "'(1,1),(0,0)'", nullptr},
    {"path", "'((0,0),(1,1),(2,0))'", nullptr},
    {"polygon", "'((0,0),(1,1),(2,0))'", nullptr},
    {"circle", "'<(1,2),3>'", nullptr},
    {"bit(5)", "B'10101'", nullptr},
    {"bit varying", "B'101'", nullptr},
    {"tsvector", "to_tsvector('english', 'the quick foxes')", "'fox':3 'quick':2"},
    {"tsquery", "'fat & rat'", "'fat' & 'rat'"},
    {"xml", "E'<a>\\n <b/></a>'", "<a>↵ <b/></a>"},
    {"int4range", "'[1,5]'", "[1,6)"},
    {"numrange", "'(,2.50]'", nullptr},
    {"daterange", "'[2026-01-01,2026-01-31]'", "[2026-01-01,2026-02-01)"},
    {"tstzrange", "'[2026-01-01 00:00+00,)'", nullptr},
    {"int4multirange", "'{[1,3),[5,8)}'", nullptr},
    {"integer[]", "'{1,NULL,3}'", nullptr},
    {"integer[]", "'{}'", "{}"},
    {"text[]", "ARRAY['a,b', '', NULL, 'NULL']", "{\"a,b\",\"\",NULL,\"NULL\"}"},
    {"integer[]", "'{{1,2},{3,4}}'", nullptr},
    {"mood", "'so so'", nullptr},
    {"amount", "12.50", "12.50"},
    {"address", "ROW('Main Street', NULL, '')", "(\"Main Street\",,\"\")"},
    {"address[]", "ARRAY[ROW('a', 1, 'b')::address]", nullptr},
    {"oid", "4294967295", nullptr},
    {"regclass", "'pg_class'", nullptr},
    {"regtype", "'integer'", nullptr},
    {"pg_lsn", "'16/B374D848'", nullptr},
    {"jsonpath", "'$.a[*]'", "$.\"a\"[*]"},
};

const QByteArray types = R"sql(
CREATE TYPE mood AS ENUM ('happy', 'so so');
CREATE DOMAIN amount AS numeric(10,2);
CREATE TYPE address AS (street text, number integer, town text);
)sql";

/// A cell of 50 MB beside others that are cut.
const QByteArray huge = R"sql(
CREATE TABLE huge (id integer PRIMARY KEY, note text, doc jsonb, bytes bytea, story text);
INSERT INTO huge VALUES
    (1, repeat('0123456789', 5000000), jsonb_build_object('a', repeat('x', 5000), 'b', '[1]'::jsonb),
     decode(repeat('00ff10', 2000), 'hex'), repeat('Once upon a time. ', 300)),
    (2, 'short', '{"a": 1}', '\\x00', 'The end.'),
    (3, NULL, (SELECT jsonb_agg(md5(n::text)) FROM generate_series(1, 20000) n), NULL, NULL);
)sql";

/// Values of 100 kB that differ only at their end, and some short ones, none of them compressed.
const QByteArray essays = R"sql(
CREATE TABLE essays (id integer PRIMARY KEY, body text);
ALTER TABLE essays ALTER body SET STORAGE EXTERNAL;
INSERT INTO essays SELECT n, CASE WHEN n % 50 = 0 THEN NULL WHEN n % 50 = 1 THEN 'short ' || n
    ELSE repeat('x', 100000) || lpad((n * 7919 % 1000)::text, 4, '0') END
FROM generate_series(1, 500) n;
ANALYZE essays;
)sql";

QString fromUtf8(const char *text)
{
    return QString::fromUtf8(text);
}
} // namespace

class CellsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shown_data();
    void shown();
    void zones_data();
    void zones();
    void zoneIsChosen();
    void showsTheBeginning();
    void copiesWhole();
    void showsTheWhole();
    void findsTheWhole();
    void editsTheWhole();
    void replacesWhatIsTooLong();
    void deletesByDigest();
    void sortsByLongValues_data();
    void sortsByLongValues();
    void cleanupTestCase();

private:
    RowsView *open(const char *table);
    QModelIndex cell(int row, int column) const
    {
        return m_page->findChild<RowsView *>(QStringLiteral("rowsView"))
            ->model()
            ->index(row, column);
    }
    QString ask(const char *sql) const;

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_database;
    std::unique_ptr<session::Project> m_project;
    std::unique_ptr<GridPage> m_page;
};

void CellsTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    QByteArray columns, values;
    for (qsizetype i = 0; i < qsizetype(std::size(kinds)); ++i) {
        const QByteArray cast = "(" + QByteArray(kinds[i].sql) + ")::" + kinds[i].type;
        columns += ", c" + QByteArray::number(i) + ' ' + kinds[i].type;
        values += ", " + (QByteArray(kinds[i].type) == "money"
                              ? "(" + QByteArray(kinds[i].sql) + ")::numeric::money"
                              : cast);
    }
    m_database = m_server->createDatabase(
        QStringLiteral("cells"),
        types + "CREATE TABLE kinds (id integer PRIMARY KEY" + columns +
            ");\nINSERT INTO kinds SELECT 1" + values +
            ";\nCREATE TABLE moments (id integer PRIMARY KEY, at timestamptz, span tstzrange);"
            "INSERT INTO moments VALUES (1, '2026-07-01 12:00:00.000001+00', "
            "'[2026-01-01 00:00+00,2026-07-01 00:00+00)');"
            "ANALYZE;" +
            huge + essays);
    m_project = std::make_unique<session::Project>(
        base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_project->setUrl(m_server->tcpUrl(m_database));
}

RowsView *CellsTest::open(const char *table)
{
    m_page = std::make_unique<GridPage>(
        *m_project, schema::Name{.schema = {}, .name = QString::fromLatin1(table)});
    m_page->resize(1000, 400);
    m_page->show();
    auto *view = m_page->findChild<RowsView *>(QStringLiteral("rowsView"));
    return QTest::qWaitFor([view] { return view->model()->rowCount() > 0; }, patience) ? view
                                                                                       : nullptr;
}

void CellsTest::shown_data()
{
    QTest::addColumn<int>("column");
    for (int i = 0; i < int(std::size(kinds)); ++i)
        QTest::addRow("%s %s", kinds[i].type, kinds[i].sql) << i;
}

void CellsTest::shown()
{
    QFETCH(const int, column);
    if (!m_page)
        QVERIFY(open("kinds"));
    const auto *view = m_page->findChild<RowsView *>(QStringLiteral("rowsView"));
    const Kind &kind = kinds[column];
    const QModelIndex cell = view->model()->index(0, column + 1);
    // What is edited and copied is the server's text, whatever is shown.
    pg::Pool pool(m_database);
    const auto asked =
        base::await(pool.run({QStringLiteral("SELECT c%1 FROM kinds").arg(column), {}}));
    QVERIFY(asked);
    const QString raw = asked->text(0, 0);
    QCOMPARE(cell.data(RowsModel::RawTextRole).toString(), raw);
    const QString text = kind.shown ? fromUtf8(kind.shown) : raw;
    if (kind.shown || raw.size() <= 400)
        QCOMPARE(cell.data().toString(), text);
    else
        QCOMPARE(cell.data().toString(), raw.left(400) + QChar(0x2026));
    QCOMPARE(cell.data(RowsModel::CellRole).toInt(), int(kind.cell));
    QCOMPARE(cell.data(RowsModel::NoteRole).toString(), fromUtf8(kind.note));
    QVERIFY(cell.data(Qt::AccessibleTextRole).toString().endsWith(text.left(100)) ||
            text.size() > 100);
}

void CellsTest::zones_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *server, const char *zone, const char *shown) {
        QTest::addRow("%s in %s", server, zone)
            << fromUtf8(server) << QByteArray(zone) << fromUtf8(shown);
    };
    row("2026-07-01 12:00:00.000001+00", "Europe/Berlin", "2026-07-01 14:00:00.000001+02");
    row("2026-01-01 00:00:00+00", "Europe/Berlin", "2026-01-01 01:00:00+01");
    row("2026-01-01 00:00:00+05:30", "UTC", "2025-12-31 18:30:00+00");
    row("2026-01-01 00:00:00+00", "Asia/Kathmandu", "2026-01-01 05:45:00+05:45");
    row("2026-01-01 02:00:00+00", "America/St_Johns", "2025-12-31 22:30:00-03:30");
    // The hour that comes twice.
    row("2026-10-25 00:30:00+00", "Europe/Berlin", "2026-10-25 02:30:00+02");
    row("2026-10-25 01:30:00+00", "Europe/Berlin", "2026-10-25 02:30:00+01");
    // Before there were zones: local mean time, with seconds.
    row("1850-01-01 00:00:00+00", "Europe/Berlin", "1850-01-01 00:53:28+00:53:28");
    row("1850-01-01 00:53:28.5+00:53:28", "UTC", "1850-01-01 00:00:00.5+00");
    row("0044-03-15 12:00:00+00 BC", "UTC", "0044-03-15 12:00:00+00 BC");
    row("0001-01-01 00:00:00+00", "America/New_York", "0001-12-31 19:03:58-04:56:02 BC");
    row("0001-12-31 23:30:00+00 BC", "Europe/Berlin", "0001-01-01 00:23:28+00:53:28");
    row("294276-12-31 23:59:59.999999+00", "UTC", "294276-12-31 23:59:59.999999+00");
    row("4713-01-01 00:00:00+00 BC", "UTC", "4713-01-01 00:00:00+00 BC");
    row("infinity", "Europe/Berlin", "infinity");
    row("-infinity", "UTC", "-infinity");
    row("tomorrow", "UTC", "tomorrow");
    row("[\"2026-01-01 00:00:00+00\",\"2026-07-01 00:00:00+00\")", "Europe/Berlin",
        "[\"2026-01-01 01:00:00+01\",\"2026-07-01 02:00:00+02\")");
    row("{\"2026-01-01 00:00:00+00\",NULL}", "UTC", "{\"2026-01-01 00:00:00+00\",NULL}");
    row("2026-01-01 00:00:00+00", "no zone", "2026-01-01 00:00:00+00");
}

void CellsTest::zones()
{
    QFETCH(const QString, server);
    QFETCH(const QByteArray, zone);
    QFETCH(const QString, shown);
    QCOMPARE(inZone(server, QTimeZone(zone)), shown);
}

void CellsTest::zoneIsChosen()
{
    RowsView *view = open("moments");
    QVERIFY(view);
    auto *button = m_page->findChild<QPushButton *>(QStringLiteral("chooseZone"));
    QVERIFY(button->isVisible());
    const QModelIndex at = view->model()->index(0, 1);
    const QString raw = at.data(RowsModel::RawTextRole).toString();
    button->click();
    auto *line = m_page->findChild<QLineEdit *>(QStringLiteral("searchLine"));
    QVERIFY(line);
    line->setText(QStringLiteral("kathmandu"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(at.data().toString(), QStringLiteral("2026-07-01 17:45:00.000001+05:45"));
    QCOMPARE(view->model()->index(0, 2).data().toString(),
             QStringLiteral("[\"2026-01-01 05:45:00+05:45\",\"2026-07-01 05:45:00+05:45\")"));
    QCOMPARE(at.data(RowsModel::RawTextRole).toString(), raw);
    QCOMPARE(button->text(), QStringLiteral("Kathmandu"));
    const auto header = [view](int role) {
        return view->model()->headerData(1, Qt::Horizontal, role).toString();
    };
    QCOMPARE(header(RowsModel::TypeTextRole), QStringLiteral("timestamptz · Kathmandu"));
    QVERIFY(header(Qt::ToolTipRole).contains(QStringLiteral("Asia/Kathmandu")));
    QVERIFY(
        at.data(Qt::ToolTipRole).toString().contains(QStringLiteral("12:00:00.000001+00 in UTC")));
    view->setCurrentIndex(at);
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), raw);
    QCOMPARE(unpackedZone(packed({RowsZone::Kind::Named, "Asia/Kathmandu"})),
             (RowsZone{RowsZone::Kind::Named, "Asia/Kathmandu"}));
    QCOMPARE(unpackedZone("nonsense"), RowsZone());
}

QString CellsTest::ask(const char *sql) const
{
    pg::Pool pool(m_database);
    const auto page = base::await(pool.run({fromUtf8(sql), {}}, pg::Access::Write));
    return !page ? base::toLine(page.error()) : page->rowCount() ? page->text(0, 0) : QString();
}

void CellsTest::showsTheBeginning()
{
    RowsView *view = open("huge");
    QVERIFY(view);
    QCOMPARE(cell(0, 1).data(RowsModel::RawTextRole).toString().size(), query::keptOfCut);
    QVERIFY(cell(0, 1).data().toString().startsWith(QStringLiteral("0123456789")));
    QVERIFY(cell(0, 1).data().toString().endsWith(QChar(0x2026)));
    QCOMPARE(cell(0, 1).data(RowsModel::NoteRole).toString(), QStringLiteral("50.0 MB"));
    QCOMPARE(cell(0, 2).data(RowsModel::NoteRole).toString(), QStringLiteral("5.0 kB"));
    QVERIFY(cell(0, 2).data().toString().startsWith(QStringLiteral("{\"a\": \"xxx")));
    QCOMPARE(cell(0, 3).data(RowsModel::NoteRole).toString(), QStringLiteral("6.0 kB"));
    QVERIFY(cell(0, 3).data().toString().startsWith(QStringLiteral("\\x00ff1000")));
    for (int column = 1; column < 5; ++column) {
        QVERIFY(cell(0, column).data(RowsModel::CutRole).toBool());
        QVERIFY(!cell(1, column).data(RowsModel::CutRole).toBool());
    }
    QCOMPARE(cell(1, 1).data().toString(), QStringLiteral("short"));
    QCOMPARE(cell(2, 1).data(RowsModel::CellRole).toInt(), int(Null));
    // Too large to be printed for a page.
    QVERIFY(cell(2, 2).data(RowsModel::NoteRole).toString().endsWith(QStringLiteral(" stored")));
    QCOMPARE(cell(2, 2).data().toString(), QString(QChar(0x2026)));
    QVERIFY(view->isColumnHidden(5));
    QVERIFY(cell(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("Shift+F2")));
}

void CellsTest::copiesWhole()
{
    RowsView *view = open("huge");
    QVERIFY(view);
    view->selectionModel()->setCurrentIndex(cell(0, 2), QItemSelectionModel::ClearAndSelect);
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    const QString doc = ask("SELECT doc FROM huge WHERE id = 1");
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::clipboard()->text(), doc, patience);
    QCOMPARE(m_page->statusText(), QStringLiteral("Rows copied: 1"));
    // Cells that came whole and cells that did not, in one text.
    view->selectionModel()->select(QItemSelection(cell(0, 2), cell(2, 4)),
                                   QItemSelectionModel::ClearAndSelect);
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    const QString large = ask("SELECT doc FROM huge WHERE id = 3");
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::clipboard()->text().contains(QStringLiteral("The end.")),
                             patience);
    const QString text = QApplication::clipboard()->text();
    QCOMPARE(text.count(QStringLiteral("Once upon a time. ")), 300);
    QVERIFY(text.contains(ask("SELECT bytes FROM huge WHERE id = 1")));
    QString quoted = large;
    QVERIFY(text.contains(quoted.replace(QLatin1Char('"'), QStringLiteral("\"\""))) ||
            text.contains(large));
}

void CellsTest::showsTheWhole()
{
    RowsView *view = open("huge");
    QVERIFY(view);
    const auto show = [&](int row, int column) {
        view->setCurrentIndex(cell(row, column));
        QTest::keyClick(view, Qt::Key_F2, Qt::ShiftModifier);
        QVERIFY(m_page->findChild<QDialog *>(QStringLiteral("valueDialog")));
    };
    const auto dialog = [&] { return m_page->findChild<QDialog *>(QStringLiteral("valueDialog")); };
    const auto text = [&] {
        return dialog()->findChild<QPlainTextEdit *>(QStringLiteral("valueText"))->toPlainText();
    };
    const auto size = [&] {
        return dialog()->findChild<QLabel *>(QStringLiteral("valueSize"))->text();
    };
    const auto button = [&](const char *name) {
        return dialog()->findChild<QPushButton *>(QLatin1String(name));
    };
    const auto close = [&] {
        button("closeValue")->click();
        QTRY_VERIFY(!dialog());
    };
    // A short one, for what it takes to open the dialog at all.
    auto *watched = static_cast<Watched *>(qApp);
    qint64 opening = 0;
    for (int i = 0; i < 2; ++i) {
        watched->longest = 0;
        show(1, 1);
        QTRY_COMPARE_WITH_TIMEOUT(text(), QStringLiteral("short"), patience);
        close();
        opening = watched->longest;
    }
    watched->longest = 0;
    show(0, 1);
    QTRY_VERIFY_WITH_TIMEOUT(text().size() > 4'000, patience);
    button("copyValue")->click();
    const auto copied = [] { return QApplication::clipboard()->text().size(); };
    QTRY_COMPARE_WITH_TIMEOUT(copied(), 50'000'000, patience);
    qInfo("longest piece on the GUI thread: %.1f ms, with a short value %.1f ms",
          double(watched->longest) / 1e6, double(opening) / 1e6);
    QVERIFY2(watched->longest < opening + 16'000'000, "a frame is lost");
    QCOMPARE(size(), QStringLiteral("50.0 MB"));
    QVERIFY(text().startsWith(QStringLiteral("01234567890123")));
    QVERIFY(text().size() < 100'000); // a part
    const auto *place = dialog()->findChild<QLabel *>(QStringLiteral("valuePlace"));
    QCOMPARE(place->text(), QStringLiteral("Part 1 of 6,104"));
    QVERIFY(!button("partBefore")->isEnabled());
    button("partAfter")->click();
    QCOMPARE(place->text(), QStringLiteral("Part 2 of 6,104"));
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("note.txt"));
    button("saveValue")->click();
    auto *files = dialog()->findChild<QFileDialog *>(QStringLiteral("saveDialog"));
    QVERIFY(files);
    files->setResult(QDialog::Rejected);
    Q_EMIT files->fileSelected(path);
    files->close();
    QTRY_VERIFY_WITH_TIMEOUT(QFile(path).size() == 50'000'000, patience);
    close();

    show(0, 2); // JSON in lines
    QTRY_VERIFY_WITH_TIMEOUT(text().endsWith(QStringLiteral("\"b\": [\n    1\n  ]\n}")), patience);
    button("copyValue")->click();
    QTRY_COMPARE(QApplication::clipboard()->text(), ask("SELECT doc FROM huge WHERE id = 1"));
    close();

    show(0, 3); // bytes as digits and characters
    QTRY_VERIFY_WITH_TIMEOUT(
        text().startsWith(QStringLiteral("00000000  00 ff 10 00 ff 10 00 ff 10 00 ff 10 00 ff 10 00"
                                         "  ................\n00000010  ff 10")),
        patience);
    QCOMPARE(size(), QStringLiteral("6.0 kB"));
    close();

    show(2, 1);
    QTRY_COMPARE(
        dialog()->findChild<QPlainTextEdit *>(QStringLiteral("valueText"))->placeholderText(),
        QStringLiteral("NULL"));
    close();

    // The row goes away under the view.
    ask("INSERT INTO huge VALUES (4, repeat('y', 3000))");
    view = open("huge");
    QVERIFY(view);
    ask("DELETE FROM huge WHERE id = 4");
    show(3, 1);
    const auto state = [&] {
        return dialog()->findChild<QLabel *>(QStringLiteral("valueState"))->text();
    };
    QTRY_VERIFY_WITH_TIMEOUT(state().contains(QStringLiteral("not there any more")), patience);
    close();
}

void CellsTest::findsTheWhole()
{
    RowsView *view = open("huge");
    QVERIFY(view);
    const auto only = [&](int column) {
        view->setCurrentIndex(cell(0, column));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(view, &event);
        QAction *found = nullptr;
        const auto menus = view->findChildren<QMenu *>(QStringLiteral("rowsMenu"));
        for (QAction *action : menus.last()->actions()) {
            if (action->text() == QLatin1String("Only this value"))
                found = action;
        }
        return found;
    };
    QAction *action = only(1);
    QVERIFY(action && !action->isEnabled()); // nobody looks for 50 MB
    action = only(4);
    QVERIFY(action && action->isEnabled());
    action->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 1, patience);
    QCOMPARE(cell(0, 0).data().toString(), QStringLiteral("1"));
}

void CellsTest::editsTheWhole()
{
    RowsView *view = open("huge");
    QVERIFY(view);
    view->setCurrentIndex(cell(0, 4));
    QTest::keyClick(view, Qt::Key_F2);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), patience);
    auto *text = QApplication::activePopupWidget()->findChild<QPlainTextEdit *>();
    QVERIFY(text);
    QCOMPARE(text->toPlainText().size(), 5400);
    text->moveCursor(QTextCursor::End);
    QTest::keyClicks(text, QStringLiteral("End."));
    QTest::keyClick(text, Qt::Key_Return);
    const edits::Staged &staged = m_project->editing().staged();
    QCOMPARE(staged.rows.size(), 1);
    QCOMPARE(staged.rows.first().cells.first().before.text->size(), 5400);
    // What is staged is whole, and shown as such.
    QVERIFY(!cell(0, 4).data(RowsModel::CutRole).toBool());
    QVERIFY(cell(0, 4).data(RowsModel::RawTextRole).toString().endsWith(QStringLiteral("End.")));
    m_project->grantLease();
    const auto committed = m_project->editing().commit();
    QTRY_VERIFY_WITH_TIMEOUT(committed.isFinished() && staged.isEmpty(), patience);
    QCOMPARE(ask("SELECT right(story, 10) FROM huge WHERE id = 1"), QStringLiteral("time. End."));
    ask("UPDATE huge SET story = repeat('Once upon a time. ', 300) WHERE id = 1");
}

void CellsTest::replacesWhatIsTooLong()
{
    RowsView *view = open("huge");
    QVERIFY(view);
    view->setCurrentIndex(cell(0, 1));
    QTest::keyClick(view, Qt::Key_F2);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), patience);
    QWidget *editor = QApplication::activePopupWidget();
    auto *text = editor->findChild<QPlainTextEdit *>();
    QVERIFY(text && text->toPlainText().isEmpty());
    QVERIFY(text->placeholderText().contains(QStringLiteral("50.0 MB")));
    QVERIFY(!editor->findChild<QPushButton *>(QStringLiteral("setValue"))->isEnabled());
    QTest::keyClicks(text, QStringLiteral("new"));
    QTest::keyClick(text, Qt::Key_Return);
    session::Editing &editing = m_project->editing();
    QCOMPARE(editing.staged().rows.size(), 1);
    QVERIFY(editing.staged().rows.first().cells.first().before.isDigest);
    // Another one has changed its end meanwhile.
    ask("UPDATE huge SET note = note || '!' WHERE id = 1");
    auto committed = editing.commit();
    QTRY_VERIFY_WITH_TIMEOUT(committed.isFinished() && !editing.conflicts().isEmpty(), patience);
    editing.resolve(editing.staged().rows.first().id, {QStringLiteral("note")});
    committed = editing.commit();
    QTRY_VERIFY_WITH_TIMEOUT(committed.isFinished() && editing.staged().isEmpty(), patience);
    QCOMPARE(ask("SELECT note FROM huge WHERE id = 1"), QStringLiteral("new"));
    editing.takeBack();
    committed = editing.commit();
    QTRY_VERIFY_WITH_TIMEOUT(committed.isFinished() && editing.staged().isEmpty(), patience);
    QCOMPARE(ask("SELECT md5(note) = md5(repeat('0123456789', 5000000) || '!') FROM huge "
                 "WHERE id = 1"),
             QStringLiteral("t"));
}

void CellsTest::deletesByDigest()
{
    RowsView *view = open("huge");
    QVERIFY(view);
    view->setCurrentIndex(cell(0, 0));
    QTest::keyClick(view, Qt::Key_Delete);
    const auto dialog = [&] {
        return m_page->findChild<QDialog *>(QStringLiteral("deleteDialog"));
    };
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    auto *button = dialog()->findChild<QPushButton *>(QStringLiteral("deleteRows"));
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);
    button->click();
    session::Editing &editing = m_project->editing();
    QCOMPARE(editing.staged().rows.size(), 1);
    for (const edits::SeenField &field : editing.staged().rows.first().seen)
        QCOMPARE(field.value.isDigest, field.column != QLatin1String("id"));
    ask("UPDATE huge SET doc = doc || '{\"c\": 1}' WHERE id = 1");
    auto committed = editing.commit();
    QTRY_VERIFY_WITH_TIMEOUT(committed.isFinished() && !editing.conflicts().isEmpty(), patience);
    ask("UPDATE huge SET doc = doc - 'c' WHERE id = 1");
    editing.revertAll();
    editing.restore({});
    QVERIFY(open("huge"));
    view = m_page->findChild<RowsView *>(QStringLiteral("rowsView"));
    view->setCurrentIndex(cell(0, 0));
    QTest::keyClick(view, Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    button = dialog()->findChild<QPushButton *>(QStringLiteral("deleteRows"));
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);
    button->click();
    committed = editing.commit();
    QTRY_VERIFY_WITH_TIMEOUT(committed.isFinished() && editing.staged().isEmpty(), patience);
    QCOMPARE(ask("SELECT count(*) FROM huge"), QStringLiteral("2"));
}

void CellsTest::sortsByLongValues_data()
{
    QTest::addColumn<bool>("descending");
    QTest::newRow("ascending") << false;
    QTest::newRow("descending") << true;
}

/// By a column of long values the pages come as short as by another, and page by page there is
/// every row in the server's order, down and up again.
void CellsTest::sortsByLongValues()
{
    QFETCH(const bool, descending);
    QVERIFY(open("essays"));
    const schema::Name name{{}, QStringLiteral("essays")};
    const schema::Database &database = *m_project->database().value;
    const auto query = gridQuery(database, name,
                                 {.sorts = {query::sortBy(*database.table(name), name.name,
                                                          QStringLiteral("body"), descending)}},
                                 {});
    RowsModel rows({.fetch = [this](const auto &select) { return m_project->fetch(select); },
                    .count = [this](const auto &select) { return m_project->count(select); },
                    .explain = {},
                    .bound = {}});
    rows.setMostPages(2);
    rows.setQuery(*query);
    const QStringList expected =
        ask(descending ? "SELECT string_agg(id::text, ' ' ORDER BY body DESC, id DESC) FROM essays"
                       : "SELECT string_agg(id::text, ' ' ORDER BY body, id) FROM essays")
            .split(u' ');
    QHash<qint64, QString> seen;
    qint64 most = 0;
    const auto isReady = [&] { return rows.state() == RowsModel::State::Ready; };
    QTRY_VERIFY_WITH_TIMEOUT(isReady(), patience);
    for (const bool down : {true, false}) {
        seen.clear();
        for (int pages = 0;; ++pages) {
            QVERIFY(pages < 10);
            for (int row = 0; row < rows.rowCount(); ++row) {
                seen.insert(rows.firstRow() + row, rows.rowKey(row).value(0));
                most = std::max(most, rows.place(row).page->bytes());
            }
            if (down ? rows.atEnd() : rows.atStart())
                break;
            const int edge = down ? rows.rowCount() - 1 : 0;
            rows.look(edge, edge);
            QTRY_VERIFY_WITH_TIMEOUT(isReady(), patience);
        }
        if (down)
            QCOMPARE(seen.size(), expected.size());
        for (auto at = seen.cbegin(); at != seen.cend(); ++at)
            QCOMPARE(at.value(), expected.value(at.key()));
    }
    QCOMPARE(rows.firstRow(), 0);
    QVERIFY2(most < 2'000'000, qPrintable(QStringLiteral("%1 bytes in a page").arg(most)));
}

void CellsTest::cleanupTestCase()
{
    m_page.reset();
    m_project.reset();
    m_server.reset();
}

int main(int argc, char **argv)
{
    Watched application(argc, argv);
    CellsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_cells.moc"
