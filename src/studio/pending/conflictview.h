// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/commitedits.h"

#include <QScrollArea>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QRadioButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace studio
{

/// Rows that somebody else has changed since they were edited: base, mine, theirs, and for each
/// column a choice between the two.
class ConflictView final : public QScrollArea
{
    Q_OBJECT

public:
    explicit ConflictView(QWidget *parent = nullptr);

    void setConflicts(const QList<session::RowConflict> &conflicts);

Q_SIGNALS:
    /// \a mine holds the columns whose own value is kept; of a deletion any name means: delete.
    void resolved(const edits::RowId &row, const QStringList &mine);

private:
    QWidget *cardOf(const session::RowConflict &conflict, int number);
    void addColumns(const session::RowConflict &conflict, int number, QGridLayout *grid,
                    QList<std::pair<QString, QRadioButton *>> &choices);

    QVBoxLayout *m_cards = nullptr;
};

} // namespace studio
