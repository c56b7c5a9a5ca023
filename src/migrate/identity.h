// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: statements on one column, and its numbers.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// The statements of one column's change, each behind the one before.
class ColumnSteps
{
public:
    ColumnSteps(Planner &planner, const diff::AlterColumn &change);

    /// ALTER TABLE … ALTER COLUMN … \a action, taken back by \a back.
    Node node(const QString &action, const QString &back) const;
    Node statement(const QString &statement, const QString &back) const;
    int add(Node node);
    /// The last one makes the change complete.
    void finish();

    Planner &planner() { return m_planner; }
    const diff::AlterColumn &change() const { return m_change; }
    const schema::Name &table() const { return m_change.table; }
    QString column() const { return m_change.after.name; }

private:
    Planner &m_planner;
    const diff::AlterColumn &m_change;
    int m_last = -1;
};

void leaveSerial(ColumnSteps &steps, const schema::Column &before);
void joinSerial(ColumnSteps &steps);
/// serial to bigserial and the like.
void changeSerial(ColumnSteps &steps);
void leaveIdentity(ColumnSteps &steps);
void joinIdentity(ColumnSteps &steps);
void changeIdentity(ColumnSteps &steps);

} // namespace migrate
