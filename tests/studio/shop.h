// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/builder/builderstate.h"

/// A small shop for tests of the builder.
namespace shop
{
inline QString s(const char *text)
{
    return QString::fromUtf8(text);
}

inline schema::Column column(const char *name, const char *type, bool notNull = true)
{
    return {.name = s(name), .type = s(type), .primaryKey = s(name) == s("id"), .notNull = notNull};
}

inline schema::ForeignKey key(const char *from, const char *target)
{
    return {.columns = {s(from)}, .targetTable = s(target), .targetColumns = {s("id")}};
}

inline schema::Table table(const char *name, const QList<schema::Column> &columns,
                           const QList<schema::ForeignKey> &keys = {})
{
    schema::Table made;
    made.name = {.name = s(name)};
    made.columns = columns;
    made.foreignKeys = keys;
    return made;
}

/// orders → contacts (must), orders → users (may), items → orders, items → products; contacts have
/// a manager among themselves; a profile belongs to one contact.
inline studio::BuilderSchema orderSchema()
{
    studio::BuilderSchema made;
    made.database.tables = {
        table("contacts",
              {column("id", "uuid"), column("name", "varchar(255)"),
               column("manager_id", "uuid", false)},
              {key("manager_id", "contacts")}),
        table("order_items",
              {column("id", "uuid"), column("order_id", "uuid"), column("product_id", "uuid"),
               column("quantity", "integer")},
              {key("order_id", "orders"), key("product_id", "products")}),
        table("orders",
              {column("id", "uuid"),
               column("contact_id", "uuid"),
               column("owner_id", "uuid", false),
               {.name = s("status"),
                .type = s("order_status"),
                .typeSchema = s("public"),
                .notNull = true},
               column("total", "numeric(12, 2)"),
               column("created_at", "timestamp with time zone")},
              {key("contact_id", "contacts"), key("owner_id", "users")}),
        table("products", {column("id", "uuid"), column("name", "text")}),
        table("profiles",
              {column("id", "uuid"), column("contact_id", "uuid"), column("bio", "text")},
              {key("contact_id", "contacts")}),
        table("tickets",
              {column("id", "uuid"), column("region", "text"), column("contact_id", "uuid")},
              {{.columns = {s("region"), s("contact_id")},
                .targetTable = s("contacts"),
                .targetColumns = {s("name"), s("id")}}}),
        table("users", {column("id", "uuid"), column("email", "text")}),
    };
    made.database.tables[4].uniques = {{.columns = {s("contact_id")}}};
    made.database.enums = {
        {.name = {.name = s("order_status")}, .values = {s("paid"), s("shipped")}}};
    made.code = made.database;
    using Kind = schema::Relation::Kind;
    made.code.relations = {
        {.table = {{}, s("orders")},
         .name = s("contact"),
         .target = {{}, s("contacts")},
         .columns = {s("contact_id")},
         .targetColumns = {s("id")}},
        {.table = {{}, s("orders")},
         .name = s("items"),
         .kind = Kind::Many,
         .target = {{}, s("order_items")}},
        {.table = {{}, s("order_items")},
         .name = s("order"),
         .target = {{}, s("orders")},
         .columns = {s("order_id")},
         .targetColumns = {s("id")}},
        {.table = {{}, s("tickets")},
         .name = s("contact"),
         .target = {{}, s("contacts")},
         .columns = {s("contact_id")},
         .targetColumns = {s("id")}},
    };
    return made;
}

} // namespace shop
