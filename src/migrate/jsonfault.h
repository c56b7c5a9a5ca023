// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace migrate
{

/// Why a text is no JSON, and where.
struct JsonFault {
    enum class Kind { Empty, NotUtf8, ConflictMarkers, CutOff, Malformed };
    Kind kind = Kind::Malformed;
    int line = 1;   ///< from 1
    int column = 1; ///< from 1, in bytes
    QString text;   ///< one sentence without a full stop
    QString hint;   ///< what to do
};

/// Nothing when \a bytes is JSON.
std::optional<JsonFault> faultIn(const QByteArray &bytes);

/// Where \a bytes is not UTF-8; nothing when it is.
std::optional<JsonFault> notUtf8(const QByteArray &bytes);

/// The line of the first of git's conflict markers at the beginning of a line; 0 without one.
int conflictMarkerLine(const QByteArray &bytes);

/// All of a regular file; an error that names it when it is something else, too large for what a
/// migrations folder holds, or cannot be read.
base::Result<QByteArray> readFile(const QString &path);

} // namespace migrate
