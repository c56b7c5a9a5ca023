// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QTemporaryDir>

using Files = QMap<QByteArray, QByteArray>; ///< name → text; "-> target" makes a link
Q_DECLARE_METATYPE(Files)

/// A temporary folder with files in it.
class WrittenFolder
{
public:
    explicit WrittenFolder(const Files &files)
    {
        for (auto it = files.cbegin(); it != files.cend(); ++it)
            write(it.key(), it.value());
    }

    QString path() const { return QFileInfo(m_folder.path()).canonicalFilePath(); }
    QString filePath(const QByteArray &name) const
    {
        return QDir::cleanPath(path() + u'/' + QString::fromUtf8(name));
    }

    void write(const QByteArray &name, const QByteArray &text) const
    {
        const QString path = filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        const bool isLink = text.startsWith("-> ");
        if (isLink ? !QFile::link(QString::fromUtf8(text.sliced(3)), path)
                   : !file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
    }

private:
    QTemporaryDir m_folder;
};
