// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/rows.h"

#include <QHash>
#include <QStringList>

namespace migrate
{

/// A snapshot of 1.0's layout: all objects (version 8, and the first of version 9) or the changes
/// since its parents.
struct NestedSnapshot {
    QString folder; ///< the migration's
    QString id;
    QStringList parents; ///< without the zero uuid; of a merge several, the main line first
    int version = 9;
    bool isBase = true;
    Json content;
};

/// One file as such a snapshot; an error says what it is instead, and where it breaks off.
base::Result<NestedSnapshot> readNestedSnapshot(const QString &folderPath, const QString &folder);

/// The names of the folders with migrations in them, in the order in which they run.
QStringList nestedFolders(const QString &folderPath);

/// The snapshots of a folder and how they follow each other.
class History
{
public:
    void add(NestedSnapshot snapshot);
    const QList<NestedSnapshot> &all() const { return m_all; }
    const NestedSnapshot *find(const QString &id) const;
    /// The ids that no other snapshot follows, the newest first: more than one are open branches.
    QStringList leaves() const;
    /// The schema after all of \a ids: what the first describes and what the others add.
    base::Result<Rows> stateOf(const QStringList &ids) const;

private:
    base::Result<Rows> lineOf(const QString &id) const;
    base::Result<base::Done> addOthers(Rows &rows, const QStringList &parents) const;
    QSet<QString> ancestors(const QStringList &ids) const;

    QList<NestedSnapshot> m_all; ///< in the folders' order
    QHash<QString, qsizetype> m_index;
};

} // namespace migrate
