// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/lockorder.h"

#include "migrate/hazards.h"

namespace migrate
{

std::optional<Hazard> LockOrder::next(const Effect &effect, const QList<schema::Name> &names)
{
    const QSet<schema::Name> before = m_held;
    QStringList added;
    for (qsizetype i = 0; i < effect.locks.size(); ++i) {
        if (effect.locks[i].lock < Lock::ShareRowExclusive || before.contains(names[i]))
            continue;
        m_held.insert(names[i]);
        added << names[i].qualified();
    }
    if (m_said || before.isEmpty() || added.isEmpty())
        return std::nullopt;
    m_said = true;
    QStringList held;
    for (const schema::Name &name : before)
        held << name.qualified();
    held.sort();
    return hazards::of(Rule::SeveralTables, held.join(QStringLiteral(", ")));
}

} // namespace migrate
