// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tlsserver.h"

#include "base/receive.h"
#include "pg/serverprograms.h"

#include <QFile>
#include <QProcess>
#include <QUrl>

#include <unistd.h>

namespace testsupport
{

namespace
{
/// Runs openssl in \a folder; what it said when it failed.
QString openssl(const QString &folder, const QString &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), QProcess::splitCommand(arguments));
    if (!process.waitForFinished() || process.exitCode() != 0)
        return QStringLiteral("openssl %1: %2")
            .arg(arguments, QString::fromLocal8Bit(process.readAll()));
    return {};
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}
} // namespace

TlsServer::TlsServer()
    : m_folder(QStringLiteral("/var/tmp/sluice-tls-XXXXXX"))
{
    m_error = makeCertificates();
    if (m_error.isEmpty())
        m_error = makeCluster();
}

TlsServer::~TlsServer() = default;

QString TlsServer::file(const char *name) const
{
    return m_folder.filePath(QLatin1String(name));
}

QString TlsServer::password() const
{
    return QUrl(m_lease->url(QStringLiteral("postgres"))).password();
}

QString TlsServer::makeCertificates() const
{
    if (!write(file("names"), "subjectAltName=DNS:localhost\n"))
        return m_folder.errorString();
    const auto authority = [&](const char *name) {
        return openssl(m_folder.path(),
                       QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 "
                                      "-nodes -days 30 -keyout %1.key -out %1.crt -subj /CN=%1")
                           .arg(QLatin1String(name)));
    };
    const auto certificate = [&](const char *name, const char *extra) {
        const QString asked = openssl(
            m_folder.path(), QStringLiteral("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 "
                                            "-nodes -keyout %1.key -out %1.csr -subj /CN=%1")
                                 .arg(QLatin1String(name)));
        if (!asked.isEmpty())
            return asked;
        return openssl(m_folder.path(),
                       QStringLiteral("x509 -req -days 30 -in %1.csr -CA authority.crt "
                                      "-CAkey authority.key -CAcreateserial -out %1.crt %2")
                           .arg(QLatin1String(name), QLatin1String(extra)));
    };
    QString failure = authority("authority");
    failure += authority("stranger");
    failure += certificate("localhost", "-extfile names");
    failure += certificate("carl", "");
    return failure;
}

QString TlsServer::makeCluster()
{
    constexpr int firstPort = 54'360;
    // Owned by the person who runs the test, in it the server's own: it must be able to enter.
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                               QFile::ExeGroup | QFile::ExeOther);
    const QString cluster = m_folder.filePath(QStringLiteral("cluster"));
    const auto lease =
        base::await(pg::Cluster(cluster, firstPort, pg::Durability::Volatile).acquire());
    if (!lease)
        return base::toLine(lease.error());
    m_lease = *lease;
    const auto user = pg::serverUser();
    for (const char *name : {"localhost.key", "localhost.crt", "authority.crt"})
        if (!user || chown(qPrintable(file(name)), user->user, user->group) != 0)
            return QStringLiteral("cannot give %1 to the server").arg(QLatin1String(name));
    QFile rules(cluster + QStringLiteral("/data/pg_hba.conf"));
    if (!rules.open(QIODevice::ReadOnly))
        return rules.errorString();
    const QByteArray before = rules.readAll();
    rules.close();
    if (!write(rules.fileName(), "hostssl all carl 127.0.0.1/32 cert\n"
                                 "hostssl all trusted 127.0.0.1/32 trust\n"
                                 "hostnossl all trusted 127.0.0.1/32 reject\n" +
                                     before))
        return rules.errorString();
    const auto set = [&](const char *name, const char *path) {
        return QStringLiteral("ALTER SYSTEM SET %1 = '%2'").arg(QLatin1String(name), file(path));
    };
    return run({set("ssl_cert_file", "localhost.crt"), set("ssl_key_file", "localhost.key"),
                set("ssl_ca_file", "authority.crt"), QStringLiteral("ALTER SYSTEM SET ssl = on"),
                QStringLiteral("CREATE ROLE carl LOGIN"),
                QStringLiteral("CREATE ROLE trusted LOGIN"),
                QStringLiteral("SELECT pg_reload_conf()")});
}

QString TlsServer::run(const QList<QString> &statements) const
{
    pg::Pool pool(m_lease->settings());
    for (const QString &statement : statements) {
        const auto done = base::await(pool.run({.text = statement}, pg::Access::Write));
        if (!done)
            return statement + QStringLiteral(": ") + base::toLine(done.error());
    }
    return {};
}

QString TlsServer::value(const QString &statement) const
{
    pg::Pool pool(m_lease->settings());
    const auto page = base::await(pool.run({.text = statement}));
    return page ? page->text(0, 0) : base::toLine(page.error());
}

} // namespace testsupport
