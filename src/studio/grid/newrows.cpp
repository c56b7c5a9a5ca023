// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/newrows.h"

#include "studio/widgets/rowsgutter.h"
#include "studio/widgets/rowsheader.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace studio
{

namespace
{
constexpr int mostRows = 6; // on the screen
} // namespace

NewRows::NewRows(session::Editing &editing, RowsView &above, QWidget *parent)
    : QWidget(parent)
    , m_editing(editing)
    , m_above(above)
    , m_staged(editing, GridStaged::Rows::New)
    // The rows are at hand: a page is made of them when it is asked for.
    , m_rows({.fetch =
                  [this](const query::Select &) {
                      QList<rows::ResultColumn> columns;
                      for (const RowsColumn &column : std::as_const(m_columns))
                          columns << rows::ResultColumn{.name = column.name};
                      QList<QList<std::optional<QByteArray>>> values;
                      for (const edits::RowEdit &edit : std::as_const(m_shown)) {
                          QList<std::optional<QByteArray>> row(m_columns.size());
                          row.last() = QByteArray::number(edit.id.number);
                          values << row;
                      }
                      return base::ready(
                          base::Result<rows::Page>(rows::fromValues(columns, values)));
                  },
              .count = {},
              .explain = {},
              .bound = {}})
    , m_title(new QLabel(this))
    , m_view(new RowsView(m_rows, this))
{
    setObjectName(QStringLiteral("newRows"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_rows.setOverlay(&m_staged);
    m_title->setObjectName(QStringLiteral("newRowsTitle"));
    m_title->setProperty("tone", QStringLiteral("added"));
    m_title->setContentsMargins(10, 3, 10, 3);
    m_view->setObjectName(QStringLiteral("newRowsView"));
    m_view->setAccessibleName(tr("New rows"));
    m_view->horizontalHeader()->hide();
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_title);
    all->addWidget(m_view);
    hide();
    follow();
    connect(&editing, &session::Editing::changed, this, &NewRows::refresh);
    connect(&m_rows, &RowsModel::stateChanged, this, &NewRows::arrange);
}

/// Columns are as wide, as far to the left and as hidden as above.
void NewRows::follow()
{
    const QHeaderView *header = m_above.horizontalHeader();
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (column < m_rows.columnCount())
            m_view->setColumnWidth(column, width);
    });
    connect(header, &QHeaderView::sectionMoved, this, &NewRows::order);
    connect(&m_above.titles(), &RowsHeader::pinnedChanged, this, &NewRows::order);
    connect(&m_above.gutter(), &RowsGutter::arrowsChanged, this, &NewRows::arrange);
    connect(m_above.model(), &QAbstractItemModel::headerDataChanged, this, &NewRows::takeLabels);
    connect(m_above.horizontalScrollBar(), &QScrollBar::valueChanged, m_view->horizontalScrollBar(),
            &QScrollBar::setValue);
    // The titles of what is typed here stand above.
    connect(m_view->horizontalScrollBar(), &QScrollBar::valueChanged, m_above.horizontalScrollBar(),
            &QScrollBar::setValue);
}

void NewRows::setTable(const schema::Table &table, const QList<RowsColumn> &columns,
                       const QStringList &filledByCode)
{
    m_table = table;
    m_columns = columns;
    m_columns.append({.name = QStringLiteral("number"), .hidden = true});
    m_staged.setTable(table, m_columns, filledByCode);
    m_shown.clear();
    refresh();
}

void NewRows::refresh()
{
    QList<edits::RowEdit> shown;
    for (const edits::RowEdit &edit : m_editing.staged().rows) {
        if (edit.id.isNew() && edit.id.table == m_table.name)
            shown << edit;
    }
    const auto isSameRow = [](const edits::RowEdit &a, const edits::RowEdit &b) {
        return a.id == b.id;
    };
    const bool isSame = std::ranges::equal(shown, m_shown, isSameRow);
    m_shown = shown;
    if (m_shown.isEmpty() && m_view->hasFocus())
        m_above.setFocus(Qt::OtherFocusReason); // not whatever button is next
    setVisible(!m_shown.isEmpty());
    m_title->setText(tr("New rows, not saved: %1").arg(m_shown.size()));
    const int visible = int(std::min<qsizetype>(m_shown.size(), mostRows));
    m_view->setFixedHeight(std::max(1, visible) * rowHeight + 2);
    if (isSame) {
        m_rows.overlayChanged();
        return;
    }
    m_rows.setQuery({.select = {}, .columns = m_columns});
}

void NewRows::arrange()
{
    if (m_rows.state() != RowsModel::State::Ready)
        return;
    // Where rows above can be opened, the same room is left free here.
    m_view->gutter().setArrows(m_above.gutter().isHidden() ? nullptr : std::function([](int) {
        return RowsGutter::Arrow::None;
    }));
    const QHeaderView *above = m_above.horizontalHeader();
    const QHeaderView *below = m_view->horizontalHeader();
    for (int column = 0; column < std::min(above->count(), below->count()); ++column) {
        m_view->setColumnWidth(column, m_above.columnWidth(column));
        m_view->setColumnHidden(column, m_above.isColumnHidden(column));
    }
    order();
    takeLabels();
    m_view->horizontalScrollBar()->setValue(m_above.horizontalScrollBar()->value());
    const qint64 wanted = std::exchange(m_wanted, 0);
    for (qsizetype row = 0; wanted > 0 && row < m_shown.size(); ++row) {
        if (m_shown.at(row).id.number != wanted)
            continue;
        m_view->setFocus();
        m_view->setCurrentIndex(m_rows.index(int(row), 0));
    }
}

/// What is known above of the rows that a key refers to.
void NewRows::takeLabels()
{
    const auto *above = qobject_cast<const RowsModel *>(m_above.model());
    for (const RowsColumn &column : above ? above->columns() : QList<RowsColumn>()) {
        const QList<RowsColumn> own = m_rows.columns();
        const auto same = std::ranges::find(own, column.name, &RowsColumn::name);
        if (same != own.end() && same->labels != column.labels)
            m_rows.setLabels(column.name, column.labels);
    }
}

/// Columns stand in the order in which they are above, and as many of them are pinned.
void NewRows::order()
{
    const RowsHeader &above = m_above.titles();
    RowsHeader &below = m_view->titles();
    below.setPinned(0); // while columns are moved
    for (int at = 0; at < above.count(); ++at) {
        if (const int from = below.visualIndex(above.logicalIndex(at)); from >= 0)
            below.moveSection(from, std::min(at, below.count() - 1));
    }
    below.setPinned(std::min(above.pinned(), below.count()));
}

void NewRows::showRow(const edits::RowId &row)
{
    m_wanted = row.number;
    arrange();
}

} // namespace studio
