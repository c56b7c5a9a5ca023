// SPDX-License-Identifier: GPL-3.0-or-later
#include "model.h"
#include "sql/identifier.h"

#include <algorithm>

namespace changes
{

namespace
{

constexpr int rowsPerTable = 3;

using Type = Model::Type;

schema::Name nameIn(const Model &model, const Model::Owned &owned)
{
    const Model::Named *schema = byId(model.schemas, owned.schema);
    return {schema ? schema->name : QString(), owned.name};
}

/// Writes the rows of one table.
class RowWriter
{
public:
    RowWriter(const Model &before, const Model &after, const Model::Table &table)
        : m_before(before)
        , m_after(after)
        , m_table(table)
        , m_tableAfter(after.table(table.id))
    {
    }

    QString statements() const
    {
        QStringList columns;
        for (const Model::Column &column : m_table.columns) {
            if (!column.generatedFrom)
                columns << sql::identifier(column.name);
        }
        QString text;
        const schema::Name name = nameIn(m_before, m_table);
        for (int row = 1; row <= rowsPerTable && !columns.isEmpty(); ++row)
            text += QStringLiteral("INSERT INTO %1 (%2) OVERRIDING SYSTEM VALUE VALUES (%3);\n")
                        .arg(sql::identifier(name.schema.isEmpty() ? QStringLiteral("public")
                                                                   : name.schema,
                                             name.name),
                             columns.join(QStringLiteral(", ")),
                             valuesOf(row).join(QStringLiteral(", ")));
        return text;
    }

private:
    QStringList valuesOf(int row) const
    {
        QStringList values;
        for (const Model::Column &column : m_table.columns) {
            if (!column.generatedFrom)
                values << value(column, row);
        }
        return values;
    }

    static bool allowsNull(const Model::Table &table, const Model::Column &column)
    {
        return !column.notNull && column.numbers == Model::Numbers::None &&
               !table.key.contains(column.id);
    }

    bool isNull(const Model::Column &column, int row) const
    {
        const Model::Column *after = m_tableAfter ? m_tableAfter->column(column.id) : nullptr;
        return row == 2 && allowsNull(m_table, column) &&
               (!after || allowsNull(*m_tableAfter, *after));
    }

    /// A value that is in the type before and after the change.
    QString enumValue(const Model::Column &column, int row) const
    {
        const Model::Enum *type = m_before.enumType(column.enumType);
        const Model::Enum *after = m_after.enumType(column.enumType);
        QStringList usable;
        for (const Model::Named &value : type->values) {
            if (!after || byId(after->values, value.id))
                usable << value.name;
        }
        return usable.isEmpty() ? QStringLiteral("NULL")
                                : sql::literal(usable.at(row % usable.size()));
    }

    QString value(const Model::Column &column, int row) const
    {
        if (isNull(column, row))
            return QStringLiteral("NULL");
        if (column.array)
            return QStringLiteral("'{}'");
        switch (column.type) {
        case Type::Text:
        case Type::Varchar: // a number, so that the column can become one
            return QStringLiteral("'%1'").arg(row);
        case Type::Boolean:
            return row % 2 ? QStringLiteral("true") : QStringLiteral("false");
        case Type::Date:
            return QStringLiteral("'2024-01-0%1'").arg(row);
        case Type::Json:
            return QStringLiteral("'{\"row\": %1}'").arg(row);
        case Type::Enum:
            return enumValue(column, row);
        default:
            return QString::number(row);
        }
    }

    const Model &m_before, &m_after;
    const Model::Table &m_table;
    const Model::Table *m_tableAfter;
};

/// Collects answers for objects of one kind.
class AnswerList
{
public:
    AnswerList(const Model &before, const Model &after)
        : m_before(before)
        , m_after(after)
    {
    }

    template <typename List> void plain(diff::Kind kind, const List &before, const List &after)
    {
        parts(kind, {}, before, after);
    }

    template <typename List>
    void parts(diff::Kind kind, const schema::Name &table, const List &before, const List &after)
    {
        for (const auto &entry : before) {
            const auto *same = byId(after, entry.id);
            if (!same || same->name != entry.name)
                m_answers << diff::RenameAnswer{
                    kind, table, {{}, entry.name}, {{}, same ? same->name : QString()}};
        }
    }

    template <typename List> void owned(diff::Kind kind, const List &before, const List &after)
    {
        for (const auto &entry : before) {
            const auto *same = byId(after, entry.id);
            // As it is called when the schemas have their new names.
            const Model::Named *schema = byId(m_after.schemas, entry.schema);
            const schema::Name from{schema ? schema->name : nameIn(m_before, entry).schema,
                                    entry.name};
            const schema::Name to = same ? nameIn(m_after, *same) : schema::Name{};
            if (from != to)
                m_answers << diff::RenameAnswer{kind, {}, from, to};
        }
    }

    void inTables()
    {
        for (const Model::Table &table : m_before.tables) {
            const Model::Table *after = m_after.table(table.id);
            if (!after)
                continue;
            const schema::Name name = nameIn(m_after, *after);
            parts(diff::Kind::Column, name, table.columns, after->columns);
            parts(diff::Kind::Policy, name, policiesOf(table), policiesOf(*after));
        }
    }

    QList<diff::RenameAnswer> take() { return std::move(m_answers); }

private:
    static QList<Model::Part> policiesOf(const Model::Table &table)
    {
        QList<Model::Part> policies = table.parts;
        policies.removeIf(
            [](const Model::Part &part) { return part.kind != Model::Part::Kind::Policy; });
        return policies;
    }

    const Model &m_before, &m_after;
    QList<diff::RenameAnswer> m_answers;
};

} // namespace

QList<diff::RenameAnswer> answers(const Model &before, const Model &after)
{
    AnswerList list(before, after);
    list.plain(diff::Kind::Schema, before.schemas, after.schemas);
    list.plain(diff::Kind::Role, before.roles, after.roles);
    list.owned(diff::Kind::Enum, before.enums, after.enums);
    list.owned(diff::Kind::Sequence, before.sequences, after.sequences);
    list.owned(diff::Kind::Table, before.tables, after.tables);
    list.owned(diff::Kind::View, before.views, after.views);
    for (const Model::Enum &type : before.enums) {
        if (const Model::Enum *same = after.enumType(type.id))
            list.parts(diff::Kind::EnumValue, nameIn(after, *same), type.values, same->values);
    }
    list.inTables();
    return list.take();
}

QByteArray rowsFor(const Model &before, const Model &after)
{
    // Foreign keys may go in circles; the rows are right once all are there.
    QString text = QStringLiteral("SET session_replication_role = replica;\n");
    for (const Model::Table &table : before.tables)
        text += RowWriter(before, after, table).statements();
    for (const Model::View &view : before.views) {
        const schema::Name name = nameIn(before, view);
        if (view.materialized)
            text +=
                QStringLiteral("REFRESH MATERIALIZED VIEW %1;\n")
                    .arg(sql::identifier(
                        name.schema.isEmpty() ? QStringLiteral("public") : name.schema, name.name));
    }
    return (text + QStringLiteral("RESET session_replication_role;\n")).toUtf8();
}

} // namespace changes
