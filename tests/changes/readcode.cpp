// SPDX-License-Identifier: GPL-3.0-or-later
#include "readcode.h"

#include "base/receive.h"
#include "load/project.h"
#include "migrate/folder.h"
#include "state.h"

#include <QFile>
#include <QTemporaryDir>

namespace changes
{

namespace
{

/// The snapshot with the ids that a recorded one has.
QByteArray withoutIds(QByteArray snapshot)
{
    const QByteArray zero = "00000000-0000-0000-0000-000000000000";
    for (const QByteArray key : {"\"id\": \"", "\"prevId\": \""}) {
        const qsizetype at = snapshot.indexOf(key);
        if (at >= 0)
            snapshot.replace(at + key.size(), zero.size(), zero);
    }
    return snapshot;
}

} // namespace

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

base::Result<schema::Database> readCode(const QByteArray &code, const QByteArray &config)
{
    const QTemporaryDir project;
    const QString schema = project.filePath(QStringLiteral("schema.ts"));
    const bool written = write(schema, code) &&
                         (config.isEmpty() ||
                          write(project.filePath(QStringLiteral("drizzle.config.json")), config));
    if (!written)
        return base::Error{.text = QStringLiteral("The code cannot be written"),
                           .where = project.path()};
    const auto read =
        base::await(load::code(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")),
                               config.isEmpty() ? schema : project.path()));
    if (!read)
        return read.error();
    return read->schema;
}

QByteArray snapshotOf(const schema::Database &database)
{
    const QString zero = QStringLiteral("00000000-0000-0000-0000-000000000000");
    return migrate::writeSnapshot(database, zero, zero);
}

QString snapshotDifference(const QByteArray &wanted, const QString &path)
{
    QFile file(path);
    const QByteArray content =
        file.open(QIODevice::ReadOnly) ? withoutIds(file.readAll()) : QByteArray();
    return content == wanted
               ? QString()
               : firstDifference(QStringLiteral("The snapshot"), QStringLiteral("the file has"),
                                 content, QStringLiteral("and should have"), wanted);
}

} // namespace changes
