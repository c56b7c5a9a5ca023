// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridfollow.h"

#include "session/project.h"
#include "studio/grid/gridlabels.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>

namespace studio
{

GridFollow::GridFollow(session::Project &project, const schema::Name &table, RowsModel &rows,
                       RowsView &view, QObject *parent)
    : QObject(parent)
    , m_project(project)
    , m_table(table)
    , m_rows(rows)
    , m_labels(
          new GridLabels([&project](const query::Select &select) { return project.fetch(select); },
                         rows, view, this))
{
    connect(&view, &RowsView::titleMenuRequested, this, &GridFollow::addToTitle);
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

} // namespace studio
