// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/names.h"

namespace diff
{

namespace
{
constexpr qsizetype nameBytes = 63;

/// \a text cut to at most \a size bytes, never inside a character.
QByteArray clipped(const QByteArray &text, qsizetype size)
{
    if (text.size() <= size)
        return text;
    // A byte that continues a character starts with the bits 10.
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.left(size);
}
} // namespace

QString generatedName(const QString &table, const QString &column, const QString &label)
{
    const QByteArray first = table.toUtf8();
    const QByteArray second = column.toUtf8();
    const qsizetype separators = second.isEmpty() ? 1 : 2;
    const qsizetype room = nameBytes - separators - label.toUtf8().size();
    qsizetype firstSize = first.size();
    qsizetype secondSize = second.size();
    while (firstSize + secondSize > room) {
        if (firstSize > secondSize)
            --firstSize;
        else
            --secondSize;
    }
    QByteArray name = clipped(first, firstSize) + '_';
    if (!second.isEmpty())
        name += clipped(second, secondSize) + '_';
    return QString::fromUtf8(name + label.toUtf8());
}

} // namespace diff
