// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/staged.h"

#include "edits/staging.h"
#include "edits/text.h"

#include <QCryptographicHash>

#include <algorithm>

namespace edits
{

namespace
{
QByteArray digestOf(const QByteArray &value)
{
    return QCryptographicHash::hash(value, QCryptographicHash::Md5).toHex();
}

void removeCell(RowEdit &row, const QString &column)
{
    row.cells.removeIf([&](const CellEdit &cell) { return cell.column == column; });
}

/// A changed row without a change is none.
void dropEmpty(Staged &staged)
{
    staged.rows.removeIf([](const RowEdit &row) {
        return row.kind == RowEdit::Kind::Update && row.cells.isEmpty();
    });
}
} // namespace

bool isSame(const OldValue &before, const NewValue &after)
{
    switch (after.kind) {
    case NewValue::Kind::Value:
        return before.isSame(after.text);
    case NewValue::Kind::Null:
        return before.isSame({});
    case NewValue::Kind::Default:
        return false;
    }
    return false;
}

NewValue NewValue::of(const sql::Parameter &value)
{
    return value ? NewValue{Kind::Value, *value} : NewValue{};
}

OldValue OldValue::of(const sql::Parameter &value)
{
    if (value && value->size() > longest)
        return {digestOf(*value), true};
    return {value, false};
}

bool OldValue::isSame(const sql::Parameter &value) const
{
    if (isUnknown)
        return false;
    if (!text || !value)
        return !text && !value;
    return *text == (isDigest ? digestOf(*value) : *value);
}

QString RowId::text() const
{
    if (isNew())
        return Text::tr("%1, new row %2").arg(table.name).arg(number);
    QStringList parts;
    for (qsizetype i = 0; i < keyColumns.size(); ++i)
        parts << QStringLiteral("%1 = %2").arg(keyColumns.at(i),
                                               QString::fromUtf8(key.value(i)).left(60));
    return table.name + u' ' + parts.join(QStringLiteral(", "));
}

size_t qHash(const RowId &id, size_t seed) noexcept
{
    return qHashMulti(seed, id.table, id.key, id.number);
}

const CellEdit *RowEdit::cell(const QString &column) const
{
    for (const CellEdit &edit : cells) {
        if (edit.column == column)
            return &edit;
    }
    return nullptr;
}

const RowEdit *Staged::row(const RowId &id) const
{
    for (const RowEdit &edit : rows) {
        if (edit.id == id)
            return &edit;
    }
    return nullptr;
}

QStringList editKey(const schema::Table &table)
{
    if (const QStringList key = table.keyColumns(); !key.isEmpty())
        return key;
    for (const schema::Unique &unique : table.uniques) {
        const bool isKey =
            !unique.columns.isEmpty() && std::ranges::all_of(unique.columns, [&](const auto &name) {
                const schema::Column *column = table.column(name);
                return column && column->notNull;
            });
        if (isKey)
            return unique.columns;
    }
    return {};
}

Staged withCell(Staged staged, const RowId &row, const tenant::TenantId &tenant,
                const CellEdit &cell)
{
    Staging step(std::move(staged));
    step.setCell(row, tenant, cell);
    return step.take();
}

Staged withNewRow(Staged staged, const schema::Name &table, const tenant::TenantId &tenant,
                  const QList<CellEdit> &cells)
{
    Staging step(std::move(staged));
    step.addRow(table, tenant, cells);
    return step.take();
}

Staged withDeletion(Staged staged, const RowId &row, const tenant::TenantId &tenant,
                    const QList<SeenField> &seen)
{
    Staging step(std::move(staged));
    step.remove(row, tenant, seen);
    return step.take();
}

Staged withoutCell(Staged staged, const RowId &row, const QString &column)
{
    for (RowEdit &edit : staged.rows) {
        if (edit.id == row)
            removeCell(edit, column);
    }
    dropEmpty(staged);
    return staged;
}

Staged withoutRow(Staged staged, const RowId &row)
{
    staged.rows.removeIf([&](const RowEdit &edit) { return edit.id == row; });
    return staged;
}

Staged withoutTable(Staged staged, const schema::Name &table)
{
    staged.rows.removeIf([&](const RowEdit &edit) { return edit.id.table == table; });
    return staged;
}

} // namespace edits
