// SPDX-License-Identifier: GPL-3.0-or-later
// How GridNested asks for the rows of what is open on the screen, and shows them.
#include "query/nested.h"
#include "session/project.h"
#include "studio/grid/gridnested.h"
#include "studio/grid/gridscope.h"
#include "studio/grid/nestedlabels.h"
#include "studio/grid/nestedstrip.h"
#include "studio/widgets/rowsgutter.h"
#include "studio/widgets/rowsview.h"

#include <algorithm>

namespace studio
{

namespace
{
constexpr int margin = 2;              ///< rows beside the screen that are ready, too
constexpr qsizetype mostKnown = 5'000; ///< heights in memory, far more than a window has
constexpr qsizetype mostSpare = 6;
} // namespace

RowsQuery GridNested::queryOf(const Way &way) const
{
    const schema::Database &database = *m_project.database().value;
    const query::Relation &relation = way.relation;
    const schema::Table &target = *database.table(relation.target);
    const query::Storage storage = m_project.storageOf(target.name);
    const QString alias = target.name.name;
    RowsQuery query{.select = query::nestedOf(relation, target, database, mostRows, storage),
                    .columns = describe(target, alias, database, m_project.tenantColumn()),
                    .pageSize = mostRows,
                    .key = query::rowKey(target, alias, storage)};
    for (RowsColumn &column : query.columns) {
        // All of them hold the same, which stands above.
        if (!relation.refers && !column.primaryKey)
            column.hidden = relation.keyTargetColumns.contains(column.name);
        const auto isTenant = [](const RowsColumn &known) { return known.tenant; };
        const auto known = std::ranges::find_if(m_rows.columns(), isTenant);
        if (column.tenant && known != m_rows.columns().cend())
            column.labels = known->labels;
    }
    const auto addHidden = [&query](const QString &name, const query::ColumnRef &source = {}) {
        query.columns.append({.name = name, .source = source, .hidden = true});
    };
    for (const query::ColumnRef &place :
         std::as_const(query.select.columns).sliced(query.columns.size()))
        addHidden(place.column, place);
    if (!query.select.cuts.isEmpty())
        addHidden(query::sizesColumn);
    addHidden(query::nestedKeyColumn);
    addHidden(query::nestedCountColumn);
    return query;
}

/// The strips are where their rows are; those of rows that are not near the screen are free.
void GridNested::place()
{
    // A page that goes takes its model with it first.
    if (m_view.model() != &m_rows)
        return;
    const bool isAny = m_way >= 0 && m_view.gutter().hasRoom();
    if (!isAny && m_strips.isEmpty())
        return;
    const int last = m_view.rowAt(m_view.viewport()->height() - 1);
    const int to =
        std::min(m_rows.rowCount() - 1, (last < 0 ? m_rows.rowCount() - 1 : last) + margin);
    QSet<QString> kept;
    QList<int> missing;
    for (int row = std::max(0, m_view.rowAt(0) - margin); isAny && row <= to; ++row) {
        if (!isOpen(row))
            continue;
        const auto strip = m_strips.constFind(keyOf(row));
        if (strip != m_strips.cend() && strip->values == valuesOf(row)) {
            kept << keyOf(row);
            strip->widget->setGeometry(m_view.gutter().roomOf(row));
        } else {
            missing << row;
        }
    }
    for (auto strip = m_strips.begin(); strip != m_strips.end();) {
        if (kept.contains(strip.key())) {
            ++strip;
            continue;
        }
        const Strip gone = *strip;
        strip = m_strips.erase(strip);
        release(gone);
    }
    for (const int row : std::as_const(missing))
        begin(m_strips[keyOf(row)], row, *valuesOf(row));
    m_later.start();
}

void GridNested::begin(Strip &strip, int row, const QStringList &values)
{
    strip.widget = m_spare.isEmpty() ? makeStrip() : m_spare.takeLast();
    strip.values = values;
    strip.widget->setGeometry(m_view.gutter().roomOf(row));
    strip.widget->rows().setZone(m_rows.zone());
    const schema::Name &target = m_ways.at(m_way).relation.target;
    strip.widget->setScope(scopeText(m_project, target));
    strip.widget->view().setEmptyText(emptyText(m_project, target), {});
    strip.widget->begin(m_query, textOf(m_ways.at(m_way)), m_title ? m_title(row) : QString());
    m_labels->show(strip.widget->rows());
    strip.widget->show();
}

void GridNested::release(const Strip &strip)
{
    if (strip.widget->isAncestorOf(strip.widget->window()->focusWidget()))
        m_view.setFocus();
    strip.widget->hide();
    strip.widget->rows().clear();
    if (m_spare.size() < mostSpare)
        m_spare << strip.widget;
    else
        strip.widget->deleteLater();
}

NestedStrip *GridNested::makeStrip()
{
    // The widget is known when it asks.
    auto self = std::make_shared<NestedStrip *>(nullptr);
    const RowsSource source{
        .fetch = [this, self](const query::Select &select) { return fetch(*self, select); }};
    auto *strip = new NestedStrip(source, m_view.viewport());
    *self = strip;
    connect(strip, &NestedStrip::allWanted, this, [this, strip] { openAll(strip); });
    connect(strip, &NestedStrip::rowWanted, this, [this, strip](int row) { openRow(strip, row); });
    connect(&strip->view(), &RowsView::notice, this, &GridNested::said);
    connect(&strip->view(), &RowsView::referenceClicked, this,
            [this, strip](const QModelIndex &cell) { follow(strip, cell); });
    connect(strip, &NestedStrip::left, &m_view, qOverload<>(&QWidget::setFocus));
    return strip;
}

GridNested::Strip *GridNested::stripOf(const NestedStrip *widget)
{
    const auto found =
        std::ranges::find_if(m_strips, [&](const Strip &strip) { return strip.widget == widget; });
    return found == m_strips.end() ? nullptr : &*found;
}

/// The page of a strip comes with those of others; what it asks beside it, whole values, at once.
RowsSource::Answer GridNested::fetch(const NestedStrip *widget, const query::Select &select)
{
    Strip *strip = stripOf(widget);
    if (!strip || select != m_query.select)
        return m_project.fetch(select);
    strip->promise = std::make_shared<QPromise<base::Result<rows::Page>>>();
    strip->promise->start();
    m_later.start();
    return strip->promise->future();
}

/// What is on its way for this screen comes first; the rest is asked for afterwards.
void GridNested::ask()
{
    bool isAwaited = false;
    QList<std::pair<QString, QStringList>> wanted;
    for (auto strip = m_strips.begin(); strip != m_strips.end(); ++strip) {
        if (strip->promise && strip->promise->isCanceled())
            strip->promise.reset();
        if (!strip->promise)
            continue;
        const std::pair<QString, QStringList> entry{strip.key(), strip->values};
        isAwaited = isAwaited || m_asked.contains(entry);
        wanted << entry;
    }
    if (isAwaited && m_watcher)
        return;
    base::disregard(std::exchange(m_watcher, nullptr));
    m_asked = wanted;
    if (wanted.isEmpty())
        return;
    query::Select select = m_query.select;
    for (const auto &[key, values] : std::as_const(wanted))
        select.among->keys << values;
    Q_EMIT asked(wanted.size());
    m_watcher = base::receive(this, m_project.fetchNested(select),
                              [this](const base::Result<rows::Page> &page) { received(page); });
}

void GridNested::received(const base::Result<rows::Page> &page)
{
    m_watcher = nullptr;
    const auto asked = std::exchange(m_asked, {});
    if (m_known.size() > mostKnown)
        m_known.clear();
    qsizetype row = 0;
    const qsizetype columns = page ? page->columns().size() : 0;
    for (qsizetype i = 0; i < asked.size(); ++i) {
        const qsizetype first = row;
        while (page && row < page->rowCount() && page->text(row, columns - 2).toLongLong() == i)
            ++row;
        const auto strip = m_strips.find(asked.at(i).first);
        if (strip == m_strips.end() || strip->values != asked.at(i).second || !strip->promise)
            continue;
        const auto promise = std::exchange(strip->promise, nullptr);
        m_known[strip.key()] = page ? int(row - first) : mostRows;
        if (page)
            strip->widget->setTotal(row - first,
                                    row > first ? page->text(first, columns - 1).toLongLong() : 0);
        promise->addResult(page ? base::Result<rows::Page>(page->part(first, row - first)) : page);
        promise->finish();
    }
    if (page)
        m_labels->ask(*page);
    const int seen = std::max(0, m_view.rowAt(0) - margin);
    const int last = std::min(m_rows.rowCount() - 1, seen + m_view.viewport()->height() / 20);
    layRoom(seen, last);
    place();
    for (int at = seen; at <= last && !m_opened.isEmpty(); ++at) {
        if (keyOf(at) == m_opened) {
            m_opened.clear();
            showWhole(at);
        }
    }
}

/// All rows of the relation, in their own table.
void GridNested::openAll(const NestedStrip *widget)
{
    const Strip *strip = stripOf(widget);
    if (!strip || m_way < 0)
        return;
    const query::Relation &relation = m_ways.at(m_way).relation;
    GridChoice choice;
    for (qsizetype i = 0; i < relation.keyTargetColumns.size(); ++i)
        choice.filters << GridFilter{
            .filter = {.column = {relation.target.name, relation.keyTargetColumns.at(i)},
                       .op = query::Operator::Equal,
                       .values = {strip->values.at(i)}}};
    Q_EMIT placeWanted({.table = relation.target,
                        .choice = choice,
                        .title = widget->accessibleName(),
                        .isFollowed = true});
}

/// The row of another table to which a row in line refers.
void GridNested::follow(NestedStrip *widget, const QModelIndex &cell)
{
    const GridReference *reference = m_labels->referenceAt(cell.column());
    const std::optional<QStringList> key =
        reference ? widget->rows().shownValues(cell.row(), reference->positions) : std::nullopt;
    if (!key)
        return;
    const QString label = cell.data(RowsModel::LabelRole).toString();
    Q_EMIT placeWanted({.table = reference->relation.target,
                        .keyColumns = reference->targetColumns,
                        .key = *key,
                        .title = label.isEmpty() ? key->join(QStringLiteral(", ")) : label,
                        .isFollowed = true});
}

void GridNested::openRow(NestedStrip *widget, int row)
{
    const auto &database = m_project.database().value;
    const schema::Table *target =
        m_way >= 0 && database ? database->table(m_ways.at(m_way).relation.target) : nullptr;
    if (!target || target->keyColumns().isEmpty() || row >= widget->rows().rowCount()) {
        openAll(widget);
        return;
    }
    GridPlace place{.table = target->name, .keyColumns = target->keyColumns(), .isFollowed = true};
    for (const QString &name : std::as_const(place.keyColumns)) {
        const auto &columns = widget->rows().columns();
        const auto found = std::ranges::find(columns, name, &RowsColumn::name);
        place.key << QString::fromUtf8(widget->rows()
                                           .value(row, int(std::distance(columns.cbegin(), found)))
                                           .value_or(QByteArray()));
    }
    place.title = place.key.join(QStringLiteral(", "));
    Q_EMIT placeWanted(place);
}

} // namespace studio
