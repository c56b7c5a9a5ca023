// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

namespace diff
{

/// The steps in which changes can be applied; the order of drizzle-kit's generator.
enum class Step {
    AddSchema,
    AddEnum,
    AddEnumValue,
    AddTable,
    DropKeyToDroppedTable, ///< before its table: DROP TABLE … CASCADE would take it along
    DropTable,
    DropUnique,
    DropCheck,
    DropForeignKey,
    DropIndex,
    DropChangedIndex,
    AlterColumn,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AddChangedIndex,
    DropColumn,
    AddUnique,
    AddCheck,
    DropEnum,
    Unsupported,
};

struct StepChange {
    Step step;
    Change change;
};

/// The changes that turn \a from into \a to, two states of one table of \a target's database.
QList<StepChange> compareTable(const schema::Table &from, const schema::Table &to,
                               const schema::Database &target);

} // namespace diff
