// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowsquery.h"
#include "studio/widgets/rowsruler.h"

#include <QObject>

namespace studio
{

/// Finds out in the background about a result as a whole, one thing after the other: how the server
/// would read it, how many rows it has, and a ruler of keys along it.
class RowsSurvey final : public QObject
{
    Q_OBJECT

public:
    enum class Work { None, Explaining, Counting, Measuring };

    explicit RowsSurvey(RowsSource source, QObject *parent = nullptr);

    /// Forgets the result before it. Asks nothing until start().
    void begin(const RowsQuery &query);
    void start();
    /// Ends what is under way and begins nothing more; false when there was nothing to end.
    bool stop();

    Work work() const;
    RowsTotal total() const;
    void setExact(qint64 rows); ///< somebody has seen the end
    const RowsRuler &ruler() const { return m_ruler; }
    const QByteArray &plan() const { return m_plan; } ///< of the first page, JSON; empty before

Q_SIGNALS:
    void changed();

private:
    using Take = void (RowsSurvey::*)(const base::Result<rows::Page> &);
    void next();
    void ask(Work work, const RowsSource::Answer &answer, Take take);
    void takePlan(const base::Result<rows::Page> &result);
    void takeCount(const base::Result<rows::Page> &result);
    void takeMark(const base::Result<rows::Page> &result);
    bool isWorthMeasuring() const;
    void measure();

    const RowsSource m_source;
    RowsQuery m_query;
    QFutureWatcherBase *m_watcher = nullptr;
    Work m_work = Work::None; ///< what the watcher waits for
    Work m_done = Work::None; ///< the last that has ended
    bool m_isStopped = false;
    qint64 m_estimate = -1;
    std::optional<qint64> m_exact;
    RowsRuler m_ruler;
    QByteArray m_plan;
};

} // namespace studio
