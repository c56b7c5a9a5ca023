// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowssurvey.h"

#include "query/plan.h"

#include <algorithm>

namespace studio
{

namespace
{
/// Fewer rows are walked as fast as a ruler is read.
constexpr qint64 LeastMeasured = 5000;

RowKey keyOf(const rows::Page &page)
{
    RowKey key;
    for (qsizetype column = 0; column < page.columns().size(); ++column)
        key.append(page.value(0, column));
    return key;
}
} // namespace

RowsSurvey::RowsSurvey(RowsSource source, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
{
}

void RowsSurvey::begin(const RowsQuery &query)
{
    base::disregard(m_watcher);
    m_watcher = nullptr;
    m_query = query;
    m_work = m_done = Work::None;
    m_isStopped = false;
    m_estimate = query.estimate;
    m_exact.reset();
    m_ruler.clear();
    m_plan.clear();
    Q_EMIT changed();
}

void RowsSurvey::start()
{
    if (!m_watcher && !m_isStopped && m_query.paging != RowsQuery::Paging::None)
        next();
}

bool RowsSurvey::stop()
{
    m_isStopped = true;
    if (!m_watcher)
        return false;
    base::disregard(m_watcher);
    m_watcher = nullptr;
    m_work = Work::None;
    Q_EMIT changed();
    return true;
}

RowsSurvey::Work RowsSurvey::work() const
{
    return m_work;
}

RowsTotal RowsSurvey::total() const
{
    if (m_exact)
        return {.kind = RowsTotal::Kind::Exact, .rows = *m_exact};
    if (m_estimate >= 0)
        return {.kind = RowsTotal::Kind::Estimated, .rows = m_estimate};
    return {};
}

void RowsSurvey::setExact(qint64 rows)
{
    if (m_exact == rows)
        return;
    m_exact = rows;
    Q_EMIT changed();
}

/// What has failed is passed over: rows can be looked at without it.
void RowsSurvey::next()
{
    if (m_isStopped || m_watcher)
        return;
    if (m_done == Work::None) {
        m_done = Work::Explaining;
        if (m_source.explain) {
            query::Select page = m_query.select;
            page.limit = m_query.pageSize;
            page.cuts.clear(); // they change nothing of how the rows are found
            return ask(Work::Explaining, m_source.explain(page), &RowsSurvey::takePlan);
        }
    }
    if (m_done == Work::Explaining) {
        m_done = Work::Counting;
        if (!m_exact)
            return ask(Work::Counting, m_source.count(m_query.select), &RowsSurvey::takeCount);
    }
    if (m_done == Work::Counting) {
        m_done = Work::Measuring;
        if (isWorthMeasuring()) {
            m_ruler.begin(total().rows);
            return measure();
        }
    }
}

void RowsSurvey::ask(Work work, const RowsSource::Answer &answer, Take take)
{
    const bool isNews = work != m_work;
    m_work = work;
    m_watcher = base::receive(this, answer, [this, take](const base::Result<rows::Page> &result) {
        m_watcher = nullptr;
        (this->*take)(result);
        if (!m_watcher) {
            m_work = Work::None;
            Q_EMIT changed();
        }
    });
    if (isNews)
        Q_EMIT changed();
}

void RowsSurvey::takePlan(const base::Result<rows::Page> &result)
{
    if (result && result->rowCount() == 1) {
        m_plan = result->text(0, 0).toUtf8();
        // The statistics of the whole table are better than the planner's guess, where they apply.
        if (const query::Plan plan = query::readPlan(m_plan); m_estimate < 0)
            m_estimate = plan.rows;
    }
    next();
}

void RowsSurvey::takeCount(const base::Result<rows::Page> &result)
{
    bool isNumber = false;
    const qint64 rows = result && result->rowCount() == 1 && !result->columns().isEmpty()
                            ? result->text(0, 0).toLongLong(&isNumber)
                            : -1;
    if (isNumber)
        m_exact = rows;
    next();
}

/// With an order that no index gives, each mark would be a sort of everything.
bool RowsSurvey::isWorthMeasuring() const
{
    return m_query.paging == RowsQuery::Paging::Keyset && total().rows >= LeastMeasured &&
           !query::readPlan(m_plan).sorts;
}

void RowsSurvey::measure()
{
    query::Select mark = m_query.select;
    mark.columns.clear();
    mark.cuts.clear();
    for (const query::Sort &sort : std::as_const(mark.sorts))
        mark.columns.append(sort.column);
    if (const RowKey key = m_ruler.last().key; !key.isEmpty())
        mark.after = query::Keyset{.values = key};
    mark.offset = m_ruler.step() - 1;
    mark.limit = 1;
    ask(Work::Measuring, m_source.fetch(mark), &RowsSurvey::takeMark);
}

void RowsSurvey::takeMark(const base::Result<rows::Page> &result)
{
    if (!result)
        return;
    if (result->rowCount() == 0) {
        m_ruler.finish();
        return;
    }
    m_ruler.add(keyOf(*result));
    constexpr qsizetype told = 50; // marks: more often would keep the window busy with saying so
    if (m_ruler.marks() % told == 0)
        Q_EMIT changed();
    measure();
}

} // namespace studio
