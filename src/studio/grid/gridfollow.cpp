// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridfollow.h"

#include "session/project.h"
#include "studio/grid/gridlabels.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"

#include <QActionGroup>
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
    const auto &code = m_project.code().value;
    const QList<GridReference> references =
        database ? gridReferences(*database, code ? code->schema : schema::Database(), m_table,
                                  m_rows.columns(), m_chosen)
                 : QList<GridReference>();
    m_incoming = database ? gridIncoming(*database, code ? code->schema : schema::Database(),
                                         m_table, m_rows.columns())
                          : QList<GridIncoming>();
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
        if (!values)
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

bool GridFollow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        const bool isPlain = (key->modifiers() & ~Qt::KeypadModifier) == 0;
        if (isPlain && isEnter && placeOf(m_view.currentIndex())) {
            follow(m_view.currentIndex());
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace studio
