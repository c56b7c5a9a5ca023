// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/reverse.h"

#include "migrate/folderchange.h"
#include "migrate/journal.h"
#include "migrate/text.h"

#include <QFile>
#include <QRegularExpression>

namespace migrate
{

namespace
{
const QString breakpoint = QStringLiteral("--> statement-breakpoint");
const QString headMark = QStringLiteral("-- Reverse of ");
const QString lossMark = QStringLiteral("-- Not restored: ");
const QString nothingMark = QStringLiteral("-- Irreversible: ");

/// A comment of one line holds any text.
QString inOneLine(const QString &text)
{
    return text.simplified();
}
} // namespace

QString reverseFile(const Migration &migration)
{
    if (migration.file.contains(u'/'))
        return migration.file.section(u'/', 0, -2) + QStringLiteral("/down.sql");
    return migration.tag + QStringLiteral(".down.sql");
}

bool isReverseFile(const QString &fileName)
{
    return fileName.endsWith(QLatin1String(".down.sql")) ||
           fileName.endsWith(QLatin1String("/down.sql")) || fileName == QLatin1String("down.sql");
}

QString reverseText(const Migration &migration, const QList<ReverseStatement> &statements)
{
    QStringList parts;
    for (const ReverseStatement &statement : statements) {
        QString part;
        if (!statement.loss.isEmpty())
            part = (statement.sql.isEmpty() ? nothingMark : lossMark) + inOneLine(statement.loss);
        if (!statement.sql.isEmpty())
            part += (part.isEmpty() ? QString() : QStringLiteral("\n")) + statement.sql;
        parts << part;
    }
    return headMark + migration.tag + QStringLiteral(" sha256:") +
           QString::fromLatin1(migration.hash) + u'\n' +
           parts.join(QLatin1Char('\n') + breakpoint + u'\n') + u'\n';
}

Reverse parseReverse(const QString &text)
{
    static const QRegularExpression head(
        QStringLiteral("^-- Reverse of (.*) sha256:([0-9a-f]{64})$"));
    Reverse reverse;
    for (const QString &part : text.split(breakpoint)) {
        ReverseStatement statement;
        QStringList lines;
        for (const QString &raw : part.split(u'\n')) {
            const QString line = raw.endsWith(u'\r') ? raw.chopped(1) : raw;
            if (const auto match = head.match(line); match.hasMatch()) {
                reverse.tag = match.captured(1);
                reverse.hash = match.captured(2).toLatin1();
            } else if (line.startsWith(lossMark)) {
                statement.loss = line.mid(lossMark.size());
            } else if (line.startsWith(nothingMark)) {
                statement.loss = line.mid(nothingMark.size());
            } else {
                lines << line;
            }
        }
        statement.sql = lines.join(u'\n').trimmed();
        if (statement != ReverseStatement())
            reverse.statements << statement;
    }
    return reverse;
}

base::Result<QString> writeReverse(const Folder &folder, const Migration &migration,
                                   const QList<ReverseStatement> &statements)
{
    const QString name = reverseFile(migration);
    const QString path = folder.path + u'/' + name;
    const base::Result<base::Done> written =
        addFile(folder.path, name, reverseText(migration, statements).toUtf8());
    if (!written)
        return written.error();
    return path;
}

base::Result<Reverse> readReverse(const Folder &folder, const Migration &migration)
{
    const QString path = folder.path + u'/' + reverseFile(migration);
    QFile file(path);
    if (!file.exists())
        return base::Error{.kind = base::ErrorKind::NotFound,
                           .text = Text::tr("The migration has no reverse script"),
                           .where = path};
    if (!file.open(QIODevice::ReadOnly))
        return base::Error{.kind = base::ErrorKind::Io,
                           .text = Text::tr("The file cannot be read"),
                           .where = path,
                           .detail = file.errorString()};
    return parseReverse(QString::fromUtf8(file.readAll()));
}

} // namespace migrate
