// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/connection.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace session
{

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

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Local:
        return QCoreApplication::translate("session", "local");
    case Environment::Staging:
        return QCoreApplication::translate("session", "staging");
    case Environment::Production:
        return QCoreApplication::translate("session", "production");
    case Environment::Remote:
        break;
    }
    return QCoreApplication::translate("session", "remote");
}

base::Error noUrl(const QString &projectPath, const QStringList &namesTried)
{
    return {
        .kind = base::ErrorKind::NotFound,
        .text = QCoreApplication::translate("session", "The project names no database"),
        .where = projectPath,
        .detail = namesTried.isEmpty() ? QString()
                                       : QCoreApplication::translate("session", "looked for %1")
                                             .arg(namesTried.join(QStringLiteral(", "))),
        .hint = QCoreApplication::translate(
            "session", "set DATABASE_URL in the project's .env file, or give --url postgres://…")};
}

} // namespace session
