// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/inverse.h"

#include <QHash>
#include <QSet>

#include <ranges>

namespace edits
{

namespace
{

sql::Parameter valueOf(const QList<Field> &fields, const QString &column)
{
    for (const Field &field : fields) {
        if (field.column == column)
            return field.value;
    }
    return {};
}

OldValue valueOf(const QList<SeenField> &fields, const QString &column)
{
    for (const SeenField &field : fields) {
        if (field.column == column)
            return field.value;
    }
    return {};
}

/// The row under the key that it has now.
RowId idOf(const schema::Table &table, const QList<SeenField> &fields)
{
    RowId id{.table = table.name, .keyColumns = editKey(table)};
    for (const QString &column : id.keyColumns)
        id.key << valueOf(fields, column).text.value_or(QByteArray());
    return id;
}

RowEdit setBack(const Written &written, const schema::Table &table)
{
    RowEdit back{.id = idOf(table, written.returned), .tenant = written.edit.tenant};
    for (const CellEdit &cell : written.edit.cells) {
        const sql::Parameter old = cell.before.isDigest || cell.before.isUnknown
                                       ? valueOf(written.before, cell.column)
                                       : cell.before.text;
        const OldValue now = valueOf(written.returned, cell.column);
        if (!now.isSame(old))
            back.cells << CellEdit{cell.column, now, NewValue::of(old)};
    }
    return back;
}

RowEdit takenOut(const Written &written, const schema::Table &table)
{
    RowEdit out{.id = idOf(table, written.returned),
                .kind = RowEdit::Kind::Delete,
                .tenant = written.edit.tenant};
    out.seen = written.returned;
    return out;
}

RowEdit broughtBack(const Written &written, const schema::Table &table, qint64 number)
{
    RowEdit in{.id = {.table = table.name, .keyColumns = {}, .key = {}, .number = number},
               .kind = RowEdit::Kind::Insert,
               .tenant = written.edit.tenant,
               .restores = true};
    for (const SeenField &field : written.returned) {
        const schema::Column *column = table.column(field.column);
        if (column && !column->generated)
            in.cells << CellEdit{field.column, {}, NewValue::of(field.value.text)};
    }
    return in;
}

void addTo(RowEdit &row, const QList<CellEdit> &cells)
{
    for (const CellEdit &cell : cells) {
        if (!row.cell(cell.column))
            row.cells << cell;
    }
}

} // namespace

Staged inverseOf(const QList<Written> &written, const schema::Database &live)
{
    Staged inverse;
    QHash<RowId, qsizetype> changed; // in inverse
    QSet<RowId> gone; // whatever was changed of them before: they come back as they were
    for (const Written &one : written) {
        if (one.edit.kind == RowEdit::Kind::Delete)
            gone.insert(one.edit.id);
    }
    for (const Written &one : written | std::views::reverse) {
        const schema::Table *table = live.table(one.edit.id.table);
        const bool isGone = one.edit.kind == RowEdit::Kind::Update && gone.contains(one.edit.id);
        if (!table || isGone)
            continue;
        RowEdit back;
        switch (one.edit.kind) {
        case RowEdit::Kind::Update:
            back = setBack(one, *table);
            break;
        case RowEdit::Kind::Insert:
            back = takenOut(one, *table);
            break;
        case RowEdit::Kind::Delete:
            back = broughtBack(one, *table, ++inverse.lastNumber);
            break;
        }
        const bool isChange = back.kind == RowEdit::Kind::Update;
        if (isChange && back.cells.isEmpty())
            continue;
        // A row may have been changed, and have lost a reference besides.
        if (const auto place = changed.constFind(back.id); isChange && place != changed.cend()) {
            addTo(inverse.rows[*place], back.cells);
            continue;
        }
        if (isChange)
            changed.insert(back.id, inverse.rows.size());
        inverse.rows << back;
    }
    return inverse;
}

} // namespace edits
