// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridfollow.h"

#include "session/project.h"
#include "studio/grid/gridlabels.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"

#include <QActionGroup>
#include <QCursor>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace studio
{

namespace
{
/// One of the numbers that Project::countEach() gives, which does not count for ever.
QString countText(const rows::Page &page, qsizetype index)
{
    const qint64 count = page.text(0, index).toLongLong();
    return count > session::Project::mostCounted ? grouped(session::Project::mostCounted) + u'+'
                                                 : grouped(count);
}
} // namespace

GridFollow::GridFollow(session::Project &project, const schema::Name &table, RowsModel &rows,
                       RowsView &view, QObject *parent)
    : QObject(parent)
    , m_project(project)
    , m_table(table)
    , m_rows(rows)
    , m_view(view)
    , m_labels(
          new GridLabels([&project](const query::Select &select) { return project.fetch(select); },
                         rows, view, this))
{
    connect(&view, &RowsView::titleMenuRequested, this, &GridFollow::addToTitle);
    connect(&view, &RowsView::referenceClicked, this, &GridFollow::follow);
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    connect(&project, &session::Project::codeChanged, this, &GridFollow::refresh);
    connect(
        m_labels, &GridLabels::failed, this,
        [this](const schema::Name &target, const base::Error &error) {
            Q_EMIT said(
                tr("No names of the rows of %1: %2").arg(target.qualified(), base::toLine(error)));
        });
}

void GridFollow::setLabels(const QMap<QString, QString> &labels)
{
    m_chosen = labels;
    m_references.clear();
    refresh();
}

void GridFollow::refresh()
{
    const auto &database = m_project.database().value;
    const schema::Database &code = m_project.placedCode();
    const QList<GridReference> references =
        database ? gridReferences(*database, code, m_table, m_rows.columns(), m_chosen)
                 : QList<GridReference>();
    m_incoming =
        database ? gridIncoming(*database, code, m_table, m_rows.columns()) : QList<GridIncoming>();
    if (references == m_references)
        return;
    m_references = references;
    m_labels->setReferences(references);
}

const GridReference *GridFollow::referenceAt(int column) const
{
    const auto found = std::ranges::find(m_references, column, &GridReference::position);
    return found == m_references.cend() ? nullptr : &*found;
}

void GridFollow::addToTitle(QMenu *menu, int column)
{
    const GridReference *reference = referenceAt(column);
    if (!reference || m_rows.columns().at(column).tenant)
        return;
    menu->addSeparator();
    QMenu *labels = menu->addMenu(tr("Show %1 by").arg(reference->relation.target.name));
    labels->setObjectName(QStringLiteral("labelMenu"));
    auto *group = new QActionGroup(labels);
    const auto add = [&](const QString &text, const QString &label) {
        QAction *action = labels->addAction(
            text, this, [this, name = reference->column, label] { chooseLabel(name, label); });
        action->setCheckable(true);
        action->setChecked(reference->label == label);
        group->addAction(action);
    };
    for (const QString &label : reference->labels)
        add(label, label);
    labels->addSeparator();
    add(tr("The key alone"), QString());
}

void GridFollow::chooseLabel(const QString &column, const QString &label)
{
    m_chosen.insert(column, label);
    m_references.clear();
    refresh();
    Q_EMIT labelsChosen(m_chosen);
}

/// Where the cell leads to; nothing when it is NULL, no reference, or another tenant's.
std::optional<GridPlace> GridFollow::placeOf(const QModelIndex &cell) const
{
    const GridReference *reference = cell.isValid() ? referenceAt(cell.column()) : nullptr;
    const std::optional<QStringList> key =
        reference ? m_rows.shownValues(cell.row(), reference->positions) : std::nullopt;
    if (!key)
        return std::nullopt;
    const QString label = cell.data(RowsModel::LabelRole).toString();
    return GridPlace{.table = reference->relation.target,
                     .keyColumns = reference->targetColumns,
                     .key = *key,
                     .title = label.isEmpty() ? key->join(QStringLiteral(", ")) : label,
                     .isFollowed = true};
}

void GridFollow::follow(const QModelIndex &cell)
{
    if (const std::optional<GridPlace> place = placeOf(cell))
        Q_EMIT placeWanted(*place);
}

QString GridFollow::titleOf(int row) const
{
    const auto &database = m_project.database().value;
    const schema::Table *table = database ? database->table(m_table) : nullptr;
    if (!table)
        return {};
    const auto shown = [&](const QStringList &names) {
        QList<int> positions;
        for (const QString &name : names) {
            const auto found = std::ranges::find(m_rows.columns(), name, &RowsColumn::name);
            if (found == m_rows.columns().cend())
                return std::optional<QStringList>();
            positions << int(std::distance(m_rows.columns().cbegin(), found));
        }
        return m_rows.shownValues(row, positions);
    };
    const QString label = query::labelColumn(*table);
    if (const auto named = label.isEmpty() ? std::nullopt : shown({label}))
        return named->first().left(200).simplified();
    return shown(table->keyColumns()).value_or(QStringList()).join(QStringLiteral(", "));
}

void GridFollow::addTo(QMenu *menu, const QModelIndex &cell)
{
    menu->addSeparator();
    if (const std::optional<GridPlace> place = placeOf(cell)) {
        QAction *go = menu->addAction(tr("Go to %1: %2").arg(place->table.name, place->title), this,
                                      [this, place] { Q_EMIT placeWanted(*place); });
        go->setObjectName(QStringLiteral("followReference"));
        go->setShortcut(Qt::Key_Return);
        menu->addAction(tr("Peek"), this,
                        [this, at = QPersistentModelIndex(cell)] { peek(at, PeekPanel::By::Key); })
            ->setShortcut(Qt::Key_Space);
    }
    addIncoming(menu, cell.row());
}

void GridFollow::addIncoming(QMenu *menu, int row)
{
    if (m_incoming.isEmpty())
        return;
    QMenu *related = menu->addMenu(tr("Rows that refer to this one"));
    related->setObjectName(QStringLiteral("incomingMenu"));
    QList<query::Select> selects;
    QList<std::pair<QAction *, QString>> actions;
    for (const GridIncoming &incoming : std::as_const(m_incoming)) {
        const std::optional<QStringList> values = m_rows.shownValues(row, incoming.positions);
        const bool isCut = std::ranges::any_of(
            incoming.positions, [&](int column) { return m_rows.cutSize(row, column).isCut(); });
        if (!values || isCut)
            continue;
        const query::Select select = incomingSelect(incoming.relation, *values);
        GridChoice choice;
        for (const query::Filter &filter : select.filters)
            choice.filters << GridFilter{.filter = filter};
        const GridPlace place{.table = incoming.relation.target,
                              .choice = choice,
                              .title = tr("of %1").arg(titleOf(row)),
                              .isFollowed = true};
        actions.append({related->addAction(incoming.relation.name, this,
                                           [this, place] { Q_EMIT placeWanted(place); }),
                        incoming.relation.name});
        selects << select;
    }
    related->setEnabled(!actions.isEmpty());
    // Counted while the menu is open; closing it stops that.
    const auto counted = [actions](const base::Result<rows::Page> &page) {
        for (qsizetype i = 0; page && i < actions.size(); ++i)
            actions.at(i).first->setText(
                tr("%1 (%2)").arg(actions.at(i).second, countText(*page, i)));
    };
    if (!selects.isEmpty())
        base::receive(menu, m_project.countEach(selects), counted);
}

void GridFollow::peek(const QModelIndex &cell, PeekPanel::By by)
{
    const std::optional<GridPlace> place = placeOf(cell);
    const auto &database = m_project.database().value;
    const schema::Table *target = place && database ? database->table(place->table) : nullptr;
    if (!target)
        return;
    if (m_peek)
        m_peek->close();
    const QString alias = target->name.name;
    m_peek = new PeekPanel(alias + QStringLiteral(" · ") + place->title, by, &m_view);
    connect(m_peek, &PeekPanel::goWanted, this, [this, place] { Q_EMIT placeWanted(*place); });
    const QList<RowsColumn> all = describe(*target, alias, *database, m_project.tenantColumn());
    const QList<RowsColumn> columns = all.first(std::min(all.size(), PeekPanel::mostColumns));
    query::Select row{.from = {target->name, alias}, .among = query::Among{{}, {place->key}}};
    for (const RowsColumn &column : columns)
        row.columns << column.source;
    for (const QString &column : place->keyColumns)
        row.among->columns << query::ColumnRef{alias, column};
    row.limit = 1;
    row.cuts = query::cutsOf(row, *target, *database);
    // Who refers to the row is asked for by whole values.
    for (const GridIncoming &incoming :
         gridIncoming(*database, m_project.placedCode(), target->name, columns))
        row.cuts.removeIf([&](const query::Cut &cut) {
            return incoming.relation.columns.contains(cut.column.column);
        });
    const std::optional<session::Tenant> tenant = m_project.tenant();
    const QString absence =
        tenant ? tr("Not among the rows of %1").arg(m_project.chosenLabel(target->name))
               : tr("There is no such row");
    // Closing the panel cancels what it waits for.
    base::receive(m_peek.data(), m_project.fetch(row),
                  [this, panel = m_peek.data(), columns, more = all.size() - columns.size(),
                   absence, table = target->name](const base::Result<rows::Page> &page) {
                      panel->setRow(page, columns, more, absence);
                      if (page && page->rowCount() == 1)
                          askIncoming(panel, table, columns, *page);
                  });
    const QRect rect = m_view.visualRect(cell);
    m_peek->openBeside({m_view.viewport()->mapToGlobal(rect.topLeft()), rect.size()});
}

/// How many rows refer to the one in the panel, in one statement.
void GridFollow::askIncoming(PeekPanel *panel, const schema::Name &table,
                             const QList<RowsColumn> &columns, const rows::Page &row)
{
    const auto &database = m_project.database().value;
    if (!database)
        return;
    QList<query::Select> selects;
    QStringList names;
    for (const GridIncoming &incoming :
         gridIncoming(*database, m_project.placedCode(), table, columns)) {
        QStringList values;
        for (const int position : incoming.positions)
            values << row.text(0, position);
        if (std::ranges::any_of(values, &QString::isNull))
            continue;
        selects << incomingSelect(incoming.relation, values);
        names << incoming.relation.name;
    }
    if (selects.isEmpty())
        return;
    base::receive(panel, m_project.countEach(selects),
                  [panel, names](const base::Result<rows::Page> &page) {
                      QStringList texts;
                      for (qsizetype i = 0; page && i < names.size(); ++i)
                          texts << tr("%1 (%2)").arg(names.at(i), countText(*page, i));
                      panel->setIncoming(texts);
                  });
}

bool GridFollow::keyPressed(const QKeyEvent &event)
{
    const QModelIndex current = m_view.currentIndex();
    const bool isPlain = (event.modifiers() & ~Qt::KeypadModifier) == 0;
    if (!isPlain || !placeOf(current))
        return false;
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        follow(current);
        return true;
    case Qt::Key_Space:
        peek(current, PeekPanel::By::Key);
        return true;
    default:
        return false;
    }
}

/// A panel by mouse goes with it.
void GridFollow::hover(const QEvent &event)
{
    const bool isMove = event.type() == QEvent::MouseMove || event.type() == QEvent::HoverMove;
    const QModelIndex under =
        isMove ? m_view.indexAt(m_view.viewport()->mapFromGlobal(QCursor::pos())) : QModelIndex();
    if (m_peek && m_hovered.isValid() && under != m_hovered)
        m_peek->close();
}

bool GridFollow::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (m_hovered.isValid() && m_peek)
            m_peek->close();
        if (watched == &m_view && keyPressed(*static_cast<QKeyEvent *>(event)))
            return true;
        break;
    case QEvent::ToolTip: {
        const QModelIndex cell = m_view.indexAt(static_cast<QHelpEvent *>(event)->pos());
        const bool isLabelled = !cell.data(RowsModel::LabelRole).toString().isEmpty();
        if (watched != m_view.viewport() || !isLabelled || !placeOf(cell))
            break;
        m_hovered = cell;
        peek(cell, PeekPanel::By::Mouse);
        return true;
    }
    case QEvent::Leave:
    case QEvent::HoverMove:
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        hover(*event);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace studio
