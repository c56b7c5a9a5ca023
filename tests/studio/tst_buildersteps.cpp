// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"
#include "studio/builder/buildersteps.h"
#include "studio/builder/stepcard.h"
#include "studio/widgets/chip.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace studio;
using namespace shop;

namespace
{
/// The steps as a person sees them, on orders.
struct Fixture {
    Fixture()
    {
        steps.setSchema(orderSchema());
        steps.resize(460, 900);
        steps.show();
        steps.setState(startWith({{}, s("orders")}));
    }
    template <typename T> T *find(const char *name) const
    {
        auto *found = steps.findChild<T *>(s(name));
        if (!found)
            qWarning("there is no %s", name);
        return found;
    }
    void click(const char *name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    QString sql() const
    {
        return query::render(toSelect(steps.state(), orderSchema()))
            .statement.text.simplified()
            .remove(QLatin1Char('"'));
    }

    BuilderSteps steps;
};
} // namespace

class BuilderStepsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesATable();
    void clickJoinsAndTakesAway();
    void secondLevelAppears();
    void ticksColumns();
    void everyKeystrokeCounts();
    void filterIsRemoved();
    void keyboardReachesTheChips();
    void sortsAndLimits();
    void tenantIsShownAndLocked();
    void enteringAStepTells();
};

void BuilderStepsTest::choosesATable()
{
    BuilderSteps steps;
    steps.setSchema(orderSchema());
    steps.show();
    auto *from = steps.findChild<QComboBox *>(s("fromTable"));
    QCOMPARE(from->count(), 7);
    QCOMPARE(from->currentIndex(), -1);
    QSignalSpy changed(&steps, &BuilderSteps::stateChanged);
    from->setFocus();
    QTest::keyClicks(from->lineEdit(), s("users"));
    QTest::keyClick(from->completer()->popup(), Qt::Key_Return);
    QCOMPARE(steps.state().from.table.name, s("users"));
    QVERIFY(changed.count() >= 1);
    QTest::keyClick(from, Qt::Key_Up);
    QCOMPARE(steps.state().from.table.name, s("tickets"));
}

void BuilderStepsTest::clickJoinsAndTakesAway()
{
    Fixture f;
    f.click("relation_contact");
    QVERIFY(f.sql().contains(s("JOIN contacts c")));
    QVERIFY(f.find<Chip>("relation_contact")->isChecked());
    f.click("relation_contact");
    QVERIFY(!f.sql().contains(s("contacts")));
    QVERIFY(!f.find<Chip>("relation_contact")->isChecked());
}

void BuilderStepsTest::secondLevelAppears()
{
    Fixture f;
    QVERIFY(!f.steps.findChild<Chip *>(s("relation_items.product")));
    f.click("relation_items");
    f.click("relation_items.product");
    QVERIFY(f.sql().contains(s("LEFT JOIN products p")));
    // The way back is no way on.
    QVERIFY(!f.steps.findChild<Chip *>(s("relation_items.order")));
}

void BuilderStepsTest::ticksColumns()
{
    Fixture f;
    f.click("column_total");
    QVERIFY(f.sql().startsWith(s("SELECT o.total FROM")));
    f.click("relation_contact");
    QVERIFY(f.find<Chip>("column_contact.name")->isChecked());
    f.click("column_contact.name");
    QVERIFY(!f.steps.findChild<Chip *>(s("column_contact.name")));
    f.click("addColumn");
    auto *menu = f.find<QMenu>("columnMenu");
    QMenu *contact = menu->actions().first()->menu();
    QCOMPARE(contact->title(), s("contact"));
    contact->actions().at(1)->trigger();
    QVERIFY(f.find<Chip>("column_contact.name")->isChecked());
    menu->close();
}

void BuilderStepsTest::everyKeystrokeCounts()
{
    Fixture f;
    f.click("addFilter");
    auto *value = f.find<QLineEdit>("filterValue_0");
    QCOMPARE(f.steps.focusWidget(), value);
    QSignalSpy changed(&f.steps, &BuilderSteps::stateChanged);
    auto *column = f.find<QComboBox>("filterColumn_0");
    column->setCurrentText(s("total"));
    f.find<QComboBox>("filterOperator_0")->setCurrentText(s(">"));
    changed.clear();
    QTest::keyClicks(value, s("12"));
    QCOMPARE(changed.count(), 2);
    QVERIFY(f.sql().contains(s("WHERE o.total > $1")));
    QCOMPARE(f.find<QLineEdit>("filterValue_0"), value); // still the same field
    QTest::keyClicks(value, s("x"));
    QVERIFY(!f.sql().contains(s("WHERE")));
    QCOMPARE(value->property("invalid").toBool(), true);
}

void BuilderStepsTest::filterIsRemoved()
{
    Fixture f;
    f.click("addFilter");
    f.click("addFilter");
    QTest::keyClicks(f.find<QLineEdit>("filterValue_1"), s("paid"));
    f.click("removeFilter_0");
    QCOMPARE(f.steps.state().filters.size(), 1);
    QCOMPARE(f.find<QLineEdit>("filterValue_0")->text(), s("paid"));
}

void BuilderStepsTest::keyboardReachesTheChips()
{
    Fixture f;
    auto *contact = f.find<Chip>("relation_contact");
    contact->setFocus();
    QTest::keyClick(contact, Qt::Key_Space);
    QCOMPARE(f.steps.state().joins.size(), 1);
    auto *again = f.find<Chip>("relation_contact");
    QCOMPARE(f.steps.focusWidget(), again);
    QTest::keyClick(again, Qt::Key_Return);
    QCOMPARE(f.steps.state().joins.size(), 0);
}

void BuilderStepsTest::sortsAndLimits()
{
    Fixture f;
    f.click("addSort");
    auto *menu = f.find<QMenu>("columnMenu");
    for (QAction *action : menu->actions()) {
        if (action->text() == s("created_at"))
            action->trigger();
    }
    menu->close();
    QVERIFY(f.sql().contains(s("ORDER BY o.created_at LIMIT")));
    f.click("sort_0");
    QVERIFY(f.sql().contains(s("ORDER BY o.created_at DESC LIMIT")));
    auto *chip = f.find<Chip>("sort_0");
    QTest::mouseClick(chip, Qt::LeftButton, {}, QPoint(chip->width() - 16, chip->height() / 2));
    QVERIFY(!f.sql().contains(s("ORDER BY")));
    f.find<QSpinBox>("limit")->setValue(7);
    QCOMPARE(f.steps.state().limit, 7);
}

void BuilderStepsTest::tenantIsShownAndLocked()
{
    Fixture f;
    auto *card = f.find<StepCard>("tenantStep");
    QVERIFY(!card->isVisible());
    f.steps.setScope({.columns = {s("orders.organization_id")},
                      .tenant = s("Globex"),
                      .unscoped = {s("items")}});
    QVERIFY(card->isVisible());
    QStringList texts;
    for (const QLabel *label : card->findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY(texts.contains(s("orders.organization_id = <b>Globex</b>")));
    QVERIFY(texts.join(QLatin1Char('\n')).contains(s("items is not scoped yet")));
    f.steps.setScope({});
    QVERIFY(!card->isVisible());
}

void BuilderStepsTest::enteringAStepTells()
{
    Fixture f;
    QSignalSpy entered(&f.steps, &BuilderSteps::stepEntered);
    auto *card = f.find<StepCard>("filtersStep");
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QApplication::sendEvent(card, &enter);
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.first().first().value<QList<query::Step>>(),
             QList<query::Step>{query::Step::Filters});
}

QTEST_MAIN(BuilderStepsTest)
#include "tst_buildersteps.moc"
