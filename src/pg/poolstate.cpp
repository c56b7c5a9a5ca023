// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/poolstate.h"

namespace pg
{

void PoolState::noteVersion(int version)
{
    if (m_serverVersion.exchange(version) != version)
        Q_EMIT changed();
}

void PoolState::noteConnections(int count)
{
    if (m_openConnections.exchange(count) != count)
        Q_EMIT changed();
}

void PoolState::noteLost()
{
    if (!m_isServerLost.exchange(true))
        Q_EMIT changed();
}

void PoolState::noteReached()
{
    if (m_isServerLost.exchange(false))
        Q_EMIT changed();
}

} // namespace pg
