// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/configs.h"

#include "load/project.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QtConcurrent>

namespace session
{

namespace
{
constexpr qint64 readable = 64 * 1024; ///< bytes; no config is longer

/// "./src/schema.ts" of `schema: "./src/schema.ts"`; a hint for people, nothing depends on it.
QString schemaIn(const QString &path)
{
    static const QRegularExpression schema(
        QStringLiteral("\\bschema[\"']?\\s*:\\s*(?:\\[\\s*)?[\"'`]([^\"'`\\n$]+)[\"'`]"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return schema.match(QString::fromUtf8(file.read(readable))).captured(1);
}
} // namespace

QFuture<base::Result<QList<ConfigChoice>>> configsIn(const QString &folder)
{
    return QtConcurrent::run([folder]() -> base::Result<QList<ConfigChoice>> {
        QList<ConfigChoice> choices;
        const QDir from(folder);
        for (const QString &file : load::findConfigs(folder))
            choices << ConfigChoice{file, from.relativeFilePath(file), schemaIn(file)};
        return choices;
    });
}

} // namespace session
