// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: which locks a transaction collects.
#pragma once

#include "migrate/effect.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace migrate
{

/// Follows the statements of one transaction. Programs that lock the same tables in another order
/// can end up waiting for the migration while it waits for them.
class LockOrder
{
public:
    /// The hazard of the first statement that takes a strong lock while another table has one.
    /// Tables that one statement locks together it locks in the server's order. \a names are those
    /// of `effect.locks`, each under one name for the whole transaction.
    std::optional<Hazard> next(const Effect &effect, const QList<schema::Name> &names);

private:
    QSet<schema::Name> m_held;
    bool m_said = false;
};

} // namespace migrate
