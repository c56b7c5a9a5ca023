// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "studio/widgets/rowscolumn.h"
#include "studio/widgets/rowswindow.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>

#include <functional>

namespace studio
{

/// What a grid shows and how it is paged.
struct RowsQuery {
    query::Select select;      ///< with keyset paging its sorts end in a unique key
    QList<RowsColumn> columns; ///< known before the first page, for the header
    bool keyset = false;       ///< page by page; else one page, as far as the select's limit
    qsizetype pageSize = 200;
    qsizetype chosenSorts =
        0;                ///< so many of the sorts were the person's choice: arrows in the header
    qint64 estimate = -1; ///< of the number of rows; -1 unknown
};

/// Rows of a query, fetched while one looks at them: forwards page by page, and again in either
/// direction when a page far away was dropped. A new query makes the answers to an older one void
/// and cancels them. Returns meaning in roles; delegates choose fonts and colours.
class RowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    using Fetch = std::function<QFuture<base::Result<rows::Page>>(const query::Select &)>;

    enum class State {
        Empty,     ///< no query yet
        Loading,   ///< rows are on their way
        Ready,     ///< nothing is
        Failed,    ///< the last request failed: error(), retry()
        Cancelled, ///< the person stopped it: retry() goes on
    };
    enum class Cell { Value, Null, EmptyText, Pending };
    enum Role {
        CellRole = Qt::UserRole + 1, ///< int of Cell
        TypeClassRole,               ///< int of rows::TypeClass; cells and header
        RawTextRole,                 ///< the server's text, uncut; NULL as a null QString
        LabelRole,                   ///< what the value stands for, if known: a tenant's name
        TypeTextRole,                ///< header: the type beside the name
        KeyRole,                     ///< header: bool, part of the primary key
        TenantRole,                  ///< cells and header: bool
        SortRole,                    ///< header: -1 descending, 1 ascending, 0 not sorted by
    };
    enum class TotalKind { Unknown, Estimated, Exact };
    struct Total {
        TotalKind kind = TotalKind::Unknown;
        qint64 rows = -1;
        bool operator==(const Total &) const = default;
    };

    /// \a fetch delivers rows, \a count one row with their number; both must finish what they
    /// return.
    RowsModel(Fetch fetch, Fetch count, QObject *parent = nullptr);

    void setQuery(const RowsQuery &query);
    void clear();
    /// What the values of a column stand for, when that is known later than the query.
    void setLabels(const QString &column, const QHash<QString, QString> &labels);
    const RowsQuery &query() const { return m_query; }
    const QList<RowsColumn> &columns() const { return m_columns; }

    State state() const { return m_state; }
    const std::optional<base::Error> &error() const { return m_error; }
    Total total() const;
    bool atEnd() const { return m_end; }
    qint64 elapsed() const { return m_elapsed; } ///< milliseconds of the last page, -1 before one

    /// These rows are on the screen: fetches what is missing around them, drops what is far away.
    void look(qsizetype first, qsizetype last);
    void requestCount();
    void cancel();
    void retry();
    void setMostPages(qsizetype pages) { m_mostPages = pages; } ///< kept in memory

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void stateChanged();
    void totalChanged();

private:
    struct Request {
        qsizetype slot = 0;
        qsizetype limit = 0;
        bool backwards = false;
        QFutureWatcherBase *watcher = nullptr;
        QElapsedTimer started;
    };

    bool requested(qsizetype slot) const;
    void requestDropped(qsizetype from, qsizetype to);
    void request(qsizetype slot, qsizetype limit = 0);
    void received(int id, const base::Result<rows::Page> &result);
    void receivePage(const Request &request, const rows::Page &page);
    void firstPage(const rows::Page &page);
    void appendPage(const rows::Page &page);
    void replacePage(qsizetype slot, const rows::Page &page, const RowsWindow::Arrival &arrival);
    void resize(qsizetype slot, qsizetype rows);
    void truncate(qsizetype keep);
    void disregardAll();
    void disregardFar(qsizetype firstRow, qsizetype lastRow);
    void setState(State state);
    QList<int> keyColumns() const;
    QVariant cellData(const rows::Page &page, qsizetype row, int column, int role) const;

    const Fetch m_fetch;
    const Fetch m_count;
    RowsQuery m_query;
    QList<RowsColumn> m_columns;
    RowsWindow m_window;
    QHash<int, Request> m_requests;
    int m_nextRequest = 0;
    QFutureWatcherBase *m_counting = nullptr;
    State m_state = State::Empty;
    std::optional<base::Error> m_error;
    std::optional<qint64> m_exact;
    bool m_end = false;
    bool m_isReceiving = false;
    qint64 m_elapsed = -1;
    qsizetype m_mostPages = 24;
    qsizetype m_firstSeen = 0;
    qsizetype m_lastSeen = 0;
};

} // namespace studio
