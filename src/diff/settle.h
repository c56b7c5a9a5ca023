// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/byname.h"
#include "diff/comparetable.h"
#include "diff/likeness.h"

#include <optional>

namespace diff
{

/// Settles by the person's answers what was renamed or moved, and asks about what may have been.
/// Schemas come first, then objects, then columns and values: what an outer rename explains is not
/// asked about again.
class Settlement
{
public:
    Settlement(const schema::Database &from, const schema::Database &to,
               const QList<RenameAnswer> &answers, const Evidence &evidence);

    /// The schema to start from after all renames.
    const schema::Database &before() const { return m_before; }
    const QList<Change> &renames() const { return m_renames; }
    const QList<RenameCandidate> &questions() const { return m_questions; }
    /// The answers about the parts of \a table, as it is called after.
    PartRenames partAnswers(const schema::Name &table) const;

private:
    void settleSchemas();
    template <typename Entry>
    void settleObjects(Kind kind, QList<Entry> schema::Database::*entries);
    void settleColumns();
    void settleValues();

    /// Renames by answers, questions by \a score; both for one kind, in one table or enum.
    template <typename Entry, typename Judge>
    void settle(Kind kind, const schema::Name &table, Sides<Entry> sides, Judge score);
    template <typename Entry>
    QHash<const Entry *, schema::Name> wanted(Kind kind, const schema::Name &table,
                                              const Sides<Entry> &sides,
                                              QSet<const Entry *> &gone) const;
    template <typename Entry, typename Judge>
    void ask(Kind kind, const schema::Name &table, const QList<const Entry *> &dropped,
             const QList<const Entry *> &added, Judge score);

    /// Whether there can be anything to settle.
    template <typename Entry> bool isOpen(Kind kind, const Sides<Entry> &sides) const;
    bool isOwner(Kind kind, const schema::Name &asked, const schema::Name &now) const;
    QList<RenameAnswer> answersFor(Kind kind, const schema::Name &table,
                                   const schema::Name &from) const;
    schema::Name original(Kind kind, const schema::Name &name) const;
    void note(const Rename &rename);
    void applyNoted();
    const Likeness &likeness();

    schema::Database m_before;
    const schema::Database &m_to;
    QList<RenameAnswer> m_answers;
    const Evidence &m_evidence;
    std::optional<Likeness> m_likeness;
    QList<Rename> m_noted; ///< found, not applied yet
    QList<Change> m_renames;
    QList<RenameCandidate> m_questions;
    QSet<std::pair<QString, QString>> m_openSchemas; ///< what the questions about schemas name
    QSet<int> m_answered; ///< kinds with answers of now: names may be on both sides
    QHash<std::pair<int, schema::Name>, schema::Name> m_originals; ///< by kind and present name
};

} // namespace diff
