// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace base
{

QString toLine(const Error &error)
{
    QString line = error.text;
    if (!error.where.isEmpty())
        line += QStringLiteral(" (") + error.where + u')';
    if (!error.detail.isEmpty())
        line += QStringLiteral(": ") + error.detail;
    if (!error.hint.isEmpty())
        line += QStringLiteral("; ") + error.hint;
    return line;
}

} // namespace base
