// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "property/world.h"

namespace property
{

/// The same world with a schema for each tenant, t1 and so on, in which all of its tables and views
/// are; those that are everybody's stay where they were.
class SchemaWorld
{
public:
    explicit SchemaWorld(const World &world);

    static QString schemaOf(int number) { return QStringLiteral("t%1").arg(number); }
    /// \a text with the tenants' tables named without a schema.
    QString text(const QString &text) const;
    QByteArray everything() const;
    QByteArray only(int number) const; ///< with its schema first in the database's search path
    /// Every row in the schema of tenant \a number; 0: in the tables that are everybody's.
    QString state(int number) const;

private:
    bool isTenants(const QString &statement) const;
    QByteArray everybodys() const;
    QByteArray ofTenant(int number) const;

    const World &m_world;
    QList<schema::Name> m_theirs; ///< tables, partitions and views of tenants
};

} // namespace property
