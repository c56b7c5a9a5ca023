// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "studio/widgets/rowscolumn.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

/// Shows the text of a cell's editor by its parts, and changes it by them. The text stays what
/// counts: it is what PostgreSQL reads.
class EditorPart : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// False when \a text cannot be shown this way; then nothing is.
    virtual bool setText(const QString &text) = 0;

Q_SIGNALS:
    void edited(const QString &text);

protected:
    /// Puts \a view above its \a buttons; it gets the focus.
    void layOut(QWidget *view, const QList<QPushButton *> &buttons);
};

/// What shows values of \a column by their parts; null when there is nothing but the text.
/// \a name is for the button that opens it.
EditorPart *partFor(const RowsColumn &column, const schema::Column &definition, QString &name,
                    QWidget *parent);

} // namespace studio
