// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connectoptions.h"

#include "pg/address.h"
#include "pg/text.h"

#include <libpq-fe.h>

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <memory>

namespace pg
{

using base::Error;

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

/// Told to libpq as what no server can be: it works out everything else and then refuses, before it
/// looks for a server.
constexpr const char *impossible = "unasked";

using Unconnected = std::unique_ptr<PGconn, decltype(&PQfinish)>;

/// The connection that \a options would make, with what environment, service file and defaults say.
Unconnected unconnectedWithPassword(ConnectOptions options)
{
    options.given.emplace_back("target_session_attrs", impossible);
    return {options.with(PQconnectStartParams), PQfinish};
}

Unconnected unconnected(ConnectOptions options)
{
    // Any will do: otherwise the password file would be read, and warned about on standard error.
    options.given.emplace_back("password", impossible);
    return unconnectedWithPassword(std::move(options));
}

/// The server by way of \a port of this machine. Its \a name stays, for its certificate; the
/// password file knows it by its own port.
void leadThrough(ConnectOptions &options, const QString &name, int port)
{
    const Unconnected known = unconnectedWithPassword(options);
    if (const QByteArray password = PQpass(known.get()); !password.isEmpty())
        options.given.emplace_back("password", password);
    options.given.emplace_back("host", name.section(u',', 0, 0).toUtf8());
    options.given.emplace_back("hostaddr", "127.0.0.1");
    options.given.emplace_back("port", QByteArray::number(port));
}

std::optional<Error> sshProblem(const QString &ssh)
{
    static const QRegularExpression host(
        QStringLiteral("^(?!-)(?:[^\\s@:/]+@)?(?!-)[^\\s@:/]+(?::[0-9]{1,5})?$"));
    if (ssh.isEmpty() || host.match(ssh).hasMatch())
        return std::nullopt;
    return Error{.kind = base::ErrorKind::InvalidInput,
                 .text = Text::tr("The SSH host is not one"),
                 .hint = Text::tr("Write it as user@host, user@host:port or a name from "
                                  "~/.ssh/config")};
}

QString serviceOf(const PQconninfoOption *options)
{
    const QString own = valueOf(options, QLatin1String("service"));
    return own.isEmpty() ? qEnvironmentVariable("PGSERVICE") : own;
}

QString urlHint()
{
    return Text::tr("Write it as postgres://user:password@host:5432/database; in the password, "
                    "write @ as %40, / as %2F, ? as %3F and % as %25");
}

Error unusable(PGconn *connection, const QString &service)
{
    const QString words = QString::fromUtf8(PQerrorMessage(connection)).simplified();
    if (service.isEmpty() || !PQhost(connection) || *PQhost(connection))
        return {.kind = base::ErrorKind::InvalidInput,
                .text = Text::tr("The connection's options cannot be used"),
                .detail = words,
                .hint = Text::tr("Correct them in the database URL, the service file or the "
                                 "environment (PG…)")};
    return {.kind = base::ErrorKind::NotFound,
            .text = Text::tr("The service is not known"),
            .where = service,
            .detail = words,
            .hint = Text::tr("Add it to ~/.pg_service.conf, or say in PGSERVICEFILE which file "
                             "has it")};
}

std::optional<Error> portProblem(const QString &ports)
{
    for (const QString &port : ports.split(u',', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int number = port.toInt(&isNumber);
        if (!isNumber || number < 1 || number > 65'535)
            return Error{.kind = base::ErrorKind::InvalidInput,
                         .text = Text::tr("The port is not a number from 1 to 65535"),
                         .hint = urlHint()};
    }
    return std::nullopt;
}

/// libpq understands the word since 16; until then it takes it for a file's name.
void useSystemCertificates(ConnectOptions &options)
{
    constexpr int understands = 160'000;
    if (PQlibVersion() >= understands)
        return;
    for (const char *file :
         {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}) {
        if (!QFileInfo::exists(QLatin1String(file)))
            continue;
        options.given.emplace_back("sslrootcert", file);
        options.given.emplace_back("sslmode", "verify-full");
        options.sslMode = QStringLiteral("verify-full");
        return;
    }
}

Target targetOf(PGconn *connection, const PQconninfoOption *options)
{
    Target result;
    // libpq connects to the address, whatever the name says.
    result.host = valueOf(options, QLatin1String("hostaddr"));
    if (result.host.isEmpty())
        result.host = valueOf(options, QLatin1String("host"));
    if (result.host.isEmpty())
        result.host = QString::fromUtf8(PQhost(connection));
    const int port = valueOf(options, QLatin1String("port")).section(u',', 0, 0).toInt();
    result.port = port > 0 ? port : 5432;
    result.user = valueOf(options, QLatin1String("user"));
    result.database = QString::fromUtf8(PQdb(connection));
    return result;
}
} // namespace

std::optional<Parts> partsOf(const QString &given)
{
    const QString text = given.trimmed();
    if (isUrl(text) && hasAmbiguousPassword(text))
        return std::nullopt;
    const Options options = parse((isUrl(text) ? withoutForeignParameters(text) : text).toUtf8());
    if (!options)
        return std::nullopt;
    Parts parts;
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option)
        if (option->val && *option->val)
            parts.insert(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    return parts;
}

base::Result<ConnectOptions> connectOptions(const Settings &settings, int tunnelPort)
{
    if (const auto problem = sshProblem(settings.ssh))
        return *problem;
    const QString url = settings.url.trimmed();
    if (url.isEmpty())
        return Error{.kind = base::ErrorKind::InvalidInput,
                     .text = Text::tr("There is no database URL"),
                     .hint = urlHint()};
    const QByteArray text = (isUrl(url) ? withoutForeignParameters(url) : url).toUtf8();
    const Options written = parse(text);
    if ((isUrl(url) && hasAmbiguousPassword(url)) || !written)
        return Error{.kind = base::ErrorKind::InvalidInput,
                     .text = Text::tr("The database URL cannot be read"),
                     .hint = urlHint()};
    ConnectOptions result;
    result.given.emplace_back("dbname", text);
    if (!settings.password.isEmpty())
        result.given.emplace_back("password", settings.password.toUtf8());
    const auto connection = unconnected(result);
    const Options effective(PQconninfo(connection.get()), PQconninfoFree);
    if (!QByteArray(PQerrorMessage(connection.get())).contains(impossible))
        return unusable(connection.get(), serviceOf(written.get()));
    if (const auto problem = portProblem(valueOf(effective.get(), QLatin1String("port"))))
        return *problem;
    result.target = targetOf(connection.get(), effective.get());
    result.target.ssh = settings.ssh;
    result.sslMode = valueOf(effective.get(), QLatin1String("sslmode"));
    if (valueOf(effective.get(), QLatin1String("sslrootcert")) == QLatin1String("system"))
        useSystemCertificates(result);
    if (tunnelPort > 0) {
        const QString name = valueOf(effective.get(), QLatin1String("host"));
        leadThrough(result, name.isEmpty() ? result.target.host : name, tunnelPort);
    }
    return result;
}

base::Result<Target> target(const Settings &settings)
{
    const base::Result<ConnectOptions> options = connectOptions(settings);
    if (!options)
        return options.error();
    return options->target;
}

} // namespace pg
