// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/paging.h"

#include <QTest>

using namespace query;

namespace
{

schema::Column column(const char *name, bool notNull, bool primaryKey = false)
{
    schema::Column column;
    column.name = QString::fromLatin1(name);
    column.type = QStringLiteral("integer");
    column.notNull = notNull;
    column.primaryKey = primaryKey;
    return column;
}

schema::Table table(QList<schema::Column> columns)
{
    schema::Table table;
    table.name.name = QStringLiteral("t");
    table.columns = std::move(columns);
    return table;
}

/// "a desc null, id asc": the sorts of a query as one text.
QString printed(const QList<Sort> &sorts)
{
    QStringList items;
    for (const Sort &sort : sorts)
        items << sort.column.column + (sort.descending ? QStringLiteral(" desc") : QString()) +
                     (sort.nullable ? QStringLiteral(" null") : QString());
    return items.join(QStringLiteral(", "));
}

} // namespace

class tst_paging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keys_data();
    void keys();
    void pagesNameTheirColumns();
    void keysetOfARow();
    void sortableTypes_data();
    void sortableTypes();
};

void tst_paging::keys_data()
{
    QTest::addColumn<schema::Table>("definition");
    QTest::addColumn<QStringList>("sorted"); // a leading '-' is descending
    QTest::addColumn<QString>("expected");

    const schema::Table plain =
        table({column("id", true, true), column("a", false), column("b", true)});
    QTest::newRow("the primary key") << plain << QStringList{} << QStringLiteral("id");
    QTest::newRow("after the sorts, in their direction")
        << plain << QStringList{QStringLiteral("-a")} << QStringLiteral("a desc null, id desc");
    QTest::newRow("not twice") << plain << QStringList{QStringLiteral("id"), QStringLiteral("b")}
                               << QStringLiteral("id, b");

    schema::Table composite = table({column("x", false), column("y", false)});
    composite.primaryKeys = {{QStringLiteral("t_pk"), {QStringLiteral("y"), QStringLiteral("x")}}};
    QTest::newRow("a key of two columns, never NULL")
        << composite << QStringList{QStringLiteral("x")} << QStringLiteral("x, y");

    schema::Table unique = table({column("n", false), column("u", true)});
    unique.uniques = {{QStringLiteral("n_u"), {QStringLiteral("n")}, false, {}},
                      {QStringLiteral("u_u"), {QStringLiteral("u")}, false, {}}};
    QTest::newRow("a unique constraint without NULL")
        << unique << QStringList{} << QStringLiteral("u");

    QTest::newRow("no key at all: the row's place")
        << table({column("a", false)}) << QStringList{QStringLiteral("a")}
        << QStringLiteral("a null, ctid");
}

void tst_paging::keys()
{
    QFETCH(schema::Table, definition);
    QFETCH(QStringList, sorted);
    QFETCH(QString, expected);
    QList<Sort> sorts;
    for (const QString &name : sorted) {
        const bool descending = name.startsWith(u'-');
        sorts << sortBy(definition, QStringLiteral("t"), descending ? name.mid(1) : name,
                        descending);
    }
    QCOMPARE(printed(pageOf(definition, QStringLiteral("t"), sorts).sorts), expected);
}

void tst_paging::pagesNameTheirColumns()
{
    const auto names = [](const schema::Table &definition) {
        QStringList result;
        for (const ColumnRef &entry : pageOf(definition, QStringLiteral("x")).columns)
            result << entry.alias + u'.' + entry.column;
        return result.join(u' ');
    };
    QCOMPARE(names(table({column("id", true, true), column("a", false)})),
             QStringLiteral("x.id x.a"));
    QCOMPARE(names(table({column("a", false)})), QStringLiteral("x.a x.ctid"));
}

void tst_paging::keysetOfARow()
{
    Select select =
        pageOf(table({column("a", false), column("id", true, true)}), QStringLiteral("t"),
               {{{QStringLiteral("t"), QStringLiteral("a")}, true, true}});
    const QList<sql::Parameter> row{sql::Parameter(), sql::Parameter("7")};
    const std::optional<Keyset> keyset = keysetOf(select, row, true);
    QVERIFY(keyset);
    QCOMPARE(*keyset, (Keyset{{sql::Parameter(), sql::Parameter("7")}, true}));
    select.columns.removeLast();
    QVERIFY(!keysetOf(select, row, true));
}

void tst_paging::sortableTypes_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("expected");
    for (const char *type : {"", "text", "numeric(12, 2)", "jsonb", "uuid[]", "order_status"})
        QTest::addRow("%s", type) << QString::fromLatin1(type) << true;
    for (const char *type : {"json", "point", "xml", "json[]"})
        QTest::addRow("%s", type) << QString::fromLatin1(type) << false;
}

void tst_paging::sortableTypes()
{
    QFETCH(QString, type);
    QFETCH(bool, expected);
    QCOMPARE(isSortable(type), expected);
}

QTEST_GUILESS_MAIN(tst_paging)
#include "tst_paging.moc"
