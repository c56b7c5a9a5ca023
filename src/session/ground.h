// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "schema/database.h"
#include "schema/surroundings.h"

#include <QList>
#include <QSet>
#include <QStringList>

namespace session
{

/// What parts of a schema stand on and no Drizzle schema declares, as it is made again.
struct Ground {
    struct Object {
        schema::Name name;
        QString definition; ///< one statement
    };
    QList<Object> extensions; ///< where the schema of the name is the one that it lies in
    QList<Object> types;     ///< domains, composite and range types; what needs another comes after
    QList<Object> functions; ///< others than SQL and PL/pgSQL have a body that does nothing
    QStringList schemas() const;
};

/// The words of SQL, in quotes and without, to find out what it may name.
class Words
{
public:
    void add(const QString &text);
    /// Whether all words of \a name are there.
    bool mention(const QString &name) const;

private:
    QSet<QString> m_words;
};

/// Those of \a surroundings that \a words mention, and what these mention in turn; their own words
/// are added. Extensions are taken in any case: what they bring along is not known but for
/// \a ofExtensions, functions for which something stands in where their extension is not there.
Ground groundOf(const schema::Surroundings &surroundings,
                const QList<schema::LiveObject> &ofExtensions, Words &words);

} // namespace session
