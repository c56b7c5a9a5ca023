// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace testsupport
{

/// This machine as an SSH host: a real sshd on a high port, with keys made for it. While it lives,
/// `ssh` means one that knows it as `bastion`, and as hosts with which something is wrong:
/// `stranger` (its key is not known), `keyless` (it lets nobody in), `closed` (nothing listens
/// there).
class SshHost
{
public:
    SshHost();
    ~SshHost();
    SshHost(const SshHost &) = delete;
    SshHost &operator=(const SshHost &) = delete;

    static bool isInstalled();
    QString error() const { return m_error; } ///< empty when it runs

private:
    QString makeKeys() const;
    QString configure(int port) const;
    QString startServer(int port);

    QTemporaryDir m_folder;
    QString m_error;
    QByteArray m_path; ///< PATH as it was
    QProcess m_server;
};

} // namespace testsupport
