// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridreferences.h"

#include <QObject>

namespace session
{
class Project;
}
QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace studio
{

class GridLabels;
class RowsModel;
class RowsView;

/// What a grid's rows have to do with those of other tables: says who a foreign key refers to.
class GridFollow final : public QObject
{
    Q_OBJECT

public:
    GridFollow(session::Project &project, const schema::Name &table, RowsModel &rows,
               RowsView &view, QObject *parent);

    /// To be called after every query that the model is given. \a labels: see GridChoice.
    void setLabels(const QMap<QString, QString> &labels);

Q_SIGNALS:
    void labelsChosen(const QMap<QString, QString> &labels); ///< by the person
    void said(const QString &text);                          ///< for the status line

private:
    void refresh();
    const GridReference *referenceAt(int column) const;
    void addToTitle(QMenu *menu, int column);
    void chooseLabel(const QString &column, const QString &label);

    session::Project &m_project;
    const schema::Name m_table;
    RowsModel &m_rows;
    GridLabels *m_labels;
    QMap<QString, QString> m_chosen;
    QList<GridReference> m_references;
};

} // namespace studio
