// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/cluster.h"
#include "pg/pool.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace testsupport
{

/// A server of its own that speaks TLS as `localhost`, with a certificate of an authority made for
/// it. Takes a few seconds to make.
class TlsServer
{
public:
    TlsServer();
    ~TlsServer();
    TlsServer(const TlsServer &) = delete;
    TlsServer &operator=(const TlsServer &) = delete;

    QString error() const { return m_error; } ///< empty when it runs
    const pg::ClusterLease &lease() const { return *m_lease; }
    /// "authority.crt", "stranger.crt" (another authority), "carl.crt" and "carl.key" (a client's).
    QString file(const char *name) const;
    QString password() const; ///< of the owner
    /// Statements as the owner, one after the other; the first error's line, or nothing.
    QString run(const QList<QString> &statements) const;
    /// What the server says to \a statement.
    QString value(const QString &statement) const;

private:
    QString makeCertificates() const;
    QString makeCluster();

    QTemporaryDir m_folder;
    QString m_error;
    std::shared_ptr<pg::ClusterLease> m_lease;
};

} // namespace testsupport
