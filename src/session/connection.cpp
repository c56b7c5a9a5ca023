// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/connection.h"

#include "session/text.h"

#include <QRegularExpression>

namespace session
{

using base::Error;

Environment environmentOf(const QString &host, bool localhost, const QString &database)
{
    if (localhost)
        return Environment::Local;
    // Whole words only: "product" is no production, "prod-eu" and "db.prod.example" are.
    static const QRegularExpression production(
        QStringLiteral("(^|[^a-z])(prod|production|live)([^a-z]|$)"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression staging(
        QStringLiteral("(^|[^a-z])(stag|stage|staging|preview|test|qa)([^a-z]|$)"),
        QRegularExpression::CaseInsensitiveOption);
    const QString words = host + u' ' + database;
    if (production.match(words).hasMatch())
        return Environment::Production;
    if (staging.match(words).hasMatch())
        return Environment::Staging;
    return Environment::Remote;
}

Environment environmentOf(const Target &target)
{
    return environmentOf(target.host + u' ' + target.ssh, target.isLocalhost(), target.database);
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Local:
        return QStringLiteral("local");
    case Environment::Staging:
        return QStringLiteral("staging");
    case Environment::Production:
        return QStringLiteral("production");
    case Environment::Remote:
        break;
    }
    return QStringLiteral("remote");
}

QString environmentLabel(const QString &word)
{
    static constexpr const char *words[] = {
        QT_TRANSLATE_NOOP("session", "local"), QT_TRANSLATE_NOOP("session", "staging"),
        QT_TRANSLATE_NOOP("session", "production"), QT_TRANSLATE_NOOP("session", "remote")};
    for (const char *known : words)
        if (word == QLatin1String(known))
            return Text::tr(known);
    return word;
}

Error noUrl(const QString &projectPath, const QStringList &namesTried, const QString &reason)
{
    return {.kind = base::ErrorKind::NotFound,
            .text = Text::tr("The project names no database"),
            .where = projectPath,
            .detail = !reason.isEmpty() ? reason
                      : namesTried.isEmpty()
                          ? QString()
                          : Text::tr("looked for %1").arg(namesTried.join(QStringLiteral(", "))),
            .hint = Text::tr(
                "set DATABASE_URL in the project's .env file, or give --url postgres://…")};
}

} // namespace session
