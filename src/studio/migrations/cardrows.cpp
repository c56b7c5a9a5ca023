// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/cardrows.h"

#include "diff/equal.h"
#include "diff/properties.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio
{

namespace
{
struct Words {
    Q_DECLARE_TR_FUNCTIONS(studio::DiffCards)
};

QString typeOf(const schema::Column &column)
{
    if (column.typeSchema.isEmpty() || column.typeSchema == QLatin1String("public"))
        return column.type;
    return column.typeSchema + u'.' + column.type;
}

CardRow::Kind kindOf(const schema::Table &table, const QString &column)
{
    if (table.keyColumns().contains(column))
        return CardRow::Kind::Key;
    const bool refers = std::ranges::any_of(
        table.foreignKeys, [&](const auto &key) { return key.columns.contains(column); });
    return refers ? CardRow::Kind::Reference : CardRow::Kind::Column;
}

QString nullText(bool notNull)
{
    return notNull ? QStringLiteral("NOT NULL") : QStringLiteral("NULL");
}

QString defaultText(const std::optional<schema::Default> &value)
{
    return value ? QStringLiteral("DEFAULT ") + value->text : Words::tr("no default");
}

QString generatedText(const std::optional<schema::Generated> &value)
{
    return value ? QStringLiteral("AS ") + value->expression : Words::tr("not generated");
}

QString identityText(const std::optional<schema::Identity> &value)
{
    if (!value)
        return Words::tr("no identity");
    return value->kind == schema::Identity::Kind::Always ? QStringLiteral("IDENTITY ALWAYS")
                                                         : QStringLiteral("IDENTITY BY DEFAULT");
}

QList<PropertyChange> changesOf(const schema::Column &before, const schema::Column &after)
{
    QList<PropertyChange> changes;
    if (typeOf(before) != typeOf(after))
        changes.append({typeOf(before), typeOf(after)});
    if (before.notNull != after.notNull)
        changes.append({nullText(before.notNull), nullText(after.notNull)});
    if (before.defaultValue != after.defaultValue)
        changes.append({defaultText(before.defaultValue), defaultText(after.defaultValue)});
    if (before.generated != after.generated)
        changes.append({generatedText(before.generated), generatedText(after.generated)});
    if (before.identity != after.identity)
        changes.append({identityText(before.identity), identityText(after.identity)});
    if (before.primaryKey != after.primaryKey) {
        const QString key = QStringLiteral("PRIMARY KEY");
        const QString noKey = Words::tr("not in the key");
        changes.append({before.primaryKey ? key : noKey, after.primaryKey ? key : noKey});
    }
    return changes;
}

QString list(const QStringList &names)
{
    return u'(' + names.join(QStringLiteral(", ")) + u')';
}

QString describe(const schema::Index &index)
{
    QStringList columns;
    for (const schema::IndexColumn &column : index.columns)
        columns.append(column.ascending ? column.expression
                                        : column.expression + QStringLiteral(" DESC"));
    QString what = index.isUnique ? Words::tr("unique index") : Words::tr("index");
    if (index.method != QLatin1String("btree"))
        what += u' ' + index.method;
    what += u' ' + list(columns);
    if (!index.where.isEmpty())
        what += QStringLiteral(" WHERE ") + index.where;
    return what;
}

QString describe(const schema::ForeignKey &key)
{
    QString what = Words::tr("foreign key");
    if (key.onDelete.toLower() != QLatin1String("no action"))
        what += QStringLiteral(" · ON DELETE ") + key.onDelete.toUpper();
    if (key.onUpdate.toLower() != QLatin1String("no action"))
        what += QStringLiteral(" · ON UPDATE ") + key.onUpdate.toUpper();
    return what;
}

QString describe(const schema::Unique &unique)
{
    QString what = Words::tr("unique") + u' ' + list(unique.columns);
    if (unique.nullsNotDistinct)
        what += QStringLiteral(" NULLS NOT DISTINCT");
    return what;
}

QString describe(const schema::Check &check)
{
    return Words::tr("check") + u' ' + check.expression;
}

QString describe(const schema::Policy &policy)
{
    QString what = Words::tr("policy") + u' ' + policy.command.toUpper();
    if (policy.as.compare(QLatin1String("PERMISSIVE"), Qt::CaseInsensitive) != 0)
        what += u' ' + policy.as.toUpper();
    what += QStringLiteral(" TO ") + policy.roles.join(QStringLiteral(", "));
    if (policy.usingExpression)
        what += QStringLiteral(" USING ") + *policy.usingExpression;
    if (policy.withCheck)
        what += QStringLiteral(" WITH CHECK ") + *policy.withCheck;
    return what;
}

template <typename Part> QString label(const Part &part)
{
    return part.name;
}

/// A foreign key's generated name repeats both tables and columns; where it leads says more.
QString label(const schema::ForeignKey &key)
{
    const schema::Name target{key.targetSchema, key.targetTable};
    return key.columns.join(QStringLiteral(", ")) + QStringLiteral(" → ") +
           (target.schema.isEmpty() ? target.name : target.qualified());
}

constexpr CardRow::Kind kindOf(const schema::Index *)
{
    return CardRow::Kind::Index;
}
constexpr CardRow::Kind kindOf(const schema::ForeignKey *)
{
    return CardRow::Kind::ForeignKey;
}
constexpr CardRow::Kind kindOf(const schema::Unique *)
{
    return CardRow::Kind::Unique;
}
constexpr CardRow::Kind kindOf(const schema::Check *)
{
    return CardRow::Kind::Check;
}

constexpr CardRow::Kind kindOf(const schema::Policy *)
{
    return CardRow::Kind::Policy;
}

template <typename Part> CardRow rowOf(const Part &part, DiffMark mark)
{
    return {.kind = kindOf(&part),
            .mark = mark,
            .name = label(part),
            .detail = describe(part),
            .changes = {}};
}

template <typename Part> const Part *named(const QList<Part> &parts, const QString &name)
{
    const auto it = std::ranges::find(parts, name, &Part::name);
    return it == parts.end() ? nullptr : &*it;
}

/// Rows for those of two lists of indexes, keys, checks or policies that differ; order of the newer
/// one.
template <typename Part>
void appendChanged(QList<CardRow> &rows, const QList<Part> &before, const QList<Part> &after,
                   const QStringList &changed, const QHash<QString, QString> &renamed)
{
    QStringList oldNames;
    for (const Part &part : after) {
        const QString oldName = renamed.value(part.name, part.name);
        if (!changed.contains(part.name) && oldName == part.name)
            continue;
        const Part *old = named(before, oldName);
        if (!old) {
            rows.append(rowOf(part, DiffMark::Added));
            continue;
        }
        oldNames.append(oldName);
        CardRow row = rowOf(part, DiffMark::Changed);
        row.detail.clear();
        if (oldName != part.name)
            row.changes.append({oldName, part.name});
        if (describe(*old) != describe(part) || row.changes.isEmpty())
            row.changes.append({describe(*old), describe(part)});
        rows.append(row);
    }
    for (const Part &part : before) {
        if (changed.contains(part.name) && !oldNames.contains(part.name) &&
            !named(after, part.name))
            rows.append(rowOf(part, DiffMark::Removed));
    }
}

CardRow property(const QString &name, const QString &before, const QString &after)
{
    CardRow row{.kind = CardRow::Kind::Property,
                .mark = DiffMark::Changed,
                .name = name,
                .detail = {},
                .changes = {}};
    if (before.isEmpty() || after.isEmpty()) {
        row.mark = before.isEmpty() ? DiffMark::Added : DiffMark::Removed;
        row.detail = before + after;
    } else {
        row.changes.append({before, after});
    }
    return row;
}

QString yesOrNo(bool value)
{
    return value ? Words::tr("yes") : Words::tr("no");
}

/// A row for each property that two definitions do not share; one of them may be null.
template <typename Object> QList<CardRow> differingRows(const Object *before, const Object *after)
{
    QList<CardRow> rows;
    for (const diff::Alteration &one :
         diff::alterations(before ? diff::propertiesOf(*before) : diff::Properties(),
                           after ? diff::propertiesOf(*after) : diff::Properties()))
        rows.append(property(one.what, one.before, one.after));
    return rows;
}

QString keyText(const schema::Table &table)
{
    const QStringList columns = table.keyColumns();
    return columns.isEmpty() ? Words::tr("none") : list(columns);
}

template <typename Part>
void appendAll(QList<CardRow> &rows, const QList<Part> &parts, DiffMark mark)
{
    for (const Part &part : parts)
        rows.append(rowOf(part, mark));
}

CardRow rowOf(const schema::Table &table, const schema::Column &column, DiffMark mark)
{
    return {.kind = kindOf(table, column.name),
            .mark = mark,
            .name = column.name,
            .detail = typeOf(column),
            .changes = {}};
}

QList<CardRow> changedColumns(const schema::Table &before, const schema::Table &after,
                              const ChangedParts &changed)
{
    QList<CardRow> rows;
    QStringList renamed; // old names
    for (const schema::Column &column : after.columns) {
        const QString oldName = changed.renamed.value(column.name, column.name);
        const schema::Column *old = before.column(oldName);
        CardRow row = rowOf(after, column, old ? DiffMark::Context : DiffMark::Added);
        if (!old && column.notNull)
            row.detail += QStringLiteral(" NOT NULL");
        if (old && changed.columns.contains(column.name))
            row.changes = changesOf(*old, column);
        if (old && oldName != column.name) {
            row.changes.prepend({oldName, column.name});
            renamed.append(oldName);
        }
        if (!row.changes.isEmpty()) {
            row.mark = DiffMark::Changed;
            row.detail.clear();
        }
        rows.append(row);
    }
    // A dropped column stands behind the one it stood behind.
    QString previous;
    for (const schema::Column &column : before.columns) {
        if (!after.column(column.name) && !renamed.contains(column.name)) {
            const auto it = std::ranges::find(rows, previous, &CardRow::name);
            rows.insert(it == rows.end() ? rows.begin() : it + 1,
                        rowOf(before, column, DiffMark::Removed));
        }
        previous = column.name;
    }
    return rows;
}
} // namespace

QList<CardRow> rowsOfWhole(const schema::Table &table, DiffMark mark)
{
    QList<CardRow> rows;
    for (const schema::Column &column : table.columns)
        rows.append(rowOf(table, column, mark));
    appendAll(rows, table.foreignKeys, mark);
    appendAll(rows, table.uniques, mark);
    appendAll(rows, table.indexes, mark);
    appendAll(rows, table.checks, mark);
    appendAll(rows, table.policies, mark);
    return rows;
}

QList<CardRow> rowsOfNeighbour(const schema::Table &table)
{
    constexpr int others = 2;
    QList<CardRow> rows;
    int shown = 0;
    for (const schema::Column &column : table.columns) {
        const CardRow row = rowOf(table, column, DiffMark::Context);
        if (row.kind == CardRow::Kind::Key || shown++ < others)
            rows.append(row);
    }
    return rows;
}

QList<CardRow> rowsOfChanged(const schema::Table &before, const schema::Table &after,
                             const ChangedParts &changed)
{
    QList<CardRow> rows = changedColumns(before, after, changed);
    if (changed.primaryKey) {
        CardRow row = property(Words::tr("primary key"), keyText(before), keyText(after));
        row.kind = CardRow::Kind::Key;
        rows.append(row);
    }
    const auto parts = [&](auto schema::Table::*list, const QStringList &names) {
        appendChanged(rows, before.*list, after.*list, names, changed.renamed);
    };
    parts(&schema::Table::foreignKeys, changed.foreignKeys);
    parts(&schema::Table::uniques, changed.uniques);
    parts(&schema::Table::indexes, changed.indexes);
    parts(&schema::Table::checks, changed.checks);
    parts(&schema::Table::policies, changed.policies);
    if (changed.rowLevelSecurity)
        rows.append(property(Words::tr("row-level security"),
                             yesOrNo(diff::hasRowLevelSecurity(before)),
                             yesOrNo(diff::hasRowLevelSecurity(after))));
    for (const auto &[what, name] : changed.names)
        rows.append(property(what, name.before, name.after));
    return folded(rows);
}

QList<CardRow> rowsOf(const schema::View *before, const schema::View *after)
{
    return differingRows(before, after);
}

QList<CardRow> rowsOf(const schema::Sequence *before, const schema::Sequence *after)
{
    return differingRows(before, after);
}

QList<CardRow> rowsOf(const schema::Role *before, const schema::Role *after)
{
    return differingRows(before, after);
}

QList<CardRow> rowsOfEnum(const QStringList &before, const QStringList &after,
                          const QHash<QString, QString> &renamed)
{
    const auto row = [](const QString &value, DiffMark mark) {
        return CardRow{.kind = CardRow::Kind::EnumValue,
                       .mark = mark,
                       .name = value,
                       .detail = {},
                       .changes = {}};
    };
    QList<CardRow> rows;
    for (const QString &value : after) {
        rows.append(row(value, before.contains(value) ? DiffMark::Context : DiffMark::Added));
        if (renamed.contains(value)) {
            rows.last().mark = DiffMark::Changed;
            rows.last().changes = {{renamed.value(value), value}};
        }
    }
    const QStringList oldNames = renamed.values();
    for (const QString &value : before) {
        if (!after.contains(value) && !oldNames.contains(value))
            rows.append(row(value, DiffMark::Removed));
    }
    // The same values in another order.
    const auto isContext = [](const CardRow &entry) { return entry.mark == DiffMark::Context; };
    if (before != after && std::ranges::all_of(rows, isContext)) {
        CardRow order = property(Words::tr("order"), before.join(QStringLiteral(", ")),
                                 after.join(QStringLiteral(", ")));
        rows.append(order);
    }
    return rows;
}

QList<CardRow> folded(const QList<CardRow> &rows)
{
    constexpr qsizetype small = 12; // rows that fit a card without folding
    if (rows.size() <= small)
        return rows;
    const auto stays = [&rows](qsizetype at) {
        const auto changed = [&rows](qsizetype i) {
            return i >= 0 && i < rows.size() && rows[i].mark != DiffMark::Context;
        };
        return rows[at].kind == CardRow::Kind::Key || changed(at - 1) || changed(at) ||
               changed(at + 1);
    };
    QList<CardRow> kept;
    for (qsizetype at = 0; at < rows.size();) {
        qsizetype end = at;
        while (end < rows.size() && !stays(end))
            ++end;
        if (end - at > 1) {
            kept.append({.kind = CardRow::Kind::Fold,
                         .mark = DiffMark::Context,
                         .name = Words::tr("%1 more, unchanged").arg(end - at),
                         .detail = {},
                         .changes = {}});
            at = end;
        } else {
            kept.append(rows[at++]);
        }
    }
    return kept;
}

} // namespace studio
