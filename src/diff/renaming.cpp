// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/renaming.h"

#include "diff/equal.h"
#include "diff/names.h"
#include "diff/sqlnames.h"
#include "diff/sqlscopes.h"

#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace diff
{

namespace
{
using Rewrite = std::function<QString(const QString &)>;

void rewrite(std::optional<QString> &text, const Rewrite &by)
{
    if (text)
        text = by(*text);
}

void rewriteDefault(schema::Column &column, const Rewrite &by)
{
    if (column.defaultValue && column.defaultValue->form == schema::Default::Form::Sql)
        column.defaultValue->text = by(column.defaultValue->text);
}

/// Every SQL text of \a table: of its columns, indexes, checks and policies.
void rewriteTable(schema::Table &table, const Rewrite &own, const Rewrite &policies)
{
    for (schema::Column &column : table.columns) {
        rewriteDefault(column, own);
        if (column.generated)
            column.generated->expression = own(column.generated->expression);
    }
    for (schema::Index &index : table.indexes) {
        index.where = own(index.where);
        for (schema::IndexColumn &column : index.columns) {
            if (column.isExpression)
                column.expression = own(column.expression);
        }
    }
    for (schema::Check &check : table.checks)
        check.expression = own(check.expression);
    for (schema::Policy &policy : table.policies) {
        rewrite(policy.usingExpression, policies);
        rewrite(policy.withCheck, policies);
    }
}

void rewriteAll(schema::Database &database, const Rewrite &by)
{
    for (schema::Table &table : database.tables)
        rewriteTable(table, by, by);
    for (schema::View &view : database.views)
        view.definition = by(view.definition);
    for (schema::Policy &policy : database.linkedPolicies) {
        rewrite(policy.usingExpression, by);
        rewrite(policy.withCheck, by);
    }
}

template <typename Entry> void rename(QList<Entry> &entries, const Rename &rename)
{
    const auto it = std::ranges::find(entries, rename.from, &Entry::name);
    if (it != entries.end())
        it->name = rename.to;
}

template <typename Part>
void renamePart(const Rename &rename, schema::Database &database, QList<Part> schema::Table::*parts)
{
    const auto table = std::ranges::find(database.tables, rename.table, &schema::Table::name);
    if (table == database.tables.end())
        return;
    QList<Part> &list = (*table).*parts;
    const auto part = std::ranges::find(list, rename.from.name, &Part::name);
    if (part != list.end())
        part->name = rename.to.name;
}

void renameSchema(const Rename &rename, schema::Database &database)
{
    const QString from = plainSchema(rename.from.name);
    const QString to = plainSchema(rename.to.name);
    const auto follow = [&](QString &schema) {
        if (!from.isEmpty() && schema == from)
            schema = to;
    };
    database.schemas.replaceInStrings(
        QRegularExpression(u'^' + QRegularExpression::escape(rename.from.name) + u'$'),
        rename.to.name);
    const auto all = [&](auto &entries) {
        for (auto &entry : entries)
            follow(entry.name.schema);
    };
    all(database.tables);
    all(database.enums);
    all(database.sequences);
    all(database.views);
    for (schema::Table &table : database.tables) {
        for (schema::ForeignKey &key : table.foreignKeys)
            follow(key.targetSchema);
        for (schema::Column &column : table.columns) {
            follow(column.typeSchema);
            if (column.identity)
                follow(column.identity->sequenceSchema);
        }
    }
    for (schema::Policy &policy : database.linkedPolicies) {
        follow(policy.onSchema);
        policy.on = renameSchemaIn(policy.on, rename.from.name, rename.to.name);
    }
    rewriteAll(database, [&](const QString &text) {
        return renameSchemaIn(text, rename.from.name, rename.to.name);
    });
}

void renameTable(const Rename &change, schema::Database &database)
{
    rename(database.tables, change);
    for (schema::Table &table : database.tables) {
        for (schema::ForeignKey &key : table.foreignKeys) {
            if (targetOf(key) != change.from)
                continue;
            key.targetSchema = change.to.schema;
            key.targetTable = change.to.name;
        }
        if (table.name != change.to)
            continue;
        // What a column owns moves along with its table.
        for (schema::Column &column : table.columns) {
            if (column.identity &&
                plainSchema(column.identity->sequenceSchema) == plainSchema(change.from.schema))
                column.identity->sequenceSchema = change.to.schema;
        }
    }
    for (schema::Policy &policy : database.linkedPolicies) {
        if (tableOf(policy) != change.from)
            continue;
        policy.onSchema = change.to.schema.isEmpty() ? QStringLiteral("public") : change.to.schema;
        policy.on = quoted(policy.onSchema) + u'.' + quoted(change.to.name);
    }
    rewriteAll(database,
               [&](const QString &text) { return renameTableIn(text, change.from, change.to); });
}

void replaceIn(QStringList &names, const QString &from, const QString &to)
{
    for (QString &name : names) {
        if (name == from)
            name = to;
    }
}

/// The column in its own table: its name, keys, indexes and expressions.
void renameOwnColumn(const Rename &change, schema::Table &table, const Rewrite &policies)
{
    const QString from = change.from.name;
    const QString to = change.to.name;
    const auto column = std::ranges::find(table.columns, from, &schema::Column::name);
    if (column != table.columns.end())
        column->name = to;
    for (schema::PrimaryKey &key : table.primaryKeys)
        replaceIn(key.columns, from, to);
    for (schema::Unique &unique : table.uniques)
        replaceIn(unique.columns, from, to);
    for (schema::ForeignKey &key : table.foreignKeys)
        replaceIn(key.columns, from, to);
    for (schema::Index &index : table.indexes) {
        for (schema::IndexColumn &part : index.columns) {
            if (!part.isExpression && part.expression == from)
                part.expression = to;
        }
    }
    rewriteTable(
        table,
        [&](const QString &text) {
            return renameColumnIn(text, table.name, from, to, ColumnScope::Own);
        },
        policies);
}

/// Whether a relation of \a database has the column that \a change is about.
HasColumn columnsBefore(const Rename &change, const schema::Database &database)
{
    QSet<schema::Name> with, without;
    for (const schema::Table &table : database.tables)
        (table.column(change.from.name) ? with : without).insert(table.name);
    return [with, without](const schema::Name &relation) -> std::optional<bool> {
        if (with.contains(relation))
            return true;
        return without.contains(relation) ? std::optional(false) : std::nullopt;
    };
}

void renameColumn(const Rename &change, schema::Database &database)
{
    const HasColumn has = columnsBefore(change, database);
    const auto inPolicy = [&](const schema::Name &owner) {
        return [&change, &has, owner](const QString &text) {
            return renameColumnInQueries(text, change.table, change.from.name, change.to.name,
                                         owner, has);
        };
    };
    const auto qualified = [&](const QString &text) {
        return renameColumnIn(text, change.table, change.from.name, change.to.name,
                              ColumnScope::Qualified);
    };
    for (schema::Table &table : database.tables) {
        if (table.name == change.table)
            renameOwnColumn(change, table, inPolicy(table.name));
        else
            rewriteTable(table, qualified, inPolicy(table.name));
        for (schema::ForeignKey &key : table.foreignKeys) {
            if (targetOf(key) == change.table)
                replaceIn(key.targetColumns, change.from.name, change.to.name);
        }
    }
    for (schema::View &view : database.views)
        view.definition = qualified(view.definition);
    for (schema::Policy &policy : database.linkedPolicies) {
        rewrite(policy.usingExpression, inPolicy(tableOf(policy)));
        rewrite(policy.withCheck, inPolicy(tableOf(policy)));
    }
}

/// Whether \a column is of the enum, an array of it included.
bool isOf(const schema::Column &column, const schema::Name &type)
{
    if (column.typeSchema.isEmpty() || plainSchema(column.typeSchema) != plainSchema(type.schema))
        return false;
    return column.type.section(u'[', 0, 0) == type.name;
}

template <typename Do>
void forEachColumnOf(schema::Database &database, const schema::Name &type, Do act)
{
    for (schema::Table &table : database.tables) {
        for (schema::Column &column : table.columns) {
            if (isOf(column, type))
                act(column);
        }
    }
}

void renameEnum(const Rename &change, schema::Database &database)
{
    rename(database.enums, change);
    forEachColumnOf(database, change.from, [&](schema::Column &column) {
        column.type = change.to.name + column.type.mid(change.from.name.size());
        column.typeSchema =
            change.to.schema.isEmpty() ? QStringLiteral("public") : change.to.schema;
    });
    rewriteAll(database,
               [&](const QString &text) { return renameTypeIn(text, change.from, change.to); });
}

QString constant(QString value)
{
    return u'\'' + value.replace(u'\'', QStringLiteral("''")) + u'\'';
}

/// Where an expression says which column or type the value is of.
void renameValueInTexts(const Rename &change, schema::Database &database)
{
    for (const schema::Table &owner : QList<schema::Table>(database.tables)) {
        EnumColumns columns{.table = owner.name};
        for (const schema::Column &column : owner.columns) {
            if (isOf(column, change.table))
                columns.names << column.name;
        }
        if (columns.names.isEmpty())
            continue;
        const auto rewriting = [&](ColumnScope scope) {
            EnumColumns meant = columns;
            meant.scope = scope;
            return [&change, meant](const QString &text) {
                return renameValueIn(text, change.table, meant, change.from.name, change.to.name);
            };
        };
        const auto qualified = rewriting(ColumnScope::Qualified);
        for (schema::Table &table : database.tables)
            rewriteTable(
                table, table.name == owner.name ? Rewrite(rewriting(ColumnScope::Own)) : qualified,
                qualified);
        for (schema::View &view : database.views)
            view.definition = qualified(view.definition);
        for (schema::Policy &policy : database.linkedPolicies) {
            rewrite(policy.usingExpression, qualified);
            rewrite(policy.withCheck, qualified);
        }
    }
}

/// A default names the value alone, or among others in an array.
void renameEnumValue(const Rename &change, schema::Database &database)
{
    const auto type = std::ranges::find(database.enums, change.table, &schema::Enum::name);
    if (type != database.enums.end())
        replaceIn(type->values, change.from.name, change.to.name);
    forEachColumnOf(database, change.table, [&](schema::Column &column) {
        if (!column.defaultValue)
            return;
        QString &text = column.defaultValue->text;
        if (text.startsWith(constant(change.from.name)))
            text.replace(0, constant(change.from.name).size(), constant(change.to.name));
        else if (text.startsWith(QLatin1String("'{")))
            text.replace(QRegularExpression(QStringLiteral("(?<=[{,\"])%1(?=[},\"])")
                                                .arg(QRegularExpression::escape(change.from.name))),
                         change.to.name);
    });
    renameValueInTexts(change, database);
}

void renameSequence(const Rename &change, schema::Database &database)
{
    rename(database.sequences, change);
    const auto text = [&](const QString &sql) {
        return renameSequenceIn(sql, change.from, change.to);
    };
    for (schema::Table &table : database.tables) {
        for (schema::Column &column : table.columns) {
            rewriteDefault(column, text);
            if (table.name == change.table && column.identity &&
                column.identity->sequenceName == change.from.name)
                column.identity->sequenceName = change.to.name;
        }
    }
}

void renameRole(const Rename &change, schema::Database &database)
{
    const auto role = std::ranges::find(database.roles, change.from.name, &schema::Role::name);
    if (role != database.roles.end())
        role->name = change.to.name;
    const auto follow = [&](QList<schema::Policy> &policies) {
        for (schema::Policy &policy : policies) {
            replaceIn(policy.roles, change.from.name, change.to.name);
            policy.roles.sort();
        }
    };
    for (schema::Table &table : database.tables)
        follow(table.policies);
    follow(database.linkedPolicies);
}

void renamePolicy(const Rename &change, schema::Database &database)
{
    renamePart(change, database, &schema::Table::policies);
    for (schema::Policy &policy : database.linkedPolicies) {
        if (tableOf(policy) == change.table && policy.name == change.from.name)
            policy.name = change.to.name;
    }
}
} // namespace

void apply(const Rename &change, schema::Database &database)
{
    switch (change.kind) {
    case Kind::Schema:
        return renameSchema(change, database);
    case Kind::Table:
        return renameTable(change, database);
    case Kind::Column:
        return renameColumn(change, database);
    case Kind::Enum:
        return renameEnum(change, database);
    case Kind::EnumValue:
        return renameEnumValue(change, database);
    case Kind::View:
        rename(database.views, change);
        return rewriteAll(database, [&](const QString &text) {
            return renameTableIn(text, change.from, change.to);
        });
    case Kind::Sequence:
        return renameSequence(change, database);
    case Kind::Role:
        return renameRole(change, database);
    case Kind::Policy:
        return renamePolicy(change, database);
    case Kind::Index:
        return renamePart(change, database, &schema::Table::indexes);
    case Kind::PrimaryKey:
        return renamePart(change, database, &schema::Table::primaryKeys);
    case Kind::ForeignKey:
        return renamePart(change, database, &schema::Table::foreignKeys);
    case Kind::Unique:
        return renamePart(change, database, &schema::Table::uniques);
    case Kind::Check:
        return renamePart(change, database, &schema::Table::checks);
    }
}

QList<Rename> followers(const Rename &rename, const schema::Database &database)
{
    const bool ofTable = rename.kind == Kind::Table;
    const schema::Name owner = ofTable ? rename.from : rename.table;
    const schema::Table *table = database.table(owner);
    QList<Rename> found;
    if (!table || (!ofTable && rename.kind != Kind::Column))
        return found;
    const auto follow = [&](Kind kind, const QString &from, const QString &to) {
        // A constraint's name has no schema; a sequence has moved with its table already.
        const QString schema =
            kind == Kind::Sequence ? (ofTable ? rename.to : rename.table).schema : QString();
        if (from != to)
            found << Rename{kind, ofTable ? rename.to : rename.table, {schema, from}, {schema, to}};
    };
    const QString sequence = QStringLiteral("seq");
    for (const schema::Column &column : table->columns) {
        if (!isSerial(column.type))
            continue;
        if (ofTable)
            follow(Kind::Sequence, generatedName(rename.from.name, column.name, sequence),
                   generatedName(rename.to.name, column.name, sequence));
        else if (column.name == rename.from.name)
            follow(Kind::Sequence, generatedName(owner.name, column.name, sequence),
                   generatedName(owner.name, rename.to.name, sequence));
    }
    if (ofTable && table->primaryKeys.isEmpty() && !table->keyColumns().isEmpty())
        follow(Kind::PrimaryKey, generatedName(rename.from.name, {}, QStringLiteral("pkey")),
               generatedName(rename.to.name, {}, QStringLiteral("pkey")));
    return found;
}

const Rename *continuedBy(const Rename &later, const QList<Change> &changes)
{
    const auto isRenamed = [&changes](const schema::Name &from, const schema::Name &to) {
        return std::ranges::any_of(changes, [&](const Change &change) {
            const auto *rename = std::get_if<Rename>(&change);
            return rename && rename->kind == Kind::Table && rename->from == from &&
                   rename->to == to;
        });
    };
    for (const Change &change : changes) {
        const auto *earlier = std::get_if<Rename>(&change);
        if (!earlier || earlier->kind != later.kind)
            continue;
        if (*earlier == later)
            break;
        const bool same = later.table.name.isEmpty() ? earlier->to == later.from
                                                     : earlier->to.name == later.from.name;
        if (same && (earlier->table == later.table || isRenamed(earlier->table, later.table)))
            return earlier;
    }
    return nullptr;
}

schema::Name targetOf(const schema::ForeignKey &key)
{
    return {plainSchema(key.targetSchema), key.targetTable};
}

schema::Name tableOf(const schema::Policy &policy)
{
    return sqlName(policy.on, policy.onSchema);
}

bool isSerial(const QString &type)
{
    return type == QLatin1String("serial") || type == QLatin1String("bigserial") ||
           type == QLatin1String("smallserial");
}

schema::Database renamed(schema::Database from, const QList<Change> &changes)
{
    for (const Change &change : changes) {
        if (const auto *rename = std::get_if<Rename>(&change))
            apply(*rename, from);
    }
    return from;
}

} // namespace diff
