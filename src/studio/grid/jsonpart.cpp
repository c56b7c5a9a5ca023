// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/jsonpart.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>

namespace studio
{

namespace
{
using rows::JsonNode;
using Kind = JsonNode::Kind;

enum Part { Name, Value };
constexpr int kindRole = Qt::UserRole;     ///< JsonNode::Kind, at Name
constexpr int textRole = Qt::UserRole + 1; ///< JsonNode::text, at Name
constexpr qsizetype longest = 32 << 10;    ///< bytes: a longer value is a text only

Kind kindOf(const QTreeWidgetItem *item)
{
    return Kind(item->data(Name, kindRole).toInt());
}

bool isContainer(const QTreeWidgetItem *item)
{
    return kindOf(item) == Kind::Object || kindOf(item) == Kind::Array;
}
} // namespace

JsonPart::JsonPart(QWidget *parent)
    : EditorPart(parent)
    , m_tree(new QTreeWidget(this))
    , m_add(new QPushButton(tr("Add"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    m_tree->setObjectName(QStringLiteral("editorTree"));
    m_tree->setAccessibleName(tr("Parts of the value"));
    m_tree->setHeaderLabels({tr("Name"), tr("Value")});
    m_tree->header()->setDefaultSectionSize(160);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_tree->setFixedHeight(11 * 24);
    m_add->setObjectName(QStringLiteral("partAdd"));
    m_add->setToolTip(tr("A new part of the chosen one, or beside it"));
    m_remove->setObjectName(QStringLiteral("partRemove"));
    m_remove->setToolTip(tr("Take the chosen part out"));
    layOut(m_tree, {m_add, m_remove});
    connect(m_add, &QPushButton::clicked, this, &JsonPart::add);
    connect(m_remove, &QPushButton::clicked, this, &JsonPart::remove);
    connect(m_tree, &QTreeWidget::itemChanged, this, &JsonPart::changed);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &JsonPart::showButtons);
}

/// What stands in the row of \a item for \a node, without its parts.
void JsonPart::showNode(QTreeWidgetItem *item, const JsonNode &node)
{
    item->setData(Name, kindRole, int(node.kind));
    item->setData(Name, textRole, node.text);
    const bool isOpen = node.kind == Kind::Object || node.kind == Kind::Array;
    item->setFlags(isOpen && !item->parent() ? item->flags() & ~Qt::ItemIsEditable
                                             : item->flags() | Qt::ItemIsEditable);
    item->setText(Value, node.kind == Kind::Object ? tr("{%1}").arg(node.children.size())
                         : node.kind == Kind::Array
                             ? tr("[%1]").arg(node.children.size())
                             : QString::fromUtf8(jsonText(node, rows::JsonLayout::OneLine)));
}

QTreeWidgetItem *JsonPart::addItem(const JsonNode &node, QTreeWidgetItem *parent)
{
    auto *item = parent ? new QTreeWidgetItem(parent) : new QTreeWidgetItem(m_tree);
    item->setText(Name, parent ? QString::fromUtf8(node.key) : tr("value"));
    showNode(item, node);
    for (const JsonNode &child : node.children)
        addItem(child, item);
    if (node.kind == Kind::Array)
        number(item);
    item->setExpanded(node.children.size() <= 20);
    return item;
}

/// Elements are called by their places.
void JsonPart::number(QTreeWidgetItem *array)
{
    for (int i = 0; i < array->childCount(); ++i)
        array->child(i)->setText(Name, QString::number(i));
}

bool JsonPart::setText(const QString &text)
{
    const QByteArray json = text.toUtf8();
    const auto tree = json.size() <= longest
                          ? rows::jsonTree(json.trimmed().isEmpty() ? "{}" : json)
                          : std::nullopt;
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    if (!tree)
        return false;
    m_layout = json.contains('\n') ? rows::JsonLayout::Indented : rows::JsonLayout::OneLine;
    m_tree->setCurrentItem(addItem(*tree, nullptr));
    showButtons();
    return true;
}

JsonNode JsonPart::nodeOf(const QTreeWidgetItem *item) const
{
    JsonNode node{.kind = kindOf(item),
                  .key = item->text(Name).toUtf8(),
                  .text = item->data(Name, textRole).toByteArray()};
    for (int i = 0; i < item->childCount(); ++i)
        node.children << nodeOf(item->child(i));
    return node;
}

void JsonPart::changed(QTreeWidgetItem *item, int column)
{
    {
        const QSignalBlocker quiet(m_tree);
        QTreeWidgetItem *parent = item->parent();
        if (column == Value) {
            const QByteArray written = item->text(Value).toUtf8();
            const auto read = rows::jsonTree(written);
            const JsonNode node =
                read.value_or(JsonNode{.kind = Kind::Text, .key = {}, .text = written});
            const bool isUntouched =
                isContainer(item) && !read && (written.startsWith('{') || written.startsWith('['));
            if (isUntouched) {
                showNode(item, nodeOf(item)); // "{2}" is how many parts there are, no value
            } else {
                qDeleteAll(item->takeChildren());
                for (const JsonNode &child : node.children)
                    addItem(child, item);
                showNode(item, node);
                if (node.kind == Kind::Array)
                    number(item);
            }
        } else if (parent && kindOf(parent) == Kind::Array) {
            number(parent); // their names are their places
        } else if (!parent) {
            item->setText(Name, tr("value"));
        }
    }
    tell();
}

void JsonPart::add()
{
    QTreeWidgetItem *made = nullptr;
    {
        const QSignalBlocker quiet(m_tree);
        QTreeWidgetItem *item = m_tree->currentItem();
        QTreeWidgetItem *owner = item && !isContainer(item) ? item->parent() : item;
        if (!owner)
            return;
        made = addItem({.kind = Kind::Plain, .key = {}, .text = "null"}, owner);
        if (item != owner) // below the chosen one
            owner->insertChild(owner->indexOfChild(item) + 1,
                               owner->takeChild(owner->indexOfChild(made)));
        if (kindOf(owner) == Kind::Array)
            number(owner);
        else
            made->setText(Name, tr("name"));
        showNode(owner, nodeOf(owner));
        owner->setExpanded(true);
        m_tree->setCurrentItem(made);
    }
    showButtons();
    tell();
    const bool isElement = kindOf(made->parent()) == Kind::Array;
    m_tree->editItem(made, isElement ? Value : Name);
}

void JsonPart::remove()
{
    {
        const QSignalBlocker quiet(m_tree);
        QTreeWidgetItem *item = m_tree->currentItem();
        QTreeWidgetItem *owner = item ? item->parent() : nullptr;
        if (!owner)
            return;
        delete item;
        if (kindOf(owner) == Kind::Array)
            number(owner);
        showNode(owner, nodeOf(owner));
    }
    showButtons();
    tell();
}

void JsonPart::showButtons()
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    m_add->setEnabled(item && (isContainer(item) || item->parent()));
    m_remove->setEnabled(item && item->parent());
}

void JsonPart::tell()
{
    if (const QTreeWidgetItem *root = m_tree->topLevelItem(0))
        Q_EMIT edited(QString::fromUtf8(jsonText(nodeOf(root), m_layout)));
}

} // namespace studio
