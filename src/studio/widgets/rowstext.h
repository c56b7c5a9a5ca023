// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowscolumn.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace studio
{

/// A cell for reading: NULL, empty, ✓ and –, shortened uuid, readable time, grouped digits, one
/// line.
QString cellText(const std::optional<QByteArrayView> &bytes, rows::TypeClass type,
                 const QString &typeText);

/// The whole value, where cellText() shows less of it; at most 2,000 characters.
QString cellToolTip(const std::optional<QByteArrayView> &bytes, rows::TypeClass type);

/// 1234567 → 1,234,567, or as the person's locale writes it.
QString grouped(qint64 number);

/// The operators that make sense for a type, in the order of a menu.
QList<query::Operator> operatorsFor(rows::TypeClass type, bool nullable);

/// is, is not, <, ≥, contains, is one of, is empty (NULL)…: for pills and menus.
QString operatorText(query::Operator op);

/// One line for a filter: type is one of company, partner.
QString filterText(const query::Filter &filter);

/// What is typed into one field as the values of a filter: for In separated by commas, else one.
QStringList valuesFromText(query::Operator op, const QString &text);

bool needsValue(query::Operator op);

/// Whether the server could read the filter's values as \a type; what it cannot, it refuses with an
/// error.
bool isPlausible(const query::Filter &filter, rows::TypeClass type);

/// Values to choose from instead of typing: an enum's, true and false; else none.
QStringList choicesOf(const RowsColumn &column);

} // namespace studio
