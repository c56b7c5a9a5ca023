// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowsmodel.h"

namespace studio
{

/// "6,012", "≈6,012", "200 or more": how many rows there are.
QString totalText(const RowsModel &rows);

/// "Row 8 of ≈6,012", "Row ≈8 of 200 or more", "6,012 rows": where \a row of the whole result (-1:
/// none) stands.
QString positionText(const RowsModel &rows, qint64 row);

/// "counting…", "measuring 34 %": what goes on in the background; empty when nothing does.
QString surveyText(const RowsModel &rows);

/// "keyset on created_at, id", or "at most 1,000 rows", "no primary key: …".
QString pagingText(const RowsQuery &query);

} // namespace studio
