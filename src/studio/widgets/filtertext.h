// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowscolumn.h"

namespace studio
{

/// The operators that make sense for a column's type, in the order of a menu.
QList<query::Operator> operatorsFor(const RowsColumn &column);

/// is, is not, <, ≥, contains, is one of, is NULL…: for pills and menus.
QString operatorText(query::Operator op);

/// The values of a filter as they are typed into one field.
QString valuesText(const query::Filter &filter);

/// One line for a filter: type is one of company, partner.
QString filterText(const query::Filter &filter);

/// What is typed into one field as the values of a filter: lists with commas (a value with a comma
/// in double quotes), 1 .. 9 for Between, a.b = x for PathEquals, else one.
QStringList valuesFromText(query::Operator op, const QString &text);

bool needsValue(query::Operator op);
bool takesList(query::Operator op); ///< any number of values

/// How a value is to be typed: for an empty field.
QString valueHint(query::Operator op, const RowsColumn &column);

/// Whether the server could read the filter's values as \a type; what it cannot, it refuses with an
/// error.
bool isPlausible(const query::Filter &filter, rows::TypeClass type);

/// Values to choose from instead of typing: an enum's, true and false; else none.
QStringList choicesOf(const RowsColumn &column);

} // namespace studio
