// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/plan.h"

namespace migrate::hazards
{

// What each kind of statement locks, rewrites or loses, measured on PostgreSQL 15.

/// Nothing that others could wait for: what is created was not there before.
QList<Hazard> none();
QList<Hazard> addEnumValue(bool usedHere);
QList<Hazard> dropEnum();
QList<Hazard> dropTable();
QList<Hazard> addColumn(const schema::Column &column);
QList<Hazard> dropColumn();
QList<Hazard> changeType(const schema::Column &before, const schema::Column &after, bool anEnum);
QList<Hazard> changeDefault();
QList<Hazard> setNotNull();
QList<Hazard> dropNotNull();
QList<Hazard> addIndex(const schema::Index &index);
QList<Hazard> dropIndex();
/// \a newTable: the key's own table is created by the same plan.
QList<Hazard> addForeignKey(bool newTable, bool newTarget);
QList<Hazard> dropForeignKey();
QList<Hazard> addUnique();
QList<Hazard> dropUnique();
QList<Hazard> addCheck();
QList<Hazard> dropCheck();

} // namespace migrate::hazards
