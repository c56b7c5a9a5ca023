// SPDX-License-Identifier: GPL-3.0-or-later
#include "model.h"

#include <algorithm>

namespace changes
{

namespace
{

/// What a key of \a column is pointed at with: the type behind a serial.
void takeType(Model::Column &column, const Model::Column &target)
{
    column.type = target.type;
    column.enumType = target.enumType;
    column.array = false;
    column.numbers = Model::Numbers::None;
    column.generatedFrom = 0;
}

void tidyColumns(Model &model, Model::Table &table)
{
    table.columns.removeIf([&](const Model::Column &column) {
        return (column.generatedFrom && !byId(table.columns, column.generatedFrom));
    });
    for (Model::Column &column : table.columns) {
        if (column.type == Model::Type::Enum && !model.enumType(column.enumType)) {
            column.type = Model::Type::Text;
            column.array = false;
        }
    }
    table.key.removeIf([&](int id) { return !table.column(id); });
}

void tidyParts(Model &model, Model::Table &table)
{
    table.parts.removeIf([&](const Model::Part &part) {
        const bool columnGone =
            std::ranges::any_of(part.columns, [&](int id) { return table.column(id) == nullptr; });
        if (columnGone || part.kind != Model::Part::Kind::ForeignKey)
            return columnGone;
        const Model::Table *target = model.table(part.target);
        return !target || target->key.size() != 1;
    });
    for (Model::Part &part : table.parts) {
        if (part.role && !byId(model.roles, part.role))
            part.role = 0;
        if (part.kind == Model::Part::Kind::ForeignKey) {
            const Model::Table *target = model.table(part.target);
            takeType(*table.column(part.columns.first()), *target->column(target->key.first()));
        }
    }
}

template <typename List> void leaveDroppedSchemas(const Model &model, List &list)
{
    for (auto &entry : list) {
        if (entry.schema && !byId(model.schemas, entry.schema))
            entry.schema = 0;
    }
}

} // namespace

const Model::Column *Model::Table::column(int wanted) const
{
    return byId(columns, wanted);
}

Model::Column *Model::Table::column(int wanted)
{
    return byId(columns, wanted);
}

const Model::Table *Model::table(int id) const
{
    return byId(tables, id);
}

Model::Table *Model::table(int id)
{
    return byId(tables, id);
}

const Model::Enum *Model::enumType(int id) const
{
    return byId(enums, id);
}

void Model::tidy()
{
    leaveDroppedSchemas(*this, tables);
    leaveDroppedSchemas(*this, enums);
    leaveDroppedSchemas(*this, sequences);
    leaveDroppedSchemas(*this, views);
    for (Table &table : tables)
        tidyColumns(*this, table);
    for (Table &table : tables)
        tidyParts(*this, table);
    for (View &view : views) {
        const Table *read = table(view.table);
        view.columns.removeIf([&](int id) { return !read || !read->column(id); });
    }
    views.removeIf([](const View &view) { return view.columns.isEmpty(); });
}

} // namespace changes
