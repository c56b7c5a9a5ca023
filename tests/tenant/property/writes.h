// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "property/statements.h"

namespace property
{

/// Writes statements that write, for one tenant: rows of its own, and attempts on others'.
class WriteWriter
{
public:
    WriteWriter(const World &world, Random &random)
        : m_world(world)
        , m_random(random)
    {
    }

    Statement next(int tenant);

private:
    QString update(int tenant);
    QString updateFrom(int tenant);
    QString remove(int tenant);
    QString insert(int tenant);
    QString insertSelect(int tenant);
    QString merge(int tenant);
    QString inWith(int tenant);
    Statement refused();

    const Table &table();
    QString nameOf(const Table &table);
    const Table *single();
    QString condition(const Table &table, const QString &row);
    QString assignments(const Table &table, int tenant);
    QString values(const Table &table, int tenant, int owner, int id);
    int anyId(int owner);
    int someone(int tenant);

    const World &m_world;
    Random &m_random;
    int m_fresh = 100; ///< ids that no row has yet
};

} // namespace property
