// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/nestedlabels.h"

#include <algorithm>

namespace studio
{

namespace
{
constexpr qsizetype mostLabels = 5'000; // of one table in memory
constexpr qsizetype longestLabel = 200; // characters
} // namespace

NestedLabels::NestedLabels(Fetch fetch, QObject *parent)
    : QObject(parent)
    , m_fetch(std::move(fetch))
{
}

void NestedLabels::setReferences(const QList<GridReference> &references)
{
    if (std::ranges::equal(references, m_targets, {}, {}, &Target::reference))
        return;
    ++m_generation;
    m_targets.clear();
    for (const GridReference &reference : references)
        m_targets << Target{.reference = reference};
}

void NestedLabels::forget()
{
    ++m_generation;
    for (Target &target : m_targets) {
        target.labels.clear();
        target.asked.clear();
    }
}

const GridReference *NestedLabels::referenceAt(int column) const
{
    const auto found = std::ranges::find_if(
        m_targets, [&](const Target &target) { return target.reference.position == column; });
    return found == m_targets.cend() ? nullptr : &found->reference;
}

void NestedLabels::ask(const rows::Page &page)
{
    for (qsizetype target = 0; target < m_targets.size(); ++target)
        askFor(target, page);
}

void NestedLabels::askFor(qsizetype index, const rows::Page &page)
{
    Target &target = m_targets[index];
    const GridReference &reference = target.reference;
    // A key that is a name says itself who it is.
    if (reference.label.isEmpty() || reference.targetColumns == QStringList{reference.label})
        return;
    if (target.labels.size() > mostLabels)
        target.labels.clear();
    QSet<QString> keys;
    QList<QStringList> values;
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        QStringList key;
        for (const int position : reference.positions) {
            if (const auto cell = page.cell(row, position))
                key << QString::fromUtf8(*cell);
        }
        const QString text = labelKey(key);
        if (key.size() < reference.positions.size() || keys.contains(text) ||
            target.labels.contains(text) || target.asked.contains(text))
            continue;
        keys << text;
        values << key;
    }
    if (keys.isEmpty())
        return;
    target.asked += keys;
    query::Select select = targetRows(reference);
    select.among = query::Among{.columns = select.columns.first(reference.targetColumns.size()),
                                .keys = values};
    base::receive(this, m_fetch(select),
                  [this, index, keys, of = m_generation](const base::Result<rows::Page> &answer) {
                      if (of == m_generation)
                          received(m_targets[index], keys, answer);
                  });
}

void NestedLabels::received(Target &target, const QSet<QString> &keys,
                            const base::Result<rows::Page> &page)
{
    target.asked -= keys;
    if (!page) {
        if (page.error().kind != base::ErrorKind::Cancelled)
            Q_EMIT failed(target.reference.relation.target, page.error());
        return;
    }
    for (const QString &key : keys)
        target.labels.insert(key, {});
    const qsizetype label = target.reference.targetColumns.size();
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        QStringList key;
        for (qsizetype column = 0; column < label; ++column)
            key << page->text(row, column);
        target.labels.insert(labelKey(key), page->text(row, label).left(longestLabel).simplified());
    }
    Q_EMIT known();
}

void NestedLabels::show(RowsModel &rows) const
{
    for (const Target &target : m_targets) {
        const GridReference &reference = target.reference;
        rows.setReference(reference.column,
                          reference.positions.size() > 1 ? reference.positions : QList<int>());
        if (!rows.columns().at(reference.position).tenant)
            rows.setLabels(reference.column, target.labels);
    }
}

} // namespace studio
