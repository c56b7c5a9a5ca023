// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

namespace query
{

/// Collects the text of a statement, its parameters in the order of the text, and which step wrote
/// what.
class Writer
{
public:
    /// Takes \a value as the next parameter and returns its place, "$3".
    QString bind(const sql::Parameter &value);
    void add(const QString &text) { m_rendered.statement.text += text; }
    /// Adds \a text and notes that it belongs to \a step.
    void add(Step step, const QString &text);
    Rendered take() { return std::move(m_rendered); }

private:
    Rendered m_rendered;
};

/// "alias"."column"
QString sqlText(const ColumnRef &column);

/// Joins \a items with commas, breaking lines before column 100; continued lines are indented by
/// \a indent. \a used is what the first line holds already, in characters.
QString wrapped(const QStringList &items, qsizetype used, const QString &indent);

} // namespace query
