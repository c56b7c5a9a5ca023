// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/surroundings.h"

#include <QTest>

using schema::Dependant;
using schema::ObjectId;
using schema::ObjectKind;
using Tie = schema::Dependant::Tie;

namespace
{
ObjectId view(const char *name)
{
    return {ObjectKind::View, {QString(), QString::fromLatin1(name)}};
}

ObjectId column(const char *table, const char *name)
{
    return {ObjectKind::Column, {QString(), QString::fromLatin1(table)}, QString::fromLatin1(name)};
}

const ObjectId member{ObjectKind::Table, {QString(), QStringLiteral("member")}};
const ObjectId nameIndex{ObjectKind::Index, {QString(), QStringLiteral("member_name")}};

QString printed(const QList<ObjectId> &ids)
{
    QStringList names;
    for (const ObjectId &id : ids)
        names << id.name.name + (id.part.isEmpty() ? QString() : u'.' + id.part);
    return names.join(u' ');
}
} // namespace

class TestSurroundings final : public QObject
{
    Q_OBJECT

    schema::Surroundings m_surroundings;

    void uses(const ObjectId &dependant, const ObjectId &on, Tie tie = Tie::Normal)
    {
        m_surroundings.usedBy[on].append({dependant, tie});
    }

private Q_SLOTS:
    void initTestCase()
    {
        uses(column("member", "name"), member, Tie::Part);
        uses(column("member", "id"), member, Tie::Part);
        uses(nameIndex, column("member", "name"), Tie::Automatic);
        uses(column("member", "upper_name"), column("member", "name"));
        uses(view("names"), column("member", "name"));
        uses(view("counts"), member);
        uses(column("names", "name"), view("names"), Tie::Part);
        // Used by two others, and each of them by the last one.
        uses(view("left"), column("names", "name"));
        uses(view("right"), view("names"));
        uses(view("both"), view("left"));
        uses(view("both"), view("right"));
        // A circle, as a view and its rule make one.
        uses(view("ring"), view("loop"));
        uses(view("loop"), view("ring"));
    }

    void dependants_data()
    {
        QTest::addColumn<ObjectId>("id");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << view("both") << QString();
        QTest::newRow("unknown") << view("none") << QString();
        QTest::newRow("through a column of a view")
            << view("names") << QStringLiteral("both left right");
        QTest::newRow("column") << column("member", "name")
                                << QStringLiteral("member_name member.upper_name both left right "
                                                  "names");
        QTest::newRow("table") << member
                               << QStringLiteral("member_name member.upper_name both left right "
                                                 "names counts");
        QTest::newRow("column without") << column("member", "id") << QString();
        QTest::newRow("circle") << view("ring") << QStringLiteral("loop");
    }
    void dependants()
    {
        QFETCH(ObjectId, id);
        QTEST(printed(m_surroundings.dependants(id)), "expected");
    }

    void unknownObject()
    {
        QCOMPARE(m_surroundings.object(nameIndex).id, nameIndex);
        QVERIFY(m_surroundings.object(nameIndex).definition.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestSurroundings)
#include "tst_surroundings.moc"
