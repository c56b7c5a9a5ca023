// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <algorithm>

/// Short makers for schemas in tests.
namespace fixture
{

inline QString q(const char *text)
{
    return QString::fromUtf8(text);
}

inline schema::Column column(const char *name, const char *type, bool notNull = false)
{
    schema::Column made;
    made.name = q(name);
    made.type = q(type);
    made.notNull = notNull;
    return made;
}

inline schema::Column key(const char *name)
{
    schema::Column made = column(name, "uuid", true);
    made.primaryKey = true;
    return made;
}

inline schema::Table table(const char *name, const QList<schema::Column> &columns,
                           const char *schemaName = "")
{
    schema::Table made;
    made.name = {q(schemaName), q(name)};
    made.columns = columns;
    return made;
}

inline schema::Index index(const char *name, const char *columnName, bool unique = false)
{
    schema::Index made;
    made.name = q(name);
    made.isUnique = unique;
    made.columns << schema::IndexColumn{q(columnName), false, true, q("last"), {}};
    return made;
}

inline schema::ForeignKey foreignKey(const char *name, const char *from, const char *toTable,
                                     const char *toColumn)
{
    schema::ForeignKey made;
    made.name = q(name);
    made.columns << q(from);
    made.targetTable = q(toTable);
    made.targetColumns << q(toColumn);
    return made;
}

/// organizations, contacts with an index, a key, a unique and a check, and an enum.
inline schema::Database crm()
{
    schema::Database made;
    made.enums << schema::Enum{{{}, q("kind")}, {q("person"), q("company")}, {}};
    made.tables << table("organizations", {key("id"), column("name", "text", true)});
    schema::Table contacts =
        table("contacts", {key("id"), column("organization_id", "uuid", true),
                           column("email", "varchar(255)", true), column("nickname", "text")});
    schema::Column kind = column("kind", "kind");
    kind.typeSchema = q("public");
    contacts.columns << kind;
    contacts.indexes << index("contacts_email_index", "email");
    contacts.foreignKeys << foreignKey("contacts_organization_id_organizations_id_fk",
                                       "organization_id", "organizations", "id");
    contacts.uniques << schema::Unique{
        q("contacts_email_unique"), {q("organization_id"), q("email")}, false, {}};
    contacts.checks << schema::Check{q("email_check"), q("\"contacts\".\"email\" <> ''"), {}};
    made.tables << contacts;
    return made;
}

inline schema::Table &tableOf(schema::Database &database, const char *name)
{
    return *std::ranges::find_if(database.tables, [&](const schema::Table &candidate) {
        return candidate.name.name == q(name);
    });
}

inline schema::Column &columnOf(schema::Database &database, const char *tableName, const char *name)
{
    return *std::ranges::find(tableOf(database, tableName).columns, q(name), &schema::Column::name);
}

inline void removeColumn(schema::Database &database, const char *tableName, const char *name)
{
    tableOf(database, tableName).columns.removeIf([&](const schema::Column &candidate) {
        return candidate.name == q(name);
    });
}

} // namespace fixture
