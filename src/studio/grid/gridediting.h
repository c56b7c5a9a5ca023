// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridstaged.h"
#include "studio/widgets/rowsview.h"

#include <QObject>
#include <QPersistentModelIndex>
#include <QRect>

#include <functional>

namespace session
{
class Project;
}
QT_BEGIN_NAMESPACE
class QKeyEvent;
class QMenu;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

struct GridReference;
class NewRows;

/// Lets a grid's cells and rows be edited: opens editors, adds and deletes rows, shows what is
/// staged. Writes nothing; that is the commit's matter.
class GridEditing final : public QObject
{
    Q_OBJECT

public:
    GridEditing(session::Project &project, const schema::Name &table, RowsModel &rows,
                RowsView &view, QWidget *page);

    /// The table as it is shown now, whose query the model has; nothing: it is no table.
    void setTable(const std::optional<schema::Table> &table);
    /// What says where a column leads to: such a column's cells are edited by choosing the row.
    void setReferences(std::function<const GridReference *(int column)> referenceAt)
    {
        m_referenceAt = std::move(referenceAt);
    }
    QWidget *newRows() const;
    QList<QPushButton *> buttons() const { return {m_add, m_delete}; }
    /// What can be done with a cell, to its menu.
    void addTo(QMenu *menu, const QModelIndex &cell);
    void addRow();
    void deleteRows();
    void duplicateRows();
    /// Where an editor opens, when it is not the cell itself, and what Tab goes on to then.
    struct EditorPlace {
        QWidget *over = nullptr;
        QRect rect = {}; ///< global
        std::function<void(int step)> next = {};
    };
    void edit(const QModelIndex &cell, const QString &typed, const EditorPlace &where);

Q_SIGNALS:
    void said(const QString &text); ///< for the status line: why something cannot be done
    void rowsWritten();             ///< the rows on the screen are old

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// The rows that are there, or the new ones.
    struct Side {
        RowsModel &rows;
        RowsView &view;
        const GridStaged &staged;
    };
    Side sideOf(const QAbstractItemModel *model) const;
    edits::RowId idOf(const QModelIndex &cell) const;
    const schema::Column *columnOf(const QModelIndex &cell) const;
    /// A cell as its editor needs it.
    struct Seen {
        sql::Parameter shown; ///< what is in the cell now
        edits::OldValue before;
        qint64 unseen = 0; ///< bytes of what is too long to be edited
    };
    void whenSeen(const QModelIndex &cell, const std::function<void(const Seen &)> &then,
                  RowsView::Wait wait = RowsView::Wait::UntilTheNext);
    void openEditor(const QModelIndex &cell, const Seen &seen, const QString &typed,
                    const EditorPlace &where);
    void stage(const QModelIndex &cell, const edits::OldValue &before,
               const edits::NewValue &value);
    QString noteOf(const QModelIndex &cell) const;
    void addCommands(QMenu *menu, const QModelIndexList &chosen);
    QList<int> chosenRows(const RowsView &view) const;
    QString softly() const;
    bool keyPressed(RowsView &view, const QKeyEvent &event);
    void edit(const QModelIndex &cell, const QString &typed = {}) { edit(cell, typed, {}); }
    void openPicker(const QModelIndex &cell, const GridReference &reference, const QString &typed,
                    const EditorPlace &where, const QRect &rect);
    void setKey(const QModelIndex &cell, const GridReference &reference, const QStringList &key);
    const GridReference *pickable(const QModelIndex &cell) const;
    void editNext(const QModelIndex &cell, int step);
    std::function<void(int step)> onward(const QModelIndex &cell, const EditorPlace &where);
    void set(const QModelIndex &cell, const edits::NewValue &value);
    using SeenRows = QList<QList<edits::SeenField>>;
    QModelIndexList chosenCells(const QModelIndex &cell) const;
    enum class Need { Value, Null };
    static constexpr qsizetype mostCells = 2'000; // so that the window does not stand still
    QModelIndexList open(const QModelIndexList &cells, Need need) const;
    void setAll(const QModelIndexList &cells, const QList<edits::NewValue> &values);
    void paste(const QModelIndex &cell);
    bool isCopied(const schema::Column &column) const;
    QList<edits::CellEdit> copyOf(const edits::RowEdit *staged, const QStringList &columns,
                                  const QList<sql::Parameter> &values) const;
    void addCopies(const QList<QList<edits::CellEdit>> &copies);
    void askDelete(const QList<edits::RowId> &rows, const SeenRows &seen);
    void markDeleted(const QList<edits::RowId> &rows, const SeenRows &seen);
    void setSoftly(const QList<edits::RowId> &rows, const SeenRows &seen);
    void refresh();

    session::Project &m_project;
    session::Editing &m_editing;
    const schema::Name m_name;
    RowsModel &m_rows;
    RowsView &m_view;
    QWidget *m_page;
    GridStaged m_staged;
    NewRows *m_newRows;
    QPushButton *m_add;
    QPushButton *m_delete;
    std::optional<schema::Table> m_table;
    QString m_typed; ///< for the editor of m_typedAt, whose value is on its way
    QPersistentModelIndex m_typedAt;
    std::function<const GridReference *(int column)> m_referenceAt;
};

} // namespace studio
