// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridreferences.h"
#include "studio/grid/gridtrail.h"
#include "studio/grid/peekpanel.h"

#include <QObject>
#include <QPersistentModelIndex>
#include <QPointer>

namespace session
{
class Project;
}
QT_BEGIN_NAMESPACE
class QKeyEvent;
class QMenu;
QT_END_NAMESPACE

namespace studio
{

class GridLabels;
class RowsModel;
class RowsView;

/// What a grid's rows have to do with those of other tables: says who a foreign key refers to,
/// shows that row beside its cell, leads there, and to the rows that refer to one.
class GridFollow final : public QObject
{
    Q_OBJECT

public:
    GridFollow(session::Project &project, const schema::Name &table, RowsModel &rows,
               RowsView &view, QObject *parent);

    /// To be called after every query that the model is given. \a labels: see GridChoice.
    void setLabels(const QMap<QString, QString> &labels);
    /// The rows that refer to one of this grid, and where its cell leads to: to its menu.
    void addTo(QMenu *menu, const QModelIndex &cell);
    /// Who the row is, for people: its label, else its key.
    QString titleOf(int row) const;
    const GridReference *referenceAt(int column) const; ///< none: the column leads nowhere

Q_SIGNALS:
    void labelsChosen(const QMap<QString, QString> &labels); ///< by the person
    void said(const QString &text);                          ///< for the status line
    void placeWanted(const studio::GridPlace &place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void addToTitle(QMenu *menu, int column);
    void chooseLabel(const QString &column, const QString &label);
    std::optional<GridPlace> placeOf(const QModelIndex &cell) const;
    void follow(const QModelIndex &cell);
    void addIncoming(QMenu *menu, int row);
    bool keyPressed(const QKeyEvent &event);
    void peek(const QModelIndex &cell, PeekPanel::By by);
    void askIncoming(PeekPanel *panel, const schema::Name &table, const QList<RowsColumn> &columns,
                     const rows::Page &row);
    void hover(const QEvent &event);

    session::Project &m_project;
    const schema::Name m_table;
    RowsModel &m_rows;
    RowsView &m_view;
    GridLabels *m_labels;
    QMap<QString, QString> m_chosen;
    QList<GridReference> m_references;
    QList<GridIncoming> m_incoming;
    QPointer<PeekPanel> m_peek;
    QPersistentModelIndex m_hovered; ///< whose panel is open by mouse
};

} // namespace studio
