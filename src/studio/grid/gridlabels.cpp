// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridlabels.h"

#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"

#include <algorithm>

namespace studio
{

namespace
{
/// Of one table in memory, far more than a screen shows.
constexpr qsizetype mostLabels = 5'000;
constexpr qsizetype longestLabel = 200; // characters

query::Select selectOf(const GridReference &reference)
{
    query::Select select = targetRows(reference);
    select.among =
        query::Among{.columns = select.columns.first(reference.targetColumns.size()), .keys = {}};
    return select;
}
} // namespace

GridLabels::GridLabels(Fetch fetch, RowsModel &rows, RowsView &view, QObject *parent)
    : QObject(parent)
    , m_fetch(std::move(fetch))
    , m_rows(rows)
    , m_view(view)
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &GridLabels::ask);
    connect(&view, &RowsView::looked, this, &GridLabels::look);
    connect(&rows, &RowsModel::modelReset, this, [this] { setReferences({}); });
    // A staged value leads elsewhere. What the labels themselves change is not a reason to ask.
    connect(&rows, &RowsModel::dataChanged, this,
            [this](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
                if (roles != QList<int>{RowsModel::LabelRole})
                    m_later.start();
            });
}

void GridLabels::setReferences(const QList<GridReference> &references)
{
    for (const Target &target : std::as_const(m_targets))
        base::disregard(target.watcher);
    m_targets.clear();
    for (const GridReference &reference : references) {
        m_rows.setReference(reference.column,
                            reference.positions.size() > 1 ? reference.positions : QList<int>());
        if (m_rows.columns().at(reference.position).tenant)
            continue; // their names are known
        m_rows.setLabels(reference.column, {});
        // A key that is a name says itself who it is.
        if (reference.label.isEmpty() || reference.targetColumns == QStringList{reference.label})
            continue;
        const query::Select select = selectOf(reference);
        const auto same = std::ranges::find(m_targets, select, &Target::select);
        if (same != m_targets.end())
            same->references << reference;
        else
            m_targets << Target{.select = select, .references = {reference}};
    }
    m_later.start();
}

void GridLabels::look(int first, int last)
{
    m_first = first;
    m_last = last;
    m_later.start();
}

void GridLabels::ask()
{
    m_last = std::min(m_last, m_rows.rowCount() - 1);
    for (qsizetype target = 0; target < m_targets.size(); ++target)
        askFor(target);
}

void GridLabels::askFor(qsizetype index)
{
    Target &target = m_targets[index];
    QSet<QString> wanted;
    QList<QStringList> keys;
    bool awaits = false;
    for (const GridReference &reference : std::as_const(target.references)) {
        if (m_view.isColumnHidden(reference.position))
            continue;
        for (int row = m_first; row <= m_last; ++row) {
            const std::optional<QStringList> values = m_rows.shownValues(row, reference.positions);
            const QString key = values ? labelKey(*values) : QString();
            if (!values || wanted.contains(key) || target.labels.contains(key) ||
                target.missing.contains(key))
                continue;
            awaits = awaits || target.asked.contains(key);
            wanted << key;
            keys << *values;
        }
    }
    // What is on its way for this screen comes first; the rest is asked for afterwards.
    if (keys.isEmpty() || awaits)
        return;
    base::disregard(target.watcher);
    target.asked = wanted;
    query::Select select = target.select;
    select.among->keys = keys;
    target.watcher =
        base::receive(this, m_fetch(select), [this, index](const base::Result<rows::Page> &page) {
            received(index, page);
        });
}

void GridLabels::received(qsizetype index, const base::Result<rows::Page> &page)
{
    Target &target = m_targets[index];
    target.watcher = nullptr;
    const QSet<QString> asked = std::exchange(target.asked, {});
    if (target.labels.size() + target.missing.size() > mostLabels) {
        target.labels.clear();
        target.missing.clear();
    }
    for (qsizetype row = 0; page && row < page->rowCount(); ++row) {
        const qsizetype label = target.select.among->columns.size();
        QStringList values;
        for (qsizetype column = 0; column < label; ++column)
            values << page->text(row, column);
        target.labels.insert(labelKey(values),
                             page->text(row, label).left(longestLabel).simplified());
    }
    for (const QString &key : asked) {
        if (!target.labels.contains(key))
            target.missing << key;
    }
    for (const GridReference &reference : std::as_const(target.references))
        m_rows.setLabels(reference.column, target.labels);
    if (!page && page.error().kind != base::ErrorKind::Cancelled)
        Q_EMIT failed(target.select.from.table, page.error());
    m_later.start();
}

} // namespace studio
