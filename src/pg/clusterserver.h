// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/cluster.h"
#include "pg/clusterfolder.h"

namespace pg
{

/// The role that owns the private cluster.
QString ownerName();

/// 192 bits from the system's generator, in characters that a URL and a quoted SQL text take as
/// they are.
QByteArray randomPassword();

/// Makes the cluster of \a folder if it is absent, heals what a crash left and starts the server
/// unless it runs. Under the start lock. Returns the port.
base::Result<int> ensureServer(const ClusterFolder &folder, int firstPort, Durability durability,
                               const std::function<void(const QString &)> &progress);

/// Fast shutdown; success when nothing runs. Under the start lock.
base::Result<base::Done> stopServer(const ClusterFolder &folder);

} // namespace pg
