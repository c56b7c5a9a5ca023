// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/cuts.h"
#include "studio/widgets/rowsoverlay.h"
#include "studio/widgets/rowssurvey.h"
#include "studio/widgets/rowswindow.h"
#include "studio/widgets/rowszone.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>

namespace studio
{

/// Rows of a query, fetched while one looks at them. In memory, and in the model, is a window of
/// them around what is on the screen: it grows and is cut at both ends, or moves elsewhere as a
/// whole; firstRow() says where it lies. A newer request makes the answer to an older one void and
/// cancels it. Returns meaning in roles; delegates choose fonts and colours.
class RowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class State {
        Empty,     ///< no query yet
        Loading,   ///< rows are on their way
        Ready,     ///< nothing is
        Failed,    ///< the last request failed: error(), retry()
        Cancelled, ///< the person stopped it: retry() goes on
    };
    enum class Cell { Value, Null, EmptyText, Placeholder, Blank };
    enum Role {
        CellRole = Qt::UserRole + 1, ///< int of Cell
        TypeClassRole,               ///< int of rows::TypeClass; cells and header
        RawTextRole,                 ///< the server's text; NULL as a null QString
        LabelRole,                   ///< what the value stands for, if known: a tenant's name
        TypeTextRole,                ///< header: the type beside the name
        KeyRole,                     ///< header: bool, part of the primary key
        TenantRole,                  ///< cells and header: bool
        MarkRole,                    ///< int of RowsOverlay::Mark: of the cell
        RowMarkRole,                 ///< the same of its row
        NoteRole,                    ///< cells: a word at the right edge, the size; may be empty
        ReferenceRole,               ///< cells: bool, leads to a row of another table
        CutRole,                     ///< cells: bool, only the beginning of what it holds is here
        SortRole,      ///< header: the place in the order, less than 0 where descending; 0 none
        SortPlaceRole, ///< header: that place where there are several, else 0
    };

    explicit RowsModel(const RowsSource &source, QObject *parent = nullptr);

    void setQuery(const RowsQuery &query);
    void clear();
    /// What the values of a column stand for, when that is known later than the query.
    void setLabels(const QString &column, const QHash<QString, QString> &labels);
    /// The column leads to rows of another table, by its own values or by those of several columns.
    void setReference(const QString &column, const QList<int> &labelBy);
    /// The values in some columns of a row as they are shown, in text form; nothing with a NULL or
    /// words (DEFAULT) among them.
    std::optional<QStringList> shownValues(int row, const QList<int> &columns) const;
    /// The value as it is shown, bytes as they are; of a value that came cut it is the beginning.
    std::optional<QByteArray> shownValue(int row, int column) const;
    bool hasCuts(int row) const; ///< whether a value of the row may have come cut
    /// Shows what \a overlay says in the place of what came; it must live as long as the model.
    void setOverlay(const RowsOverlay *overlay) { m_overlay = overlay; }
    void overlayChanged();
    void setZone(const RowsZone &zone); ///< in which moments are shown; roles of text stay
    const RowsZone &zone() const { return m_zone.choice; }
    /// The server's own value, whatever the overlay shows. Of a value that came cut it is the
    /// beginning: RowsWhole asks for the rest.
    std::optional<QByteArray> value(int row, int column) const;
    query::CutSize cutSize(int row, int column) const;
    QStringList rowKey(int row) const; ///< the values of query().key
    /// By which the row stands in the order, for jumpTo(); empty without keyset paging, and where
    /// only the beginning of it is here.
    RowKey orderKey(int row) const { return isKeyCut(row) ? RowKey() : m_window.key(row); }
    /// Other rows or columns of the same source, beside the pages.
    RowsSource::Answer fetch(const query::Select &select) const { return m_source.fetch(select); }
    RowsWindow::Cell place(int row) const { return m_window.cell(row); } ///< of a row in its page
    const RowsQuery &query() const { return m_query; }
    const QList<RowsColumn> &columns() const { return m_columns; }

    State state() const { return m_state; }
    const std::optional<base::Error> &error() const { return m_error; }
    RowsTotal total() const;
    const RowsSurvey &survey() const { return m_survey; }
    qint64 firstRow() const { return m_first; }  ///< of the model's row 0 in the whole result
    bool isPlaced() const { return m_isPlaced; } ///< firstRow() is no estimate
    bool atStart() const { return m_atStart; }   ///< the first row of all is in the model
    bool atEnd() const { return m_atEnd; }
    qint64 elapsed() const { return m_elapsed; } ///< milliseconds of the last page, -1 before one

    /// These rows of the model are on the screen: fetches what is missing around them, drops what
    /// is far away.
    void look(qsizetype first, qsizetype last);
    /// Moves the window to a row of the whole result, or to its end; arrived() follows. Without a
    /// ruler the place may be an estimate. With one, it may be up to \a slack rows off where that
    /// spares walking there.
    void jump(qint64 row, qint64 slack = 0);
    void jumpToEnd();
    /// Moves the window to the row with this key, by keyset only. Its place is an estimate until
    /// the rows before it are counted.
    void jumpTo(const RowKey &key);
    bool cancel(); ///< all that is under way; false when nothing was
    void retry();
    void setMostPages(qsizetype pages) { m_mostPages = pages; } ///< kept in memory

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void stateChanged();
    void totalChanged();               ///< also what the survey does, and where the window lies
    void leaving(int first, int last); ///< rows are about to be dropped, though they exist
    void arrived(qint64 row);          ///< the row jumped to is in the window

private:
    enum class Part { Whole, Above, Below };
    struct Request {
        Part part = Part::Whole;
        query::Select select;
        qint64 first = 0;    ///< row of the whole result that the page begins with
        bool isExact = true; ///< `first` is no estimate
        qint64 wanted = -1;  ///< the row of a jump
    };

    static query::Select pageOf(const RowsQuery &query, query::Select select);
    void ask(const Request &request);
    void await(const Request &request, const RowsSource::Answer &answer);
    void askCut(const Request &request);
    void askNeighbour(Part part);
    void askByWholeKey(const Request &request, int row);
    bool isKeyCut(qsizetype row) const;
    Request nearest(qint64 row, qint64 first) const;
    void received(const Request &request, const base::Result<rows::Page> &result);
    void takeWhole(const Request &request, const rows::Page &page);
    void takeNeighbour(const Request &request, const rows::Page &page);
    void describeColumns(const rows::Page &page);
    void add(RowsWindow::Edge edge, const rows::Page &page);
    void removeAll();
    void place(const RowKey &key);
    std::optional<qint64> rowOf(const RowKey &key) const;
    void trim(qsizetype first, qsizetype last);
    void settle();
    void disregard();
    void disregardPlace();
    void setState(State state);
    QList<int> keyColumns() const;
    query::CutSize cutOf(const rows::Page &page, qsizetype row, int column) const;
    QVariant cellData(const rows::Page &page, qsizetype row, int column, int role) const;
    int sortPlace(int column) const;
    QString zoneText() const;
    QVariant labelData(int row, int column) const;
    void changeColumn(const QString &name, const std::function<void(RowsColumn &)> &change);
    QVariant shownData(const RowsOverlay::Shown &shown, int column, int role) const;

    /// Where a row of the result is, by count.
    struct RowPlace {
        RowKey key;
        qint64 row = 0;
    };

    const RowsSource m_source;
    const RowsOverlay *m_overlay = nullptr;
    /// The choice, and the zone itself: looked up once, not for every cell.
    struct {
        RowsZone choice;
        QTimeZone zone;
    } m_zone;
    RowsSurvey m_survey;
    RowsQuery m_query;
    QList<RowsColumn> m_columns;
    int m_sizesColumn = -1; ///< says which values came cut
    RowsWindow m_window;
    Request m_request; ///< the newest: what is under way, has failed or was stopped
    QFutureWatcherBase *m_watcher = nullptr;
    QFutureWatcherBase *m_placing = nullptr; ///< counts what is before the row jumped to
    std::optional<RowPlace> m_place;         ///< known before the row is in the window
    /// The key jumped to, and that of the row there: the next one where the row has gone.
    std::optional<std::pair<RowKey, RowKey>> m_sought;
    QElapsedTimer m_started;
    State m_state = State::Empty;
    std::optional<base::Error> m_error;
    qint64 m_first = 0;
    bool m_isPlaced = true;
    bool m_atStart = true;
    bool m_atEnd = false;
    qint64 m_elapsed = -1;
    qsizetype m_mostPages = 24;
    qsizetype m_firstSeen = 0;
    qsizetype m_lastSeen = 0;
};

} // namespace studio
