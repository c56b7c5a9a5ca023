// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace load
{

/// Small files in the person's cache folder: what is there was made from something else and can be
/// made again. Nothing in it is a secret, and nobody else may read it.
class CacheFolder
{
public:
    /// \a name is a folder below Sluice's own; at most \a bytes are kept, the oldest go first.
    CacheFolder(const QString &name, qint64 bytes);

    /// What was written under \a key; empty when it is not there.
    QByteArray read(const QByteArray &key) const;

    /// Writes it whole or not at all; a folder that cannot be written is none.
    void write(const QByteArray &key, const QByteArray &value) const;

private:
    QString fileOf(const QByteArray &key) const;
    void trim() const;

    QString m_path;
    qint64 m_bytes;
};

} // namespace load
