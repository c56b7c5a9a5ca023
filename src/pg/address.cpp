// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/address.h"

#include <QStringList>
#include <QUrl>

namespace pg
{

namespace
{
QString encoded(const QString &text, const QByteArray &kept = {})
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : encoded(host);
}

/// host:port,host:port; takes both out of \a parts. Nothing for sockets, whose folders a URL has
/// as a parameter.
QString takeAuthority(Parts &parts)
{
    const QStringList hosts = parts.value(QStringLiteral("host")).split(u',');
    if (parts.value(QStringLiteral("host")).isEmpty() || hosts.join(u',').contains(u'/') ||
        hosts.join(u',').contains(u'@'))
        return {};
    const QStringList ports = parts.take(QStringLiteral("port")).split(u',');
    parts.remove(QStringLiteral("host"));
    QStringList servers;
    for (qsizetype i = 0; i < hosts.size(); ++i) {
        // One port is for all hosts.
        const QString port = ports.size() == 1 ? ports.first() : ports.value(i);
        servers << bracketed(hosts.at(i)) + (port.isEmpty() ? QString() : u':' + port);
    }
    return servers.join(u',');
}
} // namespace

QString urlOf(const Parts &given)
{
    Parts parts = given;
    QString user = encoded(parts.take(QStringLiteral("user")));
    const QString password = parts.take(QStringLiteral("password"));
    if (!password.isEmpty())
        user += u':' + encoded(password);
    const QString database = parts.take(QStringLiteral("dbname"));
    QString url = QStringLiteral("postgres://");
    if (!user.isEmpty())
        url += user + u'@';
    url += takeAuthority(parts);
    if (!database.isEmpty())
        url += u'/' + encoded(database);
    QStringList more;
    for (auto part = parts.cbegin(); part != parts.cend(); ++part)
        if (!part->isEmpty())
            more << part.key() + u'=' + encoded(*part, "/");
    if (!more.isEmpty())
        url += (database.isEmpty() ? QStringLiteral("/?") : QStringLiteral("?")) + more.join(u'&');
    return url;
}

} // namespace pg
