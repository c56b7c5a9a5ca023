// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/storedname.h"

#include <QByteArray>

namespace schema
{

QString storedName(const QString &name)
{
    constexpr qsizetype limit = 63;
    const QByteArray bytes = name.toUtf8();
    if (bytes.size() <= limit)
        return name;
    qsizetype end = limit;
    while (end > 0 && (static_cast<unsigned char>(bytes.at(end)) & 0xC0) == 0x80)
        --end; // inside a character
    return QString::fromUtf8(bytes.first(end));
}

} // namespace schema
