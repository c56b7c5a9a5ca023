// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/recordview.h"

#include "studio/grid/recorddelegate.h"
#include "studio/widgets/rowsstatus.h"
#include "studio/widgets/rowsview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

namespace studio
{

RecordView::RecordView(RowsModel &rows, RowsView &grid, QWidget *parent)
    : QWidget(parent)
    , m_rows(rows)
    , m_grid(grid)
    , m_model(rows)
    , m_fields(new QTableView(this))
    , m_title(new QLabel(this))
{
    setObjectName(QStringLiteral("recordView"));
    setAccessibleName(tr("The row as a form"));
    build();
    connect(&grid, &RowsView::currentRowChanged, this, &RecordView::follow);
    connect(&rows, &RowsModel::totalChanged, this, &RecordView::follow);
    connect(&m_model, &RecordModel::modelReset, this, &RecordView::arrange);
    connect(&m_model, &RecordModel::dataChanged, this, &RecordView::arrange);
    hide();
}

void RecordView::build()
{
    const auto button = [this](const char *name, const QString &text, const QString &tip) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        made->setProperty("quiet", true);
        made->setFocusPolicy(Qt::NoFocus);
        return made;
    };
    auto *before = button("recordBefore", QStringLiteral("▲"), tr("Row before (Alt+Up)"));
    auto *after = button("recordAfter", QStringLiteral("▼"), tr("Next row (Alt+Down)"));
    auto *close = button("recordClose", QStringLiteral("✕"), tr("Close the form (F6)"));
    connect(before, &QPushButton::clicked, this, [this] { step(-1); });
    connect(after, &QPushButton::clicked, this, [this] { step(1); });
    connect(close, &QPushButton::clicked, this, &RecordView::closed);
    m_title->setObjectName(QStringLiteral("recordTitle"));
    m_title->setProperty("tone", QStringLiteral("dim"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(8, 2, 4, 2);
    head->setSpacing(2);
    head->addWidget(m_title, 1);
    for (QPushButton *each : {before, after, close})
        head->addWidget(each);
    m_fields->setObjectName(QStringLiteral("recordFields"));
    m_fields->setAccessibleName(tr("Fields of the row"));
    m_fields->setModel(&m_model);
    m_fields->setItemDelegate(new RecordDelegate(m_fields));
    m_fields->setFrameShape(QFrame::NoFrame);
    m_fields->setShowGrid(false);
    m_fields->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_fields->setSelectionMode(QAbstractItemView::SingleSelection);
    m_fields->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_fields->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_fields->setTabKeyNavigation(false);
    m_fields->setContextMenuPolicy(Qt::CustomContextMenu);
    m_fields->horizontalHeader()->hide();
    m_fields->horizontalHeader()->setSectionResizeMode(RecordModel::Value, QHeaderView::Stretch);
    m_fields->horizontalHeader()->resizeSection(RecordModel::Title, 150);
    m_fields->verticalHeader()->hide();
    m_fields->verticalHeader()->setMinimumSectionSize(20);
    m_fields->installEventFilter(this);
    m_fields->viewport()->installEventFilter(this);
    connect(m_fields, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { edit(index.row()); });
    connect(m_fields, &QTableView::customContextMenuRequested, this, &RecordView::openMenu);
    setFocusProxy(m_fields);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_fields);
}

void RecordView::setTable(const std::optional<schema::Table> &code)
{
    m_model.setTable(code);
}

void RecordView::open()
{
    show();
    follow();
    const int wanted = std::max(0, m_model.fieldOf(m_grid.currentIndex().column()));
    m_fields->setCurrentIndex(m_model.index(wanted, RecordModel::Value));
    m_fields->setFocus();
}

/// A form that nobody sees costs nothing.
void RecordView::follow()
{
    if (isHidden())
        return;
    m_title->setText(m_grid.currentIndex().isValid() ? positionText(m_rows, m_grid.currentRow())
                                                     : tr("No row"));
    m_model.setRow(m_grid.currentIndex());
    if (!m_fields->currentIndex().isValid() && m_model.rowCount() > 0)
        m_fields->setCurrentIndex(m_model.index(0, RecordModel::Value));
}

void RecordView::arrange()
{
    if (!isHidden())
        m_fields->resizeRowsToContents();
}

int RecordView::field() const
{
    return m_fields->currentIndex().row();
}

void RecordView::step(int rows)
{
    if (m_grid.currentRow() >= 0)
        m_grid.moveTo(std::max<qint64>(0, m_grid.currentRow() + rows));
}

void RecordView::edit(int wanted, const QString &typed)
{
    const QModelIndex cell = m_model.source(wanted);
    if (!cell.isValid())
        return;
    const QModelIndex index = m_model.index(wanted, RecordModel::Value);
    m_fields->setCurrentIndex(index);
    m_fields->scrollTo(index);
    const QRect rect = m_fields->visualRect(index);
    Q_EMIT editWanted(cell, typed, {m_fields->viewport()->mapToGlobal(rect.topLeft()), rect.size()},
                      wanted);
}

void RecordView::editNext(int before, int step)
{
    const int next = before + step;
    if (next < 0 || next >= m_model.rowCount())
        return;
    m_fields->setCurrentIndex(m_model.index(next, RecordModel::Value));
    edit(next);
}

void RecordView::openMenu(QPoint at)
{
    const QModelIndex index = m_fields->indexAt(at);
    const QModelIndex cell = m_model.source(index.row());
    if (!cell.isValid())
        return;
    m_fields->setCurrentIndex(index.siblingAtColumn(RecordModel::Value));
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("recordMenu"));
    const QPersistentModelIndex place = cell;
    QAction *value = menu->addAction(tr("Show the value"), this, [this, place] {
        if (place.isValid())
            m_grid.showValue(place);
    });
    value->setShortcut(Qt::SHIFT | Qt::Key_F2);
    Q_EMIT menuRequested(menu, cell);
    menu->popup(m_fields->viewport()->mapToGlobal(at));
}

bool RecordView::keyPressed(const QKeyEvent &event)
{
    const bool isAlt = event.modifiers() == Qt::AltModifier;
    const int key = event.key();
    if (key == Qt::Key_PageDown || (isAlt && key == Qt::Key_Down)) {
        step(1);
    } else if (key == Qt::Key_PageUp || (isAlt && key == Qt::Key_Up)) {
        step(-1);
    } else if (key == Qt::Key_Escape) {
        m_grid.setFocus();
    } else if (key == Qt::Key_F2 && event.modifiers() == Qt::ShiftModifier) {
        if (const QModelIndex cell = m_model.source(field()); cell.isValid())
            m_grid.showValue(cell);
    } else if (key == Qt::Key_F2 || key == Qt::Key_Return || key == Qt::Key_Enter) {
        edit(field());
    } else {
        const bool isPlain = (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
        const QString text = event.text();
        if (!isPlain || text.isEmpty() || !text.front().isPrint() || text.front().isSpace())
            return false;
        edit(field(), text);
    }
    return true;
}

bool RecordView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && keyPressed(*static_cast<QKeyEvent *>(event)))
        return true;
    if (event->type() == QEvent::Resize && watched == m_fields->viewport())
        QMetaObject::invokeMethod(this, &RecordView::arrange, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

} // namespace studio
