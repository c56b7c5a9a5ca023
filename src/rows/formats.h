// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QByteArray>

namespace rows
{

// A page as text in UTF-8.

/// Aligned columns under a rule, numbers to the right, NULL as NULL.
QByteArray asTable(const Page &page);
QByteArray asCsv(const Page &page);  ///< Form::Csv
QByteArray asJson(const Page &page); ///< Form::Json

} // namespace rows
