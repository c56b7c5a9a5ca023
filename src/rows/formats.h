// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QByteArray>

namespace rows
{

// A page as text in UTF-8.

/// Aligned columns under a rule, numbers to the right, NULL as NULL.
QByteArray asTable(const Page &page);
/// RFC 4180 with \n: quoted where needed, NULL as nothing, an empty text as "".
QByteArray asCsv(const Page &page);
/// An array of objects in the order of the columns; numbers exact, json as it is, NULL as null.
QByteArray asJson(const Page &page);

} // namespace rows
