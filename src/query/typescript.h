// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

#include <QHash>
#include <QSet>

namespace query
{

/// A text as a TypeScript string in single quotes.
QString stringLiteral(const QString &text);

/// A value of a column of \a type (schema::Column::type) as drizzle-orm takes it: numbers and
/// booleans bare, timestamps as Date, everything else as a string. numeric is a string, as in
/// drizzle-orm.
QString valueLiteral(const QString &text, const QString &type);

/// order_items → orderItems: the customary TypeScript name of something that is not in the code.
QString camelCase(const QString &name);

/// How a query's tables and columns are written in TypeScript, and what has to be imported for
/// that.
class TypeScriptNames
{
public:
    TypeScriptNames(const Select &select, const schema::Database &code);

    /// Under which alias the target of a scope's step is known here.
    static QString aliasOf(const Scope &scope, qsizetype step);

    /// The variable of the table under \a alias: its export, or an alias() of it when it occurs
    /// twice.
    QString table(const QString &alias) const { return m_variables.value(alias); }
    /// The column's key in its table, without the table.
    QString property(const ColumnRef &column) const;
    QString type(const ColumnRef &column) const;
    /// orders.createdAt
    QString path(const ColumnRef &column) const;
    /// Key and column of every selected column; a key that occurs twice is led by its table's name.
    QList<std::pair<QString, QString>> fields(const QList<ColumnRef> &columns) const;

    QStringList exports() const; ///< what ./schema must give, sorted
    /// const manager = alias(users, 'manager'); one line each
    QStringList aliasLines() const { return m_aliasLines; }

private:
    void add(const TableRef &table, const schema::Database &code);

    QHash<QString, QString> m_variables;            ///< by alias
    QHash<QString, const schema::Table *> m_tables; ///< by alias; null when it is not in the code
    QSet<QString> m_exports;
    QStringList m_aliasLines;
};

} // namespace query
