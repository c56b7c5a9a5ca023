// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace migrate
{

// Statements about what is no table, in drizzle-kit 0.31's wording, each with its semicolon.

/// Also public is written.
QString publicToo(const schema::Name &name);

QString dropSchema(const QString &name);
QString renameSchema(const QString &from, const QString &to);

/// ALTER <what> <name> RENAME TO <to>; what: TYPE, SEQUENCE, VIEW, MATERIALIZED VIEW
QString renameObject(const QString &what, const schema::Name &name, const QString &to);
QString moveObject(const QString &what, const schema::Name &name, const QString &toSchema);
QString renameEnumValue(const schema::Name &type, const QString &from, const QString &to);

QString createSequence(const schema::Sequence &sequence);
/// NO CYCLE, which drizzle-kit never writes, when \a before had CYCLE.
QString alterSequence(const schema::Sequence &before, const schema::Sequence &after);
QString dropSequence(const schema::Name &name);
/// INCREMENT BY 1 MINVALUE 1 … with a blank in front of each; options that are not given are left
/// out.
QString sequenceOptions(const schema::SequenceOptions &options);

QString createRole(const schema::Role &role);
QString alterRole(const schema::Role &role);
QString dropRole(const QString &name);
QString renameRole(const QString &from, const QString &to);

/// The table of a policy as SQL: \a table, or what a linked policy names itself.
QString policyTable(const schema::Name &table, const schema::Policy &policy);
QString createPolicyOn(const QString &tableSql, const schema::Policy &policy);
QString dropPolicyOn(const QString &tableSql, const QString &policy);
/// For a change of roles or of expressions that stay expressions.
QString alterPolicyOn(const QString &tableSql, const schema::Policy &after);
QString renamePolicyOn(const QString &tableSql, const QString &from, const QString &to);

/// VIEW or MATERIALIZED VIEW
QString viewWord(const schema::View &view);
QString createView(const schema::View &view, bool orReplace = false);
QString dropView(const schema::View &view);
QString setViewOptions(const schema::View &view, const QList<std::pair<QString, QString>> &options);
QString resetViewOptions(const schema::View &view, const QStringList &names);
QString setViewTablespace(const schema::View &view);
QString setViewAccessMethod(const schema::View &view);

} // namespace migrate
