// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/tree/treepanel.h"

#include "studio/tree/treedelegate.h"
#include "studio/widgets/icon.h"
#include "ui_treepanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

namespace studio
{

using diff::OverlayNode;

namespace
{
schema::Origin originOf(const QModelIndex &index)
{
    return index.data(TreeModel::OriginRole).value<schema::Origin>();
}
} // namespace

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
    m_ui->schemaTree->installEventFilter(this);
    connect(m_ui->schemaTree, &QTreeView::doubleClicked, this, &TreePanel::doubleClicked);
    connect(m_ui->schemaTree, &QWidget::customContextMenuRequested, this, &TreePanel::showMenu);
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

void TreePanel::openSource()
{
    const auto place = originOf(m_ui->schemaTree->currentIndex()).location;
    if (!place.file.isEmpty())
        Q_EMIT placeWanted(place);
}

bool TreePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->schemaTree && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const QModelIndex current = m_ui->schemaTree->currentIndex();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && current.isValid()) {
            activate(current, true);
            return true;
        }
    }
    if (watched == m_ui->treeFilter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        switch (key) {
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter: {
            // From the words to what they found: the first table, not the schema around it.
            QModelIndex first = m_filter->index(0, 0);
            if (const QModelIndex table = m_filter->index(0, 0, first); table.isValid())
                first = table;
            m_ui->schemaTree->setFocus(Qt::OtherFocusReason);
            m_ui->schemaTree->setCurrentIndex(first);
            const auto kind = OverlayNode::Kind(first.data(TreeModel::KindRole).toInt());
            if (key != Qt::Key_Down && hasRows(kind))
                activate(first, true);
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
    const auto around = OverlayNode::Kind(index.parent().data(TreeModel::KindRole).toInt());
    const bool isTable = hasRows(kind);
    if (!isTable && !hasRows(around)) {
        if (pin && index.model()->hasChildren(index))
            m_ui->schemaTree->setExpanded(index, !m_ui->schemaTree->isExpanded(index));
        return;
    }
    // A click on a part of a table only selects it; Enter or a double click opens its table.
    if (!isTable && !pin)
        return;
    Q_EMIT tableActivated(index.data(TreeModel::OwnerRole).value<schema::Name>(), pin);
}

/// What is in the code opens there, and the table whose rows the first click showed stays.
void TreePanel::doubleClicked(const QModelIndex &index)
{
    const schema::Origin origin = originOf(index);
    const auto kind = OverlayNode::Kind(index.data(TreeModel::KindRole).toInt());
    if (origin.location.file.isEmpty() || hasRows(kind))
        activate(index, true);
    if (origin.location.file.isEmpty())
        return;
    if (hasRows(kind)) // it was for the rows, maybe
        Q_EMIT placeOffered(origin.location);
    else
        Q_EMIT placeWanted(origin.location);
}

void TreePanel::showMenu(const QPoint &at)
{
    const QModelIndex index = m_ui->schemaTree->indexAt(at);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("treeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto kind = OverlayNode::Kind(index.data(TreeModel::KindRole).toInt());
    if (hasRows(kind))
        menu->addAction(icon(QStringLiteral("table")), tr("Show the rows"), this,
                        [this, table = index.data(TreeModel::OwnerRole).value<schema::Name>()] {
                            Q_EMIT tableActivated(table, true);
                        });
    const schema::Origin origin = originOf(index);
    const auto offer = [this, menu](const QString &text, const schema::SourceLocation &place) {
        menu->addAction(icon(QStringLiteral("code")), text, this,
                        [this, place] { Q_EMIT placeWanted(place); })
            ->setEnabled(!place.file.isEmpty());
    };
    if (origin.definition.file.isEmpty()) {
        offer(tr("Open in the editor"), origin.location);
    } else {
        offer(tr("Open where it is used"), origin.location);
        offer(tr("Open the definition"), origin.definition);
    }
    menu->addAction(icon(QStringLiteral("copy")), tr("Copy the name"), this,
                    [name = index.data(TreeModel::NameRole).toString()] {
                        QGuiApplication::clipboard()->setText(name);
                    });
    if (hasRows(kind))
        Q_EMIT tableMenuOpens(menu, index.data(TreeModel::OwnerRole).value<schema::Name>());
    menu->popup(m_ui->schemaTree->viewport()->mapToGlobal(at));
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
