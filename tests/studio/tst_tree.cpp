// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/tree/treefilter.h"
#include "studio/tree/treemodel.h"
#include "studio/tree/treepanel.h"
#include "studio/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace studio;
using diff::OverlayNode;
using diff::Presence;
using Kind = diff::OverlayNode::Kind;

namespace
{

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

OverlayNode part(Kind kind, const char *name, const char *detail, const char *table,
                 Presence presence = Presence::Both)
{
    OverlayNode node;
    node.kind = kind;
    node.name = text(name);
    node.detail = text(detail);
    node.owner = {QString(), text(table)};
    node.presence = presence;
    return node;
}

OverlayNode table(const char *name, const QList<OverlayNode> &children,
                  Presence presence = Presence::Both)
{
    OverlayNode node = part(Kind::Table, name, "", name, presence);
    node.children = children;
    return node;
}

OverlayNode schemaOf(const QList<OverlayNode> &children)
{
    OverlayNode node = part(Kind::Schema, "public", "", "");
    node.children = children;
    return node;
}

QList<OverlayNode> crm()
{
    OverlayNode enums = part(Kind::EnumGroup, "Enums", "", "");
    OverlayNode type = part(Kind::Enum, "contact_type", "company, partner", "contact_type");
    type.children = {part(Kind::EnumValue, "company", "", "contact_type")};
    enums.children = {type};
    return {schemaOf({
        table("contacts",
              {part(Kind::Column, "id", "uuid", "contacts"),
               part(Kind::Column, "organization_id", "uuid", "contacts"),
               part(Kind::Column, "nickname", "text", "contacts", Presence::InCode),
               part(Kind::ForeignKey, "contacts_fk", "(organization_id) → organizations(id)",
                    "contacts"),
               part(Kind::Relation, "orders", "→ orders (many)", "contacts")},
              Presence::Differs),
        table("countries", {part(Kind::Column, "code", "char(2)", "countries")}),
        table("orders",
              {part(Kind::Column, "id", "bigint", "orders"),
               part(Kind::Column, "organization_id", "uuid", "orders"),
               part(Kind::ForeignKey, "orders_fk", "(contact_id) → contacts(id)", "orders"),
               part(Kind::Relation, "log", "→ log", "orders", Presence::InCode)}),
        table("tmp_import", {part(Kind::Column, "line", "text", "tmp_import")},
              Presence::InDatabase),
        enums,
    })};
}

/// The tree as indented names, depth first: structures compare as printed text.
QString print(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString out;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        out += QString(depth, QLatin1Char(' ')) + index.data().toString() + QLatin1Char('\n');
        out += print(model, index, depth + 1);
    }
    return out;
}

QStringList tables(const QAbstractItemModel &model)
{
    QStringList names;
    const QModelIndex schema = model.index(0, 0);
    for (int row = 0; row < model.rowCount(schema); ++row)
        names << model.index(row, 0, schema).data().toString();
    return names;
}

} // namespace

class TreeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void updates_data()
    {
        QTest::addColumn<QList<OverlayNode>>("after");
        const QList<OverlayNode> same = crm();
        QTest::newRow("the same") << same;
        QTest::newRow("nothing") << QList<OverlayNode>();
        QList<OverlayNode> reversed = same;
        std::reverse(reversed[0].children.begin(), reversed[0].children.end());
        QTest::newRow("another order") << reversed;
        QList<OverlayNode> fewer = same;
        fewer[0].children.removeAt(1);
        fewer[0].children[0].children.removeLast();
        QTest::newRow("a table and a column fewer") << fewer;
        QList<OverlayNode> more = same;
        more[0].children.insert(0,
                                table("accounts", {part(Kind::Column, "id", "uuid", "accounts")}));
        more[0].children[1].children.insert(1, part(Kind::Column, "email", "text", "contacts"));
        more << part(Kind::Schema, "auth", "", "");
        QTest::newRow("more of everything") << more;
        QList<OverlayNode> twins = same;
        twins[0].children[0].children
            << part(Kind::Relation, "orders", "→ orders (many)", "contacts");
        QTest::newRow("two of one name") << twins;
    }

    void updates()
    {
        QFETCH(QList<OverlayNode>, after);
        TreeModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        TreeFilterModel filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester filterTester(
            &filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setNodes(crm());
        QVERIFY(!print(filter).isEmpty());
        model.setNodes(after);
        TreeModel fresh;
        fresh.setNodes(after);
        QCOMPARE(print(model), print(fresh));
        QCOMPARE(print(filter), print(fresh));
        model.setNodes(crm());
        fresh.setNodes(crm());
        QCOMPARE(print(model), print(fresh));
    }

    void updateKeepsIndexes()
    {
        TreeModel model;
        model.setNodes(crm());
        const QPersistentModelIndex orders = model.indexOf({QString(), text("orders")});
        const QPersistentModelIndex column = model.index(1, 0, orders);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QList<OverlayNode> after = crm();
        after[0].children.removeAt(1);
        after[0].children[1].children[1].presence = Presence::Differs;
        model.setNodes(after);
        QVERIFY(orders.isValid());
        QCOMPARE(orders.row(), 1);
        QCOMPARE(column.data(TreeModel::PresenceRole).toInt(), int(Presence::Differs));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(reset.count(), 0);
    }

    /// What only the code says of a node, and where it says it.
    void detailsOfTheCode()
    {
        QList<OverlayNode> nodes = crm();
        OverlayNode &column = nodes[0].children[0].children[0];
        column.origin = {.name = text("id"),
                         .location = {text("schema/contacts.ts"), 4, 3},
                         .definition = {text("lib/columns.ts"), 9, 1},
                         .description = text("Who it is.")};
        column.filledByCode.onInsert = true;
        TreeModel model;
        model.setNodes(nodes);
        const QModelIndex at =
            model.index(0, 0, model.indexOf(schema::Name{QString(), text("contacts")}));
        QCOMPARE(at.data(TreeModel::FilledByCodeRole).toBool(), true);
        QCOMPARE(at.data(Qt::ToolTipRole).toString(),
                 text("id  uuid\nWho it is.\nmay be NULL\nfilled by code on insert\n"
                      "The same in code and database\nused at schema/contacts.ts:4\n"
                      "defined at lib/columns.ts:9"));
        // Another description or place is news, although the definitions are the same.
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        nodes[0].children[0].children[0].origin.definition.line = 10;
        model.setNodes(nodes);
        QCOMPARE(changed.count(), 1);
    }

    /// A column out of a helper is opened where it is used, or where it is made.
    void menuOffersBothPlaces()
    {
        QList<OverlayNode> nodes = crm();
        nodes[0].children[0].children[0].origin = {.name = text("id"),
                                                   .location = {text("schema/contacts.ts"), 4, 3},
                                                   .definition = {text("lib/columns.ts"), 9, 1},
                                                   .description = {}};
        TreePanel panel;
        panel.resize(300, 600);
        panel.setNodes(nodes);
        panel.show();
        auto *tree = panel.findChild<QTreeView *>(text("schemaTree"));
        QSignalSpy wanted(&panel, &TreePanel::placeWanted);
        const QModelIndex table = tree->model()->index(0, 0, tree->model()->index(0, 0));
        tree->expand(table);
        const QPoint at = tree->visualRect(tree->model()->index(0, 0, table)).center();
        Q_EMIT tree->customContextMenuRequested(at);
        auto *menu = panel.findChild<QMenu *>(text("treeMenu"));
        QStringList said;
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            said << action->text();
            if (action->text().startsWith(text("Open")))
                action->trigger();
        }
        QCOMPARE(said, QStringList({text("Open where it is used"), text("Open the definition"),
                                    text("Copy the name")}));
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted.at(0).at(0).value<schema::SourceLocation>().line, 4);
        QCOMPARE(wanted.at(1).at(0).value<schema::SourceLocation>().file, text("lib/columns.ts"));
    }

    void filters_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *name, const char *filter, const QStringList &found) {
            QTest::newRow(name) << text(filter) << found;
        };
        const QString contacts = text("contacts"), countries = text("countries"),
                      orders = text("orders"), tmp = text("tmp_import"), enums = text("Enums");
        row("empty", "", {contacts, countries, orders, tmp, enums});
        row("part of a name", "ord", {orders});
        row("case does not matter", "ORD", {orders});
        row("also enums", "cont", {contacts, enums});
        row("two words", "co nt", {contacts, countries, enums});
        row("a column", "col:organization", {contacts, orders});
        row("a type", "type:uuid", {contacts, orders});
        row("column and type are of one column", "col:id type:bigint", {orders});
        row("a foreign key", "fk:organizations", {contacts});
        row("not the key's own columns", "fk:contact_id", {});
        row("any foreign key", "fk:", {contacts, orders});
        row("without a column", "no:organization_id", {countries, tmp});
        row("without, exactly", "no:organization", {contacts, countries, orders, tmp});
        row("still typing", "no:", {contacts, countries, orders, tmp, enums});
        row("drift, relations apart", "drift", {contacts, tmp});
        row("all must hold", "drift col:line", {tmp});
        row("nothing", "zzz", {});
        row("an unknown prefix is a name", "rls:off", {});
    }

    void filters()
    {
        QFETCH(QString, filter);
        TreeModel model;
        model.setNodes(crm());
        TreeFilterModel filtered;
        filtered.setSourceModel(&model);
        QAbstractItemModelTester tester(&filtered,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        filtered.setFilter(filter);
        QTEST(tables(filtered), "found");
        if (tables(filtered).isEmpty())
            QCOMPARE(filtered.rowCount(), 0);
        filtered.setFilter(QString());
        QCOMPARE(tables(filtered).size(), 5);
    }

    void rowsAsText_data()
    {
        QTest::addColumn<qint64>("rows");
        QTest::addColumn<QString>("shown");
        QTest::newRow("unknown") << qint64(-1) << QString();
        QTest::newRow("none") << qint64(0) << text("≈ 0");
        QTest::newRow("few") << qint64(999) << text("≈ 999");
        QTest::newRow("thousands") << qint64(1'400) << text("≈ 1k");
        QTest::newRow("hundred thousands") << qint64(300'123) << text("≈ 300k");
        QTest::newRow("rounds up to a million") << qint64(999'600) << text("≈ 1.0M");
        QTest::newRow("a million") << qint64(1'140'000) << text("≈ 1.1M");
        QTest::newRow("many millions") << qint64(48'200'000) << text("≈ 48M");
    }

    void rowsAsText()
    {
        QFETCH(qint64, rows);
        QTEST(rowsText(rows), "shown");
    }

    void factsAreRoles()
    {
        TreeModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setNodes(crm());
        model.setFacts(
            {{{QString(), text("orders")}, {.rows = 410'000, .scoping = tenant::Scoping::Direct}}},
            text("organization_id"));
        const QModelIndex orders = model.indexOf({QString(), text("orders")});
        QCOMPARE(orders.data(TreeModel::RowsRole).toLongLong(), 410'000);
        QCOMPARE(orders.data(TreeModel::ScopingRole).toInt(), int(tenant::Scoping::Direct));
        QVERIFY(model.index(1, 0, orders).data(TreeModel::TenantColumnRole).toBool());
        QVERIFY(!model.index(0, 0, orders).data(TreeModel::TenantColumnRole).toBool());
        QVERIFY(
            !model.indexOf({QString(), text("countries")}).data(TreeModel::ScopingRole).isValid());
        QVERIFY(orders.data(Qt::AccessibleTextRole).toString().contains(text("410k")));
    }

    void panelActivates()
    {
        TreePanel panel;
        panel.resize(300, 600);
        panel.setNodes(crm());
        panel.show();
        auto *view = panel.findChild<QTreeView *>(text("schemaTree"));
        QSignalSpy activated(&panel, &TreePanel::tableActivated);
        const QModelIndex schema = view->model()->index(0, 0);
        const QModelIndex orders = view->model()->index(2, 0, schema);
        const QPoint at = view->visualRect(orders).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.at(0).at(0).value<schema::Name>().name, text("orders"));
        QCOMPARE(activated.at(0).at(1).toBool(), false);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(activated.last().at(1).toBool(), true);
    }

    void panelActivatesViews()
    {
        TreePanel panel;
        panel.resize(300, 600);
        QList<OverlayNode> nodes = crm();
        OverlayNode view;
        view.kind = OverlayNode::Kind::View;
        view.name = text("totals");
        view.owner = {{}, text("totals")};
        OverlayNode group;
        group.kind = OverlayNode::Kind::ViewGroup;
        group.name = text("Views");
        group.children = {view};
        nodes[0].children << group;
        panel.setNodes(nodes);
        panel.show();
        panel.select({{}, text("totals")});
        auto *tree = panel.findChild<QTreeView *>(text("schemaTree"));
        QCOMPARE(tree->currentIndex().data().toString(), text("totals"));
        QSignalSpy activated(&panel, &TreePanel::tableActivated);
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.at(0).at(0).value<schema::Name>().name, text("totals"));
    }

    void panelKeepsSelectionAndExpansion()
    {
        TreePanel panel;
        panel.setNodes(crm());
        auto *view = panel.findChild<QTreeView *>(text("schemaTree"));
        panel.select({QString(), text("orders")});
        view->expand(view->currentIndex());
        QList<OverlayNode> after = crm();
        after[0].children.insert(0, table("accounts", {}));
        panel.setNodes(after);
        QCOMPARE(view->currentIndex().data().toString(), text("orders"));
        QVERIFY(view->isExpanded(view->currentIndex()));
        QVERIFY(view->isExpanded(view->model()->index(0, 0)));
    }

    void panelFiltersFromTheKeyboard()
    {
        TreePanel panel;
        panel.setNodes(crm());
        panel.show();
        auto *view = panel.findChild<QTreeView *>(text("schemaTree"));
        auto *edit = panel.findChild<QLineEdit *>(text("treeFilter"));
        QSignalSpy activated(&panel, &TreePanel::tableActivated);
        panel.focusFilter();
        QTest::keyClicks(edit, text("ord"));
        QCOMPARE(tables(*view->model()), QStringList{text("orders")});
        QTest::keyClick(edit, Qt::Key_Down);
        QCOMPARE(view->currentIndex().data().toString(), text("orders"));
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.at(0).at(1).toBool(), true);
        panel.focusFilter();
        QTest::keyClick(edit, Qt::Key_Return); // without a way through the tree
        QCOMPARE(activated.size(), 2);
        QCOMPARE(activated.at(1).at(0).value<schema::Name>().name, text("orders"));
        QCOMPARE(activated.at(1).at(1).toBool(), true);
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(tables(*view->model()).size(), 5);
    }

    void tenThousandTables()
    {
        QList<OverlayNode> many;
        for (int i = 0; i < 10'000; ++i) {
            OverlayNode node = table(
                "t", {part(Kind::Column, "id", "uuid", "t"), part(Kind::Column, "a", "text", "t")});
            node.name += QString::number(i);
            node.owner.name = node.name;
            many << node;
        }
        TreePanel panel;
        panel.resize(300, 800);
        panel.show();
        QElapsedTimer timer;
        timer.start();
        panel.setNodes({schemaOf(many)});
        many.removeAt(5'000);
        panel.setNodes({schemaOf(many)});
        auto *edit = panel.findChild<QLineEdit *>(text("treeFilter"));
        edit->setText(text("999"));
        auto *view = panel.findChild<QTreeView *>(text("schemaTree"));
        QCOMPARE(tables(*view->model()).size(), 19);
        edit->clear();
        qInfo("two loads and two filters over 10,000 tables: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 5'000);
    }
};

QTEST_MAIN(TreeTest)
#include "tst_tree.moc"
