// SPDX-License-Identifier: GPL-3.0-or-later
// How RowsModel asks for pages and what it does with those that come.
#include "studio/widgets/rowsmodel.h"

#include "studio/widgets/rowswhole.h"

#include <algorithm>

namespace studio
{

namespace
{
using Edge = RowsWindow::Edge;

/// So many rows are walked to a place; farther away a good guess comes first.
constexpr qint64 FarAway = 50'000;
/// A page takes no more memory than this, else its values are cut.
constexpr qint64 MostWhole = 2 * 1024 * 1024;
} // namespace

void RowsModel::look(qsizetype first, qsizetype last)
{
    m_firstSeen = std::max<qsizetype>(0, first);
    m_lastSeen = std::max(last, m_firstSeen);
    if (m_state != State::Ready || m_window.isEmpty())
        return;
    const qsizetype margin = m_query.pageSize / 2;
    trim(m_firstSeen - margin, m_lastSeen + margin);
    if (m_query.paging == RowsQuery::Paging::None)
        return;
    if (!m_atEnd && m_lastSeen + margin >= m_window.rowCount())
        askNeighbour(Part::Below);
    else if (!m_atStart && m_firstSeen < margin)
        askNeighbour(Part::Above);
}

/// Drops pages that are farther away than the rows first to last, until few enough are left.
void RowsModel::trim(qsizetype first, qsizetype last)
{
    while (m_window.pageCount() > m_mostPages) {
        const std::optional<Edge> edge = m_window.farther(first, last);
        if (!edge)
            return;
        const auto rows = static_cast<int>(m_window.rowsAt(*edge));
        const int from = *edge == Edge::Front ? 0 : rowCount() - rows;
        Q_EMIT leaving(from, from + rows - 1);
        beginRemoveRows({}, from, from + rows - 1);
        m_window.drop(*edge);
        if (*edge == Edge::Front) {
            m_first += rows;
            m_atStart = false;
            m_firstSeen = std::max<qsizetype>(0, m_firstSeen - rows);
            m_lastSeen = std::max<qsizetype>(0, m_lastSeen - rows);
            first -= rows;
            last -= rows;
        } else {
            m_atEnd = false;
        }
        endRemoveRows();
    }
}

void RowsModel::askNeighbour(Part part)
{
    Request request{.part = part, .select = m_query.select};
    qsizetype limit = m_query.pageSize;
    const bool isAbove = part == Part::Above;
    if (m_query.paging == RowsQuery::Paging::Keyset) {
        const RowKey key = m_window.key(isAbove ? 0 : m_window.rowCount() - 1);
        request.select.after = query::Keyset{.values = key, .backwards = isAbove};
    } else if (isAbove) {
        request.select.offset = std::max<qint64>(0, m_first - limit);
        limit = m_first - request.select.offset;
    } else {
        request.select.offset = m_first + m_window.rowCount();
    }
    request.select.limit = limit;
    ask(request);
}

void RowsModel::jump(qint64 row, qint64 slack)
{
    if (m_state == State::Empty || m_query.paging == RowsQuery::Paging::None)
        return;
    if (const RowsTotal known = total(); known.kind != RowsTotal::Kind::Unknown)
        row = std::min(row, known.rows - 1);
    row = std::max<qint64>(0, row);
    // A little of what is above comes along.
    qint64 first = std::max<qint64>(0, row - m_query.pageSize / 4);
    const qint64 mark = m_survey.ruler().nearest(first).row;
    if (m_query.paging == RowsQuery::Paging::Keyset && std::abs(mark - first) <= slack &&
        row + mark - first < total().rows) {
        row += mark - first;
        first = mark;
    }
    const Request walk = nearest(row, first);
    if (walk.select.offset <= FarAway || !m_source.bound ||
        m_query.paging != RowsQuery::Paging::Keyset || total().kind == RowsTotal::Kind::Unknown) {
        ask(walk);
        return;
    }
    disregard();
    m_request = walk;
    setState(State::Loading);
    const double part = double(row) / double(std::max<qint64>(1, total().rows));
    const auto known = [this, row, walk](const base::Result<rows::Page> &result) {
        m_watcher = nullptr;
        if (!result || result->rowCount() != 1) {
            ask(walk);
            return;
        }
        Request guess{.select = m_query.select, .first = row, .isExact = false, .wanted = row};
        query::Keyset bound{.inclusive = true};
        for (qsizetype column = 0; column < result->columns().size(); ++column)
            bound.values.append(result->text(0, column).toUtf8());
        guess.select.after = bound;
        guess.select.limit = m_query.pageSize;
        ask(guess);
    };
    m_watcher = base::receive(this, m_source.bound(m_query.select, part), known);
}

void RowsModel::jumpToEnd()
{
    if (m_state == State::Empty || m_query.paging == RowsQuery::Paging::None)
        return;
    const RowsTotal known = total();
    if (m_query.paging == RowsQuery::Paging::Offset) {
        jump(known.kind == RowsTotal::Kind::Unknown ? 0 : known.rows - 1);
        return;
    }
    Request request{.select = m_query.select,
                    .first = std::max<qint64>(0, known.rows - m_query.pageSize),
                    .isExact = known.kind == RowsTotal::Kind::Exact,
                    .wanted = std::max<qint64>(0, known.rows - 1)};
    request.select.after = query::Keyset{.values = {}, .backwards = true};
    request.select.limit = m_query.pageSize;
    ask(request);
}

void RowsModel::jumpTo(const RowKey &key)
{
    if (m_state == State::Empty || m_query.paging != RowsQuery::Paging::Keyset)
        return;
    if (const std::optional<qint64> row = rowOf(key)) {
        Q_EMIT arrived(m_first + *row);
        return;
    }
    const RowsTotal known = total();
    const qint64 guess = std::max<qint64>(m_query.pageSize, known.rows / 2);
    Request request{.select = m_query.select, .first = guess, .isExact = false, .wanted = guess};
    request.select.after = query::Keyset{.values = key, .inclusive = true};
    request.select.limit = m_query.pageSize;
    ask(request);
    place(key);
}

/// Counts the rows before \a key, and puts the window right when it still holds the row then.
void RowsModel::place(const RowKey &key)
{
    disregardPlace();
    if (!m_source.count)
        return;
    query::Select before = m_query.select;
    before.after = query::Keyset{.values = key, .backwards = true};
    m_placing = base::receive(
        this, m_source.count(before), [this, key](const base::Result<rows::Page> &result) {
            m_placing = nullptr;
            m_place = result && result->rowCount() == 1
                          ? std::optional(RowPlace{key, result->text(0, 0).toLongLong()})
                          : std::nullopt;
            settle();
            Q_EMIT totalChanged();
        });
}

std::optional<qint64> RowsModel::rowOf(const RowKey &key) const
{
    for (qsizetype row = 0; row < m_window.rowCount(); ++row) {
        if (m_window.key(row) == key)
            return row;
    }
    return std::nullopt;
}

/// The shortest exact way to a page that begins with \a first: from the beginning, a mark of the
/// ruler, the rows at hand, or the end.
RowsModel::Request RowsModel::nearest(qint64 row, qint64 first) const
{
    Request best{.select = m_query.select, .first = first, .wanted = row};
    best.select.limit = m_query.pageSize;
    best.select.offset = first;
    if (m_query.paging != RowsQuery::Paging::Keyset)
        return best;
    const auto offer = [&best](const RowKey &key, bool backwards, qint64 offset, qint64 from) {
        if (offset < 0 || offset >= best.select.offset)
            return;
        best.select.after = query::Keyset{.values = key, .backwards = backwards};
        best.select.offset = offset;
        best.first = from;
    };
    if (const RowsRuler::Mark mark = m_survey.ruler().before(first); mark.row > 0)
        offer(mark.key, false, first - mark.row, first);
    const qint64 end = first + m_query.pageSize;
    if (m_isPlaced && !m_window.isEmpty()) {
        const qint64 below = m_first + m_window.rowCount();
        if (const qsizetype last = m_window.rowCount() - 1; !isKeyCut(last))
            offer(m_window.key(last), false, first - below, first);
        if (!isKeyCut(0))
            offer(m_window.key(0), true, m_first - end, first);
    }
    if (const RowsTotal known = total(); known.kind == RowsTotal::Kind::Exact) {
        const qint64 offset = std::max<qint64>(0, known.rows - end);
        offer({}, true, offset, std::max<qint64>(0, known.rows - offset - m_query.pageSize));
    }
    return best;
}

/// What is asked for to get \a select, which is a page of \a query.
query::Select RowsModel::pageOf(const RowsQuery &query, query::Select select)
{
    if (query.isOfAllColumns && select.cuts.isEmpty())
        select.columns.clear();
    return select;
}

void RowsModel::ask(const Request &request)
{
    disregard();
    m_started.start();
    const qsizetype edge = request.part == Part::Below ? m_window.rowCount() - 1 : 0;
    if (request.part != Part::Whole && request.select.after && isKeyCut(edge))
        return askByWholeKey(request, int(edge));
    await(request, m_source.fetch(pageOf(m_query, request.select)));
}

bool RowsModel::isKeyCut(qsizetype row) const
{
    return std::ranges::any_of(keyColumns(),
                               [&](int column) { return cutSize(int(row), column).isCut(); });
}

/// The page beyond a \a row that is sorted by long values: they are fetched first, those of this
/// row alone, so that no more of them are ever in memory.
void RowsModel::askByWholeKey(const Request &request, int row)
{
    QModelIndexList cells;
    for (const int column : keyColumns())
        cells << index(row, column);
    const RowsWhole whole(*this, cells);
    m_request = request;
    const auto known = [this, request, whole](const base::Result<rows::Page> &answer) {
        m_watcher = nullptr;
        if (!answer)
            return received(request, answer);
        const std::optional<RowsWhole::Values> key = whole.values(*answer);
        // The row has gone meanwhile: its number says where the others are.
        if (!key)
            return jump(m_first + m_firstSeen);
        Request sought = request;
        sought.select.after->values = *key;
        await(sought, m_source.fetch(pageOf(m_query, sought.select)));
    };
    m_watcher = base::receive(this, m_source.fetch(whole.select()), known);
    setState(State::Loading);
}

void RowsModel::await(const Request &request, const RowsSource::Answer &answer)
{
    disregard();
    m_request = request;
    m_watcher =
        base::receive(this, answer, [this, request](const base::Result<rows::Page> &result) {
            m_watcher = nullptr;
            received(request, result);
        });
    setState(State::Loading);
}

/// Values are longer than was said: from now on they come cut, and this page does again.
void RowsModel::askCut(const Request &request)
{
    m_query.select.cuts = std::exchange(m_query.spareCuts, {});
    m_query.columns.append({.name = query::sizesColumn, .hidden = true});
    Request again = request;
    again.select.cuts = m_query.select.cuts;
    if (request.part != Part::Whole) {
        const qint64 seen = m_first + m_firstSeen;
        again = {.select = m_query.select, .first = seen, .isExact = m_isPlaced, .wanted = seen};
        again.select.after = query::Keyset{.values = m_window.key(m_firstSeen), .inclusive = true};
        again.select.limit = m_query.pageSize;
    }
    ask(again);
}

void RowsModel::received(const Request &request, const base::Result<rows::Page> &result)
{
    if (!result) {
        m_error = result.error();
        setState(m_error->kind == base::ErrorKind::Cancelled ? State::Cancelled : State::Failed);
        return;
    }
    m_elapsed = m_started.elapsed();
    if (!m_query.spareCuts.isEmpty() && result->bytes() > MostWhole)
        return askCut(request);
    const bool isBackwards = request.select.after && request.select.after->backwards;
    if (request.part == Part::Whole && request.first > 0 && result->rowCount() == 0 &&
        !isBackwards) {
        // There are fewer rows than was thought.
        if (m_query.paging == RowsQuery::Paging::Keyset)
            jumpToEnd();
        else
            jump(0);
        return;
    }
    // Views ask for more in the middle of an insertion: only when Ready they get it.
    if (request.part == Part::Whole)
        takeWhole(request, *result);
    else
        takeNeighbour(request, *result);
    settle();
    setState(State::Ready);
    Q_EMIT totalChanged();
    if (request.wanted >= 0 && !m_window.isEmpty())
        Q_EMIT arrived(m_first + std::min(request.wanted - request.first, m_window.rowCount() - 1));
    look(m_firstSeen, m_lastSeen);
    if (m_state == State::Ready)
        m_survey.start();
}

void RowsModel::takeWhole(const Request &request, const rows::Page &page)
{
    removeAll();
    describeColumns(page);
    const bool isFull = page.rowCount() >= request.select.limit.value_or(0);
    const bool isPaged = m_query.paging != RowsQuery::Paging::None;
    const bool isBackwards = request.select.after && request.select.after->backwards;
    const bool isFromEdge = !request.select.after || request.select.after->values.isEmpty();
    const bool isEdge = isFromEdge && request.select.offset == 0;
    m_first = request.first;
    m_isPlaced = request.isExact;
    m_atStart = isBackwards ? !isFull : isEdge;
    m_atEnd = !isPaged || (isBackwards ? isEdge : !isFull);
    m_firstSeen = m_lastSeen = std::max<qint64>(0, request.wanted - m_first);
    add(Edge::Back, page);
    const std::optional<query::Keyset> &after = request.select.after;
    m_sought.reset();
    if (after && after->inclusive && request.select.offset == 0 && page.rowCount() > 0)
        m_sought = {after->values, m_window.key(0)};
}

void RowsModel::takeNeighbour(const Request &request, const rows::Page &page)
{
    const bool isFull = page.rowCount() >= request.select.limit.value_or(0);
    if (request.part == Part::Below) {
        m_atEnd = !isFull;
        add(Edge::Back, page);
        return;
    }
    const bool isFirst = m_query.paging == RowsQuery::Paging::Offset && request.select.offset == 0;
    m_atStart = !isFull || isFirst;
    m_first -= page.rowCount();
    m_firstSeen += page.rowCount();
    m_lastSeen += page.rowCount();
    add(Edge::Front, page);
}

/// Where the window touches an edge, its place is certain; where it has come past one without
/// touching it, rows came or went, or the place was an estimate.
void RowsModel::settle()
{
    if (m_window.isEmpty() && !m_atStart)
        return;
    const RowsTotal known = m_survey.total();
    if (const std::optional<RowPlace> counted = std::exchange(m_place, std::nullopt)) {
        const bool isSought = m_sought && m_sought->first == counted->key;
        if (const std::optional<qint64> row = rowOf(isSought ? m_sought->second : counted->key))
            std::tie(m_first, m_isPlaced) = std::pair(counted->row - *row, true);
        else if (m_state == State::Loading)
            m_place = counted; // the count was faster than the row
    }
    if (m_atStart) {
        m_first = 0;
        m_isPlaced = true;
    } else if (m_atEnd && !m_isPlaced && known.rows >= 0) {
        m_first = std::max<qint64>(1, known.rows - m_window.rowCount());
        m_isPlaced = known.kind == RowsTotal::Kind::Exact;
    }
    if (!m_atStart && m_first < 0) {
        m_first = m_query.pageSize;
        m_isPlaced = false;
    }
    if (m_atEnd && m_isPlaced && m_query.paging != RowsQuery::Paging::None)
        m_survey.setExact(m_first + m_window.rowCount());
}

void RowsModel::describeColumns(const rows::Page &page)
{
    const auto isKnown = [](const rows::ResultColumn &a, const RowsColumn &b) {
        return a.name == b.name;
    };
    const QList<RowsColumn> columns = std::ranges::equal(page.columns(), m_query.columns, isKnown)
                                          ? m_query.columns
                                          : describeResult(page.columns(), m_query.columns);
    if (columns != m_columns) {
        beginResetModel();
        m_columns = columns;
        m_window = RowsWindow(keyColumns());
        endResetModel();
    }
    const auto sizes = std::ranges::find_if(std::as_const(m_columns), [](const RowsColumn &column) {
        return column.hidden && column.name == query::sizesColumn;
    });
    m_sizesColumn = sizes == m_columns.cend() ? -1 : int(std::distance(m_columns.cbegin(), sizes));
    // Without the key's columns in the result there is nothing to seek from: the first page is all.
    if (m_query.paging == RowsQuery::Paging::Keyset && keyColumns().isEmpty())
        m_query.paging = RowsQuery::Paging::None;
}

void RowsModel::add(Edge edge, const rows::Page &page)
{
    if (page.rowCount() == 0)
        return;
    const qsizetype first = edge == Edge::Front ? 0 : m_window.rowCount();
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + page.rowCount() - 1));
    m_window.add(edge, page);
    endInsertRows();
}

void RowsModel::removeAll()
{
    if (m_window.isEmpty())
        return;
    const int last = rowCount() - 1;
    Q_EMIT leaving(0, last);
    beginRemoveRows({}, 0, last);
    m_window.clear();
    endRemoveRows();
}

void RowsModel::disregard()
{
    base::disregard(m_watcher);
    m_watcher = nullptr;
    m_place.reset();
}

void RowsModel::disregardPlace()
{
    base::disregard(m_placing);
    m_placing = nullptr;
}

} // namespace studio
