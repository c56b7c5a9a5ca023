// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/pending/pendingtree.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QStyledItemDelegate>

namespace studio
{

namespace
{
using edits::NewValue;
using edits::RowEdit;
constexpr int RowRole = Qt::UserRole;        ///< position in Staged::rows; -1 of a table
constexpr int ColumnRole = Qt::UserRole + 1; ///< of a cell

QString quoted(const QByteArray &text)
{
    constexpr qsizetype longest = 120;
    QString line = QString::fromUtf8(text.left(4 * longest)).left(longest);
    line.replace(QLatin1Char('\n'), QChar(0x21B5));
    return line + (text.size() > line.toUtf8().size() ? QString(QChar(0x2026)) : QString());
}

/// Rows as high as those of other lists.
class RowHeight final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), rowHeight};
    }

protected:
    /// No frame around the current one: the selected row says where one is.
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state.setFlag(QStyle::State_HasFocus, false);
    }
};
} // namespace

QString valueText(const NewValue &value)
{
    switch (value.kind) {
    case NewValue::Kind::Null:
        return QStringLiteral("NULL");
    case NewValue::Kind::Default:
        return QStringLiteral("DEFAULT");
    case NewValue::Kind::Value:
        break;
    }
    return value.text.isEmpty() ? PendingTree::tr("empty text") : quoted(value.text);
}

QString valueText(const edits::OldValue &value)
{
    if (value.isUnknown)
        return PendingTree::tr("whatever it is");
    if (value.isDigest)
        return PendingTree::tr("a long value");
    return valueText(NewValue::of(value.text));
}

PendingTree::PendingTree(QWidget *parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("pendingTree"));
    setAccessibleName(tr("Staged edits"));
    setColumnCount(3);
    setHeaderLabels({tr("Row"), tr("Before"), tr("After")});
    setUniformRowHeights(true);
    setItemDelegate(new RowHeight(this));
    setIndentation(16);
    header()->setStretchLastSection(true);
    setColumnWidth(0, 230);
    setColumnWidth(1, 130);
    connect(this, &QTreeWidget::currentItemChanged, this, &PendingTree::rowChosen);
    connect(this, &QTreeWidget::itemDoubleClicked, this, [this](const QTreeWidgetItem *item) {
        while (item->parent())
            item = item->parent();
        if (const auto row = m_staged.rows.value(item->child(0)->data(0, RowRole).toInt());
            !row.id.table.name.isEmpty())
            Q_EMIT tableWanted(row.id.table);
    });
}

void PendingTree::addRow(QTreeWidgetItem *table, qsizetype position)
{
    const RowEdit &row = m_staged.rows.at(position);
    const Colors &c = colors(palette());
    const QString name = row.id.text().mid(row.id.table.name.size()).trimmed();
    auto *item =
        new QTreeWidgetItem(table, {name.startsWith(QLatin1Char(',')) ? name.mid(2) : name});
    item->setData(0, RowRole, int(position));
    if (row.kind == RowEdit::Kind::Delete) {
        item->setText(2, tr("deleted"));
        item->setForeground(2, c.removed);
        return;
    }
    if (row.kind == RowEdit::Kind::Insert) {
        item->setText(2, tr("new"));
        item->setForeground(2, c.added);
    }
    for (const edits::CellEdit &cell : row.cells) {
        const QString before =
            row.kind == RowEdit::Kind::Insert ? QString() : valueText(cell.before);
        auto *child = new QTreeWidgetItem(item, {cell.column, before, valueText(cell.after)});
        child->setData(0, RowRole, int(position));
        child->setData(0, ColumnRole, cell.column);
        child->setForeground(2, row.kind == RowEdit::Kind::Insert ? c.added : c.changed);
    }
    item->setExpanded(true);
}

void PendingTree::setStaged(const edits::Staged &staged)
{
    const std::optional<edits::RowId> chosen = currentRow();
    m_staged = staged;
    const QSignalBlocker quiet(this);
    clear();
    QHash<schema::Name, QTreeWidgetItem *> tables;
    for (qsizetype i = 0; i < staged.rows.size(); ++i) {
        QTreeWidgetItem *&table = tables[staged.rows.at(i).id.table];
        if (!table) {
            table = new QTreeWidgetItem(this, {staged.rows.at(i).id.table.name});
            table->setData(0, RowRole, -1);
            QFont bold = font();
            bold.setWeight(QFont::DemiBold);
            table->setFont(0, bold);
            table->setExpanded(true);
        }
        addRow(table, i);
        if (staged.rows.at(i).id == chosen)
            setCurrentItem(table->child(table->childCount() - 1));
    }
}

std::optional<edits::RowId> PendingTree::currentRow() const
{
    const QTreeWidgetItem *item = currentItem();
    const int position = item ? item->data(0, RowRole).toInt() : -1;
    return position >= 0 && position < m_staged.rows.size()
               ? std::optional(m_staged.rows.at(position).id)
               : std::nullopt;
}

void PendingTree::revert()
{
    const QTreeWidgetItem *item = currentItem();
    if (!item)
        return;
    const QString column = item->data(0, ColumnRole).toString();
    const std::optional<edits::RowId> row = currentRow();
    if (!row && item->childCount() > 0) {
        const int first = item->child(0)->data(0, RowRole).toInt();
        Q_EMIT tableRevertWanted(m_staged.rows.at(first).id.table);
    } else if (row && column.isEmpty()) {
        Q_EMIT rowRevertWanted(*row);
    } else if (row) {
        Q_EMIT cellRevertWanted(*row, column);
    }
}

void PendingTree::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Delete))
        revert();
    else
        QTreeWidget::keyPressEvent(event);
}

void PendingTree::contextMenuEvent(QContextMenuEvent *event)
{
    const QTreeWidgetItem *item = currentItem();
    if (!item)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("pendingMenu"));
    const QString text = !item->parent()                                  ? tr("Revert the table")
                         : item->data(0, ColumnRole).toString().isEmpty() ? tr("Revert the row")
                                                                          : tr("Revert the cell");
    menu->addAction(text, this, [this] { revert(); })->setShortcut(QKeySequence::Delete);
    menu->popup(event->globalPos());
}

} // namespace studio
