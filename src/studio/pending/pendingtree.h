// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/statements.h"

#include <QTreeWidget>

namespace studio
{

/// The staged edits as a tree: tables, rows, cells. Delete or the menu reverts what is chosen.
class PendingTree final : public QTreeWidget
{
    Q_OBJECT

public:
    explicit PendingTree(QWidget *parent = nullptr);

    void setStaged(const edits::Staged &staged);
    /// The row that is chosen, or whose cell is; nothing for a table.
    std::optional<edits::RowId> currentRow() const;

Q_SIGNALS:
    void rowChosen();
    void cellRevertWanted(const edits::RowId &row, const QString &column);
    void rowRevertWanted(const edits::RowId &row);
    void tableRevertWanted(const schema::Name &table);
    void tableWanted(const schema::Name &table); ///< double click

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void addRow(QTreeWidgetItem *table, qsizetype position);
    void revert();

    edits::Staged m_staged;
};

/// A value as one line: 'text', NULL, DEFAULT.
QString valueText(const edits::NewValue &value);
QString valueText(const edits::OldValue &value);

} // namespace studio
