// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/scope.h"

#include <QTest>

namespace
{

schema::Name named(const char *name)
{
    return {{}, QString::fromLatin1(name)};
}

tenant::PathStep step(const char *column, const char *target)
{
    return {named(target), {QString::fromLatin1(column)}, {QStringLiteral("id")}};
}

tenant::Classification classification()
{
    using tenant::Scoping;
    tenant::Classification result;
    result.column = QStringLiteral("organization_id");
    result.root = named("organizations");
    result.rootKey = QStringLiteral("id");
    result.tables = {
        {named("organizations"), {Scoping::Direct, QStringLiteral("id"), {}}},
        {named("contacts"), {Scoping::Direct, QStringLiteral("organization_id"), {}}},
        {named("order_items"), {Scoping::ByPath, {}, {step("order_id", "orders")}}},
        {named("notes"),
         {Scoping::ByPath, {}, {step("item_id", "order_items"), step("order_id", "orders")}}},
        {named("orders"), {Scoping::Direct, QStringLiteral("organization_id"), {}}},
        {named("countries"), {Scoping::Global, {}, {}}},
        {named("log"), {Scoping::Unscoped, {}, {}}},
    };
    return result;
}

query::Select from(const char *table, const char *alias)
{
    query::Select select;
    select.from = {named(table), QString::fromLatin1(alias)};
    return select;
}

query::Select joined(query::Select select, const char *table, const char *alias)
{
    select.joins << query::Join{
        query::JoinKind::Left, {named(table), QString::fromLatin1(alias)}, {}};
    return select;
}

QString printed(const QList<query::Scope> &scopes)
{
    QStringList items;
    for (const query::Scope &scope : scopes) {
        QString text = scope.column.alias + u'.';
        for (const query::ScopeStep &step : scope.path)
            text += step.columns.join(u',') + u'>' + step.target.name + u'.';
        items << text + scope.column.column + u'=' + scope.tenant;
    }
    return items.join(u' ');
}

} // namespace

class tst_scope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scopes_data();
    void scopes();
    void replacesAnotherTenant();
    void nested_data();
    void nested();
    void views();
};

void tst_scope::scopes_data()
{
    QTest::addColumn<query::Select>("select");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("beyond");
    const auto row = [](const char *name, const query::Select &select, const char *expected,
                        const char *beyond) {
        QTest::newRow(name) << select << QString::fromLatin1(expected)
                            << QString::fromLatin1(beyond);
    };
    row("direct", from("contacts", "c"), "c.organization_id=7", "");
    row("the root by its key", from("organizations", "o"), "o.id=7", "");
    row("global", from("countries", "x"), "", "");
    row("by path", from("order_items", "i"), "i.order_id>orders.organization_id=7", "");
    row("by a longer path", from("notes", "n"),
        "n.item_id>order_items.order_id>orders.organization_id=7", "");
    row("a joined table by path", joined(from("orders", "o"), "order_items", "i"),
        "o.organization_id=7 i.order_id>orders.organization_id=7", "");
    row("unscoped", from("log", "l"), "", "log");
    row("not in the schema", from("tmp", "t"), "", "tmp");
    row("every table of a join",
        joined(joined(joined(from("contacts", "a"), "contacts", "b"), "countries", "x"), "log",
               "l"),
        "a.organization_id=7 b.organization_id=7", "log");
}

void tst_scope::scopes()
{
    QFETCH(query::Select, select);
    QFETCH(QString, expected);
    QFETCH(QString, beyond);
    const query::Select once = tenant::scoped(select, classification(), QStringLiteral("7"));
    QCOMPARE(printed(once.scopes), expected);
    QCOMPARE(tenant::scoped(once, classification(), QStringLiteral("7")), once);
    QStringList names;
    for (const schema::Name &name : tenant::beyondScope(select, classification()))
        names << name.name;
    QCOMPARE(names.join(u' '), beyond);
}

void tst_scope::replacesAnotherTenant()
{
    const query::Select first =
        tenant::scoped(from("contacts", "c"), classification(), QStringLiteral("1"));
    const query::Select second = tenant::scoped(first, classification(), QStringLiteral("2"));
    QCOMPARE(printed(second.scopes), QStringLiteral("c.organization_id=2"));
}

void tst_scope::nested_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("isKnown");
    const auto row = [](const char *table, const char *expected, const char *unknown) {
        QTest::newRow(table) << QString::fromLatin1(table) << QString::fromLatin1(expected) << true;
        QTest::addRow("%s, of which nothing was said", table)
            << QString::fromLatin1(table) << QString::fromLatin1(unknown) << false;
    };
    // Without a column no row is anybody's.
    row("orders", "t.organization_id=7 t.project_id=12", "t.=7");
    row("order_items", "t.order_id>orders.organization_id=7 t.order_id>orders.project_id=12",
        "t.=7");
    row("contacts", "t.organization_id=7", "t.=7"); // of the organization as a whole
    row("organizations", "t.id=7", "t.=7");
    row("countries", "", "");
    row("log", "t.project_id=12", ""); // nothing says whose they are, but some are not these
    row("totals", "t.=7", "t.=7");     // materialized: nothing says of which project a row is
}

void tst_scope::nested()
{
    QFETCH(QString, table);
    QFETCH(QString, expected);
    QFETCH(bool, isKnown);
    using tenant::Scoping;
    const QString column = QStringLiteral("project_id");
    tenant::Classification known = classification();
    known.tables.insert(named("totals"), {Scoping::Direct, QStringLiteral("org"), {}});
    if (isKnown)
        known.nested = tenant::Nested{
            .column = column,
            .root = named("projects"),
            .rootKey = QStringLiteral("id"),
            .labelColumn = QStringLiteral("id"),
            .tables = {{named("orders"), {Scoping::Direct, column, {}}},
                       {named("order_items"), {Scoping::ByPath, {}, {step("order_id", "orders")}}},
                       {named("contacts"), {Scoping::Unscoped, {}, {}}},
                       {named("organizations"), {Scoping::Global, {}, {}}},
                       {named("countries"), {Scoping::Direct, column, {}}},
                       {named("log"), {Scoping::Direct, column, {}}},
                       {named("totals"), {Scoping::ByQuery, {}, {}}}}};
    const tenant::TenantId id(QStringLiteral("7"), QStringLiteral("12"));
    const query::Select select = from(table.toLatin1().constData(), "t");
    const query::Select once = tenant::scoped(select, known, id);
    QCOMPARE(printed(once.scopes), expected);
    QCOMPARE(tenant::scoped(once, known, id), once);
    // The whole organization again: nothing of the project is left in the query.
    QVERIFY(!printed(tenant::scoped(once, known, QStringLiteral("7")).scopes).contains(u"=12"_qs) ||
            table == QLatin1String("log"));
    const bool isRefused = expected == QLatin1String("t.=7");
    QCOMPARE(tenant::readsViews(select, known, id), isRefused);
}

/// What has no condition of its own is told, wherever it stands in the query.
void tst_scope::views()
{
    tenant::Classification known = classification();
    known.tables.insert(named("totals"), {tenant::Scoping::ByQuery, {}, {}});
    const tenant::TenantId id = QStringLiteral("7");
    QVERIFY(!tenant::readsViews(from("contacts", "c"), known, id));
    QVERIFY(!tenant::readsViews(joined(from("countries", "c"), "log", "l"), known, id));
    QVERIFY(tenant::readsViews(from("totals", "t"), known, id));
    QVERIFY(tenant::readsViews(joined(from("contacts", "c"), "totals", "t"), known, id));
    QVERIFY(tenant::readsViews(from("unheard_of", "u"), known, id));
}

QTEST_GUILESS_MAIN(tst_scope)
#include "tst_scope.moc"
