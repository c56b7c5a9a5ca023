// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/tree/treepanel.h"

#include "studio/tree/treedelegate.h"
#include "ui_treepanel.h"

#include <QKeyEvent>

namespace studio
{

using diff::OverlayNode;

TreePanel::TreePanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::TreePanel>())
    , m_model(new TreeModel(this))
    , m_filter(new TreeFilterModel(this))
{
    m_ui->setupUi(this);
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_ui->treeEmpty->setProperty("tone", QStringLiteral("dim"));
    m_filter->setSourceModel(m_model);
    m_ui->schemaTree->setModel(m_filter);
    m_ui->schemaTree->setItemDelegate(new TreeDelegate(this));
    m_ui->schemaTree->setMouseTracking(true);
    m_ui->treeFilter->installEventFilter(this);
    connect(m_ui->treeFilter, &QLineEdit::textChanged, this, &TreePanel::applyFilter);
    connect(m_ui->schemaTree, &QTreeView::clicked, this,
            [this](const QModelIndex &index) { activate(index, false); });
    connect(m_ui->schemaTree, &QTreeView::activated, this,
            [this](const QModelIndex &index) { activate(index, true); });
    setFocusProxy(m_ui->schemaTree);
    showEmptiness();
}

TreePanel::~TreePanel() = default;

void TreePanel::setNodes(const QList<OverlayNode> &nodes)
{
    const bool first = m_model->rowCount() == 0;
    m_model->setNodes(nodes);
    m_filter->refresh();
    if (first)
        m_ui->schemaTree->expandToDepth(0);
    showEmptiness();
}

void TreePanel::setFacts(const QHash<schema::Name, TableFacts> &facts, const QString &tenantColumn)
{
    m_model->setFacts(facts, tenantColumn);
}

void TreePanel::setEmptyText(const QString &text)
{
    m_emptyText = text;
    showEmptiness();
}

void TreePanel::select(const schema::Name &table)
{
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(table));
    if (!index.isValid() || index == m_ui->schemaTree->currentIndex())
        return;
    m_ui->schemaTree->setCurrentIndex(index);
    m_ui->schemaTree->scrollTo(index);
}

void TreePanel::focusFilter()
{
    m_ui->treeFilter->setFocus(Qt::ShortcutFocusReason);
    m_ui->treeFilter->selectAll();
}

bool TreePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->treeFilter && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter: {
            // From the words to what they found: the first table, not the schema around it.
            QModelIndex first = m_filter->index(0, 0);
            if (const QModelIndex table = m_filter->index(0, 0, first); table.isValid())
                first = table;
            m_ui->schemaTree->setFocus(Qt::OtherFocusReason);
            m_ui->schemaTree->setCurrentIndex(first);
            return true;
        }
        case Qt::Key_Escape:
            m_ui->treeFilter->clear();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TreePanel::applyFilter(const QString &text)
{
    const QModelIndex current = m_filter->mapToSource(m_ui->schemaTree->currentIndex());
    m_filter->setFilter(text);
    m_ui->schemaTree->expandToDepth(0);
    if (current.isValid())
        m_ui->schemaTree->scrollTo(m_filter->mapFromSource(current));
    showEmptiness();
}

void TreePanel::activate(const QModelIndex &index, bool pin)
{
    const auto kind = OverlayNode::Kind(index.data(TreeModel::KindRole).toInt());
    switch (kind) {
    case OverlayNode::Kind::Schema:
    case OverlayNode::Kind::EnumGroup:
    case OverlayNode::Kind::Enum:
        if (pin)
            m_ui->schemaTree->setExpanded(index, !m_ui->schemaTree->isExpanded(index));
        return;
    case OverlayNode::Kind::EnumValue:
        return;
    case OverlayNode::Kind::Table:
        break;
    default:
        // A click on a part of a table only selects it; Enter or a double click opens its table.
        if (!pin)
            return;
    }
    Q_EMIT tableActivated(index.data(TreeModel::OwnerRole).value<schema::Name>(), pin);
}

void TreePanel::showEmptiness()
{
    const bool empty = m_filter->rowCount() == 0;
    const bool filtered = empty && m_model->rowCount() > 0;
    m_ui->treeEmpty->setText(filtered ? tr("Nothing matches the filter.") : m_emptyText);
    m_ui->treeEmpty->setVisible(empty);
    m_ui->schemaTree->setVisible(!empty);
    m_ui->layout->setStretchFactor(m_ui->treeEmpty, empty ? 1 : 0);
}

} // namespace studio
