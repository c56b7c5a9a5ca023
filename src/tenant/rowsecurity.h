// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "sql/statement.h"

#include <QList>
#include <QStringList>

#include <utility>

namespace tenant
{

/// Whom the database takes somebody for: a role, and what policies read with current_setting().
struct Persona {
    QString role;
    QList<std::pair<QString, QString>> settings; ///< name, value
    bool operator==(const Persona &) const = default;
};

/// The roles that the person connected may become, one column; the predefined ones are left out.
sql::Statement rolesQuestion();

/// For each table and view that is not the server's own, and each of its four commands, what \a
/// role may do, by privileges and row-level security as check_enable_rls() of PostgreSQL decides
/// it. Columns: schema, table, row security, forced, command, privilege on the table, on a column
/// of it, exempt, owner, policies that let rows through, policies that hold some back (both as
/// arrays of names), kind as in pg_class, the owner's name, and whether it is a view that asks as
/// its invoker (a server before 15 knows none).
sql::Statement rowSecurityQuestion(const QString &role);

/// What makes the transaction it is run in that of \a persona until its end: SET LOCAL ROLE as a
/// function, behind the settings, which the role might not be allowed to make.
QList<sql::Statement> becoming(const Persona &persona);

/// The settings that the policies of \a table read, in their order: current_setting('app.tenant').
QStringList settingsRead(const schema::Table &table);

} // namespace tenant
