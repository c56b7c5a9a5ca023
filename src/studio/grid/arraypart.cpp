// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/arraypart.h"

#include "rows/arraytext.h"

#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>

namespace studio
{

namespace
{
constexpr int nullRole = Qt::UserRole; ///< true: the element is NULL, whatever the item's text
}

ArrayPart::ArrayPart(QWidget *parent)
    : EditorPart(parent)
    , m_list(new QListWidget(this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_null(new QPushButton(tr("Make NULL"), this))
{
    m_list->setObjectName(QStringLiteral("editorElements"));
    m_list->setAccessibleName(tr("Elements"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::AnyKeyPressed);
    m_list->setFixedHeight(8 * 24 + 4);
    auto *add = new QPushButton(tr("Add"), this);
    add->setObjectName(QStringLiteral("elementAdd"));
    add->setToolTip(tr("A new element below the chosen one"));
    m_remove->setObjectName(QStringLiteral("elementRemove"));
    m_remove->setToolTip(tr("Take the chosen element out"));
    m_null->setObjectName(QStringLiteral("elementNull"));
    m_null->setToolTip(tr("Make the chosen element NULL"));
    layOut(m_list, {add, m_remove, m_null});
    connect(add, &QPushButton::clicked, this, &ArrayPart::add);
    connect(m_remove, &QPushButton::clicked, this, &ArrayPart::remove);
    connect(m_null, &QPushButton::clicked, this, &ArrayPart::setNull);
    connect(m_list, &QListWidget::itemChanged, this, &ArrayPart::changed);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &ArrayPart::tell);
}

QListWidgetItem *ArrayPart::addItem(const QString &text, bool isNull)
{
    auto *item = new QListWidgetItem(isNull ? QStringLiteral("NULL") : text);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    showAs(item, isNull);
    m_list->insertItem(m_list->currentRow() < 0 ? m_list->count() : m_list->currentRow() + 1, item);
    m_list->setCurrentItem(item);
    return item;
}

bool ArrayPart::setText(const QString &text)
{
    const auto elements = rows::arrayElements(text.isEmpty() ? QByteArray("{}") : text.toUtf8());
    const QSignalBlocker quiet(m_list);
    const int before = m_list->currentRow();
    m_list->clear();
    for (const auto &element : elements.value_or(rows::ArrayElements()))
        addItem(QString::fromUtf8(element.value_or(QByteArray())), !element);
    m_list->setCurrentRow(before < 0 ? 0 : qMin(before, m_list->count() - 1));
    m_remove->setEnabled(m_list->count() > 0);
    m_null->setEnabled(m_list->count() > 0);
    return elements.has_value();
}

void ArrayPart::add()
{
    QListWidgetItem *item = nullptr;
    {
        const QSignalBlocker quiet(m_list);
        item = addItem({}, false);
    }
    tell();
    m_list->editItem(m_list->currentItem() ? m_list->currentItem() : item);
}

void ArrayPart::remove()
{
    {
        const QSignalBlocker quiet(m_list);
        delete m_list->takeItem(m_list->currentRow());
    }
    tell();
}

void ArrayPart::setNull()
{
    if (QListWidgetItem *item = m_list->currentItem()) {
        const QSignalBlocker quiet(m_list);
        item->setText(QStringLiteral("NULL"));
        showAs(item, true);
    }
    tell();
}

/// A text was written in the place of an element: it is none that is NULL any more.
void ArrayPart::changed(QListWidgetItem *item)
{
    {
        const QSignalBlocker quiet(m_list);
        showAs(item, false);
    }
    tell();
}

void ArrayPart::showAs(QListWidgetItem *item, bool isNull)
{
    item->setData(nullRole, isNull);
    QFont font = m_list->font();
    font.setItalic(isNull);
    item->setFont(font);
}

void ArrayPart::tell()
{
    m_remove->setEnabled(m_list->count() > 0);
    m_null->setEnabled(m_list->count() > 0);
    rows::ArrayElements elements;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        elements << (item->data(nullRole).toBool() ? std::nullopt
                                                   : std::optional(item->text().toUtf8()));
    }
    Q_EMIT edited(QString::fromUtf8(rows::arrayText(elements)));
}

} // namespace studio
