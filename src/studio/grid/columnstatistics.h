// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "rows/page.h"
#include "studio/widgets/rowscolumn.h"

#include <QFrame>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
QT_END_NAMESPACE

namespace studio
{

/// What a column holds in all rows that a grid shows: how many are NULL, how many differ, from
/// where to where they reach, and a picture of how they lie. Closing it stops the question.
class ColumnStatistics final : public QFrame
{
    Q_OBJECT

public:
    ColumnStatistics(const RowsColumn &column, QWidget *parent);

    /// Waits for \a answer, the lines of query::statisticsOf().
    void wait(const QFuture<base::Result<rows::Page>> &answer);
    void openAt(QPoint place); ///< global

private:
    void take(const rows::Page &lines);
    void addFact(const QString &name, const QString &value, const char *objectName);
    void arrange();

    const RowsColumn m_column;
    QLabel *m_state;
    QGridLayout *m_facts;
};

} // namespace studio
