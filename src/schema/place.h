// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/origin.h"

namespace schema
{

/// "file:line:column" as far as it is known.
inline QString toText(const SourceLocation &place)
{
    QString text = place.file;
    if (text.isEmpty() || place.line == 0)
        return text;
    text += QLatin1Char(':') + QString::number(place.line);
    return place.column == 0 ? text : text + QLatin1Char(':') + QString::number(place.column);
}

} // namespace schema
