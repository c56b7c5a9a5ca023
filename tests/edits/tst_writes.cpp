// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/inverse.h"
#include "edits/statements.h"

#include <QTest>

using namespace edits;

namespace
{

schema::Column column(const char *name, const char *type, bool notNull = false)
{
    return {
        .name = QString::fromLatin1(name), .type = QString::fromLatin1(type), .notNull = notNull};
}

schema::ForeignKey key(const char *from, const char *to)
{
    return {.columns = {QString::fromLatin1(from)},
            .targetTable = QString::fromLatin1(to),
            .targetColumns = {QStringLiteral("id")}};
}

schema::Table table(const char *name, QList<schema::Column> columns,
                    const QList<schema::ForeignKey> &keys = {})
{
    columns.prepend({.name = QStringLiteral("id"),
                     .type = QStringLiteral("integer"),
                     .primaryKey = true,
                     .notNull = true});
    return {.name = {{}, QString::fromLatin1(name)}, .columns = columns, .foreignKeys = keys};
}

/// organizations ← contacts ← orders; people refer to each other; countries are for all.
schema::Database shop()
{
    schema::Database database;
    // The referring tables first: the order is not the file's.
    database.tables << table("orders", {column("contact_id", "integer")},
                             {key("contact_id", "contacts")})
                    << table("contacts",
                             {column("organization_id", "integer", true), column("name", "text"),
                              column("data", "json"), column("price", "numeric(10,2)"),
                              column("at", "timestamp with time zone")},
                             {key("organization_id", "organizations")})
                    << table("organizations", {column("name", "text")})
                    << table("people", {column("boss_id", "integer"), column("seat", "integer")},
                             {key("boss_id", "people")})
                    << table("countries", {column("name", "text")});
    database.tables[3].uniques << schema::Unique{.columns = {QStringLiteral("seat")}};
    database.tables[1].columns[2].generated.reset();
    schema::Column sum = column("sum", "integer");
    sum.generated = schema::Generated{};
    database.tables[1].columns << sum;
    database.tables << schema::Table{.name = {{}, QStringLiteral("logs")},
                                     .columns = {column("line", "text")}};
    database.tables << table("rates", {column("disc%2", "text"), column("a%1", "text")});
    return database;
}

RowId id(const char *name, const char *value)
{
    return {{{}, QString::fromLatin1(name)}, {QStringLiteral("id")}, {value}};
}

CellEdit cell(const char *name, const sql::Parameter &before, const char *after)
{
    return {QString::fromLatin1(name), OldValue::of(before),
            after ? NewValue{NewValue::Kind::Value, after} : NewValue{}};
}

QList<SeenField> seen(const char *column, const char *value)
{
    return {{QString::fromLatin1(column), OldValue::of(QByteArray(value))}};
}

Reach all()
{
    return {.classification = tenant::classify(shop(), {}), .tenant = {}};
}

Reach ofTenant()
{
    return {.classification = tenant::classify(shop(), {}),
            .tenant = QStringLiteral("1"),
            .names = {{QStringLiteral("2"), QStringLiteral("Initech")}}};
}

/// The rows in their order, or the reason.
QString order(const base::Result<QList<Write>> &writes)
{
    if (!writes)
        return writes.error().where + QStringLiteral(": ") + writes.error().detail;
    QStringList names;
    for (const Write &write : *writes) {
        static const QChar marks[] = {u'~', u'+', u'-'};
        names << marks[int(write.edit.kind)] + write.edit.id.table.name +
                     (write.edit.id.isNew() ? QString::number(write.edit.id.number)
                                            : QString::fromUtf8(write.edit.id.key.first()));
    }
    return names.join(u' ');
}
} // namespace

class WritesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts();
    void namesLikePlaces();
    void orders_data();
    void orders();
    void refuses_data();
    void refuses();
    void inverse();
};

void WritesTest::texts()
{
    Staged staged =
        withCell({}, id("contacts", "5"), QStringLiteral("1"), cell("name", "O'Hara", "Ada"));
    for (const CellEdit &change : {cell("data", "{}", "[1]"), cell("price", "1.00", "2.00"),
                                   cell("at", std::nullopt, "now")})
        staged = withCell(staged, id("contacts", "5"), QStringLiteral("1"), change);
    const base::Result<QList<Write>> writes = writesOf(staged, shop(), ofTenant());
    QVERIFY2(writes.ok(), writes ? "" : qPrintable(base::toLine(writes.error())));
    const sql::Statement statement = writes->first().statement;
    const auto shown = [](const char *name) {
        return QStringLiteral("CASE WHEN pg_catalog.octet_length(pg_catalog.concat(r.\"%1\")) <= "
                              "65536 THEN r.\"%1\" END AS \"%1\"")
            .arg(QLatin1String(name));
    };
    const auto digest = [](int index, const char *name) {
        return QStringLiteral("CASE WHEN pg_catalog.octet_length(pg_catalog.concat(r.\"%1\")) > "
                              "65536 THEN '%2:' || pg_catalog.md5(pg_catalog.concat(r.\"%1\") "
                              "COLLATE \"C\") || ' ' ELSE '' END")
            .arg(QLatin1String(name))
            .arg(index);
    };
    QCOMPARE(statement.text,
             QStringLiteral(
                 "UPDATE \"public\".\"contacts\" AS r\n"
                 "SET \"name\" = $1,\n    \"data\" = $2,\n    \"price\" = $3,\n    \"at\" = $4\n"
                 "WHERE r.\"id\" = $5\n"
                 "  AND r.\"name\" IS NOT DISTINCT FROM $6 COLLATE \"C\"\n"
                 "  AND pg_catalog.num_nulls(r.\"data\") = 0 AND "
                 "pg_catalog.concat(r.\"data\") COLLATE \"C\" = $7\n"
                 "  AND pg_catalog.num_nulls(r.\"price\") = 0 AND "
                 "pg_catalog.concat(r.\"price\") COLLATE \"C\" = $8\n"
                 "  AND pg_catalog.num_nulls(r.\"at\") = 1\n"
                 "  AND r.\"organization_id\" = $9\n"
                 "RETURNING r.\"id\",\n    %1,\n    %2,\n    %3,\n    r.\"at\",\n    "
                 "%4\n    || %5\n    || %6 AS \"sluice_digests\"")
                 .arg(shown("name"), shown("data"), shown("price"), digest(1, "name"),
                      digest(2, "data"), digest(3, "price")));
    QCOMPARE(statement.parameters, (QList<sql::Parameter>{"Ada", "[1]", "2.00", "now", "5",
                                                          "O'Hara", "{}", "1.00", "1"}));
    QVERIFY2(writes->first().readable.contains(QStringLiteral("r.\"name\" = 'O''Hara'")),
             qPrintable(writes->first().readable));
}

/// A column's name is no place in a template.
void WritesTest::namesLikePlaces()
{
    Staged staged = withCell({}, id("rates", "5"), {}, cell("disc%2", "0", "1"));
    staged = withCell(staged, id("rates", "5"), {}, cell("a%1", "0", "1"));
    const base::Result<QList<Write>> writes = writesOf(staged, shop(), all());
    QVERIFY2(writes.ok(), writes ? "" : qPrintable(base::toLine(writes.error())));
    const QString text = writes->first().statement.text;
    const QString expected = QStringLiteral(
        "RETURNING r.\"id\",\n"
        "    CASE WHEN pg_catalog.octet_length(pg_catalog.concat(r.\"disc%2\")) <= 65536 "
        "THEN r.\"disc%2\" END AS \"disc%2\",\n"
        "    CASE WHEN pg_catalog.octet_length(pg_catalog.concat(r.\"a%1\")) <= 65536 "
        "THEN r.\"a%1\" END AS \"a%1\",\n"
        "    CASE WHEN pg_catalog.octet_length(pg_catalog.concat(r.\"disc%2\")) > 65536 "
        "THEN '1:' || pg_catalog.md5(pg_catalog.concat(r.\"disc%2\") COLLATE \"C\") || ' ' "
        "ELSE '' END\n"
        "    || CASE WHEN pg_catalog.octet_length(pg_catalog.concat(r.\"a%1\")) > 65536 "
        "THEN '2:' || pg_catalog.md5(pg_catalog.concat(r.\"a%1\") COLLATE \"C\") || ' ' "
        "ELSE '' END AS \"sluice_digests\"");
    QCOMPARE(text.mid(text.indexOf(QLatin1String("RETURNING"))), expected);
}

void WritesTest::orders_data()
{
    QTest::addColumn<Staged>("staged");
    QTest::addColumn<QString>("expected");
    const auto deletion = [](Staged staged, const RowId &row, const QList<SeenField> &fields) {
        return withDeletion(std::move(staged), row, {}, fields);
    };
    Staged staged = deletion({}, id("organizations", "1"), {});
    staged = deletion(staged, id("contacts", "2"), seen("organization_id", "1"));
    staged = deletion(staged, id("orders", "3"), seen("contact_id", "2"));
    QTest::newRow("deletions: children first")
        << staged << QStringLiteral("-orders3 -contacts2 -organizations1");
    staged = withNewRow({}, {{}, QStringLiteral("orders")}, {}, {cell("id", {}, "1")});
    staged = withNewRow(staged, {{}, QStringLiteral("contacts")}, {},
                        {cell("id", {}, "1"), cell("organization_id", {}, "1")});
    staged = withNewRow(staged, {{}, QStringLiteral("organizations")}, {}, {cell("id", {}, "1")});
    QTest::newRow("new rows: parents first")
        << staged << QStringLiteral("+organizations3 +contacts2 +orders1");
    // An order is moved to a new contact before the old one goes.
    staged = withCell({}, id("orders", "1"), {}, cell("contact_id", "2", "9"));
    staged = deletion(staged, id("contacts", "2"), seen("organization_id", "1"));
    staged = withNewRow(staged, {{}, QStringLiteral("contacts")}, {},
                        {cell("id", {}, "9"), cell("organization_id", {}, "1")});
    QTest::newRow("moved from one row to another")
        << staged << QStringLiteral("+contacts1 ~orders1 -contacts2");
    // A tree within a table.
    staged = deletion({}, id("people", "1"), {});
    staged = deletion(staged, id("people", "2"), seen("boss_id", "1"));
    QTest::newRow("deletions within a table") << staged << QStringLiteral("-people2 -people1");
    staged = withNewRow({}, {{}, QStringLiteral("people")}, {},
                        {cell("id", {}, "5"), cell("boss_id", {}, "6")});
    staged = withNewRow(staged, {{}, QStringLiteral("people")}, {}, {cell("id", {}, "6")});
    QTest::newRow("new rows within a table") << staged << QStringLiteral("+people2 +people1");
    // A unique value is free before it is taken.
    staged = withCell({}, id("people", "1"), {}, cell("seat", "1", "2"));
    staged = withCell(staged, id("people", "2"), {}, cell("seat", "2", "3"));
    QTest::newRow("a unique value passed on") << staged << QStringLiteral("~people2 ~people1");
    staged = withCell(staged, id("people", "2"), {}, cell("seat", "2", "1"));
    QTest::newRow("exchanged") << staged
                               << QStringLiteral(
                                      "people id = 1; people id = 2: these rows need each other in "
                                      "a circle: they point at each other, or exchange values that "
                                      "are unique");
}

void WritesTest::orders()
{
    QFETCH(Staged, staged);
    QFETCH(QString, expected);
    QCOMPARE(order(writesOf(staged, shop(), all())), expected);
}

void WritesTest::refuses_data()
{
    QTest::addColumn<Staged>("staged");
    QTest::addColumn<QString>("why");
    const QString tenant = QStringLiteral("1");
    QTest::newRow("generated") << withCell({}, id("contacts", "1"), tenant, cell("sum", "1", "2"))
                               << QStringLiteral("generated");
    QTest::newRow("moved away") << withCell({}, id("contacts", "1"), tenant,
                                            cell("organization_id", "1", "2"))
                                << QStringLiteral("not belong");
    QTest::newRow("moved to nobody")
        << withCell({}, id("contacts", "1"), tenant, cell("organization_id", "1", nullptr))
        << QStringLiteral("not belong");
    QTest::newRow("new in another tenant")
        << withNewRow({}, {{}, QStringLiteral("contacts")}, tenant,
                      {cell("id", {}, "1"), cell("organization_id", {}, "2")})
        << QStringLiteral("not belong");
    QTest::newRow("staged in another tenant")
        << withCell({}, id("contacts", "1"), QStringLiteral("2"), cell("name", "a", "b"))
        << QStringLiteral("another tenant, Initech");
    QTest::newRow("for all tenants")
        << withCell({}, id("countries", "1"), tenant, cell("name", "a", "b"))
        << QStringLiteral("the same for all tenants");
    QTest::newRow("without a key")
        << withCell({}, {{{}, QStringLiteral("logs")}, {}, {}}, tenant, cell("line", "a", "b"))
        << QStringLiteral("told apart");
    QTest::newRow("another key by now")
        << withCell({}, {{{}, QStringLiteral("contacts")}, {QStringLiteral("name")}, {"a"}}, tenant,
                    cell("name", "a", "b"))
        << QStringLiteral("another key");
    QTest::newRow("gone column") << withCell({}, id("contacts", "1"), tenant,
                                             cell("nickname", "a", "b"))
                                 << QStringLiteral("no column nickname");
    QTest::newRow("gone table") << withCell({}, id("nothing", "1"), tenant, cell("name", "a", "b"))
                                << QStringLiteral("not in the database");
    QTest::newRow("value missing") << withNewRow({}, {{}, QStringLiteral("contacts")}, tenant,
                                                 {cell("organization_id", {}, "1")})
                                   << QStringLiteral("a value is needed for id");
}

void WritesTest::refuses()
{
    QFETCH(Staged, staged);
    QFETCH(QString, why);
    const base::Result<QList<Write>> writes = writesOf(staged, shop(), ofTenant());
    QVERIFY(!writes);
    QCOMPARE(writes.error().kind, base::ErrorKind::Refused);
    QVERIFY2(writes.error().detail.contains(why), qPrintable(base::toLine(writes.error())));
}

void WritesTest::inverse()
{
    const auto field = [](const char *name, const char *text) {
        return SeenField{QString::fromLatin1(name), {.text = sql::Parameter(text)}};
    };
    Staged staged = withCell({}, id("contacts", "1"), {}, cell("id", "1", "7"));
    staged = withCell(staged, id("contacts", "1"), {}, cell("name", "a", "b"));
    staged = withDeletion(staged, id("orders", "3"), {}, {});
    staged = withNewRow(staged, {{}, QStringLiteral("people")}, {}, {});
    const QList<Written> written{
        {staged.rows.at(0), {}, {field("id", "7"), field("name", "b"), field("sum", "1")}},
        {staged.rows.at(1), {}, {field("id", "3"), field("contact_id", "2")}},
        {staged.rows.at(2), {}, {field("id", "4"), field("seat", "1")}}};
    const Staged back = inverseOf(written, shop());
    QCOMPARE(order(writesOf(back, shop(), all())), QStringLiteral("-people4 +orders1 ~contacts7"));
    QCOMPARE(back.rows.at(2).cells,
             (QList<CellEdit>{cell("id", "7", "1"), cell("name", "b", "a")}));
    QVERIFY(back.rows.at(1).restores);
    QCOMPARE(back.rows.at(1).cells.size(), 2);
}

QTEST_GUILESS_MAIN(WritesTest)
#include "tst_writes.moc"
