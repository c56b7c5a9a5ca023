// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/seeds.h"

#include <QCoreApplication>
#include <QDir>

namespace session
{

namespace
{

QString titleOf(const QByteArray &sql)
{
    const QByteArray line = sql.left(sql.indexOf('\n'));
    return line.startsWith("-- ") ? QString::fromUtf8(line.mid(3)).trimmed() : QString();
}

} // namespace

QList<Seed> seedsOf(const QString &file, const QByteArray &content)
{
    const QByteArray separator("--> statement-breakpoint");
    QList<Seed> seeds;
    qsizetype begin = 0;
    while (begin < content.size()) {
        const qsizetype found = content.indexOf(separator, begin);
        const qsizetype end = found < 0 ? content.size() : found;
        const QByteArray sql = content.mid(begin, end - begin).trimmed();
        if (!sql.isEmpty())
            seeds.append({.file = file, .title = titleOf(sql), .sql = sql});
        begin = end + separator.size();
    }
    return seeds;
}

base::Result<QList<Seed>> readSeeds(const QString &folder)
{
    const QDir directory(folder);
    QList<Seed> seeds;
    const QStringList names =
        directory.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return base::Error{
                .kind = base::ErrorKind::Io,
                .text = QCoreApplication::translate("session", "The sample data cannot be read"),
                .where = QDir::toNativeSeparators(file.fileName()),
                .detail = file.errorString()};
        seeds.append(seedsOf(name, file.readAll()));
    }
    return seeds;
}

} // namespace session
