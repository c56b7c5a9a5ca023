// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridcolumns.h"

#include "studio/widgets/rowsheader.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>

#include <algorithm>
#include <chrono>

namespace studio
{

namespace
{
const QString orderKey = QStringLiteral("order");
const QString widthsKey = QStringLiteral("widths");
const QString hiddenKey = QStringLiteral("hidden");
const QString pinnedKey = QStringLiteral("pinned");

/// Stays open while columns are ticked: mostly it is more than one.
class ColumnsMenu final : public QMenu
{
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        if (QAction *action = actionAt(event->pos()); action && action->isCheckable())
            action->trigger();
        else
            QMenu::mouseReleaseEvent(event);
    }
};
} // namespace

QByteArray packed(const ColumnLayout &layout)
{
    if (layout == ColumnLayout())
        return {};
    QJsonObject widths;
    for (auto width = layout.widths.cbegin(); width != layout.widths.cend(); ++width)
        widths.insert(width.key(), width.value());
    return QJsonDocument(QJsonObject{{orderKey, QJsonArray::fromStringList(layout.order)},
                                     {widthsKey, widths},
                                     {hiddenKey, QJsonArray::fromStringList(layout.hidden)},
                                     {pinnedKey, QJsonArray::fromStringList(layout.pinned)}})
        .toJson(QJsonDocument::Compact);
}

ColumnLayout unpackedLayout(const QByteArray &kept)
{
    const QJsonObject json = QJsonDocument::fromJson(kept).object();
    ColumnLayout layout{.order = json.value(orderKey).toVariant().toStringList(),
                        .hidden = json.value(hiddenKey).toVariant().toStringList(),
                        .pinned = json.value(pinnedKey).toVariant().toStringList()};
    const QJsonObject widths = json.value(widthsKey).toObject();
    for (auto width = widths.constBegin(); width != widths.constEnd(); ++width) {
        if (width.value().toInt() > 0)
            layout.widths.insert(width.key(), width.value().toInt());
    }
    return layout;
}

GridColumns::GridColumns(RowsModel &rows, RowsView &view, QPushButton &button, ColumnMemory memory)
    : m_rows(rows)
    , m_view(view)
    , m_button(button)
    , m_memory(std::move(memory))
{
    if (m_memory.read)
        m_layout = unpackedLayout(m_memory.read());
    using namespace std::chrono_literals;
    m_look.setSingleShot(true);
    m_look.setInterval(300ms);
    connect(&m_look, &QTimer::timeout, this, &GridColumns::look);
    connect(&m_view, &RowsView::columnsSet, this, &GridColumns::apply);
    const QHeaderView *header = m_view.horizontalHeader();
    connect(header, &QHeaderView::sectionMoved, this, [this] { m_look.start(); });
    connect(&m_view.titles(), &RowsHeader::pinnedChanged, this, [this] { m_look.start(); });
    connect(header, &QHeaderView::sectionResized, this, [this](int, int before, int after) {
        m_look.start();
        if ((before == 0) != (after == 0)) // a column is hidden, or comes back
            showHidden();
    });
    connect(&m_button, &QPushButton::clicked, this, &GridColumns::openMenu);
    apply();
}

GridColumns::~GridColumns()
{
    if (m_look.isActive())
        look();
}

/// Lays the columns out that are there; a new one comes last.
void GridColumns::apply()
{
    RowsHeader *header = &m_view.titles();
    header->setPinned(0); // while columns are moved
    const QList<RowsColumn> &columns = m_rows.columns();
    QHash<QString, int> places;
    for (int i = 0; i < columns.size(); ++i) {
        const RowsColumn &column = columns.at(i);
        places.insert(column.name, i);
        if (column.hidden)
            continue;
        m_view.setColumnWidth(i, m_layout.widths.value(column.name, initialWidth(column)));
        m_view.setColumnHidden(i, m_layout.hidden.contains(column.name));
    }
    int to = 0;
    for (const QString &name : std::as_const(m_layout.order)) {
        if (const auto place = places.constFind(name); place != places.cend())
            header->moveSection(header->visualIndex(*place), to++);
    }
    for (const QString &name : std::as_const(m_layout.pinned)) {
        if (const auto place = places.constFind(name); place != places.cend())
            header->pin(*place);
    }
    m_look.stop();
    showHidden();
}

ColumnLayout GridColumns::layoutNow() const
{
    const RowsHeader *header = &m_view.titles();
    const QList<RowsColumn> &columns = m_rows.columns();
    ColumnLayout layout;
    bool isMoved = false;
    for (int at = 0; at < std::min<int>(header->count(), int(columns.size())); ++at) {
        const int place = header->logicalIndex(at);
        const RowsColumn &column = columns.at(place);
        isMoved |= place != at;
        if (column.hidden)
            continue;
        layout.order << column.name;
        if (at < header->pinned())
            layout.pinned << column.name;
        // The width of a hidden one is what it was before.
        const bool isHidden = m_view.isColumnHidden(place);
        const int width = isHidden ? m_layout.widths.value(column.name, initialWidth(column))
                                   : m_view.columnWidth(place);
        if (isHidden)
            layout.hidden << column.name;
        if (width != initialWidth(column))
            layout.widths.insert(column.name, width);
    }
    if (!isMoved)
        layout.order.clear();
    return layout;
}

void GridColumns::look()
{
    m_look.stop();
    // Without columns there is nothing that a person has laid out.
    if (m_rows.columns().isEmpty())
        return;
    const ColumnLayout now = layoutNow();
    if (now == m_layout)
        return;
    m_layout = now;
    if (m_memory.write)
        m_memory.write(packed(m_layout));
}

void GridColumns::reset()
{
    RowsHeader *header = &m_view.titles();
    header->setPinned(0);
    for (int place = 0; place < header->count(); ++place)
        header->moveSection(header->visualIndex(place), place);
    m_layout = {};
    apply();
    if (m_memory.write)
        m_memory.write({});
}

void GridColumns::showHidden()
{
    // While one is being hidden its width is nothing already, and it is not called hidden yet.
    const QHeaderView *header = m_view.horizontalHeader();
    int hidden = 0;
    for (int i = 0; i < m_rows.columns().size(); ++i)
        hidden += header->sectionSize(i) == 0 && !m_rows.columns().at(i).hidden ? 1 : 0;
    m_button.setText(hidden == 0 ? tr("Columns") : tr("Columns · %1 hidden").arg(hidden));
}

void GridColumns::openMenu()
{
    auto *menu = new ColumnsMenu(&m_button);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("columnsMenu"));
    QList<QAction *> boxes;
    for (int i = 0; i < m_rows.columns().size(); ++i) {
        const RowsColumn &column = m_rows.columns().at(i);
        if (column.hidden)
            continue;
        QAction *action = menu->addAction(column.name);
        action->setCheckable(true);
        action->setChecked(!m_view.isColumnHidden(i));
        connect(action, &QAction::toggled, &m_view, [this, name = column.name](bool isShown) {
            // The menu stays open, and the columns may be others by now.
            const auto found = std::ranges::find(m_rows.columns(), name, &RowsColumn::name);
            if (found != m_rows.columns().cend())
                m_view.setColumnHidden(int(found - m_rows.columns().cbegin()), !isShown);
        });
        boxes << action;
    }
    menu->addSeparator();
    const bool isHidden =
        std::ranges::any_of(boxes, [](const QAction *box) { return !box->isChecked(); });
    QAction *all = menu->addAction(tr("Show all"), this, [boxes] {
        for (QAction *box : boxes)
            box->setChecked(true);
    });
    all->setEnabled(isHidden);
    menu->addAction(tr("As the table has them"), this, &GridColumns::reset);
    menu->popup(m_button.mapToGlobal(QPoint(0, m_button.height() + 2)));
}

} // namespace studio
