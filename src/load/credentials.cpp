// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/credentials.h"

#include "load/evaluate.h"
#include "load/text.h"

#include <QRegularExpression>
#include <QUrl>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;

/// A text or a number as text; a value that nobody knows is no value. Its last name, which mostly
/// is the variable's (env.DATABASE_URL), is looked up and noted.
QString known(const Json &json, const char *name, const Environment &environment,
              QStringList &tried)
{
    const auto found = json.find(name);
    if (found == json.end() || found->is_null())
        return {};
    if (!found->is_string())
        return QString::fromStdString(found->dump());
    const QString value = QString::fromStdString(found->get<std::string>());
    const auto marked = markedName(value);
    if (!marked)
        return value;
    const QString variable = marked->section(u'.', -1);
    if (environment.values.contains(variable))
        return environment.values.value(variable);
    if (!tried.contains(variable))
        tried.append(variable);
    return {};
}

/// libpq's sslmode for drizzle-kit's `ssl`, which is a flag, a mode, or an object of Node's TLS
/// options.
QString sslMode(const Json &credentials)
{
    const auto found = credentials.find("ssl");
    if (found == credentials.end() || found->is_null())
        return {};
    if (found->is_string()) {
        const QString mode = QString::fromStdString(found->get<std::string>());
        return markedName(mode) ? QString() : mode;
    }
    const bool wanted = found->is_boolean() ? found->get<bool>() : found->is_object();
    return wanted ? QStringLiteral("require") : QStringLiteral("disable");
}

/// Why the driver of \a config has no server that libpq could talk to; empty when it may have.
QString otherConnection(const Config &config, const QString &url)
{
    if (config.driver == u"pglite")
        return Text::tr("the driver pglite keeps its database in a folder, inside of Node");
    if (config.driver == u"aws-data-api")
        return Text::tr("the driver aws-data-api talks to Amazon's service, not to a server");
    static const QRegularExpression scheme(QStringLiteral("^postgres(ql)?://"));
    if (url.isEmpty() || scheme.match(url).hasMatch())
        return {};
    return Text::tr("the url of dbCredentials does not begin with postgres://");
}

QString encoded(const QString &part)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(part));
}

QString urlFromParts(const Json &credentials, const Environment &environment, QStringList &tried)
{
    const auto part = [&](const char *name) {
        return known(credentials, name, environment, tried);
    };
    const QString host = part("host"), port = part("port"), user = part("user");
    const QString password = part("password"), database = part("database");
    if (host.isEmpty() || database.isEmpty())
        return {};
    QString url = QStringLiteral("postgres://");
    if (!user.isEmpty()) {
        url += encoded(user);
        if (!password.isEmpty())
            url += u':' + encoded(password);
        url += u'@';
    }
    url += host.contains(u':') ? u'[' + host + u']' : encoded(host);
    if (!port.isEmpty())
        url += u':' + port;
    url += u'/' + encoded(database);
    const QString mode = sslMode(credentials);
    return mode.isEmpty() ? url : url + QStringLiteral("?sslmode=") + encoded(mode);
}

/// Names that could be a database's: those that a config asks for include NODE_ENV and the like.
bool looksLikeDatabase(const QString &name)
{
    for (const char *word : {"DATABASE", "POSTGRES", "PG", "DB", "URL"}) {
        if (name.contains(QLatin1String(word)))
            return true;
    }
    return false;
}

} // namespace

void setUrl(Config &config, const Json &credentials, const QStringList &namesRead,
            const Environment &environment)
{
    QStringList tried;
    config.url = known(credentials, "url", environment, tried);
    config.noConnection = otherConnection(config, config.url);
    if (!config.noConnection.isEmpty()) {
        config.url.clear();
        return;
    }
    if (config.url.isEmpty())
        config.url = known(credentials, "connectionString", environment, tried);
    if (config.url.isEmpty())
        config.url = urlFromParts(credentials, environment, tried);
    const QString fallback = QStringLiteral("DATABASE_URL");
    if (config.url.isEmpty())
        config.url = environment.values.value(fallback);
    if (!config.url.isEmpty())
        return;
    for (const QString &name : namesRead) {
        if (looksLikeDatabase(name) && !tried.contains(name))
            tried.append(name);
    }
    if (!tried.contains(fallback))
        tried.append(fallback);
    QStringList places{Text::tr("the environment")};
    for (auto it = environment.files.cbegin(); it != environment.files.cend(); ++it)
        places.append(it.key());
    if (environment.files.isEmpty())
        places.append(config.root + QStringLiteral("/.env"));
    for (const QString &name : std::as_const(tried))
        config.urlNamesTried.append(
            Text::tr("%1 (in %2)").arg(name, places.join(QLatin1String(", "))));
}

} // namespace load
