// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/archive.h"

#include <QCryptographicHash>

namespace schema
{

namespace
{

constexpr qsizetype checksumSize = 20; ///< bytes

QByteArray checksumOf(QByteArrayView bytes)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_160);
    hash.addData(bytes);
    return hash.result();
}

} // namespace

QByteArray Writer::finish() const
{
    return checksumOf(m_bytes) + m_bytes;
}

/// Seven bits a byte, the lowest first.
void Writer::number(quint64 value)
{
    for (; value >= 128; value >>= 7)
        m_bytes.append(char(value | 128));
    m_bytes.append(char(value));
}

void Writer::put(const QString &text)
{
    const quint64 next = quint64(m_texts.size());
    const auto known = m_texts.constFind(text);
    number(known == m_texts.cend() ? next : *known);
    if (known != m_texts.cend())
        return;
    m_texts.insert(text, next);
    put(text.toUtf8());
}

void Writer::put(const QByteArray &bytes)
{
    number(quint64(bytes.size()));
    m_bytes.append(bytes);
}

Reader::Reader(const QByteArray &packed)
    : m_packed(packed)
    , m_at(m_packed.constData())
    , m_end(m_at + m_packed.size())
    , m_isGood(packed.size() >= checksumSize && checksumOf(QByteArrayView(packed).sliced(
                                                    checksumSize)) == packed.first(checksumSize))
{
    m_at = m_isGood ? m_at + checksumSize : m_end;
}

quint64 Reader::number()
{
    quint64 value = 0;
    for (int shift = 0; m_at < m_end && shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(*m_at++);
        value |= quint64(byte & 127) << shift;
        if (byte < 128)
            return value;
    }
    m_isGood = false;
    return 0;
}

qsizetype Reader::count()
{
    const quint64 value = number();
    if (value <= quint64(m_end - m_at))
        return qsizetype(value);
    m_isGood = false;
    m_at = m_end;
    return 0;
}

void Reader::take(QString &text)
{
    const quint64 index = number();
    if (index < quint64(m_texts.size())) {
        text = m_texts.at(qsizetype(index));
        return;
    }
    const qsizetype size = count();
    text = QString::fromUtf8(m_at, size);
    m_at += size;
    m_texts.append(text);
}

void Reader::take(QByteArray &bytes)
{
    const qsizetype size = count();
    bytes = QByteArray(m_at, size);
    m_at += size;
}

} // namespace schema
