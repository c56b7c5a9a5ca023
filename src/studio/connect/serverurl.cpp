// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/serverurl.h"

#include <QCoreApplication>
#include <QUrl>

namespace studio
{

namespace
{

bool hasScheme(const QUrl &url)
{
    return url.scheme() == QLatin1String("postgres") || url.scheme() == QLatin1String("postgresql");
}

struct Text {
    Q_DECLARE_TR_FUNCTIONS(studio::ServerDialog)
};

} // namespace

ServerUrl splitUrl(const QString &text)
{
    QUrl url(text.trimmed());
    if (!url.isValid() || !hasScheme(url))
        return {text.trimmed(), {}};
    const QString password = url.password(QUrl::FullyDecoded);
    url.setPassword({});
    return {url.toString(), password};
}

QString joinUrl(const ServerUrl &parts)
{
    QUrl url(parts.address);
    if (!parts.password.isEmpty())
        url.setPassword(parts.password, QUrl::DecodedMode);
    return QString::fromLatin1(url.toEncoded());
}

QString addressProblem(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    if (address.isEmpty())
        return Text::tr("Enter the address of a database.");
    if (!hasScheme(url))
        return Text::tr("An address begins with postgres:// or postgresql://");
    if (!url.isValid())
        return Text::tr("This is not a complete address: %1").arg(url.errorString());
    if (url.path().size() < 2)
        return Text::tr("The database's name is missing: postgres://user@host:5432/name");
    return {};
}

} // namespace studio
