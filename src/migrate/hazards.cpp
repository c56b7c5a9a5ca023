// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/hazards.h"

#include "migrate/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace migrate
{

QString lockName(Lock lock)
{
    switch (lock) {
    case Lock::None:
        break;
    case Lock::AccessShare:
        return QStringLiteral("ACCESS SHARE");
    case Lock::RowShare:
        return QStringLiteral("ROW SHARE");
    case Lock::RowExclusive:
        return QStringLiteral("ROW EXCLUSIVE");
    case Lock::ShareUpdateExclusive:
        return QStringLiteral("SHARE UPDATE EXCLUSIVE");
    case Lock::Share:
        return QStringLiteral("SHARE");
    case Lock::ShareRowExclusive:
        return QStringLiteral("SHARE ROW EXCLUSIVE");
    case Lock::Exclusive:
        return QStringLiteral("EXCLUSIVE");
    case Lock::AccessExclusive:
        return QStringLiteral("ACCESS EXCLUSIVE");
    }
    return {};
}

QString lockBlocks(Lock lock)
{
    switch (lock) {
    case Lock::None:
    case Lock::AccessShare:
    case Lock::RowShare:
    case Lock::RowExclusive:
        break;
    case Lock::ShareUpdateExclusive:
        return Text::tr("changes of the table and VACUUM wait");
    case Lock::Share:
    case Lock::ShareRowExclusive:
        return Text::tr("nobody can write");
    case Lock::Exclusive:
        return Text::tr("only reading is possible");
    case Lock::AccessExclusive:
        return Text::tr("nobody can read or write");
    }
    return {};
}

QString workName(Work work)
{
    switch (work) {
    case Work::None:
        return Text::tr("at once");
    case Work::Scan:
        return Text::tr("scans the table");
    case Work::IndexBuild:
        return Text::tr("builds an index");
    case Work::Rewrite:
        break;
    }
    return Text::tr("rewrites the table and its indexes");
}

Lock Effect::lock() const
{
    Lock strongest = Lock::None;
    for (const LockedRelation &locked : locks)
        strongest = std::max(strongest, locked.lock);
    return strongest;
}

namespace hazards
{

namespace
{
using Severity = Hazard::Severity;

/// Losing data, or failing on the rows that are there.
std::optional<Hazard> ofRows(Rule rule, const QString &)
{
    const auto say = [rule](Severity severity, const QString &text) {
        return Hazard{severity, text, rule};
    };
    switch (rule) {
    case Rule::DropTable:
        return say(Severity::Loss, Text::tr("loses the table with its rows"));
    case Rule::DropColumn:
        return say(Severity::Loss, Text::tr("loses the column's values"));
    case Rule::TypeNarrows:
        return say(Severity::Warning, Text::tr("fails when a value does not fit"));
    case Rule::NotNullWithoutDefault:
        return say(Severity::Warning,
                   Text::tr("fails when the table has rows: NOT NULL without a default"));
    case Rule::SetNotNull:
        return say(Severity::Warning, Text::tr("fails when a row is NULL"));
    case Rule::AddForeignKey:
        return say(Severity::Warning, Text::tr("fails when a row has no target"));
    case Rule::AddCheck:
        return say(Severity::Warning, Text::tr("fails when a row does not pass"));
    case Rule::AddUnique:
        return say(Severity::Warning, Text::tr("fails when there are duplicates"));
    default:
        return std::nullopt;
    }
}

/// Columns, types and enums.
std::optional<Hazard> ofColumns(Rule rule, const QString &detail)
{
    const auto say = [rule](Severity severity, const QString &text) {
        return Hazard{severity, text, rule};
    };
    switch (rule) {
    case Rule::RenameInUse:
        return say(Severity::Warning,
                   Text::tr("programs that still use the old name fail at once"));
    case Rule::TypeRewrites:
        return say(Severity::Warning,
                   Text::tr("needs the table's size once more on the disk while it runs"));
    case Rule::TypeAtOnce:
        return say(Severity::Advice, Text::tr("the stored rows stay as they are"));
    case Rule::TypeHasDependants:
        return say(Severity::Warning, Text::tr("drops and makes again: %1").arg(detail));
    case Rule::FilledColumn:
        return say(Severity::Warning, Text::tr("writes a value into every row"));
    case Rule::DropNotNull:
        return say(Severity::Advice, Text::tr("readers may not expect NULL"));
    case Rule::DefaultChanged:
        return say(Severity::Advice, Text::tr("only new rows get it"));
    case Rule::CachedPlans:
        return say(Severity::Advice,
                   Text::tr("prepared SELECT * of open connections fails once afterwards"));
    case Rule::EnumValueUsed:
        return say(Severity::Warning,
                   Text::tr("the new value is used right away, so it has a migration of its own"));
    case Rule::EnumValueAtEnd:
        return say(Severity::Advice,
                   Text::tr("at the end: where others added values too, the order may differ"));
    case Rule::EnumRebuilt:
        return say(Severity::Warning,
                   Text::tr("makes the enum anew · fails when a row still has a value that goes"));
    case Rule::EnumValueRenamed:
        return say(Severity::Warning,
                   Text::tr("programs that still write the old value fail at once"));
    case Rule::SmallKey:
        return say(Severity::Advice,
                   Text::tr("an integer key ends at 2147483647: bigint costs nothing more"));
    case Rule::TypeAdvice:
        return say(Severity::Advice, detail);
    default:
        return std::nullopt;
    }
}

/// Keys, constraints and indexes.
std::optional<Hazard> ofKeys(Rule rule, const QString &detail)
{
    const auto say = [rule](Severity severity, const QString &text) {
        return Hazard{severity, text, rule};
    };
    switch (rule) {
    case Rule::ForeignKeyWithoutIndex:
        return say(
            Severity::Advice,
            Text::tr("no index begins with %1: deleting a target scans the table").arg(detail));
    case Rule::DropForeignKey:
        return say(Severity::Warning, Text::tr("rows without a target become possible"));
    case Rule::NewTableReferences:
        return say(Severity::Advice, Text::tr("nobody can write into %1 meanwhile").arg(detail));
    case Rule::CheckCallsFunction:
        return say(Severity::Advice,
                   Text::tr("calls %1: PostgreSQL does not notice when that changes").arg(detail));
    case Rule::CreateIndex:
        return say(Severity::Warning, Text::tr("nobody can write while the index is built"));
    case Rule::ConcurrentlyInTransaction:
        return say(Severity::Warning,
                   Text::tr("cannot run inside a transaction, so drizzle-kit migrate fails on it"));
    case Rule::DropIndex:
        return say(Severity::Warning, Text::tr("queries that used it get slow"));
    case Rule::IndexInUse:
        return say(Severity::Warning, Text::tr("the index was used %1 times").arg(detail));
    case Rule::IndexReplaced:
        return say(Severity::Warning, Text::tr("until it is built again there is no index"));
    case Rule::InvalidIndex:
        return say(Severity::Warning,
                   Text::tr("index %1 is left over from a build that failed").arg(detail));
    case Rule::WideIndex:
        return say(Severity::Advice,
                   Text::tr("an index of more than three columns is rarely used"));
    case Rule::PrefixIndex:
        return say(Severity::Advice,
                   Text::tr("%1 begin alike: the longer one is enough").arg(detail));
    case Rule::PrimaryKeyChanged:
        return say(Severity::Warning,
                   Text::tr("the primary key changes: foreign keys to it are made again"));
    case Rule::SequenceMoves:
        return say(Severity::Warning, Text::tr("the next number is taken from the rows"));
    case Rule::LongName:
        return say(Severity::Warning,
                   Text::tr("longer than 63 bytes: PostgreSQL stores %1").arg(detail));
    default:
        return std::nullopt;
    }
}

/// Who may see what, and views.
std::optional<Hazard> ofAccess(Rule rule, const QString &detail)
{
    const auto say = [rule](Severity severity, const QString &text) {
        return Hazard{severity, text, rule};
    };
    switch (rule) {
    case Rule::RowSecurityWithoutPolicy:
        return say(Severity::Warning, Text::tr("without a policy nobody but the owner sees a row"));
    case Rule::AccessChanged:
        return say(Severity::Warning, Text::tr("changes who may see or write which rows"));
    case Rule::ViewRecreated:
        return say(Severity::Warning,
                   detail.isEmpty()
                       ? Text::tr("the view is made anew: grants and comments that are not known "
                                  "here are lost")
                       : Text::tr("the view is made anew, with what it had: %1").arg(detail));
    case Rule::MaterializedViewRecreated:
        return say(Severity::Warning,
                   Text::tr("runs the whole query · indexes that are not known here are lost"));
    case Rule::UnmanagedRestored:
        return say(Severity::Advice,
                   Text::tr("%1 is not part of the schema and comes back as it was").arg(detail));
    default:
        return std::nullopt;
    }
}

/// What people write by hand and no schema says.
std::optional<Hazard> ofScripts(Rule rule, const QString &detail)
{
    const auto say = [rule](Severity severity, const QString &text) {
        return Hazard{severity, text, rule};
    };
    switch (rule) {
    case Rule::AddExclusion:
        return say(Severity::Warning, Text::tr("fails when rows exclude each other"));
    case Rule::RowsRemoved:
        return say(Severity::Loss, Text::tr("removes every row"));
    case Rule::RowsOverwritten:
        return say(Severity::Loss, Text::tr("writes every row: there is no WHERE"));
    case Rule::BigUpdate:
        return say(Severity::Warning,
                   Text::tr("locks the rows that it writes until the migration has ended"));
    case Rule::TriggerChanged:
        return say(Severity::Warning, Text::tr("changes what happens when rows are written"));
    case Rule::FunctionChanged:
        return say(Severity::Warning,
                   Text::tr("indexes, checks and columns that call %1 keep what it said before")
                       .arg(detail));
    case Rule::DropCascade:
        return say(Severity::Warning, Text::tr("CASCADE also drops what is not named here"));
    case Rule::UnqualifiedName:
        return say(Severity::Advice,
                   Text::tr("where %1 is depends on the search_path").arg(detail));
    case Rule::ExtensionChanged:
        return say(
            Severity::Warning,
            Text::tr("extension %1: needs the rights, and the files on the server").arg(detail));
    case Rule::PartitionScan:
        return say(Severity::Warning,
                   Text::tr("reads the new partition and the default one while nobody can write"));
    case Rule::PartitionDetach:
        return say(Severity::Warning, Text::tr("nobody can use the whole table meanwhile"));
    case Rule::NotRepeatable:
        return say(Severity::Advice, Text::tr("cannot be run again when a later statement fails"));
    case Rule::ControlsTransaction:
        return say(Severity::Warning, Text::tr("ends the transaction that the migration runs in"));
    case Rule::DomainConstraint:
        return say(Severity::Warning, Text::tr("reads every table that uses the domain"));
    case Rule::TableRebuilt:
        return say(Severity::Warning, Text::tr("writes all of it anew, which takes long"));
    case Rule::MaterializedViewRefreshed:
        return say(Severity::Warning,
                   Text::tr("runs the whole query, and nobody can read meanwhile"));
    case Rule::HiddenCode:
        return say(Severity::Advice, Text::tr("runs code that cannot be examined"));
    default:
        return std::nullopt;
    }
}

/// What is around the table: settings, triggers, disks, other servers and other transactions.
std::optional<Hazard> ofSurroundings(Rule rule, const QString &detail)
{
    const auto say = [rule](Severity severity, const QString &text) {
        return Hazard{severity, text, rule};
    };
    switch (rule) {
    case Rule::ColumnMadeAnew:
        return say(Severity::Warning, Text::tr("the column is made anew: rights, comment and "
                                               "settings that are not known here are lost"));
    case Rule::TriggersFire:
        return say(Severity::Warning,
                   Text::tr("triggers run for every row: one that notes when a row was changed "
                            "notes it everywhere"));
    case Rule::DiskSpace:
        return say(Severity::Warning,
                   Text::tr("needs about %1 of free disk, the log of it included").arg(detail));
    case Rule::NotReplicated:
        return say(Severity::Warning,
                   Text::tr("%1 does not carry it: subscribers of the table need it as well, "
                            "or they stop")
                       .arg(detail));
    case Rule::NoReplicaIdentity:
        return say(
            Severity::Warning,
            Text::tr("without a key UPDATE and DELETE fail when %1 has the table").arg(detail));
    case Rule::SeveralTables:
        return say(Severity::Advice,
                   Text::tr("%1 stays locked meanwhile: a program that locks them in another "
                            "order ends in a deadlock")
                       .arg(detail));
    default:
        return std::nullopt;
    }
}
} // namespace

QList<Hazard> ofEffect(const Effect &effect)
{
    QList<Hazard> found;
    const Lock lock = effect.lock();
    if (lock == Lock::None)
        found << Hazard{Severity::Safe, Text::tr("locks nothing that is in use")};
    else if (effect.work == Work::None)
        found << Hazard{lock < Lock::RowExclusive ? Severity::Safe : Severity::Advice,
                        lockName(lock) + QStringLiteral(" · ") + workName(effect.work)};
    else
        found << Hazard{lock < Lock::Share ? Severity::Advice : Severity::Warning,
                        lockName(lock) + QStringLiteral(" · ") + workName(effect.work)};
    if (!effect.loss.isEmpty())
        found << Hazard{Severity::Loss, effect.loss};
    return found;
}

Hazard of(Rule rule, const QString &detail)
{
    for (const auto family : {ofRows, ofColumns, ofKeys, ofAccess, ofScripts, ofSurroundings}) {
        if (const std::optional<Hazard> hazard = family(rule, detail))
            return *hazard;
    }
    return {};
}

bool isVolatile(const QString &expression)
{
    static const QRegularExpression calls(
        QStringLiteral("\\b(gen_random_uuid|uuid_generate_\\w+|random|clock_timestamp|timeofday|"
                       "nextval|setval)\\s*\\("),
        QRegularExpression::CaseInsensitiveOption);
    return calls.match(expression).hasMatch();
}

bool fillsRows(const schema::Column &column)
{
    return column.type.contains(QLatin1String("serial")) || column.identity ||
           (column.generated && column.generated->stored) ||
           (column.defaultValue && isVolatile(column.defaultValue->text));
}

} // namespace hazards

} // namespace migrate
