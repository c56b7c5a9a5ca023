// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QtTest>

/// The recorded runs of drizzle-kit under tests/migrate/cases.
namespace cases
{

inline QString folder()
{
    return QStringLiteral(SLUICE_SOURCE_DIR "/tests/migrate/cases");
}

inline QStringList names()
{
    return QDir(folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

inline QString file(const QString &name, const char *file)
{
    return folder() + u'/' + name + u'/' + QLatin1String(file);
}

inline QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace cases
