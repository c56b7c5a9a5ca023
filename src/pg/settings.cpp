// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/settings.h"

#include <QStringList>

#include <algorithm>

namespace pg
{

QString Target::display() const
{
    const bool colons = host.contains(u':') && !host.startsWith(u'/');
    const QString place = colons ? u'[' + host + u']' : host;
    const QString server = place + u':' + QString::number(port) + u'/' + database;
    const QString whole = user.isEmpty() ? server : user + u'@' + server;
    return ssh.isEmpty() ? whole : whole + QStringLiteral(" via ") + ssh;
}

bool Target::isLocalhost() const
{
    if (!ssh.isEmpty())
        return false;
    const QStringList hosts = host.split(u',');
    return std::all_of(hosts.begin(), hosts.end(), [](const QString &name) {
        return name.startsWith(u'/') || name.startsWith(u'@') ||
               name == QLatin1String("localhost") || name == QLatin1String("::1") ||
               (name.startsWith(QLatin1String("127.")) && name.count(u'.') == 3 &&
                name.back().isDigit());
    });
}

} // namespace pg
