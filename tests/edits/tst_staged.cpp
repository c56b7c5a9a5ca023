// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/archive.h"
#include "edits/history.h"
#include "edits/staged.h"
#include "edits/staging.h"

#include <QTest>

using namespace edits;

namespace
{
const schema::Name contacts{{}, QStringLiteral("contacts")};

RowId contact(const char *id)
{
    return {.table = contacts, .keyColumns = {QStringLiteral("id")}, .key = {id}};
}

CellEdit cell(const char *column, const sql::Parameter &before, const NewValue &after)
{
    return {QString::fromLatin1(column), OldValue::of(before), after};
}

NewValue value(const char *text)
{
    return {NewValue::Kind::Value, text};
}

/// contacts id = 5: name Ada→Bob | …
QString printed(const Staged &staged)
{
    QStringList rows;
    for (const RowEdit &row : staged.rows) {
        QStringList cells;
        for (const CellEdit &one : row.cells) {
            const auto shown = [](const sql::Parameter &p) {
                return p ? QString::fromUtf8(*p) : QStringLiteral("NULL");
            };
            cells << one.column + u' ' + shown(one.before.text) + u'>' +
                         (one.after.kind == NewValue::Kind::Default ? QStringLiteral("DEFAULT")
                          : one.after.kind == NewValue::Kind::Null
                              ? QStringLiteral("NULL")
                              : QString::fromUtf8(one.after.text));
        }
        rows << (row.kind == RowEdit::Kind::Delete ? QStringLiteral("delete ") : QString()) +
                    row.id.text() + u':' + cells.join(u',');
    }
    return rows.join(u'|');
}
} // namespace

class StagedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells();
    void reverts();
    void newRows();
    void manyAtOnce_data();
    void manyAtOnce();
    void undoes();
    void archives();
    void refusesArchives_data();
    void refusesArchives();
};

void StagedTest::cells()
{
    Staged staged;
    staged = withCell(staged, contact("5"), {}, cell("name", "Ada", value("Bob")));
    // A second change of a cell keeps what was there first, NULL and empty are two things.
    staged = withCell(staged, contact("5"), {}, cell("name", "Bob", value("Cleo")));
    staged = withCell(staged, contact("5"), {}, cell("note", std::nullopt, value("")));
    staged = withCell(staged, contact("6"), {}, cell("note", "", {}));
    staged = withCell(staged, contact("7"), {}, cell("note", "x", {NewValue::Kind::Default, {}}));
    QCOMPARE(printed(staged),
             QStringLiteral("contacts id = 5:name Ada>Cleo,note NULL>|contacts id = 6:note >NULL|"
                            "contacts id = 7:note x>DEFAULT"));
    // What is as it was is no change.
    staged = withCell(staged, contact("5"), {}, cell("name", "Cleo", value("Ada")));
    staged = withCell(staged, contact("5"), {}, cell("note", "", {}));
    QCOMPARE(printed(staged),
             QStringLiteral("contacts id = 6:note >NULL|contacts id = 7:note x>DEFAULT"));
    // A long value is known by its digest.
    const QByteArray longValue(100'000, 'x');
    staged = withCell({}, contact("5"), {}, cell("name", longValue, value("y")));
    QCOMPARE(staged.rows.first().cells.first().before.text->size(), 32);
    QCOMPARE(withCell(staged, contact("5"), {}, cell("name", "y", value(longValue))), Staged());
}

void StagedTest::reverts()
{
    Staged staged = withCell({}, contact("5"), {}, cell("name", "Ada", value("Bob")));
    staged = withCell(staged, contact("5"), {}, cell("note", "a", value("b")));
    staged = withDeletion(staged, contact("5"), {},
                          {{QStringLiteral("name"), OldValue::of(QByteArray("Ada"))}});
    staged = withCell(staged, contact("6"), {}, cell("note", "a", value("b")));
    QCOMPARE(printed(staged), QStringLiteral("delete contacts id = 5:name Ada>Bob,note a>b|"
                                             "contacts id = 6:note a>b"));
    QCOMPARE(printed(withoutRow(staged, contact("5"))), QStringLiteral("contacts id = 6:note a>b"));
    QCOMPARE(withoutCell(withoutRow(staged, contact("5")), contact("6"), QStringLiteral("note")),
             Staged());
    QCOMPARE(withoutTable(staged, contacts), Staged());
    QCOMPARE(withoutTable(staged, {QStringLiteral("sales"), QStringLiteral("contacts")}), staged);
}

void StagedTest::newRows()
{
    Staged staged = withNewRow({}, contacts, QStringLiteral("1"),
                               {cell("organization_id", std::nullopt, value("1"))});
    staged = withNewRow(staged, contacts, {}, {});
    const RowId second = staged.rows.last().id;
    staged = withCell(staged, second, {}, cell("name", std::nullopt, value("Ada")));
    staged = withCell(staged, second, {}, cell("note", std::nullopt, {}));
    QCOMPARE(printed(staged), QStringLiteral("contacts, new row 1:organization_id NULL>1|"
                                             "contacts, new row 2:name NULL>Ada,note NULL>NULL"));
    // A new row's default is what is not given; an empty new row is still one.
    staged = withCell(staged, second, {}, cell("name", {}, {NewValue::Kind::Default, {}}));
    staged = withoutCell(staged, second, QStringLiteral("note"));
    QCOMPARE(staged.rows.size(), 2);
    staged = withDeletion(staged, staged.rows.first().id, {}, {});
    staged = withDeletion(staged, second, {}, {});
    QVERIFY(staged.isEmpty());
    // Numbers are not used twice.
    QCOMPARE(withNewRow(staged, contacts, {}, {}).rows.last().id.number, 3);
}

void StagedTest::manyAtOnce_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("2,000 cells") << 2'000;
    QTest::newRow("20,000 cells") << 20'000;
}

/// However many rows are staged, a change looks at its own, once.
void StagedTest::manyAtOnce()
{
    QFETCH(int, count);
    const auto row = [](int i) { return contact(QByteArray::number(i)); };
    Staging first({});
    for (int i = 0; i < count; ++i)
        first.setCell(row(i), {}, cell("name", "Ada", value("Bob")));
    QVERIFY2(first.looks() <= 2 * count, qPrintable(QString::number(first.looks())));
    const Staged staged = first.take();
    QCOMPARE(staged.rows.size(), count);
    Staging second(staged);
    for (int i = 0; i < count; ++i) {
        QCOMPARE(second.row(row(i))->cells.size(), 1);
        // Half of them are taken back.
        second.setCell(row(i), {}, cell("name", "Bob", value(i % 2 ? "Ada" : "Cleo")));
    }
    QCOMPARE(second.take().rows.size(), count / 2);
    QVERIFY2(second.looks() <= 4 * count, qPrintable(QString::number(second.looks())));

    Staging third(staged);
    for (int i = 0; i < count; ++i)
        third.remove(third.addRow(contacts, {}, {}), {}, {});
    for (int i = 0; i < count; ++i)
        third.remove(row(i), {}, {});
    const Staged deleted = third.take();
    QCOMPARE(deleted.rows.size(), count);
    QCOMPARE(deleted.rows.first().kind, RowEdit::Kind::Delete);
    QCOMPARE(deleted.lastNumber, count);
    QVERIFY2(third.looks() <= 4 * count, qPrintable(QString::number(third.looks())));
}

void StagedTest::undoes()
{
    History history;
    const Staged one = withCell({}, contact("5"), {}, cell("name", "Ada", value("Bob")));
    const Staged two = withDeletion(one, contact("6"), {}, {});
    QVERIFY(history.apply(one));
    QVERIFY(!history.apply(one));
    QVERIFY(history.apply(two));
    history.undo();
    QCOMPARE(history.now(), one);
    history.undo();
    QCOMPARE(history.now(), Staged());
    QVERIFY(!history.canUndo());
    history.undo();
    history.redo();
    history.redo();
    QCOMPARE(history.now(), two);
    QVERIFY(!history.canRedo());
    history.undo();
    QVERIFY(history.apply(withDeletion(one, contact("7"), {}, {})));
    QVERIFY(!history.canRedo());
    history.reset(one);
    QVERIFY(!history.canUndo() && history.now() == one);
}

void StagedTest::archives()
{
    Staged staged =
        withCell({},
                 {{QStringLiteral("sales"), QStringLiteral("a\"b")},
                  {QStringLiteral("x"), QStringLiteral("y")},
                  {"", "1.10"}},
                 QStringLiteral("7"),
                 cell("n", "9007199254740993", value("123456789012345678901234567890.10")));
    staged = withCell(staged, contact("5"), {}, cell("note", std::nullopt, value("")));
    staged = withCell(staged, contact("5"), {}, cell("json", "{\"b\": 1,  \"a\": 1.0}", {}));
    staged = withCell(staged, contact("5"), {}, cell("at", "", {NewValue::Kind::Default, {}}));
    staged =
        withCell(staged, contact("5"), {}, cell("long", QByteArray(70'000, 'x'), value("ü\n")));
    staged = withDeletion(staged, contact("6"), {},
                          {{QStringLiteral("a"), OldValue::of(std::nullopt)},
                           {QStringLiteral("b"), OldValue::of(QByteArray(""))}});
    staged = withNewRow(staged, contacts, QStringLiteral("t"), {cell("name", {}, value("Ada"))});
    staged.rows.last().restores = true;
    const base::Result<Staged> read = unarchived(archived(staged));
    QVERIFY(read.ok());
    QCOMPARE(printed(*read), printed(staged));
    QVERIFY(*read == staged);
}

void StagedTest::refusesArchives_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<base::ErrorKind>("kind");
    QTest::newRow("cut off") << archived({}).chopped(3) << base::ErrorKind::InvalidInput;
    QTest::newRow("something else") << QByteArray("[]") << base::ErrorKind::InvalidInput;
    QTest::newRow("newer") << QByteArray(R"({"version":2,"rows":[]})")
                           << base::ErrorKind::Unsupported;
}

void StagedTest::refusesArchives()
{
    QFETCH(QByteArray, json);
    QFETCH(base::ErrorKind, kind);
    const base::Result<Staged> read = unarchived(json);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, kind);
}

QTEST_GUILESS_MAIN(StagedTest)
#include "tst_staged.moc"
