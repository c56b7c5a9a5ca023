// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace rows
{

/// NULL is nothing.
using ArrayElements = QList<std::optional<QByteArray>>;

/// The elements of an array as PostgreSQL writes it, {a,"b c",NULL} (manual, 8.15.6). Nothing for
/// one of several dimensions or with bounds of its own, and for what is no array.
std::optional<ArrayElements> arrayElements(QByteArrayView text);

/// The element at \a at, which stands behind it then, in an array of any dimensions as PostgreSQL
/// writes it.
std::optional<QByteArray> takeArrayElement(QByteArrayView text, qsizetype &at);

/// arrayElements() the other way round.
QByteArray arrayText(const ArrayElements &elements);

} // namespace rows
