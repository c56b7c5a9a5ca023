// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/tree/treefilter.h"
#include "studio/tree/treemodel.h"

#include <QWidget>

#include <memory>

class QMenu;

namespace Ui
{
class TreePanel;
}

namespace studio
{

/// The left side of the window: the filter line and the tree of code and database.
class TreePanel final : public QWidget
{
    Q_OBJECT

public:
    explicit TreePanel(QWidget *parent = nullptr);
    ~TreePanel() override;

    void setNodes(const QList<diff::OverlayNode> &nodes);
    void setFacts(const QHash<schema::Name, TableFacts> &facts, const QString &tenantColumn);
    void setEmptyText(const QString &text); ///< shown while there is nothing to list
    void select(const schema::Name &table); ///< makes it the current row, without activating it
    void focusFilter();
    void openSource(); ///< asks for the place of the current row, when it has one

Q_SIGNALS:
    /// A table was asked for: clicked (a preview), or double clicked or entered (\a pin).
    void tableActivated(const schema::Name &table, bool pin);
    /// The code of a row was asked for; \a place is relative to the project.
    void placeWanted(const schema::SourceLocation &place);
    /// As placeWanted(), of a table whose rows are shown already: nothing where no editor is known.
    void placeOffered(const schema::SourceLocation &place);
    /// The menu of a table is about to be shown: others put in what they know about it.
    void tableMenuOpens(QMenu *menu, const schema::Name &table);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyFilter(const QString &text);
    void activate(const QModelIndex &index, bool pin);
    void doubleClicked(const QModelIndex &index);
    void showMenu(const QPoint &at);
    void showEmptiness();

    std::unique_ptr<Ui::TreePanel> m_ui;
    TreeModel *m_model;
    TreeFilterModel *m_filter;
    QString m_emptyText;
};

} // namespace studio
