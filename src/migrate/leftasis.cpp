// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/leftasis.h"

#include <algorithm>

namespace migrate
{

namespace
{
bool makesOthersWait(const PlanLine &line)
{
    return line.effect.work != Work::None && line.effect.lock() >= Lock::Share;
}

bool breaksOthers(const PlanLine &line)
{
    return std::ranges::any_of(line.hazards, [&line](const Hazard &hazard) {
        return hazard.rule == Rule::NotNullWithoutDefault || hazard.rule == Rule::EnumRebuilt ||
               // What a new column gets in the end is the name that everybody knows.
               (hazard.rule == Rule::RenameInUse &&
                std::holds_alternative<diff::Rename>(line.change));
    });
}
} // namespace

QList<diff::Change> leftAsTheyWere(const Plan &plan)
{
    QList<diff::Change> changes;
    for (const PlanLine &line : plan.lines) {
        if ((makesOthersWait(line) || breaksOthers(line)) && !changes.contains(line.change))
            changes << line.change;
    }
    return changes;
}

bool needsOwnMigrator(const Plan &plan)
{
    return std::ranges::any_of(plan.lines,
                               [](const PlanLine &line) { return !line.effect.inTransaction; });
}

} // namespace migrate
