// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/jsontree.h"
#include "studio/grid/editorpart.h"

QT_BEGIN_NAMESPACE
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;
QT_END_NAMESPACE

namespace studio
{

/// A JSON value as a tree of names and values, changed where they stand. A value is written as
/// JSON; what is none is taken as a text.
class JsonPart final : public EditorPart
{
    Q_OBJECT

public:
    explicit JsonPart(QWidget *parent);
    bool setText(const QString &text) override;

private:
    QTreeWidgetItem *addItem(const rows::JsonNode &node, QTreeWidgetItem *parent);
    void showNode(QTreeWidgetItem *item, const rows::JsonNode &node);
    void number(QTreeWidgetItem *array);
    rows::JsonNode nodeOf(const QTreeWidgetItem *item) const;
    void changed(QTreeWidgetItem *item, int column);
    void add();
    void remove();
    void tell();
    void showButtons();

    QTreeWidget *m_tree;
    QPushButton *m_add;
    QPushButton *m_remove;
    rows::JsonLayout m_layout = rows::JsonLayout::OneLine; ///< of the text that was shown
};

} // namespace studio
