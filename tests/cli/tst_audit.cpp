// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/smallproject.h"
#include "support/server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using testsupport::Run;
using testsupport::sluice;
using testsupport::SmallProject;

namespace
{

/// Two markers stand for constraints that a remedy adds: of contacts and of orders.
const QString shop = QStringLiteral(R"(
const tenant = () => pg.text('organization_id').notNull().references(() => organizations.id);
export const organizations = pg.pgTable('organizations', { id: pg.text().primaryKey(), name: pg.text().notNull() });
export const countries = pg.pgTable('countries', { code: pg.text().primaryKey() });
export const products = pg.pgTable('products', {
  id: pg.integer().primaryKey(), organizationId: pg.text('organization_id').references(() => organizations.id),
});
export const contacts = pg.pgTable('contacts', {
  id: pg.integer().primaryKey(), organizationId: tenant(),
  managerId: pg.integer('manager_id').references((): pg.AnyPgColumn => contacts.id),
  country: pg.text().references(() => countries.code),
}, (t) => [/*contacts*/]);
export const orders = pg.pgTable('orders', {
  id: pg.integer().primaryKey(), organizationId: tenant(),
  contactId: pg.integer('contact_id')/*{*/.references(() => contacts.id, { onDelete: 'cascade' })/*}*/,
  reviewerId: pg.integer('reviewer_id').references(() => contacts.id, { onDelete: 'set null' }),
}, (t) => [pg.unique('orders_of').on(t.organizationId, t.id), /*orders*/]);
export const orderItems = pg.pgTable('order_items', {
  id: pg.integer().primaryKey(),
  orderId: pg.integer('order_id').notNull().references(() => orders.id),
  productId: pg.integer('product_id').references(() => products.id),
});
export const invoices = pg.pgTable('invoices', {
  id: pg.integer().primaryKey(), organizationId: tenant(), orderId: pg.integer('order_id'),
}, (t) => [pg.foreignKey({ columns: [t.organizationId, t.orderId], foreignColumns: [orders.organizationId, orders.id], name: 'invoices_order' })]);
)");

const QByteArray rowsOfBoth =
    "insert into organizations values ('a', 'Globex'), ('b', 'Initech');"
    "insert into countries values ('at');"
    "insert into products values (1, 'a'), (2, 'b'), (3, null);"
    "insert into contacts values (1, 'a', null, 'at'), (2, 'b', null, 'at'), (3, 'a', 1, 'at'),"
    " (4, 'b', 1, 'at');"
    "insert into orders values (1, 'a', 1, null), (2, 'b', 2, 2);"
    "insert into order_items values (1, 1, 1), (2, 2, 2);"
    "insert into invoices values (1, 'a', 1), (2, 'b', null);";

/// What the database holds against one's own rules: two orders, a reviewer, an item.
const QByteArray mistakes =
    "insert into orders values (3, 'a', 2, null), (4, 'b', 1, null), (5, 'a', 1, 2);"
    "insert into order_items values (3, 1, 2), (4, 1, 3);";

QJsonArray keysOf(const Run &run)
{
    return QJsonDocument::fromJson(run.output.toUtf8())
        .object()
        .value(QLatin1String("foreignKeys"))
        .toArray();
}

QJsonObject keyOf(const Run &run, const char *table, const char *column)
{
    for (const QJsonValue &value : keysOf(run)) {
        const QJsonObject key = value.toObject();
        if (key.value(QLatin1String("table")) == QLatin1String(table) &&
            key.value(QLatin1String("columns")).toArray().contains(QLatin1String(column)))
            return key;
    }
    return {};
}

QStringList statementsOf(const QJsonObject &key)
{
    QStringList statements;
    for (const QJsonValue &value : key.value(QLatin1String("statements")).toArray())
        statements << value.toString();
    return statements;
}

QString withoutSpace(const QString &text)
{
    return text.simplified().remove(u' ');
}
} // namespace

/// Rows that point at another tenant's row, and what keeps them from it.
class TestAudit final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findings();
    void clean();
    void rows();
    void theKeyHolds_data();
    void theKeyHolds();
    void theCodeAsItSays();
    void refused();

private:
    /// A database of the shop with both tenants' rows and \a more.
    pg::Settings shopWith(const QByteArray &more);
    Run auditOf(const pg::Settings &database, const char *format = "json");

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<SmallProject> m_project;
};

void TestAudit::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_project = std::make_unique<SmallProject>();
    QVERIFY(m_project->isValid());
    m_project->setSchema(shop);
    QCOMPARE(m_project->generate().exitCode, 0);
}

pg::Settings TestAudit::shopWith(const QByteArray &more)
{
    const pg::Settings database = m_server->createDatabase(QStringLiteral("audit"));
    const Run made =
        sluice({QStringLiteral("migrate"), m_project->path()}, m_server->tcpUrl(database));
    if (made.exitCode != 0)
        qWarning("%s", qPrintable(made.error));
    const QString error = m_server->run(database, rowsOfBoth + more);
    if (!error.isEmpty())
        qWarning("%s", qPrintable(error));
    return database;
}

Run TestAudit::auditOf(const pg::Settings &database, const char *format)
{
    return sluice({QStringLiteral("audit"), m_project->path(), QStringLiteral("--format"),
                   QLatin1String(format)},
                  m_server->tcpUrl(database));
}

void TestAudit::findings()
{
    const Run run = auditOf(shopWith(mistakes));
    QCOMPARE(run.exitCode, 1);
    QStringList found;
    for (const QJsonValue &value : keysOf(run)) {
        const QJsonObject key = value.toObject();
        QStringList columns;
        for (const QJsonValue &column : key.value(QLatin1String("columns")).toArray())
            columns << column.toString();
        found << QStringLiteral("%1.%2 %3")
                     .arg(key.value(QLatin1String("table")).toString().section(u'.', 1),
                          columns.join(u','),
                          key.value(QLatin1String("cannotCross")).toBool()
                              ? QStringLiteral("cannot")
                              : QStringLiteral("%1 %2")
                                    .arg(key.value(QLatin1String("crossing")).toInt(-1))
                                    .arg(key.value(QLatin1String("oneSided")).toInt(-1)));
    }
    found.sort();
    // Neither the keys to organizations, nor those to countries, nor the one by which an item gets
    // its tenant. One contact is managed by another tenant's; one product belongs to nobody.
    const QStringList expected{QStringLiteral("contacts.manager_id 1 0"),
                               QStringLiteral("invoices.organization_id,order_id cannot"),
                               QStringLiteral("order_items.product_id 1 1"),
                               QStringLiteral("orders.contact_id 2 0"),
                               QStringLiteral("orders.reviewer_id 1 0")};
    QCOMPARE(found, expected);
}

void TestAudit::clean()
{
    const pg::Settings database = shopWith("update contacts set manager_id = null where id = 4");
    QCOMPARE(auditOf(database).exitCode, 0);
    const Run text = auditOf(database, "text");
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.output.contains(QLatin1String("without a finding: 4; that cannot cross: 1")),
             qPrintable(text.output));
}

void TestAudit::rows()
{
    const Run run = auditOf(shopWith(mistakes), "csv");
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.output.contains(QLatin1String(
                 "orders,tenant of orders,contact_id,tenant of contacts,organization_id of "
                 "orders,organization_id of contacts\n3,Globex,2,Initech,a,b\n4,Initech,1,Globex,b,"
                 "a\n")),
             qPrintable(run.output));
    // What is of two tenants first, then what only one end says the tenant of.
    QVERIFY2(run.output.contains(QLatin1String("3,Globex,2,Initech,a,b\n4,Globex,3,,a,\n")),
             qPrintable(run.output));
}

void TestAudit::theKeyHolds_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("mended");
    QTest::addColumn<QByteArray>("refused");
    QTest::addColumn<QByteArray>("taken");
    QTest::newRow("between two tables")
        << QByteArray("public.orders") << QByteArray("contact_id")
        << QByteArray("delete from orders where id in (3, 4)")
        << QByteArray("insert into orders values (9, 'a', 2, null)")
        << QByteArray("insert into orders values (9, 'a', 1, null); delete from order_items;"
                      "update contacts set manager_id = null; delete from invoices;"
                      "delete from contacts where id = 1;"
                      "do $$ begin assert not exists (select from orders where contact_id = 1); "
                      "end $$");
    QTest::newRow("to the table itself")
        << QByteArray("public.contacts") << QByteArray("manager_id")
        << QByteArray("update contacts set manager_id = 2 where id = 4")
        << QByteArray("update contacts set manager_id = 2 where id = 3")
        << QByteArray("update contacts set manager_id = 3 where id = 1");
    QTest::newRow("that is emptied when its target goes")
        << QByteArray("public.orders") << QByteArray("reviewer_id")
        << QByteArray("update orders set reviewer_id = null where id = 5")
        << QByteArray("update orders set reviewer_id = 2 where id = 1")
        << QByteArray("update orders set reviewer_id = 3 where id = 1; delete from contacts where "
                      "id = 3; do $$ begin assert (select reviewer_id is null and organization_id "
                      "= 'a' from orders where id = 1); end $$");
}

/// The statements of the remedy, on the database itself.
void TestAudit::theKeyHolds()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, mended);
    QFETCH(QByteArray, refused);
    QFETCH(QByteArray, taken);
    const pg::Settings database = shopWith(mistakes);
    const QStringList statements =
        statementsOf(keyOf(auditOf(database), table.constData(), column.constData()));
    const QByteArray script = statements.join(u'\n').toUtf8();
    QVERIFY(!script.isEmpty());
    QVERIFY2(m_server->run(database, script).contains(QLatin1String("foreign key")),
             "rows are in the way");
    QCOMPARE(m_server->run(database, mended), QString());
    QCOMPARE(m_server->run(database, script), QString());
    QVERIFY(m_server->run(database, refused).contains(QLatin1String("foreign key")));
    QCOMPARE(m_server->run(database, taken), QString());
    const QJsonObject after = keyOf(auditOf(database), table.constData(), column.constData());
    QVERIFY(after.value(QLatin1String("cannotCross")).toBool());
}

/// The code of the remedy, put where it says, makes the migration that it says.
void TestAudit::theCodeAsItSays()
{
    const QJsonObject key = keyOf(auditOf(shopWith(mistakes)), "public.orders", "contact_id");
    const QStringList parts =
        key.value(QLatin1String("drizzle")).toString().split(QStringLiteral("\n\n"));
    QCOMPARE(parts.size(), 2);
    const auto code = [](const QString &part, const char *builder) {
        return part.section(u'\n', 1).replace(QLatin1String(builder),
                                              QLatin1String("pg.") + QLatin1String(builder));
    };
    QString changed = shop;
    const qsizetype from = changed.indexOf(QLatin1String("/*{*/"));
    const qsizetype to = changed.indexOf(QLatin1String("/*}*/"));
    changed.remove(from, to - from);
    changed.replace(QLatin1String("/*contacts*/"), code(parts.at(0), "unique"));
    changed.replace(QLatin1String("/*orders*/"), code(parts.at(1), "foreignKey"));
    SmallProject project;
    QVERIFY(project.isValid());
    project.setSchema(shop);
    QCOMPARE(project.generate().exitCode, 0);
    project.setSchema(changed);
    const Run run = project.generate({QStringLiteral("--name"), QStringLiteral("hold")});
    QVERIFY2(run.exitCode == 0, qPrintable(run.error));
    const QString written = QString::fromUtf8(project.read(QStringLiteral("drizzle/0001_hold.sql")))
                                .remove(QLatin1String("--> statement-breakpoint"));
    QCOMPARE(withoutSpace(written), withoutSpace(statementsOf(key).join(u'\n')));
}

void TestAudit::refused()
{
    const Run run = auditOf(m_server->createDatabase(QStringLiteral("no_tenants"),
                                                     "create table plain (id int primary key)"),
                            "text");
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.error.contains(QLatin1String("No tenant column")), qPrintable(run.error));
}

QTEST_GUILESS_MAIN(TestAudit)

#include "tst_audit.moc"
