// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/cardlayout.h"
#include "studio/migrations/cardrows.h"
#include "studio/migrations/diffcards.h"

#include <QTest>

using namespace studio;

namespace
{
schema::Column column(const QString &name, const QString &type, bool notNull = false)
{
    return {.name = name, .type = type, .notNull = notNull};
}

schema::Table table(const QString &name, const QList<schema::Column> &columns)
{
    schema::Table made;
    made.name.name = name;
    schema::Column key = column(QStringLiteral("id"), QStringLiteral("uuid"), true);
    key.primaryKey = true;
    made.columns = QList<schema::Column>{key} + columns;
    return made;
}

schema::Index index(const QString &name, const QString &on, bool isUnique = false)
{
    schema::Index made{.name = name, .isUnique = isUnique};
    made.columns.append({.expression = on});
    return made;
}

schema::ForeignKey foreignKey(const QString &on, const QString &target)
{
    return {.name = on + QStringLiteral("_fk"),
            .columns = {on},
            .targetTable = target,
            .targetColumns = {QStringLiteral("id")}};
}

schema::Database database(const QList<schema::Table> &tables, const QList<schema::Enum> &enums = {})
{
    schema::Database made;
    made.tables = tables;
    made.enums = enums;
    return made;
}

schema::Enum enumType(const QString &name, const QStringList &values)
{
    schema::Enum made;
    made.name.name = name;
    made.values = values;
    return made;
}

const QString text = QStringLiteral("text");
const QString contacts = QStringLiteral("contacts");
const QString orders = QStringLiteral("orders");
} // namespace

/// The picture of a difference, from two schemas to the numbers it is painted by.
class TestMigrationsCards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void others();
    void picture_data();
    void picture();
    void folding_data();
    void folding();
    void heights_data();
    void heights();
    void longDetails_data();
    void longDetails();
    void sideBySide();
    void differing_data();
    void differing();
    void layout_data();
    void layout();
};

void TestMigrationsCards::picture_data()
{
    QTest::addColumn<schema::Database>("before");
    QTest::addColumn<schema::Database>("after");
    QTest::addColumn<QString>("counts");
    QTest::addColumn<QString>("cards");

    const schema::Column name = column(QStringLiteral("name"), text, true);
    const schema::Column fax = column(QStringLiteral("fax"), QStringLiteral("varchar(50)"));
    const schema::Table plain = table(contacts, {name});

    QTest::newRow("nothing") << database({plain}) << database({plain}) << QString() << QString();

    QTest::newRow("new table") << database({}) << database({plain}) << QStringLiteral("+1")
                               << QStringLiteral("contacts: new\n  + id: uuid\n  + name: text");

    QTest::newRow("removed table")
        << database({plain}) << database({}) << QStringLiteral("-1")
        << QStringLiteral("contacts: removed\n  - id: uuid\n  - name: text");

    QTest::newRow("added and dropped columns")
        << database({table(contacts, {name, fax})})
        << database({table(contacts, {name, column(QStringLiteral("nick"), text, true)})})
        << QStringLiteral("+1 -1")
        << QStringLiteral("contacts: changed\n    id: uuid\n    name: text\n  - fax: varchar(50)\n"
                          "  + nick: text NOT NULL");

    schema::Column wide = column(QStringLiteral("fax"), text, true);
    wide.defaultValue = schema::Default{.text = QStringLiteral("''")};
    QTest::newRow("every property that changed")
        << database({table(contacts, {fax})}) << database({table(contacts, {wide})})
        << QStringLiteral("~1")
        << QStringLiteral("contacts: changed\n    id: uuid\n"
                          "  ~ fax: varchar(50) → text, NULL → NOT NULL, no default → DEFAULT ''");

    schema::Table indexed = plain;
    indexed.indexes = {index(QStringLiteral("contacts_name"), QStringLiteral("name"))};
    schema::Table unique = plain;
    unique.indexes = {index(QStringLiteral("contacts_name"), QStringLiteral("name"), true)};
    QTest::newRow("new index") << database({plain}) << database({indexed}) << QStringLiteral("+1")
                               << QStringLiteral("contacts: changed\n    id: uuid\n    name: text\n"
                                                 "  + contacts_name: index (name)");
    QTest::newRow("an index dropped and made anew is one change")
        << database({indexed}) << database({unique}) << QStringLiteral("~1")
        << QStringLiteral("contacts: changed\n    id: uuid\n    name: text\n"
                          "  ~ contacts_name: index (name) → unique index (name)");

    schema::Table checked = plain;
    checked.checks = {
        {.name = QStringLiteral("named"), .expression = QStringLiteral("name <> ''")}};
    checked.uniques = {{.name = QStringLiteral("one"), .columns = {QStringLiteral("name")}}};
    QTest::newRow("dropped check and unique")
        << database({checked}) << database({plain}) << QStringLiteral("-2")
        << QStringLiteral("contacts: changed\n    id: uuid\n    name: text\n"
                          "  - one: unique (name)\n  - named: check name <> ''");

    const schema::Column contactId = column(QStringLiteral("contact_id"), QStringLiteral("uuid"));
    schema::Table order = table(orders, {contactId});
    order.foreignKeys = {foreignKey(QStringLiteral("contact_id"), contacts)};
    QTest::newRow("a new table's keys are part of it; what it refers to stands beside it")
        << database({plain}) << database({plain, order}) << QStringLiteral("+1")
        << QStringLiteral("orders: new\n  + id: uuid\n  + contact_id: uuid\n"
                          "  + contact_id → contacts: foreign key\n"
                          "contacts\n    id: uuid\n    name: text");
    QTest::newRow("new foreign key")
        << database({plain, table(orders, {contactId})}) << database({plain, order})
        << QStringLiteral("+1")
        << QStringLiteral("orders: changed\n    id: uuid\n    contact_id: uuid\n"
                          "  + contact_id → contacts: foreign key\n"
                          "contacts\n    id: uuid\n    name: text");

    const QString kind = QStringLiteral("kind");
    const QString person = QStringLiteral("person");
    const QString company = QStringLiteral("company");
    QTest::newRow("new enum") << database({}) << database({}, {enumType(kind, {person})})
                              << QStringLiteral("+1") << QStringLiteral("kind: new\n  + person");
    QTest::newRow("an enum's new value")
        << database({}, {enumType(kind, {person})})
        << database({}, {enumType(kind, {person, company})}) << QStringLiteral("+1")
        << QStringLiteral("kind: changed\n    person\n  + company");
    const auto viewed = [](const QString &definition) {
        schema::Database made;
        made.views << schema::View{.name = {{}, QStringLiteral("busy")}, .definition = definition};
        return made;
    };
    QTest::newRow("view") << viewed(QStringLiteral("select 1"))
                          << viewed(QStringLiteral("select 2")) << QStringLiteral("~1")
                          << QStringLiteral("busy: changed\n  ~ definition: select 1 → select 2");
    const auto numbered = [](const QString &step) {
        schema::Database made;
        made.sequences << schema::Sequence{
            {{}, QStringLiteral("numbers")}, {.increment = step}, {}};
        return made;
    };
    QTest::newRow("sequence") << numbered(QStringLiteral("1")) << numbered(QStringLiteral("5"))
                              << QStringLiteral("~1")
                              << QStringLiteral("numbers: changed\n  ~ INCREMENT: 1 → 5");
    schema::Table guarded = plain, open = plain;
    guarded.policies << schema::Policy{.name = QStringLiteral("mine"),
                                       .roles = {QStringLiteral("app")},
                                       .usingExpression = QStringLiteral("true")};
    open.policies << guarded.policies.first();
    open.policies[0].roles = {QStringLiteral("public")};
    QTest::newRow("policy") << database({guarded}) << database({open}) << QStringLiteral("~1")
                            << QStringLiteral("contacts: changed\n    id: uuid\n    name: text\n"
                                              "  ~ mine: policy ALL TO app USING true → policy ALL "
                                              "TO public USING true");
    schema::Table keyed = plain;
    keyed.columns[0].primaryKey = false;
    keyed.primaryKeys << schema::PrimaryKey{{}, {QStringLiteral("id"), QStringLiteral("name")}};
    QTest::newRow("primary key") << database({plain}) << database({keyed}) << QStringLiteral("~1")
                                 << QStringLiteral(
                                        "contacts: changed\n    id: uuid\n    name: text\n"
                                        "  ~ primary key: (id) → (id, name)");
    QTest::newRow("removed enum") << database({}, {enumType(kind, {person})}) << database({})
                                  << QStringLiteral("-1")
                                  << QStringLiteral("kind: removed\n  - person");
}

/// Every kind of change has its card, never words alone.
void TestMigrationsCards::others()
{
    schema::Database before = database({table(contacts, {column(QStringLiteral("fax"), text)})});
    schema::Database after = database({table(contacts, {column(QStringLiteral("nick"), text)})});
    before.sequences << schema::Sequence{.name = {{}, QStringLiteral("numbers")}};
    after.roles << schema::Role{.name = QStringLiteral("app")};
    after.tables[0].rowLevelSecurity = true;
    const diff::RenameAnswer renamed{diff::Kind::Column,
                                     after.tables[0].name,
                                     {{}, QStringLiteral("fax")},
                                     {{}, QStringLiteral("nick")}};
    const diff::Difference difference = diff::compare(before, after, {renamed});
    QCOMPARE(toText(countsOf(difference)), QStringLiteral("+1 ~2 -1"));
    QCOMPARE(toText(cardsOf(difference, before, after)),
             QStringLiteral("contacts: changed\n    id: uuid\n  ~ nick: fax → nick\n"
                            "  ~ row-level security: no → yes\n"
                            "app: new\n  + CREATEDB: no\n  + CREATEROLE: no\n  + INHERIT: yes\n"
                            "numbers: removed"));
}

void TestMigrationsCards::picture()
{
    QFETCH(schema::Database, before);
    QFETCH(schema::Database, after);
    const diff::Difference difference = diff::compare(before, after);
    QTEST(toText(countsOf(difference)), "counts");
    QTEST(toText(cardsOf(difference, before, after)), "cards");
}

void TestMigrationsCards::folding_data()
{
    QTest::addColumn<QString>("rows"); // a letter each: k key, . unchanged, + added
    QTest::addColumn<QString>("expected");

    QTest::newRow("twelve fit") << QStringLiteral("k..........+") << QStringLiteral("k..........+");
    QTest::newRow("the change keeps its neighbours")
        << QStringLiteral("k.....+......") << QStringLiteral("k4.+.5");
    QTest::newRow("a single row does not fold")
        << QStringLiteral("k..+.........") << QStringLiteral("k..+.8");
    QTest::newRow("two changes") << QStringLiteral("k+......+....") << QStringLiteral("k+.4.+.3");
}

void TestMigrationsCards::folding()
{
    QFETCH(QString, rows);
    QList<CardRow> made;
    for (const QChar letter : rows) {
        CardRow row;
        row.kind = letter == u'k' ? CardRow::Kind::Key : CardRow::Kind::Column;
        row.mark = letter == u'+' ? DiffMark::Added : DiffMark::Context;
        row.name = letter;
        made.append(row);
    }
    QString shown;
    for (const CardRow &row : folded(made))
        shown += row.kind == CardRow::Kind::Fold ? row.name.section(u' ', 0, 0) : row.name;
    QTEST(shown, "expected");
}

void TestMigrationsCards::heights_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("changes"); // of the last row
    QTest::addColumn<int>("height");
    QTest::newRow("a title alone") << 0 << 0 << 34;
    QTest::newRow("one row") << 1 << 0 << 34 + 10 + 25;
    QTest::newRow("one change takes no more") << 1 << 1 << 34 + 10 + 25;
    QTest::newRow("three changes take three lines") << 2 << 3 << 34 + 10 + 25 + 75;
}

void TestMigrationsCards::heights()
{
    QFETCH(int, rows);
    QFETCH(int, changes);
    Card card;
    card.rows.resize(rows);
    if (rows > 0)
        card.rows.last().changes.resize(changes);
    QTEST(heightOf(card, 300), "height");
}

void TestMigrationsCards::longDetails_data()
{
    QTest::addColumn<int>("name"); // letters
    QTest::addColumn<int>("detail");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("below");
    // 300 px leave 250: 13 letters of 6.8 px, and 22 of 7.2 px with one between.
    QTest::newRow("no detail") << 60 << 0 << 300 << false;
    QTest::newRow("they fit") << 13 << 21 << 300 << false;
    QTest::newRow("one letter too many") << 13 << 22 << 300 << true;
    QTest::newRow("a wider card") << 13 << 22 << 320 << false;
}

void TestMigrationsCards::longDetails()
{
    QFETCH(int, name);
    QFETCH(int, detail);
    QFETCH(int, width);
    QFETCH(bool, below);
    CardRow row{.name = QString(name, u'n'), .detail = QString(detail, u'd')};
    QCOMPARE(detailsBelow(row, width), below);
    QCOMPARE(heightOf(row, width), below ? 50 : 25);
    if (detail == 0)
        return;
    row.changes = {{QString(detail - 4, u'b'), QStringLiteral("a")}, {}};
    QCOMPARE(detailsBelow(row, width), below);
    QCOMPARE(heightOf(row, width), below ? 75 : 50);
}

/// A change that is too long for a line has two columns, each as high as the longer text.
void TestMigrationsCards::sideBySide()
{
    CardRow row{.name = QStringLiteral("definition"),
                .changes = {{QStringLiteral("select 1"), QStringLiteral("select 2")}}};
    QVERIFY(!isSideBySide(row, 300));
    row.changes[0].after = QStringLiteral("select one, two and three from somewhere else");
    QVERIFY(isSideBySide(row, 300));
    const qsizetype letters = lettersBeside(300);
    const QList<TextLine> lines = linesOf(row.changes[0].after, letters);
    QStringList texts;
    for (const TextLine &line : lines) {
        QVERIFY(line.text.size() <= letters);
        QCOMPARE(row.changes[0].after.mid(line.from, line.text.size()), line.text);
        texts << line.text;
    }
    QCOMPARE(texts.join(QString()), row.changes[0].after);
    QCOMPARE(heightOf(row, 300), 25 + int(lines.size()) * 18 + 10);
    QCOMPARE(linesOf(QString(1000, u'x'), 10).size(), 8);
    QVERIFY(linesOf(QString(1000, u'x'), 10).last().text.endsWith(u'…'));
}

void TestMigrationsCards::differing_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("gone");
    QTest::addColumn<QString>("come");
    const auto row = [](const char *name, const char *before, const char *after, const char *gone,
                        const char *come) {
        QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after)
                            << QString::fromUtf8(gone) << QString::fromUtf8(come);
    };
    row("in the middle", "a > 1 and b", "a > 20 and b", "1", "20");
    row("at the end", "select a", "select a, b", "", ", b");
    row("what is repeated counts once", "aa", "aaa", "", "a");
    row("all of it", "x", "y", "x", "y");
}

void TestMigrationsCards::differing()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto [gone, come] = differenceOf({before, after});
    QTEST(before.mid(gone.from, gone.length), "gone");
    QTEST(after.mid(come.from, come.length), "come");
}

void TestMigrationsCards::layout_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QList<int>>("rows"); // of each card
    QTest::addColumn<QList<QRect>>("expected");
    QTest::addColumn<int>("height");

    const int one = 34 + 10 + 25;
    const int three = one + 50;
    QTest::newRow("nothing") << 800 << QList<int>{} << QList<QRect>{} << 18;
    QTest::newRow("one card is not stretched")
        << 1600 << QList<int>{1} << QList<QRect>{{18, 18, 420, one}} << 18 + one + 18;
    QTest::newRow("too narrow for one: it is cut, never squeezed")
        << 200 << QList<int>{1} << QList<QRect>{{18, 18, 300, one}} << 18 + one + 18;
    QTest::newRow("two columns share the width")
        << 700 << QList<int>{1, 1} << QList<QRect>{{18, 18, 323, one}, {359, 18, 323, one}}
        << 18 + one + 18;
    QTest::newRow("into the shortest column")
        << 700 << QList<int>{3, 1, 1}
        << QList<QRect>{{18, 18, 323, three}, {359, 18, 323, one}, {359, 36 + one, 323, one}}
        << 36 + one + one + 18;
    QTest::newRow("the left one of equals")
        << 700 << QList<int>{1, 1, 1}
        << QList<QRect>{{18, 18, 323, one}, {359, 18, 323, one}, {18, 36 + one, 323, one}}
        << 36 + one + one + 18;
}

void TestMigrationsCards::layout()
{
    QFETCH(int, width);
    QFETCH(QList<int>, rows);
    QList<Card> cards;
    for (const int count : rows) {
        Card card;
        card.rows.resize(count);
        cards.append(card);
    }
    const CardLayout layout = layoutOf(cards, width);
    QTEST(layout.cards, "expected");
    QTEST(layout.height, "height");
}

QTEST_GUILESS_MAIN(TestMigrationsCards)
#include "tst_migrations_cards.moc"
