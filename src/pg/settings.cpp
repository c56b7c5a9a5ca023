// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/settings.h"

#include "pg/connector.h"
#include "pg/text.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace pg
{

namespace
{
using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

bool isUrl(const QString &text)
{
    return text.startsWith(QLatin1String("postgres://")) ||
           text.startsWith(QLatin1String("postgresql://"));
}

/// Whether the user part of a URL holds an unescaped @, / or ?. libpq would take a piece of the
/// password for the host's name and print it in its message.
bool hasAmbiguousPassword(const QString &url)
{
    const QString rest = url.mid(url.indexOf(QLatin1String("://")) + 3);
    const qsizetype at = rest.indexOf(u'@');
    if (at < 0)
        return false;
    const auto before = [&](QChar c) {
        const qsizetype place = rest.indexOf(c);
        return place >= 0 && place < at;
    };
    const qsizetype query = rest.indexOf(u'?');
    return before(u'/') || before(u'?') || rest.left(query).count(u'@') > 1;
}

bool isLibpqOption(QStringView name)
{
    const Options defaults(PQconndefaults(), PQconninfoFree);
    for (const PQconninfoOption *option = defaults.get(); option && option->keyword; ++option) {
        if (name == QLatin1String(option->keyword))
            return true;
    }
    return name == QLatin1String("ssl"); // JDBC's spelling, which libpq takes in URLs
}

/// The URL without query parameters that other drivers know and libpq refuses (schema, pgbouncer,
/// …).
QString withoutForeignParameters(const QString &url)
{
    const qsizetype query = url.indexOf(u'?');
    if (query < 0)
        return url;
    QStringList kept;
    for (const QString &pair : url.mid(query + 1).split(u'&', Qt::SkipEmptyParts)) {
        if (pair == QLatin1String("sslmode=no-verify")) // node-postgres: encrypted, not verified
            kept << QStringLiteral("sslmode=require");
        else if (isLibpqOption(QStringView(pair).left(pair.indexOf(u'='))))
            kept << pair;
    }
    return kept.isEmpty() ? url.left(query) : url.left(query + 1) + kept.join(u'&');
}

/// Parses without passing libpq's own words on: they quote pieces of the text, which may be the
/// password.
Options parse(const QByteArray &text)
{
    char *message = nullptr;
    Options options(PQconninfoParse(text.constData(), &message), PQconninfoFree);
    PQfreemem(message);
    return options;
}

QString valueOf(const PQconninfoOption *options, QLatin1String keyword)
{
    for (const PQconninfoOption *option = options; option && option->keyword; ++option) {
        if (keyword == QLatin1String(option->keyword))
            return QString::fromUtf8(option->val);
    }
    return {};
}
} // namespace

base::Result<QByteArray> connectionText(const Settings &settings)
{
    const QString url = settings.url.trimmed();
    const QString hint =
        Text::tr("Write it as postgres://user:password@host:5432/database; in the password, "
                 "write @ as %40, / as %2F, ? as %3F and % as %25");
    if (url.isEmpty())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("There is no database URL"),
                           .hint = hint};
    const QByteArray text = (isUrl(url) ? withoutForeignParameters(url) : url).toUtf8();
    const Options options = parse(text);
    if ((isUrl(url) && hasAmbiguousPassword(url)) || !options)
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The database URL cannot be read"),
                           .hint = hint};
    // Which server a service means is known only to libpq: nobody could say whether it is a local
    // one.
    if (!valueOf(options.get(), QLatin1String("service")).isEmpty())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The database URL names a service instead of a server"),
                           .hint = hint};
    return text;
}

base::Result<Target> target(const Settings &settings)
{
    const base::Result<QByteArray> text = connectionText(settings);
    if (!text)
        return text.error();
    const Options given = parse(*text);
    const Options defaults(PQconndefaults(), PQconninfoFree);
    const auto value = [&](const char *keyword) {
        const QString own = valueOf(given.get(), QLatin1String(keyword));
        return own.isEmpty() ? valueOf(defaults.get(), QLatin1String(keyword)) : own;
    };
    Target result;
    // libpq connects to the address, whatever the name says.
    result.host = value("hostaddr");
    if (result.host.isEmpty())
        result.host = value("host");
    if (result.host.isEmpty())
        result.host = QStringLiteral("localhost");
    const int port = value("port").section(u',', 0, 0).toInt();
    result.port = port > 0 ? port : 5432;
    result.user = value("user");
    result.database = value("dbname");
    if (result.database.isEmpty())
        result.database = result.user;
    return result;
}

QString Target::display() const
{
    const bool colons = host.contains(u':') && !host.startsWith(u'/');
    const QString place = colons ? u'[' + host + u']' : host;
    const QString server = place + u':' + QString::number(port) + u'/' + database;
    return user.isEmpty() ? server : user + u'@' + server;
}

bool Target::isLocalhost() const
{
    const QStringList hosts = host.split(u',');
    return std::all_of(hosts.begin(), hosts.end(), [](const QString &name) {
        return name.startsWith(u'/') || name.startsWith(u'@') ||
               name == QLatin1String("localhost") || name == QLatin1String("::1") ||
               (name.startsWith(QLatin1String("127.")) && name.count(u'.') == 3 &&
                name.back().isDigit());
    });
}

} // namespace pg
