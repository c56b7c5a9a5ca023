// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/celleditor.h"

#include <QCalendarWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace studio;

namespace
{
/// An editor of one value, with its part open.
struct Fixture {
    Fixture(const char *type, const char *value)
        : editor(new CellEditor(question(type, value), &window))
    {
        QObject::connect(editor, &CellEditor::chosen, editor,
                         [this](const edits::NewValue &chosen) { taken = chosen.text; });
        window.resize(600, 500);
        window.show();
        editor->openOver(QRect(window.mapToGlobal(QPoint(10, 10)), QSize(120, 24)));
        if (auto *button = find<QPushButton>("showPart"))
            button->click();
    }
    static CellQuestion question(const char *type, const char *value)
    {
        const QString name = QString::fromLatin1(type);
        CellQuestion asked;
        asked.column.name = asked.definition.name = QStringLiteral("c");
        asked.column.typeText = shortType(name);
        asked.column.typeClass = typeClassOf(name);
        asked.column.elements = elementClassOf(name);
        asked.definition.type = name;
        if (value)
            asked.value = QByteArray(value);
        return asked;
    }
    template <typename T> T *find(const char *name) const
    {
        return editor->findChild<T *>(QLatin1String(name));
    }
    QString text() const
    {
        const auto *line = find<QLineEdit>("editorLine");
        return line ? line->text() : find<QPlainTextEdit>("editorText")->toPlainText();
    }
    void press(const char *name) const { find<QPushButton>(name)->click(); }
    /// Writes into the editor that is open in a view.
    void write(QWidget *view, const char *text) const
    {
        const QList<QLineEdit *> lines = view->findChildren<QLineEdit *>();
        QVERIFY(!lines.isEmpty());
        QLineEdit *line = lines.last(); // one that was closed may not be gone yet
        line->selectAll();
        QTest::keyClicks(line, QString::fromLatin1(text));
        QTest::keyClick(line, Qt::Key_Return);
        QCoreApplication::processEvents(); // a delegate takes it over behind the key
    }
    QTreeWidgetItem *part(const QList<int> &path) const
    {
        QTreeWidgetItem *item = find<QTreeWidget>("editorTree")->topLevelItem(0);
        for (const int place : path)
            item = item->child(place);
        return item;
    }

    QWidget window;
    CellEditor *editor;
    sql::Parameter taken;
};
} // namespace

class CellEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void days_data();
    void days();
    void elements();
    void noList();
    void members();
    void partsOfParts();
    void layoutStays();
    void noTree();
    void jsonTexts_data();
    void jsonTexts();
    void arrayTexts_data();
    void arrayTexts();
    void untouched_data();
    void untouched();
};

void CellEditorTest::days_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *type, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(type) << QByteArray(before) << QString::fromLatin1(after);
    };
    row("a date", "date", "2026-02-03", "2026-02-17");
    row("a date where none was", "date", "", "2026-02-17");
    row("the time and the zone stay", "timestamp with time zone",
        "2026-02-03 10:11:12.123456+05:30", "2026-02-17 10:11:12.123456+05:30");
    row("midnight where none was", "timestamp", "", "2026-02-17 00:00:00");
    row("before Christ", "date", "0044-03-15 BC", "2026-02-17");
    row("beyond the year 9999", "date", "12026-02-03", "2026-02-17");
}

void CellEditorTest::days()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, before);
    QFETCH(QString, after);
    Fixture f(type.constData(), before.isEmpty() ? nullptr : before.constData());
    auto *calendar = f.find<QCalendarWidget>("editorCalendar");
    QVERIFY(calendar && calendar->isVisible());
    if (before.startsWith("2026"))
        QCOMPARE(calendar->selectedDate(), QDate(2026, 2, 3));
    Q_EMIT calendar->clicked(QDate(2026, 2, 17));
    QCOMPARE(f.text(), after);
    f.press("setValue");
    QCOMPARE(f.taken, sql::Parameter(after.toLatin1()));
}

void CellEditorTest::elements()
{
    Fixture f("text[]", "{one,\"two words\",NULL,\"\"}");
    auto *list = f.find<QListWidget>("editorElements");
    QVERIFY(list && list->isVisible());
    QCOMPARE(list->count(), 4);
    QCOMPARE(list->item(1)->text(), QStringLiteral("two words"));
    list->setCurrentRow(1);
    list->editItem(list->item(1));
    f.write(list, "a, b");
    QCOMPARE(f.text(), QStringLiteral("{one,\"a, b\",NULL,\"\"}"));
    list->setCurrentRow(0);
    f.press("elementNull");
    QCOMPARE(f.text(), QStringLiteral("{NULL,\"a, b\",NULL,\"\"}"));
    QCOMPARE(list->item(0)->text(), QStringLiteral("NULL"));
    list->setCurrentRow(3);
    f.press("elementRemove");
    QCOMPARE(f.text(), QStringLiteral("{NULL,\"a, b\",NULL}"));
    list->setCurrentRow(2);
    f.press("elementAdd");
    f.write(list, "NULL"); // the text, since it was written
    QCOMPARE(f.text(), QStringLiteral("{NULL,\"a, b\",NULL,\"NULL\"}"));
    list->setCurrentRow(0);
    list->editItem(list->item(0));
    f.write(list, "x");
    QCOMPARE(f.text(), QStringLiteral("{x,\"a, b\",NULL,\"NULL\"}"));
    QVERIFY(list->model()->moveRow({}, 0, {}, 2));
    QCOMPARE(f.text(), QStringLiteral("{\"a, b\",x,NULL,\"NULL\"}"));
    f.find<QLineEdit>("editorLine")->setText(QStringLiteral("{1,2}")); // by hand
    QCOMPARE(list->count(), 2);
    f.press("setValue");
    QCOMPARE(f.taken, sql::Parameter("{1,2}"));
}

/// Two dimensions are for the text.
void CellEditorTest::noList()
{
    Fixture f("integer[]", "{{1,2},{3,4}}");
    QVERIFY(!f.find<QListWidget>("editorElements")->isVisible());
    QVERIFY(!f.find<QPushButton>("showPart")->isChecked());
    QCOMPARE(f.find<QLabel>("editorProblem")->text(),
             QStringLiteral("This value can be shown as text only"));
    QVERIFY(f.find<QPushButton>("setValue")->isEnabled());
}

void CellEditorTest::members()
{
    Fixture f("jsonb", R"({"size": 12345678901234567890123, "name": "x", "tags": ["a"]})");
    auto *tree = f.find<QTreeWidget>("editorTree");
    QVERIFY(tree && tree->isVisible());
    QCOMPARE(f.part({0})->text(1), QStringLiteral("12345678901234567890123"));
    tree->editItem(f.part({1}), 1);
    f.write(tree, "plain words"); // no JSON: a text
    QCOMPARE(f.text(),
             QStringLiteral(
                 R"({"size": 12345678901234567890123, "name": "plain words", "tags": ["a"]})"));
    tree->editItem(f.part({1}), 0);
    f.write(tree, "title");
    tree->editItem(f.part({0}), 1);
    f.write(tree, "1.50");
    QCOMPARE(f.text(), QStringLiteral(R"({"size": 1.50, "title": "plain words", "tags": ["a"]})"));
    f.press("setValue");
    QCOMPARE(f.taken, sql::Parameter(R"({"size": 1.50, "title": "plain words", "tags": ["a"]})"));
}

void CellEditorTest::partsOfParts()
{
    Fixture f("jsonb", R"({"tags": ["a", "b"]})");
    auto *tree = f.find<QTreeWidget>("editorTree");
    tree->setCurrentItem(f.part({0, 0}));
    f.press("partAdd");
    f.write(tree, R"({"n": 1})");
    QCOMPARE(f.text(), QStringLiteral(R"({"tags": ["a", {"n": 1}, "b"]})"));
    QCOMPARE(f.part({0, 2})->text(0), QStringLiteral("2"));
    QCOMPARE(f.part({0, 1, 0})->text(0), QStringLiteral("n"));
    tree->setCurrentItem(f.part({0, 0}));
    f.press("partRemove");
    QCOMPARE(f.text(), QStringLiteral(R"({"tags": [{"n": 1}, "b"]})"));
    tree->setCurrentItem(f.part({}));
    QVERIFY(!f.find<QPushButton>("partRemove")->isEnabled());
    f.press("partAdd");
    f.write(tree, "new");
    QCOMPARE(f.text(), QStringLiteral(R"({"tags": [{"n": 1}, "b"], "new": null})"));
    // How many parts there are is no value.
    tree->editItem(f.part({0}), 1);
    f.write(tree, "[7");
    QCOMPARE(f.text(), QStringLiteral(R"({"tags": [{"n": 1}, "b"], "new": null})"));
    f.find<QPlainTextEdit>("editorText")->setPlainText(QStringLiteral("{\"a\": "));
    QVERIFY(!tree->isVisible()); // no JSON while it is being written
    f.find<QPlainTextEdit>("editorText")->setPlainText(QStringLiteral("{\"a\": 1}"));
    f.press("showPart");
    QCOMPARE(f.part({0})->text(0), QStringLiteral("a"));
}

void CellEditorTest::layoutStays()
{
    Fixture f("json", "{\n  \"a\": [\n    1\n  ]\n}");
    auto *tree = f.find<QTreeWidget>("editorTree");
    tree->editItem(f.part({0, 0}), 1);
    f.write(tree, "2");
    QCOMPARE(f.text(), QStringLiteral("{\n  \"a\": [\n    2\n  ]\n}"));
}

void CellEditorTest::noTree()
{
    Fixture f("text", "{}");
    QVERIFY(!f.find<QPushButton>("showPart"));
}

void CellEditorTest::jsonTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem"); // begins so
    const auto row = [](const char *text, const char *problem) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(problem);
    };
    row("1", "");
    row("\"a, b\"", "");
    row("\"\\\", \\\\\"", "");
    row(R"({"a": [1, 2], "b": {"c": "]"}})", "");
    row("[1, [2, 3]]", "");
    row("  null  ", "");
    row("1, 2", "Line 1: there is a second value");
    row("{}, {}", "Line 1: there is a second value");
    row("[1,\n2]\n, 3", "Line 3: there is a second value");
    row(R"("]", "[")", "Line 1: there is a second value");
    row("1],[2", "Line 1: ");
    row("1,", "Line 1: ");
    row(" ", "Line 1: there is no JSON");
}

/// One value, as the server takes it.
void CellEditorTest::jsonTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    for (const char *type : {"json", "jsonb"}) {
        const QString said = whyNoValue(text, Fixture::question(type, nullptr).column);
        QVERIFY2(problem.isEmpty() ? said.isEmpty() : said.startsWith(problem), qPrintable(said));
    }
}

void CellEditorTest::arrayTexts_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    const auto row = [](const char *type, const char *text, bool isOne) {
        QTest::addRow("%s %s", type, text)
            << QByteArray(type) << QString::fromLatin1(text) << isOne;
    };
    row("integer[]", "{1,NULL,-2}", true);
    row("integer[]", "{}", true);
    row("integer[]", "{{1,2},{3,4}}", true);
    row("integer[]", "[0:1]={1,2}", true);
    row("integer[]", "{1,x}", false);
    row("integer[]", "{1,2", false);
    row("integer[]", "1,2", false);
    row("text[]", "{a,\"b, c\",\"\"}", true);
    row("text[]", "{a,\"b}", false);
    row("boolean[]", "{t,f}", true);
    row("uuid[]", "{7f2a}", false);
}

/// What the server would refuse at the commit only.
void CellEditorTest::arrayTexts()
{
    QFETCH(QByteArray, type);
    QFETCH(QString, text);
    QFETCH(bool, isOne);
    const QString problem = whyNoValue(text, Fixture::question(type.constData(), nullptr).column);
    QVERIFY2(problem.isEmpty() == isOne, qPrintable(problem));
}

void CellEditorTest::untouched_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("longer than a line is by itself")
        << QByteArray("citext") << QByteArray(40'000, 'x');
    QTest::newRow("line ends of two kinds") << QByteArray("text") << QByteArray("a\r\nb\nc\rd");
    QTest::newRow("an empty text") << QByteArray("text") << QByteArray("");
}

/// Who opens a value and goes on has changed nothing.
void CellEditorTest::untouched()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, value);
    for (const int key : {int(Qt::Key_Return), int(Qt::Key_Tab)}) {
        Fixture f(type.constData(), value.constData());
        const QSignalSpy chosen(f.editor, &CellEditor::chosen);
        QTest::keyClick(f.editor->focusProxy(), Qt::Key(key));
        QCOMPARE(chosen.size(), 0);
    }
    Fixture f(type.constData(), value.constData());
    if (type != "citext")
        return;
    f.find<QLineEdit>("editorLine")->setText(QString::fromLatin1(value + 'y'));
    f.press("setValue");
    QCOMPARE(f.taken, sql::Parameter(value + 'y'));
}

QTEST_MAIN(CellEditorTest)
#include "tst_celleditor.moc"
