// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"
#include "studio/builder/builderstate.h"
#include "studio/builder/buildertext.h"

#include <QTest>

using namespace studio;
using query::Operator;

using namespace shop;

namespace
{
BuilderState join(const BuilderState &state, const char *path, const BuilderSchema &with)
{
    for (const RelationChoice &choice : relationChoices(state, with)) {
        if (choice.path == s(path))
            return toggleRelation(state, choice, with);
    }
    qFatal("no relation %s", path);
    return state;
}

/// orders with the given relations, clicked in their order.
BuilderState ordersWith(const QStringList &paths)
{
    const BuilderSchema with = orderSchema();
    BuilderState state = startWith({{}, s("orders")});
    for (const QString &path : paths)
        state = join(state, qPrintable(path), with);
    return state;
}

QString sqlOf(const BuilderState &state)
{
    return query::render(toSelect(state, orderSchema()))
        .statement.text.simplified()
        .remove(QLatin1Char('"'));
}
} // namespace

class BuilderStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joins_data();
    void joins();
    void joiningTwiceTakesAway();
    void takingAwayTakesWhatIsOnIt();
    void joinShowsWhoItIs();
    void columns();
    void filters_data();
    void filters();
    void sorts();
    void prunedKeepsWhatIsThere();
    void prunedWithoutItsTable();
    void parameters();
    void spans();
};

void BuilderStateTest::joins_data()
{
    QTest::addColumn<QStringList>("clicked");
    QTest::addColumn<QString>("joined");
    QTest::newRow("none") << QStringList{} << s("FROM orders o LIMIT");
    QTest::newRow("one that must be there")
        << QStringList{s("contact")}
        << s("FROM orders o JOIN contacts c ON c.id = o.contact_id LIMIT");
    QTest::newRow("one that may be missing")
        << QStringList{s("owner")}
        << s("FROM orders o LEFT JOIN users u ON u.id = o.owner_id LIMIT");
    QTest::newRow("many")
        << QStringList{s("items")}
        << s("FROM orders o LEFT JOIN order_items oi ON oi.order_id = o.id LIMIT");
    QTest::newRow("a second level keeps to what may be missing")
        << QStringList{s("items"), s("items.product")}
        << s("FROM orders o LEFT JOIN order_items oi ON oi.order_id = o.id "
             "LEFT JOIN products p ON p.id = oi.product_id LIMIT");
    QTest::newRow("a table twice") << QStringList{s("contact"), s("contact.manager")}
                                   << s("FROM orders o JOIN contacts c ON c.id = o.contact_id "
                                        "LEFT JOIN contacts c2 ON c2.id = c.manager_id LIMIT");
}

void BuilderStateTest::joins()
{
    QFETCH(QStringList, clicked);
    QFETCH(QString, joined);
    const QString sql = sqlOf(ordersWith(clicked));
    QVERIFY2(sql.contains(joined), qPrintable(sql));
}

void BuilderStateTest::joiningTwiceTakesAway()
{
    BuilderState state = ordersWith({s("contact")});
    QCOMPARE(state.joins.size(), 1);
    state = join(state, "contact", orderSchema());
    QCOMPARE(state.joins.size(), 0);
    for (const query::ColumnRef &column : std::as_const(state.columns))
        QCOMPARE(column.alias, s("o"));
}

void BuilderStateTest::takingAwayTakesWhatIsOnIt()
{
    BuilderState state = ordersWith({s("items"), s("items.product"), s("contact")});
    state.filters = {{.column = {s("p"), s("name")}, .text = s("x")},
                     {.column = {s("o"), s("status")}}};
    state = addSort(state, {s("oi"), s("quantity")}, orderSchema());
    state = join(state, "items", orderSchema());
    QCOMPARE(aliasesOf(state), (QStringList{s("o"), s("c")}));
    QCOMPARE(state.filters.size(), 1);
    QVERIFY(state.sorts.isEmpty());
    QVERIFY(!sqlOf(state).contains(s("products")));
}

void BuilderStateTest::joinShowsWhoItIs()
{
    const BuilderState state = ordersWith({s("contact"), s("owner")});
    QVERIFY(state.columns.contains({s("c"), s("name")}));
    QVERIFY(state.columns.contains({s("u"), s("email")}));
    QVERIFY(state.columns.contains({s("o"), s("total")}));
    QVERIFY(!state.columns.contains({s("o"), s("contact_id")}));
    QCOMPARE(pathOf(state, s("c")), s("contact"));
    QCOMPARE(resultColumns(state, orderSchema()).last().origin, s("owner"));
    QCOMPARE(multiplying(state), QStringList{});
    QCOMPARE(multiplying(ordersWith({s("items")})), QStringList{s("items")});
}

void BuilderStateTest::columns()
{
    BuilderState state = ordersWith({});
    QCOMPARE(resultColumns(state, orderSchema()).size(), 6);
    state = toggleColumn(state, {s("o"), s("total")});
    state = toggleColumn(state, {s("o"), s("id")});
    QVERIFY(sqlOf(state).startsWith(s("SELECT o.total, o.id FROM")));
    state = toggleColumn(state, {s("o"), s("total")});
    QVERIFY(sqlOf(state).startsWith(s("SELECT o.id FROM")));
}

void BuilderStateTest::filters_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<Operator>("op");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("values"); // "-": not complete
    QTest::newRow("text") << s("name") << Operator::Equal << s("a, b") << QStringList{s("a, b")};
    QTest::newRow("nothing typed yet")
        << s("name") << Operator::Equal << s("") << QStringList{s("-")};
    QTest::newRow("list") << s("name") << Operator::In << s(" a, b ,")
                          << QStringList{s("a"), s("b")};
    QTest::newRow("empty list") << s("name") << Operator::In << s(" ,") << QStringList{s("-")};
    QTest::newRow("null") << s("name") << Operator::IsNull << s("left over") << QStringList{};
    QTest::newRow("number") << s("total") << Operator::Greater << s("-1.5")
                            << QStringList{s("-1.5")};
    QTest::newRow("half a number")
        << s("total") << Operator::Greater << s("-") << QStringList{s("-")};
    QTest::newRow("enum") << s("status") << Operator::Equal << s("paid") << QStringList{s("paid")};
    QTest::newRow("half an enum") << s("status") << Operator::Equal << s("pai")
                                  << QStringList{s("-")};
    QTest::newRow("half a uuid") << s("id") << Operator::Equal << s("00000000-0000")
                                 << QStringList{s("-")};
    QTest::newRow("uuid") << s("id") << Operator::Equal << s("00000000-0000-0000-0000-000000000001")
                          << QStringList{s("00000000-0000-0000-0000-000000000001")};
    QTest::newRow("time") << s("created_at") << Operator::Less << s("2026-01-01")
                          << QStringList{s("2026-01-01")};
    QTest::newRow("half a time") << s("created_at") << Operator::Less << s("20")
                                 << QStringList{s("-")};
}

void BuilderStateTest::filters()
{
    QFETCH(QString, column);
    QFETCH(Operator, op);
    QFETCH(QString, text);
    QFETCH(QStringList, values);
    BuilderState state = ordersWith({s("contact")});
    const QString alias = column == s("name") ? s("c") : s("o");
    state.filters = {{.column = {alias, column}, .op = op, .text = text}};
    const query::Select select = toSelect(state, orderSchema());
    QCOMPARE(select.filters.isEmpty(), values == QStringList{s("-")});
    if (!select.filters.isEmpty())
        QCOMPARE(select.filters.first().values, values);
}

void BuilderStateTest::sorts()
{
    const BuilderSchema with = orderSchema();
    const query::ColumnRef created{s("o"), s("created_at")};
    BuilderState state = ordersWith({});
    state = sortedBy(state, created, RowsSort::AddNext, with);
    QCOMPARE(state.sorts, (QList<query::Sort>{{created, false, false}}));
    state = addSort(state, created, with);
    QCOMPARE(state.sorts.size(), 1);
    state = sortedBy(state, created, RowsSort::AddNext, with);
    QVERIFY(sqlOf(state).contains(s("ORDER BY o.created_at DESC LIMIT")));
    state = sortedBy(state, created, RowsSort::AddNext, with);
    QVERIFY(state.sorts.isEmpty());
}

void BuilderStateTest::prunedKeepsWhatIsThere()
{
    BuilderSchema with = orderSchema();
    BuilderState state = ordersWith({s("contact"), s("items"), s("items.product")});
    state.filters = {{.column = {s("p"), s("name")}}, {.column = {s("c"), s("name")}}};
    QCOMPARE(pruned(state, with), state);
    with.database.tables[1].foreignKeys.removeLast(); // no way to products
    with.code.tables[1].foreignKeys.removeLast();
    with.database.tables[0].columns.removeAt(1); // contacts have no name
    const BuilderState kept = pruned(state, with);
    QCOMPARE(aliasesOf(kept), (QStringList{s("o"), s("c"), s("oi")}));
    QVERIFY(kept.filters.isEmpty());
    QVERIFY(!kept.columns.contains({s("c"), s("name")}));
    QVERIFY(kept.columns.contains({s("o"), s("id")}));
}

void BuilderStateTest::prunedWithoutItsTable()
{
    BuilderSchema with = orderSchema();
    with.database.tables.removeAt(2);
    QVERIFY(pruned(ordersWith({s("contact")}), with).isEmpty());
}

void BuilderStateTest::parameters()
{
    BuilderState state = ordersWith({});
    state.filters = {{.column = {s("o"), s("status")}, .text = s("paid")},
                     {.column = {s("o"), s("total")}, .op = Operator::Greater, .text = s("10.5")}};
    query::Select select = toSelect(state, orderSchema());
    select.scopes = {{.column = {s("o"), s("organization_id")}, .tenant = s("t-1")}};
    const QString text = parametersText(query::render(select), {{s("t-1"), s("Globex")}});
    QCOMPARE(text, s("$1 Globex   $2 'paid'   $3 10.5   $4 50"));
}

void BuilderStateTest::spans()
{
    BuilderState state = ordersWith({s("contact")});
    state.filters = {{.column = {s("o"), s("status")}, .text = s("paid")}};
    const query::Rendered rendered = query::render(toSelect(state, orderSchema()));
    const QList<base::TextSpan> spans = spansOf(rendered, {query::Step::Filters});
    QCOMPARE(spans.size(), 1);
    QVERIFY(rendered.statement.text.mid(spans.first().offset, spans.first().length)
                .contains(s("status")));
}

QTEST_GUILESS_MAIN(BuilderStateTest)
#include "tst_builderstate.moc"
