// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/hazards.h"
#include "migrate/text.h"

namespace migrate::hazards
{

namespace
{
QString ofTables(Rule rule)
{
    switch (rule) {
    case Rule::DropTable:
    case Rule::DropColumn:
        return Text::tr("first a release that no longer uses it, then this");
    case Rule::RenameInUse:
        return Text::tr("add the new name beside the old one, fill it, switch, then drop the old");
    case Rule::TypeRewrites:
    case Rule::TableRebuilt:
    case Rule::DiskSpace:
        return Text::tr("a second table or column that a trigger keeps up, filled in batches");
    case Rule::NotNullWithoutDefault:
        return Text::tr("add it without NOT NULL, fill it, then set NOT NULL");
    case Rule::FilledColumn:
        return Text::tr("add it without the default, set the default, fill it in batches");
    case Rule::SetNotNull:
        return Text::tr("a check with NOT VALID, VALIDATE in another migration, then SET NOT NULL");
    case Rule::RowsRemoved:
    case Rule::RowsOverwritten:
    case Rule::BigUpdate:
        return Text::tr("in batches by the key, each committed");
    case Rule::PartitionScan:
        return Text::tr("a check on the partition that says its bounds, validated before");
    case Rule::PartitionDetach:
        return Text::tr("DETACH PARTITION … CONCURRENTLY, in a migration of its own");
    case Rule::MaterializedViewRefreshed:
        return Text::tr("REFRESH … CONCURRENTLY, with a unique index on the view");
    default:
        return {};
    }
}
} // namespace

QString remedy(Rule rule)
{
    switch (rule) {
    case Rule::AddForeignKey:
    case Rule::AddCheck:
    case Rule::DomainConstraint:
        return Text::tr("NOT VALID, then VALIDATE in another migration");
    case Rule::AddUnique:
        return Text::tr("CREATE UNIQUE INDEX CONCURRENTLY, then the constraint USING INDEX");
    case Rule::CreateIndex:
    case Rule::DropIndex:
        return Text::tr("CONCURRENTLY, in a migration of its own");
    case Rule::SeveralTables:
        return Text::tr("a migration for each table");
    case Rule::NotReplicated:
        return Text::tr("new columns at the subscribers first, and what goes there last");
    case Rule::NoReplicaIdentity:
        return Text::tr("a primary key, or REPLICA IDENTITY with an index or FULL");
    case Rule::AddExclusion:
        return Text::tr("at a time when nobody works: it cannot be built concurrently");
    case Rule::EnumValueAtEnd:
        return Text::tr("say BEFORE or AFTER which value");
    case Rule::DropCascade:
        return Text::tr("without CASCADE, what depends on it dropped by name before");
    case Rule::UnqualifiedName:
        return Text::tr("write the schema in front");
    case Rule::NotRepeatable:
        return Text::tr("IF NOT EXISTS, or IF EXISTS");
    case Rule::ControlsTransaction:
        return Text::tr("leave it out: every migration runs in a transaction");
    case Rule::FunctionChanged:
        return Text::tr("REINDEX what calls it, and write its columns anew");
    default:
        return ofTables(rule);
    }
}

} // namespace migrate::hazards
