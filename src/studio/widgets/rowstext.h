// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/cuts.h"
#include "studio/widgets/rowscolumn.h"

#include <QByteArrayView>
#include <QString>
#include <QTimeZone>

#include <optional>

namespace studio
{

/// A cell for reading, in one line and never rounded: NULL, empty, ✓ and –, grouped digits, json
/// without its line breaks, moments in \a zone (invalid: as the server writes them). Blanks at the
/// ends and characters that cannot be seen are signs.
QString cellText(const std::optional<QByteArrayView> &bytes, const RowsColumn &column,
                 const QTimeZone &zone = {});

/// Whether a value consists of nothing but blanks.
bool isBlank(QByteArrayView bytes);

/// The size of bytes in hex, \x0102 → 2 bytes; empty where it is not asked for.
QString sizeNote(const std::optional<QByteArrayView> &bytes, const RowsColumn &column);

/// The whole value, where cellText() shows less of it; at most 2,000 characters. A moment in the
/// zones of the server, of this machine, and in UTC.
QString cellToolTip(const std::optional<QByteArrayView> &bytes, const RowsColumn &column);

/// The beginning of a value that came cut, and what stands beside it: 48 MB.
QString cutText(const QByteArray &beginning, const RowsColumn &column);
QString cutNote(const query::CutSize &size);
QString cutToolTip(const QByteArray &beginning, const query::CutSize &size,
                   const RowsColumn &column);

/// 1234567 → 1,234,567, or as the person's locale writes it.
QString grouped(qint64 number);

/// 50000000 → 50.0 MB.
QString sizeText(qint64 bytes);

} // namespace studio
