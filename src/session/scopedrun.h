// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/scopedquery.h"
#include "tenant/splice.h"

namespace session
{

/// Whether expressions have seen the tenant's rows only: the fence is around what was run.
enum class Fenced { Yes, No };

/// \a page as it may be shown: of an error whose words can quote rows that are not the tenant's
/// only the code stays.
base::Result<rows::Page> withoutOthersValues(base::Result<rows::Page> page,
                                             Fenced fenced = Fenced::Yes);

/// The cells of \a page as texts, row by row.
QList<QStringList> textsOf(const rows::Page &page);

/// The steps of a scoped statement inside an open transaction.
class ScopedRun
{
public:
    ScopedRun(pg::Transaction &transaction, const ScopedQuery &query)
        : m_transaction(transaction)
        , m_query(query)
    {
    }

    /// Splice, guard, run.
    base::Result<rows::Page> read(tenant::Fence fence);

    /// Splice and guard.
    base::Result<tenant::Scoped> prepare(tenant::Fence fence);

    /// Runs what was prepared; errors carry the place in what the person wrote.
    base::Result<rows::Page> run(const tenant::Scoped &scoped);

    /// Whether, in \a error, an expression may have failed on a row that the tenant's condition had
    /// not dropped yet.
    bool mayComeFromOtherRows(const base::Error &error) const;

    /// What prepare() has made the search path where each tenant has a schema; else empty.
    const QString &path() const { return m_path; }

private:
    base::Result<base::Done> choosePath();
    base::Result<tenant::FoundNames> lookUp(const QList<schema::Name> &names);
    /// Adds the queries of the views among \a names, and all that these name in turn.
    base::Result<base::Done> lookInto(tenant::FoundNames &names);
    base::Result<QHash<schema::Name, QString>> definitionsOf(const QList<schema::Name> &views);
    std::optional<base::Error> examine(const tenant::Scoped &scoped);

    pg::Transaction &m_transaction;
    const ScopedQuery &m_query;
    QString m_path;
    bool m_hasRun = false; ///< and not only been prepared
};

} // namespace session
