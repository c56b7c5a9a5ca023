// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridnested.h"

#include "session/project.h"
#include "studio/grid/nestedlabels.h"
#include "studio/grid/nestedstrip.h"
#include "studio/widgets/rowsgutter.h"
#include "studio/widgets/rowsview.h"

#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace studio
{

namespace
{
/// Rows that are given room in one go.
constexpr int laidAtOnce = 200;
/// With what says that there are none.
constexpr int leastRoom = 2;
} // namespace

GridNested::GridNested(session::Project &project, const schema::Name &table, RowsModel &rows,
                       RowsView &view, QObject *parent)
    : QObject(parent)
    , m_project(project)
    , m_table(table)
    , m_rows(rows)
    , m_view(view)
    , m_labels(new NestedLabels(
          [&project](const query::Select &select) { return project.fetch(select); }, this))
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &GridNested::ask);
    m_laying.setInterval(0);
    connect(&m_laying, &QTimer::timeout, this, [this] {
        layRoom(m_laid, m_laid + laidAtOnce - 1);
        m_laid += laidAtOnce;
        if (m_laid >= m_rows.rowCount())
            m_laying.stop();
    });
    connect(&view, &RowsView::moved, this, &GridNested::place);
    connect(&view, &RowsView::looked, this, &GridNested::place);
    connect(&rows, &RowsModel::modelReset, this, &GridNested::forget);
    connect(&rows, &RowsModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                m_laid = 0; // others are where it was
                layRoom(first, last);
            });
    connect(&rows, &RowsModel::rowsRemoved, this, [this] {
        m_laid = 0;
        place();
    });
    // A staged value leads elsewhere, or nowhere.
    connect(&rows, &RowsModel::dataChanged, this,
            [this](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
                if (roles == QList<int>{RowsModel::LabelRole} || m_way < 0)
                    return;
                for (const Strip &strip : std::as_const(m_strips)) {
                    if (strip.widget->rows().zone() != m_rows.zone())
                        strip.widget->rows().setZone(m_rows.zone());
                }
                layAll();
                place();
            });
    connect(&view.gutter(), &RowsGutter::arrowClicked, this,
            [this](int row, Qt::KeyboardModifiers modifiers) {
                if (m_way < 0)
                    chooseFor(row, QCursor::pos());
                else if (modifiers.testFlag(Qt::ShiftModifier))
                    setEvery(!isOpen(row));
                else
                    setOpen(row, !isOpen(row));
            });
    // Rows of others: nothing of them is open.
    connect(&project, &session::Project::tenantChanged, this, [this] {
        m_toggled.clear();
        m_known.clear();
        m_every = false;
        m_labels->forget();
    });
    connect(m_labels, &NestedLabels::known, this, [this] {
        for (const Strip &strip : std::as_const(m_strips))
            m_labels->show(strip.widget->rows());
    });
    connect(
        m_labels, &NestedLabels::failed, this,
        [this](const schema::Name &target, const base::Error &error) {
            Q_EMIT said(
                tr("No names of the rows of %1: %2").arg(target.qualified(), base::toLine(error)));
        });
    connect(&project, &session::Project::databaseChanged, this, &GridNested::refresh);
    connect(&project, &session::Project::codeChanged, this, &GridNested::refresh);
    connect(&project, &session::Project::tenantsChanged, this, &GridNested::refresh);
    view.gutter().setAccessibleName(tr("Rows in line"));
    view.installEventFilter(this);
}

void GridNested::setRelation(const QString &relation)
{
    m_relation = relation;
    refresh();
}

void GridNested::refresh()
{
    const auto &database = m_project.database().value;
    const schema::Database &code = m_project.placedCode();
    QList<Way> ways;
    const bool isKeyed = database && !m_rows.query().key.isEmpty();
    for (const query::Relation &relation :
         isKeyed ? query::relationsOf(m_table, *database, code) : QList<query::Relation>()) {
        Way way{relation, {}};
        for (const QString &name : relation.keyColumns) {
            const auto found = std::ranges::find(m_rows.columns(), name, &RowsColumn::name);
            // What comes cut does not until the grid's query goes by the same relations.
            const auto isCut = [&](const query::Cut &cut) { return cut.column.column == name; };
            if (found != m_rows.columns().cend() &&
                std::ranges::none_of(m_rows.query().select.cuts, isCut))
                way.positions << int(std::distance(m_rows.columns().cbegin(), found));
        }
        if (way.positions.size() == relation.keyColumns.size())
            ways << way;
    }
    const bool isNew = ways != m_ways || m_view.gutter().isHidden() == !ways.isEmpty();
    m_ways = ways;
    const auto named = std::ranges::find_if(
        m_ways, [this](const Way &way) { return way.relation.name == m_relation; });
    const qsizetype chosen = named == m_ways.end() ? -1 : std::distance(m_ways.begin(), named);
    if (chosen != m_way || isNew) {
        forget();
        m_way = chosen;
        m_known.clear();
    }
    const RowsQuery query = m_way < 0 ? RowsQuery() : queryOf(m_ways.at(m_way));
    // Of the other table there may be other columns now, or other names of tenants.
    if (query.select != m_query.select || query.columns != m_query.columns)
        forget();
    m_query = query;
    m_labels->setReferences(m_way < 0
                                ? QList<GridReference>()
                                : gridReferences(*database, code, m_ways.at(m_way).relation.target,
                                                 m_query.columns, {}));
    if (isNew)
        m_view.gutter().setArrows(m_ways.isEmpty() ? nullptr : std::function([this](int row) {
            using enum RowsGutter::Arrow;
            if (m_way >= 0 && !valuesOf(row))
                return None;
            return isOpen(row) ? Open : Closed;
        }));
    m_view.gutter().setToolTip(m_way < 0
                                   ? tr("Show rows of a relation in line (Ctrl+Right)")
                                   : tr("Show %1 in line (Ctrl+Right); with Shift for every row")
                                         .arg(textOf(m_ways.at(m_way))));
    layAll();
    place();
}

void GridNested::choose(qsizetype way)
{
    if (way == m_way)
        return;
    m_relation = m_ways.at(way).relation.name;
    refresh();
    Q_EMIT relationChosen(m_relation);
}

void GridNested::forget()
{
    base::disregard(std::exchange(m_watcher, nullptr));
    m_asked.clear();
    for (const Strip &strip : std::exchange(m_strips, {}))
        release(strip);
}

/// posts (author_id): the other table, and by what it is one.
QString GridNested::textOf(const Way &way) const
{
    const query::Relation &relation = way.relation;
    const QStringList &columns = relation.refers ? relation.columns : relation.targetColumns;
    return relation.name.contains(u'(')
               ? relation.name
               : tr("%1 (%2)").arg(relation.name, columns.join(QStringLiteral(", ")));
}

QString GridNested::keyOf(int row) const
{
    return labelKey(m_rows.rowKey(row));
}

std::optional<QStringList> GridNested::valuesOf(int row) const
{
    return m_rows.shownValues(row, m_ways.at(m_way).positions);
}

bool GridNested::isOpen(int row) const
{
    const bool canBe = m_way >= 0 && (m_every || !m_toggled.isEmpty());
    return canBe && m_every != m_toggled.contains(keyOf(row)) && valuesOf(row);
}

int GridNested::roomOf(int row) const
{
    // This is asked for thousands of rows.
    if (m_way < 0 || (!m_every && m_toggled.isEmpty()))
        return 0;
    const bool isEach = m_toggled.isEmpty() && m_known.isEmpty();
    const QString key = isEach ? QString() : keyOf(row);
    if (m_every == m_toggled.contains(key) || !valuesOf(row))
        return 0;
    const int most = m_ways.at(m_way).relation.many ? mostRows : 1;
    const int known = m_known.value(key, most);
    return NestedStrip::heightOf(known > 0 ? known : leastRoom);
}

void GridNested::layRoom(int first, int last)
{
    if (m_way >= 0 || m_view.gutter().hasRoom())
        m_view.gutter().setRoom(first, last, [this](int row) { return roomOf(row); });
}

/// Those near the screen at once; the others, which may be thousands, while there is time. What is
/// on the screen stays in its place.
void GridNested::layAll()
{
    const int top = std::max(0, m_view.rowAt(0));
    layRoom(top - laidAtOnce / 2, top + laidAtOnce / 2);
    m_laid = 0;
    m_laying.start();
}

void GridNested::setOpen(int row, bool open)
{
    if (m_way < 0 || !valuesOf(row) || isOpen(row) == open)
        return;
    const QString key = keyOf(row);
    if (!m_toggled.remove(key))
        m_toggled.insert(key);
    m_opened = open ? key : QString();
    layRoom(row, row);
    place();
}

void GridNested::setEvery(bool open)
{
    if (m_way < 0)
        return;
    m_every = open;
    m_toggled.clear();
    layAll();
    place();
}

/// Scrolls as far as the row with what is below it is on the screen.
void GridNested::showWhole(int row)
{
    const RowsGutter &gutter = m_view.gutter();
    const int top = gutter.sectionViewportPosition(row);
    const int below = top + gutter.sectionSize(row) - m_view.viewport()->height();
    if (below > 0)
        m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->value() +
                                             std::min(below, top));
}

void GridNested::addTo(QMenu *menu, const QModelIndex &cell)
{
    if (m_ways.isEmpty())
        return;
    QMenu *ways = menu->addMenu(tr("Show rows in line"));
    ways->setObjectName(QStringLiteral("nestedMenu"));
    addWays(ways, cell.row());
}

void GridNested::addWays(QMenu *menu, int row)
{
    const QPersistentModelIndex at = m_rows.index(row, 0);
    for (qsizetype way = 0; way < m_ways.size(); ++way) {
        const bool isShown = way == m_way && isOpen(row);
        QAction *action = menu->addAction(textOf(m_ways.at(way)), this, [this, at, way, isShown] {
            if (way >= m_ways.size() || !at.isValid())
                return;
            choose(way);
            setOpen(at.row(), !isShown);
        });
        action->setObjectName(QStringLiteral("nested_") + m_ways.at(way).relation.name);
        action->setCheckable(true);
        action->setChecked(isShown);
        action->setEnabled(m_rows.shownValues(row, m_ways.at(way).positions).has_value());
    }
    menu->addSeparator();
    QAction *every = menu->addAction(tr("For every row"), this, [this] {
        if (m_way < 0 && m_ways.size() == 1)
            choose(0);
        setEvery(!m_every);
    });
    every->setObjectName(QStringLiteral("nestedEvery"));
    every->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Right);
    every->setCheckable(true);
    every->setChecked(m_every);
    every->setEnabled(m_way >= 0 || m_ways.size() == 1);
    QAction *none = menu->addAction(tr("Close all"), this, [this] { setEvery(false); });
    none->setObjectName(QStringLiteral("nestedNone"));
    none->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Left);
    none->setEnabled(m_every || !m_toggled.isEmpty());
}

/// Opens a row for the first time: by the only relation, or the one that is chosen now.
void GridNested::chooseFor(int row, QPoint at)
{
    if (m_ways.size() == 1) {
        choose(0);
        setOpen(row, true);
        return;
    }
    auto *menu = new QMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("nestedChoice"));
    addWays(menu, row);
    menu->popup(at);
    // By the keys Return takes the first.
    const QList<QAction *> ways = menu->actions();
    const auto first = std::ranges::find_if(ways, &QAction::isEnabled);
    if (first != ways.end())
        menu->setActiveAction(*first);
}

/// Ctrl+Right opens a row, then goes into what is below it; Ctrl+Left closes it.
bool GridNested::keyPressed(const QKeyEvent &event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool isRight = event.key() == Qt::Key_Right;
    const QModelIndex current = m_view.currentIndex();
    if (event.key() == Qt::Key_Escape && modifiers == Qt::NoModifier)
        return stop();
    if ((!isRight && event.key() != Qt::Key_Left) || m_ways.isEmpty() || !current.isValid())
        return false;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        if (m_way < 0 && isRight)
            chooseFor(current.row(),
                      m_view.viewport()->mapToGlobal(m_view.visualRect(current).bottomLeft()));
        else
            setEvery(isRight);
        return true;
    }
    if (modifiers != Qt::ControlModifier)
        return false;
    if (m_way < 0 && isRight) {
        chooseFor(current.row(),
                  m_view.viewport()->mapToGlobal(m_view.visualRect(current).bottomLeft()));
    } else if (isRight && isOpen(current.row())) {
        if (const auto strip = m_strips.constFind(keyOf(current.row())); strip != m_strips.cend()) {
            RowsView &inner = strip->widget->view();
            inner.setFocus();
            if (!inner.currentIndex().isValid() && inner.model()->rowCount() > 0)
                inner.setCurrentIndex(inner.model()->index(0, std::max(0, inner.columnAt(0))));
        }
    } else {
        setOpen(current.row(), isRight);
    }
    return true;
}

/// False when nothing was under way.
bool GridNested::stop()
{
    if (!m_watcher)
        return false;
    base::disregard(std::exchange(m_watcher, nullptr));
    m_asked.clear();
    for (Strip &strip : m_strips) {
        if (std::exchange(strip.promise, nullptr))
            strip.widget->rows().cancel();
    }
    return true;
}

bool GridNested::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_view && event->type() == QEvent::KeyPress &&
        keyPressed(*static_cast<QKeyEvent *>(event)))
        return true;
    return QObject::eventFilter(watched, event);
}

} // namespace studio
