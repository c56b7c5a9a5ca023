// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/change.h"
#include "diff/comparetable.h"
#include "diff/equal.h"
#include "diff/rename.h"
#include "diff/text.h"

#include <algorithm>

namespace diff
{

namespace
{
void refuse(const QString &kind, const QString &name, const QString &what,
            QList<StepChange> &changes)
{
    changes << StepChange{Step::Unsupported, Unsupported{kind, name, what}};
}

QString nameOf(const schema::Name &name)
{
    return name.qualified();
}
QString nameOf(const QString &name)
{
    return name;
}

/// Kinds of objects whose every difference is only reported.
template <typename Entry>
void reportOnly(const QString &kind, const QList<Entry> &from, const QList<Entry> &to,
                QList<StepChange> &changes)
{
    const auto find = [](const QList<Entry> &list, const Entry &wanted) {
        return std::ranges::find(list, wanted.name, &Entry::name);
    };
    for (const Entry &before : from) {
        const auto after = find(to, before);
        if (after == to.end())
            refuse(kind, nameOf(before.name), Text::tr("dropped"), changes);
        else if (*after != before)
            refuse(kind, nameOf(before.name), Text::tr("changed"), changes);
    }
    for (const Entry &after : to) {
        if (find(from, after) == from.end())
            refuse(kind, nameOf(after.name), Text::tr("added"), changes);
    }
}

void compareSchemas(const schema::Database &from, const schema::Database &to,
                    QList<StepChange> &changes)
{
    for (const QString &name : to.schemas) {
        if (!from.schemas.contains(name) && !isLedgerSchema(name, to))
            changes << StepChange{Step::AddSchema, AddSchema{name}};
    }
    for (const QString &name : from.schemas) {
        if (!to.schemas.contains(name) && !isLedgerSchema(name, from))
            refuse(QStringLiteral("schema"), name, Text::tr("dropped"), changes);
    }
}

/// Values that are only added keep the others' order; every other change rebuilds the type.
void compareValues(const schema::Enum &from, const schema::Enum &to, QList<StepChange> &changes)
{
    QStringList kept;
    for (const QString &value : to.values) {
        if (from.values.contains(value))
            kept << value;
    }
    const QString kind = QStringLiteral("enum values");
    if (kept.size() < from.values.size()) {
        QStringList gone;
        for (const QString &value : from.values) {
            if (!to.values.contains(value))
                gone << value;
        }
        refuse(kind, to.name.qualified(),
               Text::tr("values are dropped or renamed: %1").arg(gone.join(QStringLiteral(", "))),
               changes);
        return;
    }
    if (kept != from.values) {
        refuse(
            kind, to.name.qualified(),
            Text::tr("the order of the values changes to %1").arg(kept.join(QStringLiteral(", "))),
            changes);
        return;
    }
    for (qsizetype i = 0; i < to.values.size(); ++i) {
        if (from.values.contains(to.values[i]))
            continue;
        const auto next = std::find_if(to.values.begin() + i, to.values.end(),
                                       [&](const QString &v) { return from.values.contains(v); });
        changes << StepChange{
            Step::AddEnumValue,
            AddEnumValue{to.name, to.values[i], next == to.values.end() ? QString() : *next}};
    }
}

/// An object of the same name that went from one schema to another is no drop and no addition.
template <typename Entry>
const Entry *movedTo(const Entry &dropped, const QList<Entry> &from, const QList<Entry> &to)
{
    const auto it = std::ranges::find_if(to, [&](const Entry &candidate) {
        return candidate.name.name == dropped.name.name &&
               candidate.name.schema != dropped.name.schema &&
               std::ranges::find(from, candidate.name, &Entry::name) == from.end();
    });
    return it == to.end() ? nullptr : &*it;
}

template <typename Entry, typename Add, typename Drop, typename Alter>
void compareNamed(const QString &kind, const QList<Entry> &from, const QList<Entry> &to, Add added,
                  Drop dropped, Alter both, QList<StepChange> &changes)
{
    QList<schema::Name> arrived;
    for (const Entry &before : from) {
        const auto after = std::ranges::find(to, before.name, &Entry::name);
        if (after != to.end()) {
            both(before, *after);
        } else if (const Entry *target = movedTo(before, from, to)) {
            arrived << target->name;
            refuse(kind, before.name.qualified(),
                   Text::tr("moves to %1").arg(target->name.qualified()), changes);
        } else {
            dropped(before);
        }
    }
    for (const Entry &after : to) {
        const bool known = std::ranges::find(from, after.name, &Entry::name) != from.end();
        if (!known && !arrived.contains(after.name))
            added(after);
    }
}

void compareEnums(const schema::Database &from, const schema::Database &to,
                  QList<StepChange> &changes)
{
    compareNamed(
        QStringLiteral("enum"), from.enums, to.enums,
        [&](const schema::Enum &type) {
            changes << StepChange{Step::AddEnum, AddEnum{type}};
        },
        [&](const schema::Enum &type) {
            changes << StepChange{Step::DropEnum, DropEnum{type}};
        },
        [&](const schema::Enum &before, const schema::Enum &after) {
            compareValues(before, after, changes);
        },
        changes);
}

QList<schema::Table> withoutLedger(QList<schema::Table> tables)
{
    tables.removeIf([](const schema::Table &table) { return isLedger(table.name); });
    return tables;
}

void compareTables(const schema::Database &from, const schema::Database &to,
                   QList<StepChange> &changes)
{
    compareNamed(
        QStringLiteral("table"), withoutLedger(from.tables), withoutLedger(to.tables),
        [&](const schema::Table &table) {
            changes << StepChange{Step::AddTable, AddTable{table}};
        },
        [&](const schema::Table &table) {
            changes << StepChange{Step::DropTable, DropTable{table}};
        },
        [&](const schema::Table &before, const schema::Table &after) {
            changes << compareTable(before, after, to);
        },
        changes);
}

/// A view that is declared as existing produces no SQL and is no difference.
QList<schema::View> ownViews(QList<schema::View> views)
{
    views.removeIf([](const schema::View &view) { return view.existing; });
    return views;
}
} // namespace

Difference compare(const schema::Database &from, const schema::Database &to)
{
    QList<StepChange> changes;
    compareSchemas(from, to, changes);
    compareEnums(from, to, changes);
    compareTables(from, to, changes);
    reportOnly(QStringLiteral("sequence"), from.sequences, to.sequences, changes);
    reportOnly(QStringLiteral("role"), from.roles, to.roles, changes);
    reportOnly(QStringLiteral("view"), ownViews(from.views), ownViews(to.views), changes);
    reportOnly(QStringLiteral("policy"), from.linkedPolicies, to.linkedPolicies, changes);
    std::ranges::stable_sort(changes, {}, &StepChange::step);

    Difference difference;
    for (const StepChange &entry : changes)
        difference.changes << entry.change;
    difference.renameCandidates = renameCandidates(difference.changes, from, to);
    return difference;
}

} // namespace diff
