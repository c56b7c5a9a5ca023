// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/statement.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

namespace tenant
{

/// Which rows a condition is true for: those that belong to the tenant, or also those that belong
/// to nobody where a person said that they are shown to everybody. Nothing but the own is written.
enum class Rows { Own, Shown };

/// How a table stands to whoever is chosen.
enum class Standing {
    None,     ///< no rows can be told to be theirs
    Own,      ///< some of its rows
    Whole,    ///< a nested tenant is chosen, and its rows are those of the tenant as a whole
    Unproven, ///< the same, and nothing says whose each row is: a materialized view
};
Standing standing(const schema::Name &table, const Classification &classification,
                  const TenantId &tenantId);

/// Writes the conditions of one statement and numbers their parameters.
class Conditions
{
public:
    /// \a parameters are those that the statement has already.
    Conditions(const Classification &classification, TenantId tenantId,
               QList<sql::Parameter> parameters = {})
        : m_classification(classification)
        , m_tenantId(std::move(tenantId))
        , m_parameters(std::move(parameters))
    {
    }

    /// SQL that is true for \a rows of \a table, called \a row, that are the tenant's and the
    /// nested one's, else false or NULL. \a inner begins the aliases of tables along paths. Rows of
    /// tables that have no tenant belong to none.
    QString of(const schema::Name &table, const QString &row, const QString &inner,
               Rows rows = Rows::Own);
    const QList<sql::Parameter> &parameters() const { return m_parameters; }

private:
    QString number(std::optional<qsizetype> &place, const QString &value);

    const Classification &m_classification;
    TenantId m_tenantId;
    QList<sql::Parameter> m_parameters;
    std::optional<qsizetype> m_tenant, m_nested; ///< their parameters' numbers
};

/// The same with the values in place, to be read.
QString readableCondition(const schema::Name &table, const Classification &classification,
                          const TenantId &tenantId, const QString &row, const QString &inner);

/// \a name with its schema, quoted; an empty schema is public.
QString qualifiedName(const schema::Name &name);

} // namespace tenant
