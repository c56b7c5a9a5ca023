// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

#include <QSet>

namespace diff
{

/// What speaks for one pair, in sum and in words.
struct Score {
    double value = 0;
    QStringList evidence;
    void add(double weight, const QString &words);
};

/// Judges whether what is gone and what is new may be one thing: by type, place, name, parts and
/// references, and by what is known of the rows.
class Likeness
{
public:
    Likeness(const schema::Database &before, const schema::Database &after,
             const Evidence &evidence);

    Score of(const schema::Table &before, const schema::Table &after) const;
    Score of(const schema::Enum &before, const schema::Enum &after) const;
    Score of(const schema::View &before, const schema::View &after) const;
    Score of(const schema::Sequence &before, const schema::Sequence &after) const;
    Score of(const schema::Role &before, const schema::Role &after) const;
    Score ofSchemas(const QString &before, const QString &after) const;
    /// Two columns of one table in its two states.
    Score ofColumns(const schema::Table &before, const schema::Column &dropped,
                    const schema::Table &after, const schema::Column &added) const;
    Score ofValues(const schema::Enum &before, const QString &dropped, const schema::Enum &after,
                   const QString &added) const;

private:
    /// Who points at what: sets of words for the pointing ends.
    struct References {
        QHash<schema::Name, QSet<QString>> tables;
        QHash<std::pair<schema::Name, QString>, QSet<QString>> columns;
        QHash<schema::Name, QSet<QString>> types;
        QHash<QString, QSet<QString>> roles;
    };
    static References referencesOf(const schema::Database &database);
    void addNames(const schema::Name &before, const schema::Name &after, Score &score) const;

    const schema::Database &m_before;
    const schema::Database &m_after;
    const Evidence &m_evidence;
    References m_pointingBefore, m_pointingAfter;
};

} // namespace diff
