// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/recordmodel.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QKeyEvent;
class QLabel;
class QMenu;
class QTableView;
QT_END_NAMESPACE

namespace studio
{

class RowsView;

/// The current row of a grid as a form: all of its fields, one below the other, with their values
/// in several lines. Follows the grid; Alt+Up and Alt+Down (PgUp, PgDown) go to other rows.
class RecordView final : public QWidget
{
    Q_OBJECT

public:
    RecordView(RowsModel &rows, RowsView &grid, QWidget *parent = nullptr);

    void setTable(const std::optional<schema::Table> &code);
    /// Opens at the grid's current cell.
    void open();
    void editNext(int field, int step); ///< the field after \a field or before it

Q_SIGNALS:
    /// \a cell of the grid's model shall be edited over \a place, in global coordinates.
    void editWanted(const QModelIndex &cell, const QString &typed, const QRect &place, int field);
    void menuRequested(QMenu *menu, const QModelIndex &cell);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void follow();
    void arrange();
    void step(int rows);
    void edit(int field, const QString &typed = {});
    void openMenu(QPoint at);
    bool keyPressed(const QKeyEvent &event);
    int field() const;

    RowsModel &m_rows;
    RowsView &m_grid;
    RecordModel m_model;
    QTableView *m_fields;
    QLabel *m_title;
};

} // namespace studio
