// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/relations.h"
#include "studio/grid/gridtrail.h"
#include "studio/widgets/rowsquery.h"

#include <QHash>
#include <QPromise>
#include <QSet>
#include <QTimer>

#include <functional>

namespace session
{
class Project;
}
QT_BEGIN_NAMESPACE
class QFutureWatcherBase;
class QKeyEvent;
class QMenu;
QT_END_NAMESPACE

namespace studio
{

class NestedStrip;
class RowsModel;
class NestedLabels;
class RowsView;

/// The rows of one relation below the rows of a grid, as many as a person opens: for all that are
/// on the screen one statement. What leaves the screen is forgotten, but not that it is open.
class GridNested final : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostRows = 5; ///< below a row of the grid

    GridNested(session::Project &project, const schema::Name &table, RowsModel &rows,
               RowsView &view, QObject *parent);

    /// Who a row of the model is, for people.
    void setTitle(const std::function<QString(int row)> &title) { m_title = title; }
    /// To be called after every query that the model is given. \a relation: see GridChoice.
    void setRelation(const QString &relation);
    void addTo(QMenu *menu, const QModelIndex &cell);

Q_SIGNALS:
    void relationChosen(const QString &relation); ///< by the person
    void placeWanted(const studio::GridPlace &place);
    void said(const QString &text); ///< for the status line
    void asked(qsizetype rows);     ///< one statement for what is below so many rows was sent

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// A relation whose own side the grid has.
    struct Way {
        query::Relation relation;
        QList<int> positions; ///< of relation.keyColumns in the grid
        bool operator==(const Way &) const = default;
    };
    struct Strip {
        NestedStrip *widget = nullptr;
        QStringList values; ///< of the relation's columns
        std::shared_ptr<QPromise<base::Result<rows::Page>>> promise = {}; ///< wanted
    };

    void refresh();
    void choose(qsizetype way);
    void forget(); ///< all that was fetched
    QString textOf(const Way &way) const;
    QString keyOf(int row) const;
    std::optional<QStringList> valuesOf(int row) const;
    bool isOpen(int row) const;
    int roomOf(int row) const;
    void layRoom(int first, int last);
    void layAll();
    void setOpen(int row, bool isOpen);
    void setEvery(bool isOpen);
    void chooseFor(int row, QPoint at);
    void addWays(QMenu *menu, int row);
    void showWhole(int row);
    bool keyPressed(const QKeyEvent &event);
    bool stop();

    // gridnested_fetch.cpp
    RowsQuery queryOf(const Way &way) const;
    void place();
    void begin(Strip &strip, int row, const QStringList &values);
    void release(const Strip &strip);
    NestedStrip *makeStrip();
    RowsSource::Answer fetch(const NestedStrip *widget, const query::Select &select);
    void ask();
    void received(const base::Result<rows::Page> &page);
    Strip *stripOf(const NestedStrip *widget);
    void openAll(const NestedStrip *widget);
    void openRow(NestedStrip *widget, int row);
    void follow(NestedStrip *widget, const QModelIndex &cell);

    session::Project &m_project;
    const schema::Name m_table;
    RowsModel &m_rows;
    RowsView &m_view;
    NestedLabels *m_labels;
    std::function<QString(int row)> m_title;
    QString m_relation;
    QList<Way> m_ways;
    qsizetype m_way = -1;    ///< the chosen one; -1: none yet
    RowsQuery m_query;       ///< of its rows, without keys
    bool m_every = false;    ///< all rows are open, but for…
    QString m_opened;        ///< the last one: it is shown whole when it is known how tall it is
    QSet<QString> m_toggled; ///< …these; else only these are
    QHash<QString, int> m_known;    ///< how many rows the strip of a row has
    QHash<QString, Strip> m_strips; ///< on the screen and a little beside it
    QList<NestedStrip *> m_spare;
    QTimer m_laying; ///< of all rows of the window, some at a time
    int m_laid = 0;  ///< so many of them have their room
    QTimer m_later;  ///< many changes are one reason to ask
    QFutureWatcherBase *m_watcher = nullptr;
    QList<std::pair<QString, QStringList>> m_asked; ///< keys of rows, and their values
};

} // namespace studio
