// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QObject>

namespace studio
{

/// The system's keychain (a secret service on the session's bus, or the desktop's own), for
/// passwords alone. Nothing blocks: a keychain that asks the person to unlock it, or does not
/// answer, is waited for by the future. An answer that takes too long is an error.
class Keychain final : public QObject
{
public:
    explicit Keychain(QObject *parent = nullptr);

    /// Whether there is one that answers; the error says why not.
    QFuture<base::Result<base::Done>> probe();
    /// NotFound when there is no password for \a name.
    QFuture<base::Result<QString>> read(const QString &name);
    QFuture<base::Result<base::Done>> write(const QString &name, const QString &password);
    QFuture<base::Result<base::Done>> remove(const QString &name);
};

} // namespace studio
