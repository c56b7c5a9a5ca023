// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/relations.h"

#include <QTest>

using namespace query;

namespace
{
QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// "id contact_id?": a question mark is for a column that can be NULL.
schema::Table table(const char *name, const char *columns, const QStringList &keys = {})
{
    schema::Table made;
    made.name.name = s(name);
    for (const QString &word : s(columns).split(u' ')) {
        const bool isNullable = word.endsWith(u'?');
        const QString column = isNullable ? word.chopped(1) : word;
        made.columns.append({.name = column,
                             .type = column.endsWith(s("id")) ? s("integer") : s("text"),
                             .primaryKey = column == s("id"),
                             .notNull = !isNullable});
    }
    for (const QString &key : keys) { // "a,b>target.c,d"
        const QStringList sides = key.split(u'>');
        made.foreignKeys.append({.columns = sides.at(0).split(u','),
                                 .targetTable = sides.at(1).section(u'.', 0, 0),
                                 .targetColumns = sides.at(1).section(u'.', 1).split(u',')});
    }
    return made;
}

schema::Relation relation(const char *from, const char *name, const char *target,
                          const QStringList &columns = {}, const QStringList &targetColumns = {},
                          schema::Relation::Kind kind = schema::Relation::Kind::One,
                          const char *relationName = "")
{
    return {.table = {{}, s(from)},
            .name = s(name),
            .kind = kind,
            .target = {{}, s(target)},
            .columns = columns,
            .targetColumns = targetColumns,
            .relationName = s(relationName)};
}

/// "contact contacts contact_id=id -> one d": the way, its direction and what it is known from.
QString printed(const Relation &relation)
{
    QStringList pairs;
    for (qsizetype i = 0; i < relation.keyColumns.size(); ++i) {
        const bool isNamed = relation.columns.contains(relation.keyColumns.at(i));
        pairs << (isNamed ? s("%1=%2") : s("(%1=%2)"))
                     .arg(relation.keyColumns.at(i), relation.keyTargetColumns.at(i));
    }
    return s("%1: %2 %3 %4 %5%6 ")
               .arg(relation.name, relation.target.name, pairs.join(u','),
                    relation.refers ? s("->") : s("<-"), relation.many ? s("many") : s("one"),
                    relation.optional ? s("?") : QString()) +
           (relation.origins.testFlag(Origin::DatabaseKey) ? s("d") : QString()) +
           (relation.origins.testFlag(Origin::CodeKey) ? s("c") : QString()) +
           (relation.origins.testFlag(Origin::Drizzle) ? s("r") : QString());
}

struct Schemas {
    schema::Database database;
    schema::Database code;
};

/// Keys in the database, in the code, in both; relations of the code with and without a key.
Schemas shop()
{
    Schemas made;
    schema::Table profiles = table("profiles", "id contact_id bio", {s("contact_id>contacts.id")});
    profiles.uniques = {{.columns = {s("contact_id")}}};
    made.database.tables = {
        table("contacts", "id org_id name manager_id?", {s("manager_id>contacts.id")}),
        table("orders", "id contact_id owner_id? created_by? status_code",
              {s("contact_id>contacts.id"), s("owner_id>users.id"), s("created_by>users.id")}),
        profiles,
        table("statuses", "code title"),
        table("tickets", "id org_id contact_id", {s("org_id,contact_id>contacts.org_id,id")}),
        table("users", "id email"),
        table("visits", "id contact_id guest_id", {}),
    };
    made.code = made.database;
    made.code.tables[3].columns[0].primaryKey = made.database.tables[3].columns[0].primaryKey =
        true;
    made.code.tables[1].foreignKeys.removeLast(); // created_by is a key of the database only
    made.code.tables[6] = table("visits", "id contact_id guest_id new_id",
                                {s("contact_id>contacts.id"), s("new_id>users.id")});
    using enum schema::Relation::Kind;
    made.code.relations = {
        relation("orders", "customer", "contacts", {s("contact_id")}, {s("id")}),
        relation("contacts", "orders", "orders", {}, {}, Many),
        relation("orders", "status", "statuses", {s("status_code")}, {s("code")}),
        relation("contacts", "boss", "contacts", {s("manager_id")}, {s("id")}, One, "m"),
        relation("contacts", "reports", "contacts", {}, {}, Many, "m"),
        relation("contacts", "profile", "profiles", {s("id")}, {s("contact_id")}),
        relation("tickets", "contact", "contacts", {s("contact_id")}, {s("id")}),
        relation("users", "lost", "orders", {s("id")}, {s("no_such")}, Many),
    };
    return made;
}
} // namespace

class tst_related : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void relations_data();
    void relations();
    void namesAreUnique();
    void labels_data();
    void labels();
};

void tst_related::relations_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("keys of both, of the database, relations without a key")
        << s("orders")
        << QStringList{s("customer: contacts contact_id=id -> one dcr"),
                       s("owner: users owner_id=id -> one? dc"),
                       s("status: statuses status_code=code -> one r"),
                       s("users: users created_by=id -> one? d")};
    QTest::newRow("both ways, to itself, to one that is unique, by two columns")
        << s("contacts")
        << QStringList{s("boss: contacts manager_id=id -> one? dcr"),
                       s("orders: orders id=contact_id <- many? dcr"),
                       s("profile: profiles id=contact_id <- one? dcr"),
                       s("reports: contacts id=manager_id <- many? dcr"),
                       s("tickets: tickets org_id=org_id,id=contact_id <- many? dc"),
                       s("visits: visits id=contact_id <- many? c")};
    QTest::newRow("a key with the tenant beside what the code names")
        << s("tickets")
        << QStringList{s("contact: contacts (org_id=org_id),contact_id=id -> one dcr")};
    QTest::newRow("two keys to one table; columns that only the code has")
        << s("users")
        << QStringList{s("orders (created_by): orders id=created_by <- many? d"),
                       s("orders (owner_id): orders id=owner_id <- many? dc")};
    QTest::newRow("a key of the code alone")
        << s("visits") << QStringList{s("contact: contacts contact_id=id -> one c")};
    QTest::newRow("a relation from the other side") << s("statuses") << QStringList{};
    QTest::newRow("none such") << s("nothing") << QStringList{};
}

void tst_related::relations()
{
    QFETCH(QString, table);
    const Schemas with = shop();
    QStringList found;
    for (const Relation &relation : relationsOf({{}, table}, with.database, with.code))
        found << printed(relation);
    QTEST(found, "expected");
}

void tst_related::namesAreUnique()
{
    Schemas with = shop();
    schema::Table other = with.database.tables.at(1);
    other.name = {s("old"), s("orders")};
    with.database.tables << other;
    QStringList names;
    for (const Relation &relation : relationsOf({{}, s("users")}, with.database, {}))
        names << relation.name;
    QCOMPARE(names.size(), 4);
    QCOMPARE(QSet<QString>(names.cbegin(), names.cend()).size(), 4);
}

void tst_related::labels_data()
{
    QTest::addColumn<schema::Table>("of");
    QTest::addColumn<QString>("guessed");
    QTest::addColumn<QStringList>("all");
    QTest::newRow("a telling name before others") << table("t", "id note email name") << s("name")
                                                  << QStringList{s("name"), s("email"), s("note")};
    schema::Table unique = table("t", "id note handle");
    unique.uniques = {{.columns = {s("handle")}}};
    QTest::newRow("a text that is unique")
        << unique << s("handle") << QStringList{s("handle"), s("note")};
    QTest::newRow("no key and no other row's")
        << table("t", "id code owner_id", {s("code>codes.code")}) << QString()
        << QStringList{s("owner_id")};
    schema::Table documents = table("t", "id name");
    documents.columns[1].type = s("jsonb");
    QTest::newRow("no document") << documents << QString() << QStringList{};
    schema::Table number = table("t", "id number");
    number.columns[1].type = s("integer");
    QTest::newRow("a number that people say") << number << s("number") << QStringList{s("number")};
}

void tst_related::labels()
{
    QFETCH(schema::Table, of);
    QTEST(labelColumn(of), "guessed");
    QTEST(labelColumns(of), "all");
}

QTEST_APPLESS_MAIN(tst_related)
#include "tst_related.moc"
