// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/change.h"

namespace diff
{

template <typename T>
Change::Change(T change)
    : variant(std::move(change))
{
}

Change::Change() = default;
Change::Change(const Change &) = default;
Change::Change(Change &&) noexcept = default;
Change &Change::operator=(const Change &) = default;
Change &Change::operator=(Change &&) noexcept = default;
Change::~Change() = default;

bool Change::operator==(const Change &other) const
{
    return static_cast<const variant &>(*this) == static_cast<const variant &>(other);
}

template Change::Change(AddSchema);
template Change::Change(DropSchema);
template Change::Change(AddTable);
template Change::Change(DropTable);
template Change::Change(SetRowLevelSecurity);
template Change::Change(AddColumn);
template Change::Change(DropColumn);
template Change::Change(AlterColumn);
template Change::Change(AddPrimaryKey);
template Change::Change(DropPrimaryKey);
template Change::Change(AddIndex);
template Change::Change(DropIndex);
template Change::Change(AddForeignKey);
template Change::Change(DropForeignKey);
template Change::Change(AddUnique);
template Change::Change(DropUnique);
template Change::Change(AddCheck);
template Change::Change(DropCheck);
template Change::Change(AddPolicy);
template Change::Change(DropPolicy);
template Change::Change(AlterPolicy);
template Change::Change(AddEnum);
template Change::Change(DropEnum);
template Change::Change(AddEnumValue);
template Change::Change(RebuildEnum);
template Change::Change(AddSequence);
template Change::Change(DropSequence);
template Change::Change(AlterSequence);
template Change::Change(AddRole);
template Change::Change(DropRole);
template Change::Change(AlterRole);
template Change::Change(AddView);
template Change::Change(DropView);
template Change::Change(AlterView);
template Change::Change(Rename);

} // namespace diff
