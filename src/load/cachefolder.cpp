// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/cachefolder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace load
{

CacheFolder::CacheFolder(const QString &name, qint64 bytes)
    : m_path(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
             QStringLiteral("/sluice/") + name)
    , m_bytes(bytes)
{
}

QString CacheFolder::fileOf(const QByteArray &key) const
{
    const QByteArray hash = QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
    return m_path + u'/' + QString::fromLatin1(hash);
}

QByteArray CacheFolder::read(const QByteArray &key) const
{
    QFile file(fileOf(key));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void CacheFolder::write(const QByteArray &key, const QByteArray &value) const
{
    const auto own = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!QDir().mkpath(m_path) || !QFile::setPermissions(m_path, own | QFileDevice::ExeOwner))
        return;
    QSaveFile file(fileOf(key));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(own) ||
        file.write(value) != value.size())
        return;
    if (file.commit())
        trim();
}

void CacheFolder::trim() const
{
    qint64 total = 0;
    for (const QFileInfo &info : QDir(m_path).entryInfoList(QDir::Files, QDir::Time)) {
        total += info.size();
        if (total > m_bytes)
            QFile::remove(info.filePath());
    }
}

} // namespace load
