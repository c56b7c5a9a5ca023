// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "query/select.h"
#include "rows/page.h"
#include "tenant/rowsecurity.h"

#include <QFuture>

#include <array>
#include <memory>

namespace pg
{
class Pool;
}

namespace session
{

/// What a role may do with the rows of a table by one command.
struct Access {
    enum class Reach {
        None,     ///< no privilege: the command is refused
        AllRows,  ///< row-level security does not hold it
        ByPolicy, ///< rows that policies let through
        ByQuery,  ///< a view: what its query gives with the rights that it uses
        NoRows    ///< row-level security without a policy for it
    };
    /// Why row-level security does not hold it.
    enum class Exempt { No, Off, Bypass, Owner };
    Reach reach = Reach::None;
    Exempt exempt = Exempt::No;
    bool onSomeColumns = false; ///< the privilege is of columns, not of the table
    QStringList policies;       ///< a row passes when one of these lets it
    QStringList restrictions;   ///< and all of these do
    bool operator==(const Access &) const = default;
};

enum class Command { Select, Insert, Update, Delete };

struct TableAccess {
    enum class Kind {
        Table,
        OwnersView,   ///< reads its tables with the rights of its owner
        InvokersView, ///< security_invoker: with those of whoever asks
        Materialized  ///< holds what was read with the rights of its owner
    };
    schema::Name table;
    Kind kind = Kind::Table;
    QString owner = {};
    bool isSecured = false; ///< ROW LEVEL SECURITY is enabled
    bool isForced = false;  ///< for its owner, too
    std::array<Access, 4> commands;
    const Access &of(Command command) const { return commands[size_t(command)]; }
    bool operator==(const TableAccess &) const = default;
};

/// The roles that the person who is connected may become, by name.
QFuture<base::Result<QStringList>> roles(const std::shared_ptr<pg::Pool> &pool);

/// What \a role may do with every table and view; empty for a role that is not there.
QFuture<base::Result<QList<TableAccess>>> rowSecurity(const std::shared_ptr<pg::Pool> &pool,
                                                      const QString &role);

/// Whose values an error may quote.
enum class Quoted { Any, OwnOnly };

/// Runs \a statement as \a persona in a transaction that only reads and is rolled back: nothing of
/// the persona stays on the connection.
QFuture<base::Result<rows::Page>> runAs(const std::shared_ptr<pg::Pool> &pool,
                                        const tenant::Persona &persona,
                                        const sql::Statement &statement,
                                        Quoted quoted = Quoted::Any);

} // namespace session
