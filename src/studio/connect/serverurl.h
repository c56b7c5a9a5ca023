// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace studio
{

/// A server's URL with the secret apart, so that only a masked field ever holds it.
struct ServerUrl {
    QString address;  ///< postgres://user@host:port/database, without a password
    QString password; ///< may be empty
    bool operator==(const ServerUrl &) const = default;
};

/// Takes a pasted URL apart. A text that is no postgres URL keeps as it is, without a password.
ServerUrl splitUrl(const QString &url);
/// Puts it together again, the password percent-encoded.
QString joinUrl(const ServerUrl &url);
/// What is wrong with \a address, in words; empty when it can be tried.
QString addressProblem(const QString &address);

} // namespace studio
