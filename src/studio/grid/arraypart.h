// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/editorpart.h"

QT_BEGIN_NAMESPACE
class QListWidget;
class QListWidgetItem;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

/// The elements of an array of one dimension, a line each: changed where they stand, moved by
/// dragging, added and removed. NULL and the empty text differ.
class ArrayPart final : public EditorPart
{
    Q_OBJECT

public:
    explicit ArrayPart(QWidget *parent);
    bool setText(const QString &text) override;

private:
    void add();
    void remove();
    void setNull();
    void changed(QListWidgetItem *item);
    void showAs(QListWidgetItem *item, bool isNull);
    void tell();
    QListWidgetItem *addItem(const QString &text, bool isNull);

    QListWidget *m_list;
    QPushButton *m_remove;
    QPushButton *m_null;
};

} // namespace studio
