// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/environmentfile.h"

#include "load/environment.h"
#include "load/project.h"
#include "session/text.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

namespace session
{

namespace
{
const auto variable = QStringLiteral("DATABASE_URL");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(load::largestOfVariables) : QByteArray();
}

bool isTried(const load::Config &config)
{
    return std::any_of(config.urlNamesTried.begin(), config.urlNamesTried.end(),
                       [](const QString &name) { return name.startsWith(variable); });
}
} // namespace

QString environmentFileOf(const load::Config &config)
{
    if (config.root.isEmpty())
        return {};
    for (const char *name : {".env.development.local", ".env.local", ".env.development", ".env"}) {
        const QString file = config.root + u'/' + QLatin1String(name);
        const QString url = load::parseEnvironmentFile(contentOf(file)).value(variable);
        if (!url.isEmpty())
            return url == config.url ? file : QString();
    }
    return config.url.isEmpty() && isTried(config) ? config.root + QStringLiteral("/.env")
                                                   : QString();
}

base::Result<base::Done> writeDatabaseUrl(const QString &path, const QString &url)
{
    const auto failed = [&](const QString &why) -> base::Error {
        return {.kind = base::ErrorKind::Io,
                .text = Text::tr("The address could not be written"),
                .where = path,
                .detail = why,
                .hint = Text::tr("Check that the file may be written; nothing in it was changed")};
    };
    const QFileInfo there(path);
    if (there.size() > load::largestOfVariables)
        return failed(Text::tr("it is larger than 1 MB"));
    // Byte by byte as it is, in whatever encoding: the URL itself is plain ASCII.
    QString text = QString::fromLatin1(contentOf(path));
    // The URL is percent-encoded: no quote and no backslash in it.
    const QString line = QStringLiteral("%1=\"%2\"").arg(variable, url);
    static const QRegularExpression present(
        QStringLiteral("^(?:\\xEF\\xBB\\xBF)?[ \\t]*(?:export[ \\t]+)?DATABASE_URL[ \\t]*=.*$"),
        QRegularExpression::MultilineOption);
    // Of several, the last one counts.
    QRegularExpressionMatch last;
    for (auto matches = present.globalMatch(text); matches.hasNext();)
        last = matches.next();
    if (last.hasMatch())
        text.replace(last.capturedStart(), last.capturedLength(), line);
    else
        text += (text.isEmpty() || text.endsWith(u'\n') ? QString() : QStringLiteral("\n")) + line +
                u'\n';
    const bool isNew = !there.exists();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failed(file.errorString());
    if (isNew)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(text.toLatin1());
    if (!file.commit())
        return failed(file.errorString());
    return base::Done{};
}

} // namespace session
