// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QList>
#include <QString>

#include <utility>

namespace testsupport
{

/// Names within a folder, and what they hold.
using ProjectFiles = QList<std::pair<const char *, QByteArray>>;

/// Makes \a folder a Drizzle project without a database URL and with an empty schema; \a files come
/// besides, or in the place of these. Returns what cannot be written, or nothing.
inline QString writeProject(const QString &folder, const ProjectFiles &files = {})
{
    const ProjectFiles own{
        {"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './schema.ts' };\n"},
        {"schema.ts", "export {};\n"}};
    for (const auto &[name, content] : own + files) {
        QFile file(QDir(folder).filePath(QString::fromLatin1(name)));
        if (!QDir().mkpath(QFileInfo(file).path()) || !file.open(QIODevice::WriteOnly) ||
            file.write(content) != content.size())
            return file.fileName();
    }
    return {};
}

} // namespace testsupport
